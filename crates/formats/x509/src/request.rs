//! Certification requests, PKCS#10 (RFC 2986).

mod classify;
mod error;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use crate::asn1::{self, Reader, tag, tlv};
use crate::crypto::{Crypto, VerifyError};
use crate::error::ParseError;
use crate::extension::{self, Extension, ExtensionValue, SubjectAltName};
use crate::name::{AttributeKind, Name};
use crate::oid;
use crate::pem::{self, Label, PemError};
use crate::public_key::{EcCurve, PublicKeyInfo, PublicKeyKind};

pub use error::RequestError;

/// Largest request that is read.
pub const MAX_REQUEST: usize = 64 * 1024;

/// The older object identifier of extensionRequest, still written by Windows software.
const MICROSOFT_EXTENSION_REQUEST: const_oid::ObjectIdentifier =
    const_oid::ObjectIdentifier::new_unwrap("1.3.6.1.4.1.311.2.1.14");

/// A certification request: its DER as it came, and what it says.
///
/// ```asn1
/// CertificationRequest ::= SEQUENCE { certificationRequestInfo, signatureAlgorithm AlgorithmIdentifier, signature BIT STRING }
/// CertificationRequestInfo ::= SEQUENCE {
///     version INTEGER { v1(0) }, subject Name, subjectPKInfo SubjectPublicKeyInfo, attributes [0] IMPLICIT SET OF Attribute }
/// ```
#[derive(Clone)]
pub struct CertificationRequest {
    der: Vec<u8>,
    info_der: Vec<u8>,
    subject: Name,
    public_key: PublicKeyInfo,
    extensions: Vec<Extension>,
    algorithm: SignatureAlgorithm,
    signature: Vec<u8>,
}

/// The octets that the key's holder signs.
#[must_use]
pub fn request_info(
    subject: &Name,
    public_key: &PublicKeyInfo,
    extensions: &[Extension],
) -> Vec<u8> {
    let attributes = if extensions.is_empty() {
        Vec::new()
    } else {
        asn1::sequence(&[
            &asn1::oid(&oid::EXTENSION_REQUEST),
            &asn1::set_of(vec![extension::encode_all(extensions)]),
        ])
    };
    asn1::sequence(&[
        &asn1::integer_u64(0),
        subject.as_der(),
        public_key.as_der(),
        // Present even when empty (RFC 2986 section 4.1).
        &tlv(tag::context_constructed(0), &attributes),
    ])
}

impl CertificationRequest {
    /// Reads what a person pasted or uploaded: PEM or DER. Whatever else it may be, the error says what, and on which line.
    pub fn from_pem_or_der(input: &[u8]) -> Result<Self, RequestError> {
        if input.len() > MAX_REQUEST {
            return Err(RequestError::TooLarge {
                octets: input.len(),
                limit: MAX_REQUEST,
            });
        }
        // A DER structure begins with a SEQUENCE, and its second octet tells it from the digit 0 beginning a text.
        if let [tag::SEQUENCE, second, ..] = input
            && (*second >= 0x80 || std::str::from_utf8(input).is_err())
        {
            return Self::from_der(input);
        }
        let text = text_of(input).ok_or(RequestError::NotText)?;
        match pem::decode(&text, Label::CertificateRequest) {
            Ok(der) => Self::from_der(&der),
            Err(PemError::WrongLabel { found, line, .. }) => Err(match Label::from_text(&found) {
                Some(Label::Certificate) => RequestError::IsCertificate,
                Some(Label::X509Crl) => RequestError::IsRevocationList,
                Some(Label::PublicKey) => RequestError::IsPublicKey,
                Some(Label::Pkcs7) => RequestError::IsPkcs7,
                _ => RequestError::WrongLabel { found, line },
            }),
            Err(error) => Err(RequestError::Pem(error)),
        }
    }

    /// Reads a DER request.
    pub fn from_der(der: &[u8]) -> Result<Self, RequestError> {
        if der.len() > MAX_REQUEST {
            return Err(RequestError::TooLarge {
                octets: der.len(),
                limit: MAX_REQUEST,
            });
        }
        Self::read(der).map_err(|error| match error {
            RequestError::Content(source) => classify::explain(der, source),
            other => other,
        })
    }

    fn read(der: &[u8]) -> Result<Self, RequestError> {
        const WHAT: &str = "certificate request";
        let mut outer = Reader::sequence(der, WHAT)?;
        let info_der = outer.raw(tag::SEQUENCE, "request content")?;
        let algorithm = outer.raw(tag::SEQUENCE, "signature algorithm")?;
        let signature = outer.bit_string("signature")?;
        outer.finish()?;

        let mut info = Reader::sequence(info_der, "request content")?;
        if info.integer_u64("version")? != 0 {
            return Err(RequestError::Content(ParseError::Invalid {
                what: "version",
                clause: "RFC 2986 section 4.1",
            }));
        }
        let subject = Name::from_der(info.raw(tag::SEQUENCE, "subject")?)?;
        let public_key = PublicKeyInfo::from_der(info.raw(tag::SEQUENCE, "public key")?)?;
        // The field is not optional, but some software leaves it out when empty; nothing is lost by reading such a request.
        let extensions = match info.optional(tag::context_constructed(0), "attributes")? {
            Some(attributes) => requested_extensions(attributes)?,
            None => Vec::new(),
        };
        info.finish()?;

        match public_key.kind() {
            PublicKeyKind::Rsa { .. }
            | PublicKeyKind::Ed25519
            | PublicKeyKind::Ec {
                curve: EcCurve::P256 | EcCurve::P384 | EcCurve::P521,
            } => {}
            kind => return Err(RequestError::UnsupportedKey { kind }),
        }
        let algorithm = SignatureAlgorithm::from_der(algorithm).map_err(|error| match error {
            ParseError::UnknownAlgorithm { oid } => RequestError::UnsupportedSignature {
                algorithm: oid.to_string(),
            },
            other => RequestError::Content(other),
        })?;
        if let SignatureAlgorithm::RsaPss(_) = algorithm {
            return Err(unsupported(algorithm));
        }
        Ok(Self {
            der: der.to_vec(),
            info_der: info_der.to_vec(),
            subject,
            public_key,
            extensions,
            algorithm,
            signature: signature.to_vec(),
        })
    }

