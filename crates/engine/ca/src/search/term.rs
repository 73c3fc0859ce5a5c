//! Terms under which a certificate is found, and terms that a person's words mean.
//!
//! A term is one octet of kind and its folded text. Folding takes accents and case away, so that `novak`
//! finds Novák. A search reads ranges of the term index, so its cost follows what it finds.

use std::collections::BTreeSet;

use chancery_store::Id;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Hexadecimal digits (serial number, fingerprints).
const HEX: u8 = b'x';
/// A whole e-mail address.
const EMAIL: u8 = b'e';
/// A word of the subject, an address or a host name.
const WORD: u8 = b'w';
/// The holder.
const HOLDER: u8 = b'h';

/// Longest term kept or searched, in octets of folded text.
const LONGEST: usize = 128;
/// Words of a search that count.
const MOST_WORDS: usize = 3;
/// Fewer hexadecimal digits are a word (a registration number has up to 13), not a serial number or the
/// beginning of a fingerprint, unless written with colons.
const LEAST_HEX: usize = 16;
const LEAST_HEX_WITH_COLONS: usize = 8;

/// What a certificate is found by.
pub(crate) struct Found<'a> {
    pub texts: Vec<&'a str>,
    pub emails: Vec<&'a str>,
    pub digits: Vec<String>,
    pub holder: Option<Id>,
}

/// All terms of a certificate.
pub(crate) fn terms(found: &Found<'_>) -> BTreeSet<Vec<u8>> {
    let mut terms = BTreeSet::new();
    for text in found.texts.iter().chain(&found.emails) {
        for word in words(text) {
            terms.insert(term(WORD, &word));
        }
    }
    for email in &found.emails {
        terms.insert(term(EMAIL, &fold(email)));
    }
    for digits in &found.digits {
        terms.insert(term(HEX, digits));
    }
    if let Some(holder) = found.holder {
        terms.insert(holder_term(holder));
    }
    terms
}

/// Half-open range of terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub from: Vec<u8>,
    pub to: Vec<u8>,
}

impl Range {
    fn prefix(from: Vec<u8>) -> Self {
        // No folded text contains 0xff, which UTF-8 never uses.
        let mut to = from.clone();
        to.push(0xff);
        Self { from, to }
    }

    /// The certificates of one holder.
    pub(crate) fn holder(holder: Id) -> Self {
        Self::prefix(holder_term(holder))
    }
}

/// The ranges that must all be met, the narrowest first; empty for a text without words.
pub(crate) fn ranges(text: &str) -> Vec<Range> {
    let compact: String = text
        .chars()
        .filter(|c| !matches!(c, ':' | ' ' | '-'))
        .collect::<String>()
        .to_ascii_lowercase();
    let least = if text.contains(':') {
        LEAST_HEX_WITH_COLONS
    } else {
        LEAST_HEX
    };
    if compact.len() >= least && compact.bytes().all(|c| c.is_ascii_hexdigit()) {
        return vec![Range::prefix(term(HEX, &compact))];
    }
    let mut found = Vec::new();
    let mut plain = Vec::new();
    for part in text.split_whitespace() {
        // `@` inside is an address; before a domain alone it adds nothing.
        if part.find('@').is_some_and(|at| at > 0) {
            found.push(Range::prefix(term(EMAIL, &fold(part))));
        } else {
            plain.extend(words(part));
        }
    }
    // Longer words are rarer.
    plain.sort_by_key(|word| std::cmp::Reverse(word.len()));
    found.extend(plain.iter().map(|word| Range::prefix(term(WORD, word))));
    found.truncate(MOST_WORDS);
    found
}

fn holder_term(holder: Id) -> Vec<u8> {
    term(HOLDER, &holder.to_string())
}

fn term(kind: u8, text: &str) -> Vec<u8> {
    let mut term = vec![kind];
    let end = (0..=text.len().min(LONGEST))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    term.extend_from_slice(text.get(..end).unwrap_or_default().as_bytes());
    term
}

fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use chancery_store::Id;

    use super::{Found, Range, ranges, terms};

    fn matches(query: &str) -> bool {
        let found = Found {
            texts: vec![
                "Příliš Žluťoučký, s.r.o.",
                "NTRCZ-12345678",
                "Jana Nováková",
            ],
            emails: vec!["Jana.Novakova@Mail.Example.org"],
            digits: vec!["01000000000400ab".into(), "deadbeef".repeat(8)],
            holder: Some(Id::from_bytes([7; 16])),
        };
        let terms = terms(&found);
        let meets = |range: &Range| terms.iter().any(|t| *t >= range.from && *t < range.to);
        let ranges = ranges(query);
        !ranges.is_empty() && ranges.iter().all(meets)
    }

    #[test]
    fn finds_by_word_prefix_whatever_the_accents() {
        for query in [
            "novakova",
            "NOVÁK",
            "zlutoucky jana",
            "12345678",
            "s.r.o",
            "jana.novakova@mail",
            "@mail.example.org",
            "JANA.NOVAKOVA@MAIL.EXAMPLE.ORG",
        ] {
            assert!(matches(query), "{query}");
        }
        for query in [
            "",
            "  ",
            "ovakova",
            "jana petr",
            "novakova@mail.example.org",
            "%",
        ] {
            assert!(!matches(query), "{query}");
        }
    }

    #[test]
    fn finds_by_digits_as_people_copy_them() {
        for query in [
            "01000000000400ab",
            "01:00:00:00:00:04:00:AB",
            "DE AD BE EF DE AD BE EF",
            "DE:AD:BE:EF",
        ] {
            assert!(matches(query), "{query}");
        }
        assert!(!matches("beefdeadbeefdead"));
    }

    #[test]
    fn finds_by_holder_only_the_holder() {
        let range = Range::holder(Id::from_bytes([7; 16]));
        let other = super::holder_term(Id::from_bytes([8; 16]));
        let own = super::holder_term(Id::from_bytes([7; 16]));
        assert!(own >= range.from && own < range.to);
        assert!(!(other >= range.from && other < range.to));
    }

    #[test]
    fn long_words_are_cut_at_a_character() {
        let word = "ž".repeat(200);
        let found = Found {
            texts: vec![&word],
            emails: vec![],
            digits: vec![],
            holder: None,
        };
        assert!(terms(&found).iter().all(|term| term.len() <= 129));
    }
}
