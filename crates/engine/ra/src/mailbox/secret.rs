//! The random values of a sending.

use chancery_keys::{Entropy, EntropyError, digest_code, random};
use zeroize::Zeroizing;

/// Crockford's alphabet: no I, L, O, U, so that nothing is misread from a screen.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 28 characters of 5 bits: 140 random bits (S/MIME BR 3.2.2.2 wants 112).
const CODE_LENGTH: usize = 28;

/// A link's token: 256 random bits in hexadecimal digits.
pub(super) fn token(entropy: &dyn Entropy) -> Result<Zeroizing<String>, EntropyError> {
    use std::fmt::Write as _;
    let octets = Zeroizing::new(random::<32>(entropy)?);
    let mut text = Zeroizing::new(String::with_capacity(64));
    for octet in octets.iter() {
        // Writing to a string does not fail.
        let _ = write!(text, "{octet:02x}");
    }
    Ok(text)
}

/// A code to be typed, in seven groups of four.
pub(super) fn code(entropy: &dyn Entropy) -> Result<Zeroizing<String>, EntropyError> {
    let octets = Zeroizing::new(random::<CODE_LENGTH>(entropy)?);
    let mut text = Zeroizing::new(String::with_capacity(CODE_LENGTH + 6));
    for (position, octet) in octets.iter().enumerate() {
        if position > 0 && position % 4 == 0 {
            text.push('-');
        }
        // 256 is a multiple of 32, so each character is equally likely.
        let character = ALPHABET.get(usize::from(octet % 32)).copied();
        text.push(char::from(character.unwrap_or(b'0')));
    }
    Ok(text)
}

/// The digest to look a token up by; `None` for what was never made here.
pub(super) fn token_digest(token: &str) -> Option<[u8; 32]> {
    let made_here = token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit());
    made_here.then(|| digest_code(token))
}

/// The digest of a code as it was typed: blanks and hyphens do not matter, nor does case, and O, I and L are
/// what they look like. `None` for what cannot be a code, which costs no try.
pub(super) fn code_digest(typed: &str) -> Option<[u8; 32]> {
    let mut code = Zeroizing::new(String::with_capacity(CODE_LENGTH));
    for character in typed.chars() {
        if character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}') {
            continue;
        }
        let character = match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if code.len() == CODE_LENGTH
            || !ALPHABET.iter().any(|known| char::from(*known) == character)
        {
            return None;
        }
        code.push(character);
    }
    (code.len() == CODE_LENGTH).then(|| digest_code(&code))
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
        assert_eq!(code_digest(&code.replace('-', " ")), Some(digest));
        assert_eq!(
            code_digest(&format!(" {}\n", code.replace('-', ""))),
            Some(digest)
        );
        assert_eq!(
            code_digest(&code.replace('0', "o").replace('1', "l")),
            Some(digest)
        );
    }

    #[test]
    fn what_cannot_be_a_code_is_none() {
        for typed in [
            "",
            "ABCD",
            &"A".repeat(29),
            &"U".repeat(28),
            &"é".repeat(28),
        ] {
            assert_eq!(code_digest(typed), None, "{typed}");
        }
        for token in ["", "abc", &"g".repeat(64), &"a".repeat(65)] {
            assert_eq!(token_digest(token), None, "{token}");
        }
    }

    #[test]
    fn values_differ() {
        assert_ne!(code(&SystemEntropy), code(&SystemEntropy));
        let token = token(&SystemEntropy).unwrap();
        assert!(token_digest(&token).is_some());
    }
}
