//! A key for one blob, kept apart from it, so that erasing the key erases the blob.

use zeroize::Zeroizing;

use crate::{
    Entropy, EntropyError, OpenSealedError, SealError, random,
    vault::{open_under, seal_under},
};

/// Purpose of what is sealed under a blob's own key.
const PURPOSE: &str = "blob";

/// A random 256-bit key that seals one blob. It is stored sealed by the [`crate::Vault`].
pub struct BlobKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for BlobKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BlobKey").finish_non_exhaustive()
    }
}

impl BlobKey {
    /// A new key.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        Ok(Self(Zeroizing::new(random(entropy)?)))
    }

    /// The key that [`Self::as_bytes`] gave; `None` unless there are 32 octets.
    #[must_use]
    pub fn from_bytes(octets: &[u8]) -> Option<Self> {
        let octets = <[u8; 32]>::try_from(octets).ok()?;
        Some(Self(Zeroizing::new(octets)))
    }

    /// The 32 octets, to be sealed by the vault.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals `plain`; `context` is bound to it and must be given again to open it.
    pub fn seal(
        &self,
        context: &[u8],
        plain: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, SealError> {
        seal_under(&self.0, PURPOSE, context, plain, entropy)
    }

    /// Opens what [`Self::seal`] made for the same context.
    pub fn open(
        &self,
        context: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenSealedError> {
        open_under(&self.0, PURPOSE, context, sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::BlobKey;
    use crate::{OpenSealedError, SystemEntropy};

    #[test]
    fn each_key_opens_its_own_only() {
        let key = BlobKey::generate(&SystemEntropy).unwrap();
        let sealed = key.seal(b"document 1", b"text", &SystemEntropy).unwrap();
        let same = BlobKey::from_bytes(key.as_bytes()).unwrap();
        assert_eq!(*same.open(b"document 1", &sealed).unwrap(), b"text");
        let refused = Err(OpenSealedError::Authenticity);
        assert_eq!(same.open(b"document 2", &sealed), refused);
        let other = BlobKey::generate(&SystemEntropy).unwrap();
        assert_eq!(other.open(b"document 1", &sealed), refused);
        assert!(BlobKey::from_bytes(&[0; 31]).is_none());
    }
}
