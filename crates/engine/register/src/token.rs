//! Secrets that machines carry: session tokens and one-time links.

use std::fmt;

use chancery_keys::{Entropy, EntropyError};
use zeroize::Zeroizing;

/// A random secret of 256 bits as 64 hexadecimal digits; stored as its SHA-256 only.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Zeroizing<String>);

impl Token {
    pub(crate) fn random(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        let bytes = Zeroizing::new(chancery_keys::random::<32>(entropy)?);
        let mut text = Zeroizing::new(String::with_capacity(64));
        for byte in bytes.iter() {
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
        }
        Ok(Self(text))
    }

    /// The secret itself, for the cookie or the link.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// As it is stored.
    pub(crate) fn digest(&self) -> [u8; 32] {
        chancery_keys::digest_code(&self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The digest to look a presented token up by; `None` for what was never made here.
pub(crate) fn presented(token: &str) -> Option<[u8; 32]> {
    (token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit()))
        .then(|| chancery_keys::digest_code(token))
}
