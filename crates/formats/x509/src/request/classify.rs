//! What a structure is that is not a certification request.

use super::RequestError;
use crate::asn1::{Reader, tag};
use crate::certificate::Certificate;
use crate::error::ParseError;
use crate::public_key::PublicKeyInfo;

/// The most useful thing to say about octets that could not be read as a request.
pub(super) fn explain(der: &[u8], source: ParseError) -> RequestError {
    if Certificate::from_der(der).is_ok() {
        return RequestError::IsCertificate;
    }
    if PublicKeyInfo::from_der(der).is_ok() {
        return RequestError::IsPublicKey;
    }
    match shape(der) {
        Some(Shape::PrivateKey) => RequestError::IsPrivateKey,
        Some(Shape::Pkcs12) => RequestError::IsPkcs12,
        Some(Shape::Pkcs7) => RequestError::IsPkcs7,
        None if source.is_truncation() => RequestError::CutShort,
        None => RequestError::Content(source),
    }
}

enum Shape {
    PrivateKey,
    Pkcs12,
    Pkcs7,
}

/// Told by the first elements, so that a file cut short is still recognised.
fn shape(der: &[u8]) -> Option<Shape> {
    const WHAT: &str = "structure";
    let mut outer = Reader::sequence(der, WHAT).ok()?;
    let (first, content) = outer.any(WHAT).ok()?;
    let second = outer.peek();
    match (first, content, second) {
        // PrivateKeyInfo and RSAPrivateKey begin with version 0, ECPrivateKey with 1 (RFC 5208, RFC 8017, RFC 5915).
        (tag::INTEGER, [0 | 1], Some(tag::SEQUENCE | tag::INTEGER | tag::OCTET_STRING))
        // EncryptedPrivateKeyInfo: an algorithm, then octets (RFC 5208 section 6).
        | (tag::SEQUENCE, _, Some(tag::OCTET_STRING)) => Some(Shape::PrivateKey),
        // PFX begins with version 3 (RFC 7292 section 4).
        (tag::INTEGER, [3], Some(tag::SEQUENCE)) => Some(Shape::Pkcs12),
        // ContentInfo (RFC 5652 section 3).
        (tag::OID, _, Some(0xa0)) => Some(Shape::Pkcs7),
        _ => None,
    }
}
