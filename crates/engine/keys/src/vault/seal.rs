//! Sealing: AES-256-GCM under a key derived for each value.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, Salt},
};
use zeroize::Zeroizing;

use crate::{Entropy, EntropyError, random};

/// First octet of what is sealed.
const VERSION: u8 = 1;
const SALT_LEN: usize = 16;
const TAG_LEN: usize = 16;

/// A value was not sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// No salt or nonce could be made.
    #[error("no nonce could be made")]
    Entropy(#[from] EntropyError),
    /// The cipher refused, as for a value of 64 GiB.
    #[error("the cipher refused")]
    Cipher,
}

/// A sealed value was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenSealedError {
    /// Too short, or of a version this program does not know.
    #[error("this is not a sealed value")]
    Format,
    /// Changed since, or sealed for another purpose or context or by another vault.
    #[error("the sealed value was changed or belongs elsewhere")]
    Authenticity,
}

/// `version ‖ salt ‖ nonce ‖ ciphertext ‖ tag`.
pub(crate) fn seal(
    master: &[u8; 32],
    purpose: &str,
    context: &[u8],
    plain: &[u8],
    entropy: &dyn Entropy,
) -> Result<Vec<u8>, SealError> {
    let salt: [u8; SALT_LEN] = random(entropy)?;
    let nonce: [u8; NONCE_LEN] = random(entropy)?;
    let key = subkey(master, purpose, &salt).ok_or(SealError::Cipher)?;
    let mut body = Vec::with_capacity(1 + SALT_LEN + NONCE_LEN + plain.len() + TAG_LEN);
    body.push(VERSION);
    body.extend_from_slice(&salt);
    body.extend_from_slice(&nonce);
    // Encrypted in a buffer with room for the tag, so that no copy of the plain text is left behind by growing.
    let mut text = Zeroizing::new(Vec::with_capacity(plain.len() + TAG_LEN));
    text.extend_from_slice(plain);
    key.seal_in_place_append_tag(
        Nonce::assume_unique_for_key(nonce),
        Aad::from(context),
        &mut *text,
    )
    .map_err(|_| SealError::Cipher)?;
    body.extend_from_slice(&text);
    Ok(body)
}

pub(crate) fn open(
    master: &[u8; 32],
    purpose: &str,
    context: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenSealedError> {
    let (&version, rest) = sealed.split_first().ok_or(OpenSealedError::Format)?;
    let (salt, rest) = rest
        .split_first_chunk::<SALT_LEN>()
        .ok_or(OpenSealedError::Format)?;
    let (nonce, body) = rest
        .split_first_chunk::<NONCE_LEN>()
        .ok_or(OpenSealedError::Format)?;
    if version != VERSION || body.len() < TAG_LEN {
        return Err(OpenSealedError::Format);
    }
    let key = subkey(master, purpose, salt).ok_or(OpenSealedError::Format)?;
    let mut text = Zeroizing::new(body.to_vec());
    let length = key
        .open_in_place(
            Nonce::assume_unique_for_key(*nonce),
            Aad::from(context),
            &mut text,
        )
        .map_err(|_| OpenSealedError::Authenticity)?
        .len();
    text.truncate(length);
    Ok(text)
}

/// HKDF-SHA-256 (RFC 5869): extract over the value's salt, expand over its purpose.
fn subkey(master: &[u8; 32], purpose: &str, salt: &[u8; SALT_LEN]) -> Option<LessSafeKey> {
    let info = [b"chancery vault 1: ".as_slice(), purpose.as_bytes()];
    let prk = Salt::new(HKDF_SHA256, salt).extract(master);
    let key = prk.expand(&info, &AES_256_GCM).ok()?;
    Some(LessSafeKey::new(UnboundKey::from(key)))
}
