//! Naming a certificate in OCSP.

use crate::algorithm::DigestAlgorithm;
use crate::asn1::{self, Reader, tag};
use crate::certificate::Certificate;
use crate::crypto::Crypto;
use crate::error::ParseError;
use crate::name::Name;
use crate::public_key::PublicKeyInfo;
use crate::serial::SerialNumber;

/// `CertID` (RFC 6960 section 4.1.1), kept as it came, so that an answer repeats the question byte for byte.
///
/// ```asn1
/// CertID ::= SEQUENCE {
///     hashAlgorithm AlgorithmIdentifier, issuerNameHash OCTET STRING, issuerKeyHash OCTET STRING,
///     serialNumber CertificateSerialNumber }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CertId {
    der: Vec<u8>,
    hash_algorithm: DigestAlgorithm,
    issuer_name_hash: Vec<u8>,
    issuer_key_hash: Vec<u8>,
    serial: SerialNumber,
}

impl CertId {
    /// Names the certificate with this serial number from this issuer.
    #[must_use]
    pub fn new(
        hash_algorithm: DigestAlgorithm,
        issuer: &Certificate,
        serial: SerialNumber,
        crypto: &dyn Crypto,
    ) -> Self {
        let (name, key) = (issuer.subject(), issuer.public_key());
        Self::of(hash_algorithm, name, key, serial, crypto)
    }

    /// Names the certificate with this serial number from the issuer of this name and key.
    #[must_use]
    pub fn of(
        hash_algorithm: DigestAlgorithm,
        issuer: &Name,
        issuer_key: &PublicKeyInfo,
        serial: SerialNumber,
        crypto: &dyn Crypto,
    ) -> Self {
        let issuer_name_hash = crypto.digest(hash_algorithm, issuer.as_der());
        let issuer_key_hash = crypto.digest(hash_algorithm, issuer_key.subject_public_key());
        let der = asn1::sequence(&[
            &hash_algorithm.to_der(),
            &asn1::octet_string(&issuer_name_hash),
            &asn1::octet_string(&issuer_key_hash),
            &serial.to_der(),
        ]);
        Self {
            der,
            hash_algorithm,
            issuer_name_hash,
            issuer_key_hash,
            serial,
        }
    }

    pub(super) fn read(outer: &mut Reader<'_>) -> Result<Self, ParseError> {
        const WHAT: &str = "certificate identifier";
        let der = outer.raw(tag::SEQUENCE, WHAT)?;
        let mut reader = Reader::sequence(der, WHAT)?;
        let hash_algorithm = DigestAlgorithm::read(reader.nested("hash algorithm")?)?;
        let issuer_name_hash = reader.read(tag::OCTET_STRING, "issuer name hash")?;
        let issuer_key_hash = reader.read(tag::OCTET_STRING, "issuer key hash")?;
        let serial =
            SerialNumber::from_integer(reader.integer("serial number")?).map_err(|_| {
                ParseError::Invalid {
                    what: "serial number",
                    clause: "RFC 5280 section 4.1.2.2",
                }
            })?;
        reader.finish()?;
        let length = hash_algorithm.output_len();
        if issuer_name_hash.len() != length || issuer_key_hash.len() != length {
            return Err(ParseError::Invalid {
                what: "issuer hash",
                clause: "RFC 6960 section 4.1.1",
            });
        }
        Ok(Self {
            der: der.to_vec(),
            hash_algorithm,
            issuer_name_hash: issuer_name_hash.to_vec(),
            issuer_key_hash: issuer_key_hash.to_vec(),
            serial,
        })
    }

    /// `CertID`, DER.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// The digest with which the issuer is named.
    #[must_use]
    pub fn hash_algorithm(&self) -> DigestAlgorithm {
        self.hash_algorithm
    }

    /// The digest of the issuer's name.
    #[must_use]
    pub fn issuer_name_hash(&self) -> &[u8] {
        &self.issuer_name_hash
    }

    /// The digest of the issuer's `subjectPublicKey` bits.
    #[must_use]
    pub fn issuer_key_hash(&self) -> &[u8] {
        &self.issuer_key_hash
    }

    /// The serial number in question.
    #[must_use]
    pub fn serial(&self) -> SerialNumber {
        self.serial
    }

    /// Whether this names a certificate of that issuer.
    #[must_use]
    pub fn is_of(&self, issuer: &Certificate, crypto: &dyn Crypto) -> bool {
        let name = crypto.digest(self.hash_algorithm, issuer.subject().as_der());
        let key = crypto.digest(
            self.hash_algorithm,
            issuer.public_key().subject_public_key(),
        );
        self.issuer_name_hash == name && self.issuer_key_hash == key
    }
}