    /// Puts a request together from its content and signature, and reads it back.
    pub fn assemble(
        info_der: &[u8],
        algorithm: SignatureAlgorithm,
        signature: &[u8],
    ) -> Result<Self, RequestError> {
        Self::from_der(&asn1::sequence(&[
            info_der,
            &algorithm.to_der(),
            &asn1::bit_string(signature),
        ]))
    }

    /// Proof of possession: verifies the request's signature with the key that it carries (RFC 2986 section 3).
    ///
    /// Only what new requests are signed with counts: a signature over SHA-1 or SHA-224 is refused, whatever `crypto` can do.
    pub fn verify(&self, crypto: &dyn Crypto) -> Result<(), RequestError> {
        if let Some(DigestAlgorithm::Sha1 | DigestAlgorithm::Sha224) = self.algorithm.digest() {
            return Err(unsupported(self.algorithm));
        }
        crypto
            .verify(
                self.algorithm,
                self.public_key.as_der(),
                &self.info_der,
                &self.signature,
            )
            .map_err(|error| match error {
                VerifyError::Mismatch => RequestError::SignatureMismatch,
                VerifyError::UnsupportedAlgorithm(algorithm)
                | VerifyError::NotOverDigest(algorithm) => unsupported(algorithm),
                VerifyError::UnusableKey => RequestError::UnusableKey,
            })
    }

    /// The request.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// The request as PEM.
    #[must_use]
    pub fn to_pem(&self) -> String {
        pem::encode(Label::CertificateRequest, &self.der)
    }

    /// The subject asked for; may be empty.
    #[must_use]
    pub fn subject(&self) -> &Name {
        &self.subject
    }

    /// The key to certify.
    #[must_use]
    pub fn public_key(&self) -> &PublicKeyInfo {
        &self.public_key
    }

    /// The extensions asked for.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// The algorithm of the request's signature.
    #[must_use]
    pub fn signature_algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// The e-mail addresses asked for, in subjectAltName and in the subject, each once.
    #[must_use]
    pub fn requested_emails(&self) -> Vec<String> {
        let names = SubjectAltName::find(&self.extensions).ok().flatten();
        let alternative = names.iter().flat_map(SubjectAltName::emails);
        let mut known = BTreeSet::new();
        alternative
            .chain(self.subject.all(AttributeKind::EmailAddress))
            .filter(|address| known.insert(*address))
            .map(str::to_owned)
            .collect()
    }
}

impl PartialEq for CertificationRequest {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for CertificationRequest {}

impl std::fmt::Debug for CertificationRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CertificationRequest")
            .field("subject", &self.subject)
            .field("public_key", &self.public_key.kind())
            .finish_non_exhaustive()
    }
}

fn unsupported(algorithm: SignatureAlgorithm) -> RequestError {
    RequestError::UnsupportedSignature {
        algorithm: algorithm.to_string(),
    }
}

/// A text in UTF-8, or in UTF-16 with a byte order mark, which is how PowerShell redirects output to a file.
fn text_of(input: &[u8]) -> Option<Cow<'_, str>> {
    let (octets, unit): (_, fn([u8; 2]) -> u16) = match input {
        [0xff, 0xfe, octets @ ..] => (octets, u16::from_le_bytes),
        [0xfe, 0xff, octets @ ..] => (octets, u16::from_be_bytes),
        _ => return std::str::from_utf8(input).ok().map(Cow::Borrowed),
    };
    let (pairs, rest) = octets.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let text: Result<String, _> = char::decode_utf16(pairs.iter().copied().map(unit)).collect();
    text.ok().map(Cow::Owned)
}

/// The extensions of the extensionRequest attribute; other attributes are read over.
fn requested_extensions(attributes: &[u8]) -> Result<Vec<Extension>, ParseError> {
    let mut reader = Reader::new(attributes, "attributes");
    let mut extensions = Vec::new();
    while !reader.is_empty() {
        let mut attribute = reader.nested("attribute")?;
        let kind = attribute.oid("attribute")?;
        let values = attribute.read(tag::SET, "attribute values")?;
        attribute.finish()?;
        if kind == oid::EXTENSION_REQUEST || kind == MICROSOFT_EXTENSION_REQUEST {
            extensions.extend(extension::decode_all(values)?);
        }
    }
    match extension::duplicate(&extensions) {
        Some(oid) => Err(ParseError::DuplicateExtension { oid }),
        None => Ok(extensions),
    }
}
