//! `GET` and `POST /verify-email/{token}`: the link from the message, for whoever holds the mailbox.
//!
//! Showing the page spends nothing, because mail scanners follow links; the button does.

use std::net::SocketAddr;

use askama::Template;
use axum::{
    extract::{ConnectInfo, Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use chancery_ra::{ConfirmEmailError, EmailConfirmation};

use crate::{error::PageError, form::Form, page::Page, respond, state::Portal};

#[derive(Template)]
#[template(path = "pages/verify-email.html")]
pub(crate) struct VerifyEmail {
    pub page: Page,
    pub state: Link,
}

/// What the link stands for.
pub(crate) enum Link {
    /// It waits for the button.
    Ready {
        /// Who asks: whoever holds the mailbox must be able to say "not me".
        applicant: String,
        email: String,
        order_number: String,
        /// Where the form goes.
        address: String,
    },
    /// The button was pressed.
    Done { email: String },
    /// It is used, too old or replaced.
    Gone,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    match portal.ra.email_confirmation(&token, portal.now()).await {
        Ok(found) => respond::page(&VerifyEmail {
            page,
            state: Link::ready(found, &token),
        }),
        Err(error) => gone(page, error),
    }
}

pub(crate) async fn confirm(
    State(portal): State<Portal>,
    page: Page,
    Path(token): Path<String>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    _form: Form,
) -> Result<Response, PageError> {
    match portal
        .ra
        .confirm_email_link(&token, Some(peer.ip()), portal.now())
        .await
    {
        Ok(EmailConfirmation { email, .. }) => respond::page(&VerifyEmail {
            page,
            state: Link::Done { email },
        }),
        Err(error) => gone(page, error),
    }
}

impl Link {
    fn ready(found: EmailConfirmation, token: &str) -> Self {
        Self::Ready {
            applicant: found.applicant,
            email: found.email,
            order_number: found.order_number,
            address: format!("/verify-email/{token}"),
        }
    }
}

/// Used, expired, replaced and invented links look the same.
fn gone(page: Page, error: ConfirmEmailError) -> Result<Response, PageError> {
    if let ConfirmEmailError::Fault(fault) = error {
        return Err(fault.into());
    }
    let state = Link::Gone;
    let html = VerifyEmail { page, state }.render()?;
    Ok((StatusCode::GONE, Html(html)).into_response())
}
