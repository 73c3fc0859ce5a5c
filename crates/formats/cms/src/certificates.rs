//! Certificates-only `SignedData`.
//!
//! ```asn1
//! ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY }
//! SignedData ::= SEQUENCE {
//!     version CMSVersion, digestAlgorithms SET OF, encapContentInfo SEQUENCE { eContentType, eContent [0] OPTIONAL },
//!     certificates [0] IMPLICIT CertificateSet OPTIONAL, crls [1] IMPLICIT RevocationInfoChoices OPTIONAL,
//!     signerInfos SET OF SignerInfo }
//! ```

use chancery_x509::asn1::{self, Reader, ber, tag};
use chancery_x509::pem::{self, Label, PemError};
use chancery_x509::{Certificate, ObjectIdentifier, ParseError};
use thiserror::Error;

use crate::oid;

/// Largest file that is read.
const MAX_FILE: usize = 4 * 1024 * 1024;

/// Most certificates that are read from one file.
const MAX_CERTIFICATES: usize = 1_000;

/// Why a file gives no certificates.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CertificatesError {
    /// The PEM text is damaged or holds something else.
    #[error(transparent)]
    Pem(#[from] PemError),
    /// Not a CMS structure, or damaged.
    #[error("this is not a PKCS#7 file, or it is damaged")]
    Damaged(#[from] ParseError),
    /// Another CMS type: signed or encrypted content has no certificates to take out without more ado.
    #[error("this is a CMS structure of the type {content_type}, not a collection of certificates")]
    OtherContent {
        /// The type met.
        content_type: ObjectIdentifier,
    },
    /// The collection is empty.
    #[error("there is no certificate in the file")]
    Empty,
    /// More certificates than any honest file holds.
    #[error("there are over {limit} certificates in the file")]
    TooMany {
        /// How many are read.
        limit: usize,
    },
}

/// A `.p7b` of these certificates. DER orders them by their encoding: whoever reads them sorts a chain out by its names.
#[must_use]
pub fn certificates_only(certificates: &[Certificate]) -> Vec<u8> {
    let mut encoded: Vec<_> = certificates.iter().map(Certificate::as_der).collect();
    encoded.sort_unstable();
    encoded.dedup();
    let signed_data = asn1::sequence(&[
        // Version 1: no other certificates, no signers, content of type data (RFC 5652 section 5.1).
        &asn1::integer_u64(1),
        &asn1::set_of(Vec::new()),
        &asn1::sequence(&[&asn1::oid(&oid::DATA)]),
        &asn1::tlv(tag::context_constructed(0), &encoded.concat()),
        &asn1::set_of(Vec::new()),
    ]);
    asn1::sequence(&[
        &asn1::oid(&oid::SIGNED_DATA),
        &asn1::explicit(0, &signed_data),
    ])
}

/// The same as PEM.
#[must_use]
pub fn certificates_only_pem(certificates: &[Certificate]) -> String {
    pem::encode(Label::Pkcs7, &certificates_only(certificates))
}

/// The certificates of a `.p7b` in the order of the file, from BER, DER or PEM. Lists and signatures beside them are read over.
pub fn read_certificates(input: &[u8]) -> Result<Vec<Certificate>, CertificatesError> {
    if input.len() > MAX_FILE {
        return Err(CertificatesError::Damaged(ParseError::TooLarge {
            what: "PKCS#7 file",
            octets: input.len(),
            limit: MAX_FILE,
        }));
    }
    match std::str::from_utf8(input) {
        Ok(text) if text.contains("-----BEGIN") => read_ber(&pem::decode(text, Label::Pkcs7)?),
        _ => read_ber(input),
    }
}

fn read_ber(input: &[u8]) -> Result<Vec<Certificate>, CertificatesError> {
    let der = ber::to_definite(input, ber::Limits::FILE).map_err(|source| ParseError::Ber {
        what: "PKCS#7 file",
        source,
    })?;
    let mut info = Reader::sequence(&der, "content info")?;
    let content_type = info.oid("content type")?;
    if content_type != oid::SIGNED_DATA {
        return Err(CertificatesError::OtherContent { content_type });
    }
    let content = info.read(tag::context_constructed(0), "content")?;
    info.finish()?;

    let mut signed = Reader::sequence(content, "signed data")?;
    signed.integer_u64("version")?;
    signed.read(tag::SET, "digest algorithms")?;
    signed.nested("encapsulated content")?;
    let set = signed.optional(tag::context_constructed(0), "certificates")?;
    signed.optional(tag::context_constructed(1), "revocation lists")?;
    signed.read(tag::SET, "signers")?;
    signed.finish()?;

    let mut reader = Reader::new(set.unwrap_or_default(), "certificates");
    let mut certificates = Vec::new();
    while !reader.is_empty() {
        if certificates.len() >= MAX_CERTIFICATES {
            return Err(CertificatesError::TooMany {
                limit: MAX_CERTIFICATES,
            });
        }
        certificates.push(Certificate::from_der(
            reader.raw(tag::SEQUENCE, "certificate")?,
        )?);
    }
    if certificates.is_empty() {
        return Err(CertificatesError::Empty);
    }
    Ok(certificates)
}
