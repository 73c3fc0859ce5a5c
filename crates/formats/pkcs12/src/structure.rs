//! The outer structures of a PFX.
//!
//! ```asn1
//! PFX ::= SEQUENCE { version INTEGER { v3(3) }, authSafe ContentInfo, macData MacData OPTIONAL }
//! AuthenticatedSafe ::= SEQUENCE OF ContentInfo
//! MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 }
//! ```

use chancery_x509::asn1::{self, tag};
use chancery_x509::{DigestAlgorithm, ObjectIdentifier};

const ID_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const ID_ENCRYPTED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.6");
const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
const HMAC_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.9");
const AES256_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.42");

/// PBES2 with PBKDF2, HMAC-SHA-256 and AES-256-CBC (RFC 8018 appendices A.2, A.4 and B.2.5). The key length is left out, as NSS
/// and Java write it: the cipher fixes it.
pub(crate) fn pbes2(salt: &[u8], rounds: u32, iv: &[u8]) -> Vec<u8> {
    let prf = asn1::sequence(&[&asn1::oid(&HMAC_WITH_SHA256), &asn1::null()]);
    let pbkdf2 = asn1::sequence(&[
        &asn1::oid(&PBKDF2),
        &asn1::sequence(&[
            &asn1::octet_string(salt),
            &asn1::integer_u64(rounds.into()),
            &prf,
        ]),
    ]);
    let cipher = asn1::sequence(&[&asn1::oid(&AES256_CBC), &asn1::octet_string(iv)]);
    asn1::sequence(&[&asn1::oid(&PBES2), &asn1::sequence(&[&pbkdf2, &cipher])])
}

/// `ContentInfo` of type data.
pub(crate) fn data(content: &[u8]) -> Vec<u8> {
    asn1::sequence(&[
        &asn1::oid(&ID_DATA),
        &asn1::explicit(0, &asn1::octet_string(content)),
    ])
}

/// `ContentInfo` of type encryptedData (RFC 5652 section 8).
pub(crate) fn encrypted_data(algorithm: &[u8], cipher_text: &[u8]) -> Vec<u8> {
    let content = asn1::sequence(&[
        &asn1::oid(&ID_DATA),
        algorithm,
        &asn1::implicit(0, cipher_text),
    ]);
    let encrypted = asn1::sequence(&[&asn1::integer_u64(0), &content]);
    asn1::sequence(&[
        &asn1::oid(&ID_ENCRYPTED_DATA),
        &asn1::explicit(0, &encrypted),
    ])
}

/// `PFX`. The digest's parameters are NULL here, as all readers expect in a `DigestInfo` (RFC 8017 appendix B.1).
pub(crate) fn pfx(authenticated_safe: &[u8], mac: &[u8], salt: &[u8], rounds: u32) -> Vec<u8> {
    let algorithm = asn1::sequence(&[&asn1::oid(&DigestAlgorithm::Sha256.oid()), &asn1::null()]);
    let mac_data = asn1::sequence(&[
        &asn1::sequence(&[&algorithm, &asn1::octet_string(mac)]),
        &asn1::octet_string(salt),
        &asn1::integer_u64(rounds.into()),
    ]);
    asn1::tlv(
        tag::SEQUENCE,
        &[asn1::integer_u64(3), data(authenticated_safe), mac_data].concat(),
    )
}
