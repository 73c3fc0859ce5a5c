//! `/desk/participants`: which organisations take part; the registration authority brings them in and names authorised persons.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use chancery_register::{
    BroughtIn, Organization, OrganizationId, ParticipantError, ParticipantId, ParticipantLine,
    Permission,
};
use serde::Deserialize;

use super::{participant_id, problems, show::language};
use crate::{
    confirm::{self, Act},
    error::PageError,
    form::Form,
    page::Page,
    pages::path_id,
    respond::{self, Remember as _},
    state::Portal,
};

/// `pages/desk-participants.html`
#[derive(Template)]
#[template(path = "pages/desk-participants.html")]
pub(crate) struct Desk {
    pub page: Page,
    pub form: Form,
    pub text: String,
    pub lines: Vec<ParticipantLine>,
    pub organizations: Vec<Organization>,
    /// Whether there are more than are shown.
    pub more: bool,
    /// Whether the viewer brings organisations in.
    pub manages: bool,
}

#[derive(Deserialize)]
pub(crate) struct Sought {
    #[serde(default)]
    q: String,
}

impl Desk {
    async fn of(portal: &Portal, page: Page, text: String, form: Form) -> Result<Self, PageError> {
        let principal = page.principal()?;
        let reads = principal.require(Permission::ReadPeople)?;
        let (lines, mut more) = portal.register.participants(&reads, &text).await?;
        let organizations = match principal.require(Permission::ManageParticipants) {
            Ok(granted) => {
                let found = portal.register.organizations_to_bring_in(&granted, &text);
                let (found, others) = found.await?;
                more |= others;
                found
            }
            Err(_) => Vec::new(),
        };
        Ok(Self {
            manages: principal.may(Permission::ManageParticipants),
            text,
            lines,
            organizations,
            more,
            page: page.with_problems(form.problems().len()),
            form,
        })
    }

    #[expect(
        clippy::unused_self,
        reason = "the template reaches it through the page"
    )]
    fn asking(&self, id: &ParticipantId) -> Act {
        Act::DeskAuthorise(*id)
    }

    #[expect(
        clippy::unused_self,
        reason = "the template reaches it through the page"
    )]
    fn bringing_in(&self, id: &OrganizationId) -> Act {
        Act::DeskBringIn(*id)
    }

    /// Whether the form that was refused is the one of this organisation or participant.
    fn is_refused(&self, about: impl std::fmt::Display) -> bool {
        !self.form.is_fine() && self.form.value("about") == about.to_string()
    }
}

/// `GET /desk/participants`
pub(crate) async fn list(
    State(portal): State<Portal>,
    page: Page,
    Query(sought): Query<Sought>,
) -> Result<Response, PageError> {
    let text = sought.q.trim().chars().take(200).collect();
    respond::page(&Desk::of(&portal, page, text, Form::default()).await?)
}

/// `POST /desk/participants`
pub(crate) async fn bring_in(
    State(portal): State<Portal>,
    page: Page,
    form: Form,
) -> Result<Response, PageError> {
    let granted = page.principal()?.require(Permission::ManageParticipants)?;
    let id = OrganizationId::new(path_id(form.value("about"))?);
    confirm::required(&portal, &page, &form, Act::DeskBringIn(id)).await?;
    let who = form.value("who").trim();
    let done = portal
        .register
        .bring_in_for(&granted, id, who, language(&page), portal.now())
        .await;
    answer(&portal, page, form, done).await
}

/// `POST /desk/participants/{id}/authorised`
pub(crate) async fn authorise(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let granted = page.principal()?.require(Permission::ManageParticipants)?;
    let id = participant_id(&id)?;
    confirm::required(&portal, &page, &form, Act::DeskAuthorise(id)).await?;
    let who = form.value("who").trim();
    let done = portal
        .register
        .authorise_for(&granted, id, who, language(&page), portal.now())
        .await;
    answer(&portal, page, form, done).await
}

async fn answer(
    portal: &Portal,
    page: Page,
    mut form: Form,
    done: Result<BroughtIn, ParticipantError>,
) -> Result<Response, PageError> {
    match done {
        Ok(BroughtIn::Asked(_)) => {
            Ok(respond::see_other("/desk/participants").noticing("notice-authorised-asked"))
        }
        Ok(BroughtIn::Authorised(_)) => {
            Ok(respond::see_other("/desk/participants").noticing("notice-member-authorised"))
        }
        Err(error) if problems::of_name(&page, &mut form, &error) => {
            let text = form.value("q").to_owned();
            respond::refused(&Desk::of(portal, page, text, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
