//! Letters that tell of a certificate's end before it comes, and lead to its renewal.

use std::time::Duration;

use chancery_ca::{CertificateRecord, EndsAt};
use chancery_register::{NOTICE_DAYS, PersonId};
use chancery_store::{Batch, CommitError, Id, Timestamp, args};

use crate::{Fault, Ra, notice::Notice};

/// Most certificates that are looked at in one round, for each number of days; the next round goes on.
const MOST: u32 = 100;
const DAY_SECONDS: i64 = 24 * 60 * 60;
/// Behind all certificates that end at a moment.
const LAST: Id = Id::from_bytes([0xff; 16]);

impl Ra {
    /// Tells holders of certificates that were issued here and end in [`NOTICE_DAYS`] days or fewer, once for each of these; whoever
    /// was not told in time is told once, of the days that are left. Call it every few minutes, before
    /// [`chancery_register::Register::maintain`], which tells of all others that are registered.
    ///
    /// For each number of days the place in the order of ends is kept up to which holders were told, so that a round costs what is new in it.
    pub async fn maintain(&self, now: Timestamp) -> Result<(), Fault> {
        let mut nearer = now;
        for days in NOTICE_DAYS.into_iter().rev() {
            let until = now.plus(Duration::from_hours(24 * u64::from(days)));
            self.tell_of_ends(days, nearer, until, now).await?;
            nearer = until;
        }
        Ok(())
    }

    /// Of those that end behind `nearer`, for the others a later letter is due at once.
    async fn tell_of_ends(
        &self,
        days: u16,
        nearer: Timestamp,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let told: Option<EndsAt> = self.told_until(days).await?;
        let after = told.unwrap_or((nearer, LAST)).max((nearer, LAST));
        if after >= (until, LAST) {
            return Ok(());
        }
        let ending = self.ca.ending(after, until, MOST).await?;
        let is_all = ending.len() < usize::try_from(MOST).unwrap_or(usize::MAX);
        let reached = match ending.last() {
            Some(last) if !is_all => (last.not_after, last.id),
            _ => (until, LAST),
        };
        let mut batch = Batch::new();
        keep_told(&mut batch, days, told, reached);
        for record in &ending {
            self.tell_of_end(&mut batch, record, now).await?;
        }
        match self.store.commit(batch).await {
            // Another node was faster.
            Ok(()) | Err(CommitError::Conflict { .. } | CommitError::Constraint { .. }) => Ok(()),
            Err(error) => Err(Fault::Commit(error)),
        }
    }

    async fn told_until(&self, days: u16) -> Result<Option<EndsAt>, Fault> {
        let rows = self
            .store
            .rows(
                "select ends_at, certificate from ra_told_ends where days = $1",
                args![i64::from(days)],
            )
            .await?;
        let told = rows.first().map(|row| Ok((row.time(0)?, row.id(1)?)));
        told.transpose()
            .map_err(|error: chancery_store::RowError| error.into())
    }

    async fn tell_of_end(
        &self,
        batch: &mut Batch,
        record: &CertificateRecord,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let Some(holder) = record.holder else {
            return Ok(());
        };
        let person = self.register.person(PersonId::new(holder)).await?;
        let Some(person) = person.filter(|person| person.disabled_at.is_none()) else {
            return Ok(());
        };
        // Whoever has its successor needs no reminder.
        if self.successor(record.id, now).await?.is_some() {
            return Ok(());
        }
        let not_after = record.certificate.not_after();
        let left = not_after.saturating_sub(now.as_secs());
        let days = left.saturating_add(DAY_SECONDS - 1) / DAY_SECONDS;
        let days = u16::try_from(days).unwrap_or(u16::MAX);
        let told = NOTICE_DAYS.into_iter().filter(|told| days <= *told).min();
        self.register
            .told_of_end(batch, &record.certificate, told.unwrap_or(days));
        let notice = Notice::CertificateEnds {
            certificate: record.id.to_string(),
            serial: record.serial.to_hex(),
            subject: record.subject.clone(),
            days,
            not_after,
        };
        self.notify(batch, &person.email, &person, notice, now)
    }
}

/// Moves the mark on, if it is where it was read.
fn keep_told(batch: &mut Batch, days: u16, told: Option<EndsAt>, (ends_at, id): EndsAt) {
    let days = i64::from(days);
    match told {
        None => batch.one(
            "insert into ra_told_ends (days, ends_at, certificate) values ($1, $2, $3)",
            args![days, ends_at, id],
        ),
        Some((was_at, was)) => batch.one(
            "update ra_told_ends set ends_at = $2, certificate = $3
                where days = $1 and ends_at = $4 and certificate = $5",
            args![days, ends_at, id, was_at, was],
        ),
    };
}
