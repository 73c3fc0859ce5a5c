//! The page that asks for the proof of an act.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};

use super::{Act, Way, carried::Carried, object::Line};
use crate::{
    error::PageError, form::Form, page::Page, pages::account::certificate::Refusal, respond,
    security,
};

/// `pages/confirm.html`
#[derive(Template)]
#[template(path = "pages/confirm.html")]
pub(crate) struct ConfirmPage {
    pub page: Page,
    pub act: Act,
    pub way: Way,
    /// What the act is done to.
    pub object: Vec<Line>,
    /// The form that goes on from here; else the act is confirmed ahead of it.
    pub carried: Option<Carried>,
    /// The page of the act's form.
    pub back: String,
    /// Why the proof by certificate was not accepted.
    pub refusal: Option<Refusal>,
    /// What is wrong with password and code.
    pub form: Form,
}

impl ConfirmPage {
    /// Where the TLS handshake asks for a certificate.
    fn handshake(&self) -> Option<String> {
        let url = self.page.environment.certificate_url.as_ref()?;
        let act = respond::in_query(&self.act.to_string());
        let back = respond::in_query(&self.back);
        Some(format!("{url}/login/tls/confirm?act={act}&next={back}"))
    }

    fn by_password(&self) -> bool {
        self.way == Way::Password
    }

    /// Whether the code of the second factor goes with the password.
    fn with_code(&self) -> bool {
        let viewer = self.page.viewer.as_ref();
        viewer.is_some_and(|viewer| viewer.principal.proves_by_code())
    }

    fn action(&self) -> &str {
        self.carried
            .as_ref()
            .map_or("/confirm", |carried| &carried.action)
    }

    fn fields(&self) -> &[(String, String)] {
        self.carried.as_ref().map_or(&[], |carried| &carried.fields)
    }

    fn is_multipart(&self) -> bool {
        self.carried
            .as_ref()
            .is_some_and(|carried| carried.multipart)
    }

    /// The page as an answer.
    pub(super) fn answer(mut self) -> Result<Response, PageError> {
        self.back = respond::local_path(&self.back, self.page.home()).to_owned();
        // Language and theme are switched on the page of the form: here it would be lost.
        self.page.here.clone_from(&self.back);
        self.page.problems = self.form.problems().len() + usize::from(self.refusal.is_some());
        let answer = (StatusCode::FORBIDDEN, Html(self.render()?)).into_response();
        // The proof by handshake goes on where certificates are asked for.
        match (self.act, &self.page.environment.certificate_url) {
            (Act::Prove(_), Some(url)) => security::leading_to(answer, url),
            _ => Ok(answer),
        }
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for ConfirmPage {
    const TEMPLATE: &'static str = "pages/confirm.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        use chancery_register::{
            AnchorId, AuthLevel, CertificateLogInError::NotRegistered, ParticipantId,
        };
        use chancery_store::Id;

        let id = Id::from_bytes([1; 16]);
        let line = |label: &'static str, text: &str| Line {
            label,
            text: text.to_owned(),
        };
        let sample = |act, way, object: Vec<Line>| Self {
            page: page.clone(),
            act,
            way,
            object,
            carried: None,
            back: "/certificates/1/revoke".to_owned(),
            refusal: None,
            form: Form::default(),
        };
        let certificate = || {
            vec![
                line("confirm-certificate", "Jana Ořechová"),
                line("confirm-serial", "2f0a 91c4 77d0 3b58"),
            ]
        };
        let revoke = || sample(Act::Revoke(id), Way::Certificate, certificate());
        let refusal = crate::pages::account::certificate::explain(page, NotRegistered).ok();
        let carried = || Carried {
            action: "/authorities/supported/1/terms".to_owned(),
            multipart: false,
            fields: vec![("policies".to_owned(), "1.2.3 \"<script>\"".to_owned())],
        };
        let change = Act::AnchorChange(AnchorId::new(id));
        let authority = || vec![line("confirm-authority", "Elsewhere <Public> CA 3")];
        let by_password = || Self {
            carried: Some(carried()),
            ..sample(change, Way::Password, authority())
        };
        let mut alone = page.clone();
        if let Some(viewer) = &mut alone.viewer {
            viewer.principal.level = AuthLevel::Password;
        }
        let mut wrong = Form::default();
        let (label, text) = (
            page.text("confirm-password"),
            page.text("password-wrong-current"),
        );
        wrong.refuse_named("confirm-password", label, text);
        let organization = vec![line("confirm-organization", "Mlýn s.r.o.")];
        let ask = Act::Ask(ParticipantId::new(id));
        vec![
            ("asked", revoke()),
            (
                "refused",
                Self {
                    refusal,
                    page: page.clone().with_problems(1),
                    ..revoke()
                },
            ),
            (
                "carried",
                Self {
                    carried: Some(carried()),
                    ..sample(change, Way::Certificate, authority())
                },
            ),
            ("password-and-code", by_password()),
            (
                "password",
                Self {
                    page: alone,
                    ..sample(ask, Way::Password, organization)
                },
            ),
            (
                "wrong",
                Self {
                    page: page.clone().with_problems(1),
                    form: wrong,
                    ..by_password()
                },
            ),
        ]
    }
}
