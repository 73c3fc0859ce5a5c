//! New people.

use chancery_audit::Actor;
use chancery_store::{Batch, CommitError, Timestamp, args};

use super::{MAX_NAME, NewPerson, PersonError, search::add_words};
use crate::{
    EmailAddress, Fault, Language, PersonId, Register, RegistrationNumber, Roles, Theme, password,
    text::clean_name,
};

/// How many registration numbers are drawn before giving up.
const NUMBER_TRIES: usize = 12;

/// What goes into a new row of `register_people`.
pub(crate) struct Entry<'a> {
    pub(crate) full_name: &'a str,
    pub(crate) email: &'a EmailAddress,
    pub(crate) language: Language,
    pub(crate) roles: &'a Roles,
    pub(crate) password: Option<String>,
    pub(crate) code: Option<(String, Timestamp)>,
}

/// What came of an attempt to add a row.
pub(crate) enum Entered {
    /// The person is there.
    New(PersonId),
    /// The address was taken a moment ago.
    AddressTaken,
}

impl Register {
    /// Puts a person into the register without a letter: an operator's or the sandbox's act.
    pub async fn add_person(
        &self,
        new: &NewPerson,
        actor: Actor,
        now: Timestamp,
    ) -> Result<PersonId, PersonError> {
        let full_name = clean_name(&new.full_name, MAX_NAME)?;
        let password = match &new.password {
            Some(secret) => Some(
                self.hasher
                    .hash(&password::composed(secret))
                    .await
                    .map_err(Fault::from)?,
            ),
            None => None,
        };
        let entry = Entry {
            full_name: &full_name,
            email: &new.email,
            language: new.language,
            roles: &new.roles,
            password,
            code: None,
        };
        match self.enter(&entry, &actor, now, |_, _, _| Ok(())).await? {
            Entered::New(person) => Ok(person),
            Entered::AddressTaken => Err(PersonError::AddressTaken),
        }
    }

    /// Adds a row of `register_people` under a free number; `more` adds to the batch.
    pub(crate) async fn enter(
        &self,
        entry: &Entry<'_>,
        actor: &Actor,
        now: Timestamp,
        more: impl Fn(&mut Batch, PersonId, &RegistrationNumber) -> Result<(), Fault>,
    ) -> Result<Entered, Fault> {
        let id = PersonId::new(chancery_keys::random_id(self.entropy.as_ref())?);
        let folded = entry.email.folded();
        for attempt in 0..NUMBER_TRIES {
            let number = RegistrationNumber::random(self.entropy.as_ref(), 6 + attempt / 3)?;
            let mut batch = Batch::new();
            let (code, expires) = entry.code.clone().unzip();
            batch.one(
                "insert into register_people (id, registration_number, full_name, email,
                    email_folded, language, theme, roles, staff, password, code, code_expires_at,
                    code_sent_at, created_at, version)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)",
                args![
                    id,
                    number.to_string(),
                    entry.full_name,
                    entry.email.to_string(),
                    &folded,
                    entry.language.tag(),
                    Theme::System.tag(),
                    entry.roles.to_stored(),
                    entry.roles.any_staff(),
                    entry.password.clone(),
                    code,
                    expires,
                    expires.map(|_| now),
                    now
                ],
            );
            add_words(&mut batch, id, entry.full_name, entry.email, &number);
            let after = serde_json::json!({ "roles": entry.roles });
            let object = ("person", id.to_string());
            self.record(
                &mut batch,
                "person.add",
                actor.clone(),
                object,
                Some(after),
                now,
            )?;
            more(&mut batch, id, &number)?;
            match self.store.commit(batch).await {
                Ok(()) => return Ok(Entered::New(id)),
                Err(CommitError::Constraint {
                    unique: true,
                    statement: 0,
                    ..
                }) => {
                    let taken = self
                        .store
                        .rows(
                            "select id from register_people where email_folded = $1",
                            args![&folded],
                        )
                        .await?;
                    if !taken.is_empty() {
                        return Ok(Entered::AddressTaken);
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(Fault::Numbers {
            tries: NUMBER_TRIES,
        })
    }
}
