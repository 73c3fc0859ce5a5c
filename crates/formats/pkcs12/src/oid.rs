//! Object identifiers of PKCS#5, PKCS#7, PKCS#9 and PKCS#12, and what those are called that are known but not read.

use chancery_x509::ObjectIdentifier;

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

pub(crate) const ID_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.1");
pub(crate) const ID_ENCRYPTED_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.6");

pub(crate) const KEY_BAG: ObjectIdentifier = oid("1.2.840.113549.1.12.10.1.1");
pub(crate) const SHROUDED_KEY_BAG: ObjectIdentifier = oid("1.2.840.113549.1.12.10.1.2");
pub(crate) const CERT_BAG: ObjectIdentifier = oid("1.2.840.113549.1.12.10.1.3");
pub(crate) const CRL_BAG: ObjectIdentifier = oid("1.2.840.113549.1.12.10.1.4");
pub(crate) const SECRET_BAG: ObjectIdentifier = oid("1.2.840.113549.1.12.10.1.5");
pub(crate) const SAFE_CONTENTS_BAG: ObjectIdentifier = oid("1.2.840.113549.1.12.10.1.6");

pub(crate) const X509_CERTIFICATE: ObjectIdentifier = oid("1.2.840.113549.1.9.22.1");
pub(crate) const FRIENDLY_NAME: ObjectIdentifier = oid("1.2.840.113549.1.9.20");
pub(crate) const LOCAL_KEY_ID: ObjectIdentifier = oid("1.2.840.113549.1.9.21");

pub(crate) const PBE_SHA1_RC4_128: ObjectIdentifier = oid("1.2.840.113549.1.12.1.1");
pub(crate) const PBE_SHA1_RC4_40: ObjectIdentifier = oid("1.2.840.113549.1.12.1.2");
pub(crate) const PBE_SHA1_3DES: ObjectIdentifier = oid("1.2.840.113549.1.12.1.3");
pub(crate) const PBE_SHA1_2DES: ObjectIdentifier = oid("1.2.840.113549.1.12.1.4");
pub(crate) const PBE_SHA1_RC2_128: ObjectIdentifier = oid("1.2.840.113549.1.12.1.5");
pub(crate) const PBE_SHA1_RC2_40: ObjectIdentifier = oid("1.2.840.113549.1.12.1.6");

pub(crate) const PBKDF2: ObjectIdentifier = oid("1.2.840.113549.1.5.12");
pub(crate) const PBES2: ObjectIdentifier = oid("1.2.840.113549.1.5.13");
pub(crate) const PBMAC1: ObjectIdentifier = oid("1.2.840.113549.1.5.14");
pub(crate) const SCRYPT: ObjectIdentifier = oid("1.3.6.1.4.1.11591.4.11");

pub(crate) const HMAC_WITH_SHA1: ObjectIdentifier = oid("1.2.840.113549.2.7");
pub(crate) const HMAC_WITH_SHA224: ObjectIdentifier = oid("1.2.840.113549.2.8");
pub(crate) const HMAC_WITH_SHA256: ObjectIdentifier = oid("1.2.840.113549.2.9");
pub(crate) const HMAC_WITH_SHA384: ObjectIdentifier = oid("1.2.840.113549.2.10");
pub(crate) const HMAC_WITH_SHA512: ObjectIdentifier = oid("1.2.840.113549.2.11");

pub(crate) const AES128_CBC: ObjectIdentifier = oid("2.16.840.1.101.3.4.1.2");
pub(crate) const AES192_CBC: ObjectIdentifier = oid("2.16.840.1.101.3.4.1.22");
pub(crate) const AES256_CBC: ObjectIdentifier = oid("2.16.840.1.101.3.4.1.42");
pub(crate) const DES_EDE3_CBC: ObjectIdentifier = oid("1.2.840.113549.3.7");
pub(crate) const RC2_CBC: ObjectIdentifier = oid("1.2.840.113549.3.2");

/// What people call an algorithm that is known but not read.
pub(crate) fn known_name(oid: &ObjectIdentifier) -> Option<&'static str> {
    let text = oid.to_string();
    NAMES
        .iter()
        .find_map(|(known, name)| (*known == text).then_some(*name))
}

