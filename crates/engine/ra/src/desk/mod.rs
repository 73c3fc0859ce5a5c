//! The desk of the registration authority: the queue, an application on one screen, the decision.

mod decide;
mod found_true;
mod queue;
mod reason;

use std::time::Duration;

use chancery_register::{Permission, Person, Principal};
use chancery_store::{Id, args};

use crate::{
    Document, Event, Fault, Kind, Ra, ReadError, StatementMade, Step, Submitted, order::Order,
};
pub use decide::{DecideError, Decision};
pub use queue::{QueueFilter, QueueItem};

/// How many submissions of an order an officer sees.
const SUBMISSIONS: u32 = 50;
/// How many decisions the usual wait is taken from.
const LATELY: u32 = 21;

/// An application with everything that an officer decides on.
#[derive(Clone, Debug)]
pub struct ApplicationView {
    /// The order; its version is what a decision names.
    pub order: Order,
    /// Who applies.
    pub person: Person,
    /// What was submitted, newest first, each with what became of it.
    pub submissions: Vec<Submitted>,
    /// What was attached, oldest first; for reused data also what was attached then.
    pub documents: Vec<Document>,
    /// The agreement made at activation.
    pub agreement: Vec<StatementMade>,
    /// What happened, newest first.
    pub events: Vec<Event>,
    /// It is the officer's own: somebody else decides.
    pub own: bool,
}

impl Ra {
    /// An application ([`Permission::ReadApplications`]).
    pub async fn application(
        &self,
        principal: &Principal,
        order: Id,
    ) -> Result<ApplicationView, ReadError> {
        let granted = principal.require(Permission::ReadApplications)?;
        let order = self
            .any_order(order)
            .await?
            .filter(|order| order.state(Step::DataVerification).is_some())
            .ok_or(ReadError::NotFound)?;
        let person = self
            .register
            .person(order.person)
            .await?
            .ok_or(ReadError::NotFound)?;
        let submissions = self.submissions(order.id, SUBMISSIONS).await?;
        let mut documents = self.documents_behind(&submissions).await?;
        documents.extend(self.documents_of(order.id).await?);
        Ok(ApplicationView {
            own: order.person == granted.person(),
            agreement: self.agreement(order.id).await?,
            events: self.events_of_order(order.id).await?,
            order,
            person,
            submissions,
            documents,
        })
    }

    /// The documents on which reused data were verified.
    async fn documents_behind(&self, submissions: &[Submitted]) -> Result<Vec<Document>, Fault> {
        let Some(crate::Outcome::Reused { source, .. }) =
            submissions.first().map(|submitted| &submitted.outcome)
        else {
            return Ok(Vec::new());
        };
        let rows = self
            .store
            .rows(
                "select order_id from ra_applications where id = $1",
                args![*source],
            )
            .await?;
        match rows.first() {
            Some(row) => Ok(self.documents_of(row.id(0)?).await?),
            None => Ok(Vec::new()),
        }
    }

    /// How long applications of that kind waited lately for a decision, the middle of the last few; `None`
    /// before the first.
    pub async fn usual_wait(
        &self,
        kind: Kind,
    ) -> Result<Option<Duration>, chancery_store::ReadError> {
        let rows = self
            .store
            .rows(
                "select submitted_at, decided_at from ra_applications
                    where kind = $1 and decided_at is not null
                        and (state = 'verified' or state = 'rejected')
                    order by decided_at desc limit $2",
                args![kind.id(), LATELY],
            )
            .await?;
        let mut waits = Vec::with_capacity(rows.len());
        for row in rows {
            waits.push(row.time(1)?.as_micros() - row.time(0)?.as_micros());
        }
        waits.sort_unstable();
        let middle = waits.get(waits.len() / 2).copied();
        Ok(middle.map(|micros| Duration::from_micros(u64::try_from(micros).unwrap_or(0))))
    }
}
