//! The first page: the doors.

use askama::Template;
use axum::response::Response;

use crate::{
    error::PageError,
    page::Page,
    respond,
    routes::{Needs, Route},
};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/", Needs::Nothing, show)]
}

/// `pages/home.html`
#[derive(Template)]
#[template(path = "pages/home.html")]
pub(crate) struct HomePage {
    pub page: Page,
}

/// `GET /`
async fn show(page: Page) -> Result<Response, PageError> {
    respond::page(&HomePage { page })
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for HomePage {
    const TEMPLATE: &'static str = "pages/home.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        vec![("doors", Self { page: page.clone() })]
    }
}
