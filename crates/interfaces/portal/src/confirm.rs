//! A fresh signature before a sensitive act, for sessions that a certificate opened: whoever finds such a session open, or steals its cookie,
//! has not the key.
//!
//! In the handler of the POST, once the form is right and before anything is done:
//!
//! ```text
//! let act = Act::new("revoke", record.id);
//! confirm::required(&portal, &page, &form, &act).await?;
//! ```
//!
//! The template of the form imports `components/confirm.html` and `components/store.html`, has `{{ store::script() }}` in its block `scripts`,
//! and inside the form, after the token, `{{ confirm::fields(act) }}` with the same [`Act`]. That is all: sessions opened otherwise
//! see and need nothing. Where scripts run, the form's own page asks for the store's password and sends the proof along; else, and whenever
//! a proof is missing or bad, [`required`] leads to a page that says so and offers the ways that there are; then the form is
//! sent once more. The words of an act are `confirm-act-{name}`, as what follows “you want to …”.

mod page;

use std::fmt;

use axum::{Json, extract::State, response::Response};
use chancery_register::{AuthLevel, CertificateLogInError};

#[cfg(any(test, feature = "samples"))]
pub(crate) use page::ConfirmPage;

use crate::{
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    pages::account::certificate::{Asked, Refusal, explain},
    respond::{self, Remember as _},
    routes::{Needs, Route},
    state::Portal,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::post("/confirm/challenge", Needs::Session, challenge).limited(Limit::LogIn),
        Route::post("/confirm", Needs::Session, submit).limited(Limit::LogIn),
    ]
}

/// What is done, and to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Act {
    name: String,
    object: String,
}

/// Longest act in a form, in octets; ours have some dozens.
const LONGEST: usize = 200;

impl Act {
    /// An act whose words are `confirm-act-{name}`, done to `object`: an id, or nothing where there is one only.
    pub(crate) fn new(name: &'static str, object: impl fmt::Display) -> Self {
        Self {
            name: name.to_owned(),
            object: object.to_string(),
        }
    }

    /// As a form sends it.
    pub(crate) fn parse(text: &str) -> Result<Self, PageError> {
        let (name, object) = text.split_once(' ').unwrap_or((text, ""));
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let is_object = object.bytes().all(|octet| octet.is_ascii_graphic());
        if text.len() > LONGEST || !is_name || !is_object {
            return Err(PageError::Malformed);
        }
        Ok(Self {
            name: name.to_owned(),
            object: object.to_owned(),
        })
    }

    /// The key of its words.
    pub(crate) fn words(&self) -> String {
        format!("confirm-act-{}", self.name)
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.object)
    }
}

/// Whether sensitive acts of this session ask for a fresh proof.
pub(crate) fn asks(page: &Page) -> bool {
    page.viewer
        .as_ref()
        .is_some_and(|viewer| viewer.principal.level == AuthLevel::Certificate)
}

/// Goes on where the session needs no fresh proof or has one for this act: beside the form, or given ahead. Otherwise the page on which
/// it is given is the answer. Each proof is good once.
pub(crate) async fn required(
    portal: &Portal,
    page: &Page,
    form: &Form,
    act: &Act,
) -> Result<(), PageError> {
    if !asks(page) {
        return Ok(());
    }
    let principal = page.principal()?;
    let act_text = act.to_string();
    let certificates = &portal.certificates;
    let (token, nonce) = (form.value("confirm-token"), form.value("confirm-nonce"));
    let mut problem = None;
    if !token.is_empty() {
        match certificates
            .confirm(principal, &act_text, token, nonce, page.now)
            .await
        {
            Ok(()) => return Ok(()),
            Err(CertificateLogInError::Fault(fault)) => return Err(fault.into()),
            Err(error) => problem = Some(error),
        }
    } else if certificates
        .take_confirmation(principal, &act_text, page.now)
        .await?
    {
        return Ok(());
    }
    let refusal = problem.map(|error| explain(page, error)).transpose()?;
    let back = match form.value("confirm-back") {
        "" => page.here.as_str(),
        back => back,
    };
    let answer = page::answer(page, act, back, refusal)?;
    Err(PageError::Confirm(Box::new(answer)))
}

/// `POST /confirm/challenge`: for this session and the act in the form alone.
async fn challenge(
    State(portal): State<Portal>,
    page: Page,
    form: Form,
) -> Result<Json<Asked>, PageError> {
    let act = Act::parse(form.value("act"))?.to_string();
    let certificates = &portal.certificates;
    let challenge = certificates.confirmation_challenge(page.principal()?, &act, page.now);
    let nonce = challenge.await?.nonce;
    Ok(Json(Asked { nonce }))
}

/// `POST /confirm`: ahead of the form.
async fn submit(
    State(portal): State<Portal>,
    page: Page,
    form: Form,
) -> Result<Response, PageError> {
    let act = Act::parse(form.value("act"))?;
    let back = respond::local_path(form.value("confirm-back"), page.home()).to_owned();
    let (token, nonce) = (form.value("token"), form.value("nonce"));
    let principal = page.principal()?;
    let confirmed = portal
        .certificates
        .confirm_ahead(principal, &act.to_string(), token, nonce, page.now)
        .await;
    match confirmed {
        Ok(()) => Ok(respond::see_other(&back).noticing("notice-confirmed")),
        Err(error) => {
            let refusal: Refusal = explain(&page, error)?;
            page::answer(&page, &act, &back, Some(refusal))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Act;

    #[test]
    fn an_act_reads_as_it_is_written() {
        for act in [Act::new("revoke", "0af3"), Act::new("second-factor", "")] {
            assert_eq!(Act::parse(&act.to_string()).unwrap(), act);
        }
        let long = format!("revoke {}", "0".repeat(200));
        for text in [
            "",
            " x",
            "Revoke x",
            "revoke a b",
            "revoke ž",
            long.as_str(),
        ] {
            assert!(Act::parse(text).is_err(), "{text:?}");
        }
    }
}
