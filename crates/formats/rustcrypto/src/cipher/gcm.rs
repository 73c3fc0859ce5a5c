//! GCM (NIST SP 800-38D) over a key stream from anywhere.

use chancery_x509::crypto::{Cipher, CipherError};
use ghash::{GHash, universal_hash::UniversalHash};
use zeroize::Zeroizing;

use super::aead::{Aead, KeyStream, Lengths};

/// A message under way.
pub type Gcm<S> = Aead<S, GHash>;

/// The counter block that the key stream begins with (section 7.1 step 2): the nonce and 1 for 12 octets, a hash of it otherwise.
#[must_use]
pub fn first_counter(hash_key: &[u8; 16], nonce: &[u8]) -> [u8; 16] {
    if nonce.len() == 12 {
        let mut block = [0; 16];
        for (to, from) in block.iter_mut().zip(nonce.iter().chain(&[0, 0, 0, 1])) {
            *to = *from;
        }
        return block;
    }
    let mut hash = GHash::new(&(*hash_key).into());
    hash.update_padded(nonce);
    let bits = (nonce.len() as u64).saturating_mul(8);
    hash.update_padded(&u128::from(bits).to_be_bytes());
    hash.finalize().into()
}

/// Begins a message. `hash_key` is the zero block encrypted; `stream` stands at the [first counter](first_counter).
///
/// The key stream's counter must wrap within its last 32 bits for nonces that are not 12 octets long.
pub fn begin<S: KeyStream>(
    cipher: Cipher,
    hash_key: &[u8; 16],
    mut stream: S,
) -> Result<Gcm<S>, CipherError> {
    let mut mask = Zeroizing::new([0; 16]);
    stream.mask(mask.as_mut_slice())?;
    let hash = GHash::new(&(*hash_key).into());
    Ok(Aead::new(cipher, stream, hash, *mask, Lengths::Bits))
}
