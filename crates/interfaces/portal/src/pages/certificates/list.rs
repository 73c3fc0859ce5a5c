//! `GET /certificates`, `GET /desk/certificates`: one's own certificates, and everybody's for staff.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use chancery_ca::{CertificateRecord, Search, StateFilter};
use chancery_x509::AttributeKind;
use serde::Deserialize;

use crate::{
    error::PageError,
    page::Page,
    pages::paging::{Extent, Paging},
    respond,
    show::{Badge, Choice},
    state::Portal,
};

const PER_PAGE: u32 = 25;

#[derive(Template)]
#[template(path = "pages/certificates.html")]
pub(crate) struct Certificates {
    pub page: Page,
    /// Whether these are everybody's.
    pub staff: bool,
    pub text: String,
    pub state: String,
    pub states: Vec<Choice>,
    pub lines: Vec<Line>,
    pub paging: Paging,
}

impl Certificates {
    /// Where the search form goes.
    const fn path(&self) -> &'static str {
        if self.staff {
            "/desk/certificates"
        } else {
            "/certificates"
        }
    }

    fn is_searched(&self) -> bool {
        !self.text.is_empty() || !self.state.is_empty()
    }
}

pub(crate) struct Line {
    pub address: String,
    pub title: String,
    /// The organisation, where the title does not say it already.
    pub organization: Option<String>,
    pub emails: Vec<String>,
    pub serial: String,
    pub not_after: i64,
    pub badge: Badge,
    /// Where it is renewed, once there is reason to.
    pub renew: Option<String>,
}

impl Line {
    pub(crate) fn new(page: &Page, record: &CertificateRecord) -> Self {
        let title = super::title(record);
        let badge = super::badge(record, page.now);
        Self {
            address: format!("/certificates/{}", record.id),
            organization: record
                .certificate
                .subject()
                .first(AttributeKind::OrganizationName)
                .filter(|organization| *organization != title)
                .map(ToOwned::to_owned),
            title,
            emails: record.emails.clone(),
            serial: super::grouped(&record.serial.to_hex()),
            not_after: record.certificate.not_after(),
            badge,
            renew: (badge == Badge::Expiring && record.order.is_some())
                .then(|| format!("/certificates/{}/renew", record.id)),
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    page: Option<u32>,
}

/// `GET /certificates`
pub(crate) async fn own(
    State(portal): State<Portal>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    list(&portal, page, asked, false).await
}

/// `GET /desk/certificates`
pub(crate) async fn all(
    State(portal): State<Portal>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    list(&portal, page, asked, true).await
}

async fn list(
    portal: &Portal,
    page: Page,
    asked: Asked,
    staff: bool,
) -> Result<Response, PageError> {
    let principal = page.principal()?;
    let text: String = asked.q.trim().chars().take(200).collect();
    let filter = filter(&asked.state);
    let search = Search {
        text: text.clone(),
        state: filter.unwrap_or_default(),
        holder: (!staff).then(|| principal.person.id()),
        page: asked.page.unwrap_or(1),
        per_page: PER_PAGE,
    };
    let found = portal
        .ra
        .certificates(principal, &search, portal.now())
        .await?;
    let state = if filter.is_some() {
        asked.state
    } else {
        String::new()
    };
    let path = if staff {
        "/desk/certificates"
    } else {
        "/certificates"
    };
    let query = [("q", text.as_str()), ("state", state.as_str())];
    let extent = Extent::Open { more: found.more };
    respond::page(&Certificates {
        staff,
        states: states(&page),
        lines: found
            .items
            .iter()
            .map(|record| Line::new(&page, record))
            .collect(),
        paging: Paging::new(path, &query, found.page, extent),
        text,
        state,
        page,
    })
}

const STATES: [(&str, Badge, StateFilter); 3] = [
    ("valid", Badge::Valid, StateFilter::Valid),
    ("expired", Badge::Expired, StateFilter::Expired),
    ("revoked", Badge::Revoked, StateFilter::Revoked),
];

fn filter(state: &str) -> Option<StateFilter> {
    STATES
        .into_iter()
        .find(|(name, _, _)| *name == state)
        .map(|(_, _, filter)| filter)
}

pub(crate) fn states(page: &Page) -> Vec<Choice> {
    STATES
        .into_iter()
        .map(|(name, badge, _)| Choice {
            value: name.to_owned(),
            text: page.text(badge.words()),
        })
        .collect()
}
