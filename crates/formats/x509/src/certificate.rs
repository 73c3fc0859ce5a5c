//! Certificates (RFC 5280 section 4.1).

use const_oid::ObjectIdentifier;

use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use crate::asn1::{self, Reader, tag};
use crate::crypto::{Crypto, VerifyError};
use crate::error::{EncodeError, ParseError};
use crate::extension::{
    self, AuthorityKeyIdentifier, BasicConstraints, Extension, ExtensionValue, SubjectAltName,
    SubjectKeyIdentifier,
};
use crate::name::Name;
use crate::pem::{self, Label, PemError};
use crate::public_key::PublicKeyInfo;
use crate::serial::SerialNumber;
use crate::time;

/// Largest certificate that is read.
pub const MAX_CERTIFICATE: usize = 64 * 1024;

/// What is signed in a certificate; version 3.
///
/// ```asn1
/// TBSCertificate ::= SEQUENCE {
///     version         [0] EXPLICIT Version DEFAULT v1,
///     serialNumber         CertificateSerialNumber,
///     signature            AlgorithmIdentifier,
///     issuer               Name,
///     validity             Validity,
///     subject              Name,
///     subjectPublicKeyInfo SubjectPublicKeyInfo,
///     issuerUniqueID  [1] IMPLICIT UniqueIdentifier OPTIONAL,
///     subjectUniqueID [2] IMPLICIT UniqueIdentifier OPTIONAL,
///     extensions      [3] EXPLICIT Extensions OPTIONAL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TbsCertificate {
    /// Positive, at most 20 octets.
    pub serial: SerialNumber,
    /// The algorithm that the issuer signs with.
    pub signature: SignatureAlgorithm,
    /// The issuer's name, byte for byte its certificate's subject.
    pub issuer: Name,
    /// First second of validity.
    pub not_before: i64,
    /// Last second of validity.
    pub not_after: i64,
    /// The subject's name; may be empty where subjectAltName is critical.
    pub subject: Name,
    /// The subject's key.
    pub subject_public_key: PublicKeyInfo,
    /// In the order of the encoding.
    pub extensions: Vec<Extension>,
}

impl TbsCertificate {
    /// The octets to sign.
    pub fn to_der(&self) -> Result<Vec<u8>, EncodeError> {
        if self.issuer.is_empty() {
            return Err(EncodeError::EmptyIssuer);
        }
        if self.not_after < self.not_before {
            return Err(EncodeError::InvertedValidity);
        }
        if let Some(oid) = extension::duplicate(&self.extensions) {
            return Err(EncodeError::DuplicateExtension { oid });
        }
        let extensions = extension::encode_all(&self.extensions);
        let (version, extensions) = if extensions.is_empty() {
            (Vec::new(), extensions)
        } else {
            (
                asn1::explicit(0, &asn1::integer_u64(2)),
                asn1::explicit(3, &extensions),
            )
        };
        Ok(asn1::sequence(&[
            &version,
            &self.serial.to_der(),
            &self.signature.to_der(),
            self.issuer.as_der(),
            &asn1::sequence(&[
                &time::encode(self.not_before)?,
                &time::encode(self.not_after)?,
            ]),
            self.subject.as_der(),
            self.subject_public_key.as_der(),
            &extensions,
        ]))
    }

    /// Reads the octets to sign; the signature algorithm must be a known one.
    pub fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        let parts = Parts::read(der)?;
        Ok(Self {
            serial: parts.serial,
            signature: SignatureAlgorithm::from_der(&parts.algorithm)?,
            issuer: parts.issuer,
            not_before: parts.not_before,
            not_after: parts.not_after,
            subject: parts.subject,
            subject_public_key: parts.subject_public_key,
            extensions: parts.extensions,
        })
    }
}

/// A certificate: its DER as it came, and what it says.
#[derive(Clone)]
pub struct Certificate {
    der: Vec<u8>,
    tbs_der: Vec<u8>,
    parts: Parts,
    // None where the signature is not whole octets: no key verifies it.
    signature: Option<Vec<u8>>,
}

#[derive(Clone)]
struct Parts {
    version: u8,
    serial: SerialNumber,
    algorithm: Vec<u8>,
    issuer: Name,
    not_before: i64,
    not_after: i64,
    subject: Name,
    subject_public_key: PublicKeyInfo,
    extensions: Vec<Extension>,
}

