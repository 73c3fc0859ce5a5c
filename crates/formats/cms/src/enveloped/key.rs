//! The content-encryption key: asked for, taken, or replaced where it cannot be had.

use chancery_x509::{Crypto, DigestAlgorithm, KeyNeed, KeyTransport};
use subtle::{ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroizing;

use super::recipient::Selected;

/// What stands in for a key that a message does not yield.
///
/// A reader who says whether the padding of an encrypted key was right decrypts for whoever asks often enough (Bleichenbacher's
/// attack, RFC 3218). So a key that cannot be had is replaced by one that nobody can predict, and the message fails where a
/// message with a wrong key fails. The replacement is computed from this secret and the encrypted key: if it differed between
/// two tries with the same message, that alone would tell that the padding was wrong.
///
/// The secret is 32 octets that belong to the private key and stay the same as long as it is used: a digest of the private
/// key under a label of its own, or random octets kept beside a key that lies in a token.
#[derive(Clone)]
pub struct RejectionSecret(Zeroizing<[u8; 32]>);

impl RejectionSecret {
    /// From 32 octets that nobody else knows.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Self {
        Self(Zeroizing::new(secret))
    }

    /// A key of up to 32 octets for this encrypted key.
    fn replacement(
        &self,
        crypto: &dyn Crypto,
        encrypted_key: &[u8],
        length: usize,
    ) -> Zeroizing<Vec<u8>> {
        let mut key =
            Zeroizing::new(crypto.hmac(DigestAlgorithm::Sha256, self.0.as_slice(), encrypted_key));
        key.resize(length, 0);
        key
    }
}

impl std::fmt::Debug for RejectionSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RejectionSecret").finish_non_exhaustive()
    }
}

/// A key to go on with.
pub(crate) struct ContentKey {
    pub(crate) octets: Zeroizing<Vec<u8>>,
    /// Known to be a replacement, so that the message fails at its end in any case. Never set for PKCS#1 v1.5, where an attacker
    /// could find out by messages whose content decrypts to something under one key in 256.
    pub(crate) refused: bool,
}

impl Selected {
    /// What is asked of the recipient's key.
    pub(crate) fn need(&self) -> KeyNeed {
        match self {
            Self::Transport {
                transport,
                encrypted_key,
            } => KeyNeed::Decrypt {
                transport: transport.clone(),
                cipher_text: encrypted_key.clone(),
            },
            Self::Agreement { peer_spki, .. } => KeyNeed::Agree {
                peer_spki: peer_spki.clone(),
            },
        }
    }

    /// The content's key from what the recipient's key gave; none is what it gives for an encrypted key that is none.
    /// Goes through the same operations either way.
    pub(crate) fn content_key(
        &self,
        crypto: &dyn Crypto,
        answer: Option<Zeroizing<Vec<u8>>>,
        length: usize,
        secret: &RejectionSecret,
    ) -> ContentKey {
        match self {
            Self::Transport {
                transport,
                encrypted_key,
            } => {
                let replacement = secret.replacement(crypto, encrypted_key, length);
                let (octets, right) = choose(answer, &replacement);
                ContentKey {
                    octets,
                    refused: *transport != KeyTransport::Pkcs1V15 && !right,
                }
            }
            Self::Agreement {
                agreement,
                ukm,
                wrapped,
                ..
            } => {
                let replacement = secret.replacement(crypto, wrapped, length);
                let missing = answer.is_none();
                let shared = answer.unwrap_or_else(|| replacement.clone());
                let kek = agreement.derivation.derive(
                    crypto,
                    &shared,
                    ukm.as_deref(),
                    agreement.wrap,
                    &agreement.wrap_der,
                );
                let (octets, right) =
                    choose(agreement.wrap.unwrap(crypto, &kek, wrapped), &replacement);
                ContentKey {
                    octets,
                    refused: missing || !right,
                }
            }
        }
    }
}

/// The key if there is one of the right length, otherwise its replacement, without a branch on which.
fn choose(key: Option<Zeroizing<Vec<u8>>>, replacement: &[u8]) -> (Zeroizing<Vec<u8>>, bool) {
    let mut key = key.unwrap_or_default();
    let right = (key.len() as u64).ct_eq(&(replacement.len() as u64));
    key.resize(replacement.len(), 0);
    let octets = key
        .iter()
        .zip(replacement.iter())
        .map(|(key, replacement)| u8::conditional_select(replacement, key, right))
        .collect();
    (Zeroizing::new(octets), right.into())
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::choose;

    #[test]
    fn only_a_key_of_the_right_length_is_taken() {
        let replacement = [9; 16];
        let chosen = |key: Option<&[u8]>| {
            let (octets, right) = choose(key.map(|key| Zeroizing::new(key.to_vec())), &replacement);
            (octets.to_vec(), right)
        };
        assert_eq!(chosen(Some(&[1; 16])), (vec![1; 16], true));
        for wrong in [
            None,
            Some(&[][..]),
            Some(&[1; 15]),
            Some(&[1; 17]),
            Some(&[1; 32]),
        ] {
            assert_eq!(chosen(wrong), (vec![9; 16], false), "{wrong:?}");
        }
    }
}
