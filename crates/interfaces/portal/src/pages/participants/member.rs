//! `/participants/{id}/members/{person}`: what an authorised person sees and does for a member.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_register::{
    CertificateError, Member, Participant, ParticipantId, PersonId, RegisteredCertificate,
    RegisteredCertificateId,
};

use super::{participant_id, problems};
use crate::{
    confirm::{self, Act},
    error::PageError,
    form::{Form, Upload},
    page::Page,
    pages::{
        path_id,
        registered::{
            Card, Pair,
            card::Names,
            new::{self, New, USES},
            remove::Remove,
        },
    },
    respond::{self, Remember as _},
    state::Portal,
};

/// `pages/member.html`
#[derive(Template)]
#[template(path = "pages/member.html")]
pub(crate) struct MemberPage {
    pub page: Page,
    pub address: String,
    pub back: String,
    pub participant_id: ParticipantId,
    pub participant: String,
    pub member: Member,
    pub own: bool,
    pub pairs: Vec<Pair>,
}

impl MemberPage {
    fn act(&self) -> Act {
        Act::Authorise(self.participant_id, self.member.person)
    }
}

/// The participant and its member, for its authorised persons.
pub(crate) async fn found(
    portal: &Portal,
    page: &Page,
    id: &str,
    person: &str,
) -> Result<(Participant, Member), PageError> {
    let id = participant_id(id)?;
    let person = PersonId::new(path_id(person)?);
    of(portal, page, id, person).await
}

/// The same by their ids.
pub(crate) async fn of(
    portal: &Portal,
    page: &Page,
    id: ParticipantId,
    person: PersonId,
) -> Result<(Participant, Member), PageError> {
    let principal = page.principal()?;
    let (membership, _) = portal.register.membership(principal, id).await?;
    let members = portal.register.members(principal, id).await?;
    let member = members.into_iter().find(|one| one.person == person);
    Ok((membership.participant, member.ok_or(PageError::NotFound)?))
}

fn address(participant: &Participant, member: &Member) -> String {
    format!("/participants/{}/members/{}", participant.id, member.person)
}

/// What the organisation registered for the member.
async fn certificates(
    portal: &Portal,
    page: &Page,
    participant: &Participant,
    member: &Member,
) -> Result<Vec<RegisteredCertificate>, PageError> {
    let certificates =
        portal
            .certificates
            .certificates_of(page.principal()?, member.person, Some(participant.id));
    let mut found = match certificates.await {
        // Nobody manages those of staff.
        Err(CertificateError::NotTheirs) => Vec::new(),
        other => other?,
    };
    found.retain(|one| one.participant == Some(participant.id));
    Ok(found)
}

/// One of those.
pub(crate) async fn certificate(
    portal: &Portal,
    page: &Page,
    id: ParticipantId,
    person: PersonId,
    certificate: RegisteredCertificateId,
) -> Result<RegisteredCertificate, PageError> {
    let (participant, member) = of(portal, page, id, person).await?;
    let known = certificates(portal, page, &participant, &member).await?;
    let found = known.into_iter().find(|one| one.id == certificate);
    found.ok_or(PageError::NotFound)
}

/// `GET /participants/{id}/members/{person}`
pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path((id, person)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (participant, member) = found(&portal, &page, &id, &person).await?;
    let known = certificates(&portal, &page, &participant, &member).await?;
    let names = Names::from([(participant.id, participant.name.clone())]);
    let cards = known
        .iter()
        .map(|one| (one.pair, Card::new(&page, one, &names)));
    respond::page(&MemberPage {
        address: address(&participant, &member),
        back: format!("/participants/{}", participant.id),
        participant_id: participant.id,
        participant: participant.name,
        pairs: Pair::sorted(cards),
        own: member.person == page.principal()?.person,
        member,
        page,
    })
}

