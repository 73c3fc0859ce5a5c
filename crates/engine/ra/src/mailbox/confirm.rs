//! Answering: GET shows what a link is about, POST consumes it, so that a scanner of links spends nothing.

use std::net::IpAddr;

use chancery_audit::Actor;
use chancery_keys::code_eq;
use chancery_register::{Denied, Permission, PersonId, Principal};
use chancery_store::{Batch, CommitError, Id, Timestamp, args};

use super::{SendingRow, SendingState, secret, sending_columns};
use crate::{
    Answer, EventKind, Fault, Ra, Step, StepEvidence, WrongTransition, event,
    fault::{Refused, fault_into, refused_into},
    order::Order,
};

/// What a link is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailConfirmation {
    /// The order.
    pub order: Id,
    /// Its number.
    pub order_number: String,
    /// Who asks for the certificate: whoever holds the mailbox must be able to say "not me".
    pub applicant: String,
    /// The mailbox.
    pub email: String,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
}

/// A mailbox was not confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmEmailError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No such link or order, or it is another person's; nothing was sent.
    #[error("there is no such link")]
    NotFound,
    /// The link or code was used, or another was sent since.
    #[error("the link or code is used up")]
    UsedUp,
    /// Its time is over.
    #[error("the link or code has expired")]
    Expired,
    /// The code is wrong.
    #[error("the code is wrong, {left} tries are left")]
    WrongCode {
        /// How many wrong codes are left.
        left: u32,
    },
    /// Too many wrong codes were typed: a new one must be sent.
    #[error("too many wrong codes were typed")]
    Blocked,
    /// The step does not wait for an answer.
    #[error(transparent)]
    WrongState(#[from] WrongTransition),
    /// Somebody changed the order meanwhile.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(ConfirmEmailError);
refused_into!(ConfirmEmailError);

impl From<Fault> for ConfirmEmailError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Who answered, and how.
struct Answered {
    answer: Answer,
    by: Option<PersonId>,
    actor: Actor,
}

impl Ra {
    /// What a link is about, while it can be confirmed. Whoever holds the link may ask: it reached the mailbox.
    pub async fn email_confirmation(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<EmailConfirmation, ConfirmEmailError> {
        let (row, order) = self.by_token(token).await?;
        self.usable(&row, now)?;
        self.confirmation(&row, &order).await
    }

    /// Confirms the mailbox by its link, which is used up by it. No log-in is needed: mail may be read on
    /// another device.
    pub async fn confirm_email_link(
        &self,
        token: &str,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<EmailConfirmation, ConfirmEmailError> {
        let (row, order) = self.by_token(token).await?;
        self.usable(&row, now)?;
        let confirmation = self.confirmation(&row, &order).await?;
        let answered = Answered {
            answer: Answer::Link,
            by: None,
            // Whoever reads the mailbox, not necessarily the person who ordered.
            actor: Actor::Person {
                id: order.person.id(),
                role: "mailbox-holder",
                from,
            },
        };
        self.confirmed(order, &row, answered, now).await?;
        Ok(confirmation)
    }

    /// Confirms the mailbox by the typed code ([`Permission::EditOwnOrders`]).
    pub async fn confirm_email_code(
        &self,
        principal: &Principal,
        order: Id,
        code: &str,
        now: Timestamp,
    ) -> Result<(), ConfirmEmailError> {
        let granted = principal.require(Permission::EditOwnOrders)?;
        let order = self
            .own_order(granted.person(), order)
            .await?
            .ok_or(ConfirmEmailError::NotFound)?;
        let row = self
            .sending_row(order.id)
            .await?
            .ok_or(ConfirmEmailError::NotFound)?;
        self.usable(&row, now)?;
        // What cannot be a code is a slip, not a guess, and costs no try.
        let Some(typed) = secret::code_digest(code) else {
            let left = i64::from(self.policy.email_code_tries) - row.tries;
            return Err(ConfirmEmailError::WrongCode {
                left: u32::try_from(left).unwrap_or(0),
            });
        };
        let left = self.spend_try(&row).await?;
        if !code_eq(&typed, &row.code) {
            return Err(if left == 0 {
                ConfirmEmailError::Blocked
            } else {
                ConfirmEmailError::WrongCode { left }
            });
        }
        let answered = Answered {
            answer: Answer::Code,
            by: Some(granted.person()),
            actor: granted.actor(),
        };
        self.confirmed(order, &row, answered, now).await
    }

    fn usable(&self, row: &SendingRow, now: Timestamp) -> Result<(), ConfirmEmailError> {
        match row.state(self.policy.email_code_tries, now) {
            SendingState::Open => Ok(()),
            SendingState::Expired => Err(ConfirmEmailError::Expired),
            SendingState::Blocked => Err(ConfirmEmailError::Blocked),
            SendingState::Answered | SendingState::Superseded => Err(ConfirmEmailError::UsedUp),
        }
    }

    async fn confirmation(
        &self,
        row: &SendingRow,
        order: &Order,
    ) -> Result<EmailConfirmation, ConfirmEmailError> {
        let person = self.register.person(order.person).await?;
        Ok(EmailConfirmation {
            order: order.id,
            order_number: order.number.clone(),
            applicant: person.map_or_else(String::new, |person| person.full_name),
            email: row.email.clone(),
            expires_at: row.expires_at,
        })
    }

    async fn by_token(&self, token: &str) -> Result<(SendingRow, Order), ConfirmEmailError> {
        let digest = secret::token_digest(token).ok_or(ConfirmEmailError::NotFound)?;
        let row: Option<SendingRow> = self
            .store
            .first(
                concat!(
                    "select ",
                    sending_columns!(),
                    " from ra_sendings where link = $1"
                ),
                args![digest],
            )
            .await?;
        let row = row.ok_or(ConfirmEmailError::NotFound)?;
        let order = self
            .any_order(row.order)
            .await?
            .ok_or(ConfirmEmailError::NotFound)?;
        Ok((row, order))
    }

    /// Counts a try before the code is looked at, so that guesses at once do not share one.
    async fn spend_try(&self, row: &SendingRow) -> Result<u32, ConfirmEmailError> {
        let max = i64::from(self.policy.email_code_tries);
        let tries = row.tries + 1;
        let left = u32::try_from(max - tries).unwrap_or(0);
        let mut batch = Batch::new();
        batch.one(
            "update ra_sendings set tries = $3 where id = $1 and tries = $2 and state = 'open'",
            args![row.id, row.tries, tries],
        );
        self.store
            .commit(batch)
            .await
            .map_err(|error| match error {
                CommitError::Conflict { .. } => ConfirmEmailError::Stale,
                other => ConfirmEmailError::Fault(Fault::Commit(other)),
            })?;
        Ok(left)
    }

    async fn confirmed(
        &self,
        mut order: Order,
        row: &SendingRow,
        answered: Answered,
        now: Timestamp,
    ) -> Result<(), ConfirmEmailError> {
        let mut batch = order.change();
        batch.one(
            "update ra_sendings set state = 'answered', answered_at = $2
                where id = $1 and state = 'open'",
            args![row.id, now],
        );
        let evidence = StepEvidence::Mailbox {
            sending: row.id.to_string(),
            answer: answered.answer,
        };
        let by = answered.by.map(PersonId::id);
        let passed = order.pass(&mut batch, Step::EmailVerification, now, |state| {
            state.verify(by, now, evidence)
        });
        if let Err(wrong) = passed {
            // The order was read after the sending: somebody may have answered in between.
            return Err(match self.why_stale(row).await? {
                ConfirmEmailError::Stale => wrong.into(),
                used_up => used_up,
            });
        }
        order.reflow(&mut batch, now)?;
        event::record(
            &mut batch,
            &order,
            0,
            EventKind::EmailVerified,
            answered.by,
            now,
        );
        let after = serde_json::json!({ "order": order.id, "answer": answered.answer });
        self.record(
            &mut batch,
            "mailbox.verify",
            &answered.actor,
            ("sending", row.id),
            Some(after),
            now,
        )?;
        match self.commit(batch).await {
            Ok(()) => Ok(()),
            Err(Refused::Stale) => Err(self.why_stale(row).await?),
            Err(refused) => Err(refused.into()),
        }
    }

    /// Somebody was faster: with this very link or code, or with something else.
    async fn why_stale(&self, row: &SendingRow) -> Result<ConfirmEmailError, ConfirmEmailError> {
        let rows = self
            .store
            .rows("select state from ra_sendings where id = $1", args![row.id])
            .await?;
        let state = rows.first().map(|row| row.text(0)).transpose()?;
        Ok(match state.as_deref() {
            Some("open") => ConfirmEmailError::Stale,
            _ => ConfirmEmailError::UsedUp,
        })
    }
}
