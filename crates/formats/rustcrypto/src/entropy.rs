//! Randomness, which arrives from outside.

use std::fmt;

use rand_core::{TryCryptoRng, TryRng};

/// Fills a buffer with random octets: the system's generator, or `crypto.getRandomValues` in a browser.
pub type Entropy = fn(&mut [u8]) -> Result<(), NoEntropy>;

/// The system gave no randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoEntropy;

impl fmt::Display for NoEntropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the system gives no randomness")
    }
}

impl std::error::Error for NoEntropy {}

/// What the `rsa` crate asks for.
pub(crate) struct Rng(pub Entropy);

impl TryRng for Rng {
    type Error = NoEntropy;

    fn try_next_u32(&mut self) -> Result<u32, NoEntropy> {
        let mut octets = [0; 4];
        (self.0)(&mut octets)?;
        Ok(u32::from_le_bytes(octets))
    }

    fn try_next_u64(&mut self) -> Result<u64, NoEntropy> {
        let mut octets = [0; 8];
        (self.0)(&mut octets)?;
        Ok(u64::from_le_bytes(octets))
    }

    fn try_fill_bytes(&mut self, octets: &mut [u8]) -> Result<(), NoEntropy> {
        (self.0)(octets)
    }
}

impl TryCryptoRng for Rng {}
