//! `GET /orders/new/{product}`, `POST /orders`: ordering from the catalogue.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_keys::random_id;
use chancery_ra::{PlaceOrderError, Product};
use chancery_store::Id;

use super::{documents, views};
use crate::{
    error::PageError,
    form::Form,
    page::Page,
    pages::catalogue,
    respond::{self, Remember as _},
    state::Portal,
};

#[derive(Template)]
#[template(path = "pages/order-new.html")]
pub(crate) struct NewOrder {
    pub page: Page,
    pub product: Arc<Product>,
    /// Sent with the form, so that the same form sent twice places one order.
    pub attempt: Id,
}

impl NewOrder {
    fn name(&self) -> &str {
        self.product.name.text(self.page.language.tag())
    }

    fn summary(&self) -> &str {
        self.product.summary.text(self.page.language.tag())
    }

    fn price(&self) -> String {
        catalogue::price(&self.page, &self.product.price)
    }

    /// The keys of the steps that the order will have.
    fn steps(&self) -> Vec<&'static str> {
        self.product
            .steps
            .iter()
            .map(|step| views::step_words(*step))
            .collect()
    }

    /// The documents that the order will ask for: name, the key of whether it has to be there, hint.
    fn documents(&self) -> Vec<(&str, &'static str, &str)> {
        let language = self.page.language.tag();
        self.product
            .documents
            .iter()
            .map(|document| {
                let name = document.name.text(language);
                let needed = documents::needed(document.needed);
                (name, needed, document.hint.text(language))
            })
            .collect()
    }
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let product = portal
        .ra
        .products()
        .product(&code)
        .ok_or(PageError::NotFound)?
        .clone();
    let attempt = random_id(portal.entropy.as_ref()).map_err(PageError::fault)?;
    respond::page(&NewOrder {
        page,
        product,
        attempt,
    })
}

pub(crate) async fn place(
    State(portal): State<Portal>,
    page: Page,
    form: Form,
) -> Result<Response, PageError> {
    let (who, product, now) = (page.principal()?, form.value("product"), portal.now());
    let placed = match form.value("attempt").parse() {
        Ok(attempt) => portal.ra.place_order_once(who, attempt, product, now).await,
        // Not from our page: each request is an order of its own.
        Err(_) => portal.ra.place_order(who, product, now).await,
    };
    match placed {
        Ok(order) => {
            let there = respond::see_other(&format!("/orders/{}", order.id));
            Ok(there.noticing("notice-order-placed"))
        }
        Err(PlaceOrderError::TooManyOpen { .. }) => {
            Ok(respond::see_other("/orders").noticing("notice-orders-too-many"))
        }
        Err(error) => Err(error.into()),
    }
}
