//! The number that a person is known by: `R-204718-3`.

use std::{fmt, str::FromStr};

use chancery_keys::{Entropy, EntropyError};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::numbers::mod_11_10;

/// Digits of a number: six until they grow scarce, then more.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=9;

/// A registration number with its check digit (ISO/IEC 7064, MOD 11,10), which finds every single
/// wrong digit and nearly every swap of neighbours.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegistrationNumber {
    digits: String,
    check: char,
}

/// Why a typed registration number is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseRegistrationNumberError {
    /// It is not `R-` with six to nine digits and a check digit.
    #[error("a registration number looks like R-204718-3")]
    Format,
    /// The last digit does not fit the others: one of them is mistyped.
    #[error("the check digit does not fit")]
    CheckDigit,
}

impl RegistrationNumber {
    /// A new number of that many digits, not yet known to be free.
    pub(crate) fn random(entropy: &dyn Entropy, digits: usize) -> Result<Self, EntropyError> {
        let digits = digits.clamp(*DIGITS.start(), *DIGITS.end());
        let low = 10_u64.pow(u32::try_from(digits).unwrap_or(6) - 1);
        // 64 bits against at most 9 digits: the bias is under 2^-34.
        let pick = u64::from_be_bytes(chancery_keys::random(entropy)?) % (low * 9);
        let digits = (low + pick).to_string();
        let check = mod_11_10::check_digit(&digits).unwrap_or('0');
        Ok(Self { digits, check })
    }
}

impl fmt::Display for RegistrationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "R-{}-{}", self.digits, self.check)
    }
}

impl From<RegistrationNumber> for String {
    fn from(number: RegistrationNumber) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for RegistrationNumber {
    type Error = ParseRegistrationNumberError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl FromStr for RegistrationNumber {
    type Err = ParseRegistrationNumberError;

    /// As people type it: any case, with or without `R`, blanks, dashes of any kind or dots.
    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        use ParseRegistrationNumberError::{CheckDigit, Format};
        if typed.len() > 64 {
            return Err(Format);
        }
        let bare: String = typed
            .nfkc()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−' | '.'))
            .collect();
        let digits = bare
            .strip_prefix(['R', 'r'])
            .unwrap_or(&bare)
            .replace(['O', 'o'], "0")
            .replace(['l', 'I'], "1");
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Format);
        }
        let mut digits = digits;
        let check = digits.pop().ok_or(Format)?;
        if !DIGITS.contains(&digits.len()) {
            return Err(Format);
        }
        if mod_11_10::check_digit(&digits) != Some(check) {
            return Err(CheckDigit);
        }
        Ok(Self { digits, check })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_leniently() {
        let number: RegistrationNumber = "R-204718-3".parse().unwrap();
        for typed in [
            "r-204718-3",
            "2047183",
            " R 204718 3 ",
            "R–204718–3",
            "r2o47l83",
            "Ｒ－２０４７１８－３",
        ] {
            assert_eq!(typed.parse().as_ref(), Ok(&number), "{typed}");
        }
        assert_eq!(number.to_string(), "R-204718-3");
    }

    #[test]
    fn every_single_wrong_digit_is_found() {
        let right = "2047183";
        for position in 0..right.len() {
            for digit in '0'..='9' {
                let mut typed: Vec<char> = right.chars().collect();
                typed[position] = digit;
                let typed: String = typed.into_iter().collect();
                assert_eq!(
                    typed.parse::<RegistrationNumber>().is_ok(),
                    typed == right,
                    "{typed}"
                );
            }
        }
    }

    #[test]
    fn other_things_are_not_numbers() {
        for typed in ["", "R", "R-12345-5", "jan@example.cz", "R-20471x-3"] {
            assert_eq!(
                typed.parse::<RegistrationNumber>(),
                Err(ParseRegistrationNumberError::Format),
                "{typed}"
            );
        }
        assert_eq!(
            "R-204718-4".parse::<RegistrationNumber>(),
            Err(ParseRegistrationNumberError::CheckDigit)
        );
    }
}
