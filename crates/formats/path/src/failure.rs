//! Why a path is not valid: the certificate, the reason, the clause.

use std::fmt;

use chancery_x509::{
    ObjectIdentifier, ParseError, PublicKeyKind, RevocationReason, SignatureAlgorithm, time,
};
use serde::Serialize;
use thiserror::Error;

use crate::deviation::Deviation;
use crate::purpose::Purpose;
use crate::revocation::Unknown;

/// One reason why a path is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The certificate that it is about; none where it is about the path as a whole.
    pub place: Option<Place>,
    /// The reason.
    pub kind: FailureKind,
}

/// A certificate's place in a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Counted from the end entity, which is 0; the trust anchor comes after the last certificate.
    pub index: usize,
    /// The subject, as RFC 4514 would write it in the order of the encoding.
    pub subject: String,
    /// Hexadecimal; none for a trust anchor given as name and key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "certificate {} ({})", self.index, self.subject)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{} ({})", self.kind, self.clause())
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// The kind of finding.
    #[must_use]
    pub fn finding(&self) -> Finding {
        self.kind.finding()
    }

    /// The standard and clause.
    #[must_use]
    pub fn clause(&self) -> &'static str {
        self.kind.clause()
    }
}

/// What went wrong, in the terms of the standards.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FailureKind {
    /// The certificate cannot be read.
    #[error("the certificate cannot be read: {problem}")]
    Unreadable {
        /// What is wrong in it.
        problem: ParseError,
    },
    /// An extension that counts in validation cannot be read.
    #[error("the extension {oid} cannot be read: {problem}")]
    UnreadableExtension {
        /// Which.
        oid: ObjectIdentifier,
        /// What is wrong in it.
        problem: ParseError,
    },
    /// A name in the certificate has no valid form.
    #[error("the {form} {name:?} in subjectAltName has no valid form")]
    MalformedName {
        /// The form, named as in the standard.
        form: &'static str,
        /// The name.
        name: String,
    },
    /// No key of the named issuer verifies the signature.
    #[error("the signature does not verify with the issuer's key")]
    BadSignature,
    /// The signature algorithm is not offered.
    #[error("the signature algorithm {algorithm} is not supported")]
    UnsupportedAlgorithm {
        /// Its object identifier.
        algorithm: ObjectIdentifier,
    },
    /// The issuer's key does not fit the signature algorithm.
    #[error("the issuer's key cannot be used with the algorithm of the signature")]
    UnusableKey,
    /// The digest of the signature is refused.
    #[error("the signature is {algorithm}, which is refused")]
    WeakDigest {
        /// The algorithm.
        algorithm: SignatureAlgorithm,
    },
    /// A key is shorter than allowed: the certificate's own, or the one that signed it.
    #[error("it rests on an RSA key of {bits} bits; at least {least} are asked for")]
    WeakKey {
        /// Its bits.
        bits: u32,
        /// The bits allowed.
        least: u32,
    },
    /// Nobody of the issuer's name is known.
    #[error("no certificate of its issuer ({issuer}) is known, so no trust anchor is reached")]
    NoIssuer {
        /// The name in question.
        issuer: String,
    },
    /// The path ends in a certificate that issued itself and is no trust anchor.
    #[error("it issued itself and is no trust anchor")]
    SelfSignedNotTrusted,
    /// The trust anchor is not trusted for this purpose.
    #[error("the trust anchor is not trusted for {purpose}")]
    AnchorNotForPurpose {
        /// The purpose asked for.
        purpose: Purpose,
    },
    /// The certificate is not valid yet.
    #[error("it is valid only from {}; the time of validation is {}", time::display(*not_before), time::display(*at))]
    NotYetValid {
        /// First second of validity.
        not_before: i64,
        /// The time asked about.
        at: i64,
    },
    /// The certificate has expired.
    #[error("it expired on {}; the time of validation is {}", time::display(*not_after), time::display(*at))]
    Expired {
        /// Last second of validity.
        not_after: i64,
        /// The time asked about.
        at: i64,
    },
    /// The certificate is revoked.
    #[error("it was revoked on {} (reason: {reason})", time::display(*revoked_at))]
    Revoked {
        /// When.
        revoked_at: i64,
        /// Why.
        reason: RevocationReason,
    },
    /// Whether the certificate is revoked cannot be said.
    #[error("whether it is revoked cannot be said: {0}")]
    RevocationUnknown(Unknown),
    /// An issuer's certificate of version 1 or 2.
    #[error("it is of version {version} and cannot say that its subject is an authority")]
    OldVersion {
        /// 1 or 2.
        version: u8,
    },
    /// An issuer's certificate without basicConstraints.
    #[error("it issued a certificate, but has no basicConstraints that make it an authority's")]
    MissingBasicConstraints,
    /// basicConstraints say that the subject is no authority.
    #[error("it issued a certificate, but its basicConstraints say that it is no authority's")]
    NotAnAuthority,
    /// More authorities than an issuer allowed.
    #[error("it is one authority more than the path length that an authority above allows")]
    PathTooLong,
    /// keyUsage lacks what is needed.
    #[error("its keyUsage does not allow {needed}")]
    KeyUsage {
        /// The uses of which one is needed, named as in the standard.
        needed: &'static str,
    },
    /// A critical extension that is not processed.
    #[error("its critical extension {oid} is not known here")]
    UnknownCriticalExtension {
        /// Which.
        oid: ObjectIdentifier,
    },
    /// A name outside the permitted subtrees.
    #[error("its {form} {name:?} lies outside what an authority above may certify")]
    NameNotPermitted {
        /// The form, named as in the standard.
        form: &'static str,
        /// The name.
        name: String,
    },
    /// A name in an excluded subtree.
    #[error("its {form} {name:?} lies in what an authority above must not certify")]
    NameExcluded {
        /// The form, named as in the standard.
        form: &'static str,
        /// The name.
        name: String,
    },
    /// A name of a form that is constrained and cannot be compared.
    #[error(
        "an authority above constrains names of the form {form}, which cannot be compared here"
    )]
    ConstraintNotProcessed {
        /// The form, named as in the standard.
        form: &'static str,
    },
    /// A constraint that says nothing.
    #[error("its name constraint {form} {base:?} has no valid form")]
    MalformedConstraint {
        /// The form, named as in the standard.
        form: &'static str,
        /// The base of the subtree.
        base: String,
    },
    /// No policy is valid for the path, and one is required.
    #[error("a certificate policy is required and none is valid for the path")]
    NoValidPolicy,
    /// Policy mappings from or to anyPolicy.
    #[error("it maps from or to anyPolicy")]
    AnyPolicyMapped,
    /// extKeyUsage does not name the purpose.
    #[error("its extKeyUsage does not allow {purpose}")]
    WrongPurpose {
        /// The purpose asked for.
        purpose: Purpose,
    },
    /// Keys of this kind cannot do what the purpose asks for.
    #[error("its key is {key}, which is none for {purpose}")]
    UnfitKey {
        /// The kind of key.
        key: PublicKeyKind,
        /// The purpose asked for.
        purpose: Purpose,
    },
    /// The certificate is not made out to this e-mail address.
    #[error("it is not made out to the e-mail address {address}")]
    EmailMismatch {
        /// The address asked for.
        address: String,
    },
    /// The certificate is not made out to this host.
    #[error("it is not made out to the host {host}")]
    HostMismatch {
        /// The host asked for.
        host: String,
    },
    /// A rule for those who make certificates is broken.
    #[error("{0}")]
    Deviation(Deviation),
    /// The work allowed is used up.
    #[error(
        "more than {limit} {what} would be needed: the certificates given are too many, or made to cause work"
    )]
    Budget {
        /// What was counted.
        what: &'static str,
        /// How many were allowed.
        limit: u32,
    },
}

