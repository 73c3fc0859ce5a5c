//! Why a message was not decrypted or encrypted.

use chancery_x509::crypto::{Cipher, CipherError, PublicKeyError};
use chancery_x509::{ParseError, PublicKeyKind};
use thiserror::Error;

use super::recipient::SelectError;
use crate::stream::{ContentKind, StreamError, StreamWriteError};

/// Why a message gives no plain text.
///
/// All but [`NotDecrypted`](Self::NotDecrypted) can be seen in the message by anybody; that one stands for everything that
/// only a key shows.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecryptError {
    /// Not a CMS structure, cut short, or damaged.
    #[error(transparent)]
    Stream(#[from] StreamError),
    /// A field of the message is damaged.
    #[error("the encrypted message is damaged")]
    Damaged(#[from] ParseError),
    /// Another type of content.
    #[error("the message is not encrypted for recipients: it is of the type {}", .kind.oid())]
    NotEncrypted {
        /// The type met.
        kind: ContentKind,
    },
    /// The encrypted content is not in the message.
    #[error("the encrypted content is not in the message but elsewhere, which is not supported")]
    Detached,
    /// The content is encrypted with an algorithm that is not known here.
    #[error("the content's encryption is not supported")]
    ContentAlgorithm(#[source] ParseError),
    /// An authenticating cipher in an `EnvelopedData`, or another in an `AuthEnvelopedData` (RFC 5083 section 2.1).
    #[error("the cipher {cipher} has no place in this type of message")]
    MisplacedCipher {
        /// The cipher.
        cipher: Cipher,
    },
    /// Content whose cipher lets alterations pass, where that was not to be taken.
    #[error("the content is not authenticated: {cipher} lets alterations pass unseen")]
    Unauthenticated {
        /// The cipher.
        cipher: Cipher,
    },
    /// The provider cannot go on.
    #[error("the content cannot be decrypted here")]
    Cipher(#[source] CipherError),
    /// No way to the key for this reader.
    #[error(transparent)]
    Recipient(#[from] SelectError),
    /// The tag has another length than the message says (RFC 5084 section 3.2).
    #[error("the authentication tag has {octets} octets where the message says {said}")]
    TagLength {
        /// The length met.
        octets: usize,
        /// The length said.
        said: usize,
    },
    /// The content's type is not among the authenticated attributes, where it has to be, or is another there (RFC 5083 section 2.1).
    #[error("the content's type is not authenticated as RFC 5083 section 2.1 wants it")]
    ContentType,
    /// The message was not the same the second time.
    #[error("the message changed between two readings")]
    Changed,
    /// Wrong key, wrong padding of key or content, wrong tag, altered or damaged content: never told apart, for whoever learns
    /// which it was can decrypt by asking often (RFC 3218).
    #[error("the message cannot be decrypted with this key, or it was altered")]
    NotDecrypted,
    /// The key that was asked for has not been given.
    #[error("the recipient's key was asked for and has not answered")]
    KeyNotGiven,
}

/// Why a message is not encrypted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EncryptError {
    /// Nobody to encrypt for.
    #[error("there is no recipient")]
    NoRecipient,
    /// More recipients than any reader takes.
    #[error("there are over {limit} recipients")]
    TooManyRecipients {
        /// The most that are written.
        limit: usize,
    },
    /// A recipient's kind of key takes no encrypted keys, or not in the way that was asked for.
    #[error("a key of the kind {kind} cannot receive a key this way")]
    KeyKind {
        /// The kind met.
        kind: PublicKeyKind,
    },
    /// The certificate says that its key is for other uses (RFC 5280 section 4.2.1.3).
    #[error("the recipient's certificate does not allow its key to receive keys")]
    KeyUsage,
    /// Nothing was encrypted to a recipient's key.
    #[error("the content's key was not encrypted to a recipient")]
    Recipient(#[source] PublicKeyError),
    /// Content key or initialisation vector are not as long as the cipher wants them.
    #[error("{cipher} takes a key of {key} octets and an initialisation vector of {iv}")]
    Secrets {
        /// The cipher.
        cipher: Cipher,
        /// Octets of its key.
        key: usize,
        /// Octets of its initialisation vector.
        iv: usize,
    },
    /// Attributes that are authenticated need an authenticating cipher.
    #[error("{cipher} authenticates no attributes")]
    Attributes {
        /// The cipher.
        cipher: Cipher,
    },
    /// The cipher or key wrap did not do its work.
    #[error("the content was not encrypted")]
    Cipher(#[from] CipherError),
    /// The content has another length than was said.
    #[error(transparent)]
    Stream(#[from] StreamWriteError),
    /// A recipient's structure could not be written.
    #[error("a recipient could not be written")]
    Structure(#[source] ParseError),
}
