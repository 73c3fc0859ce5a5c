//! People are asked to belong to an organisation, and answer.

use std::time::Duration;

use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Timestamp, args};

use super::{Membership, ParticipantError};
use crate::{
    EmailAddress, Fault, Language, Notice, ParticipantId, Permission, Person, Principal, Register,
    log_in::LoginName,
    throttle::{self, Place},
};

/// Who is asked may answer for so long.
pub const ASKED_LIFE: Duration = Duration::from_hours(30 * 24);

/// Most people whom one organisation asks at a time.
const MAX_ASKED: u32 = 200;

/// Somebody who was asked and has not answered, as they were named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The address or registration number.
    pub who: String,
    /// Whether as an authorised person.
    pub authorised: bool,
    /// When.
    pub asked_at: Timestamp,
}

impl FromRow for Asked {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            who: row.text(0)?,
            authorised: row.bool(1)?,
            asked_at: row.time(2)?,
        })
    }
}

impl Register {
    /// Asks somebody, by e-mail address or registration number, to belong to the participant, by letter. Whether there is such a
    /// person is not told: to an address without an account the letter says how to get one.
    pub async fn ask_member(
        &self,
        principal: &Principal,
        participant: ParticipantId,
        who: &str,
        authorised: bool,
        language: Language,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let actor = self.authorised(principal, participant).await?;
        let known = self.participant(participant).await?;
        let known = known.ok_or(ParticipantError::NotAuthorised)?;
        let name = LoginName::parse(who);
        if matches!(name, LoginName::Nobody(_)) {
            return Err(ParticipantError::NobodysName);
        }
        let person = self.find_person(who).await?;
        if let Some(person) = &person
            && self.is_member(participant, person).await?
        {
            return Err(ParticipantError::AlreadyMember);
        }
        let asked = self.asked(principal, participant, now).await?;
        if asked.len() >= usize::try_from(MAX_ASKED).unwrap_or(usize::MAX) {
            return Err(ParticipantError::TooManyAsked { limit: MAX_ASKED });
        }
        let named = name.counted();
        for place in [
            Place::letters_by(principal.person),
            Place::letters_to(&named),
        ] {
            if let Err(early) = throttle::reserve(&self.store, &place, now).await? {
                return Err(ParticipantError::Wait(early.wait));
            }
        }
        let mut batch = Batch::new();
        batch.one(
            "insert into register_asked (participant, who, authorised, asked_at, asked_by)
             values ($1, $2, $3, $4, $5)
             on conflict (participant, who) do update set authorised = excluded.authorised,
                asked_at = excluded.asked_at, asked_by = excluded.asked_by",
            args![participant, &named, authorised, now, principal.person],
        );
        let after = serde_json::json!({ "who": named, "authorised": authorised });
        let action = "participant.ask";
        self.note(&mut batch, action, actor, participant, after, now)?;
        self.letter_to_asked(
            &mut batch,
            &name,
            person,
            (&known.name, authorised, language),
            now,
        )?;
        Ok(self.store.commit(batch).await.map_err(Fault::from)?)
    }

    pub(super) fn letter_to_asked(
        &self,
        batch: &mut Batch,
        name: &LoginName,
        person: Option<Person>,
        (participant, authorised, language): (&str, bool, Language),
        now: Timestamp,
    ) -> Result<(), Fault> {
        let notice = |registered| Notice::MembershipAsked {
            participant: participant.to_owned(),
            authorised,
            registered,
        };
        match (person, name) {
            (Some(person), _) if person.disabled_at.is_some() => Ok(()),
            (Some(person), _) => {
                let (to, language) = (&person.email, person.language);
                self.notify(batch, to, language, notice(true), now)
            }
            (None, LoginName::Email(folded)) => match folded.parse::<EmailAddress>() {
                Ok(to) => self.notify(batch, &to, language, notice(false), now),
                Err(_) => Ok(()),
            },
            (None, _) => Ok(()),
        }
    }

    /// Asks no more.
    pub async fn withdraw_asked(
        &self,
        principal: &Principal,
        participant: ParticipantId,
        who: &str,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let actor = self.authorised(principal, participant).await?;
        let mut batch = Batch::new();
        batch.one(
            "delete from register_asked where participant = $1 and who = $2",
            args![participant, who],
        );
        let after = serde_json::json!({ "who": who });
        let action = "participant.ask-no-more";
        self.note(&mut batch, action, actor, participant, after, now)?;
        self.commit_member(batch).await
    }

