//! Signed attributes that bind a signature to a certificate, to its algorithms and to a meaning.

use chancery_x509::asn1::{self, Reader, element, tag};
use chancery_x509::extension::GeneralName;
use chancery_x509::{Certificate, Crypto, DigestAlgorithm, ObjectIdentifier, ParseError};

use super::SignatureFault;
use super::attribute::Attributes;
use super::signer_info::SignerInfo;
use crate::serial::serial_octets;
use crate::{Attribute, oid};

/// Which certificate a signature is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binding {
    /// To none: any certificate with the same key, issuer and serial number would do.
    Absent,
    /// By signing-certificate with SHA-1 (RFC 5035 section 5).
    SigningCertificate,
    /// By signing-certificate-v2 (RFC 5035 section 3).
    SigningCertificateV2(DigestAlgorithm),
}

/// Compares what the attributes name with the certificate found; the stronger binding is told.
pub(super) fn check(
    attributes: &Attributes,
    certificate: &Certificate,
    crypto: &dyn Crypto,
) -> Result<Binding, SignatureFault> {
    let mut binding = Binding::Absent;
    if let Some(value) = attributes.single(oid::SIGNING_CERTIFICATE)? {
        let id =
            read_first(value, false).map_err(|source| damaged("signingCertificate", source))?;
        id.check(certificate, crypto)?;
        binding = Binding::SigningCertificate;
    }
    if let Some(value) = attributes.single(oid::SIGNING_CERTIFICATE_V2)? {
        let id =
            read_first(value, true).map_err(|source| damaged("signingCertificateV2", source))?;
        id.check(certificate, crypto)?;
        binding = Binding::SigningCertificateV2(id.digest);
    }
    Ok(binding)
}

const fn damaged(name: &'static str, source: ParseError) -> SignatureFault {
    SignatureFault::AttributeDamaged { name, source }
}

/// ```asn1
/// SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, policies SEQUENCE OF PolicyInformation OPTIONAL }
/// ESSCertIDv2 ::= SEQUENCE {
///     hashAlgorithm AlgorithmIdentifier DEFAULT {algorithm id-sha256},
///     certHash OCTET STRING,
///     issuerSerial SEQUENCE { issuer GeneralNames, serialNumber INTEGER } OPTIONAL }
/// ```
struct CertId {
    digest: DigestAlgorithm,
    hash: Vec<u8>,
    issuer_serial: Option<(Vec<u8>, Vec<u8>)>,
}

impl CertId {
    fn check(&self, certificate: &Certificate, crypto: &dyn Crypto) -> Result<(), SignatureFault> {
        let mut fits = certificate.fingerprint(self.digest, crypto) == self.hash;
        if let Some((issuer, serial)) = &self.issuer_serial {
            let name = GeneralName::Directory(certificate.issuer().clone()).to_der();
            fits = fits && *issuer == name && *serial == serial_octets(certificate);
        }
        if fits {
            Ok(())
        } else {
            Err(SignatureFault::SigningCertificate)
        }
    }
}

/// The first of the certificates named is the signer's (RFC 5035 section 3).
fn read_first(value: &[u8], is_v2: bool) -> Result<CertId, ParseError> {
    const WHAT: &str = "signing certificate";
    let mut attribute = Reader::sequence(value, WHAT)?;
    let mut certs = attribute.nested(WHAT)?;
    attribute.optional(tag::SEQUENCE, "signing certificate policies")?;
    attribute.finish()?;
    let mut id = certs.nested(WHAT)?;
    let digest = match id.peek() {
        Some(tag::SEQUENCE) if is_v2 => DigestAlgorithm::read(id.nested(WHAT)?)?,
        _ if is_v2 => DigestAlgorithm::Sha256,
        _ => DigestAlgorithm::Sha1,
    };
    let hash = id.read(tag::OCTET_STRING, "certificate digest")?.to_vec();
    let issuer_serial = match id.optional(tag::SEQUENCE, "issuer and serial number")? {
        None => None,
        Some(content) => {
            let mut reader = Reader::new(content, "issuer and serial number");
            let names = reader.read(tag::SEQUENCE, "issuer")?.to_vec();
            let serial = reader.integer("serial number")?.to_vec();
            reader.finish()?;
            Some((names, serial))
        }
    };
    id.finish()?;
    Ok(CertId {
        digest,
        hash,
        issuer_serial,
    })
}

