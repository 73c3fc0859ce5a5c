//! Polish REGON: nine digits, or fourteen for a local unit; the last by weights modulo 11, 10 read as 0.

use super::{NumberCheck, bare_digits, digit, weighted};

pub(super) const EXAMPLE: &str = "610188201";

pub(super) fn check(typed: &str) -> NumberCheck {
    let Some(number) = bare_digits(typed, "PL").filter(|d| matches!(d.len(), 9 | 14)) else {
        return NumberCheck::WrongFormat {
            expected: "pl-regon",
        };
    };
    let nine = weighted(&number, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10;
    let fourteen = weighted(&number, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10;
    // A local unit's number starts with the whole number of its enterprise.
    let fits = digit(&number, 8) == Some(nine)
        && (number.len() == 9 || digit(&number, 13) == Some(fourteen))
        && number.bytes().any(|b| b != b'0');
    NumberCheck::by(fits, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_are_correct() {
        // Orlen, PKO Bank Polski, Statistics Poland; the fourteen digits are an example of the long form.
        for typed in ["610188201", "016298263", "000331501", "12345678512347"] {
            assert!(
                matches!(check(typed), NumberCheck::Correct { .. }),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_slip_and_another_thing_are_told_apart() {
        for slip in ["610188202", "610188210", "12345678512348", "12345678612347"] {
            assert!(
                matches!(check(slip), NumberCheck::WrongCheckDigit { .. }),
                "{slip}"
            );
        }
        for other in ["61018820", "6101882011", "61018820A"] {
            assert!(
                matches!(check(other), NumberCheck::WrongFormat { .. }),
                "{other}"
            );
        }
    }
}
