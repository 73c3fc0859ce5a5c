//! Key transport (RFC 5652 section 6.2.1) with RSA: PKCS#1 v1.5 (RFC 3370 section 4.2.1) and OAEP (RFC 4055 section 4.1).

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{KeyTransport, ParseError};

use super::RecipientIdentifier;

/// Longest cipher text of a key: RSA with 16,384 bits.
const MAX_ENCRYPTED_KEY: usize = 2_048;

/// The content-encryption key, encrypted to one public key.
///
/// ```asn1
/// KeyTransRecipientInfo ::= SEQUENCE {
///     version CMSVersion,  -- 0 with issuer and serial number, 2 with a key identifier
///     rid RecipientIdentifier,
///     keyEncryptionAlgorithm KeyEncryptionAlgorithmIdentifier,
///     encryptedKey OCTET STRING }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTransRecipientInfo {
    /// To whom.
    pub recipient: RecipientIdentifier,
    /// How, or which algorithm that is not known here.
    pub transport: Result<KeyTransport, ParseError>,
    /// As long as the modulus, as a rule.
    pub encrypted_key: Vec<u8>,
}

impl KeyTransRecipientInfo {
    pub(super) fn read(mut parts: Reader<'_>) -> Result<Self, ParseError> {
        parts.integer_u64("version")?;
        let recipient = RecipientIdentifier::read(&mut parts)?;
        // Other recipients' algorithms are no reason to refuse the message to this one.
        let transport =
            KeyTransport::from_der(parts.raw(tag::SEQUENCE, "key encryption algorithm")?);
        let encrypted_key = parts.read(tag::OCTET_STRING, "encrypted key")?;
        parts.finish()?;
        if encrypted_key.len() > MAX_ENCRYPTED_KEY {
            return Err(ParseError::TooLarge {
                what: "encrypted key",
                octets: encrypted_key.len(),
                limit: MAX_ENCRYPTED_KEY,
            });
        }
        Ok(Self {
            recipient,
            transport,
            encrypted_key: encrypted_key.to_vec(),
        })
    }

    /// The version that the name of the recipient asks for.
    fn version(&self) -> u64 {
        match self.recipient {
            RecipientIdentifier::IssuerAndSerialNumber { .. } => 0,
            _ => 2,
        }
    }

    pub(crate) fn to_der(&self) -> Result<Vec<u8>, ParseError> {
        let transport = self.transport.as_ref().map_err(Clone::clone)?;
        Ok(asn1::sequence(&[
            &asn1::integer_u64(self.version()),
            &self.recipient.to_der(),
            &transport.to_der(),
            &asn1::octet_string(&self.encrypted_key),
        ]))
    }
}
