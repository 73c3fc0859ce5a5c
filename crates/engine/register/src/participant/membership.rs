//! Members go, and authorised persons come and go.

use chancery_audit::Actor;
use chancery_store::{Batch, CommitError, Timestamp, args};

use super::ParticipantError;
use crate::{Fault, Notice, ParticipantId, Permission, PersonId, Principal, Register};

impl Register {
    /// Leaves a participant. What its authorised persons registered for the person goes with it.
    pub async fn leave_participant(
        &self,
        principal: &Principal,
        participant: ParticipantId,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let granted = principal.require(Permission::EditProfile)?;
        self.take_out(participant, principal.person, granted.actor(), false, now)
            .await
    }

    /// Takes somebody out of a participant, with what its authorised persons registered for them; they are told.
    pub async fn remove_member(
        &self,
        principal: &Principal,
        participant: ParticipantId,
        person: PersonId,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let actor = self.authorised(principal, participant).await?;
        let told = person != principal.person;
        self.take_out(participant, person, actor, told, now).await
    }

    /// Makes a member an authorised person, or a member like the others; they are told.
    pub async fn set_authorised(
        &self,
        principal: &Principal,
        participant: ParticipantId,
        person: PersonId,
        authorised: bool,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let actor = self.authorised(principal, participant).await?;
        let mut batch = Batch::new();
        batch.one(
            "update register_members set authorised = $3
             where participant = $1 and person = $2 and joined_at is not null and ($3
                or exists (select 1 from register_members o where o.participant = $1
                    and o.person <> $2 and o.authorised and o.joined_at is not null))",
            args![participant, person, authorised],
        );
        if !authorised {
            // Whom they asked meanwhile would stay to do what they may not any more.
            batch.any(
                "delete from register_asked where participant = $1 and asked_by = $2",
                args![participant, person],
            );
        }
        let after = serde_json::json!({ "person": person, "authorised": authorised });
        let action = "participant.authorise";
        self.note(&mut batch, action, actor, participant, after, now)?;
        let known = self.participant(participant).await?;
        if let (Some(known), Some(to)) = (known, self.person(person).await?)
            && person != principal.person
        {
            let notice = Notice::AuthorisationChanged {
                participant: known.name,
                authorised,
                at: now.as_secs(),
            };
            self.notify(&mut batch, &to.email, to.language, notice, now)?;
        }
        self.commit_unless_last(batch, participant, person).await
    }

    async fn take_out(
        &self,
        participant: ParticipantId,
        person: PersonId,
        actor: Actor,
        told: bool,
        now: Timestamp,
    ) -> Result<(), ParticipantError> {
        let mut batch = Batch::new();
        batch
            .one(
                "delete from register_members
                 where participant = $1 and person = $2 and joined_at is not null
                    and (not authorised
                        or exists (select 1 from register_members o where o.participant = $1
                            and o.person <> $2 and o.authorised and o.joined_at is not null)
                        or not exists (select 1 from register_members o where o.participant = $1
                            and o.person <> $2))",
                args![participant, person],
            )
            .any(
                "delete from register_asked where participant = $1 and asked_by = $2",
                args![participant, person],
            )
            .any(
                "delete from register_sessions where person = $2 and certificate in
                    (select c.fingerprint from register_certificates c
                     where c.participant = $1 and c.person = $2)",
                args![participant, person],
            )
            .any(
                "delete from register_certificates where participant = $1 and person = $2",
                args![participant, person],
            );
        let after = serde_json::json!({ "person": person });
        let action = "participant.remove";
        self.note(&mut batch, action, actor, participant, after, now)?;
        if told
            && let (Some(known), Some(to)) = (
                self.participant(participant).await?,
                self.person(person).await?,
            )
        {
            let notice = Notice::MembershipEnded {
                participant: known.name,
                at: now.as_secs(),
            };
            self.notify(&mut batch, &to.email, to.language, notice, now)?;
        }
        self.commit_unless_last(batch, participant, person).await
    }

    /// Commits what an organisation's last authorised person is kept from.
    async fn commit_unless_last(
        &self,
        batch: Batch,
        participant: ParticipantId,
        person: PersonId,
    ) -> Result<(), ParticipantError> {
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Conflict { .. }) => {
                let known = self.person(person).await?;
                match known {
                    Some(known) if self.is_member(participant, &known).await? => {
                        Err(ParticipantError::LastAuthorised)
                    }
                    _ => Err(ParticipantError::NoSuchMember),
                }
            }
            Err(error) => Err(Fault::from(error).into()),
        }
    }
}
