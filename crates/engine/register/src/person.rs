//! People as the register knows them.

mod change;
mod entry;
mod search;

use chancery_audit::Actor;
use chancery_store::{Batch, FromRow, Row, RowError, Timestamp, args};
use secrecy::SecretString;

pub(crate) use entry::{Entered, Entry};
pub(crate) use search::words_of;

use crate::{
    EmailAddress, Fault, Language, PersonId, RegistrationNumber, Role, Roles, Theme,
    text::TextError,
};

/// Longest full name, in characters.
pub(crate) const MAX_NAME: usize = 120;

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
