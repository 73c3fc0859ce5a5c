//! The host's randomness.

use chancery_rustcrypto::NoEntropy;

use crate::host;

/// Random octets.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut octets = [0; N];
    host::entropy(&mut octets).expect("randomness");
    octets
}

/// The host's randomness for the `rsa` crate.
pub(super) struct Random;

impl rsa::rand_core::TryRng for Random {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(u32::from_le_bytes(random()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(u64::from_le_bytes(random()))
    }

    fn try_fill_bytes(&mut self, octets: &mut [u8]) -> Result<(), Self::Error> {
        host::entropy(octets).expect("randomness");
        Ok(())
    }
}

impl rsa::rand_core::TryCryptoRng for Random {}

/// A random source.
pub trait Entropy: Send + Sync {
    /// Fills `out` with random octets.
    fn fill(&self, out: &mut [u8]) -> Result<(), NoEntropy>;
}

/// The host's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, out: &mut [u8]) -> Result<(), NoEntropy> {
        host::entropy(out)
    }
}
