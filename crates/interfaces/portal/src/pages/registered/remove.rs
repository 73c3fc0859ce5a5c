//! `/settings/registered/{id}/remove`, and the same for a member of an organisation: said what is lost, then removed.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_register::RegisteredCertificateId;

use super::{Card, card};
use crate::{
    confirm::{self, Act},
    error::PageError,
    form::Form,
    page::Page,
    pages::path_id,
    respond::{self, Remember as _},
    state::Portal,
};

/// `pages/registered-remove.html`
#[derive(Template)]
#[template(path = "pages/registered-remove.html")]
pub(crate) struct Remove {
    pub page: Page,
    pub card: Card,
    /// The page that this one belongs to, and its name.
    pub back: String,
    pub back_title: String,
    /// Where the form goes.
    pub action: String,
    /// Whose it is, where it is a member's.
    pub member: Option<String>,
    pub act: Act,
}

/// `GET /settings/registered/{id}/remove`
pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let principal = page.principal()?;
    let id = RegisteredCertificateId::new(path_id(&id)?);
    let known = portal.certificates.own_certificate(principal, id).await?;
    let names = card::organizations(&portal, principal).await?;
    let card = Card::new(&page, &known, &names);
    respond::page(&Remove {
        back: format!("/settings/registered/{id}"),
        back_title: card.title.clone(),
        action: format!("/settings/registered/{id}/remove"),
        member: None,
        act: Act::Withdraw(id),
        card,
        page,
    })
}

/// `POST /settings/registered/{id}/remove`
pub(crate) async fn remove(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let principal = page.principal()?;
    let id = RegisteredCertificateId::new(path_id(&id)?);
    // An authorised person's way is another page.
    portal.certificates.own_certificate(principal, id).await?;
    confirm::required(&portal, &page, &form, Act::Withdraw(id)).await?;
    portal
        .certificates
        .withdraw(principal, id, portal.now())
        .await?;
    Ok(respond::see_other("/settings/registered").noticing("notice-certificate-removed"))
}
