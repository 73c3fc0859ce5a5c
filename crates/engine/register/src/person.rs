//! People as the register knows them.

use std::collections::BTreeSet;

use chancery_audit::Actor;
use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Timestamp, args};
use secrecy::SecretString;

use crate::{
    EmailAddress, Fault, Language, Permission, PersonId, Principal, Register, RegistrationNumber,
    Role, Roles, Theme, log_in, password,
    text::{TextError, clean_name, fold},
};

/// Longest full name, in characters.
pub(crate) const MAX_NAME: usize = 120;
/// How many registration numbers are drawn before giving up.
const NUMBER_TRIES: usize = 12;

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// The number that they are known by.
    pub registration_number: RegistrationNumber,
    /// As they typed it, cleaned.
    pub full_name: String,
    /// Their address.
    pub email: EmailAddress,
    /// The language of pages and letters.
    pub language: Language,
    /// Dark or light pages.
    pub theme: Theme,
    /// What they are to the environment.
    pub roles: Roles,
    /// Whether they have chosen a password.
    pub has_password: bool,
    /// Whether a second factor is set up.
    pub has_second_factor: bool,
    /// When they came.
    pub created_at: Timestamp,
    /// When they were shut out, if they are.
    pub disabled_at: Option<Timestamp>,
}

macro_rules! select_person {
    ($tail:literal) => {
        concat!(
            "select p.id, p.registration_number, p.full_name, p.email, p.language, p.theme, p.roles,
                p.password is not null, t.confirmed_at, p.created_at, p.disabled_at
             from register_people p left join register_totp t on t.person = p.id ",
            $tail
        )
    };
}

/// Reads a text column that holds a value of ours.
pub(crate) fn parsed<T: std::str::FromStr>(
    row: &Row,
    column: usize,
    expected: &'static str,
) -> Result<T, RowError> {
    row.text(column)?
        .parse()
        .map_err(|_| RowError { column, expected })
}

/// Reads a column of roles.
pub(crate) fn roles(row: &Row, column: usize) -> Result<Roles, RowError> {
    Roles::from_stored(&row.text(column)?).map_err(|_| RowError {
        column,
        expected: "roles",
    })
}

impl FromRow for Person {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: PersonId::new(row.id(0)?),
            registration_number: parsed(row, 1, "a registration number")?,
            full_name: row.text(2)?,
            email: parsed(row, 3, "an e-mail address")?,
            language: parsed(row, 4, "a language")?,
            theme: parsed(row, 5, "a theme")?,
            roles: roles(row, 6)?,
            has_password: row.bool(7)?,
            has_second_factor: row.opt_time(8)?.is_some(),
            created_at: row.time(9)?,
            disabled_at: row.opt_time(10)?,
        })
    }
}

/// A person whom an operator or the sandbox puts into the register.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// Their full name.
    pub full_name: String,
    /// Their address.
    pub email: EmailAddress,
    /// The language of pages and letters.
    pub language: Language,
    /// What they are to the environment.
    pub roles: Roles,
    /// A password, if they have one from the start.
    pub password: Option<SecretString>,
}