/// `POST /participants/{id}/members/{person}/authorised`
pub(crate) async fn authorise(
    State(portal): State<Portal>,
    page: Page,
    Path((id, person)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let id = participant_id(&id)?;
    let person = PersonId::new(path_id(&person)?);
    let authorised = match form.value("authorised") {
        "yes" => true,
        "no" => false,
        _ => return Err(PageError::Malformed),
    };
    let principal = page.principal()?;
    confirm::required(&portal, &page, &form, Act::Authorise(id, person)).await?;
    let set = portal
        .register
        .set_authorised(principal, id, person, authorised, portal.now());
    let there = format!("/participants/{id}");
    match set.await {
        Ok(()) if authorised => Ok(respond::see_other(&there).noticing("notice-member-authorised")),
        Ok(()) => Ok(respond::see_other(&there).noticing("notice-member-not-authorised")),
        Err(error) => match problems::notice(&error) {
            Some(notice) => {
                Ok(respond::see_other(&format!("{there}/members/{person}")).noticing(notice))
            }
            None => Err(error.into()),
        },
    }
}

fn register_page(page: Page, participant: &Participant, member: &Member, form: Form) -> New {
    let address = address(participant, member);
    New {
        action: format!("{address}/register"),
        act: Act::RegisterFor(participant.id, member.person),
        back: address,
        member: Some(member.full_name.clone()),
        uses: USES,
        page: page.with_problems(form.problems().len()),
        form,
    }
}

/// `GET /participants/{id}/members/{person}/register`
pub(crate) async fn show_register(
    State(portal): State<Portal>,
    page: Page,
    Path((id, person)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (participant, member) = found(&portal, &page, &id, &person).await?;
    respond::page(&register_page(page, &participant, &member, Form::default()))
}

/// `POST /participants/{id}/members/{person}/register`
pub(crate) async fn register(
    State(portal): State<Portal>,
    page: Page,
    Path((id, person)): Path<(String, String)>,
    upload: Upload,
) -> Result<Response, PageError> {
    let (participant, member) = found(&portal, &page, &id, &person).await?;
    let whose = (member.person, Some(participant.id));
    let act = Act::RegisterFor(participant.id, member.person);
    match new::confirmed(&portal, &page, upload, act, whose).await? {
        Ok(_) => Ok(respond::see_other(&address(&participant, &member))
            .noticing("notice-member-certificate-registered")),
        Err((form, error)) => {
            let form = new::refused(&page, form, error)?;
            respond::refused(&register_page(page, &participant, &member, form))
        }
    }
}

/// `GET …/certificates/{certificate}/remove`
pub(crate) async fn show_withdraw(
    State(portal): State<Portal>,
    page: Page,
    Path((id, person, certificate)): Path<(String, String, String)>,
) -> Result<Response, PageError> {
    let (participant, member) = found(&portal, &page, &id, &person).await?;
    let certificate = RegisteredCertificateId::new(path_id(&certificate)?);
    let known = self::certificate(&portal, &page, participant.id, member.person, certificate);
    let known = known.await?;
    let names = Names::from([(participant.id, participant.name.clone())]);
    let back = address(&participant, &member);
    respond::page(&Remove {
        act: Act::WithdrawFor(participant.id, member.person, certificate),
        card: Card::new(&page, &known, &names),
        action: format!("{back}/certificates/{certificate}/remove"),
        back,
        back_title: member.full_name.clone(),
        member: Some(member.full_name),
        page,
    })
}

/// `POST …/certificates/{certificate}/remove`
pub(crate) async fn withdraw(
    State(portal): State<Portal>,
    page: Page,
    Path((id, person, certificate)): Path<(String, String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let (participant, member) = found(&portal, &page, &id, &person).await?;
    let certificate = RegisteredCertificateId::new(path_id(&certificate)?);
    self::certificate(&portal, &page, participant.id, member.person, certificate).await?;
    let there = address(&participant, &member);
    let act = Act::WithdrawFor(participant.id, member.person, certificate);
    confirm::required(&portal, &page, &form, act).await?;
    portal
        .certificates
        .withdraw(page.principal()?, certificate, portal.now())
        .await?;
    Ok(respond::see_other(&there).noticing("notice-certificate-removed"))
}
