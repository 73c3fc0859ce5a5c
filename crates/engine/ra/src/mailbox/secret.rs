//! The random values of a sending.

use chancery_keys::{Entropy, EntropyError, digest_code, random, random_code, typed_code};
use chancery_x509::hex;
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

/// 28 characters of 5 bits: 140 random bits (S/MIME BR 3.2.2.2 wants 112).
const CODE_LENGTH: usize = 28;

/// A link's token: 256 random bits in hexadecimal digits.
pub(super) fn token(entropy: &dyn Entropy) -> Result<Zeroizing<String>, EntropyError> {
    let octets = Zeroizing::new(random::<32>(entropy)?);
    Ok(Zeroizing::new(hex::encode(octets.as_slice(), "")))
}

/// A code to be typed, in seven groups of four.
pub(super) fn code(entropy: &dyn Entropy) -> Result<Zeroizing<String>, EntropyError> {
    random_code::<CODE_LENGTH>(entropy)
}

/// The digest to look a token up by; `None` for what was never made here.
pub(super) fn token_digest(token: &str) -> Option<[u8; 32]> {
    let made_here = token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit());
    made_here.then(|| digest_code(token))
}

/// The digest of a code as it was typed; `None` for what cannot be a code, which costs no try.
pub(super) fn code_digest(typed: &str) -> Option<[u8; 32]> {
    typed_code(typed, CODE_LENGTH).map(|code| digest_code(code.expose_secret()))
}

#[cfg(test)]
mod tests {
    use chancery_keys::SystemEntropy;

    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = code(&SystemEntropy).unwrap();
        assert_eq!(code.len(), 34);
        let digest = code_digest(&code).unwrap();
        assert_eq!(code_digest(&code.to_lowercase()), Some(digest));
        assert_eq!(
            code_digest(&format!(" {}\n", code.replace('-', ""))),
            Some(digest)
        );
        for typed in ["", "ABCD", &"A".repeat(29), &"U".repeat(28)] {
            assert_eq!(code_digest(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_a_token_is_none() {
        for token in ["", "abc", &"g".repeat(64), &"a".repeat(65)] {
            assert_eq!(token_digest(token), None, "{token}");
        }
        assert!(token_digest(&token(&SystemEntropy).unwrap()).is_some());
    }

    #[test]
    fn values_differ() {
        assert_ne!(code(&SystemEntropy), code(&SystemEntropy));
        assert_ne!(token(&SystemEntropy), token(&SystemEntropy));
    }
}