/// A person was not added.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// The name cannot stand.
    #[error("the name cannot stand")]
    Name(#[from] TextError),
    /// The address has an account.
    #[error("the address has an account already")]
    AddressTaken,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Roles were not changed.
#[derive(Debug, thiserror::Error)]
pub enum RolesError {
    /// There is no such person.
    #[error("there is no such person")]
    NoSuchPerson,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

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
    /// The person with that id.
    pub async fn person(&self, id: PersonId) -> Result<Option<Person>, Fault> {
        let sql = select_person!("where p.id = $1");
        Ok(self.store.first(sql, args![id]).await?)
    }

    /// The person with that e-mail address or registration number.
    pub async fn find_person(&self, login: &str) -> Result<Option<Person>, Fault> {
        let found = match log_in::LoginName::parse(login) {
            log_in::LoginName::Email(folded) => {
                let sql = select_person!("where p.email_folded = $1");
                self.store.first(sql, args![folded]).await?
            }
            log_in::LoginName::Number(number) => {
                let sql = select_person!("where p.registration_number = $1");
                self.store.first(sql, args![number.to_string()]).await?
            }
            log_in::LoginName::Nobody(_) => None,
        };
        Ok(found)
    }

    /// At most `limit` people with names, addresses or numbers that start with each word of `text`.
    pub async fn find_people(&self, text: &str, limit: u32) -> Result<Vec<Person>, Fault> {
        let mut words: Vec<String> = words_of(text).into_iter().collect();
        // The longest word leaves the fewest to look at.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let Some(longest) = words.first() else {
            return Ok(Vec::new());
        };
        let sql = select_person!(
            "where p.id in (select w.person from register_people_words w
                where w.word >= $1 and w.word < $2)
             order by p.full_name, p.id limit 500"
        );
        let from = longest.as_bytes();
        // No octet of UTF-8 is 0xff.
        let beyond = [from, &[0xff]].concat();
        let people: Vec<Person> = self.store.all(sql, args![from, beyond]).await?;
        let fits = |person: &Person| {
            let own = person_words(
                &person.full_name,
                &person.email,
                &person.registration_number,
            );
            words
                .iter()
                .all(|word| own.iter().any(|own| own.starts_with(word.as_str())))
        };
        Ok(people
            .into_iter()
            .filter(fits)
            .take(usize::try_from(limit).unwrap_or(usize::MAX))
            .collect())
    }

    /// The first people that came, at most `limit`: the sandbox's door lists them.
    pub async fn people(&self, limit: u32) -> Result<Vec<Person>, Fault> {
        let sql =
            select_person!("where p.disabled_at is null order by p.created_at, p.id limit $1");
        Ok(self.store.all(sql, args![limit]).await?)
    }

    /// Everybody with a role of staff.
    pub async fn staff(&self) -> Result<Vec<Person>, Fault> {
        let sql = select_person!("where p.staff = $1 order by p.email_folded");
        Ok(self.store.all(sql, args![true]).await?)
    }

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
        if !principal.may(Permission::EditProfile) {
            return Err(Fault::Missing("the permission to edit the profile").into());
        }
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
            Err(CommitError::Conflict { .. }) => Err(RolesError::NoSuchPerson),
            Err(error) => Err(Fault::from(error).into()),
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

/// Sets the roles of one person.
pub(crate) fn set_roles(batch: &mut Batch, person: PersonId, roles: &Roles) {
    batch.one(
        "update register_people set roles = $1, staff = $2, version = version + 1 where id = $3",
        args![roles.to_stored(), roles.any_staff(), person],
    );
}

/// Ends every session of one person.
pub(crate) fn end_sessions(batch: &mut Batch, person: PersonId) {
    batch.any(
        "delete from register_sessions where person = $1",
        args![person],
    );
}

/// The person as themselves, before they are logged in.
pub(crate) fn themselves(person: PersonId, from: Option<std::net::IpAddr>) -> Actor {
    Actor::Person {
        id: person.id(),
        role: Role::Subscriber.name(),
        from,
    }
}

fn words_of(text: &str) -> BTreeSet<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(16)
        .map(str::to_owned)
        .collect()
}

fn person_words(
    full_name: &str,
    email: &EmailAddress,
    number: &RegistrationNumber,
) -> BTreeSet<String> {
    let mut words = words_of(full_name);
    words.extend(words_of(&email.folded()));
    words.extend(words_of(&number.to_string()));
    words
}

fn add_words(
    batch: &mut Batch,
    person: PersonId,
    full_name: &str,
    email: &EmailAddress,
    number: &RegistrationNumber,
) {
    for word in person_words(full_name, email, number) {
        batch.one(
            "insert into register_people_words (word, person) values ($1, $2)",
            args![word.as_bytes(), person],
        );
    }
}
