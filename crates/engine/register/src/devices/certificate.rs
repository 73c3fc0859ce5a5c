//! Certificates of devices with a key of their own: what is kept of them, and what the registration authority commits with each.

use std::net::IpAddr;

use chancery_cms::{certificates_only, read_certificates};
use chancery_keys::AwsLc;
use chancery_store::{Batch, FromRow, Id, Row, RowError, Timestamp, args};
use chancery_x509::{Certificate, DigestAlgorithm, RevocationReason};

use super::{Certifying, DeviceError, DeviceState, Way, list::end_sessions_of};
use crate::{
    DeviceId, Fault, PersonId, Principal, Register, RegisteredCertificate, RegisteredCertificateId,
    Uses,
    person::themselves,
    throttle::{self, Place},
};

/// A device's certificate, with the authorities above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceCertificate {
    /// The device.
    pub device: DeviceId,
    /// Its certificate.
    pub certificate: Certificate,
    /// The issuing authority first; without the root.
    pub chain: Vec<Certificate>,
}

/// A certificate that was issued to a device, to be committed with it.
#[derive(Clone, Copy, Debug)]
pub struct Certified<'a> {
    /// Its row at the authority.
    pub id: Id,
    /// The certificate.
    pub certificate: &'a Certificate,
    /// The authorities above it.
    pub chain: &'a [Certificate],
}

/// A device that may renew its certificate, or that has the new one already.
#[derive(Clone, Debug)]
pub struct Renewing {
    /// The device.
    pub device: DeviceId,
    /// Whose.
    pub holder: PersonId,
    /// The answer to this request got lost before: the certificate that it brought.
    pub renewed: Option<DeviceCertificate>,
    former: Vec<u8>,
}

/// A device with its certificate, as it is stored.
pub(super) struct Current {
    id: DeviceId,
    person: PersonId,
    der: Certificate,
    chain: Vec<Certificate>,
    key_digest: Vec<u8>,
    fingerprint: Vec<u8>,
    paired_at: Timestamp,
    revoked_at: Option<Timestamp>,
    second_factor: bool,
}

macro_rules! select_current {
    ($tail:literal) => {
        concat!(
            "select d.id, d.person, d.der, d.chain, d.key_digest, d.fingerprint, d.paired_at, d.revoked_at,
                d.second_factor
             from register_devices d ",
            $tail
        )
    };
}

impl FromRow for Current {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        let der = Certificate::from_der(&row.bytes(2)?).map_err(|_| RowError {
            column: 2,
            expected: "a certificate in DER",
        })?;
        let chain = read_certificates(&row.bytes(3)?).map_err(|_| RowError {
            column: 3,
            expected: "certificates in PKCS#7",
        })?;
        Ok(Self {
            id: DeviceId::new(row.id(0)?),
            person: PersonId::new(row.id(1)?),
            der,
            chain,
            key_digest: row.bytes(4)?,
            fingerprint: row.bytes(5)?,
            paired_at: row.time(6)?,
            revoked_at: row.opt_time(7)?,
            second_factor: row.bool(8)?,
        })
    }
}

impl Current {
    pub(super) fn into_certificate(self) -> DeviceCertificate {
        DeviceCertificate {
            device: self.id,
            chain: in_order(&self.der, self.chain),
            certificate: self.der,
        }
    }

    /// As log-in takes it: registered for signing, by its holder, in no pair.
    fn into_registered(self) -> RegisteredCertificate {
        RegisteredCertificate {
            id: RegisteredCertificateId::new(self.id.id()),
            holder: self.person,
            certificate: self.der,
            chain: self.chain,
            uses: Uses::SIGNING,
            pair: 0,
            listed: false,
            registered_at: self.paired_at,
            registered_by: self.person,
            second_factor: self.second_factor,
            checked_at: None,
            revoked: self
                .revoked_at
                .map(|at| (at, RevocationReason::CessationOfOperation)),
            // The device made its key and signed for it.
            participant: None,
            proved_at: Some(self.paired_at),
            device: Some(self.id),
        }
    }
}

