//! What crosses between JavaScript and the module: a text in JSON and, beside it, strings of octets, which JSON has no good form for.
//!
//! ```text
//! count    32 bits, little-endian: how many parts there are, the text included
//! lengths  32 bits each, little-endian
//! parts    end to end; the first is the text
//! ```

use zeroize::Zeroizing;

/// The most parts of a message: a certificate with the longest chain, and a few more.
const MAX_PARTS: usize = 4_096;

/// Strings of octets, in the order that the request or answer says; wiped when dropped.
pub type Parts = Vec<Zeroizing<Vec<u8>>>;

/// A message taken apart: its text, and the parts behind it. None if its lengths do not fit.
#[must_use]
pub fn decode(message: &[u8]) -> Option<(&[u8], Parts)> {
    let (count, rest) = number(message)?;
    if count == 0 || count > MAX_PARTS {
        return None;
    }
    let (lengths, mut rest) = rest.split_at_checked(count.checked_mul(4)?)?;
    let mut parts = Vec::with_capacity(count);
    for length in lengths.chunks_exact(4) {
        let (length, _) = number(length)?;
        let (part, behind) = rest.split_at_checked(length)?;
        parts.push(part);
        rest = behind;
    }
    let (text, parts) = parts.split_first()?;
    let owned = |part: &&[u8]| Zeroizing::new(part.to_vec());
    rest.is_empty()
        .then(|| (*text, parts.iter().map(owned).collect()))
}

/// A message of this text and these parts.
#[must_use]
pub fn encode(text: &[u8], parts: &Parts) -> Zeroizing<Vec<u8>> {
    let all = || std::iter::once(text).chain(parts.iter().map(|part| part.as_slice()));
    let octets = |part: &[u8]| part.len().saturating_add(4);
    // Room for all of it, lest growing leaves copies behind.
    let capacity = all().map(octets).fold(4, usize::saturating_add);
    let mut message = Zeroizing::new(Vec::with_capacity(capacity));
    message.extend_from_slice(&length(all().count()));
    for part in all() {
        message.extend_from_slice(&length(part.len()));
    }
    for part in all() {
        message.extend_from_slice(part);
    }
    message
}

fn number(octets: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = octets.split_first_chunk::<4>()?;
    Some((usize::try_from(u32::from_le_bytes(*number)).ok()?, rest))
}

/// What is longer than 32 bits can say has no room in the module either.
fn length(octets: usize) -> [u8; 4] {
    u32::try_from(octets).unwrap_or(u32::MAX).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(parts: &[&[u8]]) -> Parts {
        parts
            .iter()
            .map(|part| Zeroizing::new(part.to_vec()))
            .collect()
    }

    #[test]
    fn what_is_put_together_comes_apart() {
        for list in [parts(&[]), parts(&[b"one"]), parts(&[b"", b"\0\xff", b""])] {
            let message = encode(b"{}", &list);
            assert_eq!(decode(&message), Some((&b"{}"[..], list)));
        }
    }

    #[test]
    fn lengths_that_do_not_fit_are_refused() {
        let whole = encode(b"{}", &parts(&[b"one"]));
        for end in 0..whole.len() {
            assert_eq!(decode(&whole[..end]), None, "{end}");
        }
        let mut longer = whole.to_vec();
        longer.push(0);
        assert_eq!(decode(&longer), None);
        assert_eq!(decode(&[0; 4]), None);
        assert_eq!(decode(&[0xff; 64]), None);
    }
}
