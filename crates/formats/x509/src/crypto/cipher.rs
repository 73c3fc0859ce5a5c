//! Ciphers, and messages under way through them.

use std::fmt;

use thiserror::Error;

/// A cipher with its mode. CBC pads as RFC 5652 section 6.3 says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cipher {
    /// AES-128 in CBC mode.
    Aes128Cbc,
    /// AES-192 in CBC mode.
    Aes192Cbc,
    /// AES-256 in CBC mode.
    Aes256Cbc,
    /// AES-128 in GCM (RFC 5084).
    Aes128Gcm,
    /// AES-192 in GCM.
    Aes192Gcm,
    /// AES-256 in GCM.
    Aes256Gcm,
    /// `ChaCha20` with `Poly1305` (RFC 8439, RFC 8103).
    ChaCha20Poly1305,
    /// Triple DES with three keys, CBC; written only for readers that know nothing newer.
    DesEde3Cbc,
    /// Triple DES with two keys, CBC; for reading.
    DesEde2Cbc,
    /// RC2 in CBC mode (RFC 2268); for reading.
    Rc2Cbc {
        /// The bits that the key counts for, 1 to 1024: 40, 64 and 128 occur.
        effective_bits: u16,
    },
    /// RC4; for reading.
    Rc4,
}

impl Cipher {
    /// Octets of its key; `None` for RC2 and RC4, which take any number from 1 to 128.
    #[must_use]
    pub const fn key_len(self) -> Option<usize> {
        match self {
            Self::Aes128Cbc | Self::Aes128Gcm | Self::DesEde2Cbc => Some(16),
            Self::Aes192Cbc | Self::Aes192Gcm | Self::DesEde3Cbc => Some(24),
            Self::Aes256Cbc | Self::Aes256Gcm | Self::ChaCha20Poly1305 => Some(32),
            Self::Rc2Cbc { .. } | Self::Rc4 => None,
        }
    }

    /// Octets of its initialisation vector or nonce. GCM is read with nonces of other lengths, too, from 1 to 128.
    #[must_use]
    pub const fn iv_len(self) -> usize {
        match self {
            Self::Aes128Cbc | Self::Aes192Cbc | Self::Aes256Cbc => 16,
            Self::Aes128Gcm | Self::Aes192Gcm | Self::Aes256Gcm | Self::ChaCha20Poly1305 => 12,
            Self::DesEde3Cbc | Self::DesEde2Cbc | Self::Rc2Cbc { .. } => 8,
            Self::Rc4 => 0,
        }
    }

    /// Octets of the tag that it makes, 0 for a cipher that does not authenticate.
    #[must_use]
    pub const fn tag_len(self) -> usize {
        if self.is_aead() { 16 } else { 0 }
    }

    /// Whether it authenticates what it encrypts.
    #[must_use]
    pub const fn is_aead(self) -> bool {
        matches!(
            self,
            Self::Aes128Gcm | Self::Aes192Gcm | Self::Aes256Gcm | Self::ChaCha20Poly1305
        )
    }

    /// Whether it is there to read what old software wrote.
    #[must_use]
    pub const fn is_legacy(self) -> bool {
        matches!(
            self,
            Self::DesEde3Cbc | Self::DesEde2Cbc | Self::Rc2Cbc { .. } | Self::Rc4
        )
    }

