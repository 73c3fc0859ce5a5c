//! `SignerInfo` (RFC 5652 section 5.3).

use chancery_x509::asn1::{self, Reader, ber, tag};
use chancery_x509::{
    Certificate, DigestAlgorithm, Name, ObjectIdentifier, ParseError, SignatureAlgorithm, hex,
};

use super::attribute::Attributes;
use crate::serial::serial_octets;

/// Longest signature value that is read: RSA of 16,384 bits has 2 KiB, and each counter-signature and time-stamp digests it anew.
const MAX_SIGNATURE: usize = 64 << 10;

/// How a signer names its certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignerIdentifier {
    /// By issuer and serial number.
    IssuerAndSerialNumber {
        /// The issuer's name.
        issuer: Name,
        /// The two's complement octets of the serial number, as they came.
        serial: Vec<u8>,
    },
    /// By subjectKeyIdentifier.
    SubjectKeyIdentifier(Vec<u8>),
}

impl SignerIdentifier {
    /// Whether it names this certificate.
    #[must_use]
    pub fn names(&self, certificate: &Certificate) -> bool {
        match self {
            Self::IssuerAndSerialNumber { issuer, serial } => {
                certificate.issuer() == issuer && serial_octets(certificate) == *serial
            }
            Self::SubjectKeyIdentifier(identifier) => {
                certificate.subject_key_identifier().as_ref() == Some(identifier)
            }
        }
    }

    /// For people: `serial 0a:1b of CN=…`, `key 0a:1b…`.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::IssuerAndSerialNumber { issuer, serial } => {
                format!("serial {} of {issuer}", hex::encode(serial, ""))
            }
            Self::SubjectKeyIdentifier(identifier) => {
                format!("key {}", hex::encode(identifier, ""))
            }
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ParseError> {
        const WHAT: &str = "signer identifier";
        match reader.peek() {
            Some(tag::SEQUENCE) => {
                let mut sid = reader.nested(WHAT)?;
                let (issuer, serial) = issuer_and_serial(&mut sid)?;
                sid.finish()?;
                Ok(Self::IssuerAndSerialNumber { issuer, serial })
            }
            _ => match ber::implicit_octets(reader, 0, WHAT)? {
                Some(identifier) => Ok(Self::SubjectKeyIdentifier(identifier.into_owned())),
                None => Err(ParseError::Unexpected { what: WHAT }),
            },
        }
    }

    pub(super) fn to_der(&self) -> Vec<u8> {
        match self {
            Self::IssuerAndSerialNumber { issuer, serial } => {
                asn1::sequence(&[issuer.as_der(), &asn1::tlv(tag::INTEGER, serial)])
            }
            Self::SubjectKeyIdentifier(identifier) => asn1::implicit(0, identifier),
        }
    }

    /// 1 for issuer and serial number, 3 for a key identifier.
    pub(super) const fn version(&self) -> u64 {
        match self {
            Self::IssuerAndSerialNumber { .. } => 1,
            Self::SubjectKeyIdentifier(_) => 3,
        }
    }
}

/// Reads `issuer Name, serialNumber INTEGER`.
pub(super) fn issuer_and_serial(reader: &mut Reader<'_>) -> Result<(Name, Vec<u8>), ParseError> {
    let issuer = Name::from_der(reader.raw(tag::SEQUENCE, "issuer")?)?;
    let serial = reader.integer("serial number")?.to_vec();
    Ok((issuer, serial))
}

/// An algorithm as written, and what it means where that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm<T> {
    /// Known.
    Known(T),
    /// Not known, or with parameters that its standard does not allow.
    Unknown(ObjectIdentifier),
}

impl<T: Copy> Algorithm<T> {
    /// What is known.
    pub const fn known(self) -> Option<T> {
        match self {
            Self::Known(algorithm) => Some(algorithm),
            Self::Unknown(_) => None,
        }
    }
}

