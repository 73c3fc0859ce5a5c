//! Language and theme: switched at once, remembered in the browser and with the person.

use axum::{extract::State, response::Response};
use chancery_register::Theme;

use crate::{
    cookies,
    error::PageError,
    form::Form,
    page::Page,
    respond::{self, Remember as _},
    routes::{Needs, Route},
    state::Portal,
    words::Language,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::post("/settings/language", Needs::Nothing, language),
        Route::post("/settings/theme", Needs::Nothing, theme),
    ]
}

/// `POST /settings/language`
async fn language(
    State(portal): State<Portal>,
    page: Page,
    form: Form,
) -> Result<Response, PageError> {
    let chosen = Language::from_tag(form.value("language")).ok_or(PageError::Malformed)?;
    if let (Some(viewer), Ok(language)) = (&page.viewer, chosen.tag().parse()) {
        portal
            .register
            .set_language(viewer.principal.person, language)
            .await?;
    }
    let back = respond::local_path(form.value("back"), "/");
    Ok(respond::see_other(back).choosing(cookies::LANGUAGE, chosen.tag()))
}

/// `POST /settings/theme`
async fn theme(
    State(portal): State<Portal>,
    page: Page,
    form: Form,
) -> Result<Response, PageError> {
    let chosen: Theme = form
        .value("theme")
        .parse()
        .map_err(|_| PageError::Malformed)?;
    if let Some(viewer) = &page.viewer {
        portal
            .register
            .set_theme(viewer.principal.person, chosen)
            .await?;
    }
    let back = respond::local_path(form.value("back"), "/");
    Ok(respond::see_other(back).choosing(cookies::THEME, chosen.tag()))
}
