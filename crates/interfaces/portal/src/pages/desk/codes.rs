//! `POST /desk/orders/{id}/codes`: codes for collecting a certificate are given out.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ra::{ActivateError, GiveOutError, GivenOut};
use chancery_store::Timestamp;

use crate::{
    error::PageError,
    form::Form,
    page::Page,
    pages::path_id,
    respond::{self, Remember as _},
    state::Portal,
};

/// The authorisation code, shown once.
#[derive(Template)]
#[template(path = "pages/desk-codes.html")]
pub(crate) struct GivenCodes {
    pub page: Page,
    /// The application.
    pub address: String,
    pub code: String,
    /// Where the reference number was sent.
    pub email: String,
    pub expires_at: Timestamp,
}

pub(crate) async fn give_out(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    let address = format!("/desk/orders/{id}");
    match portal
        .ra
        .give_out(page.principal()?, id, portal.now())
        .await
    {
        Ok(GivenOut {
            code,
            email,
            expires_at,
        }) => respond::page(&GivenCodes {
            page,
            address,
            code: code.to_string(),
            email,
            expires_at,
        }),
        // Activated meanwhile: the application says so.
        Err(GiveOutError::WrongState(_) | GiveOutError::Stale) => Ok(respond::see_other(&address)),
        Err(GiveOutError::NotCollectable(error)) if !matches!(*error, ActivateError::Busy) => {
            tracing::info!(%error, "no codes were given out");
            Ok(respond::see_other(&address).noticing("notice-codes-not-collectable"))
        }
        Err(error) => Err(error.into()),
    }
}
