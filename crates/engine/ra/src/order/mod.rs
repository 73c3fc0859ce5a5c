//! Orders and where they stand.

mod place;
mod read;
mod rows;

use std::sync::Arc;

use chancery_register::PersonId;
use chancery_store::{Batch, Id, Timestamp, args};

use crate::{Kind, Product, Step, StepState, WrongTransition};
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
    }

    /// Whether somebody else is to act: an officer, or the holder of the mailbox.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.next().is_none() && self.certificate.is_none()
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

    /// Begins a change of the order: refused if somebody changed it since it was read.
    pub(crate) fn change(&self) -> Batch {
        let mut batch = Batch::new();
        batch.one(
            "update ra_orders set version = version + 1 where id = $1 and version = $2",
            args![self.id, self.version],
        );
        batch
    }
}