struct Numbered(Id);

impl FromRow for Numbered {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self(row.id(0)?))
    }
}

/// The authorities, the issuing one first: a certificates-only message is a set and forgets their order. Whoever trusts the root
/// it has it, and is left out.
fn in_order(leaf: &Certificate, mut authorities: Vec<Certificate>) -> Vec<Certificate> {
    let mut chain: Vec<Certificate> = Vec::with_capacity(authorities.len());
    loop {
        let last = chain.last().unwrap_or(leaf);
        let above = authorities
            .iter()
            .position(|one| one.subject() == last.issuer() && one.subject() != one.issuer());
        match above {
            Some(at) => chain.push(authorities.swap_remove(at)),
            None => return chain,
        }
    }
}

impl DeviceCertificate {
    /// A certificate with whatever authorities came with it.
    #[must_use]
    pub fn new(device: DeviceId, certificate: Certificate, authorities: Vec<Certificate>) -> Self {
        Self {
            device,
            chain: in_order(&certificate, authorities),
            certificate,
        }
    }
}

fn fingerprint(certificate: &Certificate) -> Vec<u8> {
    certificate.fingerprint(DigestAlgorithm::Sha256, &AwsLc)
}

fn key_digest(certificate: &Certificate) -> [u8; 32] {
    super::sha256(certificate.public_key().as_der())
}

impl Register {
    /// What is committed with the certificate of a device that was just paired.
    pub async fn paired(
        &self,
        certifying: &Certifying,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Batch, Fault> {
        let mut batch = Batch::new();
        batch.one(
            "update register_pairings set state = 'done', device = $2
             where id = $1 and state = 'approved'",
            args![certifying.pairing, certifying.device],
        );
        batch.one(
            "insert into register_devices (id, person, name, kind, paired_at, used_at, key_digest,
                second_factor)
             values ($1, $2, $3, 'own-key', $4, $4, $5, $6)",
            args![
                certifying.device,
                certifying.person,
                &certifying.name,
                now,
                certifying.key_digest,
                certifying.second_factor
            ],
        );
        let device = (
            certifying.person,
            certifying.device,
            certifying.name.as_str(),
            Way::OwnKey,
        );
        self.tell_of_pairing(&mut batch, device, from, now).await?;
        Ok(batch)
    }

