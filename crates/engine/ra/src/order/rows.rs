//! How orders lie in their rows.

use std::sync::Arc;

use chancery_register::PersonId;
use chancery_store::{Batch, Id, Row, RowError, Timestamp, Value, args};

use super::{Order, StepView};
use crate::{Fault, Ra, Step, StepEvidence, StepState};

/// Selects orders with a row for each step; `$from` gives the orders as `o`, `$tail` what follows.
macro_rules! select_orders {
    ($from:literal, $tail:literal) => {
        concat!(
            "select o.id, o.number, o.person, o.product, o.created_at, o.version, o.email, o.certificate,
                s.step, s.state, s.at, s.by_person, s.evidence, s.reason, o.renews, o.key_place, o.finished
             from ",
            $from,
            " join ra_steps s on s.order_id = o.id ",
            $tail
        )
    };
}
pub(crate) use select_orders;

/// `limit` and `offset` of a page, the first being 1.
pub(crate) fn page_of(page: u32, per_page: u32) -> (Value, Value) {
    let offset = u64::from(page.saturating_sub(1)) * u64::from(per_page);
    (
        Value::from(per_page),
        Value::from(i64::try_from(offset).unwrap_or(i64::MAX)),
    )
}

impl Ra {
    /// Orders from rows of [`select_orders`], whose rows of one order stand together.
    pub(crate) fn orders_from(&self, rows: &[Row]) -> Result<Vec<Order>, Fault> {
        let mut orders: Vec<Order> = Vec::new();
        for row in rows {
            let id = row.id(0)?;
            let view = step_from(row)?;
            if let Some(order) = orders.last_mut().filter(|last| last.id == id) {
                order.steps.push(view);
                continue;
            }
            let code = row.text(3)?;
            let product = self
                .products
                .product(&code)
                .map(Arc::clone)
                .ok_or(Fault::Product { code })?;
            orders.push(Order {
                id,
                number: row.text(1)?,
                person: PersonId::new(row.id(2)?),
                product,
                created_at: row.time(4)?,
                version: row.int(5)?,
                email: row.opt_text(6)?,
                certificate: row.opt_id(7)?,
                renews: row.opt_id(14)?,
                key_place: row
                    .opt_text(15)?
                    .as_deref()
                    .and_then(super::KeyPlace::from_id),
                closed: row.bool(16)? && row.opt_id(7)?.is_none(),
                steps: vec![view],
            });
        }
        for order in &mut orders {
            order.steps.sort_by_key(|view| view.step);
        }
        Ok(orders)
    }

    /// One order, whoever asks; the caller checks whose it is.
    pub(crate) async fn any_order(&self, id: Id) -> Result<Option<Order>, Fault> {
        let rows = self
            .store
            .rows(select_orders!("ra_orders o", "where o.id = $1"), args![id])
            .await?;
        Ok(self.orders_from(&rows)?.pop())
    }

    /// One order of that person; nobody learns whether another's exists.
    pub(crate) async fn own_order(&self, person: PersonId, id: Id) -> Result<Option<Order>, Fault> {
        Ok(self
            .any_order(id)
            .await?
            .filter(|order| order.person == person))
    }
}

fn step_from(row: &Row) -> Result<StepView, RowError> {
    let step = Step::from_id(&row.text(8)?).ok_or(RowError {
        column: 8,
        expected: "a step",
    })?;
    let at = row.time(10)?;
    let state = match row.text(9)?.as_str() {
        "not-available-yet" => StepState::NotAvailableYet,
        "awaiting-data" => StepState::AwaitingData,
        "waiting-for-verification" => StepState::WaitingForVerification { since: at },
        "verified" => StepState::Verified {
            by: row.opt_id(11)?,
            at,
            evidence: evidence_from(&row.text(12)?)?,
        },
        "rejected" => StepState::Rejected {
            by: row.id(11)?,
            at,
            reason: row.text(13)?,
        },
        _ => {
            return Err(RowError {
                column: 9,
                expected: "a state of a step",
            });
        }
    };
    Ok(StepView { step, state })
}

fn evidence_from(json: &str) -> Result<StepEvidence, RowError> {
    serde_json::from_str(json).map_err(|_| RowError {
        column: 12,
        expected: "evidence",
    })
}

/// The columns of a state: since when, by whom, on what, why.
fn columns(
    state: &StepState,
    now: Timestamp,
) -> (Timestamp, Option<Id>, Option<String>, Option<&str>) {
    match state {
        StepState::NotAvailableYet | StepState::AwaitingData => (now, None, None, None),
        StepState::WaitingForVerification { since } => (*since, None, None, None),
        StepState::Verified { by, at, evidence } => {
            // Writing a tagged enum of strings and numbers as JSON cannot fail.
            let json = serde_json::to_string(evidence).unwrap_or_default();
            (*at, *by, Some(json), None)
        }
        StepState::Rejected { by, at, reason } => (*at, Some(*by), None, Some(reason)),
    }
}

/// Writes the new state of a step.
pub(super) fn save_step(
    batch: &mut Batch,
    order: Id,
    step: Step,
    state: &StepState,
    now: Timestamp,
) {
    let (at, by, evidence, reason) = columns(state, now);
    batch.one(
        "update ra_steps set state = $3, at = $4, by_person = $5, evidence = $6, reason = $7
            where order_id = $1 and step = $2",
        args![order, step.id(), state.id(), at, by, evidence, reason],
    );
}

/// Writes a step of a new order.
pub(super) fn insert_step(batch: &mut Batch, order: Id, view: &StepView, now: Timestamp) {
    batch.one(
        "insert into ra_steps (order_id, step, state, at) values ($1, $2, $3, $4)",
        args![order, view.step.id(), view.state.id(), now],
    );
}
