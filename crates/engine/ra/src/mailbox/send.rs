//! Sending link and code.

use std::time::Duration;

use chancery_keys::digest_code;
use chancery_register::{Denied, EmailAddress, EmailError, Permission, Principal};
use chancery_store::{Id, Timestamp, args};

use super::secret;
use crate::{
    EventKind, Fault, Field, FieldError, Problem, Ra, Step, StepState, WrongTransition, event,
    fault::{fault_into, refused_into},
    notice::{About, Notice},
    order::Order,
};

/// A link and code were not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendEmailError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such order, or it is another person's.
    #[error("there is no such order")]
    NotFound,
    /// The step is not available, or the certificate is issued.
    #[error(transparent)]
    WrongState(#[from] WrongTransition),
    /// The address cannot stand in a certificate.
    #[error("{} fields are wrong", .0.len())]
    Fields(Vec<FieldError>),
    /// The person had as many sent today as anyone may.
    #[error("{max} were sent in 24 hours")]
    TooMany {
        /// How many one may have sent in 24 hours.
        max: u32,
    },
    /// Somebody changed the order meanwhile.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(SendEmailError);
refused_into!(SendEmailError);

impl From<Fault> for SendEmailError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

const DAY: Duration = Duration::from_hours(24);

impl Ra {
    /// Sends a one-time link and code to the mailbox that shall stand in the certificate
    /// ([`Permission::EditOwnOrders`]). What was sent before for this order is of no use from then on, and a
    /// mailbox that was verified is verified anew.
    pub async fn send_email_verification(
        &self,
        principal: &Principal,
        order: Id,
        email: &str,
        now: Timestamp,
    ) -> Result<(), SendEmailError> {
        let granted = principal.require(Permission::EditOwnOrders)?;
        let mut order = self
            .own_order(granted.person(), order)
            .await?
            .ok_or(SendEmailError::NotFound)?;
        if order.certificate.is_some() || order.closed {
            return Err(WrongTransition {
                from: "verified",
                to: "waiting-for-verification",
            }
            .into());
        }
        let address = email
            .parse::<EmailAddress>()
            .map_err(|error| SendEmailError::Fields(vec![email_problem(error)]))?;
        self.check_renewed(&order, &address).await?;
        let max = self.policy.email_sends_per_day;
        let sent = self
            .store
            .rows(
                "select count(*) from ra_sendings where person = $1 and sent_at > $2",
                args![order.person, now.minus(DAY)],
            )
            .await?;
        if crate::order::total(&sent)? >= u64::from(max) {
            return Err(SendEmailError::TooMany { max });
        }
        let person = self
            .register
            .person(order.person)
            .await?
            .ok_or(SendEmailError::NotFound)?;

        let mut batch = order.change();
        let verified = order
            .state(Step::EmailVerification)
            .is_some_and(StepState::is_verified);
        if verified {
            order.pass(&mut batch, Step::EmailVerification, now, StepState::reopen)?;
        }
        order.pass(&mut batch, Step::EmailVerification, now, |state| {
            state.resend(now)
        })?;
        order.reflow(&mut batch, now)?;
        batch.any(
            "update ra_sendings set state = 'superseded'
                where order_id = $1 and state = 'open'",
            args![order.id],
        );
        let token = secret::token(self.entropy.as_ref())?;
        let code = secret::code(self.entropy.as_ref())?;
        let Some(code_digest) = secret::code_digest(&code) else {
            return Err(Fault::Stored { what: "code" }.into());
        };
        let id = self.new_id()?;
        let expires_at = now.plus(self.policy.email_code());
        let email = address.to_string();
        batch.one(
            "insert into ra_sendings (id, order_id, person, email, link, code, sent_at, expires_at,
                tries, state) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 'open')",
            args![
                id,
                order.id,
                order.person,
                &email,
                digest_code(&token),
                code_digest,
                now,
                expires_at
            ],
        );
        batch.one(
            "update ra_orders set email = $2 where id = $1",
            args![order.id, &email],
        );
        let notice = Notice::EmailVerification {
            about: About::new(&order, &person),
            email,
            token: token.to_string(),
            code: code.to_string(),
            expires_at: expires_at.as_secs(),
            renews: order.renews.map(|former| former.to_string()),
        };
        self.notify(&mut batch, &address, &person, notice, now)?;
        let by = Some(granted.person());
        event::record(&mut batch, &order, 0, EventKind::CodeSent, by, now);
        let after = serde_json::json!({ "order": order.id });
        self.record(
            &mut batch,
            "mailbox.send",
            &granted.actor(),
            ("sending", id),
            Some(after),
            now,
        )?;
        self.commit(batch).await?;
        Ok(())
    }
}

impl Ra {
    /// Whether the mailbox of an order can be verified: it waits for that, or was verified too long ago.
    #[must_use]
    pub fn takes_mailbox(&self, order: &Order, now: Timestamp) -> bool {
        let over = order.certificate.is_some() || order.closed;
        let open = match order.state(Step::EmailVerification) {
            None | Some(StepState::NotAvailableYet) => false,
            Some(StepState::Verified { at, .. }) => at.plus(self.policy.email_evidence()) <= now,
            Some(_) => true,
        };
        open && !over
    }

    /// The successor of a certificate names the same mailbox.
    async fn check_renewed(
        &self,
        order: &Order,
        address: &EmailAddress,
    ) -> Result<(), SendEmailError> {
        let Some(former) = order.renews else {
            return Ok(());
        };
        let former = self.ca.certificate(former).await?;
        if former.is_some_and(|former| former.emails.contains(&address.to_string())) {
            return Ok(());
        }
        Err(SendEmailError::Fields(vec![FieldError {
            field: Field::Email,
            problem: Problem::NotOffered,
        }]))
    }
}

fn email_problem(error: EmailError) -> FieldError {
    FieldError {
        field: Field::Email,
        problem: match error {
            EmailError::Empty => Problem::Missing,
            EmailError::TooLong { max, .. } => Problem::TooLong { max },
            _ => Problem::NotAnAddress,
        },
    }
}
