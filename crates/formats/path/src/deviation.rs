//! Rules for those who make certificates, which section 6 of RFC 5280 does not look at.

use chancery_x509::ObjectIdentifier;
use thiserror::Error;

/// A rule of RFC 5280 section 4 that a certificate breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Deviation {
    /// No authorityKeyIdentifier with a keyIdentifier in a certificate that did not issue itself.
    #[error("it has no authorityKeyIdentifier")]
    MissingAuthorityKeyIdentifier,
    /// No subjectKeyIdentifier in an authority's certificate.
    #[error("it is an authority's and has no subjectKeyIdentifier")]
    MissingSubjectKeyIdentifier,
    /// An extension that must not be critical is.
    #[error("its extension {oid} is critical and must not be")]
    MustNotBeCritical {
        /// Which.
        oid: ObjectIdentifier,
        /// The clause.
        clause: &'static str,
    },
    /// An extension that must be critical is not.
    #[error("its extension {oid} is not critical and must be")]
    MustBeCritical {
        /// Which.
        oid: ObjectIdentifier,
        /// The clause.
        clause: &'static str,
    },
    /// Name constraints in an end entity's certificate.
    #[error("it is an end entity's and has name constraints")]
    NameConstraintsInEndEntity,
    /// An empty subject without a critical subjectAltName.
    #[error("its subject is empty and its subjectAltName is missing or not critical")]
    EmptySubject,
    /// An authority's certificate with an empty subject.
    #[error("it is an authority's and its subject is empty")]
    EmptyAuthority,
    /// pathLenConstraint where cA is not set.
    #[error("it has a path length and is no authority's")]
    PathLengthWithoutAuthority,
    /// keyCertSign where cA is not set.
    #[error(
        "its keyUsage allows keyCertSign and its basicConstraints do not make it an authority's"
    )]
    CertSignWithoutAuthority,
}

impl Deviation {
    /// The standard and clause.
    #[must_use]
    pub const fn clause(self) -> &'static str {
        match self {
            Self::MissingAuthorityKeyIdentifier => "RFC 5280 section 4.2.1.1",
            Self::MissingSubjectKeyIdentifier => "RFC 5280 section 4.2.1.2",
            Self::MustNotBeCritical { clause, .. } | Self::MustBeCritical { clause, .. } => clause,
            Self::NameConstraintsInEndEntity => "RFC 5280 section 4.2.1.10",
            Self::EmptySubject => "RFC 5280 section 4.2.1.6",
            Self::EmptyAuthority => "RFC 5280 section 4.1.2.6",
            Self::PathLengthWithoutAuthority | Self::CertSignWithoutAuthority => {
                "RFC 5280 section 4.2.1.9"
            }
        }
    }
}
