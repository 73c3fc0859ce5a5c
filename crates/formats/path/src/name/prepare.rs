//! Strings prepared for comparison (RFC 4518), as RFC 5280 section 7.1 wants names compared.

use chancery_x509::asn1::tag;
#[cfg(feature = "unicode")]
use chancery_x509::name::string_value;
#[cfg(feature = "unicode")]
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Adds the prepared form of an attribute's value, the same for all encodings of equal values. Adds nothing and returns false where
/// the value is no string, or holds what RFC 4518 section 2.4 prohibits: such values are compared octet by octet.
pub(super) fn prepare(tag: u8, content: &[u8], out: &mut Vec<u8>) -> bool {
    let plain = matches!(
        tag,
        tag::PRINTABLE_STRING
            | tag::UTF8_STRING
            | tag::IA5_STRING
            | tag::NUMERIC_STRING
            | tag::VISIBLE_STRING
            | tag::TELETEX_STRING
    );
    if plain && content.is_ascii() {
        squeeze(content.iter().copied().filter_map(ascii), out);
        return true;
    }
    beyond_ascii(tag, content, out)
}

#[cfg(not(feature = "unicode"))]
const fn beyond_ascii(_: u8, _: &[u8], _: &mut Vec<u8>) -> bool {
    false
}

#[cfg(feature = "unicode")]
fn beyond_ascii(tag: u8, content: &[u8], out: &mut Vec<u8>) -> bool {
    let Some(text) = string_value(tag, content) else {
        return false;
    };
    // Mapping (section 2.2): what shows as nothing is dropped, white space becomes a space, case is folded.
    let mapped = text.chars().filter_map(map).flat_map(fold);
    let mapped: String = mapped.collect();
    let normal = if is_nfkc_quick(mapped.chars()) == IsNormalized::Yes {
        mapped
    } else {
        // Normalisation may bring capitals and spaces back: U+2102 is C, U+00A8 begins with a space.
        let normal = mapped.nfkc().collect::<String>();
        let again = normal.chars().filter_map(map).flat_map(fold);
        again.nfkc().collect()
    };
    if normal.chars().any(is_prohibited) {
        return false;
    }
    squeeze(normal.bytes(), out);
    true
}

/// One ASCII character, mapped.
fn ascii(octet: u8) -> Option<u8> {
    match octet {
        b'\t' | b'\n' | 0x0b | 0x0c | b'\r' | b' ' => Some(b' '),
        0..=0x1f | 0x7f => None,
        _ => Some(octet.to_ascii_lowercase()),
    }
}

/// RFC 4518 section 2.2, the case apart.
#[cfg(feature = "unicode")]
fn map(c: char) -> Option<char> {
    match c {
        '\u{ad}'
        | '\u{1806}'
        | '\u{34f}'
        | '\u{180b}'..='\u{180d}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fffc}'
        | '\u{200b}' => None,
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' => Some(' '),
        c if c.is_control() => None,
        '\u{6dd}'
        | '\u{70f}'
        | '\u{180e}'
        | '\u{200c}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2063}'
        | '\u{206a}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0001}'
        | '\u{e0020}'..='\u{e007f}' => None,
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// Full case folding by way of the capitals, so that ß and ς meet SS and Σ.
#[cfg(feature = "unicode")]
fn fold(c: char) -> impl Iterator<Item = char> {
    c.to_uppercase().flat_map(char::to_lowercase)
}

/// RFC 4518 section 2.4: private use, no characters, the replacement character.
#[cfg(feature = "unicode")]
fn is_prohibited(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fffd}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Adds UTF-8 without insignificant spaces (section 2.6.1): none at the ends, one between words.
fn squeeze(octets: impl Iterator<Item = u8>, out: &mut Vec<u8>) {
    let start = out.len();
    let mut space = false;
    for octet in octets {
        if octet == b' ' {
            space = out.len() > start;
        } else {
            if space {
                out.push(b' ');
                space = false;
            }
            out.push(octet);
        }
    }
}

#[cfg(all(test, feature = "unicode"))]
mod tests {
    use super::*;

    fn prepared(tag: u8, content: &[u8]) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        prepare(tag, content, &mut out).then_some(out)
    }

    #[test]
    fn equal_values_meet_whatever_their_encoding() {
        let expected = prepared(tag::UTF8_STRING, "Žluťoučký kůň a.s.".as_bytes());
        let bmp: Vec<u8> = "  ŽLUŤOUČKÝ\u{a0} KŮŇ A.S. "
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        let decomposed = "Z\u{30c}lut\u{30c}ouc\u{30c}ky\u{301} ku\u{30a}n\u{30c} a.s.";
        assert_eq!(prepared(tag::BMP_STRING, &bmp), expected);
        assert_eq!(prepared(tag::UTF8_STRING, decomposed.as_bytes()), expected);
        assert_eq!(
            prepared(tag::PRINTABLE_STRING, b" Good \t CA"),
            prepared(tag::UTF8_STRING, b"good ca  ")
        );
        assert_eq!(
            prepared(tag::UTF8_STRING, "Straße".as_bytes()),
            prepared(tag::PRINTABLE_STRING, b"STRASSE")
        );
        assert_eq!(
            prepared(tag::TELETEX_STRING, b"M\xfcller"),
            prepared(tag::UTF8_STRING, "MÜLLER".as_bytes())
        );
        assert_eq!(
            prepared(tag::UTF8_STRING, "ℂafé".as_bytes()),
            prepared(tag::UTF8_STRING, "CAFÉ".as_bytes())
        );
    }

    #[test]
    fn different_values_stay_apart() {
        assert_ne!(
            prepared(tag::UTF8_STRING, b"Good CA"),
            prepared(tag::UTF8_STRING, b"GoodCA")
        );
        assert_eq!(prepared(tag::UTF8_STRING, "\u{e000}".as_bytes()), None);
        assert_eq!(prepared(tag::BMP_STRING, b"abc"), None);
        assert_eq!(prepared(tag::OCTET_STRING, b"abc"), None);
    }
}
