//! Octets as people read them.

use std::fmt::Write as _;

/// Two lower-case digits an octet, `separator` between octets.
#[must_use]
pub fn encode(octets: &[u8], separator: &str) -> String {
    let mut out = String::with_capacity(octets.len().saturating_mul(2 + separator.len()));
    for (index, octet) in octets.iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        // Writing to a String does not fail.
        let _ = write!(out, "{octet:02x}");
    }
    out
}

/// Two upper-case digits an octet with colons between: the form in which fingerprints are compared by eye.
#[must_use]
pub fn fingerprint(octets: &[u8]) -> String {
    encode(octets, ":").to_ascii_uppercase()
}
