//! Reading one's own orders.

use chancery_register::{Denied, Permission, Principal};
use chancery_store::{Id, Timestamp, args};

use super::{
    Order,
    rows::{page_of, select_orders},
};
use crate::{
    ApplicationData, Document, Event, Fault, Ra, Sending, Step, Submitted, fault::fault_into,
};

/// Something was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is none, or it is another person's.
    #[error("there is no such thing")]
    NotFound,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(ReadError);

impl From<Fault> for ReadError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Its rows.
    pub items: Vec<T>,
    /// Its number, from 1.
    pub page: u32,
    /// Rows of a full page.
    pub per_page: u32,
    /// Rows of all pages.
    pub total: u64,
}

impl<T> Page<T> {
    /// How many pages there are; at least one.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(u64::from(self.per_page.max(1))).max(1)
    }
}

/// An order with everything that its applicant sees of it.
#[derive(Clone, Debug)]
pub struct OrderView {
    /// The order.
    pub order: Order,
    /// What was typed so far and not submitted.
    pub draft: Option<ApplicationData>,
    /// What was submitted last.
    pub submission: Option<Submitted>,
    /// What was attached, oldest first.
    pub documents: Vec<Document>,
    /// The last sending of a link and code.
    pub sending: Option<Sending>,
    /// What happened, newest first.
    pub events: Vec<Event>,
}

impl OrderView {
    /// What the form of the data step shows: the draft, or what was submitted last.
    #[must_use]
    pub fn data(&self) -> Option<&ApplicationData> {
        let submitted = self.submission.as_ref().map(|submission| &submission.data);
        let open = self
            .order
            .state(Step::DataVerification)
            .is_some_and(crate::StepState::is_open);
        if open {
            self.draft.as_ref().or(submitted)
        } else {
            submitted
        }
    }
}

impl Ra {
    /// The person's own orders, newest first ([`Permission::ReadOwnOrders`]); pages count from 1.
    pub async fn orders(&self, principal: &Principal, page: u32) -> Result<Page<Order>, ReadError> {
        let granted = principal.require(Permission::ReadOwnOrders)?;
        let per_page = self.policy.page_size;
        let (limit, offset) = page_of(page, per_page);
        let mut args = args![granted.person()];
        args.extend([limit, offset]);
        let rows = self
            .store
            .rows(
                select_orders!(
                    "(select * from ra_orders where person = $1
                        order by created_at desc, id limit $2 offset $3) o",
                    "order by o.created_at desc, o.id"
                ),
                args,
            )
            .await?;
        let count = self
            .store
            .rows(
                "select count(*) from ra_orders where person = $1",
                args![granted.person()],
            )
            .await?;
        Ok(Page {
            items: self.orders_from(&rows)?,
            page: page.max(1),
            per_page,
            total: total(&count)?,
        })
    }

    /// One of the person's own orders ([`Permission::ReadOwnOrders`]).
    pub async fn order(
        &self,
        principal: &Principal,
        order: Id,
        now: Timestamp,
    ) -> Result<OrderView, ReadError> {
        let granted = principal.require(Permission::ReadOwnOrders)?;
        let order = self
            .own_order(granted.person(), order)
            .await?
            .ok_or(ReadError::NotFound)?;
        Ok(OrderView {
            draft: self.draft(order.id).await?,
            submission: self.submissions(order.id, 1).await?.pop(),
            documents: self.documents_of(order.id).await?,
            sending: self.last_sending(&order, now).await?,
            events: self.events_of_order(order.id).await?,
            order,
        })
    }
}

/// The number in a row of `select count(*)`.
pub(crate) fn total(rows: &[chancery_store::Row]) -> Result<u64, chancery_store::RowError> {
    let count = rows.first().map(|row| row.int(0)).transpose()?.unwrap_or(0);
    Ok(u64::try_from(count).unwrap_or_default())
}
