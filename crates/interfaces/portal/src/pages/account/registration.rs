//! Registering: a full name and an address, to which number and access code go.

use askama::Template;
use axum::{extract::State, response::Response};
use chancery_register::{
    RegisterError, Registration,
    mail_domain::{self, MailDomain},
};

use super::refusals;
use crate::{
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    respond,
    routes::{Needs, Route},
    state::Portal,
    visit::Peer,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/register", Needs::Nothing, show),
        Route::post("/register", Needs::Nothing, submit).limited(Limit::Registration),
    ]
}

/// `pages/register.html`
#[derive(Template)]
#[template(path = "pages/register.html")]
pub(crate) struct RegisterPage {
    pub page: Page,
    pub form: Form,
    /// After too many registrations: how long to wait.
    pub wait: Option<String>,
}

/// `pages/register-sent.html`
#[derive(Template)]
#[template(path = "pages/register-sent.html")]
pub(crate) struct SentPage {
    pub page: Page,
    pub email: String,
    /// Whether the name servers could not tell if the address's domain takes mail.
    pub domain_unknown: bool,
}

/// `GET /register`
async fn show(page: Page) -> Result<Response, PageError> {
    respond::page(&RegisterPage {
        page,
        form: Form::default(),
        wait: None,
    })
}

/// `POST /register`
async fn submit(
    State(portal): State<Portal>,
    page: Page,
    Peer(from): Peer,
    mut form: Form,
) -> Result<Response, PageError> {
    let registration = Registration {
        full_name: form.value("full_name").to_owned(),
        email: form.value("email").trim().to_owned(),
        language: page.language.tag().parse().unwrap_or_default(),
    };
    let domain = match registration.mail_domain() {
        Some(domain) => mail_domain::check(portal.mx.as_ref(), &domain).await,
        None => MailDomain::Unknown,
    };
    let refused = portal
        .register
        .register_person(&registration, domain, from, page.now)
        .await;
    let mut wait = None;
    match refused {
        Ok(accepted) => {
            // The address is shown so that a slip of the finger is noticed; in an address line of the
            // browser it would be kept by history and logs.
            return respond::page(&SentPage {
                page,
                email: accepted.email.shown(),
                domain_unknown: domain == MailDomain::Unknown,
            });
        }
        Err(RegisterError::Fields { full_name, email }) => {
            if let Some(error) = full_name {
                form.refuse_named(
                    "full_name",
                    page.text("register-name"),
                    refusals::text(&page, &error),
                );
            }
            if let Some(problem) = email {
                form.refuse_named(
                    "email",
                    page.text("register-email"),
                    refusals::email(&page, &problem),
                );
            }
        }
        Err(RegisterError::Wait(time)) => wait = Some(refusals::wait(&page, time)),
        Err(RegisterError::Fault(fault)) => return Err(fault.into()),
    }
    respond::refused(&RegisterPage {
        page: page.with_problems(form.problems().len() + usize::from(wait.is_some())),
        form,
        wait,
    })
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for RegisterPage {
    const TEMPLATE: &'static str = "pages/register.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        use chancery_register::{EmailProblem, text::TextError};
        let sample = |form: Form, wait: Option<String>| Self {
            page: page
                .clone()
                .with_problems(form.problems().len() + usize::from(wait.is_some())),
            form,
            wait,
        };
        let mut wrong = Form::filled([
            ("full_name", "Jana <Nováková>"),
            ("email", "jana@example.invalid"),
        ]);
        let markup = TextError::Markup {
            position: 6,
            character: '<',
        };
        wrong.refuse_named(
            "full_name",
            page.text("register-name"),
            refusals::text(page, &markup),
        );
        let missing = EmailProblem::Domain(MailDomain::NoSuchDomain);
        wrong.refuse_named(
            "email",
            page.text("register-email"),
            refusals::email(page, &missing),
        );
        let wait = refusals::wait(page, std::time::Duration::from_mins(10));
        vec![
            ("empty", sample(Form::default(), None)),
            ("wrong", sample(wrong, None)),
            (
                "wait",
                sample(
                    Form::filled([
                        ("full_name", "Jana Nováková"),
                        ("email", "jana.novakova@example.com"),
                    ]),
                    Some(wait),
                ),
            ),
        ]
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for SentPage {
    const TEMPLATE: &'static str = "pages/register-sent.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |domain_unknown| Self {
            page: page.clone(),
            email: "jana.novakova@příklad.example".to_owned(),
            domain_unknown,
        };
        vec![("sent", sample(false)), ("domain-unknown", sample(true))]
    }
}