    /// `AES-256-GCM` and the like, for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aes128Cbc => "AES-128-CBC",
            Self::Aes192Cbc => "AES-192-CBC",
            Self::Aes256Cbc => "AES-256-CBC",
            Self::Aes128Gcm => "AES-128-GCM",
            Self::Aes192Gcm => "AES-192-GCM",
            Self::Aes256Gcm => "AES-256-GCM",
            Self::ChaCha20Poly1305 => "ChaCha20-Poly1305",
            Self::DesEde3Cbc => "3DES-CBC",
            Self::DesEde2Cbc => "two-key 3DES-CBC",
            Self::Rc2Cbc { .. } => "RC2-CBC",
            Self::Rc4 => "RC4",
        }
    }

    /// Refuses a key or initialisation vector that the cipher does not take: what every provider asks first.
    pub fn check(self, key: &[u8], iv: &[u8]) -> Result<(), CipherError> {
        let key_fits = match self.key_len() {
            Some(octets) => key.len() == octets,
            None => (1..=128).contains(&key.len()),
        };
        if !key_fits {
            return Err(CipherError::KeyLength {
                cipher: self,
                octets: key.len(),
            });
        }
        let iv_fits = match self {
            Self::Aes128Gcm | Self::Aes192Gcm | Self::Aes256Gcm => (1..=128).contains(&iv.len()),
            _ => iv.len() == self.iv_len(),
        };
        if !iv_fits {
            return Err(CipherError::IvLength {
                cipher: self,
                octets: iv.len(),
            });
        }
        match self {
            Self::Rc2Cbc { effective_bits } if !(1..=1024).contains(&effective_bits) => {
                Err(CipherError::Unsupported(self))
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A message being encrypted.
pub trait Encryptor: Send {
    /// Data that the tag covers besides the message; all of it comes before the first [`update`](Self::update).
    fn aad(&mut self, data: &[u8]) -> Result<(), CipherError>;

    /// Encrypts more of the message and appends what is ready to `output`.
    fn update(&mut self, plain: &[u8], output: &mut Vec<u8>) -> Result<(), CipherError>;

    /// Appends the rest to `output`. Gives the tag, of [`Cipher::tag_len`] octets.
    fn finish(self: Box<Self>, output: &mut Vec<u8>) -> Result<Vec<u8>, CipherError>;
}

/// A message being decrypted.
///
/// What [`update_unverified`](Self::update_unverified) gives may be the work of an attacker until [`finish`](Self::finish) has
/// agreed: nobody may see it, act on it, or learn from an error or from time what it was. Keep it where it can be thrown away, such as
/// a temporary file without a name. For a message that fits into memory use [`Crypto::decrypt`](super::Crypto::decrypt).
/// Ciphers without a tag never tell whether the message is genuine, even at the end.
pub trait Decryptor: Send {
    /// Data that the tag covers besides the message; all of it comes before the first
    /// [`update_unverified`](Self::update_unverified).
    fn aad(&mut self, data: &[u8]) -> Result<(), CipherError>;

    /// Decrypts more of the message and appends what is ready to `output`; it is not yet known to be genuine.
    fn update_unverified(
        &mut self,
        cipher_text: &[u8],
        output: &mut Vec<u8>,
    ) -> Result<(), CipherError>;

    /// Compares the tag, in constant time, and appends the rest to `output`. Takes the whole tag or, for GCM, its first 12 to 15
    /// octets where the message says so (RFC 5084 section 3.2); an empty one for ciphers that have none. On any error throw the
    /// output away.
    fn finish(self: Box<Self>, tag: &[u8], output: &mut Vec<u8>) -> Result<(), CipherError>;
}

/// Why a message was not encrypted or decrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CipherError {
    /// The key has the wrong length.
    #[error("{cipher} takes no key of {octets} octets")]
    KeyLength {
        /// The cipher.
        cipher: Cipher,
        /// The length met.
        octets: usize,
    },
    /// The key-encryption key of AES key wrap has the wrong length.
    #[error("AES key wrap takes no key-encryption key of {octets} octets")]
    WrapKeyLength {
        /// The length met.
        octets: usize,
    },
    /// The key to be wrapped, or the wrapped key, has a length that RFC 3394 does not allow.
    #[error("AES key wrap takes no key of {octets} octets")]
    WrappedLength {
        /// The length met.
        octets: usize,
    },
    /// The initialisation vector or nonce has the wrong length.
    #[error("{cipher} takes no initialisation vector of {octets} octets")]
    IvLength {
        /// The cipher.
        cipher: Cipher,
        /// The length met.
        octets: usize,
    },
    /// The tag has a length that the cipher does not make or that is too short to rely on.
    #[error("{cipher} takes no tag of {octets} octets")]
    TagLength {
        /// The cipher.
        cipher: Cipher,
        /// The length met.
        octets: usize,
    },
    /// The tag is wrong, or the wrapped key is not one: another key, or altered data.
    #[error("the key is wrong or the encrypted data was altered")]
    Mismatch,
    /// The padding is wrong: another key, altered data or data cut short. Whoever could send more messages must not learn that it was
    /// the padding (Vaudenay's attack): answer as to any other failure.
    #[error("the key is wrong or the encrypted data was damaged")]
    Padding,
    /// Data to be authenticated came after the message began, or the cipher has no tag.
    #[error("{0} cannot cover this data by its tag")]
    Aad(Cipher),
    /// More data than the cipher may take with one key and nonce.
    #[error("more data than {0} may encrypt with one nonce")]
    TooLong(Cipher),
    /// The provider does not offer the cipher.
    #[error("the cipher {0} is not supported")]
    Unsupported(Cipher),
}
