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
        let hex: String = digest_code("abc")
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(
            hex,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn equality() {
        assert!(code_eq(b"same", b"same"));
        assert!(!code_eq(b"same", b"sama"));
        assert!(!code_eq(b"same", b"sam"));
    }
}
