//! Certificates that are issued here: they enter the register in the batch of their issuance, and their issuer tells of their end.

use chancery_audit::Actor;
use chancery_cms::certificates_only;
use chancery_store::{Batch, Timestamp, args};
use chancery_x509::Certificate;

use super::{
    MAX_PAIRS, Uses,
    anchor::fingerprint,
    enrol::Taken,
    read::{RegisteredCertificate, select_certificate},
};
use crate::{Fault, Notice, Person, Principal, Register, RegisteredCertificateId};

/// A free place in a person's pairs, for a certificate that is about to be issued to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreePlace {
    person: Person,
    pair: u8,
    uses: Uses,
    listed: bool,
    second_factor: bool,
    level: &'static str,
}

impl Register {
    /// A place for a certificate that this session has issued for its person; none where all pairs are taken.
    pub async fn place_for(&self, principal: &Principal) -> Result<Option<FreePlace>, Fault> {
        let second_factor = principal.proved_two_factors();
        self.free_place(principal, Uses::BOTH, false, second_factor)
            .await
    }

    /// A place for the successor of a certificate, for the same uses: none where the former is not registered for this person,
    /// or all pairs are taken. The former keeps its own, for both work side by side. The successor stands for two factors where the
    /// former does and this session proved them too: a new key is no way from one factor to two.
    pub async fn place_beside(
        &self,
        principal: &Principal,
        former: &Certificate,
    ) -> Result<Option<FreePlace>, Fault> {
        let sql = select_certificate!("where c.fingerprint = $1 and c.person = $2");
        let known: Option<RegisteredCertificate> = self
            .store
            .first(sql, args![fingerprint(former), principal.person])
            .await?;
        let Some(known) = known else {
            return Ok(None);
        };
        let second_factor = known.second_factor && principal.proved_two_factors();
        self.free_place(principal, known.uses, known.listed, second_factor)
            .await
    }

    async fn free_place(
        &self,
        principal: &Principal,
        uses: Uses,
        listed: bool,
        second_factor: bool,
    ) -> Result<Option<FreePlace>, Fault> {
        let Some(person) = self.person(principal.person).await? else {
            return Ok(None);
        };
        let taken = self.taken_by(person.id).await?;
        let pair = (1..=MAX_PAIRS).find(|pair| Taken::leave(&taken, *pair, uses));
        Ok(pair.map(|pair| FreePlace {
            person,
            pair,
            uses,
            listed,
            second_factor,
            level: principal.level.name(),
        }))
    }

    /// Registers a certificate that this environment just issued, in the batch that commits it: usable for log-in at once. The
    /// batch conflicts where somebody else took the place meanwhile.
    pub fn enter_issued(
        &self,
        batch: &mut Batch,
        place: &FreePlace,
        leaf: &Certificate,
        chain: &[Certificate],
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), Fault> {
        // A certificate that cannot be read or used would be of no use there.
        let uses = Uses::of(leaf, &[]).map_or(Uses::default(), |allowed| allowed.and(place.uses));
        if uses.is_none() {
            return Ok(());
        }
        let id = chancery_keys::random_id(self.entropy.as_ref())?;
        let id = RegisteredCertificateId::new(id);
        let fingerprint = fingerprint(leaf);
        let person = &place.person;
        // Nothing is issued without proof that its key is at hand.
        batch.one(
            "insert into register_certificates (id, fingerprint, person, subject, der, chain,
                not_before, not_after, pair, signing, encryption, listed, registered_at,
                registered_by, checked_at, tried_at, second_factor, proved_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13, $13, $15, $13)",
            args![
                id,
                fingerprint.as_slice(),
                person.id,
                leaf.subject().one_line(),
                leaf.as_der(),
                (!chain.is_empty()).then(|| certificates_only(chain)),
                Timestamp::from_secs(leaf.not_before()),
                Timestamp::from_secs(leaf.not_after()),
                i64::from(place.pair),
                uses.signing,
                uses.encryption,
                place.listed,
                now,
                person.id,
                place.second_factor
            ],
        );
        let after = serde_json::json!({
            "holder": person.id,
            "sha256": chancery_x509::hex::encode(&fingerprint, ""),
            "pair": place.pair,
            "signing": uses.signing,
            "encryption": uses.encryption,
            "level": place.level,
        });
        let object = ("registered-certificate", id.to_string());
        self.record(
            batch,
            "certificate.register",
            actor,
            object,
            Some(after),
            now,
        )?;
        let notice = Notice::CertificateRegistered {
            subject: leaf.subject().one_line(),
            serial: leaf.serial().to_string(),
            by_other: false,
            at: now.as_secs(),
        };
        self.notify(batch, &person.email, person.language, notice, now)
    }

    /// Notes in the batch of a letter that it told the holder of this certificate of its end in `days`: where it is registered, no
    /// second letter says the same.
    pub fn told_of_end(&self, batch: &mut Batch, certificate: &Certificate, days: u16) {
        batch.any(
            "update register_certificates set told_days = $1
             where fingerprint = $2 and (told_days is null or told_days > $1)",
            args![i64::from(days), fingerprint(certificate)],
        );
    }
}
