//! Kinds of keys that can be made.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A kind and size of key, written as in configuration and on the command line: `rsa:4096`, `ec:p256`,
/// `ed25519`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum KeyAlgorithm {
    /// RSA with 2048 bits.
    Rsa2048,
    /// RSA with 3072 bits.
    Rsa3072,
    /// RSA with 4096 bits.
    Rsa4096,
    /// ECDSA on NIST P-256.
    EcP256,
    /// ECDSA on NIST P-384.
    EcP384,
    /// ECDSA on NIST P-521.
    EcP521,
    /// Ed25519 (RFC 8032).
    Ed25519,
}

impl KeyAlgorithm {
    /// Every algorithm, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::EcP256,
        Self::EcP384,
        Self::EcP521,
        Self::Rsa2048,
        Self::Rsa3072,
        Self::Rsa4096,
        Self::Ed25519,
    ];

    /// The name in configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rsa2048 => "rsa:2048",
            Self::Rsa3072 => "rsa:3072",
            Self::Rsa4096 => "rsa:4096",
            Self::EcP256 => "ec:p256",
            Self::EcP384 => "ec:p384",
            Self::EcP521 => "ec:p521",
            Self::Ed25519 => "ed25519",
        }
    }
}

impl fmt::Display for KeyAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl From<KeyAlgorithm> for String {
    fn from(algorithm: KeyAlgorithm) -> Self {
        algorithm.name().to_owned()
    }
}

/// The text names no key algorithm.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{given}` is no key algorithm; use ec:p256, ec:p384, ec:p521, rsa:2048, rsa:3072, rsa:4096 or ed25519"
)]
pub struct ParseKeyAlgorithmError {
    /// What was written.
    pub given: String,
}

impl FromStr for KeyAlgorithm {
    type Err = ParseKeyAlgorithmError;

    fn from_str(text: &str) -> Result<Self, ParseKeyAlgorithmError> {
        let wanted = text.trim();
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name().eq_ignore_ascii_case(wanted))
            .ok_or_else(|| ParseKeyAlgorithmError {
                given: text.to_owned(),
            })
    }
}

impl TryFrom<String> for KeyAlgorithm {
    type Error = ParseKeyAlgorithmError;

    fn try_from(text: String) -> Result<Self, ParseKeyAlgorithmError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::KeyAlgorithm;

    #[test]
    fn names_read_back() {
        for algorithm in KeyAlgorithm::ALL {
            assert_eq!(algorithm.to_string().parse(), Ok(algorithm));
        }
        assert_eq!(" EC:P256 ".parse(), Ok(KeyAlgorithm::EcP256));
        assert!("rsa:1024".parse::<KeyAlgorithm>().is_err());
    }
}
