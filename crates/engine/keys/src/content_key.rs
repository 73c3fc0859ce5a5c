//! A key for one content, so that erasing the key erases the content.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

use crate::{Entropy, EntropyError, OpenSealedError, SealError, random};

/// The first octet of what is sealed.
const VERSION: u8 = 1;
const TAG_LEN: usize = 16;

/// An AES-256-GCM key that seals one document or message; it is itself kept sealed by [`crate::Vault`].
pub struct ContentKey(Zeroizing<[u8; 32]>);

/// The octets are not a content key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a content key has 32 octets")]
pub struct ContentKeyLengthError;

impl ContentKey {
    /// A new key.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        let mut octets = Zeroizing::new([0; 32]);
        entropy.fill(octets.as_mut())?;
        Ok(Self(octets))
    }

    /// The key of these octets, as [`Self::octets`] gave them.
    pub fn from_octets(octets: &[u8]) -> Result<Self, ContentKeyLengthError> {
        let mut key = Zeroizing::new([0; 32]);
        if octets.len() != key.len() {
            return Err(ContentKeyLengthError);
        }
        key.copy_from_slice(octets);
        Ok(Self(key))
    }

    /// The 32 octets, for sealing.
    #[must_use]
    pub fn octets(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals `plain`; it opens under the same `context` only.
    pub fn seal(
        &self,
        context: &[u8],
        plain: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, SealError> {
        let nonce: [u8; NONCE_LEN] = random(entropy)?;
        let mut body = plain.to_vec();
        let tag = self
            .cipher()
            .ok_or(SealError::Cipher)?
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(context),
                &mut body,
            )
            .map_err(|_| SealError::Cipher)?;
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + body.len() + TAG_LEN);
        sealed.push(VERSION);
        sealed.extend_from_slice(&nonce);
        sealed.append(&mut body);
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens what [`Self::seal`] sealed under this context.
    pub fn open(
        &self,
        context: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenSealedError> {
        let (version, rest) = sealed.split_first().ok_or(OpenSealedError::Format)?;
        let (nonce, body) = rest
            .split_first_chunk::<NONCE_LEN>()
            .ok_or(OpenSealedError::Format)?;
        if *version != VERSION || body.len() < TAG_LEN {
            return Err(OpenSealedError::Format);
        }
        let cipher = self.cipher().ok_or(OpenSealedError::Format)?;
        let mut plain = Zeroizing::new(body.to_vec());
        let length = cipher
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(context),
                &mut plain,
            )
            .map_err(|_| OpenSealedError::Authenticity)?
            .len();
        plain.truncate(length);
        Ok(plain)
    }

    fn cipher(&self) -> Option<LessSafeKey> {
        let key = UnboundKey::new(&AES_256_GCM, self.0.as_ref()).ok()?;
        Some(LessSafeKey::new(key))
    }
}

/// Says nothing of the key.
impl std::fmt::Debug for ContentKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ContentKey").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::ContentKey;
    use crate::{OpenSealedError, SystemEntropy};

    #[test]
    fn content_opens_with_its_key_and_context_only() {
        let key = ContentKey::generate(&SystemEntropy).unwrap();
        let sealed = key.seal(b"document 1", b"secret", &SystemEntropy).unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        let again = ContentKey::from_octets(key.octets()).unwrap();
        assert_eq!(*again.open(b"document 1", &sealed).unwrap(), b"secret");
        let refused = Err(OpenSealedError::Authenticity);
        assert_eq!(key.open(b"document 2", &sealed), refused);
        let other = ContentKey::generate(&SystemEntropy).unwrap();
        assert_eq!(other.open(b"document 1", &sealed), refused);
        for at in 1..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key.open(b"document 1", &changed), refused, "octet {at}");
        }
        for length in 0..sealed.len() {
            assert!(key.open(b"document 1", &sealed[..length]).is_err());
        }
    }

    #[test]
    fn a_key_has_32_octets() {
        assert!(ContentKey::from_octets(&[0; 31]).is_err());
        assert!(ContentKey::from_octets(&[0; 33]).is_err());
    }
}
