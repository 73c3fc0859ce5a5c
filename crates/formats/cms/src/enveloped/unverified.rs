//! Plain text that nobody has vouched for yet.

use zeroize::{Zeroize, Zeroizing};

use super::open::Opened;

/// Plain text on its way out of a message whose end has not been seen.
///
/// Until [`Decryptor::finish`](super::Decryptor::finish) agrees, it may be the work of an attacker or of a wrong key. So it is not
/// handed out as octets: either it stays here and [`Unverified::release`] gives it for the proof that `finish` returns, or it is
/// moved, piece by piece, to where it can be thrown away, as a temporary file. Wiped when dropped.
#[derive(Default)]
pub struct Unverified {
    plain: Vec<u8>,
}

impl Unverified {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing yet, with room for so many octets: what never moves leaves no copy that is not wiped.
    #[must_use]
    pub fn with_capacity(octets: usize) -> Self {
        Self {
            plain: Vec::with_capacity(octets),
        }
    }

    /// Octets that wait here.
    #[must_use]
    pub fn len(&self) -> usize {
        self.plain.len()
    }

    /// Whether none wait.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Moves what waits to a place that is thrown away unless [`Decryptor::finish`](super::Decryptor::finish) agrees.
    pub fn move_unverified<E>(&mut self, to: impl FnOnce(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let outcome = to(&self.plain);
        // Overwritten by what comes next, and wiped at the end.
        self.plain.clear();
        outcome
    }

    /// All the plain text, for the proof that its message ended well. Empty if it was moved away.
    #[must_use]
    pub fn release(mut self, _proof: &Opened) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(std::mem::take(&mut self.plain))
    }

    /// Throws it away.
    pub fn clear(&mut self) {
        // The whole capacity: what was moved away before stood there too.
        self.plain.zeroize();
    }

    pub(crate) fn as_mut_vec(&mut self) -> &mut Vec<u8> {
        &mut self.plain
    }
}

impl Drop for Unverified {
    fn drop(&mut self) {
        self.plain.zeroize();
    }
}

impl std::fmt::Debug for Unverified {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unverified")
            .field("octets", &self.plain.len())
            .finish_non_exhaustive()
    }
}
