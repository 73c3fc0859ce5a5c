//! The identity of a natural person as a registration authority verified it.

use std::{fmt, str::FromStr};

use chancery_store::{Batch, FromRow, Row, RowError, Timestamp, args};
use serde::{Deserialize, Serialize};

use crate::{Fault, IdentityId, PersonId, Register, person::parsed};

/// The vault's purpose for numbers of identity documents; the context is the person.
const PURPOSE: &str = "identity-document";

/// The kind of an identity document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// National identity card.
    IdentityCard,
    /// Passport.
    Passport,
    /// Residence permit.
    ResidencePermit,
    /// Driving licence, where it counts.
    DrivingLicence,
}

impl DocumentKind {
    /// All of them, in the order of a menu.
    pub const ALL: [Self; 4] = [
        Self::IdentityCard,
        Self::Passport,
        Self::ResidencePermit,
        Self::DrivingLicence,
    ];

    /// As it is stored and as forms name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::IdentityCard => "identity-card",
            Self::Passport => "passport",
            Self::ResidencePermit => "residence-permit",
            Self::DrivingLicence => "driving-licence",
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no kind of document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a kind of identity document")]
pub struct ParseDocumentKindError(pub String);

impl FromStr for DocumentKind {
    type Err = ParseDocumentKindError;

    fn from_str(text: &str) -> Result<Self, ParseDocumentKindError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| ParseDocumentKindError(text.to_owned()))
    }
}

/// A natural person's identity, found true by an officer.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedIdentity {
    /// Whose account it is.
    pub person: PersonId,
    /// Given names, as in the document.
    pub given_name: String,
    /// Surname, as in the document.
    pub surname: String,
    /// What was shown.
    pub document_kind: DocumentKind,
    /// Who gave it out: ISO 3166-1 alpha-2.
    pub document_country: String,
    /// Its number; sealed at rest.
    pub document_number: String,
    /// Which officer verified it.
    pub verified_by: PersonId,
    /// When.
    pub verified_at: Timestamp,
}

impl fmt::Debug for VerifiedIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedIdentity")
            .field("person", &self.person)
            .field("document_kind", &self.document_kind)
            .field("verified_at", &self.verified_at)
            .finish_non_exhaustive()
    }
}

/// A stored [`VerifiedIdentity`]: a fact of that day, never changed; a later verification adds another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NaturalPerson {
    /// Its id.
    pub id: IdentityId,
    /// What was verified.
    pub verified: VerifiedIdentity,
}

struct Stored {
    id: IdentityId,
    given_name: String,
    surname: String,
    document_kind: DocumentKind,
    document_country: String,
    document_number: Vec<u8>,
    verified_by: PersonId,
    verified_at: Timestamp,
}

impl FromRow for Stored {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: IdentityId::new(row.id(0)?),
            given_name: row.text(1)?,
            surname: row.text(2)?,
            document_kind: parsed(row, 3, "a kind of document")?,
            document_country: row.text(4)?,
            document_number: row.bytes(5)?,
            verified_by: PersonId::new(row.id(6)?),
            verified_at: row.time(7)?,
        })
    }
}

impl Register {
    /// Adds a verified identity to the batch of the officer's decision.
    pub fn identity_verified(
        &self,
        batch: &mut Batch,
        verified: &VerifiedIdentity,
    ) -> Result<IdentityId, Fault> {
        let id = IdentityId::new(chancery_keys::random_id(self.entropy.as_ref())?);
        let sealed = self.vault.seal(
            PURPOSE,
            verified.person.id().as_bytes(),
            verified.document_number.as_bytes(),
        )?;
        batch.one(
            "insert into register_identities (id, person, given_name, surname, document_kind,
                document_country, document_number, verified_at, verified_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            args![
                id,
                verified.person,
                &verified.given_name,
                &verified.surname,
                verified.document_kind.name(),
                &verified.document_country,
                sealed,
                verified.verified_at,
                verified.verified_by
            ],
        );
        Ok(id)
    }

    /// The last verified identity of a person.
    pub async fn identity_of(&self, person: PersonId) -> Result<Option<NaturalPerson>, Fault> {
        let stored: Option<Stored> = self
            .store
            .first(
                "select id, given_name, surname, document_kind, document_country, document_number,
                    verified_by, verified_at
                 from register_identities where person = $1
                 order by verified_at desc, id limit 1",
                args![person],
            )
            .await?;
        let Some(stored) = stored else {
            return Ok(None);
        };
        let number =
            self.vault
                .open_sealed(PURPOSE, person.id().as_bytes(), &stored.document_number)?;
        let document_number = String::from_utf8(number.to_vec())
            .map_err(|_| Fault::Missing("the number of the identity document"))?;
        Ok(Some(NaturalPerson {
            id: stored.id,
            verified: VerifiedIdentity {
                person,
                given_name: stored.given_name,
                surname: stored.surname,
                document_kind: stored.document_kind,
                document_country: stored.document_country,
                document_number,
                verified_by: stored.verified_by,
                verified_at: stored.verified_at,
            },
        }))
    }
}
