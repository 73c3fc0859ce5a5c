//! Czech IČO: eight digits, the last by weights 8 to 2 modulo 11 (Act No. 111/2009 Coll., basic registers).

use super::{NumberCheck, bare_digits, digit, weighted};

/// No register is known to have given it out.
pub(super) const EXAMPLE: &str = "99999994";

pub(super) fn check(typed: &str) -> NumberCheck {
    let Some(digits) = bare_digits(typed, "CZ").filter(|d| d.len() <= 8) else {
        return NumberCheck::WrongFormat { expected: "cz-ico" };
    };
    // Older papers leave out leading zeros.
    let number = format!("{digits:0>8}");
    let sum = weighted(&number, &[8, 7, 6, 5, 4, 3, 2]);
    let fits = digit(&number, 7) == Some((11 - sum % 11) % 10) && number != "00000000";
    NumberCheck::by(fits, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_are_correct() {
        // ČEZ, the Ministry of Finance, Komerční banka, Škoda Auto.
        for (typed, number) in [
            ("45274649", "45274649"),
            ("00006947", "00006947"),
            ("6947", "00006947"),
            ("453 17 054", "45317054"),
            ("CZ00177041", "00177041"),
        ] {
            assert_eq!(
                check(typed),
                NumberCheck::Correct {
                    normalized: number.to_owned()
                }
            );
        }
    }

    #[test]
    fn a_slip_and_another_thing_are_told_apart() {
        for slip in ["45274648", "45274694", "54274649", "00000000"] {
            assert!(
                matches!(check(slip), NumberCheck::WrongCheckDigit { .. }),
                "{slip}"
            );
        }
        for other in ["452746490", "4527464X", "PL45274649"] {
            assert!(
                matches!(check(other), NumberCheck::WrongFormat { .. }),
                "{other}"
            );
        }
    }
}
