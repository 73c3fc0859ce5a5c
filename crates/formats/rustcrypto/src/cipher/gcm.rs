//! GCM (NIST SP 800-38D) over a key stream from anywhere.

use chancery_x509::crypto::{Cipher, CipherError, Decryptor, Encryptor};
use ghash::{GHash, universal_hash::UniversalHash};
use zeroize::Zeroizing;

use super::aead::{Aead, KeyStream, Lengths};

/// A message under way.
pub(super) type Gcm<S> = Aead<S, GHash>;

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

/// A key stream from another crate. Boxed, so that the authenticator is compiled here, optimised in every profile.
struct Foreign(Box<dyn KeyStream>);

impl KeyStream for Foreign {
    fn mask(&mut self, data: &mut [u8]) -> Result<(), CipherError> {
        self.0.mask(data)
    }
}

/// Begins to encrypt. `hash_key` is the zero block encrypted; `stream` stands at the [first counter](first_counter).
///
/// The counter of `stream` must wrap within its last 32 bits for nonces that are not 12 octets long.
pub fn encryptor(
    cipher: Cipher,
    hash_key: &[u8; 16],
    stream: Box<dyn KeyStream>,
) -> Result<Box<dyn Encryptor>, CipherError> {
    Ok(Box::new(begin(cipher, hash_key, Foreign(stream))?))
}

/// Begins to decrypt, with what [`encryptor`] takes.
pub fn decryptor(
    cipher: Cipher,
    hash_key: &[u8; 16],
    stream: Box<dyn KeyStream>,
) -> Result<Box<dyn Decryptor>, CipherError> {
    Ok(Box::new(begin(cipher, hash_key, Foreign(stream))?))
}

/// The same within this crate.
pub(super) fn begin<S: KeyStream>(
    cipher: Cipher,
    hash_key: &[u8; 16],
    mut stream: S,
) -> Result<Gcm<S>, CipherError> {
    let mut mask = Zeroizing::new([0; 16]);
    stream.mask(mask.as_mut_slice())?;
    let hash = GHash::new(&(*hash_key).into());
    Ok(Aead::new(cipher, stream, hash, *mask, Lengths::Bits))
}
