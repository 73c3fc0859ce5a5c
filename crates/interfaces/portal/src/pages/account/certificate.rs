//! Log-in with a certificate of the browser's store: a challenge, and the answer that its key signed.

use axum::{Json, extract::State, response::Response};
use chancery_register::CertificateLogInError;

use super::{log_in::LogInPage, onward, refusals};
use crate::{
    error::PageError,
    form::Form,
    limits::Limit,
    page::{FormsOf, Page},
    pages::certificates::reason_words,
    respond,
    routes::{Needs, Route},
    state::Portal,
    visit::Peer,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::post("/login/certificate/challenge", Needs::Nothing, challenge)
            .limited(Limit::LogIn),
        Route::post("/login/certificate", Needs::Nothing, submit).limited(Limit::LogIn),
    ]
}

/// Why nobody was logged in, or an act not confirmed, and the link to the next step.
pub(crate) struct Refusal {
    pub title: String,
    pub text: String,
    /// Address and key of the words.
    pub link: Option<(&'static str, &'static str)>,
}

/// What the page's script signs.
#[derive(serde::Serialize)]
pub(crate) struct Asked {
    pub nonce: String,
}

/// `POST /login/certificate/challenge`: for this visitor alone.
async fn challenge(
    State(portal): State<Portal>,
    page: Page,
    _: Form,
) -> Result<Json<Asked>, PageError> {
    let FormsOf::Visitor(visitor) = &page.forms else {
        return Err(PageError::Overtaken);
    };
    let challenge = portal.certificates.challenge(visitor, page.now).await?;
    let nonce = challenge.ok_or(PageError::StaleForm)?.nonce;
    Ok(Json(Asked { nonce }))
}

/// `POST /login/certificate`
async fn submit(
    State(portal): State<Portal>,
    page: Page,
    Peer(from): Peer,
    form: Form,
) -> Result<Response, PageError> {
    let FormsOf::Visitor(visitor) = &page.forms else {
        return Ok(respond::see_other(page.home()));
    };
    let (token, nonce) = (form.value("token"), form.value("nonce"));
    let certificates = &portal.certificates;
    match certificates
        .log_in(token, nonce, visitor, from, page.now)
        .await
    {
        Ok(entered) => onward(&portal, &page, entered, form.value("next")).await,
        Err(error) => {
            let refusal = explain(&page, error)?;
            let next = Form::filled([("next", form.value("next"))]);
            respond::refused(&LogInPage {
                page: page.with_problems(1),
                form: next,
                with_code: false,
                refusal: Some(refusal),
            })
        }
    }
}

/// What is wrong and what to do. Whoever reads it holds the certificate's key, but for a proof that failed: that is told in one way.
pub(crate) fn explain(page: &Page, error: CertificateLogInError) -> Result<Refusal, PageError> {
    const REGISTERED: Option<(&str, &str)> =
        Some(("/settings/registered", "certificate-log-in-registered"));
    const ORDER: Option<(&str, &str)> = Some(("/catalogue", "certificate-log-in-order"));
    let refusal = |name: &str, text: String, link| Refusal {
        title: page.text(&format!("certificate-log-in-{name}-title")),
        text,
        link,
    };
    let plain = |name: &str, link| {
        let text = page.text(&format!("certificate-log-in-{name}"));
        refusal(name, text, link)
    };
    let at = |name: &str, time: String, link| {
        let text = page.t(format!("certificate-log-in-{name}"));
        refusal(name, text.with("at", time).to_string(), link)
    };
    Ok(match error {
        CertificateLogInError::Proof(problem) => {
            tracing::info!(
                problem = &problem as &dyn std::error::Error,
                "a proof of a certificate's key was not accepted"
            );
            plain("proof", None)
        }
        CertificateLogInError::Expired { not_after } => at("expired", page.date(not_after), ORDER),
        CertificateLogInError::NotYetValid { not_before } => {
            at("not-yet-valid", page.date_time(not_before), None)
        }
        CertificateLogInError::Revoked { at, reason } => {
            let text = page
                .t("certificate-log-in-revoked")
                .with("at", page.date_time(at))
                .with("reason", page.text(reason_words(reason)))
                .to_string();
            refusal("revoked", text, ORDER)
        }
        CertificateLogInError::Suspended { at: since } => {
            at("suspended", page.date_time(since), None)
        }
        CertificateLogInError::NotRegistered => plain("unregistered", REGISTERED),
        CertificateLogInError::NotProved => plain("not-proved", REGISTERED),
        CertificateLogInError::OneFactor => plain("one-factor", REGISTERED),
        CertificateLogInError::OfDevice => plain("of-device", None),
        CertificateLogInError::UnsupportedAuthority { issuer, source } => {
            if let Some(source) = source {
                note(source.as_ref());
            }
            let text = page
                .t("certificate-log-in-unsupported")
                .with("issuer", issuer)
                .to_string();
            refusal("unsupported", text, None)
        }
        CertificateLogInError::PurposeMissing => plain("purpose", ORDER),
        CertificateLogInError::RevocationUnknown(source) => {
            note(source.as_ref());
            plain("unknown", None)
        }
        CertificateLogInError::InvalidPath(source) => {
            note(source.as_ref());
            plain("path", None)
        }
        CertificateLogInError::Wait(wait) => refusal("wait", refusals::wait(page, wait), None),
        CertificateLogInError::Fault(fault) => return Err(fault.into()),
    })
}

/// Which certificate and clause it was, is for the log.
fn note(error: &(dyn std::error::Error + 'static)) {
    tracing::info!(error, "a certificate's path was not accepted");
}
