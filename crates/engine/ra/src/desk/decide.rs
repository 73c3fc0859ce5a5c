//! The decision of an officer.

use chancery_keys::digest_code;
use chancery_register::{Denied, Granted, Permission, Principal};
use chancery_store::{Batch, Id, Timestamp, args, blob::Address};

use super::reason::clean_reason;
use crate::{
    EventKind, Fault, FieldError, Ra, Step, StepEvidence, WrongTransition,
    data::{ApplicationRow, Outcome},
    event,
    fault::{fault_into, refused_into},
    notice::{About, Notice},
    order::Order,
};

/// What an officer decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The data are true.
    Verify,
    /// The applicant is to correct something; everything is kept.
    Reject {
        /// What, in the officer's words: the applicant reads them.
        reason: String,
    },
}

/// Nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such application.
    #[error("there is no such application")]
    NotFound,
    /// Nobody decides on their own application.
    #[error("an officer does not decide on an application of their own")]
    OwnApplication,
    /// The application changed since the officer saw it: look again.
    #[error("the application is in version {actual}, the decision is on {seen}")]
    Changed {
        /// The version that the officer saw.
        seen: i64,
        /// The version now.
        actual: i64,
    },
    /// It does not wait for a decision.
    #[error(transparent)]
    WrongState(#[from] WrongTransition),
    /// The reason cannot stand.
    #[error("the reason cannot stand")]
    Reason(FieldError),
    /// Somebody was faster.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(DecideError);
refused_into!(DecideError);

impl From<Fault> for DecideError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Ra {
    /// Decides on the data last submitted ([`Permission::DecideApplications`]); `version` is the one of the
    /// order that the officer saw.
    pub async fn decide(
        &self,
        principal: &Principal,
        order: Id,
        decision: Decision,
        version: i64,
        now: Timestamp,
    ) -> Result<(), DecideError> {
        let granted = principal.require(Permission::DecideApplications)?;
        // The application before its order: a decision made in between shows in the order's version.
        let row = self.last_application(order).await?;
        let order = self.any_order(order).await?.ok_or(DecideError::NotFound)?;
        if order.person == granted.person() {
            return Err(DecideError::OwnApplication);
        }
        if order.version != version {
            return Err(DecideError::Changed {
                seen: version,
                actual: order.version,
            });
        }
        let row = row.ok_or(DecideError::NotFound)?;
        let batch = match decision {
            Decision::Verify => self.verify(&granted, order, &row, now).await?,
            Decision::Reject { reason } => {
                let reason = clean_reason(&reason).map_err(DecideError::Reason)?;
                self.reject(&granted, order, &row, reason, now).await?
            }
        };
        self.commit(batch).await?;
        Ok(())
    }

    /// The submission that is or was decided on.
    pub(super) async fn last_application(
        &self,
        order: Id,
    ) -> Result<Option<ApplicationRow>, chancery_store::ReadError> {
        self.store
            .first(
                "select id, revision, data, number_wrong, submitted_at, state, decided_at, decided_by,
                    reason, source
                 from ra_applications where order_id = $1 order by revision desc limit 1",
                args![order],
            )
            .await
    }

    async fn verify(
        &self,
        granted: &Granted,
        mut order: Order,
        row: &ApplicationRow,
        now: Timestamp,
    ) -> Result<Batch, DecideError> {
        let officer = granted.person();
        let mut batch = order.change();
        let evidence = StepEvidence::Vetted {
            revision: row.revision,
        };
        order.pass(&mut batch, Step::DataVerification, now, |state| {
            state.verify(Some(officer.id()), now, evidence)
        })?;
        order.reflow(&mut batch, now)?;
        settle(&mut batch, row, "verified", officer.id(), None, now)?;
        let data = self.open_application(row.id, &row.data)?;
        self.register_verified(&mut batch, &order, granted, &data, now)?;
        self.finish(
            &mut batch,
            granted,
            &order,
            row,
            EventKind::DataVerified,
            "application.verify",
            now,
        )
        .await?;
        if let Some(person) = self.register.person(order.person).await? {
            let about = About::new(&order, &person);
            let notice = Notice::DataVerified { about };
            self.notify(&mut batch, &person.email, &person, notice, now)?;
        }
        Ok(batch)
    }

    async fn reject(
        &self,
        granted: &Granted,
        mut order: Order,
        row: &ApplicationRow,
        reason: String,
        now: Timestamp,
    ) -> Result<Batch, DecideError> {
        let officer = granted.person();
        let mut batch = order.change();
        let kept = reason.clone();
        order.pass(&mut batch, Step::DataVerification, now, |state| {
            state.reject(officer.id(), now, kept)
        })?;
        settle(
            &mut batch,
            row,
            "rejected",
            officer.id(),
            Some(&reason),
            now,
        )?;
        // The last look counts: what is sent back now stands in no certificate on an earlier one.
        let data = self.open_application(row.id, &row.data)?;
        let (said, apart) = ((order.kind(), &data), Some(order.id));
        self.withdraw(&mut batch, order.person, said, apart, now)
            .await?;
        self.finish(
            &mut batch,
            granted,
            &order,
            row,
            EventKind::DataRejected,
            "application.reject",
            now,
        )
        .await?;
        if let Some(person) = self.register.person(order.person).await? {
            let about = About::new(&order, &person);
            let notice = Notice::DataRejected { about, reason };
            self.notify(&mut batch, &person.email, &person, notice, now)?;
        }
        Ok(batch)
    }

    /// Event and audit entry; the entry commits to the very data and documents that were decided on.
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the columns of one event and one record"
    )]
    async fn finish(
        &self,
        batch: &mut Batch,
        granted: &Granted,
        order: &Order,
        row: &ApplicationRow,
        kind: EventKind,
        action: &'static str,
        now: Timestamp,
    ) -> Result<(), DecideError> {
        event::record(batch, order, 0, kind, Some(granted.person()), now);
        let documents = self
            .store
            .rows(
                "select address from ra_documents where order_id = $1 order by added_at, id",
                args![order.id],
            )
            .await?;
        // The sealed data, not the plain ones: a digest of names could be guessed.
        let mut seen = format!("{}\n{}", row.revision, Address::of(&row.data));
        for document in documents {
            seen.push('\n');
            seen.push_str(&document.text(0)?);
        }
        let after = serde_json::json!({ "order": order.id, "revision": row.revision });
        self.record_on(
            batch,
            action,
            &granted.actor(),
            ("application", row.id),
            Some(after),
            Some(digest_code(&seen)),
            now,
        )?;
        Ok(())
    }
}

/// Closes the submission; only one that waits can be closed.
fn settle(
    batch: &mut Batch,
    row: &ApplicationRow,
    state: &'static str,
    officer: Id,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<(), WrongTransition> {
    if row.outcome != Outcome::Waiting {
        return Err(WrongTransition {
            from: "decided",
            to: state,
        });
    }
    batch.one(
        "update ra_applications set state = $2, decided_at = $3, decided_by = $4, reason = $5
            where id = $1 and state = 'submitted'",
        args![row.id, state, now, officer, reason],
    );
    Ok(())
}
