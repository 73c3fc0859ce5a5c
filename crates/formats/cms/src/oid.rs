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
    /// id-ct-TSTInfo, RFC 3161 section 2.4.2.
    TST_INFO = "1.2.840.113549.1.9.16.1.4";
    /// id-contentType, RFC 5652 section 11.1.
    CONTENT_TYPE = "1.2.840.113549.1.9.3";
    /// id-messageDigest, RFC 5652 section 11.2.
    MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    /// id-signingTime, RFC 5652 section 11.3.
    SIGNING_TIME = "1.2.840.113549.1.9.5";
    /// id-countersignature, RFC 5652 section 11.4.
    COUNTERSIGNATURE = "1.2.840.113549.1.9.6";
    /// smimeCapabilities, RFC 8551 section 2.5.2.
    SMIME_CAPABILITIES = "1.2.840.113549.1.9.15";
    /// id-aa-CMSAlgorithmProtect, RFC 6211 section 2.
    ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52";
    /// id-aa-signingCertificate, RFC 5035 section 5.
    SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    /// id-aa-signingCertificateV2, RFC 5035 section 3.
    SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
    /// id-aa-ets-commitmentType, ETSI EN 319 122-1 section 5.2.3.
    COMMITMENT_TYPE = "1.2.840.113549.1.9.16.2.16";
    /// id-aa-signatureTimeStampToken, ETSI EN 319 122-1 section 5.3.
    SIGNATURE_TIME_STAMP = "1.2.840.113549.1.9.16.2.14";
    /// id-cti-ets-proofOfOrigin, ETSI EN 319 122-1 section 5.2.3.
    PROOF_OF_ORIGIN = "1.2.840.113549.1.9.16.6.1";
    /// id-cti-ets-proofOfReceipt.
    PROOF_OF_RECEIPT = "1.2.840.113549.1.9.16.6.2";
    /// id-cti-ets-proofOfDelivery.
    PROOF_OF_DELIVERY = "1.2.840.113549.1.9.16.6.3";
    /// id-cti-ets-proofOfSender.
    PROOF_OF_SENDER = "1.2.840.113549.1.9.16.6.4";
    /// id-cti-ets-proofOfApproval.
    PROOF_OF_APPROVAL = "1.2.840.113549.1.9.16.6.5";
    /// id-cti-ets-proofOfCreation.
    PROOF_OF_CREATION = "1.2.840.113549.1.9.16.6.6";
    /// id-ri-ocsp-response, RFC 5940 section 2.1.
    OCSP_RESPONSE = "1.3.6.1.5.5.7.16.2";
}
