//! Organisations that take part: one's own, their members and authorised persons, and the registration authority's view.

pub(crate) mod desk;
pub(crate) mod going;
pub(crate) mod member;
mod problems;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod show;

use askama::Template;
use axum::{extract::State, response::Response};
use chancery_register::{Membership, OrganizationId, ParticipantError, ParticipantId, Permission};

use crate::{
    confirm::{self, Act},
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    pages::{path_id, registered::UPLOAD_OCTETS},
    respond::{self, Remember as _},
    routes::{Needs, Route},
    state::Portal,
};

const OWN: Needs = Needs::Permission(Permission::EditProfile);
const READ: Needs = Needs::Permission(Permission::ReadPeople);
const MANAGE: Needs = Needs::Permission(Permission::ManageParticipants);

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/participants", OWN, list),
        Route::post("/participants", OWN, bring_in),
        Route::get("/participants/{id}", OWN, show::show),
        Route::post("/participants/{id}/asked", OWN, show::ask).limited(Limit::Certificates),
        Route::post("/participants/{id}/asked/withdraw", OWN, show::withdraw),
        Route::post("/participants/{id}/join", OWN, show::join),
        Route::post("/participants/{id}/decline", OWN, show::decline),
        Route::get("/participants/{id}/leave", OWN, going::show_leave),
        Route::post("/participants/{id}/leave", OWN, going::leave),
        Route::get("/participants/{id}/members/{person}", OWN, member::show),
        Route::post(
            "/participants/{id}/members/{person}/authorised",
            OWN,
            member::authorise,
        ),
        Route::get(
            "/participants/{id}/members/{person}/register",
            OWN,
            member::show_register,
        ),
        Route::post(
            "/participants/{id}/members/{person}/register",
            OWN,
            member::register,
        )
        .up_to(UPLOAD_OCTETS)
        .limited(Limit::Certificates),
        Route::get(
            "/participants/{id}/members/{person}/remove",
            OWN,
            going::show_remove,
        ),
        Route::post(
            "/participants/{id}/members/{person}/remove",
            OWN,
            going::remove,
        ),
        Route::get(
            "/participants/{id}/members/{person}/certificates/{certificate}/remove",
            OWN,
            member::show_withdraw,
        ),
        Route::post(
            "/participants/{id}/members/{person}/certificates/{certificate}/remove",
            OWN,
            member::withdraw,
        ),
        Route::get("/desk/participants", READ, desk::list),
        Route::post("/desk/participants", MANAGE, desk::bring_in).limited(Limit::Certificates),
        Route::post(
            "/desk/participants/{id}/authorised",
            MANAGE,
            desk::authorise,
        )
        .limited(Limit::Certificates),
    ]
}

/// `pages/participants.html`
#[derive(Template)]
#[template(path = "pages/participants.html")]
pub(crate) struct Participants {
    pub page: Page,
    pub asked: Vec<Line>,
    pub joined: Vec<Line>,
    /// Verified organisations of the person that do not take part.
    pub offered: Vec<Offered>,
}

/// A participant in one's own list.
pub(crate) struct Line {
    pub address: String,
    pub name: String,
    pub number: String,
    pub authorised: bool,
    pub since: Option<chancery_store::Timestamp>,
}

/// An organisation that can be brought in.
pub(crate) struct Offered {
    pub id: OrganizationId,
    pub name: String,
    pub number: String,
}

impl Offered {
    fn act(&self) -> Act {
        Act::BringIn(self.id)
    }
}

impl Line {
    pub(crate) fn new(membership: &Membership) -> Self {
        let participant = &membership.participant;
        Self {
            address: format!("/participants/{}", participant.id),
            name: participant.name.clone(),
            number: participant.number.clone(),
            authorised: membership.authorised,
            since: membership.joined_at,
        }
    }
}

/// `GET /participants`
async fn list(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    let principal = page.principal()?;
    let memberships = portal.register.memberships(principal).await?;
    let represented = portal.register.organizations_of(principal.person).await?;
    let offered = represented
        .iter()
        .filter(|organization| {
            !memberships.iter().any(|one| {
                one.participant.number_kind == organization.verified.number_kind
                    && one.participant.number == organization.verified.number
            })
        })
        .map(|organization| Offered {
            id: organization.id,
            name: organization.verified.name.clone(),
            number: organization.verified.number.clone(),
        })
        .collect();
    let (joined, asked): (Vec<_>, Vec<_>) = memberships
        .iter()
        .partition(|membership| membership.joined_at.is_some());
    respond::page(&Participants {
        asked: asked.into_iter().map(Line::new).collect(),
        joined: joined.into_iter().map(Line::new).collect(),
        offered,
        page,
    })
}

/// `POST /participants`: a verified representative brings the organisation in.
async fn bring_in(
    State(portal): State<Portal>,
    page: Page,
    form: Form,
) -> Result<Response, PageError> {
    let id = OrganizationId::new(path_id(form.value("organization"))?);
    confirm::required(&portal, &page, &form, Act::BringIn(id)).await?;
    let brought = portal
        .register
        .bring_in(page.principal()?, id, portal.now());
    match brought.await {
        Ok(id) => Ok(respond::see_other(&format!("/participants/{id}"))
            .noticing("notice-participant-brought-in")),
        Err(ParticipantError::AlreadyIn) => {
            Ok(respond::see_other("/participants").noticing("notice-participant-already-in"))
        }
        Err(error) => Err(error.into()),
    }
}

/// The participant of an address.
pub(crate) fn participant_id(text: &str) -> Result<ParticipantId, PageError> {
    Ok(ParticipantId::new(path_id(text)?))
}
