//! Randomness as a parameter, so that tests repeat and a server has one source.

use chancery_store::Id;

/// The random source failed; nothing may be made from what it returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the random source failed")]
pub struct EntropyError;

/// A cryptographically secure random source.
pub trait Entropy: Send + Sync {
    /// Fills `out` with random octets.
    fn fill(&self, out: &mut [u8]) -> Result<(), EntropyError>;
}

/// The random bit generator of aws-lc, seeded by the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, out: &mut [u8]) -> Result<(), EntropyError> {
        aws_lc_rs::rand::fill(out).map_err(|_| EntropyError)
    }
}

/// `N` random octets.
pub fn random<const N: usize>(entropy: &dyn Entropy) -> Result<[u8; N], EntropyError> {
    let mut out = [0; N];
    entropy.fill(&mut out)?;
    Ok(out)
}

/// A new row identifier.
pub fn random_id(entropy: &dyn Entropy) -> Result<Id, EntropyError> {
    random(entropy).map(Id::from_bytes)
}

#[cfg(feature = "testing")]
pub(crate) mod testing {
    use std::sync::atomic::{AtomicU64, Ordering};

    use aws_lc_rs::digest::{SHA256, digest};

    use super::{Entropy, EntropyError};

    /// SHA-256 over the seed and a counter: the same seed gives the same octets.
    #[derive(Debug)]
    pub struct SeededEntropy {
        seed: u64,
        block: AtomicU64,
    }

    impl SeededEntropy {
        /// A source that repeats for the same `seed`.
        #[must_use]
        pub const fn new(seed: u64) -> Self {
            Self {
                seed,
                block: AtomicU64::new(0),
            }
        }
    }

    impl Entropy for SeededEntropy {
        fn fill(&self, out: &mut [u8]) -> Result<(), EntropyError> {
            for chunk in out.chunks_mut(32) {
                let block = self.block.fetch_add(1, Ordering::Relaxed);
                let mut input = self.seed.to_be_bytes().to_vec();
                input.extend_from_slice(&block.to_be_bytes());
                let octets = digest(&SHA256, &input);
                for (to, from) in chunk.iter_mut().zip(octets.as_ref()) {
                    *to = *from;
                }
            }
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SystemEntropy, random, testing::SeededEntropy};

    #[test]
    fn system_octets_differ_between_calls() {
        let first: [u8; 32] = random(&SystemEntropy).unwrap();
        let second: [u8; 32] = random(&SystemEntropy).unwrap();
        assert_ne!(first, second);
    }

    #[test]
    fn a_seed_repeats_and_another_differs() {
        let take = |seed| {
            let entropy = SeededEntropy::new(seed);
            (
                random::<40>(&entropy).unwrap(),
                random::<40>(&entropy).unwrap(),
            )
        };
        assert_eq!(take(1), take(1));
        assert_ne!(take(1), take(2));
        assert_ne!(take(1).0, take(1).1);
    }
}
