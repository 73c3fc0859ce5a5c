//! How a recipient is named.

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{Certificate, Crypto, ParseError, PublicKeyInfo};

use crate::serial::serial_octets;

/// A recipient, by certificate or by key.
///
/// ```asn1
/// RecipientIdentifier ::= CHOICE {
///     issuerAndSerialNumber IssuerAndSerialNumber,
///     subjectKeyIdentifier [0] SubjectKeyIdentifier }
/// KeyAgreeRecipientIdentifier ::= CHOICE {
///     issuerAndSerialNumber IssuerAndSerialNumber,
///     rKeyId [0] IMPLICIT RecipientKeyIdentifier }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecipientIdentifier {
    /// The certificate's issuer and serial number (RFC 5652 section 10.2.4).
    IssuerAndSerialNumber {
        /// The issuer's name as DER.
        issuer: Vec<u8>,
        /// The content of the INTEGER, two's complement.
        serial: Vec<u8>,
    },
    /// The key's identifier.
    SubjectKeyIdentifier(Vec<u8>),
    /// The key's identifier in a key agreement, with a hint at where the key is to be found.
    RecipientKeyIdentifier(RecipientKeyIdentifier),
}

/// ```asn1
/// RecipientKeyIdentifier ::= SEQUENCE {
///     subjectKeyIdentifier SubjectKeyIdentifier,
///     date GeneralizedTime OPTIONAL,
///     other OtherKeyAttribute OPTIONAL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientKeyIdentifier {
    /// The key's identifier; date and attribute, which tell apart keys of one name, are read over.
    pub subject_key_identifier: Vec<u8>,
}

impl RecipientIdentifier {
    /// Names a certificate by issuer and serial number.
    #[must_use]
    pub fn of_certificate(certificate: &Certificate) -> Self {
        Self::IssuerAndSerialNumber {
            issuer: certificate.issuer().as_der().to_vec(),
            serial: serial_octets(certificate),
        }
    }

    /// Names a certificate's key: its subjectKeyIdentifier, or what RFC 5280 section 4.2.1.2 makes of the key where it has none.
    #[must_use]
    pub fn of_key(certificate: &Certificate, crypto: &dyn Crypto) -> Self {
        Self::SubjectKeyIdentifier(
            certificate
                .subject_key_identifier()
                .unwrap_or_else(|| certificate.public_key().key_identifier(crypto)),
        )
    }

    /// Whether it names this certificate.
    #[must_use]
    pub fn names(&self, certificate: &Certificate, crypto: &dyn Crypto) -> bool {
        match self {
            Self::IssuerAndSerialNumber { .. } => *self == Self::of_certificate(certificate),
            Self::SubjectKeyIdentifier(id)
            | Self::RecipientKeyIdentifier(RecipientKeyIdentifier {
                subject_key_identifier: id,
            }) => Self::of_key(certificate, crypto) == Self::SubjectKeyIdentifier(id.clone()),
        }
    }

    /// Whether it names this key, so far as can be said without a certificate.
    pub(super) fn names_key(&self, key: &PublicKeyInfo, crypto: &dyn Crypto) -> bool {
        match self {
            Self::IssuerAndSerialNumber { .. } => false,
            Self::SubjectKeyIdentifier(id)
            | Self::RecipientKeyIdentifier(RecipientKeyIdentifier {
                subject_key_identifier: id,
            }) => key.key_identifier(crypto) == *id,
        }
    }

    /// `RecipientIdentifier` of a key transport.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, ParseError> {
        if let Some(id) = reader.optional(tag::context(0), "subject key identifier")? {
            return Ok(Self::SubjectKeyIdentifier(id.to_vec()));
        }
        Self::read_issuer_and_serial(reader)
    }

    /// `KeyAgreeRecipientIdentifier`.
    pub(super) fn read_in_agreement(reader: &mut Reader<'_>) -> Result<Self, ParseError> {
        const WHAT: &str = "recipient key identifier";
        let Some(content) = reader.optional(tag::context_constructed(0), WHAT)? else {
            return Self::read_issuer_and_serial(reader);
        };
        let mut parts = Reader::new(content, WHAT);
        let id = parts.read(tag::OCTET_STRING, WHAT)?.to_vec();
        parts.optional(tag::GENERALIZED_TIME, WHAT)?;
        parts.optional(tag::SEQUENCE, WHAT)?;
        parts.finish()?;
        Ok(Self::RecipientKeyIdentifier(RecipientKeyIdentifier {
            subject_key_identifier: id,
        }))
    }

    fn read_issuer_and_serial(reader: &mut Reader<'_>) -> Result<Self, ParseError> {
        let mut parts = reader.nested("issuer and serial number")?;
        let issuer = parts.raw(tag::SEQUENCE, "issuer")?.to_vec();
        let serial = parts.integer("serial number")?.to_vec();
        parts.finish()?;
        Ok(Self::IssuerAndSerialNumber { issuer, serial })
    }

    /// For a key transport.
    pub(super) fn to_der(&self) -> Vec<u8> {
        match self {
            Self::IssuerAndSerialNumber { issuer, serial } => {
                asn1::sequence(&[issuer, &asn1::tlv(tag::INTEGER, serial)])
            }
            Self::SubjectKeyIdentifier(id)
            | Self::RecipientKeyIdentifier(RecipientKeyIdentifier {
                subject_key_identifier: id,
            }) => asn1::implicit(0, id),
        }
    }

    /// For a key agreement, where a bare key identifier becomes an `rKeyId`.
    pub(super) fn to_der_in_agreement(&self) -> Vec<u8> {
        match self {
            Self::IssuerAndSerialNumber { .. } => self.to_der(),
            Self::SubjectKeyIdentifier(id)
            | Self::RecipientKeyIdentifier(RecipientKeyIdentifier {
                subject_key_identifier: id,
            }) => asn1::tlv(tag::context_constructed(0), &asn1::octet_string(id)),
        }
    }
}
