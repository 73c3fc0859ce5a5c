//! The forms in which files are written.

use std::fmt;
use std::str::FromStr;

use chancery_x509::DigestAlgorithm;
use thiserror::Error;

use crate::mac::MacScheme;
use crate::scheme::Scheme;

/// Rounds of each derivation of [`Profile::Modern`] and [`Profile::Stored`], as OWASP advises for PBKDF2 with HMAC-SHA-256.
pub const ROUNDS: u32 = 600_000;

/// Rounds of each derivation of [`Profile::Legacy`]: fifty times what its readers' own exports have, and still done in a moment by
/// computers of their age.
pub const LEGACY_ROUNDS: u32 = 100_000;

/// A form in which files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// PBES2 with AES-256-CBC, keys by PBKDF2 with HMAC-SHA-256, integrity by HMAC-SHA-256 with the derivation of RFC 7292 appendix B,
    /// [`ROUNDS`] each. OpenSSL 3, NSS, Java and current Windows, macOS and Thunderbird open it.
    Modern,
    /// pbeWithSHAAnd3-KeyTripleDES-CBC and HMAC-SHA-1, [`LEGACY_ROUNDS`] each: for Windows before version 1709 of 10, and gpgsm.
    Legacy,
    /// As [`Profile::Modern`] with PBMAC1 (RFC 9579), so that all keys come from PBKDF2, which browsers do fast. Programs since 2024 open it.
    Stored,
}

/// A word that names no profile.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("modern, legacy and stored are the forms of a PKCS#12 file")]
pub struct ParseProfileError;

impl Profile {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Modern, Self::Legacy, Self::Stored];

    /// The random octets that one encrypted part takes: salt, then initialisation vector where it is not derived.
    pub(crate) const fn scheme_randomness(self) -> (usize, usize) {
        match self {
            // Old readers have room for 8 octets of salt.
            Self::Legacy => (8, 0),
            Self::Modern | Self::Stored => (16, 16),
        }
    }

    pub(crate) const fn mac_randomness(self) -> usize {
        self.scheme_randomness().0
    }

    pub(crate) fn scheme(self, salt: &[u8], iv: &[u8]) -> Scheme {
        match self {
            Self::Legacy => Scheme::triple_des(salt, LEGACY_ROUNDS),
            Self::Modern | Self::Stored => Scheme::aes256(salt, ROUNDS, iv),
        }
    }

    pub(crate) fn mac(self, salt: &[u8]) -> MacScheme {
        match self {
            Self::Legacy => MacScheme::pkcs12(DigestAlgorithm::Sha1, salt, LEGACY_ROUNDS),
            Self::Modern => MacScheme::pkcs12(DigestAlgorithm::Sha256, salt, ROUNDS),
            Self::Stored => MacScheme::pbmac1(salt, ROUNDS),
        }
    }

    /// `modern` and the like.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Modern => "modern",
            Self::Legacy => "legacy",
            Self::Stored => "stored",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Profile {
    type Err = ParseProfileError;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|profile| profile.name() == word)
            .ok_or(ParseProfileError)
    }
}
