//! The side that shows the code: forms that a script of the page sends, answered in JSON.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chancery_register::{NewPairing, PairingId, Way};
use serde::Serialize;
use serde_json::json;

use super::{
    own,
    wire::{self, fixed, text},
};
use crate::{confirm, error::PageError, form::Form, page::Page, pages::path_id, state::Portal};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Begun {
    id: String,
    account: String,
    /// Seconds since 1970.
    expires_at: i64,
}

/// `POST /devices/pairings`. Where a fresh proof is needed first, the script is told so; it then sends its form as a person would, without a
/// mailbox, and gets the page that takes the proof.
pub(crate) async fn begin(
    State(portal): State<Portal>,
    page: Page,
    form: Form,
) -> Result<Response, PageError> {
    let principal = own(&page)?;
    match confirm::required(&portal, &page, &form, super::pairing_act()).await {
        Err(PageError::Confirm(_)) if form.has("mailbox") => {
            return Ok(wire::problem(StatusCode::FORBIDDEN, "confirm"));
        }
        other => other?,
    }
    let way = Way::from_name(form.value("way")).ok_or(PageError::Malformed)?;
    let subject = form.value("subject");
    let new = NewPairing {
        way,
        mailbox: fixed(form.value("mailbox"))?,
        commitment: fixed(form.value("commitment"))?,
        subject: (way == Way::Copy && !subject.is_empty()).then(|| subject.to_owned()),
    };
    let begun = portal
        .register
        .begin_pairing(principal, &new, portal.now())
        .await;
    match begun {
        Ok(begun) => Ok(wire::answer(&Begun {
            id: begun.id.to_string(),
            account: begun.account,
            expires_at: begun.expires_at.as_secs(),
        })),
        Err(error) => wire::refusal(error),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct View {
    state: &'static str,
    expires_at: i64,
    peer: Option<Peer>,
    confirmation: Option<String>,
    device: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Peer {
    key: String,
    nonce: String,
    device_key: String,
    name: String,
}

/// `POST /devices/pairings/{id}/look`
pub(crate) async fn look(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    _: Form,
) -> Result<Response, PageError> {
    let id = PairingId::new(path_id(&id)?);
    let seen = portal.register.pairing(own(&page)?, id, portal.now()).await;
    match seen {
        Ok(seen) => Ok(wire::answer(&View {
            state: seen.state.name(),
            expires_at: seen.expires_at.as_secs(),
            peer: seen.peer.map(|peer| Peer {
                key: text(&peer.key),
                nonce: text(&peer.nonce),
                device_key: text(&peer.device_key),
                name: peer.name,
            }),
            confirmation: seen.confirmation.map(|octets| text(&octets)),
            device: seen.device.map(|device| device.to_string()),
        })),
        Err(error) => wire::refusal(error),
    }
}

/// `POST /devices/pairings/{id}/reveal`
pub(crate) async fn reveal(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let principal = own(&page)?;
    let id = PairingId::new(path_id(&id)?);
    let opening = fixed(form.value("opening"))?;
    let revealed = portal
        .register
        .reveal_pairing(principal, id, &opening, portal.now())
        .await;
    done(revealed)
}

/// `POST /devices/pairings/{id}/approve`
pub(crate) async fn approve(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let id = PairingId::new(path_id(&id)?);
    let sealed = form
        .has("sealed")
        .then(|| wire::octets(form.value("sealed")));
    let sealed = sealed.transpose()?;
    let approved = portal
        .register
        .approve_pairing(own(&page)?, id, sealed.as_deref(), portal.now())
        .await;
    done(approved)
}

/// `POST /devices/pairings/{id}/cancel`
pub(crate) async fn cancel(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    _: Form,
) -> Result<Response, PageError> {
    let id = PairingId::new(path_id(&id)?);
    let cancelled = portal
        .register
        .cancel_pairing(own(&page)?, id, portal.now())
        .await;
    done(cancelled)
}

fn done(result: Result<(), chancery_register::PairingError>) -> Result<Response, PageError> {
    match result {
        Ok(()) => Ok(wire::answer(&json!({}))),
        Err(error) => wire::refusal(error),
    }
}
