//! Registration numbers of organisations, one file each; [`check`] tells a slip of the pen from a number.

mod bg_eik;
mod cz_ico;
mod euid;
mod lei;
pub(crate) mod mod_11_10;
mod other;
mod pl_krs;
mod pl_nip;
mod pl_regon;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Longest text that is looked at.
const MAX_TYPED: usize = 128;

/// Which register a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberKind {
    /// Czech IČO, identification number of a person (check digit).
    CzIco,
    /// Polish NIP, tax identification number (check digit).
    PlNip,
    /// Polish REGON, number of the statistical register (check digit).
    PlRegon,
    /// Polish KRS, number in the National Court Register (format only).
    PlKrs,
    /// Bulgarian EIK, unified identification code (check digit).
    BgEik,
    /// Legal Entity Identifier, ISO 17442 (two check digits).
    Lei,
    /// European Unique Identifier, Implementing Regulation (EU) 2021/1042 (format only).
    Euid,
    /// Any other number (format only).
    Other,
}

impl NumberKind {
    /// All of them, in the order of a menu.
    pub const ALL: [Self; 8] = [
        Self::CzIco,
        Self::PlNip,
        Self::PlKrs,
        Self::PlRegon,
        Self::BgEik,
        Self::Lei,
        Self::Euid,
        Self::Other,
    ];

    /// As it is stored and as forms name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CzIco => "cz-ico",
            Self::PlNip => "pl-nip",
            Self::PlRegon => "pl-regon",
            Self::PlKrs => "pl-krs",
            Self::BgEik => "bg-eik",
            Self::Lei => "lei",
            Self::Euid => "euid",
            Self::Other => "other",
        }
    }

    /// The country whose register it is (ISO 3166-1 alpha-2), where the kind says so.
    #[must_use]
    pub const fn country(self) -> Option<&'static str> {
        match self {
            Self::CzIco => Some("CZ"),
            Self::PlNip | Self::PlRegon | Self::PlKrs => Some("PL"),
            Self::BgEik => Some("BG"),
            Self::Lei | Self::Euid | Self::Other => None,
        }
    }

    /// What a number of this kind looks like, for an example below the field.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::CzIco => cz_ico::EXAMPLE,
            Self::PlNip => pl_nip::EXAMPLE,
            Self::PlRegon => pl_regon::EXAMPLE,
            Self::PlKrs => pl_krs::EXAMPLE,
            Self::BgEik => bg_eik::EXAMPLE,
            Self::Lei => lei::EXAMPLE,
            Self::Euid => euid::EXAMPLE,
            Self::Other => other::EXAMPLE,
        }
    }
}

impl fmt::Display for NumberKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no kind of number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a kind of registration number")]
pub struct ParseNumberKindError(pub String);

impl FromStr for NumberKind {
    type Err = ParseNumberKindError;

    fn from_str(text: &str) -> Result<Self, ParseNumberKindError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| ParseNumberKindError(text.to_owned()))
    }
}

/// What a typed number turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberCheck {
    /// Format and check digits fit.
    Correct {
        /// The number as it is stored and certified.
        normalized: String,
    },
    /// The format fits, the check digits do not: a digit is mistyped, or (rarely) the register gave
    /// out a number outside its own rule, so that it may be sent on knowingly.
    WrongCheckDigit {
        /// The number as it would be stored.
        normalized: String,
    },
    /// It cannot be such a number.
    WrongFormat {
        /// What one consists of: an identifier for the words in each language.
        expected: &'static str,
    },
    /// The format fits and the kind has no check digits.
    FormatOnly {
        /// The number as it is stored and certified.
        normalized: String,
    },
}

impl NumberCheck {
    /// The number as it is stored, unless the format is wrong.
    #[must_use]
    pub fn normalized(&self) -> Option<&str> {
        match self {
            Self::Correct { normalized }
            | Self::WrongCheckDigit { normalized }
            | Self::FormatOnly { normalized } => Some(normalized),
            Self::WrongFormat { .. } => None,
        }
    }

    const fn by(fits: bool, normalized: String) -> Self {
        if fits {
            Self::Correct { normalized }
        } else {
            Self::WrongCheckDigit { normalized }
        }
    }
}

/// Checks a number as it was typed: blanks, dots and dashes within do not matter, case neither.
#[must_use]
pub fn check(kind: NumberKind, typed: &str) -> NumberCheck {
    let typed: String = typed.nfkc().take(MAX_TYPED + 1).collect();
    let typed = typed.trim();
    match kind {
        NumberKind::CzIco => cz_ico::check(typed),
        NumberKind::PlNip => pl_nip::check(typed),
        NumberKind::PlRegon => pl_regon::check(typed),
        NumberKind::PlKrs => pl_krs::check(typed),
        NumberKind::BgEik => bg_eik::check(typed),
        NumberKind::Lei => lei::check(typed),
        NumberKind::Euid => euid::check(typed),
        NumberKind::Other => other::check(typed),
    }
}

/// Without what people put between digits, upper case.
fn bare(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !matches!(c, ' ' | '\t' | '.' | '-' | '‐' | '‑' | '–' | '—' | '/'))
        .flat_map(char::to_uppercase)
        .collect()
}

/// [`bare`] without the country that some write in front.
fn bare_digits(typed: &str, country: &str) -> Option<String> {
    let bare = bare(typed);
    let digits = bare.strip_prefix(country).unwrap_or(&bare);
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.to_owned())
}

/// The sum of digit times weight, over as many digits as there are weights.
fn weighted(digits: &str, weights: &[u32]) -> u32 {
    digits
        .bytes()
        .zip(weights)
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
        .sum()
}

/// The digit at `index`.
fn digit(digits: &str, index: usize) -> Option<u32> {
    digits.chars().nth(index).and_then(|c| c.to_digit(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_passes_its_own_check() {
        for kind in NumberKind::ALL {
            assert!(
                matches!(
                    check(kind, kind.example()),
                    NumberCheck::Correct { .. } | NumberCheck::FormatOnly { .. }
                ),
                "{kind}"
            );
            assert_eq!(kind.name().parse(), Ok(kind));
        }
    }

    #[test]
    fn no_kind_takes_nothing_markup_or_a_novel() {
        for kind in NumberKind::ALL {
            for typed in ["", " ", "<b>1</b>", "1\n2", &"1".repeat(5000)] {
                assert!(
                    matches!(check(kind, typed), NumberCheck::WrongFormat { .. }),
                    "{kind} {typed:.20}"
                );
            }
        }
    }
}
