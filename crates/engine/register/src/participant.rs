//! Organisations that take part, with their users and authorised persons.
//!
//! A verified representative brings the organisation in and is its first authorised person. An authorised person asks people by e-mail
//! address or registration number; who was asked belongs to it only after agreeing, for from then on its authorised persons may
//! register certificates for them, and a certificate logs in.

use chancery_audit::Actor;
use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Timestamp, args};

use crate::{
    Denied, Fault, Organization, OrganizationId, ParticipantId, Permission, PersonId, Principal,
    Register, numbers::NumberKind, person::parsed,
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

/// Somebody in an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Their full name; none before they agreed, for whoever asked may have guessed the address.
    pub full_name: Option<String>,
    /// Whether they may act for the others.
    pub authorised: bool,
    /// When they agreed; none while they are only asked.
    pub joined_at: Option<Timestamp>,
}

/// Something about a participant was not done.
#[derive(Debug, thiserror::Error)]
pub enum ParticipantError {
    /// The session may not do it at all.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The person does not represent that organisation, or its verification is not the latest.
    #[error("the person does not represent that organisation")]
    NotRepresentative,
    /// Another representative was bringing it in at the same moment.
    #[error("somebody else was bringing the organisation in; try again")]
    TryAgain,
    /// The person is not authorised for that participant.
    #[error("the person is not authorised for that participant")]
    NotAuthorised,
    /// The person does not belong to that participant, and was not asked to.
    #[error("there is no such member")]
    NoSuchMember,
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
        let joined_at = row.opt_time(3)?;
        let full_name = row.text(1)?;
        Ok(Self {
            person: PersonId::new(row.id(0)?),
            full_name: joined_at.map(|_| full_name),
            authorised: row.bool(2)?,
            joined_at,
        })
    }
}