impl Parts {
    fn read(der: &[u8]) -> Result<Self, ParseError> {
        let mut tbs = Reader::sequence(der, "certificate")?;
        let version = match tbs.optional(tag::context_constructed(0), "version")? {
            None => 1,
            // Version 1 is the default, which DER leaves out (X.690 section 11.5).
            Some([tag::INTEGER, 1, number @ 1..=2]) => number + 1,
            Some(_) => {
                return Err(ParseError::Invalid {
                    what: "version",
                    clause: "RFC 5280 section 4.1.2.1",
                });
            }
        };
        let serial = SerialNumber::from_integer(tbs.integer("serial number")?).map_err(|_| {
            ParseError::Invalid {
                what: "serial number",
                clause: "RFC 5280 section 4.1.2.2",
            }
        })?;
        let algorithm = tbs.raw(tag::SEQUENCE, "signature algorithm")?.to_vec();
        let issuer = Name::from_der(tbs.raw(tag::SEQUENCE, "issuer")?)?;
        if issuer.is_empty() {
            return Err(ParseError::Invalid {
                what: "issuer",
                clause: "RFC 5280 section 4.1.2.4",
            });
        }
        let mut validity = tbs.nested("validity")?;
        let not_before = time::read(&mut validity, "notBefore")?;
        let not_after = time::read(&mut validity, "notAfter")?;
        validity.finish()?;
        let subject = Name::from_der(tbs.raw(tag::SEQUENCE, "subject")?)?;
        let subject_public_key = PublicKeyInfo::from_der(tbs.raw(tag::SEQUENCE, "public key")?)?;
        // Unique identifiers: not to be written by authorities of today, to be read over (RFC 5280 section 4.1.2.8).
        let issuer_id = tbs.optional(tag::context(1), "issuer unique identifier")?;
        let subject_id = tbs.optional(tag::context(2), "subject unique identifier")?;
        let extensions = match tbs.optional(tag::context_constructed(3), "extensions")? {
            Some(list) => extension::decode_all(list)?,
            None => Vec::new(),
        };
        tbs.finish()?;
        let unique_id = issuer_id.is_some() || subject_id.is_some();
        if (version < 3 && !extensions.is_empty()) || (version < 2 && unique_id) {
            return Err(ParseError::Invalid {
                what: "version",
                clause: "RFC 5280 section 4.1.2.1",
            });
        }
        Ok(Self {
            version,
            serial,
            algorithm,
            issuer,
            not_before,
            not_after,
            subject,
            subject_public_key,
            extensions,
        })
    }
}

