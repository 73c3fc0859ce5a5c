//! Where each type of content keeps its string.

use chancery_x509::ObjectIdentifier;

use crate::oid;

/// A type of CMS content that is read and written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentKind {
    /// Octets without more (RFC 5652 section 4).
    Data,
    /// Signed (RFC 5652 section 5).
    SignedData,
    /// Encrypted for recipients (RFC 5652 section 6).
    EnvelopedData,
    /// With a digest (RFC 5652 section 7).
    DigestedData,
    /// Encrypted under a key known otherwise (RFC 5652 section 8).
    EncryptedData,
    /// With a message authentication code (RFC 5652 section 9).
    AuthenticatedData,
    /// Encrypted with an authenticating cipher for recipients (RFC 5083).
    AuthEnvelopedData,
    /// Compressed (RFC 3274).
    CompressedData,
}

impl ContentKind {
    const ALL: [Self; 8] = [
        Self::Data,
        Self::SignedData,
        Self::EnvelopedData,
        Self::DigestedData,
        Self::EncryptedData,
        Self::AuthenticatedData,
        Self::AuthEnvelopedData,
        Self::CompressedData,
    ];

    /// Its object identifier.
    #[must_use]
    pub const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Data => oid::DATA,
            Self::SignedData => oid::SIGNED_DATA,
            Self::EnvelopedData => oid::ENVELOPED_DATA,
            Self::DigestedData => oid::DIGESTED_DATA,
            Self::EncryptedData => oid::ENCRYPTED_DATA,
            Self::AuthenticatedData => oid::AUTHENTICATED_DATA,
            Self::AuthEnvelopedData => oid::AUTH_ENVELOPED_DATA,
            Self::CompressedData => oid::COMPRESSED_DATA,
        }
    }

    /// By object identifier.
    #[must_use]
    pub fn from_oid(oid: &ObjectIdentifier) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.oid() == *oid)
    }

    /// `SignedData` and so on, as the standards write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Data => "Data",
            Self::SignedData => "SignedData",
            Self::EnvelopedData => "EnvelopedData",
            Self::DigestedData => "DigestedData",
            Self::EncryptedData => "EncryptedData",
            Self::AuthenticatedData => "AuthenticatedData",
            Self::AuthEnvelopedData => "AuthEnvelopedData",
            Self::CompressedData => "CompressedData",
        }
    }

    /// How many SEQUENCEs stand before the one that carries the content: an algorithm, in some types.
    pub(super) const fn sequences_before(self) -> u32 {
        match self {
            Self::DigestedData | Self::AuthenticatedData | Self::CompressedData => 1,
            _ => 0,
        }
    }

    /// Whether the content is `[0] IMPLICIT OCTET STRING` in an `EncryptedContentInfo`, behind type and algorithm;
    /// otherwise it is `[0] EXPLICIT` in an `EncapsulatedContentInfo`, behind the type.
    pub(super) const fn is_implicit(self) -> bool {
        matches!(
            self,
            Self::EnvelopedData | Self::EncryptedData | Self::AuthEnvelopedData
        )
    }

    /// How many fields stand before the content in its carrier.
    pub(super) const fn fields_before_content(self) -> u32 {
        if self.is_implicit() { 2 } else { 1 }
    }
}
