//! The side that reads the code: a page for telephones, and messages that any program may send.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use chancery_ra::CertifyDeviceError;
use chancery_register::{Join, POINT, PairingError};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::wire::{self, Fixed, Message, Octets, problem, text};
use crate::{error::PageError, page::Page, respond, state::Portal, visit::Peer};

/// `pages/device-pair.html`
#[derive(Template)]
#[template(path = "pages/device-pair.html")]
pub(crate) struct PairPage {
    pub page: Page,
}

/// `GET /devices/pair`: the code stands in the fragment, which no browser sends.
pub(crate) async fn show(page: Page) -> Result<Response, PageError> {
    respond::page(&PairPage { page })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct JoinMessage {
    mailbox: Fixed<32>,
    reader: Fixed<32>,
    key: Fixed<POINT>,
    nonce: Fixed<32>,
    device_key: Fixed<32>,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindMessage {
    mailbox: Fixed<32>,
}

#[derive(Serialize)]
struct Found {
    id: String,
    way: &'static str,
    account: String,
    environment: String,
    commitment: String,
}

/// `POST /devices/api/find`
pub(crate) async fn find(
    State(portal): State<Portal>,
    Message(message): Message<FindMessage>,
) -> Result<Response, PageError> {
    let found = portal
        .register
        .find_pairing(&message.mailbox.0, portal.now())
        .await;
    match found {
        Ok(found) => Ok(wire::answer(&Found {
            id: found.id.to_string(),
            way: found.way.name(),
            account: found.account,
            environment: portal.environment.name.clone(),
            commitment: text(&found.commitment),
        })),
        Err(error) => wire::refusal(error),
    }
}

/// `POST /devices/api/join`
pub(crate) async fn join(
    State(portal): State<Portal>,
    Message(message): Message<JoinMessage>,
) -> Result<Response, PageError> {
    let join = Join {
        key: message.key.0,
        nonce: message.nonce.0,
        device_key: message.device_key.0,
        name: &message.name,
        reader: message.reader.0,
    };
    let joined = portal
        .register
        .join_pairing(&message.mailbox.0, &join, portal.now());
    match joined.await {
        Ok(expires_at) => Ok(wire::answer(&json!({ "expiresAt": expires_at.as_secs() }))),
        Err(error) => wire::refusal(error),
    }
}

/// Whoever joined.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReaderMessage {
    mailbox: Fixed<32>,
    reader: Fixed<32>,
}

#[derive(Serialize)]
struct View {
    state: &'static str,
    opening: Option<String>,
    sealed: Option<String>,
    certificate: Option<wire::Certificate>,
}

/// `POST /devices/api/look`
pub(crate) async fn look(
    State(portal): State<Portal>,
    Message(message): Message<ReaderMessage>,
) -> Result<Response, PageError> {
    let (mailbox, reader) = (message.mailbox.0, message.reader.0);
    let seen = portal
        .register
        .look_into_pairing(&mailbox, &reader, portal.now())
        .await;
    match seen {
        Ok(seen) => Ok(wire::answer(&View {
            state: seen.state.name(),
            opening: seen.opening.map(|octets| text(&octets)),
            sealed: seen.sealed.map(|octets| text(&octets)),
            certificate: seen.certificate.as_ref().map(wire::Certificate::from),
        })),
        Err(error) => wire::refusal(error),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmMessage {
    mailbox: Fixed<32>,
    reader: Fixed<32>,
    confirmation: Fixed<32>,
}

/// `POST /devices/api/confirm`
pub(crate) async fn confirm(
    State(portal): State<Portal>,
    Message(message): Message<ConfirmMessage>,
) -> Result<Response, PageError> {
    let (mailbox, reader) = (message.mailbox.0, message.reader.0);
    let confirmation = message.confirmation.0;
    let confirmed = portal
        .register
        .confirm_pairing(&mailbox, &reader, &confirmation, portal.now())
        .await;
    done(confirmed)
}

/// `POST /devices/api/refuse`
pub(crate) async fn refuse(
    State(portal): State<Portal>,
    Peer(from): Peer,
    Message(message): Message<ReaderMessage>,
) -> Result<Response, PageError> {
    let (mailbox, reader) = (message.mailbox.0, message.reader.0);
    let refused = portal
        .register
        .refuse_pairing(&mailbox, &reader, Some(from), portal.now())
        .await;
    done(refused)
}

/// `POST /devices/api/receive`
pub(crate) async fn receive(
    State(portal): State<Portal>,
    Peer(from): Peer,
    Message(message): Message<ReaderMessage>,
) -> Result<Response, PageError> {
    let (mailbox, reader) = (message.mailbox.0, message.reader.0);
    let received = portal
        .register
        .receive_pairing(&mailbox, &reader, Some(from), portal.now())
        .await;
    match received {
        Ok(device) => Ok(wire::answer(&json!({ "device": device.to_string() }))),
        Err(error) => wire::refusal(error),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CertifyMessage {
    mailbox: Fixed<32>,
    reader: Fixed<32>,
    /// PKCS#10, DER.
    request: Octets,
}

/// `POST /devices/api/certify`
pub(crate) async fn certify(
    State(portal): State<Portal>,
    Peer(from): Peer,
    Message(message): Message<CertifyMessage>,
) -> Result<Response, PageError> {
    let (mailbox, reader) = (message.mailbox.0, message.reader.0);
    let request = message.request.0;
    let certified = portal
        .ra
        .certify_device(&mailbox, &reader, &request, Some(from), portal.now())
        .await;
    match certified {
        Ok(issued) => Ok(wire::answer(&wire::Certificate::from(&issued))),
        Err(CertifyDeviceError::Pairing(error)) => wire::refusal(error),
        Err(CertifyDeviceError::Request) => {
            Ok(problem(StatusCode::UNPROCESSABLE_ENTITY, "request"))
        }
        Err(CertifyDeviceError::NoAuthority) => {
            Ok(problem(StatusCode::UNPROCESSABLE_ENTITY, "no-authority"))
        }
        Err(CertifyDeviceError::Fault(fault)) if fault.is_busy() => Err(PageError::Busy),
        Err(error) => Err(PageError::fault(error)),
    }
}

fn done(result: Result<(), PairingError>) -> Result<Response, PageError> {
    match result {
        Ok(()) => Ok(wire::answer(&json!({}))),
        Err(error) => wire::refusal(error),
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for PairPage {
    const TEMPLATE: &'static str = "pages/device-pair.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let page = page.clone();
        vec![("code", Self { page })]
    }
}
