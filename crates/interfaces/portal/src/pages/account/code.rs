//! Choosing a password: in place of the access code at the first log-in, or of the present one later.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use chancery_register::{Awaiting, ChangeSecretError};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Next, onward, refusals};
use crate::{
    confirm::{self, Act},
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    respond::{self, Remember as _},
    routes::{Needs, Route},
    state::Portal,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/login/code", Needs::Session, show),
        Route::post("/login/code", Needs::Session, submit).limited(Limit::LogIn),
    ]
}

/// `pages/password.html`
#[derive(Template)]
#[template(path = "pages/password.html")]
pub(crate) struct PasswordPage {
    pub page: Page,
    pub form: Form,
    /// Whether it takes the place of an access code, which nobody has to type again.
    pub first: bool,
}

impl PasswordPage {
    #[expect(
        clippy::unused_self,
        reason = "the template reaches it through the page"
    )]
    fn act(&self) -> Act {
        Act::Password
    }
}

/// `GET /login/code`
async fn show(page: Page, Query(next): Query<Next>) -> Result<Response, PageError> {
    let awaiting = page.principal()?.awaiting;
    if awaiting == Some(Awaiting::TotpCode) {
        return Err(PageError::StepFirst("/login/totp"));
    }
    respond::page(&PasswordPage {
        page,
        form: Form::filled([("next", next.next.as_str())]),
        first: awaiting == Some(Awaiting::NewPassword),
    })
}

/// `POST /login/code`
async fn submit(
    State(portal): State<Portal>,
    page: Page,
    mut form: Form,
) -> Result<Response, PageError> {
    let principal = page.principal()?.clone();
    let first = principal.awaiting == Some(Awaiting::NewPassword);
    let current = (!first).then(|| form.secret("current"));
    let new = twice(&page, &mut form);
    if form.is_fine() {
        confirm::required(&portal, &page, &form, Act::Password).await?;
        let changed = portal
            .register
            .change_secret(&principal, current.as_ref(), &new, page.now)
            .await;
        match changed {
            Ok(log_in) => {
                let response = onward(&portal, &page, log_in, form.value("next")).await?;
                let notice = if first {
                    "notice-password-set"
                } else {
                    "notice-password-changed"
                };
                return Ok(response.noticing(notice));
            }
            Err(error) => refuse(&page, &mut form, error)?,
        }
    }
    respond::refused(&PasswordPage {
        page: page.with_problems(form.problems().len()),
        form,
        first,
    })
}

fn refuse(page: &Page, form: &mut Form, error: ChangeSecretError) -> Result<(), PageError> {
    match error {
        ChangeSecretError::WrongCurrent => {
            form.refuse_named(
                "current",
                page.text("password-current"),
                page.text("password-wrong-current"),
            );
        }
        ChangeSecretError::Weak(weak) => form.refuse_named(
            "password",
            page.text("password-new"),
            refusals::password(page, weak),
        ),
        ChangeSecretError::Wait(wait) => form.refuse_named(
            "current",
            page.text("password-current"),
            refusals::wait(page, wait),
        ),
        ChangeSecretError::SecondFactorFirst => return Err(PageError::StepFirst("/login/totp")),
        ChangeSecretError::SessionOver => return Err(PageError::LogInFirst),
        ChangeSecretError::Fault(fault) => return Err(fault.into()),
    }
    Ok(())
}

/// The two fields of a new password, judged for equality by the interface alone.
pub(super) fn twice(page: &Page, form: &mut Form) -> SecretString {
    let new = form.secret("password");
    if new.expose_secret() != form.value("again") {
        form.refuse_named(
            "again",
            page.text("password-again"),
            page.text("password-differs"),
        );
    }
    new
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for PasswordPage {
    const TEMPLATE: &'static str = "pages/password.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        use chancery_register::{Awaiting, WeakPassword};
        let waiting = crate::samples::awaiting(page, Awaiting::NewPassword);
        let sample = |form: Form, first| Self {
            page: if first { &waiting } else { page }
                .clone()
                .with_problems(form.problems().len()),
            form,
            first,
        };
        let weak = |weak| {
            let mut form = Form::default();
            form.refuse_named(
                "password",
                page.text("password-new"),
                refusals::password(page, weak),
            );
            form
        };
        let mut wrong = Form::default();
        wrong.refuse_named(
            "current",
            page.text("password-current"),
            page.text("password-wrong-current"),
        );
        wrong.refuse_named(
            "again",
            page.text("password-again"),
            page.text("password-differs"),
        );
        vec![
            ("first", sample(Form::default(), true)),
            ("change", sample(Form::default(), false)),
            ("wrong", sample(wrong, false)),
            ("short", sample(weak(WeakPassword::Short { min: 10 }), true)),
            ("long", sample(weak(WeakPassword::Long { max: 128 }), true)),
            ("control", sample(weak(WeakPassword::Control), true)),
            ("guessable", sample(weak(WeakPassword::Guessable), true)),
            ("personal", sample(weak(WeakPassword::Personal), true)),
            ("same", sample(weak(WeakPassword::Same), true)),
        ]
    }
}
