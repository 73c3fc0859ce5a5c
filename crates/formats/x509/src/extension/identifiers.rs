//! Key identifiers.

use const_oid::ObjectIdentifier;

use super::ExtensionValue;
use super::general_name::{self, GeneralName};
use crate::asn1::{self, Reader, tag, tlv};
use crate::error::ParseError;
use crate::oid;
use crate::serial::SerialNumber;

/// `SubjectKeyIdentifier` (RFC 5280 section 4.2.1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectKeyIdentifier(pub Vec<u8>);

impl ExtensionValue for SubjectKeyIdentifier {
    const OID: ObjectIdentifier = oid::SUBJECT_KEY_IDENTIFIER;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        asn1::element(value, tag::OCTET_STRING, "subjectKeyIdentifier").map(|id| Self(id.to_vec()))
    }

    fn encode(&self) -> Vec<u8> {
        asn1::octet_string(&self.0)
    }
}

/// `AuthorityKeyIdentifier` (RFC 5280 section 4.2.1.1).
///
/// ```asn1
/// AuthorityKeyIdentifier ::= SEQUENCE {
///     keyIdentifier             [0] KeyIdentifier           OPTIONAL,
///     authorityCertIssuer       [1] GeneralNames            OPTIONAL,
///     authorityCertSerialNumber [2] CertificateSerialNumber OPTIONAL }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorityKeyIdentifier {
    /// The issuer's subjectKeyIdentifier.
    pub key_identifier: Option<Vec<u8>>,
    /// The issuer of the issuer's certificate; empty where absent.
    pub issuer: Vec<GeneralName>,
    /// The serial number of the issuer's certificate; absent too where no certificate can have it.
    pub serial: Option<SerialNumber>,
}

impl AuthorityKeyIdentifier {
    /// With the issuer's key identifier alone, as RFC 5280 recommends.
    #[must_use]
    pub fn from_key_identifier(key_identifier: &[u8]) -> Self {
        Self {
            key_identifier: Some(key_identifier.to_vec()),
            ..Self::default()
        }
    }
}

impl ExtensionValue for AuthorityKeyIdentifier {
    const OID: ObjectIdentifier = oid::AUTHORITY_KEY_IDENTIFIER;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "authorityKeyIdentifier";
        let mut reader = Reader::sequence(value, WHAT)?;
        let key_identifier = reader.optional(tag::context(0), WHAT)?.map(<[u8]>::to_vec);
        let issuer = match reader.optional(tag::context_constructed(1), WHAT)? {
            Some(names) => general_name::decode_all(names)?,
            None => Vec::new(),
        };
        // Authorities of old gave themselves numbers such as zero: those name no certificate that is read here.
        let serial = reader
            .optional(tag::context(2), WHAT)?
            .and_then(|number| SerialNumber::from_integer(number).ok());
        reader.finish()?;
        Ok(Self {
            key_identifier,
            issuer,
            serial,
        })
    }

    fn encode(&self) -> Vec<u8> {
        let key_identifier = self
            .key_identifier
            .as_ref()
            .map_or_else(Vec::new, |id| asn1::implicit(0, id));
        let issuer = if self.issuer.is_empty() {
            Vec::new()
        } else {
            tlv(
                tag::context_constructed(1),
                &general_name::encode_all(&self.issuer),
            )
        };
        let serial = self.serial.map_or_else(Vec::new, |serial| {
            let mut der = serial.to_der();
            if let Some(first) = der.first_mut() {
                *first = tag::context(2);
            }
            der
        });
        asn1::sequence(&[&key_identifier, &issuer, &serial])
    }
}
