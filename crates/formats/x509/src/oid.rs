//! Object identifiers used here, by the names of the standards.

use const_oid::ObjectIdentifier;

macro_rules! oids {
    ($($(#[$doc:meta])* $name:ident = $value:literal;)*) => {
        $($(#[$doc])* pub const $name: ObjectIdentifier = ObjectIdentifier::new_unwrap($value);)*
    };
}

oids! {
    /// subjectDirectoryAttributes, RFC 5280 section 4.2.1.8.
    SUBJECT_DIRECTORY_ATTRIBUTES = "2.5.29.9";
    /// subjectKeyIdentifier, RFC 5280 section 4.2.1.2.
    SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    /// keyUsage, RFC 5280 section 4.2.1.3.
    KEY_USAGE = "2.5.29.15";
    /// subjectAltName, RFC 5280 section 4.2.1.6.
    SUBJECT_ALT_NAME = "2.5.29.17";
    /// issuerAltName, RFC 5280 section 4.2.1.7.
    ISSUER_ALT_NAME = "2.5.29.18";
    /// basicConstraints, RFC 5280 section 4.2.1.9.
    BASIC_CONSTRAINTS = "2.5.29.19";
    /// cRLNumber, RFC 5280 section 5.2.3.
    CRL_NUMBER = "2.5.29.20";
    /// reasonCode of a CRL entry, RFC 5280 section 5.3.1.
    CRL_REASON = "2.5.29.21";
    /// invalidityDate of a CRL entry, RFC 5280 section 5.3.2.
    INVALIDITY_DATE = "2.5.29.24";
    /// certificateIssuer of a CRL entry, RFC 5280 section 5.3.3.
    CERTIFICATE_ISSUER = "2.5.29.29";
    /// noRevAvail, RFC 9608.
    NO_REVOCATION_AVAILABLE = "2.5.29.56";
    /// deltaCRLIndicator, RFC 5280 section 5.2.4.
    DELTA_CRL_INDICATOR = "2.5.29.27";
    /// issuingDistributionPoint, RFC 5280 section 5.2.5.
    ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    /// nameConstraints, RFC 5280 section 4.2.1.10.
    NAME_CONSTRAINTS = "2.5.29.30";
    /// cRLDistributionPoints, RFC 5280 section 4.2.1.13.
    CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    /// certificatePolicies, RFC 5280 section 4.2.1.4.
    CERTIFICATE_POLICIES = "2.5.29.32";
    /// anyPolicy, RFC 5280 section 4.2.1.4.
    ANY_POLICY = "2.5.29.32.0";
    /// policyMappings, RFC 5280 section 4.2.1.5.
    POLICY_MAPPINGS = "2.5.29.33";
    /// authorityKeyIdentifier, RFC 5280 section 4.2.1.1.
    AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    /// policyConstraints, RFC 5280 section 4.2.1.11.
    POLICY_CONSTRAINTS = "2.5.29.36";
    /// extKeyUsage, RFC 5280 section 4.2.1.12.
    EXTENDED_KEY_USAGE = "2.5.29.37";
    /// freshestCRL, RFC 5280 section 4.2.1.15.
    FRESHEST_CRL = "2.5.29.46";
    /// inhibitAnyPolicy, RFC 5280 section 4.2.1.14.
    INHIBIT_ANY_POLICY = "2.5.29.54";
    /// authorityInfoAccess, RFC 5280 section 4.2.2.1.
    AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
    /// qcStatements, RFC 3739 section 3.2.6.
    QC_STATEMENTS = "1.3.6.1.5.5.7.1.3";
    /// id-qt-cps, RFC 5280 section 4.2.1.4.
    QUALIFIER_CPS = "1.3.6.1.5.5.7.2.1";
    /// id-qt-unotice, RFC 5280 section 4.2.1.4.
    QUALIFIER_USER_NOTICE = "1.3.6.1.5.5.7.2.2";
    /// anyExtendedKeyUsage, RFC 5280 section 4.2.1.12.
    EKU_ANY = "2.5.29.37.0";
    /// id-kp-serverAuth.
    EKU_SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    /// id-kp-clientAuth.
    EKU_CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    /// id-kp-codeSigning.
    EKU_CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    /// id-kp-emailProtection.
    EKU_EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    /// id-kp-timeStamping.
    EKU_TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    /// id-kp-OCSPSigning.
    EKU_OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    /// id-kp-documentSigning, RFC 9336.
    EKU_DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";
    /// id-ad-ocsp.
    ACCESS_OCSP = "1.3.6.1.5.5.7.48.1";
    /// id-ad-caIssuers.
    ACCESS_CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
    /// id-pkix-ocsp-basic, RFC 6960 section 4.2.1.
    OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1";
    /// id-pkix-ocsp-nonce, RFC 9654 section 2.1.
    OCSP_NONCE = "1.3.6.1.5.5.7.48.1.2";
    /// id-pkix-ocsp-nocheck, RFC 6960 section 4.2.2.2.1.
    OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    /// id-on-SmtpUTF8Mailbox, RFC 9598 section 3.
    SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";
    /// extensionRequest attribute, RFC 2985 section 5.4.2.
    EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
    /// challengePassword attribute, RFC 2985 section 5.4.1.
    CHALLENGE_PASSWORD = "1.2.840.113549.1.9.7";
    /// rsaEncryption, RFC 8017 appendix C.
    RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    /// id-RSASSA-PSS, RFC 4055.
    RSASSA_PSS = "1.2.840.113549.1.1.10";
    /// id-RSAES-OAEP, RFC 4055 section 4.1.
    RSAES_OAEP = "1.2.840.113549.1.1.7";
    /// id-mgf1, RFC 4055 section 2.2.
    MGF1 = "1.2.840.113549.1.1.8";
    /// id-pSpecified, RFC 4055 section 4.1.
    P_SPECIFIED = "1.2.840.113549.1.1.9";
    /// id-ecPublicKey, RFC 5480.
    EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    /// secp256r1, NIST P-256.
    SECP256R1 = "1.2.840.10045.3.1.7";
    /// secp384r1, NIST P-384.
    SECP384R1 = "1.3.132.0.34";
    /// secp521r1, NIST P-521.
    SECP521R1 = "1.3.132.0.35";
    /// id-Ed25519, RFC 8410.
    ED25519 = "1.3.101.112";
    /// id-Ed448, RFC 8410.
    ED448 = "1.3.101.113";
    /// id-X25519, RFC 8410.
    X25519 = "1.3.101.110";
    /// id-X448, RFC 8410.
    X448 = "1.3.101.111";
    /// id-dsa, RFC 3279 section 2.3.2.
    DSA = "1.2.840.10040.4.1";
    /// id-dsa-with-sha1, RFC 3279 section 2.2.2.
    DSA_WITH_SHA1 = "1.2.840.10040.4.3";
    /// id-dsa-with-sha224, RFC 5758 section 3.1.
    DSA_WITH_SHA224 = "2.16.840.1.101.3.4.3.1";
    /// id-dsa-with-sha256, RFC 5758 section 3.1.
    DSA_WITH_SHA256 = "2.16.840.1.101.3.4.3.2";
    /// md2WithRSAEncryption, RFC 3279 section 2.2.1.
    MD2_WITH_RSA = "1.2.840.113549.1.1.2";
    /// md5WithRSAEncryption, RFC 3279 section 2.2.1.
    MD5_WITH_RSA = "1.2.840.113549.1.1.4";
    /// MD5, RFC 3279 section 2.2.1.
    MD5 = "1.2.840.113549.2.5";
    /// SHA-1.
    SHA1 = "1.3.14.3.2.26";
    /// SHA-224.
    SHA224 = "2.16.840.1.101.3.4.2.4";
    /// SHA-256.
    SHA256 = "2.16.840.1.101.3.4.2.1";
    /// SHA-384.
    SHA384 = "2.16.840.1.101.3.4.2.2";
    /// SHA-512.
    SHA512 = "2.16.840.1.101.3.4.2.3";
    /// sha256WithRSAEncryption.
    SHA256_WITH_RSA = "1.2.840.113549.1.1.11";
    /// sha384WithRSAEncryption.
    SHA384_WITH_RSA = "1.2.840.113549.1.1.12";
    /// sha512WithRSAEncryption.
    SHA512_WITH_RSA = "1.2.840.113549.1.1.13";
    /// sha1WithRSAEncryption.
    SHA1_WITH_RSA = "1.2.840.113549.1.1.5";
    /// sha224WithRSAEncryption.
    SHA224_WITH_RSA = "1.2.840.113549.1.1.14";
    /// ecdsa-with-SHA1.
    ECDSA_WITH_SHA1 = "1.2.840.10045.4.1";
    /// ecdsa-with-SHA224.
    ECDSA_WITH_SHA224 = "1.2.840.10045.4.3.1";
    /// ecdsa-with-SHA256.
    ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    /// ecdsa-with-SHA384.
    ECDSA_WITH_SHA384 = "1.2.840.10045.4.3.3";
    /// ecdsa-with-SHA512.
    ECDSA_WITH_SHA512 = "1.2.840.10045.4.3.4";
}

/// The name of an algorithm that is recognised but not supported, for errors.
pub(crate) fn unsupported_name(oid: &ObjectIdentifier) -> Option<&'static str> {
    Some(match *oid {
        DSA => "DSA",
        DSA_WITH_SHA1 => "DSA with SHA-1",
        DSA_WITH_SHA224 => "DSA with SHA-224",
        DSA_WITH_SHA256 => "DSA with SHA-256",
        MD2_WITH_RSA => "RSA with MD2",
        MD5_WITH_RSA => "RSA with MD5",
        MD5 => "MD5",
        ED448 => "Ed448",
        X448 => "X448",
        _ => return None,
    })
}
