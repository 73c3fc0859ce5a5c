//! Object identifiers of encrypted content and of key management.

use chancery_x509::ObjectIdentifier;

macro_rules! oids {
    ($($(#[$doc:meta])* $name:ident = $value:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: ObjectIdentifier = ObjectIdentifier::new_unwrap($value);)*
    };
}

oids! {
    /// dhSinglePass-stdDH-sha1kdf-scheme (RFC 5753 section 7.1.4).
    STD_DH_SHA1_KDF = "1.3.133.16.840.63.0.2";
    /// dhSinglePass-stdDH-sha224kdf-scheme.
    STD_DH_SHA224_KDF = "1.3.132.1.11.0";
    /// dhSinglePass-stdDH-sha256kdf-scheme.
    STD_DH_SHA256_KDF = "1.3.132.1.11.1";
    /// dhSinglePass-stdDH-sha384kdf-scheme.
    STD_DH_SHA384_KDF = "1.3.132.1.11.2";
    /// dhSinglePass-stdDH-sha512kdf-scheme.
    STD_DH_SHA512_KDF = "1.3.132.1.11.3";
    /// dhSinglePass-cofactorDH-sha1kdf-scheme.
    COFACTOR_DH_SHA1_KDF = "1.3.133.16.840.63.0.3";
    /// dhSinglePass-cofactorDH-sha224kdf-scheme.
    COFACTOR_DH_SHA224_KDF = "1.3.132.1.14.0";
    /// dhSinglePass-cofactorDH-sha256kdf-scheme.
    COFACTOR_DH_SHA256_KDF = "1.3.132.1.14.1";
    /// dhSinglePass-cofactorDH-sha384kdf-scheme.
    COFACTOR_DH_SHA384_KDF = "1.3.132.1.14.2";
    /// dhSinglePass-cofactorDH-sha512kdf-scheme.
    COFACTOR_DH_SHA512_KDF = "1.3.132.1.14.3";
    /// dhSinglePass-stdDH-hkdf-sha256-scheme (RFC 8418 section 2.2).
    STD_DH_HKDF_SHA256 = "1.2.840.113549.1.9.16.3.19";
    /// dhSinglePass-stdDH-hkdf-sha384-scheme.
    STD_DH_HKDF_SHA384 = "1.2.840.113549.1.9.16.3.20";
    /// dhSinglePass-stdDH-hkdf-sha512-scheme.
    STD_DH_HKDF_SHA512 = "1.2.840.113549.1.9.16.3.21";

    /// id-aes128-wrap (RFC 3565 section 2.3.2).
    AES128_WRAP = "2.16.840.1.101.3.4.1.5";
    /// id-aes192-wrap.
    AES192_WRAP = "2.16.840.1.101.3.4.1.25";
    /// id-aes256-wrap.
    AES256_WRAP = "2.16.840.1.101.3.4.1.45";

    /// id-alg-CMS3DESwrap (RFC 3370 section 4.3.1).
    DES_EDE3_WRAP = "1.2.840.113549.1.9.16.3.6";

    /// id-aes128-CBC (RFC 3565 section 4.1).
    AES128_CBC = "2.16.840.1.101.3.4.1.2";
    /// id-aes192-CBC.
    AES192_CBC = "2.16.840.1.101.3.4.1.22";
    /// id-aes256-CBC.
    AES256_CBC = "2.16.840.1.101.3.4.1.42";
    /// id-aes128-GCM (RFC 5084 section 3.2).
    AES128_GCM = "2.16.840.1.101.3.4.1.6";
    /// id-aes192-GCM.
    AES192_GCM = "2.16.840.1.101.3.4.1.26";
    /// id-aes256-GCM.
    AES256_GCM = "2.16.840.1.101.3.4.1.46";
    /// id-alg-AEADChaCha20Poly1305 (RFC 8103 section 1.1).
    CHACHA20_POLY1305 = "1.2.840.113549.1.9.16.3.18";
    /// id-alg-cek-hkdf-sha256 (RFC 9709 section 2).
    CEK_HKDF_SHA256 = "1.2.840.113549.1.9.16.3.31";
    /// des-ede3-cbc (RFC 3370 section 5.1).
    DES_EDE3_CBC = "1.2.840.113549.3.7";
    /// rc2-cbc (RFC 3370 section 5.2).
    RC2_CBC = "1.2.840.113549.3.2";
}