const NAMES: [(&str, &str); 57] = [
    ("1.2.840.113549.1.5.1", "MD2 with DES (PBES1)"),
    ("1.2.840.113549.1.5.3", "MD5 with DES (PBES1)"),
    ("1.2.840.113549.1.5.4", "MD2 with RC2-64 (PBES1)"),
    ("1.2.840.113549.1.5.6", "MD5 with RC2-64 (PBES1)"),
    ("1.2.840.113549.1.5.10", "SHA-1 with DES (PBES1)"),
    ("1.2.840.113549.1.5.11", "SHA-1 with RC2-64 (PBES1)"),
    ("1.2.840.113549.2.2", "MD2"),
    ("1.2.840.113549.2.4", "MD4"),
    ("1.2.840.113549.2.5", "MD5"),
    ("1.3.36.3.2.1", "RIPEMD-160"),
    ("1.0.10118.3.0.55", "Whirlpool"),
    ("1.2.156.10197.1.401", "SM3"),
    ("2.16.840.1.101.3.4.2.5", "SHA-512/224"),
    ("2.16.840.1.101.3.4.2.6", "SHA-512/256"),
    ("2.16.840.1.101.3.4.2.7", "SHA3-224"),
    ("2.16.840.1.101.3.4.2.8", "SHA3-256"),
    ("2.16.840.1.101.3.4.2.9", "SHA3-384"),
    ("2.16.840.1.101.3.4.2.10", "SHA3-512"),
    ("1.3.6.1.4.1.1722.12.2.1.16", "BLAKE2b-512"),
    ("1.3.6.1.4.1.1722.12.2.2.8", "BLAKE2s-256"),
    ("1.2.643.7.1.1.2.2", "Streebog-256"),
    ("1.2.643.7.1.1.2.3", "Streebog-512"),
    ("1.2.643.2.2.9", "GOST R 34.11-94"),
    ("1.2.840.113549.2.6", "HMAC-MD5"),
    ("1.3.6.1.5.5.8.1.1", "HMAC-MD5"),
    ("1.3.6.1.5.5.8.1.2", "HMAC-SHA-1 (1.3.6.1.5.5.8.1.2)"),
    ("1.2.840.113549.2.12", "HMAC-SHA-512/224"),
    ("1.2.840.113549.2.13", "HMAC-SHA-512/256"),
    ("1.2.643.7.1.1.4.1", "HMAC-Streebog-256"),
    ("1.2.643.7.1.1.4.2", "HMAC-Streebog-512"),
    ("1.3.14.3.2.7", "DES-CBC"),
    ("1.3.14.3.2.6", "DES-ECB"),
    ("1.2.840.113549.3.4", "RC4"),
    ("1.2.840.113549.3.8", "RC5-CBC"),
    ("1.2.840.113533.7.66.10", "CAST5-CBC"),
    ("1.3.6.1.4.1.3029.1.2", "Blowfish-CBC"),
    ("1.3.6.1.4.1.188.7.1.1.2", "IDEA-CBC"),
    ("1.2.410.200004.1.4", "SEED-CBC"),
    ("1.2.156.10197.1.104.2", "SM4-CBC"),
    ("1.2.410.200046.1.1.2", "ARIA-128-CBC"),
    ("1.2.410.200046.1.1.7", "ARIA-192-CBC"),
    ("1.2.410.200046.1.1.12", "ARIA-256-CBC"),
    ("1.2.392.200011.61.1.1.1.2", "Camellia-128-CBC"),
    ("1.2.392.200011.61.1.1.1.3", "Camellia-192-CBC"),
    ("1.2.392.200011.61.1.1.1.4", "Camellia-256-CBC"),
    ("2.16.840.1.101.3.4.1.1", "AES-128-ECB"),
    ("2.16.840.1.101.3.4.1.3", "AES-128-OFB"),
    ("2.16.840.1.101.3.4.1.4", "AES-128-CFB"),
    ("2.16.840.1.101.3.4.1.6", "AES-128-GCM"),
    ("2.16.840.1.101.3.4.1.26", "AES-192-GCM"),
    ("2.16.840.1.101.3.4.1.41", "AES-256-ECB"),
    ("2.16.840.1.101.3.4.1.43", "AES-256-OFB"),
    ("2.16.840.1.101.3.4.1.44", "AES-256-CFB"),
    ("2.16.840.1.101.3.4.1.46", "AES-256-GCM"),
    ("1.2.643.2.2.21", "GOST 28147-89"),
    (
        "1.2.840.113549.1.7.2",
        "signedData (integrity by a signature)",
    ),
    (
        "1.2.840.113549.1.7.3",
        "envelopedData (privacy by a public key)",
    ),
];