impl Register {
    /// Brings a verified organisation in, or finds it by its number; its representative becomes an authorised person. Of two
    /// representatives who bring it in at the same moment one is told to try again.
    pub async fn bring_in(
        &self,
        principal: &Principal,
        organization: OrganizationId,
        now: Timestamp,
    ) -> Result<ParticipantId, ParticipantError> {
        let granted = principal.require(Permission::EditProfile)?;
        let represented = self.organizations_of(principal.person).await?;
        let organization = represented
            .iter()
            .find(|one| one.id == organization)
            .ok_or(ParticipantError::NotRepresentative)?;
        let mut batch = Batch::new();
        let id = match self.participant_numbered(organization).await? {
            Some(known) => known.id,
            None => self.new_participant(&mut batch, organization, now)?,
        };
        batch.one(
            "insert into register_members (participant, person, authorised, asked_at, joined_at)
             values ($1, $2, $3, $4, $4)
             on conflict (participant, person)
             do update set authorised = excluded.authorised, joined_at = excluded.joined_at",
            args![id, principal.person, true, now],
        );
        let after = serde_json::json!({ "organization": organization.id });
        self.note(
            &mut batch,
            "participant.bring-in",
            granted.actor(),
            id,
            after,
            now,
        )?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(id),
            Err(CommitError::Constraint { unique: true, .. }) => Err(ParticipantError::TryAgain),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// Asks somebody, by e-mail address or registration number, to belong to the participant; asked again, a member becomes authorised or
    /// ceases to be. Whether there is such a person is not told.
    pub async fn ask_member(
        &self,
        principal: &Principal,
        participant: ParticipantId,
        who: &str,
        authorised: bool,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let actor = self.authorised(principal, participant).await?;
        let found = self.find_person(who).await?;
        let Some(person) = found.filter(|person| person.disabled_at.is_none()) else {
            return Ok(());
        };
        let mut batch = Batch::new();
        batch.one(
            "insert into register_members (participant, person, authorised, asked_at)
             values ($1, $2, $3, $4)
             on conflict (participant, person) do update set authorised = excluded.authorised",
            args![participant, person.id, authorised, now],
        );
        let after = serde_json::json!({ "person": person.id, "authorised": authorised });
        self.note(
            &mut batch,
            "participant.ask",
            actor,
            participant,
            after,
            now,
        )?;
        Ok(self.store.commit(batch).await.map_err(Fault::from)?)
    }

    /// Agrees to belong to a participant that asked.
    pub async fn join_participant(
        &self,
        principal: &Principal,
        participant: ParticipantId,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let granted = principal.require(Permission::EditProfile)?;
        let mut batch = Batch::new();
        batch.one(
            "update register_members set joined_at = $1
             where participant = $2 and person = $3 and joined_at is null",
            args![now, participant, principal.person],
        );
        let after = serde_json::json!({ "person": principal.person });
        self.note(
            &mut batch,
            "participant.join",
            granted.actor(),
            participant,
            after,
            now,
        )?;
        self.commit_member(batch).await
    }

    /// Leaves a participant, or declines to belong to it.
    pub async fn leave_participant(
        &self,
        principal: &Principal,
        participant: ParticipantId,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let granted = principal.require(Permission::EditProfile)?;
        self.take_out(participant, principal.person, granted.actor(), now)
            .await
    }

    /// Takes somebody out of a participant. Certificates that were registered for them stay theirs.
    pub async fn remove_member(
        &self,
        principal: &Principal,
        participant: ParticipantId,
        person: PersonId,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let actor = self.authorised(principal, participant).await?;
        self.take_out(participant, person, actor, now).await
    }

    /// Who belongs to a participant, for its authorised persons.
    pub async fn members(
        &self,
        principal: &Principal,
        participant: ParticipantId,
    ) -> Result<Vec<Member>, ParticipantError> {
        self.authorised(principal, participant).await?;
        let sql = "select m.person, p.full_name, m.authorised, m.joined_at
            from register_members m join register_people p on p.id = m.person
            where m.participant = $1 order by m.asked_at, m.person";
        let members = self.store.all(sql, args![participant]).await;
        Ok(members.map_err(Fault::from)?)
    }

    /// The participants that a person belongs to or was asked to.
    pub async fn memberships(&self, principal: &Principal) -> Result<Vec<Membership>, Fault> {
        let sql =
            "select m.authorised, m.joined_at, o.id, o.name, o.number_kind, o.number, o.created_at
            from register_members m join register_participants o on o.id = m.participant
            where m.person = $1 order by o.name, o.id";
        Ok(self.store.all(sql, args![principal.person]).await?)
    }

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

    async fn participant_numbered(
        &self,
        organization: &Organization,
    ) -> Result<Option<Participant>, Fault> {
        let verified = &organization.verified;
        let sql = "select id, name, number_kind, number, created_at from register_participants
            where number_kind = $1 and number = $2";
        let number = args![verified.number_kind.name(), &verified.number];
        Ok(self.store.first(sql, number).await?)
    }

    fn new_participant(
        &self,
        batch: &mut Batch,
        organization: &Organization,
        now: Timestamp,
    ) -> Result<ParticipantId, Fault> {
        let id = ParticipantId::new(chancery_keys::random_id(self.entropy.as_ref())?);
        let verified = &organization.verified;
        batch.one(
            "insert into register_participants (id, name, number_kind, number, created_at)
             values ($1, $2, $3, $4, $5)",
            args![
                id,
                &verified.name,
                verified.number_kind.name(),
                &verified.number,
                now
            ],
        );
        Ok(id)
    }

    async fn take_out(
        &self,
        participant: ParticipantId,
        person: PersonId,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let mut batch = Batch::new();
        batch.one(
            "delete from register_members where participant = $1 and person = $2",
            args![participant, person],
        );
        let after = serde_json::json!({ "person": person });
        self.note(
            &mut batch,
            "participant.remove",
            actor,
            participant,
            after,
            now,
        )?;
        self.commit_member(batch).await
    }

    async fn commit_member(&self, batch: Batch) -> Result<(), ParticipantError> {
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Conflict { .. }) => Err(ParticipantError::NoSuchMember),
            Err(error) => Err(Fault::from(error).into()),
        }
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
