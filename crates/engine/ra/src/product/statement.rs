//! Statements that applicants tick.

use std::fmt;

use chancery_keys::digest_code;
use serde::Deserialize;

use super::Texts;

/// At which step a statement is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatementAt {
    /// With the data.
    Data,
    /// Before the certificate is issued: the subscriber agreement is one.
    Activation,
}

/// A statement that the applicant ticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Names it over all its versions.
    pub id: String,
    /// Changes with its text.
    pub version: String,
    /// When it is made.
    pub at: StatementAt,
    /// What is said.
    pub text: Texts,
}

impl Statement {
    /// Id and version, as a form posts them back.
    #[must_use]
    pub fn reference(&self) -> StatementVersion {
        StatementVersion {
            id: self.id.clone(),
            version: self.version.clone(),
        }
    }

    /// SHA-256 of the text in that language, kept as evidence of what was ticked.
    #[must_use]
    pub fn text_hash(&self, language: &str) -> [u8; 32] {
        digest_code(self.text.text(language))
    }
}

/// A statement as it is ticked in a form, written `id@version`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StatementVersion {
    /// [`Statement::id`]
    pub id: String,
    /// [`Statement::version`]
    pub version: String,
}

impl fmt::Display for StatementVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.id, self.version)
    }
}

/// The text is not `id@version`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a statement is referred to as id@version")]
pub struct ParseStatementError;

impl std::str::FromStr for StatementVersion {
    type Err = ParseStatementError;

    fn from_str(text: &str) -> Result<Self, ParseStatementError> {
        match text.split_once('@') {
            Some((id, version)) if !id.is_empty() && !version.is_empty() => Ok(Self {
                id: id.to_owned(),
                version: version.to_owned(),
            }),
            _ => Err(ParseStatementError),
        }
    }
}
