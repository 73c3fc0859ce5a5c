//! Cryptography and randomness of the module.

use std::cell::RefCell;

use chacha20::ChaCha20Rng;
use chancery_rustcrypto::{NoEntropy, RustCrypto};
use rand_core::{Rng, SeedableRng};
use zeroize::Zeroizing;

/// What computes here whatever needs no key of the store.
pub(crate) static CRYPTO: RustCrypto = RustCrypto::new(draw);

thread_local! {
    static GENERATOR: RefCell<Option<ChaCha20Rng>> = const { RefCell::new(None) };
}

/// Gives the module its randomness: 32 octets of `crypto.getRandomValues`, before anything else, and once more whenever wanted.
pub(crate) fn seed(seed: [u8; 32]) {
    GENERATOR.set(Some(ChaCha20Rng::from_seed(seed)));
}

fn draw(octets: &mut [u8]) -> Result<(), NoEntropy> {
    GENERATOR.with_borrow_mut(|generator| {
        generator.as_mut().ok_or(NoEntropy)?.fill_bytes(octets);
        Ok(())
    })
}

/// Random octets.
pub(crate) fn random(octets: usize) -> Result<Vec<u8>, NoEntropy> {
    let mut out = vec![0; octets];
    draw(&mut out)?;
    Ok(out)
}

/// A generator of its own for one private operation.
pub(crate) fn generator() -> Result<ChaCha20Rng, NoEntropy> {
    let mut seed = Zeroizing::new([0; 32]);
    draw(seed.as_mut_slice())?;
    Ok(ChaCha20Rng::from_seed(*seed))
}
