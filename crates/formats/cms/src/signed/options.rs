//! What is signed, by whom, and how.

use chancery_x509::asn1;
use chancery_x509::extension::KeyUsage;
use chancery_x509::{
    Certificate, DigestAlgorithm, ObjectIdentifier, PublicKeyKind, SignatureAlgorithm,
};

use super::{SignError, SignerIdentifier};
use crate::serial::serial_octets;
use crate::{Attribute, oid};

/// One who signs.
#[derive(Clone, Debug)]
pub struct SignerOptions {
    /// The certificate of the key that signs.
    pub certificate: Certificate,
    /// How the key signs; new signatures take SHA-256 or longer. Ed25519 goes with SHA-512 (RFC 8419 section 3.1).
    pub algorithm: SignatureAlgorithm,
    /// Name the certificate by its subjectKeyIdentifier, not by issuer and serial number.
    pub by_key_identifier: bool,
    /// What is signed beside the content; none signs the content alone, which at most a mebibyte of type data may be.
    pub attributes: Option<AttributeOptions>,
}

/// What is signed beside the content. Content type and message digest are always.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeOptions {
    /// The signer's claim of when: seconds since 1970-01-01T00:00:00Z.
    pub signing_time: Option<i64>,
    /// Binds the signature to the certificate: signing-certificate-v2, as CAdES-BES asks (ETSI EN 319 122-1 section 5.2.2).
    pub signing_certificate: bool,
    /// Binds it to its algorithms (RFC 6211).
    pub algorithm_protection: bool,
    /// Says which ciphers the signer reads (RFC 8551 section 2.5.2).
    pub smime_capabilities: bool,
    /// What the signer commits to (ETSI EN 319 122-1 section 5.2.3).
    pub commitments: Vec<ObjectIdentifier>,
    /// Whatever else, each type once and none of the above.
    pub more: Vec<Attribute>,
}

impl AttributeOptions {
    /// Everything that protects a signature: certificate and algorithms bound, at this time.
    #[must_use]
    pub const fn at(signing_time: i64) -> Self {
        Self {
            signing_time: Some(signing_time),
            signing_certificate: true,
            algorithm_protection: true,
            smime_capabilities: false,
            commitments: Vec::new(),
            more: Vec::new(),
        }
    }
}

/// The structure around the signatures.
#[derive(Clone, Debug)]
pub struct SignedDataOptions {
    /// The type of the content, [`oid::DATA`] as a rule.
    pub content_type: ObjectIdentifier,
    /// Leaves the content out.
    pub detached: bool,
    /// Octets of content, where they are known beforehand: with RSA and Ed25519 DER is written then, at any size.
    pub content_length: Option<u64>,
    /// Certificates to enclose: the signers' own, and what leads to an anchor.
    pub certificates: Vec<Certificate>,
    /// Revocation lists to enclose, DER.
    pub revocation_lists: Vec<Vec<u8>>,
    /// Asks for a time-stamp of each signature (CAdES-T, ETSI EN 319 122-1 section 5.3).
    pub time_stamps: bool,
}

impl Default for SignedDataOptions {
    fn default() -> Self {
        Self {
            content_type: oid::DATA,
            detached: false,
            content_length: None,
            certificates: Vec::new(),
            revocation_lists: Vec::new(),
            time_stamps: false,
        }
    }
}

impl SignerOptions {
    /// Refuses what a signature should not be made of.
    pub(super) fn check(&self, content_type: ObjectIdentifier) -> Result<(), SignError> {
        let algorithm = self.algorithm;
        let fits = match self.certificate.public_key().kind() {
            PublicKeyKind::Rsa { .. } => {
                algorithm.is_rsa_pkcs1() || matches!(algorithm, SignatureAlgorithm::RsaPss(_))
            }
            PublicKeyKind::RsaPss { parameters, .. } => {
                matches!(algorithm, SignatureAlgorithm::RsaPss(used)
                    if parameters.is_none_or(|key| key.allows(used)))
            }
            PublicKeyKind::Ec { .. } => algorithm.is_ecdsa(),
            PublicKeyKind::Ed25519 => algorithm == SignatureAlgorithm::Ed25519,
            _ => false,
        };
        if !fits {
            return Err(SignError::KeyMismatch { algorithm });
        }
        // RFC 8550 section 4.4.2: readers refuse a signature by a certificate that is for something else.
        let usage = self.certificate.extension::<KeyUsage>();
        match usage.map_err(SignError::KeyUsageDamaged)? {
            Some(usage)
                if !usage.contains(KeyUsage::DIGITAL_SIGNATURE)
                    && !usage.contains(KeyUsage::NON_REPUDIATION) =>
            {
                return Err(SignError::KeyUsage);
            }
            _ => {}
        }
        let digest = self.digest();
        if matches!(digest, DigestAlgorithm::Sha1 | DigestAlgorithm::Sha224) {
            return Err(SignError::WeakDigest { digest });
        }
        if self.attributes.is_none() && content_type != oid::DATA {
            return Err(SignError::AttributesRequired { content_type });
        }
        Ok(())
    }

    /// The digest of the content.
    pub(super) fn digest(&self) -> DigestAlgorithm {
        self.algorithm.digest().unwrap_or(DigestAlgorithm::Sha512)
    }

    pub(super) fn identifier(&self) -> Result<SignerIdentifier, SignError> {
        if self.by_key_identifier {
            self.certificate
                .subject_key_identifier()
                .map(SignerIdentifier::SubjectKeyIdentifier)
                .ok_or(SignError::NoKeyIdentifier)
        } else {
            Ok(SignerIdentifier::IssuerAndSerialNumber {
                issuer: self.certificate.issuer().clone(),
                serial: serial_octets(&self.certificate),
            })
        }
    }

    /// The signature algorithm as written: with RSASSA-PKCS1-v1_5 the kind of key alone, which every reader takes (RFC 5754 section 3.2).
    pub(super) fn algorithm_der(&self) -> Vec<u8> {
        if self.algorithm.is_rsa_pkcs1() {
            asn1::sequence(&[
                &asn1::oid(&chancery_x509::oid::RSA_ENCRYPTION),
                &asn1::null(),
            ])
        } else {
            self.algorithm.to_der()
        }
    }

    /// Octets of the signature, where the key always makes as many.
    pub(super) fn signature_len(&self) -> Option<usize> {
        match self.certificate.public_key().kind() {
            PublicKeyKind::Rsa { bits, .. } | PublicKeyKind::RsaPss { bits, .. } => {
                Some(bits.div_ceil(8) as usize)
            }
            PublicKeyKind::Ed25519 => Some(64),
            _ => None,
        }
    }
}

/// The ciphers to be used towards the signer, best first: AES in GCM with 256 and 128 bits, then in CBC mode with 256, 192 and 128
/// (RFC 5084 section 3.2, RFC 3565 section 4.1).
const CIPHERS: [ObjectIdentifier; 5] = [
    ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.46"),
    ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.6"),
    ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.42"),
    ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.22"),
    ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.2"),
];

pub(super) fn smime_capabilities() -> Attribute {
    let list: Vec<_> = CIPHERS
        .iter()
        .map(|cipher| asn1::sequence(&[&asn1::oid(cipher)]))
        .collect();
    Attribute::new(oid::SMIME_CAPABILITIES, asn1::sequence_of(&list))
}