/// What kind of finding a failure is: a person decides by it, a program switches on it. In ascending order of how much a finding says:
/// of several, the last is reported first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Finding {
    /// The work allowed was used up.
    Budget,
    /// No trust anchor is reached.
    Untrusted,
    /// A signature is wrong.
    BadSignature,
    /// An algorithm or key is too weak, or not offered.
    Algorithm,
    /// A certificate cannot be read, or breaks the rules for those who make certificates.
    Malformed,
    /// What makes an authority is missing or exceeded: basic constraints, key usage, path length.
    NotAnAuthority,
    /// A critical extension is not known.
    CriticalExtension,
    /// Names lie outside what an authority may certify.
    NameConstraints,
    /// No certificate policy is valid.
    Policy,
    /// Not for this purpose.
    Purpose,
    /// Not for this address or host.
    Identity,
    /// Whether it is revoked cannot be said.
    RevocationUnknown,
    /// Not valid yet.
    NotYetValid,
    /// Not valid any more.
    Expired,
    /// Revoked.
    Revoked,
}

impl Finding {
    /// The stable name, `bad-signature` and so on.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Untrusted => "untrusted",
            Self::BadSignature => "bad-signature",
            Self::Algorithm => "algorithm",
            Self::Malformed => "malformed",
            Self::NotAnAuthority => "not-an-authority",
            Self::CriticalExtension => "critical-extension",
            Self::NameConstraints => "name-constraints",
            Self::Policy => "policy",
            Self::Purpose => "purpose",
            Self::Identity => "identity",
            Self::NotYetValid => "not-yet-valid",
            Self::Expired => "expired",
            Self::RevocationUnknown => "revocation-unknown",
            Self::Revoked => "revoked",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FailureKind {
    /// The kind of finding.
    #[must_use]
    pub const fn finding(&self) -> Finding {
        match self {
            Self::Unreadable { .. }
            | Self::UnreadableExtension { .. }
            | Self::MalformedName { .. }
            | Self::Deviation(_) => Finding::Malformed,
            Self::BadSignature => Finding::BadSignature,
            Self::UnsupportedAlgorithm { .. }
            | Self::UnusableKey
            | Self::WeakDigest { .. }
            | Self::WeakKey { .. } => Finding::Algorithm,
            Self::NoIssuer { .. }
            | Self::SelfSignedNotTrusted
            | Self::AnchorNotForPurpose { .. } => Finding::Untrusted,
            Self::NotYetValid { .. } => Finding::NotYetValid,
            Self::Expired { .. } => Finding::Expired,
            Self::Revoked { .. } => Finding::Revoked,
            Self::RevocationUnknown(_) => Finding::RevocationUnknown,
            Self::OldVersion { .. }
            | Self::MissingBasicConstraints
            | Self::NotAnAuthority
            | Self::PathTooLong => Finding::NotAnAuthority,
            Self::KeyUsage { .. } | Self::WrongPurpose { .. } | Self::UnfitKey { .. } => {
                Finding::Purpose
            }
            Self::UnknownCriticalExtension { .. } => Finding::CriticalExtension,
            Self::NameNotPermitted { .. }
            | Self::NameExcluded { .. }
            | Self::ConstraintNotProcessed { .. }
            | Self::MalformedConstraint { .. } => Finding::NameConstraints,
            Self::NoValidPolicy | Self::AnyPolicyMapped => Finding::Policy,
            Self::EmailMismatch { .. } | Self::HostMismatch { .. } => Finding::Identity,
            Self::Budget { .. } => Finding::Budget,
        }
    }

    /// The standard and clause.
    #[must_use]
    pub const fn clause(&self) -> &'static str {
        match self {
            Self::Unreadable { problem } => match problem {
                ParseError::Invalid { clause, .. } => clause,
                ParseError::DuplicateExtension { .. } => "RFC 5280 section 4.2",
                _ => "RFC 5280 section 4.1",
            },
            Self::UnreadableExtension { problem, .. } => match problem {
                ParseError::Invalid { clause, .. } => clause,
                _ => "RFC 5280 section 4.2",
            },
            Self::MalformedName { .. } => "RFC 5280 section 4.2.1.6",
            Self::BadSignature | Self::UnusableKey => "RFC 5280 section 6.1.3 (a)(1)",
            Self::UnsupportedAlgorithm { .. } => "RFC 5280 section 4.1.1.2",
            Self::WeakDigest { .. } => "RFC 6194 section 3.1",
            Self::WeakKey { .. } => "NIST SP 800-131A section 3",
            Self::NoIssuer { .. } | Self::SelfSignedNotTrusted => "RFC 5280 section 6.1 (b)",
            Self::AnchorNotForPurpose { .. } => "RFC 5280 section 6.2",
            Self::NotYetValid { .. } | Self::Expired { .. } => "RFC 5280 section 6.1.3 (a)(2)",
            Self::Revoked { .. } => "RFC 5280 section 6.1.3 (a)(3)",
            Self::RevocationUnknown(unknown) => unknown.clause(),
            Self::OldVersion { .. } | Self::MissingBasicConstraints | Self::NotAnAuthority => {
                "RFC 5280 section 6.1.4 (k)"
            }
            Self::PathTooLong => "RFC 5280 section 6.1.4 (l)",
            Self::KeyUsage { .. } | Self::UnfitKey { .. } => "RFC 5280 section 4.2.1.3",
            Self::UnknownCriticalExtension { .. } => "RFC 5280 section 4.2",
            Self::NameNotPermitted { .. } => "RFC 5280 section 6.1.3 (b)",
            Self::NameExcluded { .. } => "RFC 5280 section 6.1.3 (c)",
            Self::ConstraintNotProcessed { .. } | Self::MalformedConstraint { .. } => {
                "RFC 5280 section 4.2.1.10"
            }
            Self::NoValidPolicy => "RFC 5280 section 6.1.3 (f)",
            Self::AnyPolicyMapped => "RFC 5280 section 6.1.4 (a)",
            Self::WrongPurpose { .. } => "RFC 5280 section 4.2.1.12",
            Self::EmailMismatch { .. } => "RFC 8550 section 3",
            Self::HostMismatch { .. } => "RFC 9525 section 6",
            Self::Deviation(deviation) => deviation.clause(),
            Self::Budget { .. } => "RFC 5280 section 8",
        }
    }
}
