//! The key derivation of RFC 7292 appendix B.2, for the integrity key.

use zeroize::{Zeroize, Zeroizing};

/// SHA-256's block, `v` of the standard in octets.
const BLOCK: usize = 64;
/// SHA-256's output, `u` of the standard in octets.
const OUTPUT: usize = 32;
/// The diversifier of an integrity key (appendix B.3).
const FOR_MAC: u8 = 3;

/// Derives the HMAC-SHA-256 key from a password given as UTF-16 big-endian with a zero at the end. The key is as long as one digest,
/// so that one turn of the outer loop makes it. `sha256` is called `rounds` times.
#[must_use]
pub fn derive_mac_key(
    sha256: &dyn Fn(&[u8]) -> [u8; 32],
    password: &[u8],
    salt: &[u8],
    rounds: u32,
) -> Zeroizing<[u8; OUTPUT]> {
    let mut input = Zeroizing::new(vec![FOR_MAC; BLOCK]);
    input.extend(fill(salt));
    input.extend(fill(password));
    let mut digest = Zeroizing::new(sha256(&input));
    for _ in 1..rounds {
        let mut next = sha256(digest.as_slice());
        digest.copy_from_slice(&next);
        next.zeroize();
    }
    digest
}

/// Copies of `octets` put end to end and cut to the smallest number of whole blocks that holds it once.
fn fill(octets: &[u8]) -> impl Iterator<Item = u8> {
    octets
        .iter()
        .copied()
        .cycle()
        .take(octets.len().div_ceil(BLOCK).saturating_mul(BLOCK))
}
