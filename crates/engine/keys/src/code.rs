//! Codes: those that people type from a letter, and one-time codes and links, kept as SHA-256 only.

use aws_lc_rs::digest::{SHA256, digest};
use secrecy::SecretString;
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::{Entropy, EntropyError, random};

/// Crockford's alphabet: no I, L, O and U, so that nothing is misread; five bits each.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Nobody types more than this for a code.
const LONGEST_TYPED: usize = 256;

/// A new code of `LENGTH` characters, five random bits each, in groups of four: `ABCD-EFGH-JKMN-PQRS`.
pub fn random_code<const LENGTH: usize>(
    entropy: &dyn Entropy,
) -> Result<Zeroizing<String>, EntropyError> {
    let octets = Zeroizing::new(random::<LENGTH>(entropy)?);
    let mut code = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / 4));
    for (index, octet) in octets.iter().enumerate() {
        if index > 0 && index % 4 == 0 {
            code.push('-');
        }
        // 256 is a multiple of 32, so each character is equally likely.
        if let Some(character) = ALPHABET.get(usize::from(octet % 32)) {
            code.push(char::from(*character));
        }
    }
    Ok(code)
}

/// A code of `length` characters as it is hashed, from how it was typed: groups, blanks and case do not matter,
/// and O, I and L are what they look like. `None` for what cannot be such a code.
#[must_use]
pub fn typed_code(typed: &str, length: usize) -> Option<SecretString> {
    if typed.len() > LONGEST_TYPED {
        return None;
    }
    let mut code = Zeroizing::new(String::with_capacity(length));
    for character in typed.nfkc() {
        let is_hyphen = matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
        if character.is_whitespace() || is_hyphen {
            continue;
        }
        let character = match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let known = ALPHABET.iter().any(|known| char::from(*known) == character);
        if code.len() == length || !known {
            return None;
        }
        code.push(character);
    }
    (code.len() == length).then(|| SecretString::from(code.as_str()))
}

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
    use secrecy::ExposeSecret;

    use super::{code_eq, digest_code, random_code, typed_code};
    use crate::{SystemEntropy, testing::SeededEntropy};

    #[test]
    fn a_code_is_groups_of_the_alphabet() {
        let entropy = SeededEntropy::new(7);
        let code = random_code::<16>(&entropy).unwrap();
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
        assert_ne!(code, random_code::<16>(&entropy).unwrap());
        let typed = typed_code(&code, 16).unwrap();
        assert_eq!(typed.expose_secret(), code.replace('-', ""));
        let long = random_code::<28>(&SystemEntropy).unwrap();
        assert_eq!(long.len(), 34);
        assert!(typed_code(&long, 28).is_some() && typed_code(&long, 16).is_none());
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let right = typed_code("AB10-0DEF-GH1J-KM0N", 16).unwrap();
        for typed in [
            "ab10 0def gh1j km0n",
            "abIo-oDEF–ghLj—kmON",
            "  AB100DEFGH1JKM0N\n",
            "AB10\u{2212}0DEF\u{2011}GH1J KM0N",
            "ＡＢ１０-0DEF-GH1J-KM0N",
        ] {
            let typed = typed_code(typed, 16).unwrap();
            assert_eq!(typed.expose_secret(), right.expose_secret());
        }
        for typed in [
            "",
            "AB10-0DEF-GH1J-KM0",
            "AB10-0DEF-GH1J-KM0NN",
            "AB10-0DEF-GH1J-KM0U",
            "éééé-éééé-éééé-éééé",
            &"-".repeat(1_000),
        ] {
            assert!(typed_code(typed, 16).is_none(), "{typed}");
        }
    }

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
