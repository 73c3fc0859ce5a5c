//! What can be wrong with a file that is opened.

use std::fmt;

use chancery_x509::crypto::CipherError;
use chancery_x509::{ObjectIdentifier, ParseError};
use thiserror::Error;

use crate::need::PrimitiveError;
use crate::oid;

/// Why a file was not opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Something else than a PFX.
    #[error("this is not a PKCS#12 file but {0}")]
    NotPkcs12(Lookalike),
    /// The password opens nothing. Where nothing in the file protects its integrity, damage to the cipher text looks the same.
    #[error("the password is wrong")]
    WrongPassword,
    /// The password is right, yet the integrity check fails.
    #[error(
        "the file was altered or damaged: the password opens it, but its integrity check fails"
    )]
    Altered,
    /// The password is right for the file, yet not for this part of it.
    #[error("{place} is damaged, or encrypted under another password than the rest of the file")]
    OtherPassword {
        /// The part.
        place: Place,
    },
    /// An algorithm or feature that is not read.
    #[error("{0} is not supported")]
    Unsupported(Unsupported),
    /// The structure is broken.
    #[error("the file is damaged in {place}")]
    Damaged {
        /// Where.
        place: Place,
        /// What was met.
        #[source]
        source: ParseError,
    },
    /// More work than any honest file asks for.
    #[error(
        "the file asks for {rounds} rounds of key derivation, at most {limit} are done for one file"
    )]
    TooManyRounds {
        /// Rounds asked for so far, this derivation included.
        rounds: u64,
        /// How many are done.
        limit: u64,
    },
    /// More memory than any honest file asks for.
    #[error(
        "the file's key derivation asks for {octets} octets of memory, at most {limit} are given"
    )]
    TooMuchMemory {
        /// Octets asked for.
        octets: u64,
        /// How many are given.
        limit: u64,
    },
    /// More keys and certificates than any honest file holds.
    #[error("there are over {limit} entries in the file")]
    TooManyBags {
        /// How many are read.
        limit: usize,
    },
    /// More private keys than any honest file holds.
    #[error("there are over {limit} private keys in the file")]
    TooManyKeys {
        /// How many are read.
        limit: usize,
    },
    /// A cipher that the cryptography at hand does not offer.
    #[error("a part of the file cannot be decrypted here")]
    Cipher(#[source] CipherError),
    /// A result of a length that was not asked for.
    #[error("a key derivation gave {octets} octets, which is not what was asked for")]
    ResultLength {
        /// Its length.
        octets: usize,
    },
    /// A result that was not asked for: the file is open, or failed to.
    #[error("nothing more was asked for")]
    AlreadyDone,
    /// The cryptography at hand failed.
    #[error("a key could not be derived from the password")]
    Primitive(#[from] PrimitiveError),
}

/// What is met in place of a PKCS#12 file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lookalike {
    /// PEM or other text.
    Text,
    /// Java's older key store.
    JavaKeyStore,
    /// A certificate, request, key, or PKCS#7 file.
    OtherStructure,
    /// Nothing at all.
    Empty,
    /// Neither.
    Unknown,
}

impl fmt::Display for Lookalike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text, PEM perhaps",
            Self::JavaKeyStore => {
                "a Java key store of the older kind (keytool -importkeystore -deststoretype PKCS12 converts it)"
            }
            Self::OtherStructure => "a certificate, a key or another structure",
            Self::Empty => "an empty one",
            Self::Unknown => "something else",
        })
    }
}

/// A part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// The outermost structure.
    Pfx,
    /// The integrity check.
    MacData,
    /// The list of parts.
    AuthenticatedSafe,
    /// A part, counted from 1.
    Part(usize),
    /// A key, counted from 1 in the order of the file.
    Key(usize),
    /// An encrypted private key that stands alone.
    EncryptedPrivateKey,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pfx => f.write_str("its outer structure"),
            Self::MacData => f.write_str("its integrity check"),
            Self::AuthenticatedSafe => f.write_str("its list of parts"),
            Self::Part(number) => write!(f, "part {number}"),
            Self::Key(number) => write!(f, "key {number}"),
            Self::EncryptedPrivateKey => f.write_str("the private key"),
        }
    }
}

/// What an unsupported algorithm is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Feature {
    /// Encryption under a password.
    Encryption,
    /// The cipher of PBES2.
    Cipher,
    /// A key derivation.
    KeyDerivation,
    /// The pseudorandom function of PBKDF2.
    Prf,
    /// A source of a salt.
    SaltSource,
    /// The integrity check.
    Mac,
    /// The kind of a part, or of the whole.
    ContentType,
}

/// Something known or unknown that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// What it is for.
    pub feature: Feature,
    /// Its object identifier.
    pub oid: ObjectIdentifier,
}

impl Unsupported {
    /// What people call it.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        oid::known_name(&self.oid)
    }
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.feature {
            Feature::Encryption | Feature::Cipher => "the encryption ",
            Feature::KeyDerivation => "the key derivation ",
            Feature::Prf => "the key derivation's function ",
            Feature::SaltSource => "the salt's source ",
            Feature::Mac => "the integrity check ",
            Feature::ContentType => "the content type ",
        })?;
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "{}", self.oid),
        }
    }
}

/// What a reader of structures meets before it is known where.
pub(crate) enum ReadError {
    Parse(ParseError),
    Unsupported(Unsupported),
}

impl From<ParseError> for ReadError {
    fn from(source: ParseError) -> Self {
        Self::Parse(source)
    }
}

impl ReadError {
    pub fn unsupported(feature: Feature, oid: ObjectIdentifier) -> Self {
        Self::Unsupported(Unsupported { feature, oid })
    }

    /// With the place where it was met.
    pub fn at(self, place: Place) -> OpenError {
        match self {
            Self::Parse(source) => OpenError::Damaged { place, source },
            Self::Unsupported(unsupported) => OpenError::Unsupported(unsupported),
        }
    }
}
