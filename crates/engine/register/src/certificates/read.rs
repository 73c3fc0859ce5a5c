//! Registered certificates as they are shown.

use chancery_cms::read_certificates;
use chancery_store::{FromRow, Row, RowError, Timestamp, args};
use chancery_x509::{Certificate, RevocationReason};

use super::{CertificateError, Certificates, RegisteredState, Uses, anchor::certificate};
use crate::{
    DeviceId, EmailAddress, Fault, ParticipantId, Permission, PersonId, Principal,
    RegisteredCertificateId,
};

/// A certificate in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredCertificate {
    /// Its id.
    pub id: RegisteredCertificateId,
    /// Whose it is.
    pub holder: PersonId,
    /// The certificate.
    pub certificate: Certificate,
    /// The authorities between it and a supported one, as far as they were known.
    pub chain: Vec<Certificate>,
    /// What it is registered for.
    pub uses: Uses,
    /// In which pair, from 1.
    pub pair: u8,
    /// Whether others find it in the directory.
    pub listed: bool,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// By whom.
    pub registered_by: PersonId,
    /// Whether the session that registered it had proved a second factor. If not, or if somebody else registered it, it is one factor: staff
    /// do not log in with it alone, and whoever has a second factor gives that too.
    pub second_factor: bool,
    /// The organisation for which an authorised person registered it; none where the holder did.
    pub participant: Option<ParticipantId>,
    /// When the holder proved that they hold its key; none where that was only said.
    pub proved_at: Option<Timestamp>,
    /// When its revocation was last learnt; none where never.
    pub checked_at: Option<Timestamp>,
    /// When and why it was revoked, as far as it was learnt.
    pub revoked: Option<(Timestamp, RevocationReason)>,
    /// The device whose own certificate it is, in no pair and on no list.
    pub device: Option<DeviceId>,
}

/// The columns in the order that [`RegisteredCertificate`] reads them.
macro_rules! select_certificate {
    ($tail:literal) => {
        concat!(
            "select c.id, c.person, c.der, c.chain, c.signing, c.encryption, c.pair, c.listed,
                c.registered_at, c.registered_by, c.checked_at, c.revoked_at, c.revoked_reason,
                c.second_factor, c.participant, c.proved_at
             from register_certificates c ",
            $tail
        )
    };
}
pub(crate) use select_certificate;

impl FromRow for RegisteredCertificate {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        let chain = row.opt_bytes(3)?.map(|chain| {
            read_certificates(&chain).map_err(|_| RowError {
                column: 3,
                expected: "certificates in PKCS#7",
            })
        });
        let reason = row
            .opt_int(12)?
            .and_then(|code| u8::try_from(code).ok())
            .and_then(RevocationReason::from_code)
            .unwrap_or_default();
        Ok(Self {
            id: RegisteredCertificateId::new(row.id(0)?),
            holder: PersonId::new(row.id(1)?),
            certificate: certificate(row, 2)?,
            chain: chain.transpose()?.unwrap_or_default(),
            uses: Uses {
                signing: row.bool(4)?,
                encryption: row.bool(5)?,
            },
            pair: u8::try_from(row.int(6)?).map_err(|_| RowError {
                column: 6,
                expected: "the number of a pair",
            })?,
            listed: row.bool(7)?,
            registered_at: row.time(8)?,
            registered_by: PersonId::new(row.id(9)?),
            second_factor: row.bool(13)?,
            checked_at: row.opt_time(10)?,
            revoked: row.opt_time(11)?.map(|at| (at, reason)),
            device: None,
            participant: row.opt_id(14)?.map(ParticipantId::new),
            proved_at: row.opt_time(15)?,
        })
    }
}

impl RegisteredCertificate {
    /// How it stands at `now`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> RegisteredState {
        RegisteredState::of(
            Timestamp::from_secs(self.certificate.not_before()),
            Timestamp::from_secs(self.certificate.not_after()),
            self.revoked,
            now,
        )
    }
}

impl Certificates {
    /// The certificates of the person themselves by pair, or those that a member has by an organisation that the person is authorised for.
    pub async fn certificates_of(
        &self,
        principal: &Principal,
        holder: PersonId,
        participant: Option<ParticipantId>,
    ) -> Result<Vec<RegisteredCertificate>, CertificateError> {
        let management = self.may_manage(principal, holder, participant).await?;
        let sql = select_certificate!("where c.person = $1 order by c.pair, c.signing desc, c.id");
        let found = self.register.store.all(sql, args![holder]).await;
        let mut found: Vec<RegisteredCertificate> = found.map_err(Fault::from)?;
        if management.participant.is_some() {
            found.retain(|one| one.participant == management.participant);
        }
        Ok(found)
    }

    /// One of the person's own certificates.
    pub async fn own_certificate(
        &self,
        principal: &Principal,
        id: RegisteredCertificateId,
    ) -> Result<RegisteredCertificate, CertificateError> {
        principal.require(Permission::EditProfile)?;
        self.registered(id)
            .await?
            .filter(|known| known.holder == principal.person)
            .ok_or(CertificateError::NoSuchCertificate)
    }

    pub(super) async fn registered(
        &self,
        id: RegisteredCertificateId,
    ) -> Result<Option<RegisteredCertificate>, Fault> {
        let sql = select_certificate!("where c.id = $1");
        Ok(self.register.store.first(sql, args![id]).await?)
    }

    /// Whose a certificate is: whoever proved to hold its key; without proof the only one whose e-mail address stands in it. Where
    /// it is neither, it is somebody's word, be it their own or that of their organisation.
    pub(super) async fn by_fingerprint(&self, fingerprint: &[u8]) -> Result<Option<Claim>, Fault> {
        // A device's certificate is its own, whoever else says that it is theirs.
        if let Some(device) = self.register.device_by_fingerprint(fingerprint).await? {
            return Ok(Some(Claim::theirs(device)));
        }
        let sql = select_certificate!("where c.fingerprint = $1 and c.signing order by c.id");
        let found = self.register.store.all(sql, args![fingerprint]).await;
        let mut claims: Vec<RegisteredCertificate> = found?;
        if let Some(at) = claims.iter().position(|one| one.proved_at.is_some()) {
            return Ok(Some(Claim::theirs(claims.swap_remove(at))));
        }
        let mut named = Vec::new();
        let mut said = None;
        for claim in claims {
            let holder = self.register.person(claim.holder).await?;
            if holder.is_some_and(|holder| names(&claim.certificate, &holder.email)) {
                named.push(claim);
            } else {
                said.get_or_insert(claim);
            }
        }
        match (named.pop(), named.is_empty()) {
            (Some(named), true) => Ok(Some(Claim::theirs(named))),
            (other, _) => Ok(other.or(said).map(|known| Claim {
                known,
                theirs: false,
            })),
        }
    }
}

/// A registration, and what it is worth.
pub(super) struct Claim {
    pub(super) known: RegisteredCertificate,
    /// Whether the holder proved to hold the key, or the certificate names them; else it opens nothing.
    pub(super) theirs: bool,
}

impl Claim {
    fn theirs(known: RegisteredCertificate) -> Self {
        Self {
            known,
            theirs: true,
        }
    }
}

/// Whether the certificate names this address.
fn names(certificate: &Certificate, email: &EmailAddress) -> bool {
    let folded = email.folded();
    let addresses = certificate.emails();
    addresses.iter().any(|address| {
        let parsed = address.parse::<EmailAddress>();
        parsed.is_ok_and(|parsed| parsed.folded() == folded)
    })
}
