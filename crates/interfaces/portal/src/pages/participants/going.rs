//! Leaving an organisation, or being taken out of it: said what goes along, then done.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_register::{ParticipantError, PersonId};

use super::{member::found, participant_id, problems};
use crate::{
    confirm::{self, Act},
    error::PageError,
    form::Form,
    page::Page,
    pages::path_id,
    respond::{self, Remember as _},
    state::Portal,
};

/// `pages/participant-going.html`
#[derive(Template)]
#[template(path = "pages/participant-going.html")]
pub(crate) struct Going {
    pub page: Page,
    /// The page that this one belongs to.
    pub back: String,
    pub participant: String,
    /// Where the form goes.
    pub action: String,
    /// Who is taken out; none for oneself.
    pub member: Option<String>,
    /// How many certificates go along.
    pub certificates: u64,
    pub act: Act,
}

impl Going {
    fn title(&self) -> String {
        let title = match &self.member {
            Some(name) => self.page.t("going-remove-title").with("name", name.clone()),
            None => self.page.t("going-leave-title"),
        };
        title
            .with("participant", self.participant.clone())
            .to_string()
    }
}

/// `GET /participants/{id}/leave`
pub(crate) async fn show_leave(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let principal = page.principal()?;
    let id = participant_id(&id)?;
    let (membership, _) = portal.register.membership(principal, id).await?;
    if membership.joined_at.is_none() {
        return Err(PageError::NotFound);
    }
    let own = portal
        .certificates
        .certificates_of(principal, principal.person, None)
        .await?;
    let theirs = own.iter().filter(|one| one.participant == Some(id)).count();
    respond::page(&Going {
        back: format!("/participants/{id}"),
        participant: membership.participant.name,
        action: format!("/participants/{id}/leave"),
        member: None,
        certificates: u64::try_from(theirs).unwrap_or_default(),
        act: Act::Leave(id),
        page,
    })
}

/// `POST /participants/{id}/leave`
pub(crate) async fn leave(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let id = participant_id(&id)?;
    confirm::required(&portal, &page, &form, Act::Leave(id)).await?;
    let left = portal
        .register
        .leave_participant(page.principal()?, id, portal.now());
    gone(
        left.await,
        &format!("/participants/{id}"),
        "/participants",
        "notice-participant-left",
    )
}

/// `GET /participants/{id}/members/{person}/remove`
pub(crate) async fn show_remove(
    State(portal): State<Portal>,
    page: Page,
    Path((id, person)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (participant, member) = found(&portal, &page, &id, &person).await?;
    let back = format!("/participants/{}/members/{}", participant.id, member.person);
    respond::page(&Going {
        action: format!("{back}/remove"),
        back,
        act: Act::Expel(participant.id, member.person),
        participant: participant.name,
        member: Some(member.full_name),
        certificates: member.certificates,
        page,
    })
}

/// `POST /participants/{id}/members/{person}/remove`
pub(crate) async fn remove(
    State(portal): State<Portal>,
    page: Page,
    Path((id, person)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let id = participant_id(&id)?;
    let person = PersonId::new(path_id(&person)?);
    let principal = page.principal()?;
    confirm::required(&portal, &page, &form, Act::Expel(id, person)).await?;
    let removed = portal
        .register
        .remove_member(principal, id, person, portal.now());
    let there = format!("/participants/{id}");
    let back = format!("{there}/members/{person}");
    // Who took themselves out sees it no more.
    let next = if person == principal.person {
        "/participants"
    } else {
        &there
    };
    gone(removed.await, &back, next, "notice-member-removed")
}

fn gone(
    done: Result<(), ParticipantError>,
    back: &str,
    next: &str,
    notice: &'static str,
) -> Result<Response, PageError> {
    match done {
        Ok(()) => Ok(respond::see_other(next).noticing(notice)),
        Err(error) => match problems::notice(&error) {
            Some(notice) => Ok(respond::see_other(back).noticing(notice)),
            None => Err(error.into()),
        },
    }
}
