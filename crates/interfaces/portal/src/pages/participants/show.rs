//! `/participants/{id}`: one's part in it; for authorised persons its members and who is asked.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_register::{ASKED_LIFE, Asked, Language, Member, Participant, ParticipantError};
use chancery_store::Timestamp;

use super::{participant_id, problems};
use crate::{
    confirm::{self, Act},
    error::PageError,
    form::Form,
    page::Page,
    respond::{self, Remember as _},
    state::Portal,
};

/// `pages/participant.html`
#[derive(Template)]
#[template(path = "pages/participant.html")]
pub(crate) struct Shown {
    pub page: Page,
    pub form: Form,
    pub address: String,
    pub participant: Participant,
    /// When the viewer agreed; none while they are only asked.
    pub joined_at: Option<Timestamp>,
    /// Whether the viewer acts for the others, or is asked to.
    pub authorised: bool,
    /// The names of those who do.
    pub names: Vec<String>,
    pub members: Vec<MemberLine>,
    pub asked: Vec<AskedLine>,
}

/// Somebody in the list of members.
pub(crate) struct MemberLine {
    pub address: String,
    pub member: Member,
    /// Whether it is the viewer.
    pub own: bool,
}

/// Somebody who was asked.
pub(crate) struct AskedLine {
    pub asked: Asked,
    pub until: Timestamp,
}

impl AskedLine {
    pub(crate) fn new(asked: Asked) -> Self {
        Self {
            until: asked.asked_at.plus(ASKED_LIFE),
            asked,
        }
    }
}

impl Shown {
    async fn of(portal: &Portal, mut page: Page, id: &str, form: Form) -> Result<Self, PageError> {
        let principal = page.principal()?;
        let id = participant_id(id)?;
        let address = format!("/participants/{id}");
        let register = &portal.register;
        let (membership, names) = register.membership(principal, id).await?;
        let acts = membership.authorised && membership.joined_at.is_some();
        let (members, asked) = if acts {
            let asked = register.asked(principal, id, portal.now()).await?;
            (register.members(principal, id).await?, asked)
        } else {
            (Vec::new(), Vec::new())
        };
        let viewer = principal.person;
        // A form that was refused came to another address, where there is no page.
        page.here.clone_from(&address);
        Ok(Self {
            address,
            participant: membership.participant,
            joined_at: membership.joined_at,
            authorised: membership.authorised,
            names,
            members: members
                .into_iter()
                .map(|member| MemberLine {
                    address: format!("/participants/{id}/members/{}", member.person),
                    own: member.person == viewer,
                    member,
                })
                .collect(),
            asked: asked.into_iter().map(AskedLine::new).collect(),
            page: page.with_problems(form.problems().len()),
            form,
        })
    }

    fn act(&self) -> Act {
        Act::Ask(self.participant.id)
    }

    fn joining(&self) -> Act {
        Act::Join(self.participant.id)
    }

    /// Whether the viewer acts for the others.
    fn acts(&self) -> bool {
        self.authorised && self.joined_at.is_some()
    }
}

/// `GET /participants/{id}`
pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    respond::page(&Shown::of(&portal, page, &id, Form::default()).await?)
}

/// The language of letters to somebody whose own is not known.
pub(crate) fn language(page: &Page) -> Language {
    page.language.tag().parse().unwrap_or(Language::En)
}

/// `POST /participants/{id}/asked`
pub(crate) async fn ask(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let participant = participant_id(&id)?;
    confirm::required(&portal, &page, &form, Act::Ask(participant)).await?;
    let asked = portal.register.ask_member(
        page.principal()?,
        participant,
        form.value("who").trim(),
        form.ticked("authorised", "yes"),
        language(&page),
        portal.now(),
    );
    match asked.await {
        Ok(()) => Ok(respond::see_other(&format!("/participants/{participant}"))
            .noticing("notice-member-asked")),
        Err(error) if problems::of_name(&page, &mut form, &error) => {
            respond::refused(&Shown::of(&portal, page, &id, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /participants/{id}/asked/withdraw`
pub(crate) async fn withdraw(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let id = participant_id(&id)?;
    let who = form.value("who");
    let withdrawn = portal
        .register
        .withdraw_asked(page.principal()?, id, who, portal.now());
    match withdrawn.await {
        // Answered or withdrawn meanwhile: the page shows how it stands.
        Ok(()) | Err(ParticipantError::NoSuchMember) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(respond::see_other(&format!("/participants/{id}")).noticing("notice-asked-withdrawn"))
}

/// `POST /participants/{id}/join`
pub(crate) async fn join(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let id = participant_id(&id)?;
    confirm::required(&portal, &page, &form, Act::Join(id)).await?;
    portal
        .register
        .join_participant(page.principal()?, id, portal.now())
        .await?;
    Ok(respond::see_other(&format!("/participants/{id}")).noticing("notice-participant-joined"))
}

/// `POST /participants/{id}/decline`
pub(crate) async fn decline(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    _: Form,
) -> Result<Response, PageError> {
    let id = participant_id(&id)?;
    portal
        .register
        .decline_participant(page.principal()?, id, portal.now())
        .await?;
    Ok(respond::see_other("/participants").noticing("notice-participant-declined"))
}
