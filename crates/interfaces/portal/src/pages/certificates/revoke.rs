//! `GET` and `POST /certificates/{id}/revoke`: why, then once more, then for good.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ca::CertificateRecord;
use chancery_ra::RevokeError;
use chancery_x509::RevocationReason;

use crate::{
    confirm::{self, Act},
    error::PageError,
    form::Form,
    page::Page,
    pages::path_id,
    respond::{self, Remember as _},
    show::Choice,
    state::Portal,
};

#[derive(Template)]
#[template(path = "pages/certificate-revoke.html")]
pub(crate) struct Revoke {
    pub page: Page,
    pub form: Form,
    pub address: String,
    pub title: String,
    pub serial: String,
    pub reasons: Vec<Choice>,
    /// The words of the chosen reason, when it is to be confirmed.
    pub confirm: Option<String>,
    pub act: Act,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let record = portal
        .ra
        .certificate(page.principal()?, path_id(&id)?)
        .await?;
    if record.revoked.is_some() {
        return Ok(respond::see_other(&format!("/certificates/{}", record.id)));
    }
    let reasons = portal.ra.revocation_reasons(page.principal()?);
    respond::page(&revoke_page(page, &record, reasons, Form::default(), None))
}

pub(crate) async fn revoke(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let principal = page.principal()?;
    let record = portal.ra.certificate(principal, path_id(&id)?).await?;
    let there = format!("/certificates/{}", record.id);
    let reasons = portal.ra.revocation_reasons(principal);
    let Some(reason) = reasons
        .iter()
        .copied()
        .find(|reason| value(*reason) == form.value("reason"))
    else {
        form.refuse_named(
            "reason",
            page.text("revoke-reason"),
            page.text("revoke-reason-choose"),
        );
        return respond::refused(&revoke_page(page, &record, reasons, form, None));
    };
    if form.value("confirm") != "yes" {
        return respond::page(&revoke_page(page, &record, reasons, form, Some(reason)));
    }
    confirm::required(&portal, &page, &form, Act::Revoke(record.id)).await?;
    match portal
        .ra
        .revoke(principal, record.id, reason, portal.now())
        .await
    {
        Ok(()) => Ok(respond::see_other(&there).noticing("notice-certificate-revoked")),
        // Sent twice, or by somebody else meanwhile: the page says since when and why.
        Err(RevokeError::AlreadyRevoked { .. } | RevokeError::Expired | RevokeError::Stale) => {
            Ok(respond::see_other(&there))
        }
        Err(error) => Err(error.into()),
    }
}

/// The name of a reason in the form.
fn value(reason: RevocationReason) -> &'static str {
    super::reason_words(reason).trim_start_matches("revocation-reason-")
}

pub(crate) fn revoke_page(
    page: Page,
    record: &CertificateRecord,
    reasons: &[RevocationReason],
    form: Form,
    confirm: Option<RevocationReason>,
) -> Revoke {
    Revoke {
        address: format!("/certificates/{}", record.id),
        title: super::title(record),
        serial: super::grouped(&record.serial.to_hex()),
        reasons: reasons
            .iter()
            .map(|reason| Choice {
                value: value(*reason).to_owned(),
                text: page.text(super::reason_words(*reason)),
            })
            .collect(),
        act: Act::Revoke(record.id),
        confirm: confirm.map(|reason| page.text(super::reason_words(reason))),
        page: page.with_problems(form.problems().len()),
        form,
    }
}
