//! What addresses mean.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

/// Padding is left out by some clients, and bits behind the last octet are not worth a refusal.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Readings of a request tried at most.
const MOST_READINGS: usize = 8;
/// A request of one question is a tenth of this; longer ones are posted (RFC 6960 appendix A.1).
const LONGEST: usize = 4_096;

/// The OCSP requests that the rest of an address behind `/ocsp/` can stand for, the likeliest first: base64,
/// percent-encoded or not (RFC 6960 appendix A.1). Besides what the standard says there are
/// - clients that put a second slash before it,
/// - clients and proxies that decode `+` to a space,
/// - proxies that make one slash of two; base64 holds two in a row once in fifty requests.
pub(crate) fn ocsp_requests(rest: &str) -> Vec<Vec<u8>> {
    if rest.len() > LONGEST {
        return Vec::new();
    }
    let Some(text) = percent_decode(rest) else {
        return Vec::new();
    };
    let text = text.trim_start_matches('/').replace(' ', "+");
    let plain = decode(&text);
    if plain.as_deref().is_some_and(is_whole) {
        return plain.into_iter().collect();
    }
    // A slash may be missing where the octets are not as many as they say.
    let slashes = text.match_indices('/').map(|(at, _)| text.split_at(at));
    let mended: Vec<Vec<u8>> = slashes
        .take(MOST_READINGS)
        .filter_map(|(before, after)| decode(&format!("{before}/{after}")))
        .filter(|der| is_whole(der))
        .collect();
    if mended.is_empty() {
        plain.into_iter().collect()
    } else {
        mended
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text).ok()
}

/// Whether the outer SEQUENCE says that it is as long as the octets are.
fn is_whole(der: &[u8]) -> bool {
    let (length, header) = match der {
        [0x30, length @ 0..=0x7f, ..] => (usize::from(*length), 2),
        [0x30, 0x81, length, ..] => (usize::from(*length), 3),
        [0x30, 0x82, high, low, ..] => (usize::from(*high) << 8 | usize::from(*low), 4),
        _ => return false,
    };
    der.len() == length + header
}

fn percent_decode(text: &str) -> Option<String> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        if octet == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            octets.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            octets.push(octet);
        }
    }
    String::from_utf8(octets).ok()
}

/// The shard in `0.crl`; only as this authority writes it, so that a list has one address.
pub(crate) fn shard(file: &str) -> Option<i64> {
    let number = file.strip_suffix(".crl")?;
    let shard: i64 = number.parse().ok()?;
    (shard >= 0 && shard.to_string() == number).then_some(shard)
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use proptest::{collection::vec, prelude::*};

    use super::{ocsp_requests, shard};

    /// A SEQUENCE with this content.
    fn request(content: &[u8]) -> Vec<u8> {
        let length = u8::try_from(content.len()).unwrap();
        [&[0x30, length], content].concat()
    }

    #[test]
    fn reads_what_clients_send() {
        // Content that gives `+` and `/`.
        let der = request(&[0x01, 0xfb, 0xef, 0xbe, 0xff, 0x02, 0xf0, 0x41, 0x42]);
        let text = STANDARD.encode(&der);
        assert!(
            text.contains('+') && text.contains('/') && text.ends_with('='),
            "{text}"
        );
        let encoded = text
            .replace('/', "%2F")
            .replace('+', "%2B")
            .replace('=', "%3d");
        for sent in [
            text.clone(),
            encoded,
            format!("/{text}"),
            text.replace('+', " "),
            text.replace('+', "%20"),
            text.trim_end_matches('=').to_owned(),
        ] {
            assert_eq!(ocsp_requests(&sent), std::slice::from_ref(&der), "{sent}");
        }
    }

    #[test]
    fn a_slash_that_a_proxy_took_is_put_back() {
        let der = request(&[0xff; 6]);
        let text = STANDARD.encode(&der);
        assert!(text.contains("//"), "{text}");
        let der = request(&[0x01, 0x01, 0x3f, 0xff, 0xc1, 0x01, 0x01, 0x3f, 0xc0, 0x01]);
        let text = STANDARD.encode(&der);
        assert_eq!(text.matches("//").count(), 1, "{text}");
        let readings = ocsp_requests(&text.replace("//", "/"));
        assert!(readings.contains(&der), "{text}: {readings:?}");
        assert!(readings.len() <= super::MOST_READINGS);
    }

    proptest! {
        #[test]
        fn every_request_is_read_back(content in vec(any::<u8>(), 0..120)) {
            let der = request(&content);
            let text = STANDARD.encode(&der);
            let escaped = text.replace('+', "%2b").replace('/', "%2F").replace('A', "%41");
            for sent in [text, escaped] {
                prop_assert_eq!(ocsp_requests(&sent), vec![der.clone()]);
            }
        }

        #[test]
        fn nothing_that_is_sent_breaks_it(sent in ".{0,200}") {
            prop_assert!(ocsp_requests(&sent).len() <= super::MOST_READINGS);
        }
    }

    #[test]
    fn nonsense_is_nothing() {
        for sent in ["", "!!", "%", "%4", "%zz", "%ff", &"A".repeat(5_000)] {
            assert!(ocsp_requests(sent).iter().all(Vec::is_empty), "{sent}");
        }
    }

    #[test]
    fn a_list_has_one_address() {
        assert_eq!(shard("0.crl"), Some(0));
        assert_eq!(shard("12.crl"), Some(12));
        for file in [
            "",
            "0",
            ".crl",
            "00.crl",
            "+0.crl",
            "-1.crl",
            "a.crl",
            "0.crl.crl",
            "99999999999999999999.crl",
        ] {
            assert_eq!(shard(file), None, "{file}");
        }
    }
}
