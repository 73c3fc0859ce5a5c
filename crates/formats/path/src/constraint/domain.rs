//! Domain names in the form in which they are compared: lower case, international labels as `xn--`.

#[cfg(feature = "unicode")]
use unicode_normalization::UnicodeNormalization;

/// The domain in lower case with international labels as A-labels (RFC 9598 section 5); none where a label has no such form.
pub(crate) fn ascii_domain(text: &str) -> Option<String> {
    if text.is_ascii() {
        return Some(text.to_ascii_lowercase());
    }
    let labels: Option<Vec<_>> = text.split('.').map(ascii_label).collect();
    Some(labels?.join("."))
}

#[cfg(not(feature = "unicode"))]
const fn ascii_label(_: &str) -> Option<String> {
    None
}

#[cfg(feature = "unicode")]
fn ascii_label(label: &str) -> Option<String> {
    let folded: String = label.chars().flat_map(char::to_lowercase).nfkc().collect();
    if folded.is_ascii() {
        return Some(folded);
    }
    Some(format!("xn--{}", punycode(&folded)?))
}

/// Whether this is a name of letters, digits, hyphens and underscores in labels of 1 to 63 octets, 253 in all.
pub(crate) fn is_host_name(name: &str) -> bool {
    name.len() <= 253
        && name.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_'))
        })
}

/// RFC 3492 section 6.3.
#[cfg(feature = "unicode")]
fn punycode(label: &str) -> Option<String> {
    let characters: Vec<u32> = label.chars().map(u32::from).collect();
    // A label has at most 63 octets.
    if characters.len() > 63 {
        return None;
    }
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let total = u32::try_from(characters.len()).ok()?;
    let (mut n, mut delta, mut bias, mut handled) = (128_u32, 0_u32, 72_u32, basic);
    while handled < total {
        let next = characters.iter().copied().filter(|c| *c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for c in &characters {
            if *c < n {
                delta = delta.checked_add(1)?;
            }
            if *c == n {
                push_number(&mut out, delta, bias);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n = n.checked_add(1)?;
    }
    Some(out)
}

#[cfg(feature = "unicode")]
fn push_number(out: &mut String, mut number: u32, bias: u32) {
    let mut k = 36;
    loop {
        let threshold = k_threshold(k, bias);
        if number < threshold {
            out.push(digit(number));
            return;
        }
        out.push(digit(threshold + (number - threshold) % (36 - threshold)));
        number = (number - threshold) / (36 - threshold);
        k += 36;
    }
}

#[cfg(feature = "unicode")]
fn k_threshold(k: u32, bias: u32) -> u32 {
    k.saturating_sub(bias).clamp(1, 26)
}

/// 0 to 25 are letters, 26 to 35 digits.
#[cfg(feature = "unicode")]
fn digit(value: u32) -> char {
    char::from_digit((value + 10) % 36, 36).unwrap_or('a')
}

#[cfg(feature = "unicode")]
fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(all(test, feature = "unicode"))]
mod tests {
    use super::*;

    #[test]
    fn international_labels_become_ascii() {
        for (text, expected) in [
            ("Example.COM", "example.com"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("BÜCHER.example", "xn--bcher-kva.example"),
            ("háčkyčárky.cz", "xn--hkyrky-ptac70bc.cz"),
            ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
            ("faß.de", "xn--fa-hia.de"),
        ] {
            assert_eq!(ascii_domain(text).as_deref(), Some(expected));
        }
    }

    #[test]
    fn host_names_are_told_from_other_texts() {
        assert!(is_host_name("a-b.example_1.com"));
        for text in ["", "a..b", ".a", "a.", "-a.b", "a b", "a\0b", "*.a"] {
            assert!(!is_host_name(text), "{text:?}");
        }
        assert!(!is_host_name(&"a".repeat(64)));
    }
}
