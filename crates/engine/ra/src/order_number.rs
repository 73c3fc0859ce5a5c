//! Order numbers, `O-2026-000123-4`: a year, a count within it and a check digit.
//!
//! Read over the telephone and copied from mail, so a wrong digit or two swapped ones must show. The
//! check digit is Damm's (H. M. Damm, 2004), which finds every single error and every swap of neighbours.

use std::{fmt, str::FromStr};

const QUASIGROUP: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// Zero for digits that end with their check digit.
fn damm(digits: impl Iterator<Item = u8>) -> Option<u8> {
    digits.into_iter().try_fold(0, |state: u8, digit| {
        QUASIGROUP
            .get(usize::from(state))?
            .get(usize::from(digit))
            .copied()
    })
}

/// The number of an order, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrderNumber {
    year: u32,
    count: u32,
}

impl OrderNumber {
    /// The number of the `count`th order of a year.
    #[must_use]
    pub const fn new(year: u32, count: u32) -> Self {
        Self { year, count }
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = format!("{:04}{:06}", self.year, self.count);
        let check = damm(body.bytes().map(|b| b - b'0')).unwrap_or_default();
        write!(f, "O-{:04}-{:06}-{check}", self.year, self.count)
    }
}

/// The text is not the number of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseOrderNumberError {
    /// Another shape.
    #[error("an order number looks like O-2026-000123-4")]
    Format,
    /// A digit is wrong.
    #[error("the check digit does not fit")]
    CheckDigit,
}

impl FromStr for OrderNumber {
    type Err = ParseOrderNumberError;

    /// As people type it: spaces and hyphens do not matter, nor does the case of the O.
    fn from_str(text: &str) -> Result<Self, ParseOrderNumberError> {
        let typed: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect();
        let digits = typed
            .strip_prefix(['O', 'o', '0'])
            .filter(|digits| {
                (11..=14).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
            })
            .ok_or(ParseOrderNumberError::Format)?;
        if damm(digits.bytes().map(|b| b - b'0')) != Some(0) {
            return Err(ParseOrderNumberError::CheckDigit);
        }
        let number = |range| {
            digits
                .get(range)
                .and_then(|part: &str| part.parse().ok())
                .ok_or(ParseOrderNumberError::Format)
        };
        Ok(Self {
            year: number(0..4)?,
            count: number(4..digits.len() - 1)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        let number = OrderNumber::new(2026, 123);
        let written = number.to_string();
        assert!(written.starts_with("O-2026-000123-"), "{written}");
        for typed in [
            written.clone(),
            written.to_lowercase(),
            written.replace('-', " "),
            written.replace('-', ""),
        ] {
            assert_eq!(typed.parse(), Ok(number), "{typed}");
        }
    }

    #[test]
    fn every_wrong_digit_and_every_swap_is_found() {
        for count in [0, 1, 123, 999_999, 1_234_567] {
            let written: Vec<u8> = OrderNumber::new(2026, count)
                .to_string()
                .replace('-', "")
                .into();
            let parse = |octets: Vec<u8>| String::from_utf8(octets).unwrap().parse::<OrderNumber>();
            assert!(parse(written.clone()).is_ok());
            for at in 1..written.len() {
                for digit in b'0'..=b'9' {
                    if digit != written[at] {
                        let mut wrong = written.clone();
                        wrong[at] = digit;
                        assert_eq!(parse(wrong), Err(ParseOrderNumberError::CheckDigit));
                    }
                }
                if at + 1 < written.len() && written[at] != written[at + 1] {
                    let mut swapped = written.clone();
                    swapped.swap(at, at + 1);
                    assert_eq!(parse(swapped), Err(ParseOrderNumberError::CheckDigit));
                }
            }
        }
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "",
            "O-2026",
            "X-2026-000123-4",
            "O-2026-00012a-4",
            "O-2026-000123-4567890123",
        ] {
            assert_eq!(
                text.parse::<OrderNumber>(),
                Err(ParseOrderNumberError::Format),
                "{text}"
            );
        }
    }
}
