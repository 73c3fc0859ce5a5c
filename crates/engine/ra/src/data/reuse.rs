//! Data verified once are used for the next order (H3), as long as the evidence is fresh.

use chancery_register::{Denied, Language, Permission, Principal};
use chancery_store::{Id, Timestamp, args};

use super::{APPLICATION, submit::check_statements};
use crate::{
    ApplicationData, EventKind, Fault, FieldError, Kind, Ra, ReadError, StatementAt,
    StatementVersion, Step, StepEvidence, StepState, WrongTransition, event,
    fault::{fault_into, refused_into},
};

/// How many verified applications are offered.
const OFFERED: u32 = 50;

/// Data of an earlier application, verified then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedData {
    /// The application; what [`Ra::reuse_data`] takes.
    pub application: Id,
    /// The order to which it belonged.
    pub order_number: String,
    /// The data.
    pub data: ApplicationData,
    /// When they were verified.
    pub verified_at: Timestamp,
    /// Until when a certificate can be issued on them.
    pub usable_until: Timestamp,
}

/// Verified data were not taken over.
#[derive(Debug, thiserror::Error)]
pub enum ReuseError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such order, or it is another person's.
    #[error("there is no such order")]
    NotFound,
    /// These data are another person's, of another kind, not verified, or verified too long ago.
    #[error("these data cannot be used for this order")]
    NotUsable,
    /// The step is not open for data.
    #[error(transparent)]
    WrongState(#[from] WrongTransition),
    /// A statement is not ticked.
    #[error("{} statements are not ticked", .0.len())]
    Fields(Vec<FieldError>),
    /// Somebody changed the order meanwhile.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(ReuseError);
refused_into!(ReuseError);

impl From<Fault> for ReuseError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// A verified application with the person who verified it.
pub(crate) struct Found {
    pub(crate) verified: VerifiedData,
    by: Id,
    /// The applicant insisted on the number then: whoever looks later is to know.
    number_wrong: bool,
}

/// Who was verified for one kind was verified for the other: the same person on the same documents. A role
/// in an organisation is not the right to act for it, so the rest keeps to its own kind.
const fn serves(verified: Kind, wanted: Kind) -> bool {
    matches!(
        (verified, wanted),
        (Kind::Individual | Kind::Sponsor, Kind::Individual)
            | (Kind::Sponsor, Kind::Sponsor)
            | (Kind::Organization, Kind::Organization)
    )
}

impl Ra {
    /// Data of the person's earlier applications that this order can use, newest first
    /// ([`Permission::EditOwnOrders`]).
    pub async fn reusable(
        &self,
        principal: &Principal,
        order: Id,
        now: Timestamp,
    ) -> Result<Vec<VerifiedData>, ReadError> {
        let granted = principal.require(Permission::EditOwnOrders)?;
        let order = self
            .own_order(granted.person(), order)
            .await?
            .ok_or(ReadError::NotFound)?;
        let mut offered: Vec<VerifiedData> = Vec::new();
        for found in self
            .verified_of(order.person.id(), order.kind(), now)
            .await?
        {
            if offered
                .iter()
                .all(|other| other.data != found.verified.data)
            {
                offered.push(found.verified);
            }
        }
        Ok(offered)
    }

    /// Takes verified data over; the step is verified at once, as of then ([`Permission::EditOwnOrders`]).
    pub async fn reuse_data(
        &self,
        principal: &Principal,
        order: Id,
        application: Id,
        ticked: &[StatementVersion],
        language: Language,
        now: Timestamp,
    ) -> Result<(), ReuseError> {
        let granted = principal.require(Permission::EditOwnOrders)?;
        let mut order = self
            .own_order(granted.person(), order)
            .await?
            .ok_or(ReuseError::NotFound)?;
        let found = self
            .verified_of(order.person.id(), order.kind(), now)
            .await?
            .into_iter()
            .find(|found| found.verified.application == application)
            .ok_or(ReuseError::NotUsable)?;
        let product = std::sync::Arc::clone(&order.product);
        let statements =
            check_statements(&product, StatementAt::Data, ticked).map_err(ReuseError::Fields)?;

        let mut batch = order.change();
        let evidence = StepEvidence::Reused {
            application: application.to_string(),
            verified_at: found.verified.verified_at.as_micros(),
        };
        if self.open_for_data(&order, now)? {
            order.pass(&mut batch, Step::DataVerification, now, StepState::reopen)?;
        }
        order.pass(&mut batch, Step::DataVerification, now, |state| {
            state.settle(now, evidence)
        })?;
        // Counted, so that what ends this verification does not overlook the order.
        batch.one(
            "update ra_applications set taken_over = taken_over + 1
                where id = $1 and withdrawn_at is null",
            args![application],
        );
        order.reflow(&mut batch, now)?;
        let id = self.new_id()?;
        batch.one(
            "insert into ra_applications (id, order_id, revision, person, kind, data, number_wrong,
                submitted_at, state, decided_at, decided_by, source)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 'reused', $9, $10, $11)",
            args![
                id,
                order.id,
                self.next_revision(order.id).await?,
                order.person,
                order.kind().id(),
                self.seal(APPLICATION, id, &found.verified.data)?,
                found.number_wrong,
                now,
                found.verified.verified_at,
                found.by,
                application
            ],
        );
        batch.one(
            "update ra_orders set draft = null where id = $1",
            args![order.id],
        );
        self.keep_statements(&mut batch, &order, Some(id), &statements, language, now)?;
        let by = Some(granted.person());
        event::record(&mut batch, &order, 0, EventKind::DataReused, by, now);
        let after = serde_json::json!({ "order": order.id, "source": application });
        self.record(
            &mut batch,
            "application.reuse",
            &granted.actor(),
            ("application", id),
            Some(after),
            now,
        )?;
        self.commit(batch).await?;
        Ok(())
    }

    /// What was verified for the person and can be used for such an order, newest first.
    pub(crate) async fn verified_of(
        &self,
        person: Id,
        wanted: Kind,
        now: Timestamp,
    ) -> Result<Vec<Found>, Fault> {
        let span = self.policy.identity_evidence();
        let rows = self
            .store
            .rows(
                "select a.id, a.kind, a.data, a.decided_at, a.decided_by, o.number, a.number_wrong
                    from ra_applications a join ra_orders o on o.id = a.order_id
                    where a.person = $1 and a.state = 'verified' and a.decided_at > $2
                        and a.withdrawn_at is null
                    order by a.decided_at desc, a.id limit $3",
                args![person, now.minus(span), OFFERED],
            )
            .await?;
        let mut found = Vec::new();
        for row in rows {
            let application = row.id(0)?;
            let kind = row.text(1)?;
            let fits = [Kind::Individual, Kind::Sponsor, Kind::Organization]
                .into_iter()
                .any(|verified| verified.id() == kind && serves(verified, wanted));
            if !fits {
                continue;
            }
            let mut data = self.open_application(application, &row.bytes(2)?)?;
            if !wanted.has_organization() {
                data.organization = crate::OrganizationData::default();
            }
            let verified_at = row.time(3)?;
            found.push(Found {
                verified: VerifiedData {
                    application,
                    order_number: row.text(5)?,
                    data,
                    verified_at,
                    usable_until: verified_at.plus(span),
                },
                by: row.id(4)?,
                number_wrong: wanted.has_organization() && row.bool(6)?,
            });
        }
        Ok(found)
    }
}
