//! An officer gives the codes out.

use chancery_keys::{digest_code, random_code, typed_code};
use chancery_register::{Denied, Permission, Principal};
use chancery_store::{Id, Timestamp, args};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::{CODE_LENGTH, REFERENCE_LENGTH, collect::nothing_yet};
use crate::{
    ActivateError, EventKind, Fault, Ra, WrongTransition, event,
    fault::{fault_into, refused_into},
    notice::{About, Notice},
};

/// The codes that were given out. The authorisation code exists nowhere else in the clear.
#[derive(Clone)]
pub struct GivenOut {
    /// For the officer to tell the applicant, not by mail.
    pub code: Zeroizing<String>,
    /// Where the reference number was sent.
    pub email: String,
    /// Until when the codes can be used.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for GivenOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GivenOut")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Codes were not given out.
#[derive(Debug, thiserror::Error)]
pub enum GiveOutError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such order, or its applicant is shut out.
    #[error("there is no such order")]
    NotFound,
    /// Nobody gives codes out to themselves.
    #[error("the order is the officer's own")]
    OwnApplication,
    /// The order cannot be activated yet, or was already.
    #[error(transparent)]
    WrongState(#[from] WrongTransition),
    /// Whoever had the codes could not collect with them.
    #[error("the order cannot be collected")]
    NotCollectable(#[source] Box<ActivateError>),
    /// Somebody changed the order meanwhile.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(GiveOutError);
refused_into!(GiveOutError);

impl From<Fault> for GiveOutError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<ActivateError> for GiveOutError {
    fn from(error: ActivateError) -> Self {
        match error {
            ActivateError::WrongState(transition) => transition.into(),
            ActivateError::AlreadyIssued { .. } => WrongTransition {
                from: "verified",
                to: "verified",
            }
            .into(),
            ActivateError::Stale => Self::Stale,
            ActivateError::Fault(fault) => fault.into(),
            error => Self::NotCollectable(Box::new(error)),
        }
    }
}

impl Ra {
    /// Gives out codes for an order that can be activated ([`Permission::DecideApplications`]): the reference number is mailed to the
    /// applicant with a link, the authorisation code is for the officer to tell them. Codes given out before are of no use from then on.
    pub async fn give_out(
        &self,
        principal: &Principal,
        order: Id,
        now: Timestamp,
    ) -> Result<GivenOut, GiveOutError> {
        let granted = principal.require(Permission::DecideApplications)?;
        let order = self.any_order(order).await?.ok_or(GiveOutError::NotFound)?;
        if order.person == granted.person() {
            return Err(GiveOutError::OwnApplication);
        }
        // Everything that whoever collects will be asked.
        let ready = self.ready_order(order, now).await?;
        self.foresee_usual(&ready, &nothing_yet(), now).await?;
        let order = ready.order;
        let person = self.register.person(order.person).await?;
        let person = person
            .filter(|person| person.disabled_at.is_none())
            .ok_or(GiveOutError::NotFound)?;
        let entropy = self.entropy.as_ref();
        let reference = random_code::<REFERENCE_LENGTH>(entropy)?;
        let code = random_code::<CODE_LENGTH>(entropy)?;
        let stored = |what| Fault::Stored { what };
        let (Some(reference_digest), Some(code_digest)) = (
            digest(&reference, REFERENCE_LENGTH),
            digest(&code, CODE_LENGTH),
        ) else {
            return Err(stored("code").into());
        };
        let id = self.new_id()?;
        let expires_at = now.plus(self.policy.collection_code());
        let mut batch = order.change();
        batch.any(
            "update ra_collections set state = 'superseded' where order_id = $1 and state = 'open'",
            args![order.id],
        );
        batch.one(
            "insert into ra_collections (id, order_id, reference, code, given_at, given_by, expires_at, tries, state)
                values ($1, $2, $3, $4, $5, $6, $7, 0, 'open')",
            args![
                id,
                order.id,
                reference_digest,
                code_digest,
                now,
                granted.person(),
                expires_at
            ],
        );
        let notice = Notice::Collection {
            about: About::new(&order, &person),
            reference: reference.to_string(),
            expires_at: expires_at.as_secs(),
        };
        self.notify(&mut batch, &person.email, &person, notice, now)?;
        let by = Some(granted.person());
        event::record(&mut batch, &order, 0, EventKind::CodesGivenOut, by, now);
        let after = serde_json::json!({ "order": order.id });
        self.record(
            &mut batch,
            "collection.give-out",
            &granted.actor(),
            ("collection", id),
            Some(after),
            now,
        )?;
        self.commit(batch).await?;
        Ok(GivenOut {
            code,
            email: person.email.to_string(),
            expires_at,
        })
    }
}

/// The digest of a code as it is typed; `None` for what cannot be one.
pub(super) fn digest(typed: &str, length: usize) -> Option<[u8; 32]> {
    typed_code(typed, length).map(|code| digest_code(code.expose_secret()))
}