impl Certificate {
    /// Reads a DER certificate of at most 64 KiB. Both copies of the signature algorithm must agree (RFC 5280 section 4.1.1.2);
    /// the algorithm itself may be one that is not known here.
    pub fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "certificate";
        if der.len() > MAX_CERTIFICATE {
            return Err(ParseError::TooLarge {
                what: WHAT,
                octets: der.len(),
                limit: MAX_CERTIFICATE,
            });
        }
        let mut outer = Reader::sequence(der, WHAT)?;
        let tbs_der = outer.raw(tag::SEQUENCE, "signed part")?;
        let algorithm = outer.raw(tag::SEQUENCE, "signature algorithm")?;
        let signature = outer.signature("signature")?;
        outer.finish()?;
        let parts = Parts::read(tbs_der)?;
        if parts.algorithm != algorithm {
            return Err(ParseError::Invalid {
                what: "signature algorithm",
                clause: "RFC 5280 section 4.1.1.2",
            });
        }
        Ok(Self {
            der: der.to_vec(),
            tbs_der: tbs_der.to_vec(),
            parts,
            signature: signature.map(<[u8]>::to_vec),
        })
    }

    /// Reads the one certificate of a PEM text.
    pub fn from_pem(text: &str) -> Result<Self, PemError> {
        let der = pem::decode(text, Label::Certificate)?;
        Self::from_der(&der).map_err(PemError::Content)
    }

    /// Reads all certificates of a PEM text, a chain file for instance; other blocks are refused.
    pub fn chain_from_pem(text: &str) -> Result<Vec<Self>, PemError> {
        pem::decode_all(text, Label::Certificate)?
            .iter()
            .map(|der| Self::from_der(der).map_err(PemError::Content))
            .collect()
    }

    /// Puts a certificate together from its signed part and signature, and reads it back.
    pub fn assemble(
        tbs_der: &[u8],
        algorithm: SignatureAlgorithm,
        signature: &[u8],
    ) -> Result<Self, ParseError> {
        Self::from_der(&asn1::sequence(&[
            tbs_der,
            &algorithm.to_der(),
            &asn1::bit_string(signature),
        ]))
    }

    /// The certificate.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate as PEM.
    #[must_use]
    pub fn to_pem(&self) -> String {
        pem::encode(Label::Certificate, &self.der)
    }

    /// The signed part.
    #[must_use]
    pub fn tbs_der(&self) -> &[u8] {
        &self.tbs_der
    }

    /// 1, 2 or 3.
    #[must_use]
    pub fn version(&self) -> u8 {
        self.parts.version
    }

    /// Its serial number.
    #[must_use]
    pub fn serial(&self) -> SerialNumber {
        self.parts.serial
    }

    /// The issuer's name.
    #[must_use]
    pub fn issuer(&self) -> &Name {
        &self.parts.issuer
    }

    /// The subject's name.
    #[must_use]
    pub fn subject(&self) -> &Name {
        &self.parts.subject
    }

    /// First second of validity.
    #[must_use]
    pub fn not_before(&self) -> i64 {
        self.parts.not_before
    }

    /// Last second of validity.
    #[must_use]
    pub fn not_after(&self) -> i64 {
        self.parts.not_after
    }

    /// The subject's key.
    #[must_use]
    pub fn public_key(&self) -> &PublicKeyInfo {
        &self.parts.subject_public_key
    }

    /// The extensions, in the order of the encoding.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.parts.extensions
    }

    /// One extension's value, if the certificate has it.
    pub fn extension<T: ExtensionValue>(&self) -> Result<Option<T>, ParseError> {
        T::find(self.extensions())
    }

    /// The signature algorithm, where it is a known one.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm, ParseError> {
        SignatureAlgorithm::from_der(&self.parts.algorithm)
    }

    /// The signature algorithm's object identifier.
    pub fn signature_algorithm_oid(&self) -> Result<ObjectIdentifier, ParseError> {
        Reader::sequence(&self.parts.algorithm, "signature algorithm")?.oid("signature algorithm")
    }

    /// The signature; empty where it is not whole octets, which no key verifies.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        self.signature.as_deref().unwrap_or_default()
    }

    /// Whether basicConstraints says that the subject is an authority.
    #[must_use]
    pub fn is_ca(&self) -> bool {
        matches!(self.extension::<BasicConstraints>(), Ok(Some(constraints)) if constraints.ca)
    }

    /// The subject's key identifier, where a readable extension gives one.
    #[must_use]
    pub fn subject_key_identifier(&self) -> Option<Vec<u8>> {
        self.extension::<SubjectKeyIdentifier>()
            .ok()
            .flatten()
            .map(|id| id.0)
    }

    /// The issuer's key identifier, where a readable extension gives one.
    #[must_use]
    pub fn authority_key_identifier(&self) -> Option<Vec<u8>> {
        self.extension::<AuthorityKeyIdentifier>()
            .ok()
            .flatten()
            .and_then(|id| id.key_identifier)
    }

    /// The e-mail addresses of subjectAltName.
    #[must_use]
    pub fn emails(&self) -> Vec<String> {
        self.extension::<SubjectAltName>()
            .ok()
            .flatten()
            .map(|names| names.emails().map(str::to_owned).collect())
            .unwrap_or_default()
    }

    /// Whether `issuer` is named as this certificate's issuer, key identifiers agreeing where both are given. Says nothing of the signature.
    #[must_use]
    pub fn is_issued_by(&self, issuer: &Self) -> bool {
        let keys_agree = || match (
            self.authority_key_identifier(),
            issuer.subject_key_identifier(),
        ) {
            (Some(named), Some(has)) => named == has,
            _ => true,
        };
        self.issuer() == issuer.subject() && keys_agree()
    }

    /// Verifies the signature with the issuer's key. An algorithm that is not known here counts as an unusable key.
    pub fn verify_signature(
        &self,
        issuer_key: &PublicKeyInfo,
        crypto: &dyn Crypto,
    ) -> Result<(), VerifyError> {
        let algorithm = self
            .signature_algorithm()
            .map_err(|_| VerifyError::UnusableKey)?;
        let signature = self.signature.as_deref().ok_or(VerifyError::Mismatch)?;
        crypto.verify(algorithm, issuer_key.as_der(), &self.tbs_der, signature)
    }

    /// The fingerprint.
    #[must_use]
    pub fn fingerprint(&self, algorithm: DigestAlgorithm, crypto: &dyn Crypto) -> Vec<u8> {
        crypto.digest(algorithm, &self.der)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Certificate")
            .field("serial", &self.parts.serial)
            .field("subject", &self.parts.subject)
            .finish_non_exhaustive()
    }
}
