//! What an applicant types: kept as typed while it is a draft, checked when it is submitted.

use serde::{Deserialize, Serialize};

/// The data of an application. Every field is what the person typed; nothing is checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationData {
    /// The organisation, for [`crate::Kind::Organization`] and [`crate::Kind::Sponsor`].
    pub organization: OrganizationData,
    /// The natural person, for [`crate::Kind::Individual`] and [`crate::Kind::Sponsor`].
    pub person: PersonData,
}

/// An organisation and its headquarters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationData {
    /// The registered name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// State or province; may be empty.
    pub state: String,
    /// Town.
    pub locality: String,
    /// Street and house number.
    pub street: String,
    /// Post code.
    pub postal_code: String,
    /// The kind of the registration number, as `chancery_register`'s number kinds are written: `cz-ico`, `lei`…
    pub number_kind: String,
    /// The registration number.
    pub number: String,
    /// How its existence is to be shown.
    pub proof: ExistenceProof,
}

/// How the existence of an organisation is to be shown (H3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExistenceProof {
    /// The officer looks the number up in the public register.
    #[default]
    RegistrationNumber,
    /// A document that the applicant attaches.
    Document,
}

/// A natural person.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonData {
    /// Given names as in the identity document.
    pub given_name: String,
    /// Surname as in the identity document.
    pub surname: String,
    /// [`chancery_register::DocumentKind`] as it is written; empty until chosen.
    pub document_kind: String,
    /// The country that issued it, ISO 3166-1 alpha-2.
    pub document_country: String,
    /// Number of the identity document.
    pub document_number: String,
    /// The person's role in the organisation, for [`crate::Kind::Sponsor`].
    pub role: String,
}

/// The number of an identity document belongs in no log.
impl std::fmt::Debug for PersonData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonData").finish_non_exhaustive()
    }
}
