//! A verified representative brings their organisation in.

use chancery_store::{Batch, CommitError, Timestamp, args};

use super::{Participant, ParticipantError};
use crate::{
    Fault, Organization, OrganizationId, ParticipantId, Permission, Principal, Register,
    person::words_of,
};

impl Register {
    /// Brings a verified organisation in; its representative becomes its first authorised person. Where it takes part already, its
    /// authorised persons find it again, and nobody else becomes one this way: who represented it once may not any more. Of two
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
        if let Some(known) = self.participant_numbered(organization).await? {
            return match self.authorised(principal, known.id).await {
                Ok(_) => Ok(known.id),
                Err(ParticipantError::NotAuthorised) => Err(ParticipantError::AlreadyIn),
                Err(error) => Err(error),
            };
        }
        let mut batch = Batch::new();
        let id = self.new_participant(&mut batch, organization, now)?;
        batch.one(
            "insert into register_members (participant, person, authorised, asked_at, joined_at)
             values ($1, $2, $3, $4, $4)",
            args![id, principal.person, true, now],
        );
        let after = serde_json::json!({ "organization": organization.id });
        let action = "participant.bring-in";
        self.note(&mut batch, action, granted.actor(), id, after, now)?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(id),
            Err(CommitError::Constraint { unique: true, .. }) => Err(ParticipantError::TryAgain),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    pub(super) async fn participant_numbered(
        &self,
        organization: &Organization,
    ) -> Result<Option<Participant>, Fault> {
        let verified = &organization.verified;
        let sql = "select id, name, number_kind, number, created_at from register_participants
            where number_kind = $1 and number = $2";
        let number = args![verified.number_kind.name(), &verified.number];
        Ok(self.store.first(sql, number).await?)
    }

    pub(super) fn new_participant(
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
        add_words(batch, id, &verified.name, &verified.number);
        Ok(id)
    }
}

/// What a participant is found by.
pub(crate) fn add_words(batch: &mut Batch, id: ParticipantId, name: &str, number: &str) {
    let mut words = words_of(name);
    words.extend(words_of(number));
    for word in words {
        batch.one(
            "insert into register_participants_words (word, participant) values ($1, $2)",
            args![word.as_bytes(), id],
        );
    }
}
