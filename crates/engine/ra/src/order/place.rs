//! Placing an order.

use std::sync::Arc;

use chancery_ca::Ca;
use chancery_register::{Denied, Granted, Permission, Principal};
use chancery_store::{CommitError, Expect, Id, Statement, Timestamp, args};

use super::{Order, StepView, rows};
use crate::{
    EventKind, Fault, OrderNumber, Ra, StepState, event,
    fault::{fault_into, refused_into},
};

/// An order was not placed.
#[derive(Debug, thiserror::Error)]
pub enum PlaceOrderError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The catalogue has no such product.
    #[error("there is no product {code}")]
    NoSuchProduct {
        /// The code asked for.
        code: String,
    },
    /// The person has as many unfinished orders as anyone may have.
    #[error("{max} orders are not finished")]
    TooManyOpen {
        /// How many one may have.
        max: u32,
    },
    /// Somebody was faster; try again.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

fault_into!(PlaceOrderError);
refused_into!(PlaceOrderError);

impl Ra {
    /// Orders a product ([`Permission::PlaceOrder`]).
    pub async fn place_order(
        &self,
        principal: &Principal,
        product: &str,
        now: Timestamp,
    ) -> Result<Order, PlaceOrderError> {
        let granted = principal.require(Permission::PlaceOrder)?;
        let id = self.new_id()?;
        self.place(&granted, id, product, None, now).await
    }

    /// Orders a product as [`Self::place_order`] does, once for each `attempt` of a person: whoever sends the same
    /// form again, as a double click does, gets the order that is there.
    pub async fn place_order_once(
        &self,
        principal: &Principal,
        attempt: Id,
        product: &str,
        now: Timestamp,
    ) -> Result<Order, PlaceOrderError> {
        let granted = principal.require(Permission::PlaceOrder)?;
        let person = granted.person();
        // Not the attempt itself: nobody chooses the id of an order.
        let digest = chancery_keys::digest_code(&format!("order {} {attempt}", person.id()));
        let id = Id::from_bytes(digest.first_chunk().copied().unwrap_or_default());
        if let Some(order) = self.own_order(person, id).await? {
            return Ok(order);
        }
        match self.place(&granted, id, product, None, now).await {
            Err(PlaceOrderError::Stale) => self
                .own_order(person, id)
                .await?
                .ok_or(PlaceOrderError::Stale),
            placed => placed,
        }
    }

    /// An order, of which `renews` is the certificate that it is to renew.
    pub(crate) async fn place(
        &self,
        granted: &Granted,
        id: Id,
        product: &str,
        renews: Option<Id>,
        now: Timestamp,
    ) -> Result<Order, PlaceOrderError> {
        let Some(product) = self.products.product(product).map(Arc::clone) else {
            return Err(PlaceOrderError::NoSuchProduct {
                code: product.to_owned(),
            });
        };
        let person = granted.person();
        let max = self.policy.open_orders_per_person;
        let open = self
            .store
            .rows(
                "select count(*) from ra_orders where person = $1 and finished = $2",
                args![person, false],
            )
            .await?;
        let open = open.first().map(|row| row.int(0)).transpose()?.unwrap_or(0);
        if open >= i64::from(max) {
            return Err(PlaceOrderError::TooManyOpen { max });
        }
        let steps = product
            .steps
            .iter()
            .enumerate()
            .map(|(position, step)| StepView {
                step: *step,
                state: if position == 0 {
                    StepState::AwaitingData
                } else {
                    StepState::NotAvailableYet
                },
            })
            .collect();
        let mut order = Order {
            id,
            number: self.next_number(now).await?.to_string(),
            person,
            product,
            created_at: now,
            version: 0,
            steps,
            email: None,
            certificate: None,
            renews,
            key_place: None,
            closed: false,
        };
        let mut batch = chancery_store::Batch::new();
        batch.one(
            "insert into ra_orders (id, number, person, product, price, currency, created_at,
                version, finished, renews) values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9)",
            args![
                order.id,
                &order.number,
                order.person,
                &order.product.code,
                order.product.price.minor,
                &order.product.price.currency,
                now,
                false,
                renews
            ],
        );
        if let Some(former) = renews {
            // Whichever comes first: its revocation closes this order, or leaves none to be placed.
            Ca::require_unrevoked(&mut batch, former);
        }
        for view in &order.steps {
            rows::insert_step(&mut batch, order.id, view, now);
        }
        event::record(
            &mut batch,
            &order,
            0,
            match renews {
                None => EventKind::OrderPlaced,
                Some(_) => EventKind::RenewalBegun,
            },
            Some(person),
            now,
        );
        let after = serde_json::json!({
            "product": order.product.code,
            "number": order.number,
            "renews": renews,
        });
        self.record(
            &mut batch,
            if renews.is_none() {
                "order.place"
            } else {
                "order.renew"
            },
            &granted.actor(),
            ("order", order.id),
            Some(after),
            now,
        )?;
        self.commit(batch).await?;
        order.version = 1;
        Ok(order)
    }

    /// The next number of this year; one that is lost in a crash leaves a gap, which harms nobody.
    async fn next_number(&self, now: Timestamp) -> Result<OrderNumber, PlaceOrderError> {
        let year = year_of(now);
        let rows = self
            .store
            .returning(Statement {
                sql: "insert into ra_numbers (year, last) values ($1, 1)
                    on conflict (year) do update set last = ra_numbers.last + 1 returning last",
                args: args![year],
                expect: Expect::Rows(1),
            })
            .await
            .map_err(|error: CommitError| PlaceOrderError::Fault(Fault::Commit(error)))?;
        let last = rows.first().map(|row| row.int(0)).transpose()?;
        let count =
            last.and_then(|last| u32::try_from(last).ok())
                .ok_or(PlaceOrderError::Fault(Fault::Stored {
                    what: "order number",
                }))?;
        Ok(OrderNumber::new(year, count))
    }
}

/// The year of the Gregorian calendar, UTC.
fn year_of(now: Timestamp) -> u32 {
    // Days from 0000-03-01, in eras of 400 years of 146,097 days.
    let days = now.as_secs().div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let day = days.rem_euclid(146_097);
    let of_era = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * of_era + of_era / 4 - of_era / 100);
    // The year begins with March here: from the 306th day on it is January or February of the next.
    let year = era * 400 + of_era + i64::from(day_of_year >= 306);
    u32::try_from(year).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_begin_in_january() {
        for (seconds, year) in [
            (0, 1970),
            (-1, 1969),
            (951_782_400, 2000),   // 29 February 2000
            (1_767_225_599, 2025), // 31 December, 23:59:59
            (1_767_225_600, 2026),
            (1_772_323_200, 2026), // 1 March
            (4_102_444_800, 2100),
        ] {
            assert_eq!(year_of(Timestamp::from_secs(seconds)), year, "{seconds}");
        }
    }
}
