//! Orders and where they stand.

mod place;
mod read;
mod rows;

use std::sync::Arc;

use chancery_register::PersonId;
use chancery_store::{Batch, Id, Timestamp, args};

use crate::{EventKind, Kind, Product, Step, StepState, WrongTransition, event};
pub use place::PlaceOrderError;
pub(crate) use read::total;
pub use read::{OrderView, Page, ReadError};
pub(crate) use rows::{page_of, select_orders};

/// One step of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepView {
    /// Which.
    pub step: Step,
    /// Where it stands.
    pub state: StepState,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its row.
    pub id: Id,
    /// Its number for people, [`crate::OrderNumber`].
    pub number: String,
    /// Who ordered.
    pub person: PersonId,
    /// What was ordered.
    pub product: Arc<Product>,
    /// When.
    pub created_at: Timestamp,
    /// Counts its changes; what a decision was based on.
    pub version: i64,
    /// Its steps in order.
    pub steps: Vec<StepView>,
    /// The mailbox that is being verified, or is.
    pub email: Option<String>,
    /// The certificate, once issued.
    pub certificate: Option<Id>,
    /// The certificate that it renews.
    pub renews: Option<Id>,
    /// Where the key of the issued certificate was made; none before, and where it was not told.
    pub key_place: Option<KeyPlace>,
    /// Whether it ended without a certificate: nothing can be done with it any more.
    pub closed: bool,
}

/// Where the key of a certificate is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyPlace {
    /// Somewhere that we know nothing of: a request is handed in.
    #[default]
    Elsewhere,
    /// In the store of a browser, by a page of ours.
    Browser,
}

impl KeyPlace {
    /// The name in rows and forms.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Elsewhere => "elsewhere",
            Self::Browser => "browser",
        }
    }

    /// The place of that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Elsewhere, Self::Browser]
            .into_iter()
            .find(|place| place.id() == id)
    }
}

impl Order {
    /// What kind of certificate is ordered.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.product.kind
    }

    /// Where a step stands; `None` where the product has no such step.
    #[must_use]
    pub fn state(&self, step: Step) -> Option<&StepState> {
        self.steps
            .iter()
            .find(|view| view.step == step)
            .map(|view| &view.state)
    }

    /// The step on which the applicant is to act now.
    #[must_use]
    pub fn next(&self) -> Option<Step> {
        self.steps
            .iter()
            .find(|view| view.state.is_open())
            .map(|view| view.step)
            .filter(|_| !self.closed)
    }

    /// Whether somebody else is to act: an officer, or the holder of the mailbox.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.next().is_none() && self.certificate.is_none() && !self.closed
    }

    /// Moves a step on, in memory and in the batch.
    pub(crate) fn pass(
        &mut self,
        batch: &mut Batch,
        step: Step,
        now: Timestamp,
        transition: impl FnOnce(StepState) -> Result<StepState, WrongTransition>,
    ) -> Result<(), WrongTransition> {
        let Some(view) = self.steps.iter_mut().find(|view| view.step == step) else {
            return Err(WrongTransition {
                from: "absent",
                to: step.id(),
            });
        };
        let state = std::mem::replace(&mut view.state, StepState::NotAvailableYet);
        view.state = transition(state)?;
        rows::save_step(batch, self.id, step, &view.state, now);
        Ok(())
    }

    /// Opens the step that can be done now, and closes the open ones that cannot: a step is available once
    /// every step before it is verified.
    pub(crate) fn reflow(
        &mut self,
        batch: &mut Batch,
        now: Timestamp,
    ) -> Result<(), WrongTransition> {
        let mut available = true;
        let states: Vec<(Step, StepState)> = self
            .steps
            .iter()
            .map(|view| (view.step, view.state.clone()))
            .collect();
        for (step, state) in states {
            match state {
                StepState::NotAvailableYet if available => {
                    self.pass(batch, step, now, StepState::open)?;
                }
                StepState::AwaitingData if !available => {
                    self.pass(batch, step, now, StepState::close)?;
                }
                _ => {}
            }
            available = available && state.is_verified();
        }
        Ok(())
    }

    /// Begins a change of the order: refused if somebody changed it since it was read, or it is closed.
    pub(crate) fn change(&self) -> Batch {
        let mut batch = Batch::new();
        batch.one(
            "update ra_orders set version = version + 1
                where id = $1 and version = $2 and (not finished or certificate is not null)",
            args![self.id, self.version],
        );
        batch
    }

    /// Ends the order without a certificate: no step is open any more, and no code of it works.
    pub(crate) fn close(&self, batch: &mut Batch, by: Option<PersonId>, now: Timestamp) {
        batch.append(self.change());
        batch
            .one(
                "update ra_orders set finished = $2, draft = null
                    where id = $1 and certificate is null",
                args![self.id, true],
            )
            .any(
                "update ra_steps set state = 'not-available-yet', at = $2, by_person = null,
                    evidence = null, reason = null
                    where order_id = $1 and state <> 'verified'",
                args![self.id, now],
            )
            .any(
                "update ra_sendings set state = 'superseded' where order_id = $1 and state = 'open'",
                args![self.id],
            )
            .any(
                "update ra_collections set state = 'superseded' where order_id = $1 and state = 'open'",
                args![self.id],
            );
        event::record(batch, self, 0, EventKind::OrderClosed, by, now);
    }
}
