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

/// A field of a form; [`Field::id`] is its name in the form and in locale keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// [`OrganizationData::name`]
    OrganizationName,
    /// [`OrganizationData::country`]
    Country,
    /// [`OrganizationData::state`]
    State,
    /// [`OrganizationData::locality`]
    Locality,
    /// [`OrganizationData::street`]
    Street,
    /// [`OrganizationData::postal_code`]
    PostalCode,
    /// [`OrganizationData::number_kind`]
    NumberKind,
    /// [`OrganizationData::number`]
    Number,
    /// [`PersonData::given_name`]
    GivenName,
    /// [`PersonData::surname`]
    Surname,
    /// [`PersonData::document_kind`]
    DocumentKind,
    /// [`PersonData::document_country`]
    DocumentCountry,
    /// [`PersonData::document_number`]
    DocumentNumber,
    /// [`PersonData::role`]
    Role,
    /// The documents attached.
    Documents,
    /// The statements ticked.
    Statements,
    /// The e-mail address to be verified.
    Email,
    /// The common name chosen for the certificate.
    CommonName,
    /// The certificate request.
    Csr,
    /// The officer's reason.
    Reason,
}

impl Field {
    /// The name in the form, as `organization.name`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::OrganizationName => "organization.name",
            Self::Country => "organization.country",
            Self::State => "organization.state",
            Self::Locality => "organization.locality",
            Self::Street => "organization.street",
            Self::PostalCode => "organization.postal_code",
            Self::NumberKind => "organization.number_kind",
            Self::Number => "organization.number",
            Self::GivenName => "person.given_name",
            Self::Surname => "person.surname",
            Self::DocumentKind => "person.document_kind",
            Self::DocumentCountry => "person.document_country",
            Self::DocumentNumber => "person.document_number",
            Self::Role => "person.role",
            Self::Documents => "documents",
            Self::Statements => "statements",
            Self::Email => "email",
            Self::CommonName => "common_name",
            Self::Csr => "csr",
            Self::Reason => "reason",
        }
    }
}

/// What is wrong with a field; [`Problem::id`] is the locale key's last part, [`Problem::args`] its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was typed.
    Missing,
    /// More characters than fit.
    TooLong {
        /// The most that fit.
        max: usize,
    },
    /// Fewer characters than make sense.
    TooShort {
        /// The fewest.
        min: usize,
    },
    /// A line break, or a control, bidirectional or invisible character.
    ForbiddenCharacter,
    /// `<` or `>`.
    Markup,
    /// No letter where a name is expected.
    NoLetter,
    /// Not one of the choices.
    UnknownChoice,
    /// Not an ISO 3166-1 alpha-2 code.
    UnknownCountry,
    /// The check digit does not fit; may be sent on knowingly.
    WrongCheckDigit,
    /// Not the shape of such a number.
    WrongFormat {
        /// The kind of number, for the words that describe its shape and for an example.
        expected: &'static str,
    },
    /// The number comes from a register of another country.
    OtherCountry {
        /// The country of the register.
        expected: String,
    },
    /// A number that the S/MIME Baseline Requirements have no registration scheme for.
    NotCertifiable,
    /// Not an e-mail address that can stand in a certificate (RFC 5321, RFC 8398 excluded).
    NotAnAddress,
    /// A statement is not ticked.
    NotTicked {
        /// Its id.
        statement: String,
    },
    /// The text of a statement changed since the page was made.
    NewVersion {
        /// Its id.
        statement: String,
    },
    /// Not among the choices that the verified data allow.
    NotOffered,
    /// A document that the product needs is not attached.
    DocumentMissing {
        /// Its id in the product file.
        document: String,
    },
}

impl Problem {
    /// Every [`Problem::id`], for a check that each has words.
    pub const IDS: [&str; 17] = [
        "missing",
        "too-long",
        "too-short",
        "forbidden-character",
        "markup",
        "no-letter",
        "unknown-choice",
        "unknown-country",
        "wrong-check-digit",
        "wrong-format",
        "other-country",
        "not-certifiable",
        "not-an-address",
        "not-ticked",
        "new-version",
        "document-missing",
        "not-offered",
    ];

    /// The last part of the locale key.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong { .. } => "too-long",
            Self::TooShort { .. } => "too-short",
            Self::ForbiddenCharacter => "forbidden-character",
            Self::Markup => "markup",
            Self::NoLetter => "no-letter",
            Self::UnknownChoice => "unknown-choice",
            Self::UnknownCountry => "unknown-country",
            Self::WrongCheckDigit => "wrong-check-digit",
            Self::WrongFormat { .. } => "wrong-format",
            Self::OtherCountry { .. } => "other-country",
            Self::NotCertifiable => "not-certifiable",
            Self::NotAnAddress => "not-an-address",
            Self::NotTicked { .. } => "not-ticked",
            Self::NewVersion { .. } => "new-version",
            Self::NotOffered => "not-offered",
            Self::DocumentMissing { .. } => "document-missing",
        }
    }

    /// The values of the locale text, by name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLong { max } => vec![("max", max.to_string())],
            Self::TooShort { min } => vec![("min", min.to_string())],
            Self::OtherCountry { expected } => vec![("expected", expected.clone())],
            Self::WrongFormat { expected } => vec![("expected", (*expected).to_owned())],
            Self::NotTicked { statement } | Self::NewVersion { statement } => {
                vec![("statement", statement.clone())]
            }
            Self::DocumentMissing { document } => vec![("document", document.clone())],
            Self::Missing
            | Self::ForbiddenCharacter
            | Self::Markup
            | Self::NoLetter
            | Self::WrongCheckDigit
            | Self::NotCertifiable
            | Self::UnknownChoice
            | Self::UnknownCountry
            | Self::NotOffered
            | Self::NotAnAddress => Vec::new(),
        }
    }
}

/// A field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field.
    pub field: Field,
    /// What is wrong.
    pub problem: Problem,
}
