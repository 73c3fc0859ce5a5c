//! What changes with time: revocation is asked about daily, and letters tell of a certificate's end before it comes.

use std::time::Duration;

use chancery_audit::Actor;
use chancery_path::{Purpose, Revocation};
use chancery_store::{Batch, CommitError, Timestamp, args};
use chancery_x509::RevocationReason;

use super::{
    Certificates, RegisteredCertificate,
    anchor::fingerprint,
    read::select_certificate,
    trust::{self, Distrust, Memory, Question},
};
use crate::{Fault, Notice, Person, PersonId, Register, RegisteredCertificateId};

/// Revocation is asked about so often.
const DAILY: Duration = Duration::from_hours(24);

/// Where nobody answered, so often.
const UNANSWERED: Duration = Duration::from_hours(1);

/// How many days ahead of a certificate's end a letter tells of it.
pub const NOTICE_DAYS: [u16; 5] = [60, 30, 14, 7, 1];

const DAY_SECONDS: i64 = 86_400;

/// Most letters of one round: the next one goes on.
const MOST_LETTERS: u32 = 200;

impl Certificates {
    /// Asks whether registered certificates are revoked: those that nobody asked about for a day, or for an hour where there was no
    /// answer, at most `limit`; gives how many were looked at. Call it every few minutes, on one node at a time.
    pub async fn check_revocation(&self, limit: u32, now: Timestamp) -> Result<usize, Fault> {
        let sql = select_certificate!(
            "where c.not_after >= $1 and (c.revoked_at is null or c.revoked_reason = $2)
                and (c.tried_at <= $3 or (c.checked_at is null and c.tried_at <= $4))
             order by c.tried_at, c.id limit $5"
        );
        let hold = i64::from(RevocationReason::CertificateHold.code());
        let since = args![now, hold, now.minus(DAILY), now.minus(UNANSWERED), limit];
        let due: Vec<RegisteredCertificate> = self.register.store.all(sql, since).await?;
        let anchors = self.register.anchors().await?;
        // One memory: many certificates share a list.
        let mut memory = Memory::default();
        for known in &due {
            let question = Question {
                leaf: &known.certificate,
                chain: &known.chain,
                purposes: &[],
                made_for: Purpose::Any,
                revocation: Revocation::default(),
                now,
            };
            let fetcher = Some(self.fetcher.as_ref());
            let batch = match trust::check(&anchors, &question, fetcher, &mut memory).await {
                Ok(_) => learnt(known, now),
                Err(Distrust::Revoked { at, reason }) => {
                    self.found_revoked(known, at, reason, now).await?
                }
                Err(Distrust::Fault(fault)) => return Err(fault),
                Err(_) => unanswered(known, now),
            };
            match self.register.store.commit(batch).await {
                // Removed meanwhile.
                Ok(()) | Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(due.len())
    }

    /// Notes the revocation, ends the sessions that the certificate opened, and tells its holder.
    pub(super) async fn found_revoked(
        &self,
        known: &RegisteredCertificate,
        at: Timestamp,
        reason: RevocationReason,
        now: Timestamp,
    ) -> Result<Batch, Fault> {
        let mut batch = Batch::new();
        batch.one(
            "update register_certificates set tried_at = $1, checked_at = $1, revoked_at = $2,
                revoked_reason = $3
             where id = $4",
            args![now, at, i64::from(reason.code()), known.id],
        );
        batch.any(
            "delete from register_sessions where certificate = $1",
            args![fingerprint(&known.certificate)],
        );
        if known.revoked == Some((at, reason)) {
            return Ok(batch);
        }
        let object = ("registered-certificate", known.id.to_string());
        let after = serde_json::json!({ "reason": reason.code() });
        let action = "certificate.found-revoked";
        let register = &self.register;
        register.record(&mut batch, action, Actor::System, object, Some(after), now)?;
        if let Some(person) = addressee(register, known.holder).await? {
            let notice = Notice::RegisteredRevoked {
                subject: known.certificate.subject().one_line(),
                serial: known.certificate.serial().to_string(),
                suspended: reason == RevocationReason::CertificateHold,
                at: at.as_secs(),
            };
            register.notify(&mut batch, &person.email, person.language, notice, now)?;
        }
        Ok(batch)
    }
}

/// It is not revoked, perhaps not any more.
pub(super) fn learnt(known: &RegisteredCertificate, now: Timestamp) -> Batch {
    let mut batch = Batch::new();
    batch.one(
        "update register_certificates set tried_at = $1, checked_at = $1, revoked_at = null,
            revoked_reason = null
         where id = $2",
        args![now, known.id],
    );
    batch
}

fn unanswered(known: &RegisteredCertificate, now: Timestamp) -> Batch {
    let mut batch = Batch::new();
    batch.one(
        "update register_certificates set tried_at = $1 where id = $2",
        args![now, known.id],
    );
    batch
}

async fn addressee(register: &Register, holder: PersonId) -> Result<Option<Person>, Fault> {
    let person = register.person(holder).await?;
    Ok(person.filter(|person| person.disabled_at.is_none()))
}

impl Register {
    /// Tells holders of certificates that end in [`NOTICE_DAYS`] days or fewer, once for each of these; whoever was away for longer is
    /// told once, of the days that are left.
    pub(crate) async fn tell_of_ends(&self, now: Timestamp) -> Result<(), Fault> {
        let sql = select_certificate!(
            "where c.revoked_at is null and c.not_after > $1
                and ((c.not_after <= $2 and (c.told_days is null or c.told_days > $3))
                  or (c.not_after <= $4 and (c.told_days is null or c.told_days > $5))
                  or (c.not_after <= $6 and (c.told_days is null or c.told_days > $7))
                  or (c.not_after <= $8 and (c.told_days is null or c.told_days > $9))
                  or (c.not_after <= $10 and (c.told_days is null or c.told_days > $11)))
             order by c.not_after, c.id limit $12"
        );
        let mut bounds = args![now];
        for days in NOTICE_DAYS {
            let span = Duration::from_hours(24 * u64::from(days));
            bounds.extend(args![now.plus(span), i64::from(days)]);
        }
        bounds.extend(args![MOST_LETTERS]);
        let ending: Vec<RegisteredCertificate> = self.store.all(sql, bounds).await?;
        for known in &ending {
            self.tell_of_end(known, now).await?;
        }
        Ok(())
    }

    async fn tell_of_end(
        &self,
        known: &RegisteredCertificate,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let not_after = known.certificate.not_after();
        let left = not_after.saturating_sub(now.as_secs());
        let days = left.saturating_add(DAY_SECONDS - 1) / DAY_SECONDS;
        let told = NOTICE_DAYS
            .into_iter()
            .map(i64::from)
            .filter(|told| days <= *told)
            .min();
        let Some(told) = told else {
            return Ok(());
        };
        let mut batch = Batch::new();
        mark_told(&mut batch, known.id, told);
        if let Some(person) = addressee(self, known.holder).await? {
            let notice = Notice::RegisteredEnds {
                subject: known.certificate.subject().one_line(),
                serial: known.certificate.serial().to_string(),
                days: u16::try_from(days).unwrap_or(u16::MAX),
                not_after,
            };
            self.notify(&mut batch, &person.email, person.language, notice, now)?;
        }
        match self.store.commit(batch).await {
            // Another node was faster.
            Ok(()) | Err(CommitError::Conflict { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn mark_told(batch: &mut Batch, id: RegisteredCertificateId, told: i64) {
    batch.one(
        "update register_certificates set told_days = $1
         where id = $2 and (told_days is null or told_days > $1)",
        args![told, id],
    );
}
