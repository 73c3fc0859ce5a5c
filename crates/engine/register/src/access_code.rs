//! The code that a letter brings and a person types: `ABCD-EFGH-JKMN-PQRS`, 80 bits.

use chancery_keys::{Entropy, EntropyError};
use secrecy::SecretString;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Thirty-two characters, none of them I, L, O or U: five bits each.
const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J',
    'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];
const LENGTH: usize = 16;

/// A new code, in four groups of four.
pub(crate) fn random(entropy: &dyn Entropy) -> Result<Zeroizing<String>, EntropyError> {
    let bytes = Zeroizing::new(chancery_keys::random::<LENGTH>(entropy)?);
    let mut code = Zeroizing::new(String::with_capacity(LENGTH + 3));
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 && index % 4 == 0 {
            code.push('-');
        }
        // 256 is a multiple of 32: no character is likelier than another.
        if let Some(character) = ALPHABET.get(usize::from(byte % 32)) {
            code.push(*character);
        }
    }
    Ok(code)
}

/// What is hashed for a typed code: groups, case and look-alikes do not matter. `None` where the text
/// cannot be a code.
pub(crate) fn canonical(typed: &str) -> Option<SecretString> {
    if typed.len() > 128 {
        return None;
    }
    let mut code = Zeroizing::new(String::with_capacity(LENGTH));
    for character in typed.nfkc() {
        if character.is_whitespace() || matches!(character, '-' | '‐' | '‑' | '–' | '—' | '−')
        {
            continue;
        }
        let character = match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if code.len() == LENGTH || !ALPHABET.contains(&character) {
            return None;
        }
        code.push(character);
    }
    (code.len() == LENGTH).then(|| SecretString::from(code.as_str()))
}

#[cfg(test)]
mod tests {
    use chancery_keys::testing::SeededEntropy;
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_code_is_four_groups_of_the_alphabet() {
        let entropy = SeededEntropy::new(7);
        let code = random(&entropy).unwrap();
        assert_eq!(code.len(), 19);
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
        assert_ne!(code, random(&entropy).unwrap());
        assert_eq!(
            canonical(&code).unwrap().expose_secret(),
            code.replace('-', "")
        );
    }

    #[test]
    fn typed_as_people_type() {
        let right = canonical("AB10-0DEF-GH1J-KM0N").unwrap();
        for typed in [
            "ab10 0def gh1j km0n",
            "abIo-oDEF–ghLj—kmON",
            "  AB100DEFGH1JKM0N ",
        ] {
            let typed = canonical(typed).unwrap();
            assert_eq!(typed.expose_secret(), right.expose_secret());
        }
        for typed in [
            "",
            "AB10-0DEF-GH1J-KM0",
            "AB10-0DEF-GH1J-KM0NN",
            "AB10-0DEF-GH1J-KM0U",
        ] {
            assert!(canonical(typed).is_none(), "{typed}");
        }
    }
}
