//! Reasons for revocation.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// `CRLReason` (RFC 5280 section 5.3.1). `removeFromCRL` belongs to delta lists only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RevocationReason {
    /// No reason is told; the entry is left out of the list.
    #[default]
    Unspecified,
    /// The private key is known to somebody else, or may be.
    KeyCompromise,
    /// The authority's private key is known to somebody else, or may be.
    CaCompromise,
    /// The name or other data in the certificate are no longer true.
    AffiliationChanged,
    /// Another certificate takes its place.
    Superseded,
    /// The certificate is no longer needed.
    CessationOfOperation,
    /// Suspended for a time.
    CertificateHold,
    /// Taken off a list; in delta lists only.
    RemoveFromCrl,
    /// A right that the certificate attests was withdrawn.
    PrivilegeWithdrawn,
    /// The attribute authority's key is known to somebody else, or may be.
    AaCompromise,
}

/// The text names no reason for revocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "not a reason for revocation: use unspecified, keyCompromise, cACompromise, affiliationChanged, superseded, cessationOfOperation, certificateHold or privilegeWithdrawn"
)]
pub struct UnknownReason;

impl RevocationReason {
    /// All, by code.
    pub const ALL: [Self; 10] = [
        Self::Unspecified,
        Self::KeyCompromise,
        Self::CaCompromise,
        Self::AffiliationChanged,
        Self::Superseded,
        Self::CessationOfOperation,
        Self::CertificateHold,
        Self::RemoveFromCrl,
        Self::PrivilegeWithdrawn,
        Self::AaCompromise,
    ];

    /// The number on the wire; 7 is not used.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Unspecified => 0,
            Self::KeyCompromise => 1,
            Self::CaCompromise => 2,
            Self::AffiliationChanged => 3,
            Self::Superseded => 4,
            Self::CessationOfOperation => 5,
            Self::CertificateHold => 6,
            Self::RemoveFromCrl => 8,
            Self::PrivilegeWithdrawn => 9,
            Self::AaCompromise => 10,
        }
    }

    /// From the number on the wire.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// The standard's name, `keyCompromise` and so on.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "keyCompromise",
            Self::CaCompromise => "cACompromise",
            Self::AffiliationChanged => "affiliationChanged",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessationOfOperation",
            Self::CertificateHold => "certificateHold",
            Self::RemoveFromCrl => "removeFromCRL",
            Self::PrivilegeWithdrawn => "privilegeWithdrawn",
            Self::AaCompromise => "aACompromise",
        }
    }
}

impl fmt::Display for RevocationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for RevocationReason {
    type Err = UnknownReason;

    /// The standard's name, of either case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|reason| reason.name().eq_ignore_ascii_case(text))
            .ok_or(UnknownReason)
    }
}
