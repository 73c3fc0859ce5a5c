//! The dashboard: what waits, what to do next, what happened.

use askama::Template;
use axum::{extract::State, response::Response};
use chancery_ra::{Order, SendingState, Step, StepState};

use super::views::{self, EventLine, Issued, Standing, Tile, Wait};
use crate::{
    error::PageError, page::Page, pages::certificates, respond, show::Badge, state::Portal,
};

/// As many orders as fit a screen; the rest is one click away.
const TILES: usize = 6;

/// As many events as tell what happened lately.
const EVENTS: u32 = 8;

#[derive(Template)]
#[template(path = "pages/dashboard.html")]
pub(crate) struct Dashboard {
    pub page: Page,
    pub name: String,
    pub tiles: Vec<Tile>,
    /// Whether there are more orders than tiles.
    pub more: bool,
    pub events: Vec<EventLine>,
}

impl Dashboard {
    /// The one primary button of the page: the first order that was sent back, else the first
    /// that waits for the person.
    fn first_action(&self) -> usize {
        let first = |wanted: fn(&Tile) -> bool| self.tiles.iter().position(wanted);
        first(|tile| tile.badge == Badge::Rejected)
            .or_else(|| first(|tile| tile.issued.is_none() && tile.next.is_some()))
            .unwrap_or(usize::MAX)
    }
}

/// `GET /dashboard`
pub(crate) async fn show(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    let principal = page.principal()?;
    let orders = portal.ra.orders(principal, 1).await?;
    let events = portal.ra.events(principal, EVENTS).await?;
    let mut tiles = Vec::new();
    for order in orders.items.iter().take(TILES) {
        let wait = wait(&portal, order).await?;
        let standing = standing(&portal, &page, order).await?;
        tiles.push(Tile::new(&page, order, wait, standing));
    }
    respond::page(&Dashboard {
        name: page
            .viewer
            .as_ref()
            .map_or_else(String::new, |viewer| viewer.name.clone()),
        more: orders.items.len() > TILES || orders.pages() > 1,
        tiles,
        events: events.iter().map(EventLine::new).collect(),
        page,
    })
}

/// How long verification takes, where this order waits for an officer.
pub(crate) async fn wait(portal: &Portal, order: &Order) -> Result<Option<Wait>, PageError> {
    const DAY: u64 = 24 * 60 * 60;
    let waits = matches!(
        order.state(Step::DataVerification),
        Some(StepState::WaitingForVerification { .. })
    );
    if !waits {
        return Ok(None);
    }
    let lately = portal
        .ra
        .usual_wait(order.product.kind)
        .await
        .map_err(PageError::fault)?;
    Ok(Some(Wait {
        // Part of a day counts as a whole one: better early than late.
        lately: lately.map(|wait| wait.as_secs().div_ceil(DAY).max(1)),
        limit: u64::from(portal.ra.policy().usual_days),
    }))
}

/// What a list does not know of an order: each costs a row or two.
pub(crate) async fn standing(
    portal: &Portal,
    page: &Page,
    order: &Order,
) -> Result<Standing, PageError> {
    let sent = matches!(
        order.state(Step::EmailVerification),
        Some(StepState::WaitingForVerification { .. })
    );
    let code_over = if sent && views::current(order) == Some(Step::EmailVerification) {
        let sending = portal
            .ra
            .sending(page.principal()?, order, portal.now())
            .await?;
        sending.is_some_and(|sending| sending.state != SendingState::Open)
    } else {
        false
    };
    Ok(Standing {
        code_over,
        issued: issued(portal, page, order).await?,
    })
}

async fn issued(portal: &Portal, page: &Page, order: &Order) -> Result<Option<Issued>, PageError> {
    let Some(certificate) = order.certificate else {
        return Ok(None);
    };
    let record = portal
        .ra
        .certificate(page.principal()?, certificate)
        .await?;
    Ok(Some(Issued {
        badge: certificates::badge(&record, portal.now()),
        name: record
            .certificate
            .subject()
            .common_name()
            .map_or_else(|| record.subject.clone(), ToOwned::to_owned),
        not_after: record.certificate.not_after(),
    }))
}
