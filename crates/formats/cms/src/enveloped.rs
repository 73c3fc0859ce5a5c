//! Encrypted messages: `EnvelopedData` (RFC 5652 section 6) and `AuthEnvelopedData` (RFC 5083), of any size in bounded memory.
//!
//! ```asn1
//! EnvelopedData ::= SEQUENCE {
//!     version CMSVersion,
//!     originatorInfo [0] IMPLICIT OriginatorInfo OPTIONAL,
//!     recipientInfos SET SIZE (1..MAX) OF RecipientInfo,
//!     encryptedContentInfo EncryptedContentInfo,
//!     unprotectedAttrs [1] IMPLICIT SET OF Attribute OPTIONAL }
//! AuthEnvelopedData ::= SEQUENCE {
//!     version CMSVersion,
//!     originatorInfo [0] IMPLICIT OriginatorInfo OPTIONAL,
//!     recipientInfos SET SIZE (1..MAX) OF RecipientInfo,
//!     authEncryptedContentInfo EncryptedContentInfo,
//!     authAttrs [1] IMPLICIT SET OF Attribute OPTIONAL,
//!     mac OCTET STRING,
//!     unauthAttrs [2] IMPLICIT SET OF Attribute OPTIONAL }
//! EncryptedContentInfo ::= SEQUENCE {
//!     contentType OBJECT IDENTIFIER,
//!     contentEncryptionAlgorithm AlgorithmIdentifier,
//!     encryptedContent [0] IMPLICIT OCTET STRING OPTIONAL }
//! ```
//!
//! [`Encryptor`] writes, [`Decryptor`] reads. Both work on octets as they come; the recipient's secret key, which may lie in a
//! token, is asked for as a [`KeyNeed`](chancery_x509::KeyNeed). Plain text is [`Unverified`] until [`Decryptor::finish`] gives
//! [`Opened`] for it.

mod addressee;
mod content;
mod error;
mod key;
mod key_derivation;
mod key_wrap;
mod oid;
mod open;
mod recipient;
mod seal;
mod suffix;
mod unverified;
mod whole;

pub use addressee::{Addressee, KeyManagement};
pub use content::ContentCipher;
pub use error::{DecryptError, EncryptError};
pub use key::RejectionSecret;
pub use key_derivation::KeyDerivation;
pub use key_wrap::KeyWrap;
pub use open::{Decryptor, Ending, Integrity, Opened, Status};
pub use recipient::{
    Agreement, EncryptedKey, KeyAgreeRecipientInfo, KeyTransRecipientInfo, MAX_RECIPIENTS,
    Originator, Recipient, RecipientIdentifier, RecipientInfo, RecipientKeyIdentifier, SelectError,
};
pub use seal::{ContentSecrets, Encryptor, Envelope, encrypt};
pub use unverified::Unverified;
pub use whole::{DecryptWholeError, decrypt};
