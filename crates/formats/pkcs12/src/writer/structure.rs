//! The outer structures as they are written.

use chancery_x509::asn1;

use crate::oid;

/// `ContentInfo` of type data.
pub(crate) fn data(content: &[u8]) -> Vec<u8> {
    asn1::sequence(&[
        &asn1::oid(&oid::ID_DATA),
        &asn1::explicit(0, &asn1::octet_string(content)),
    ])
}

/// `ContentInfo` of type encryptedData (RFC 5652 section 8).
pub(crate) fn encrypted_data(algorithm: &[u8], cipher_text: &[u8]) -> Vec<u8> {
    let content = asn1::sequence(&[
        &asn1::oid(&oid::ID_DATA),
        algorithm,
        &asn1::implicit(0, cipher_text),
    ]);
    let encrypted = asn1::sequence(&[&asn1::integer_u64(0), &content]);
    asn1::sequence(&[
        &asn1::oid(&oid::ID_ENCRYPTED_DATA),
        &asn1::explicit(0, &encrypted),
    ])
}

/// `PFX`.
pub(crate) fn pfx(authenticated_safe: &[u8], mac_data: &[u8]) -> Vec<u8> {
    asn1::sequence(&[&asn1::integer_u64(3), &data(authenticated_safe), mac_data])
}
