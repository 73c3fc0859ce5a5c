//! One's own account: registering, logging in, passwords, the second factor, the profile.

pub(crate) mod certificate;
pub(crate) mod code;
pub(crate) mod handshake;
pub(crate) mod handshake_proof;
pub(crate) mod invitation;
pub(crate) mod log_in;
pub(crate) mod lost_code;
pub(crate) mod profile;
pub(crate) mod refusals;
pub(crate) mod registration;
pub(crate) mod totp;

use axum::response::Response;
use chancery_register::{LogIn, Token};

use crate::{
    error::PageError,
    menu,
    page::Page,
    respond::{self, Remember as _},
    routes::Route,
    state::Portal,
};

pub(crate) fn routes() -> Vec<Route> {
    [
        registration::routes(),
        log_in::routes(),
        certificate::routes(),
        handshake::routes(),
        handshake_proof::routes(),
        code::routes(),
        lost_code::routes(),
        invitation::routes(),
        totp::routes(),
        profile::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Leads on after a log-in went one step further: `next` is where the person wanted to go at first.
async fn onward(
    portal: &Portal,
    page: &Page,
    log_in: LogIn,
    next: &str,
) -> Result<Response, PageError> {
    let path = match &log_in {
        LogIn::ChangeCode(_) => "/login/code",
        LogIn::TotpNeeded(_) => "/login/totp",
        LogIn::EnrolTotp(_) => "/login/totp/enrol",
        LogIn::Done(_) => return arrive(portal, page, log_in.token().clone(), next).await,
    };
    let path = with_next(path, next);
    Ok(respond::see_other(&path).with_session(log_in.token().clone()))
}

/// All the way in.
async fn arrive(
    portal: &Portal,
    page: &Page,
    token: Token,
    next: &str,
) -> Result<Response, PageError> {
    let principal = portal
        .register
        .session(token.expose(), page.now)
        .await?
        .ok_or(PageError::LogInFirst)?;
    let path = respond::local_path(next, menu::home(&principal));
    Ok(respond::see_other(path).with_session(token))
}

/// A path that carries on where to go afterwards.
fn with_next(path: &str, next: &str) -> String {
    if respond::local_path(next, "").is_empty() {
        path.to_owned()
    } else {
        format!("{path}?next={}", respond::in_query(next))
    }
}

/// `?next=…` of a page.
#[derive(serde::Deserialize, Default)]
pub(crate) struct Next {
    #[serde(default)]
    pub next: String,
}
