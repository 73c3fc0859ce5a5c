//! Spaces at which no line may end. Values are not touched, only the words around them.

use std::borrow::Cow;

/// What a number stands with.
const UNITS: [&str; 28] = [
    "MB", "kB", "bit", "bits", "second", "seconds", "minute", "minutes", "hour", "hours", "day",
    "days", "bitů", "bitech", "sekundu", "sekundy", "sekund", "minuta", "minuty", "minut",
    "hodina", "hodiny", "hodin", "den", "dny", "dne", "dní", "dnů",
];

/// A number stays with its unit.
pub(super) fn any_language(text: &str) -> Cow<'_, str> {
    bind(text, is_measure)
}

/// In Czech a word of one letter (`k`, `s`, `v`, `z`, `o`, `u`, `a`, `i`) also stays with the next one.
pub(super) fn czech(text: &str) -> Cow<'_, str> {
    bind(text, |before, after| {
        is_short(before) || is_measure(before, after)
    })
}

fn is_short(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '„']);
    word.len() == 1 && word.contains(|c| "ksvzouaiKSVZOUAI".contains(c))
}

/// Before the space at its beginning, a text follows a value.
fn is_measure(before: &str, after: &str) -> bool {
    before.bytes().all(|octet| octet.is_ascii_digit())
        && UNITS.contains(&after.trim_end_matches(|c: char| !c.is_alphabetic()))
}

fn bind(text: &str, are_bound: fn(&str, &str) -> bool) -> Cow<'_, str> {
    let pairs = || text.split(' ').zip(text.split(' ').skip(1));
    if !pairs().any(|(before, after)| are_bound(before, after)) {
        return Cow::Borrowed(text);
    }
    let mut bound = String::with_capacity(text.len() + 16);
    bound.push_str(text.split(' ').next().unwrap_or_default());
    for (before, after) in pairs() {
        bound.push(if are_bound(before, after) {
            '\u{a0}'
        } else {
            ' '
        });
        bound.push_str(after);
    }
    Cow::Owned(bound)
}

#[cfg(test)]
mod tests {
    use super::{any_language, czech};
    use crate::words::Language;

    #[test]
    fn a_short_word_stays_with_the_next() {
        assert_eq!(
            czech("Odkaz a kód platí do (v tomto dni), k "),
            "Odkaz a\u{a0}kód platí do (v\u{a0}tomto dni), k\u{a0}"
        );
        assert_eq!(any_language("Send a file"), "Send a file");
        for plain in ["", " ", "Bez předložek", "akce", "strana 2 z", "a"] {
            assert_eq!(czech(plain), plain);
        }
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        assert_eq!(any_language("up to 10 MB each"), "up to 10\u{a0}MB each");
        assert_eq!(any_language(" days lately"), "\u{a0}days lately");
        assert_eq!(czech("do 24 hodin."), "do 24\u{a0}hodin.");
        for plain in ["every day", "3 steps", "the usual limit", " and so on"] {
            assert_eq!(any_language(plain), plain);
        }
    }

    #[test]
    fn values_stay_as_they_are() {
        let text = Language::from_tag("cs")
            .unwrap()
            .message("order-confirm-title")
            .with("product", "Jan z Lobkovic, 7 days")
            .to_string();
        assert!(text.contains("Jan z Lobkovic, 7 days"), "{text}");
    }
}
