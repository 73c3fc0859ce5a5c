//! A lost access code or password: a new code is mailed.

use askama::Template;
use axum::{extract::State, response::Response};
use chancery_register::ReplaceCodeError;

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
        Route::get("/lost-code", Needs::Nothing, show),
        Route::post("/lost-code", Needs::Nothing, submit).limited(Limit::Mail),
        Route::get("/lost-code/sent", Needs::Nothing, sent),
    ]
}

/// `pages/lost-code.html`
#[derive(Template)]
#[template(path = "pages/lost-code.html")]
pub(crate) struct LostCodePage {
    pub page: Page,
    pub form: Form,
}

/// `pages/lost-code-sent.html`
#[derive(Template)]
#[template(path = "pages/lost-code-sent.html")]
pub(crate) struct SentPage {
    pub page: Page,
}

/// `GET /lost-code`
async fn show(page: Page) -> Result<Response, PageError> {
    respond::page(&LostCodePage {
        page,
        form: Form::default(),
    })
}

/// `POST /lost-code`
async fn submit(
    State(portal): State<Portal>,
    page: Page,
    Peer(from): Peer,
    mut form: Form,
) -> Result<Response, PageError> {
    let login = form.value("login").trim();
    if login.is_empty() {
        form.refuse_named(
            "login",
            page.text("log-in-name"),
            page.text("log-in-name-empty"),
        );
    } else {
        match portal.register.replace_code(login, from, page.now).await {
            // Whether anybody has that name is not told.
            Ok(()) => return Ok(respond::see_other("/lost-code/sent")),
            Err(ReplaceCodeError::Wait(time)) => form.refuse_named(
                "login",
                page.text("log-in-name"),
                refusals::wait(&page, time),
            ),
            Err(ReplaceCodeError::Fault(fault)) => return Err(fault.into()),
        }
    }
    respond::refused(&LostCodePage {
        page: page.with_problems(form.problems().len()),
        form,
    })
}

/// `GET /lost-code/sent`
async fn sent(page: Page) -> Result<Response, PageError> {
    respond::page(&SentPage { page })
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for LostCodePage {
    const TEMPLATE: &'static str = "pages/lost-code.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let mut empty = Form::default();
        empty.refuse_named(
            "login",
            page.text("log-in-name"),
            page.text("log-in-name-empty"),
        );
        let sample = |form: Form| Self {
            page: page.clone().with_problems(form.problems().len()),
            form,
        };
        vec![("ask", sample(Form::default())), ("empty", sample(empty))]
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for SentPage {
    const TEMPLATE: &'static str = "pages/lost-code-sent.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        vec![("sent", Self { page: page.clone() })]
    }
}
