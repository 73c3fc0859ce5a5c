//! `RecipientInfos`: who can open a message, and how each finds its key (RFC 5652 section 6.2).

mod agreement;
mod identifier;
mod select;
mod transport;

use chancery_x509::asn1::{Reader, tag};
use chancery_x509::{ObjectIdentifier, ParseError};

pub use agreement::{Agreement, EncryptedKey, KeyAgreeRecipientInfo, Originator};
pub use identifier::{RecipientIdentifier, RecipientKeyIdentifier};
pub(crate) use select::Selected;
pub use select::{Recipient, SelectError};
pub use transport::KeyTransRecipientInfo;

/// Most recipients that are read from one message, keys of a key agreement counted singly.
pub const MAX_RECIPIENTS: usize = 4_096;

/// One way to the content-encryption key.
///
/// ```asn1
/// RecipientInfo ::= CHOICE {
///     ktri KeyTransRecipientInfo,
///     kari [1] KeyAgreeRecipientInfo,
///     kekri [2] KEKRecipientInfo,
///     pwri [3] PasswordRecipientInfo,
///     ori [4] OtherRecipientInfo }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecipientInfo {
    /// The key is encrypted to a public key.
    KeyTransport(KeyTransRecipientInfo),
    /// The key is wrapped under one that sender and recipients agree on.
    KeyAgreement(KeyAgreeRecipientInfo),
    /// The key is wrapped under a secret that both sides had before (RFC 5652 section 6.2.3): told, not opened.
    KeyEncryptionKey {
        /// The name of that secret.
        key_identifier: Vec<u8>,
    },
    /// The key is wrapped under a password (RFC 5652 section 6.2.4): told, not opened.
    Password,
    /// Another way (RFC 5652 section 6.2.5): told, not opened.
    Other {
        /// Which.
        kind: ObjectIdentifier,
    },
}

impl RecipientInfo {
    /// Reads the content of the SET OF; an empty one is refused.
    pub(crate) fn read_all(content: &[u8]) -> Result<Vec<Self>, ParseError> {
        const WHAT: &str = "recipients";
        let mut reader = Reader::new(content, WHAT);
        let mut recipients = Vec::new();
        let mut keys = 0_usize;
        while !reader.is_empty() {
            let recipient = Self::read(&mut reader)?;
            keys = keys.saturating_add(match &recipient {
                Self::KeyAgreement(info) => info.encrypted_keys.len(),
                _ => 1,
            });
            if keys > MAX_RECIPIENTS {
                return Err(ParseError::TooLarge {
                    what: WHAT,
                    octets: keys,
                    limit: MAX_RECIPIENTS,
                });
            }
            recipients.push(recipient);
        }
        if recipients.is_empty() {
            return Err(ParseError::Invalid {
                what: WHAT,
                clause: "RFC 5652 section 6.1",
            });
        }
        Ok(recipients)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ParseError> {
        const KARI: u8 = tag::context_constructed(1);
        const KEKRI: u8 = tag::context_constructed(2);
        const PWRI: u8 = tag::context_constructed(3);
        const ORI: u8 = tag::context_constructed(4);
        match reader.peek() {
            Some(KARI) => {
                let parts = Reader::new(reader.read(KARI, "key agreement")?, "key agreement");
                KeyAgreeRecipientInfo::read(parts).map(Self::KeyAgreement)
            }
            Some(KEKRI) => {
                let mut parts = Reader::new(reader.read(KEKRI, "KEK recipient")?, "KEK recipient");
                parts.integer_u64("version")?;
                let mut identifier = parts.nested("KEK identifier")?;
                let key_identifier = identifier
                    .read(tag::OCTET_STRING, "KEK identifier")?
                    .to_vec();
                parts.nested("key encryption algorithm")?;
                parts.read(tag::OCTET_STRING, "encrypted key")?;
                parts.finish()?;
                Ok(Self::KeyEncryptionKey { key_identifier })
            }
            Some(PWRI) => {
                let mut parts = Reader::new(
                    reader.read(PWRI, "password recipient")?,
                    "password recipient",
                );
                parts.integer_u64("version")?;
                parts.optional(tag::context_constructed(0), "key derivation algorithm")?;
                parts.nested("key encryption algorithm")?;
                parts.read(tag::OCTET_STRING, "encrypted key")?;
                parts.finish()?;
                Ok(Self::Password)
            }
            Some(ORI) => {
                let mut parts =
                    Reader::new(reader.read(ORI, "other recipient")?, "other recipient");
                let kind = parts.oid("kind of recipient")?;
                Ok(Self::Other { kind })
            }
            _ => {
                let parts = reader.nested("recipient")?;
                KeyTransRecipientInfo::read(parts).map(Self::KeyTransport)
            }
        }
    }

    /// Only what is written here: key transport and key agreement.
    pub(crate) fn to_der(&self) -> Result<Vec<u8>, ParseError> {
        match self {
            Self::KeyTransport(info) => info.to_der(),
            Self::KeyAgreement(info) => info.to_der(),
            Self::KeyEncryptionKey { .. } | Self::Password | Self::Other { .. } => {
                Err(ParseError::Unexpected { what: "recipient" })
            }
        }
    }
}
