//! Fields of forms and what can be wrong with them: ids for names in forms and for keys of locales.

/// A field of a form; [`Field::id`] is its name in the form and in locale keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// [`crate::OrganizationData::name`]
    OrganizationName,
    /// [`crate::OrganizationData::country`]
    Country,
    /// [`crate::OrganizationData::state`]
    State,
    /// [`crate::OrganizationData::locality`]
    Locality,
    /// [`crate::OrganizationData::street`]
    Street,
    /// [`crate::OrganizationData::postal_code`]
    PostalCode,
    /// [`crate::OrganizationData::number_kind`]
    NumberKind,
    /// [`crate::OrganizationData::number`]
    Number,
    /// [`crate::PersonData::given_name`]
    GivenName,
    /// [`crate::PersonData::surname`]
    Surname,
    /// [`crate::PersonData::document_kind`]
    DocumentKind,
    /// [`crate::PersonData::document_country`]
    DocumentCountry,
    /// [`crate::PersonData::document_number`]
    DocumentNumber,
    /// [`crate::PersonData::role`]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_in_the_list_of_ids() {
        let statement = || "s".to_owned();
        let all = [
            Problem::Missing,
            Problem::TooLong { max: 1 },
            Problem::TooShort { min: 1 },
            Problem::ForbiddenCharacter,
            Problem::Markup,
            Problem::NoLetter,
            Problem::UnknownChoice,
            Problem::UnknownCountry,
            Problem::WrongCheckDigit,
            Problem::WrongFormat { expected: "lei" },
            Problem::OtherCountry {
                expected: "CZ".to_owned(),
            },
            Problem::NotCertifiable,
            Problem::NotAnAddress,
            Problem::NotTicked {
                statement: statement(),
            },
            Problem::NewVersion {
                statement: statement(),
            },
            Problem::DocumentMissing {
                document: statement(),
            },
            Problem::NotOffered,
        ];
        let ids: Vec<_> = all.iter().map(Problem::id).collect();
        assert_eq!(ids, Problem::IDS);
    }
}
