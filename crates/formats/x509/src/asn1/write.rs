//! Writing DER.

use const_oid::ObjectIdentifier;

use super::tag;

/// One element: identifier octet, minimal definite length (X.690 section 10.1), content.
#[must_use]
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = Vec::with_capacity(length.saturating_add(6));
    out.push(tag);
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let octets = length.to_be_bytes();
            let significant = octets
                .iter()
                .position(|octet| *octet != 0)
                .and_then(|first| octets.get(first..))
                .unwrap_or_default();
            // At most eight length octets: the count fits.
            out.push(0x80 | u8::try_from(significant.len()).unwrap_or(8));
            out.extend_from_slice(significant);
        }
    }
    out.extend_from_slice(content);
    out
}

/// SEQUENCE of the given encoded parts; an empty part stands for an absent optional one.
#[must_use]
pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(tag::SEQUENCE, &parts.concat())
}

/// SEQUENCE OF the given encoded elements.
#[must_use]
pub fn sequence_of(elements: &[Vec<u8>]) -> Vec<u8> {
    tlv(tag::SEQUENCE, &elements.concat())
}

/// SET OF, elements in ascending order of their encodings (X.690 section 11.6).
#[must_use]
pub fn set_of(mut elements: Vec<Vec<u8>>) -> Vec<u8> {
    elements.sort();
    tlv(tag::SET, &elements.concat())
}

/// `[number] EXPLICIT`.
#[must_use]
pub fn explicit(number: u8, element: &[u8]) -> Vec<u8> {
    tlv(tag::context_constructed(number), element)
}

/// `[number] EXPLICIT SEQUENCE` of the given parts.
#[must_use]
pub fn explicit_parts(number: u8, parts: &[&[u8]]) -> Vec<u8> {
    explicit(number, &sequence(parts))
}

/// `[number] IMPLICIT` of a primitive type with this content.
#[must_use]
pub fn implicit(number: u8, content: &[u8]) -> Vec<u8> {
    tlv(tag::context(number), content)
}

/// OBJECT IDENTIFIER.
#[must_use]
pub fn oid(oid: &ObjectIdentifier) -> Vec<u8> {
    tlv(tag::OID, oid.as_bytes())
}

/// INTEGER from the magnitude of a number that is not negative, big-endian, leading zeros allowed.
#[must_use]
pub fn integer(magnitude: &[u8]) -> Vec<u8> {
    let first = magnitude.iter().position(|octet| *octet != 0);
    let digits = first.and_then(|at| magnitude.get(at..)).unwrap_or(&[0]);
    let mut content = Vec::with_capacity(digits.len().saturating_add(1));
    if digits.first().is_some_and(|octet| *octet >= 0x80) {
        content.push(0);
    }
    content.extend_from_slice(digits);
    tlv(tag::INTEGER, &content)
}

/// INTEGER.
#[must_use]
pub fn integer_u64(value: u64) -> Vec<u8> {
    integer(&value.to_be_bytes())
}

/// BOOLEAN TRUE, or nothing for FALSE: in X.509 structures FALSE is the default and is left out (X.690 section 11.5).
#[must_use]
pub fn boolean(value: bool) -> Vec<u8> {
    if value {
        tlv(tag::BOOLEAN, &[0xff])
    } else {
        Vec::new()
    }
}

/// NULL.
#[must_use]
pub fn null() -> Vec<u8> {
    tlv(tag::NULL, &[])
}

/// OCTET STRING.
#[must_use]
pub fn octet_string(content: &[u8]) -> Vec<u8> {
    tlv(tag::OCTET_STRING, content)
}

/// BIT STRING of whole octets.
#[must_use]
pub fn bit_string(content: &[u8]) -> Vec<u8> {
    tlv(tag::BIT_STRING, &[&[0], content].concat())
}

/// The content of a BIT STRING with a named bit list, bit 0 being the lowest bit of `bits`: trailing zero bits are left out (X.690 section 11.2.2).
#[must_use]
pub fn named_bits(bits: u16) -> Vec<u8> {
    let reversed = bits.reverse_bits().to_be_bytes();
    let used = 16 - bits.leading_zeros();
    let mut out = vec![u8::try_from((8 - used % 8) % 8).unwrap_or(0)];
    out.extend(reversed.iter().take(used.div_ceil(8) as usize));
    out
}

/// `UTF8String`.
#[must_use]
pub fn utf8_string(text: &str) -> Vec<u8> {
    tlv(tag::UTF8_STRING, text.as_bytes())
}

/// `PrintableString`; the caller has checked the characters.
#[must_use]
pub fn printable_string(text: &str) -> Vec<u8> {
    tlv(tag::PRINTABLE_STRING, text.as_bytes())
}

/// `IA5String`; the caller has checked that the text is ASCII.
#[must_use]
pub fn ia5_string(text: &str) -> Vec<u8> {
    tlv(tag::IA5_STRING, text.as_bytes())
}
