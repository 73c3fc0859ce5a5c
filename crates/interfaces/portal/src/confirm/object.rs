//! What an act is done to, in words: from what the server knows, and only what this session may see. Nothing of it comes from the form.

use chancery_register::{ParticipantId, Permission, PersonId, Principal, RegisteredCertificate};

use super::Act;
use crate::{
    error::PageError,
    page::Page,
    pages::{
        certificates::{self, grouped},
        devices::own,
        participants::member,
        registered::card::called,
        supported,
    },
    state::Portal,
};

/// One line: the key of what it is called, and its value.
#[derive(Clone)]
pub(crate) struct Line {
    pub label: &'static str,
    pub text: String,
}

fn line(label: &'static str, text: impl Into<String>) -> Line {
    Line {
        label,
        text: text.into(),
    }
}

/// The lines of an act; none where it is about one's own account as a whole.
pub(super) async fn of(portal: &Portal, page: &Page, act: Act) -> Result<Vec<Line>, PageError> {
    let principal = page.principal()?;
    Ok(match act {
        Act::Password | Act::SecondFactor | Act::Pair | Act::Register | Act::AnchorAdd => vec![],
        Act::Revoke(id) => {
            let record = portal.ra.certificate(principal, id).await?;
            vec![
                line("confirm-certificate", certificates::title(&record)),
                line("confirm-serial", grouped(&record.serial.to_hex())),
            ]
        }
        Act::DeviceRevoke(id) | Act::DeviceForget(id) => {
            let device = portal.register.device(own(page)?, id).await;
            let device = device.map_err(crate::pages::devices::list::not_done)?;
            vec![line("confirm-device", device.name)]
        }
        Act::Prove(id) | Act::Withdraw(id) => {
            let known = portal.certificates.own_certificate(principal, id).await?;
            of_certificate(&known)
        }
        Act::RegisterFor(id, person) | Act::Authorise(id, person) | Act::Expel(id, person) => {
            of_member(portal, page, id, person).await?
        }
        Act::WithdrawFor(id, person, certificate) => {
            let mut lines = of_member(portal, page, id, person).await?;
            let known = member::certificate(portal, page, id, person, certificate).await?;
            lines.extend(of_certificate(&known));
            lines
        }
        Act::Join(id) | Act::Leave(id) | Act::Ask(id) => {
            let (membership, _) = portal.register.membership(principal, id).await?;
            vec![line("confirm-organization", membership.participant.name)]
        }
        Act::BringIn(id) => {
            let represented = portal.register.organizations_of(principal.person).await?;
            let found = represented.into_iter().find(|one| one.id == id);
            let found = found.ok_or(PageError::NotFound)?;
            vec![line("confirm-organization", found.verified.name)]
        }
        Act::DeskBringIn(id) => {
            manages(principal)?;
            let found = portal.register.organization(id).await?;
            let found = found.ok_or(PageError::NotFound)?;
            vec![line("confirm-organization", found.verified.name)]
        }
        Act::DeskAuthorise(id) => {
            let granted = manages(principal)?;
            let found = portal.register.participating(&granted, id).await?;
            vec![line("confirm-organization", found.name)]
        }
        Act::AnchorChange(id) | Act::AnchorRemove(id) => {
            let anchor = supported::found(portal, &id.to_string()).await?;
            vec![line(
                "confirm-authority",
                called(anchor.certificate.subject()),
            )]
        }
    })
}

fn manages(principal: &Principal) -> Result<chancery_register::Granted, PageError> {
    Ok(principal.require(Permission::ManageParticipants)?)
}

fn of_certificate(known: &RegisteredCertificate) -> Vec<Line> {
    let certificate = &known.certificate;
    vec![
        line("confirm-certificate", certificate.subject().one_line()),
        line("confirm-serial", grouped(&certificate.serial().to_hex())),
    ]
}

async fn of_member(
    portal: &Portal,
    page: &Page,
    id: ParticipantId,
    person: PersonId,
) -> Result<Vec<Line>, PageError> {
    let (participant, member) = member::of(portal, page, id, person).await?;
    Ok(vec![
        line("confirm-member", member.full_name),
        line("confirm-organization", participant.name),
    ])
}
