//! Logging in and out.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use chancery_register::LogInError;

use super::{Next, certificate::Refusal, onward, refusals, with_next};
use crate::{
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    respond::{self, Remember as _},
    routes::{self, Needs, Route},
    state::Portal,
    visit::Peer,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/login", Needs::Nothing, show),
        Route::post("/login", Needs::Nothing, submit).limited(Limit::LogIn),
        Route::post("/logout", Needs::Nothing, log_out),
    ]
}

/// `pages/log-in.html`
#[derive(Template)]
#[template(path = "pages/log-in.html")]
pub(crate) struct LogInPage {
    pub page: Page,
    pub form: Form,
    /// Whether the person came for the door *I have a code*.
    pub with_code: bool,
    /// Why nobody was logged in, beyond single fields.
    pub refusal: Option<Refusal>,
}

impl LogInPage {
    /// Where the TLS handshake asks for a certificate.
    fn handshake(&self) -> Option<String> {
        let url = self.page.environment.certificate_url.as_ref()?;
        let path = with_next("/login/tls", self.form.value("next"));
        Some(format!("{url}{path}"))
    }
}

#[derive(serde::Deserialize)]
struct Door {
    #[serde(default)]
    with: String,
    #[serde(flatten)]
    next: Next,
}

/// `GET /login`
async fn show(page: Page, Query(door): Query<Door>) -> Result<Response, PageError> {
    if let Some(viewer) = &page.viewer {
        let path = viewer
            .principal
            .awaiting
            .map_or(page.home(), routes::page_for);
        return Ok(respond::see_other(path));
    }
    let form = Form::filled([("next", door.next.next.as_str())]);
    respond::page(&LogInPage {
        page,
        form,
        with_code: door.with == "code",
        refusal: None,
    })
}

/// `POST /login`
async fn submit(
    State(portal): State<Portal>,
    page: Page,
    Peer(from): Peer,
    mut form: Form,
) -> Result<Response, PageError> {
    if form.value("login").trim().is_empty() {
        form.refuse_named(
            "login",
            page.text("log-in-name"),
            page.text("log-in-name-empty"),
        );
    }
    if form.value("secret").is_empty() {
        let label = match form.value("with") {
            "code" => "log-in-code",
            _ => "log-in-password",
        };
        form.refuse_named("secret", page.text(label), page.text("log-in-secret-empty"));
    }
    let mut refusal = None;
    if form.is_fine() {
        let secret = form.secret("secret");
        let login = form.value("login").trim();
        match portal.register.log_in(login, &secret, from, page.now).await {
            Ok(entered) => {
                return onward(&portal, &page, entered, form.value("next")).await;
            }
            Err(error) => refusal = Some(explain(&page, error)?),
        }
    }
    respond::refused(&LogInPage {
        page: page.with_problems(form.problems().len() + usize::from(refusal.is_some())),
        with_code: form.value("with") == "code",
        form,
        refusal,
    })
}

fn explain(page: &Page, error: LogInError) -> Result<Refusal, PageError> {
    Ok(match error {
        LogInError::Wrong => Refusal {
            title: page.text("log-in-wrong-title"),
            text: page.text("log-in-wrong-text"),
            link: Some(("/lost-code", "log-in-lost")),
        },
        LogInError::CodeExpired => Refusal {
            title: page.text("log-in-expired-title"),
            text: page.text("log-in-expired-text"),
            link: Some(("/lost-code", "lost-submit")),
        },
        LogInError::Wait(wait) => Refusal {
            title: page.text("log-in-wrong-title"),
            text: refusals::wait(page, wait),
            link: None,
        },
        LogInError::Fault(fault) => return Err(fault.into()),
    })
}

/// `POST /logout`
async fn log_out(State(portal): State<Portal>, page: Page, _: Form) -> Result<Response, PageError> {
    if let Some(viewer) = &page.viewer {
        portal
            .register
            .end_session(&viewer.principal, page.now)
            .await?;
    }
    Ok(respond::see_other("/")
        .without_session()
        .noticing("notice-logged-out"))
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for LogInPage {
    const TEMPLATE: &'static str = "pages/log-in.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        use chancery_register::CertificateLogInError;

        use super::certificate;

        let sample = |with_code, form: Form, refusal: Option<Refusal>| Self {
            page: page
                .clone()
                .with_problems(form.problems().len() + usize::from(refusal.is_some())),
            form,
            with_code,
            refusal,
        };
        let mut empty = Form::default();
        empty.refuse_named(
            "login",
            page.text("log-in-name"),
            page.text("log-in-name-empty"),
        );
        empty.refuse_named(
            "secret",
            page.text("log-in-password"),
            page.text("log-in-secret-empty"),
        );
        let typed = || Form::filled([("login", "jana.novakova@example.com")]);
        let explained = |error| explain(page, error).ok();
        vec![
            ("password", sample(false, Form::default(), None)),
            ("code", sample(true, Form::default(), None)),
            ("empty", sample(false, empty, None)),
            (
                "wrong",
                sample(false, typed(), explained(LogInError::Wrong)),
            ),
            (
                "expired",
                sample(true, typed(), explained(LogInError::CodeExpired)),
            ),
            (
                "unregistered",
                sample(
                    false,
                    Form::default(),
                    certificate::explain(page, CertificateLogInError::NotRegistered).ok(),
                ),
            ),
            (
                "not-proved",
                sample(
                    false,
                    Form::default(),
                    certificate::explain(page, CertificateLogInError::NotProved).ok(),
                ),
            ),
            (
                "wait",
                sample(
                    false,
                    typed(),
                    explained(LogInError::Wait(std::time::Duration::from_secs(90))),
                ),
            ),
        ]
    }
}
