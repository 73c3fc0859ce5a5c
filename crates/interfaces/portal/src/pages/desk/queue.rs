//! `GET /desk`: the applications that wait, the longest waiting first.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use chancery_ra::{QueueFilter, QueueItem, Step, StepState};
use chancery_store::Timestamp;
use serde::Deserialize;

use crate::{
    error::PageError,
    page::Page,
    pages::{
        orders::views,
        paging::{Extent, Paging},
    },
    respond,
    show::{Badge, Choice},
    state::Portal,
};

const DAY: i64 = 24 * 60 * 60;

#[derive(Template)]
#[template(path = "pages/desk.html")]
pub(crate) struct Queue {
    pub page: Page,
    pub text: String,
    pub show: String,
    pub shows: Vec<Choice>,
    pub lines: Vec<Line>,
    pub paging: Paging,
    pub limit_days: i64,
}

impl Queue {
    pub(crate) fn new(
        page: Page,
        lines: Vec<Line>,
        text: &str,
        show: &str,
        paging: Paging,
        limit_days: i64,
    ) -> Self {
        Self {
            shows: ["waiting", "all"]
                .into_iter()
                .map(|value| Choice {
                    value: value.to_owned(),
                    text: page.text(&format!("queue-filter-{value}")),
                })
                .collect(),
            lines,
            text: text.to_owned(),
            show: show.to_owned(),
            paging,
            limit_days,
            page,
        }
    }

    fn is_filtered(&self) -> bool {
        !self.text.is_empty() || self.show == "all"
    }
}

#[derive(Clone)]
pub(crate) struct Line {
    pub address: String,
    pub number: String,
    pub product: String,
    pub applicant: String,
    pub registration_number: String,
    pub organization: Option<String>,
    pub badge: Badge,
    pub since: Timestamp,
    /// How long it has waited, while it waits.
    pub waited: Option<String>,
    /// Longer than applicants are told.
    pub late: bool,
    pub own: bool,
}

impl Line {
    pub(crate) fn new(page: &Page, item: &QueueItem, limit_days: i64) -> Self {
        let waited = page.now.as_secs() - item.since.as_secs();
        let waiting = matches!(item.state, StepState::WaitingForVerification { .. });
        Self {
            address: format!("/desk/orders/{}", item.order),
            number: item.number.clone(),
            product: item.product.name.text(page.language.tag()).to_owned(),
            applicant: item.applicant.clone(),
            registration_number: item.registration_number.clone(),
            organization: item.organization.clone(),
            badge: views::badge(Step::DataVerification, &item.state),
            since: item.since,
            waited: waiting.then(|| span(page, waited)),
            late: waiting && waited > limit_days * DAY,
            own: item.own,
        }
    }
}

/// A span in the one unit that matters.
pub(crate) fn span(page: &Page, seconds: i64) -> String {
    let (key, count) = match seconds.max(0) {
        seconds if seconds >= DAY => ("desk-days", seconds / DAY),
        seconds if seconds >= 60 * 60 => ("desk-hours", seconds / (60 * 60)),
        seconds => ("desk-minutes", seconds / 60),
    };
    page.t(key).with("count", count).to_string()
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: String,
    page: Option<u32>,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let text: String = asked.q.trim().chars().take(200).collect();
    let all = asked.show == "all";
    let number = asked.page.unwrap_or(1).max(1);
    let filter = QueueFilter {
        waiting_only: !all,
        text: text.clone(),
        page: number,
    };
    let found = portal.ra.queue(page.principal()?, &filter).await?;
    let limit_days = i64::from(portal.ra.policy().usual_days);
    let show = if all { "all" } else { "" };
    let query = [("q", text.as_str()), ("show", show)];
    let extent = Extent::Known {
        pages: found.pages(),
        total: found.total,
    };
    let lines = found
        .items
        .iter()
        .map(|item| Line::new(&page, item, limit_days))
        .collect();
    let paging = Paging::new("/desk", &query, number, extent);
    respond::page(&Queue::new(page, lines, &text, show, paging, limit_days))
}
