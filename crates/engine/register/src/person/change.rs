//! What a person, or an operator, changes about an account.

use chancery_audit::Actor;
use chancery_store::{Batch, Timestamp, args};

use super::{MAX_NAME, PersonError, RolesError, end_sessions, search::add_words, set_roles};
use crate::{
    Fault, Language, Permission, PersonId, Principal, Register, Roles, Theme, session::is_conflict,
    text::clean_name,
};

impl Register {
    /// The person's language from now on.
    pub async fn set_language(&self, person: PersonId, language: Language) -> Result<(), Fault> {
        let mut batch = Batch::new();
        batch.any(
            "update register_people set language = $1 where id = $2",
            args![language.tag(), person],
        );
        Ok(self.store.commit(batch).await?)
    }

    /// The person's theme from now on.
    pub async fn set_theme(&self, person: PersonId, theme: Theme) -> Result<(), Fault> {
        let mut batch = Batch::new();
        batch.any(
            "update register_people set theme = $1 where id = $2",
            args![theme.tag(), person],
        );
        Ok(self.store.commit(batch).await?)
    }

    /// Changes the person's own name.
    pub async fn set_full_name(
        &self,
        principal: &Principal,
        full_name: &str,
        now: Timestamp,
    ) -> Result<(), PersonError> {
        let full_name = clean_name(full_name, MAX_NAME)?;
        principal
            .require(Permission::EditProfile)
            .map_err(Fault::Denied)?;
        let Some(person) = self.person(principal.person).await? else {
            return Err(Fault::Missing("the person of the session").into());
        };
        let mut batch = Batch::new();
        batch.one(
            "update register_people set full_name = $1, version = version + 1 where id = $2",
            args![&full_name, person.id],
        );
        batch.any(
            "delete from register_people_words where person = $1",
            args![person.id],
        );
        add_words(
            &mut batch,
            person.id,
            &full_name,
            &person.email,
            &person.registration_number,
        );
        let after = serde_json::json!({ "fields": ["full_name"] });
        let object = ("person", person.id.to_string());
        self.record(
            &mut batch,
            "person.change",
            principal.actor(),
            object,
            Some(after),
            now,
        )?;
        self.store.commit(batch).await.map_err(Fault::from)?;
        Ok(())
    }

    /// Gives a person these roles and no others, and ends their sessions.
    pub async fn set_roles(
        &self,
        person: PersonId,
        roles: &Roles,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), RolesError> {
        let mut batch = Batch::new();
        set_roles(&mut batch, person, roles);
        end_sessions(&mut batch, person);
        let after = serde_json::json!({ "roles": roles });
        let object = ("person", person.to_string());
        self.record(&mut batch, "person.roles", actor, object, Some(after), now)?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(error) if is_conflict(&error) => Err(RolesError::NoSuchPerson),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// A statement that fails the batch as a conflict where the person is shut out by then.
    pub fn require_enabled(batch: &mut Batch, person: PersonId) {
        // Written, not only read, so that shutting out at the same moment comes before or after.
        batch.one(
            "update register_people set disabled_at = null where id = $1 and disabled_at is null",
            args![person],
        );
    }

    /// Shuts a person out, or lets them in again: an operator's act.
    pub async fn set_disabled(
        &self,
        person: PersonId,
        disabled: bool,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(), RolesError> {
        let mut batch = Batch::new();
        batch.one(
            "update register_people set disabled_at = $1, version = version + 1 where id = $2",
            args![disabled.then_some(now), person],
        );
        end_sessions(&mut batch, person);
        let after = serde_json::json!({ "disabled": disabled });
        let object = ("person", person.to_string());
        self.record(
            &mut batch,
            "person.disable",
            actor,
            object,
            Some(after),
            now,
        )?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(error) if is_conflict(&error) => Err(RolesError::NoSuchPerson),
            Err(error) => Err(Fault::from(error).into()),
        }
    }
}