/// The attribute that binds a signature to `certificate`.
pub(super) fn signing_certificate(
    certificate: &Certificate,
    digest: DigestAlgorithm,
    crypto: &dyn Crypto,
) -> Attribute {
    let is_v2 = digest != DigestAlgorithm::Sha1;
    let algorithm = match digest {
        DigestAlgorithm::Sha1 | DigestAlgorithm::Sha256 => Vec::new(),
        other => other.to_der(),
    };
    let name = GeneralName::Directory(certificate.issuer().clone()).to_der();
    let issuer_serial = asn1::sequence(&[
        &asn1::sequence(&[&name]),
        &asn1::tlv(tag::INTEGER, &serial_octets(certificate)),
    ]);
    let hash = asn1::octet_string(&certificate.fingerprint(digest, crypto));
    let id = asn1::sequence(&[&algorithm, &hash, &issuer_serial]);
    let value = asn1::sequence(&[&asn1::sequence(&[&id])]);
    let oid = if is_v2 {
        oid::SIGNING_CERTIFICATE_V2
    } else {
        oid::SIGNING_CERTIFICATE
    };
    Attribute::new(oid, value)
}

/// Whether the algorithms are signed; an error if others are (RFC 6211 section 2).
///
/// ```asn1
/// CMSAlgorithmProtection ::= SEQUENCE {
///     digestAlgorithm DigestAlgorithmIdentifier,
///     signatureAlgorithm [1] SignatureAlgorithmIdentifier OPTIONAL,
///     macAlgorithm [2] MessageAuthenticationCodeAlgorithm OPTIONAL }
/// ```
pub(super) fn check_algorithm_protection(
    attributes: &Attributes,
    signer: &SignerInfo,
) -> Result<bool, SignatureFault> {
    const NAME: &str = "CMSAlgorithmProtection";
    let Some(value) = attributes.single(oid::ALGORITHM_PROTECTION)? else {
        return Ok(false);
    };
    let read = || -> Result<_, ParseError> {
        let mut reader = Reader::sequence(value, "algorithm protection")?;
        let digest = reader.raw(tag::SEQUENCE, "digest algorithm")?;
        let signature = reader.read(tag::context_constructed(1), "signature algorithm")?;
        reader.finish()?;
        Ok((digest, asn1::tlv(tag::SEQUENCE, signature)))
    };
    let (digest, signature) = read().map_err(|source| damaged(NAME, source))?;
    // Parameters absent and NULL mean the same for digests and for RSA (RFC 5754 section 2).
    let same = |one: &[u8], other: &[u8]| without_null(one) == without_null(other);
    if same(digest, &signer.digest_der) && same(&signature, &signer.algorithm_der) {
        Ok(true)
    } else {
        Err(SignatureFault::AlgorithmProtection)
    }
}

/// The attribute that protects these algorithms.
pub(super) fn algorithm_protection(digest_der: &[u8], algorithm_der: &[u8]) -> Attribute {
    let content = element(algorithm_der, tag::SEQUENCE, "signature algorithm").unwrap_or_default();
    let value = asn1::sequence(&[digest_der, &asn1::explicit(1, content)]);
    Attribute::new(oid::ALGORITHM_PROTECTION, value)
}

fn without_null(algorithm: &[u8]) -> &[u8] {
    let content = element(algorithm, tag::SEQUENCE, "algorithm").unwrap_or(algorithm);
    content.strip_suffix(&[tag::NULL, 0]).unwrap_or(content)
}

/// What the signer commits to (ETSI EN 319 122-1 section 5.2.3).
pub(super) fn read_commitments(
    attributes: &Attributes,
) -> Result<Vec<ObjectIdentifier>, SignatureFault> {
    attributes
        .values(oid::COMMITMENT_TYPE)
        .map(|value| {
            Reader::sequence(value, "commitment type")
                .and_then(|mut reader| reader.oid("commitment type"))
                .map_err(|source| damaged("commitmentType", source))
        })
        .collect()
}

/// The attribute that states what the signer commits to.
pub(super) fn commitment(commitment: &ObjectIdentifier) -> Attribute {
    Attribute::new(
        oid::COMMITMENT_TYPE,
        asn1::sequence(&[&asn1::oid(commitment)]),
    )
}
