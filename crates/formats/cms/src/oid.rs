//! Object identifiers of CMS, S/MIME and `CAdES`, by the names of the standards.

use chancery_x509::ObjectIdentifier;

macro_rules! oids {
    ($($(#[$doc:meta])* $name:ident = $value:literal;)*) => {
        $($(#[$doc])* pub const $name: ObjectIdentifier = ObjectIdentifier::new_unwrap($value);)*
    };
}

oids! {
    /// id-data, RFC 5652 section 4.
    DATA = "1.2.840.113549.1.7.1";
    /// id-signedData, RFC 5652 section 5.1.
    SIGNED_DATA = "1.2.840.113549.1.7.2";
    /// id-envelopedData, RFC 5652 section 6.1.
    ENVELOPED_DATA = "1.2.840.113549.1.7.3";
    /// id-digestedData, RFC 5652 section 7.
    DIGESTED_DATA = "1.2.840.113549.1.7.5";
    /// id-encryptedData, RFC 5652 section 8.
    ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
    /// id-ct-authData, RFC 5652 section 9.1.
    AUTHENTICATED_DATA = "1.2.840.113549.1.9.16.1.2";
    /// id-ct-authEnvelopedData, RFC 5083 section 2.1.
    AUTH_ENVELOPED_DATA = "1.2.840.113549.1.9.16.1.23";
    /// id-ct-compressedData, RFC 3274 section 1.1.
    COMPRESSED_DATA = "1.2.840.113549.1.9.16.1.9";
}