    /// Who was asked and has not answered, for the participant's authorised persons.
    pub async fn asked(
        &self,
        principal: &Principal,
        participant: ParticipantId,
        now: Timestamp,
    ) -> Result<Vec<Asked>, ParticipantError> {
        self.authorised(principal, participant).await?;
        let sql = "select who, authorised, asked_at from register_asked
            where participant = $1 and asked_at > $2 order by asked_at desc, who";
        let asked = self
            .store
            .all(sql, args![participant, now.minus(ASKED_LIFE)]);
        Ok(asked.await.map_err(Fault::from)?)
    }

    /// Agrees to belong to a participant that asked.
    pub async fn join_participant(
        &self,
        principal: &Principal,
        participant: ParticipantId,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let granted = principal.require(Permission::EditProfile)?;
        let since = now.minus(ASKED_LIFE);
        let mut batch = Batch::new();
        // Asked by address and by number: one of the two is enough, and the greater right counts.
        batch
            .one(
                "insert into register_members (participant, person, authorised, asked_at, joined_at)
                 select o.id, p.id, exists (select 1 from register_asked a
                        where a.participant = o.id and a.asked_at > $4 and a.authorised
                            and (a.who = p.email_folded or a.who = p.registration_number)),
                    cast($3 as bigint), cast($3 as bigint)
                 from register_people p, register_participants o
                 where o.id = $1 and p.id = $2 and exists (select 1 from register_asked a
                        where a.participant = o.id and a.asked_at > $4
                            and (a.who = p.email_folded or a.who = p.registration_number))",
                args![participant, principal.person, now, since],
            )
            .any(
                "delete from register_asked where participant = $1 and who in
                    (select p.email_folded from register_people p where p.id = $2
                     union select p.registration_number from register_people p where p.id = $2)",
                args![participant, principal.person],
            );
        let after = serde_json::json!({ "person": principal.person });
        let (action, actor) = ("participant.join", granted.actor());
        self.note(&mut batch, action, actor, participant, after, now)?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Conflict { .. } | CommitError::Constraint { unique: true, .. }) => {
                Err(ParticipantError::NoSuchMember)
            }
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// Declines to belong to a participant that asked.
    pub async fn decline_participant(
        &self,
        principal: &Principal,
        participant: ParticipantId,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let granted = principal.require(Permission::EditProfile)?;
        let mut batch = Batch::new();
        batch.any(
            "delete from register_asked where participant = $1 and who in
                (select p.email_folded from register_people p where p.id = $2
                 union select p.registration_number from register_people p where p.id = $2)",
            args![participant, principal.person],
        );
        let after = serde_json::json!({ "person": principal.person });
        let (action, actor) = ("participant.decline", granted.actor());
        self.note(&mut batch, action, actor, participant, after, now)?;
        Ok(self.store.commit(batch).await.map_err(Fault::from)?)
    }

    /// The participants that a person belongs to or was asked to.
    pub async fn memberships(&self, principal: &Principal) -> Result<Vec<Membership>, Fault> {
        let sql =
            "select m.authorised, m.joined_at, o.id, o.name, o.number_kind, o.number, o.created_at
            from register_members m join register_participants o on o.id = m.participant
            where m.person = $1 and m.joined_at is not null order by o.name, o.id";
        let mut all: Vec<Membership> = self.store.all(sql, args![principal.person]).await?;
        // Invitations that ran out are gone at the next maintenance, and are not taken before.
        let sql = "select a.authorised, cast(null as bigint), o.id, o.name, o.number_kind, o.number, o.created_at
            from register_asked a join register_participants o on o.id = a.participant
            join register_people p on p.email_folded = a.who or p.registration_number = a.who
            where p.id = $1 order by o.name, o.id";
        let asked: Vec<Membership> = self.store.all(sql, args![principal.person]).await?;
        for one in asked {
            let known = |other: &Membership| other.participant.id == one.participant.id;
            if !all.iter().any(known) {
                all.push(one);
            }
        }
        Ok(all)
    }

    pub(super) async fn is_member(
        &self,
        participant: ParticipantId,
        person: &Person,
    ) -> Result<bool, Fault> {
        let sql = "select authorised from register_members
            where participant = $1 and person = $2 and joined_at is not null";
        let rows = self.store.rows(sql, args![participant, person.id]).await?;
        Ok(!rows.is_empty())
    }

    pub(super) async fn commit_member(&self, batch: Batch) -> Result<(), ParticipantError> {
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Conflict { .. }) => Err(ParticipantError::NoSuchMember),
            Err(error) => Err(Fault::from(error).into()),
        }
    }
}
