//! Organisations that take part, with their users and authorised persons.
//!
//! A verified representative brings the organisation in and is its first authorised person; or the registration authority brings it in
//! and asks somebody to be that. An authorised person asks people by e-mail address or registration number; who was asked belongs to it only
//! after agreeing, for from then on its authorised persons may register certificates for them, and a certificate logs in. What they
//! registered goes with the membership.

mod asking;
mod bring_in;
mod membership;
mod staff;

use std::time::Duration;

use chancery_audit::Actor;
use chancery_store::{Batch, FromRow, Row, RowError, Timestamp, args};

pub use asking::{ASKED_LIFE, Asked};
pub(crate) use bring_in::add_words;
pub use staff::{BroughtIn, ParticipantLine};

use crate::{
    Denied, EmailAddress, Fault, ParticipantId, Permission, PersonId, Principal, Register,
    numbers::NumberKind, person::parsed,
};

/// An organisation that takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Its id.
    pub id: ParticipantId,
    /// Its name, as it was verified when it came.
    pub name: String,
    /// Which register its number is of.
    pub number_kind: NumberKind,
    /// The number.
    pub number: String,
    /// When it came.
    pub created_at: Timestamp,
}

/// A person's part in an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The organisation.
    pub participant: Participant,
    /// Whether the person may act for its other users.
    pub authorised: bool,
    /// When the person agreed; none while they are only asked.
    pub joined_at: Option<Timestamp>,
}

/// Somebody who belongs to an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Their full name.
    pub full_name: String,
    /// Their address.
    pub email: EmailAddress,
    /// Whether they may act for the others.
    pub authorised: bool,
    /// Whether they are staff, whose certificates nobody else registers.
    pub staff: bool,
    /// When they agreed.
    pub joined_at: Timestamp,
    /// How many certificates were registered for them by the organisation.
    pub certificates: u64,
}

/// Something about a participant was not done.
#[derive(Debug, thiserror::Error)]
pub enum ParticipantError {
    /// The session may not do it at all.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The permission is for something else.
    #[error("{0:?} does not permit to bring participants in")]
    NotPermitted(Permission),
    /// The person does not represent that organisation, or its verification is not the latest.
    #[error("the person does not represent that organisation")]
    NotRepresentative,
    /// The organisation takes part; only its authorised persons, or the registration authority, let somebody in.
    #[error("the organisation takes part already; one of its authorised persons has to ask")]
    AlreadyIn,
    /// Another representative was bringing it in at the same moment.
    #[error("somebody else was bringing the organisation in; try again")]
    TryAgain,
    /// The person is not authorised for that participant.
    #[error("the person is not authorised for that participant")]
    NotAuthorised,
    /// The person does not belong to that participant, and was not asked to.
    #[error("there is no such member")]
    NoSuchMember,
    /// There would be members and nobody authorised.
    #[error("the last authorised person cannot go while there are other members")]
    LastAuthorised,
    /// Who is asked belongs to it.
    #[error("they belong to it already")]
    AlreadyMember,
    /// What was typed is neither an e-mail address nor a registration number.
    #[error("this is neither an e-mail address nor a registration number")]
    NobodysName,
    /// Staff name no authorised persons of their own.
    #[error("staff do not name themselves")]
    Oneself,
    /// There is no such verified organisation.
    #[error("there is no such verified organisation")]
    NoSuchOrganization,
    /// As many people are asked as may be at once.
    #[error("{limit} people are asked already; wait for their answers or withdraw some")]
    TooManyAsked {
        /// How many.
        limit: u32,
    },
    /// Too many letters; the next one after this time.
    #[error("too many letters")]
    Wait(Duration),
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Participant {
    fn from_columns(row: &Row, first: usize) -> Result<Self, RowError> {
        Ok(Self {
            id: ParticipantId::new(row.id(first)?),
            name: row.text(first.saturating_add(1))?,
            number_kind: parsed(row, first.saturating_add(2), "a kind of number")?,
            number: row.text(first.saturating_add(3))?,
            created_at: row.time(first.saturating_add(4))?,
        })
    }
}

impl FromRow for Participant {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Self::from_columns(row, 0)
    }
}

impl FromRow for Membership {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            authorised: row.bool(0)?,
            joined_at: row.opt_time(1)?,
            participant: Participant::from_columns(row, 2)?,
        })
    }
}

impl FromRow for Member {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            person: PersonId::new(row.id(0)?),
            full_name: row.text(1)?,
            email: parsed(row, 2, "an e-mail address")?,
            authorised: row.bool(3)?,
            staff: row.bool(4)?,
            joined_at: row.time(5)?,
            certificates: u64::try_from(row.int(6)?).unwrap_or_default(),
        })
    }
}

impl Register {
    /// Who belongs to a participant, for its authorised persons.
    pub async fn members(
        &self,
        principal: &Principal,
        participant: ParticipantId,
    ) -> Result<Vec<Member>, ParticipantError> {
        self.authorised(principal, participant).await?;
        let sql = "select m.person, p.full_name, p.email, m.authorised, p.staff, m.joined_at,
                (select count(*) from register_certificates c
                 where c.participant = m.participant and c.person = m.person)
            from register_members m join register_people p on p.id = m.person
            where m.participant = $1 and m.joined_at is not null
            order by p.full_name, m.person";
        let members = self.store.all(sql, args![participant]).await;
        Ok(members.map_err(Fault::from)?)
    }

    /// The participant as one of its members sees it: their own part, and the names of those who may act for them.
    pub async fn membership(
        &self,
        principal: &Principal,
        participant: ParticipantId,
    ) -> Result<(Membership, Vec<String>), ParticipantError> {
        let all = self.memberships(principal).await?;
        let own = all
            .into_iter()
            .find(|one| one.participant.id == participant);
        let own = own.ok_or(ParticipantError::NoSuchMember)?;
        if own.joined_at.is_none() {
            return Ok((own, Vec::new()));
        }
        let sql = "select p.full_name from register_members m
            join register_people p on p.id = m.person
            where m.participant = $1 and m.authorised and m.joined_at is not null
            order by p.full_name, m.person";
        let names: Vec<Name> = self
            .store
            .all(sql, args![participant])
            .await
            .map_err(Fault::from)?;
        Ok((own, names.into_iter().map(|name| name.0).collect()))
    }

    /// As whom an authorised person's act is recorded.
    async fn authorised(
        &self,
        principal: &Principal,
        participant: ParticipantId,
    ) -> Result<Actor, ParticipantError> {
        let granted = principal.require(Permission::EditProfile)?;
        let sql = "select authorised from register_members
            where participant = $1 and person = $2 and authorised and joined_at is not null";
        let rows = self
            .store
            .rows(sql, args![participant, principal.person])
            .await;
        if rows.map_err(Fault::from)?.is_empty() {
            return Err(ParticipantError::NotAuthorised);
        }
        Ok(granted.actor())
    }

    /// One participant.
    pub(crate) async fn participant(
        &self,
        id: ParticipantId,
    ) -> Result<Option<Participant>, Fault> {
        let sql = "select id, name, number_kind, number, created_at from register_participants
            where id = $1";
        Ok(self.store.first(sql, args![id]).await?)
    }

    fn note(
        &self,
        batch: &mut Batch,
        action: &'static str,
        actor: Actor,
        participant: ParticipantId,
        after: serde_json::Value,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let object = ("participant", participant.to_string());
        self.record(batch, action, actor, object, Some(after), now)
    }
}

/// A name alone.
struct Name(String);

impl FromRow for Name {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self(row.text(0)?))
    }
}
