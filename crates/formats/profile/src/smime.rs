//! The kinds of S/MIME certificate and the tables of the S/MIME Baseline Requirements that say what each may contain.

use const_oid::ObjectIdentifier;
use serde::Deserialize;

use crate::SubjectAttribute;

/// 2.23.140.1.5, the arc reserved for S/MIME certificates (S/MIME BR 7.1.6.1).
const ARC: &str = "2.23.140.1.5.";

/// Who the subject of an S/MIME certificate is (S/MIME BR 1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SmimeType {
    /// Only control of the mailbox was verified.
    Mailbox,
    /// A legal entity.
    Organization,
    /// A natural person together with the organisation that vouches for them.
    Sponsor,
    /// A natural person alone.
    Individual,
}

/// The generation of S/MIME profiles (S/MIME BR 1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Generation {
    /// Must not be issued since 15 July 2025 (S/MIME BR 7.1.6.1): recognised, never issued.
    Legacy,
    /// Beside e-mail protection other key purposes may stand, for instance client authentication.
    Multipurpose,
    /// E-mail protection alone.
    Strict,
}

/// What the Baseline Requirements say of one attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// SHALL
    Required,
    /// MAY
    Allowed,
    /// SHALL NOT
    Forbidden,
}

impl SmimeType {
    /// Every type, in the order of their policy identifiers.
    pub const ALL: [Self; 4] = [
        Self::Mailbox,
        Self::Organization,
        Self::Sponsor,
        Self::Individual,
    ];

    /// The word used in profile files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mailbox => "mailbox",
            Self::Organization => "organization",
            Self::Sponsor => "sponsor",
            Self::Individual => "individual",
        }
    }

    /// The clause with this type's table of attributes.
    #[must_use]
    pub const fn clause(self) -> &'static str {
        match self {
            Self::Mailbox => "S/MIME BR 7.1.4.2.3",
            Self::Organization => "S/MIME BR 7.1.4.2.4",
            Self::Sponsor => "S/MIME BR 7.1.4.2.5",
            Self::Individual => "S/MIME BR 7.1.4.2.6",
        }
    }

    /// What the tables of 7.1.4.2.3 to 7.1.4.2.6 say of an attribute for the generations that are still issued.
    #[must_use]
    pub const fn rule(self, generation: Generation, attribute: SubjectAttribute) -> Rule {
        use SubjectAttribute as A;
        let names_organization = matches!(self, Self::Organization | Self::Sponsor);
        let names_person = matches!(self, Self::Sponsor | Self::Individual);
        let allowed = match attribute {
            A::CommonName | A::SerialNumber | A::EmailAddress => true,
            A::OrganizationName | A::OrganizationIdentifier => {
                return if names_organization {
                    Rule::Required
                } else {
                    Rule::Forbidden
                };
            }
            A::OrganizationalUnitName => names_organization,
            A::GivenName | A::Surname => names_person,
            A::StreetAddress | A::PostalCode => {
                !matches!(self, Self::Mailbox) && !matches!(generation, Generation::Strict)
            }
            A::LocalityName | A::StateOrProvinceName | A::CountryName => {
                !matches!(self, Self::Mailbox)
            }
        };
        if allowed {
            Rule::Allowed
        } else {
            Rule::Forbidden
        }
    }

    /// The policy identifier reserved for this type and generation.
    #[must_use]
    pub fn policy(self, generation: Generation) -> ObjectIdentifier {
        let policy = match (self, generation) {
            (Self::Mailbox, Generation::Legacy) => "2.23.140.1.5.1.1",
            (Self::Mailbox, Generation::Multipurpose) => "2.23.140.1.5.1.2",
            (Self::Mailbox, Generation::Strict) => "2.23.140.1.5.1.3",
            (Self::Organization, Generation::Legacy) => "2.23.140.1.5.2.1",
            (Self::Organization, Generation::Multipurpose) => "2.23.140.1.5.2.2",
            (Self::Organization, Generation::Strict) => "2.23.140.1.5.2.3",
            (Self::Sponsor, Generation::Legacy) => "2.23.140.1.5.3.1",
            (Self::Sponsor, Generation::Multipurpose) => "2.23.140.1.5.3.2",
            (Self::Sponsor, Generation::Strict) => "2.23.140.1.5.3.3",
            (Self::Individual, Generation::Legacy) => "2.23.140.1.5.4.1",
            (Self::Individual, Generation::Multipurpose) => "2.23.140.1.5.4.2",
            (Self::Individual, Generation::Strict) => "2.23.140.1.5.4.3",
        };
        ObjectIdentifier::new_unwrap(policy)
    }
}

impl Generation {
    /// Every generation, in the order of their policy identifiers.
    pub const ALL: [Self; 3] = [Self::Legacy, Self::Multipurpose, Self::Strict];

    /// The word used in profile files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Legacy => "legacy",
            Self::Multipurpose => "multipurpose",
            Self::Strict => "strict",
        }
    }

    /// The longest validity in days (S/MIME BR 6.3.2).
    #[must_use]
    pub const fn maximum_days(self) -> u32 {
        match self {
            Self::Legacy => 1185,
            Self::Multipurpose | Self::Strict => 825,
        }
    }
}

/// `pseudonym`, allowed where a person is named; no profile of this product has it yet.
pub(crate) const PSEUDONYM: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.65");
/// `title`, likewise.
pub(crate) const TITLE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.12");

/// Whether the subject is, or is represented by, a natural person.
pub(crate) const fn names_person(subject_type: SmimeType) -> bool {
    matches!(subject_type, SmimeType::Sponsor | SmimeType::Individual)
}

/// Type and generation that a reserved policy identifier stands for; `None` for any other identifier.
#[must_use]
pub fn reserved_policy(oid: ObjectIdentifier) -> Option<(SmimeType, Generation)> {
    SmimeType::ALL
        .into_iter()
        .flat_map(|kind| Generation::ALL.map(|generation| (kind, generation)))
        .find(|(kind, generation)| kind.policy(*generation) == oid)
}

/// Whether an identifier lies in the arc reserved for S/MIME, assigned or not.
#[must_use]
pub fn in_reserved_arc(oid: ObjectIdentifier) -> bool {
    oid.to_string().starts_with(ARC)
}