    /// What is committed with each certificate of a device, the first one too.
    pub fn certified(&self, device: DeviceId, issued: Certified<'_>) -> Batch {
        let certificate = issued.certificate;
        let not_after = Timestamp::from_secs(certificate.not_after());
        let fingerprint = fingerprint(certificate);
        let mut batch = Batch::new();
        batch.one(
            "update register_devices set fingerprint = $2, key_digest = $3, der = $4, chain = $5,
                not_after = $6
             where id = $1 and revoked_at is null",
            args![
                device,
                fingerprint.as_slice(),
                key_digest(certificate),
                certificate.as_der(),
                certificates_only(issued.chain),
                not_after
            ],
        );
        batch.one(
            "insert into register_device_certificates (fingerprint, device, certificate, der,
                not_after)
             values ($1, $2, $3, $4, $5)",
            args![
                fingerprint.as_slice(),
                device,
                issued.id,
                certificate.as_der(),
                not_after
            ],
        );
        batch
    }

    /// Whether the holder of this certificate's key may renew it with a request for the key of this digest. Only for who proved that
    /// they hold the key: `prove` is asked with the certificate as it was issued.
    pub async fn renewing(
        &self,
        certificate: &Certificate,
        new_key: &[u8; 32],
        prove: impl FnOnce(&Certificate) -> bool,
        now: Timestamp,
    ) -> Result<Renewing, DeviceError> {
        let shown = fingerprint(certificate);
        let sql = select_current!(
            "join register_device_certificates c on c.device = d.id
             where c.fingerprint = $1 and d.der is not null"
        );
        let found: Option<Current> = self
            .store
            .first(sql, args![shown.as_slice()])
            .await
            .map_err(Fault::from)?;
        // A stranger costs a signature check, too, and is told the same.
        let proved = prove(certificate);
        let Some(current) = found.filter(|_| proved) else {
            return Err(DeviceError::Proof);
        };
        let place = Place::renewal(current.id.id());
        if let Err(early) = throttle::reserve(&self.store, &place, now).await? {
            return Err(DeviceError::Wait(early.wait));
        }
        let person = self.person(current.person).await?;
        if person.is_none_or(|person| person.disabled_at.is_some()) {
            return Err(DeviceError::Revoked { at: now });
        }
        if let Some(at) = current.revoked_at {
            return Err(DeviceError::Revoked { at });
        }
        let is_current = shown == current.fingerprint;
        let again = !is_current && current.key_digest == new_key;
        let ends = current.der.not_after();
        if now.as_secs() > ends {
            return Err(DeviceError::Late {
                at: Timestamp::from_secs(ends),
            });
        }
        if !is_current && !again {
            return Err(DeviceError::Superseded);
        }
        if is_current && current.key_digest == new_key {
            // The key would never change.
            return Err(DeviceError::Proof);
        }
        Ok(Renewing {
            device: current.id,
            holder: current.person,
            former: shown,
            renewed: again.then(|| current.into_certificate()),
        })
    }

    /// What is committed with a renewal: of two at once, one comes through.
    pub fn renewed(
        &self,
        renewing: &Renewing,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Batch, Fault> {
        let mut batch = Batch::new();
        batch.one(
            "update register_devices set used_at = $3 where id = $1 and fingerprint = $2",
            args![renewing.device, renewing.former.as_slice(), now],
        );
        let actor = themselves(renewing.holder, from);
        self.record_device(
            &mut batch,
            "device.renew",
            actor,
            renewing.device,
            None,
            now,
        )?;
        Ok(batch)
    }

    /// Shuts a device out: it logs in and renews itself no more, and its sessions end. Gives its certificates that can still be revoked
    /// at the authority; a second call gives them again.
    pub async fn shut_device_out(
        &self,
        principal: &Principal,
        id: DeviceId,
        now: Timestamp,
    ) -> Result<Vec<Id>, DeviceError> {
        let device = self.device(principal, id).await?;
        if device.state(now) != DeviceState::Revoked {
            let mut batch = Batch::new();
            batch.any(
                "update register_devices set revoked_at = $2 where id = $1 and revoked_at is null",
                args![id, now],
            );
            end_sessions_of(&mut batch, id);
            self.record_device(
                &mut batch,
                "device.revoke",
                principal.actor(),
                id,
                None,
                now,
            )?;
            self.change(batch).await?;
        }
        let live: Vec<Numbered> = self
            .store
            .all(
                "select certificate from register_device_certificates
                 where device = $1 and not_after >= $2 order by not_after, fingerprint",
                args![id, now],
            )
            .await
            .map_err(Fault::from)?;
        Ok(live.into_iter().map(|one| one.0).collect())
    }

    pub(super) async fn current_certificate(
        &self,
        device: DeviceId,
    ) -> Result<Option<Current>, Fault> {
        let sql = select_current!("where d.id = $1 and d.der is not null");
        Ok(self.store.first(sql, args![device]).await?)
    }

    /// A device's last certificate, as log-in takes it.
    pub(crate) async fn device_by_fingerprint(
        &self,
        fingerprint: &[u8],
    ) -> Result<Option<RegisteredCertificate>, Fault> {
        let sql = select_current!("where d.fingerprint = $1 and d.der is not null");
        let found: Option<Current> = self.store.first(sql, args![fingerprint]).await?;
        Ok(found.map(Current::into_registered))
    }
}

/// A device logs in: one that was revoked or renewed meanwhile does not.
pub(crate) fn used(batch: &mut Batch, device: DeviceId, fingerprint: &[u8], now: Timestamp) {
    batch.one(
        "update register_devices set used_at = $3
         where id = $1 and fingerprint = $2 and revoked_at is null",
        args![device, fingerprint, now],
    );
}
