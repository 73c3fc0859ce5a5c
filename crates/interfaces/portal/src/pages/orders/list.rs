//! `GET /orders`: all orders of a person, newest first.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use chancery_ra::Order;
use chancery_store::Timestamp;
use serde::Deserialize;

use super::{
    dashboard,
    views::{self, Next, Standing},
};
use crate::{
    error::PageError,
    page::Page,
    pages::paging::{Extent, Paging},
    respond,
    show::Badge,
    state::Portal,
};

#[derive(Template)]
#[template(path = "pages/orders.html")]
pub(crate) struct Orders {
    pub page: Page,
    pub lines: Vec<Line>,
    pub paging: Paging,
}

pub(crate) struct Line {
    pub address: String,
    pub number: String,
    pub product: String,
    pub days: u32,
    pub placed_at: Timestamp,
    /// The key of the step it stands at; nothing once the certificate is issued.
    pub step: Option<&'static str>,
    pub badge: Badge,
    pub next: Option<Next>,
}

impl Line {
    pub(crate) fn new(page: &Page, order: &Order, standing: &Standing) -> Self {
        Self {
            address: format!("/orders/{}", order.id),
            number: order.number.clone(),
            product: views::product_name(page, order),
            days: order.product.validity_days,
            placed_at: order.created_at,
            step: views::current(order)
                .filter(|_| !order.closed)
                .map(views::step_words),
            badge: standing.badge(order),
            next: views::next(order, standing.code_over),
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    page: Option<u32>,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let number = asked.page.unwrap_or(1).max(1);
    let orders = portal.ra.orders(page.principal()?, number).await?;
    let extent = Extent::Known {
        pages: orders.pages(),
        total: orders.total,
    };
    let paging = Paging::new("/orders", &[], number, extent);
    let mut lines = Vec::new();
    for order in &orders.items {
        let standing = dashboard::standing(&portal, &page, order).await?;
        lines.push(Line::new(&page, order, &standing));
    }
    respond::page(&Orders {
        page,
        lines,
        paging,
    })
}