/// One signer's part.
///
/// ```asn1
/// SignerInfo ::= SEQUENCE {
///     version CMSVersion,
///     sid SignerIdentifier,
///     digestAlgorithm DigestAlgorithmIdentifier,
///     signedAttrs [0] IMPLICIT SignedAttributes OPTIONAL,
///     signatureAlgorithm SignatureAlgorithmIdentifier,
///     signature SignatureValue,
///     unsignedAttrs [1] IMPLICIT UnsignedAttributes OPTIONAL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignerInfo {
    pub(super) version: u64,
    pub(super) identifier: SignerIdentifier,
    pub(super) digest: Algorithm<DigestAlgorithm>,
    pub(super) digest_der: Vec<u8>,
    pub(super) signed: Option<Attributes>,
    pub(super) algorithm_der: Vec<u8>,
    pub(super) signature: Vec<u8>,
    pub(super) unsigned: Attributes,
}

impl SignerInfo {
    /// Reads one from DER.
    pub(super) fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        let mut info = Reader::sequence(der, "signer")?;
        let version = info.integer_u64("signer version")?;
        let identifier = SignerIdentifier::read(&mut info)?;
        let digest_der = info.raw(tag::SEQUENCE, "digest algorithm")?;
        let signed = info.optional(tag::context_constructed(0), "signed attributes")?;
        let algorithm_der = info.raw(tag::SEQUENCE, "signature algorithm")?;
        let signature = info.read(tag::OCTET_STRING, "signature")?;
        if signature.len() > MAX_SIGNATURE {
            return Err(ParseError::TooLarge {
                what: "signature",
                octets: signature.len(),
                limit: MAX_SIGNATURE,
            });
        }
        let unsigned = info.optional(tag::context_constructed(1), "unsigned attributes")?;
        info.finish()?;
        Ok(Self {
            version,
            identifier,
            digest: read_digest(digest_der)?,
            digest_der: digest_der.to_vec(),
            signed: signed.map(Attributes::from_content).transpose()?,
            algorithm_der: algorithm_der.to_vec(),
            signature: signature.to_vec(),
            unsigned: Attributes::from_content(unsigned.unwrap_or_default())?,
        })
    }

    /// How it names its certificate.
    #[must_use]
    pub const fn identifier(&self) -> &SignerIdentifier {
        &self.identifier
    }

    /// The digest of the content.
    #[must_use]
    pub const fn digest(&self) -> Algorithm<DigestAlgorithm> {
        self.digest
    }

    /// What is signed beside the content; without any, the signature is over the content itself.
    #[must_use]
    pub const fn signed_attributes(&self) -> Option<&Attributes> {
        self.signed.as_ref()
    }

    /// What was added afterwards.
    #[must_use]
    pub const fn unsigned_attributes(&self) -> &Attributes {
        &self.unsigned
    }

    /// The signature value.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// The signature algorithm. `rsaEncryption` and `id-ecPublicKey` take the digest from beside them (RFC 3370 section 3.2, and
    /// signers that name the kind of key only).
    #[must_use]
    pub fn signature_algorithm(&self) -> Algorithm<SignatureAlgorithm> {
        use chancery_x509::oid;
        let Ok(named) = Reader::sequence(&self.algorithm_der, "signature algorithm")
            .and_then(|mut reader| reader.oid("signature algorithm"))
        else {
            return Algorithm::Unknown(crate::oid::DATA);
        };
        match (named, self.digest.known()) {
            (oid::RSA_ENCRYPTION, Some(digest)) => {
                Algorithm::Known(SignatureAlgorithm::rsa_pkcs1(digest))
            }
            (oid::EC_PUBLIC_KEY, Some(digest)) => {
                Algorithm::Known(SignatureAlgorithm::ecdsa(digest))
            }
            _ => match SignatureAlgorithm::from_der(&self.algorithm_der) {
                Ok(algorithm) => Algorithm::Known(algorithm),
                Err(_) => Algorithm::Unknown(named),
            },
        }
    }
}

/// Reads a digest `AlgorithmIdentifier`, whatever it is.
pub(super) fn read_digest(der: &[u8]) -> Result<Algorithm<DigestAlgorithm>, ParseError> {
    let reader = Reader::sequence(der, "digest algorithm")?;
    let oid = reader.clone().oid("digest algorithm")?;
    Ok(DigestAlgorithm::read(reader).map_or(Algorithm::Unknown(oid), Algorithm::Known))
}
