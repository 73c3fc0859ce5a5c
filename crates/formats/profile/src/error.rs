//! Why a profile file, or a set of them, is refused.

use std::fmt;

use thiserror::Error;

use crate::SubjectAttribute;

/// A profile file that cannot be used: where and what.
///
/// Displayed as `smime-mailbox-multipurpose:12:5: …`; line and column count from 1, the column in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileError {
    /// The name of the profile, which is the name of its file without `.toml`.
    pub profile: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub problem: Problem,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}.toml:{}:{}: {}",
            self.profile, self.line, self.column, self.problem
        )
    }
}

impl std::error::Error for ProfileError {}

/// What is wrong in a profile file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// The text is not TOML, or a key or value is none that a profile has; the text names what is allowed.
    #[error("{message}")]
    Toml {
        /// The parser's own words.
        message: String,
    },
    /// A section or key that this kind of profile needs is absent.
    #[error("a profile of kind \"{kind}\" needs `{key}`: {reason}")]
    Needed {
        /// The kind of the profile.
        kind: &'static str,
        /// The key.
        key: &'static str,
        /// Why, with the clause.
        reason: &'static str,
    },
    /// A section or key that this kind of profile may not have is present.
    #[error("`{key}` has no place in a profile of kind \"{kind}\": {reason}")]
    Misplaced {
        /// The kind of the profile.
        kind: &'static str,
        /// The key.
        key: &'static str,
        /// Why, with the clause.
        reason: &'static str,
    },
    /// A text that must say something is empty.
    #[error("`{key}` is empty")]
    Empty {
        /// The key.
        key: &'static str,
    },
    /// A number outside its range.
    #[error("{value} is not allowed for `{key}`: from {minimum} to {maximum} ({clause})")]
    OutOfRange {
        /// The key.
        key: &'static str,
        /// The number that stands there.
        value: u32,
        /// The smallest allowed.
        minimum: u32,
        /// The largest allowed.
        maximum: u32,
        /// The rule.
        clause: &'static str,
    },
    /// A size of RSA modulus that is not a multiple of eight.
    #[error(
        "{value} bits is no size for an RSA key here: a multiple of 8 is needed (S/MIME BR 6.1.5)"
    )]
    OddModulusSize {
        /// The size in bits.
        value: u32,
    },
    /// No key algorithm is allowed at all.
    #[error("no key is allowed: give `rsa-bits`, `curves` or `ed25519 = true`")]
    NoKeyAllowed,
    /// The legacy generation of S/MIME profiles.
    #[error(
        "certificates of the legacy generation must not be issued since 15 July 2025 (S/MIME BR 7.1.6.1); allowed: multipurpose, strict"
    )]
    LegacyGeneration,
    /// The same entry twice in a list.
    #[error("\"{value}\" stands twice in `{key}`")]
    Repeated {
        /// The key of the list.
        key: &'static str,
        /// The entry.
        value: String,
    },
    /// An attribute that the rules do not let stand in this kind of certificate.
    #[error("{attribute} must not stand in this kind of certificate ({clause})")]
    ForbiddenAttribute {
        /// The attribute.
        attribute: SubjectAttribute,
        /// The rule.
        clause: &'static str,
    },
    /// An attribute that the rules require and the profile does not.
    #[error("{attribute} must be listed with presence = \"required\" ({clause})")]
    RequiredAttribute {
        /// The attribute.
        attribute: SubjectAttribute,
        /// The rule.
        clause: &'static str,
    },
    /// Neither `givenName` nor `surname` is required where a person is named.
    #[error(
        "surname must be listed with presence = \"required\" (S/MIME BR 7.1.4.2.2 e, {clause})"
    )]
    NoPersonalName {
        /// The rule with the table of attributes.
        clause: &'static str,
    },
    /// A key usage that this kind of certificate or this kind of key must not have.
    #[error("{value} is not allowed in `{key}` here: {reason}")]
    ForbiddenUsage {
        /// The key.
        key: &'static str,
        /// The usage.
        value: String,
        /// Why, with the clause.
        reason: &'static str,
    },
    /// A usage that this kind of certificate must have is missing.
    #[error("{value} is missing from `{key}`: {reason}")]
    MissingUsage {
        /// The key.
        key: &'static str,
        /// The usage.
        value: &'static str,
        /// Why, with the clause.
        reason: &'static str,
    },
    /// A key purpose that none of the key usage bits can carry out.
    #[error("`{key}` holds no usage for the key purpose {purpose} (RFC 5280 section 4.2.1.12)")]
    UsageForPurpose {
        /// The key.
        key: &'static str,
        /// The key purpose.
        purpose: String,
    },
    /// A key purpose that is neither a known name nor an object identifier.
    #[error("\"{value}\" is no key purpose; allowed: {allowed}")]
    UnknownPurpose {
        /// What stands there.
        value: String,
        /// What may stand there.
        allowed: &'static str,
    },
    /// A text that is no object identifier.
    #[error("\"{value}\" is no object identifier; write it dotted, for instance 2.23.140.1.5.1.2")]
    NotAnOid {
        /// What stands there.
        value: String,
    },
    /// The policy identifiers of an S/MIME profile are not exactly the reserved one for its type and generation.
    #[error(
        "exactly one reserved policy identifier must stand here, {expected} for this type and generation (S/MIME BR 7.1.2.3 a, 7.1.6.1)"
    )]
    ReservedPolicy {
        /// The identifier for the profile's type and generation.
        expected: String,
    },
}

/// Why a set of profiles that are each well formed cannot be used together.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SetError {
    /// A file is wrong in itself.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The same name twice.
    #[error("profile \"{name}\" is given twice")]
    Duplicate {
        /// The name.
        name: String,
    },
    /// A profile that the authority cannot work without is missing.
    #[error("profile \"{name}\" is missing; the authority cannot work without it")]
    Missing {
        /// The name.
        name: &'static str,
    },
    /// A profile under a well-known name is of another kind.
    #[error("profile \"{name}\" must be of kind \"{expected}\", it is \"{found}\"")]
    WrongKind {
        /// The name.
        name: String,
        /// The kind that the name stands for.
        expected: &'static str,
        /// The kind that the file says.
        found: &'static str,
    },
    /// `issued-by` names a profile that is not there.
    #[error(
        "{profile}.toml:{line}:{column}: there is no profile \"{issuer}\" to issue this one; there are: {known}"
    )]
    UnknownIssuer {
        /// The profile that names it.
        profile: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// The name that is not known.
        issuer: String,
        /// The names that are.
        known: String,
    },
    /// `issued-by` names a profile that is no authority's.
    #[error(
        "{profile}.toml:{line}:{column}: \"{issuer}\" is a profile of kind \"{kind}\", which cannot issue certificates"
    )]
    NotAnAuthority {
        /// The profile that names it.
        profile: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// The issuer named.
        issuer: String,
        /// Its kind.
        kind: &'static str,
    },
    /// A key purpose or policy that the issuing authority's own certificate does not carry: relying parties would
    /// refuse it.
    #[error(
        "{profile}.toml:{line}:{column}: certificates of this profile carry {beyond}, which authorities of profile \"{issuer}\" do not (RFC 5280 section 6.1, S/MIME BR 7.1.5)"
    )]
    BeyondIssuer {
        /// The profile.
        profile: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is beyond: "the key purpose …" or "the policy …".
        beyond: String,
        /// The issuer named.
        issuer: String,
    },
}
