//! One-time codes and links of 128 bits or more, kept as SHA-256 only.

use aws_lc_rs::digest::{SHA256, digest};
use subtle::ConstantTimeEq;

/// The SHA-256 of a one-time code or link, which is what is stored.
///
/// Only for codes of at least 112 random bits: what people choose or type goes through
/// [`crate::SecretHasher`].
#[must_use]
pub fn digest_code(code: &str) -> [u8; 32] {
    let mut out = [0; 32];
    let octets = digest(&SHA256, code.as_bytes());
    for (to, from) in out.iter_mut().zip(octets.as_ref()) {
        *to = *from;
    }
    out
}

/// Whether two codes or digests are equal, in time that depends on their lengths alone.
#[must_use]
pub fn code_eq(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

#[cfg(test)]
mod tests {
    use super::{code_eq, digest_code};

    #[test]
    fn digest_is_sha256() {
        assert_eq!(
            u128::from_be_bytes(*digest_code("abc").first_chunk().unwrap()),
            0xba78_16bf_8f01_cfea_4141_40de_5dae_2223
        );
    }

    #[test]
    fn equality() {
        assert!(code_eq(b"same", b"same"));
        assert!(!code_eq(b"same", b"sama"));
        assert!(!code_eq(b"same", b"sam"));
    }
}
