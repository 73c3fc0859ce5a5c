//! The page on which an act is confirmed ahead of its form.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};

use super::Act;
use crate::{error::PageError, page::Page, pages::account::certificate::Refusal, respond};

/// `pages/confirm.html`
#[derive(Template)]
#[template(path = "pages/confirm.html")]
pub(crate) struct ConfirmPage {
    pub page: Page,
    pub act: Act,
    /// The page of the act's form.
    pub back: String,
    /// Why the proof was not accepted.
    pub refusal: Option<Refusal>,
}

impl ConfirmPage {
    /// Where the TLS handshake asks for a certificate.
    fn handshake(&self) -> Option<String> {
        let url = self.page.environment.certificate_url.as_ref()?;
        let act = respond::in_query(&self.act.to_string());
        let back = respond::in_query(&self.back);
        Some(format!("{url}/login/tls/confirm?act={act}&next={back}"))
    }
}

/// The page as the answer to an act that needs it.
pub(super) fn answer(
    page: &Page,
    act: &Act,
    back: &str,
    refusal: Option<Refusal>,
) -> Result<Response, PageError> {
    let template = ConfirmPage {
        page: page.clone().with_problems(usize::from(refusal.is_some())),
        act: act.clone(),
        back: respond::local_path(back, page.home()).to_owned(),
        refusal,
    };
    Ok((StatusCode::FORBIDDEN, Html(template.render()?)).into_response())
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for ConfirmPage {
    const TEMPLATE: &'static str = "pages/confirm.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        use chancery_register::CertificateLogInError::NotRegistered;

        let sample = |refusal: Option<Refusal>| Self {
            page: page.clone().with_problems(usize::from(refusal.is_some())),
            act: Act::new("revoke", "1"),
            back: "/certificates/1/revoke".to_owned(),
            refusal,
        };
        vec![
            ("asked", sample(None)),
            (
                "refused",
                sample(crate::pages::account::certificate::explain(page, NotRegistered).ok()),
            ),
        ]
    }
}
