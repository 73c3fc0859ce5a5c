//! Bulgarian EIK: nine digits, or thirteen for a branch (Ordinance on the BULSTAT register).

use super::{NumberCheck, bare_digits, digit, weighted};

pub(super) const EXAMPLE: &str = "831902088";

pub(super) fn check(typed: &str) -> NumberCheck {
    let Some(number) = bare_digits(typed, "BG").filter(|d| matches!(d.len(), 9 | 13)) else {
        return NumberCheck::WrongFormat { expected: "bg-eik" };
    };
    let nine = twice(
        weighted(&number, &[1, 2, 3, 4, 5, 6, 7, 8]),
        weighted(&number, &[3, 4, 5, 6, 7, 8, 9, 10]),
    );
    // A branch adds four digits; their check starts from the ninth.
    let branch = number.get(8..).unwrap_or_default();
    let thirteen = twice(
        weighted(branch, &[2, 7, 3, 5]),
        weighted(branch, &[4, 9, 5, 7]),
    );
    let fits = digit(&number, 8) == Some(nine)
        && (number.len() == 9 || digit(&number, 12) == Some(thirteen))
        && number.bytes().any(|b| b != b'0');
    NumberCheck::by(fits, number)
}

/// The first sum modulo 11; where that is 10 the second; where that is 10 too, 0.
const fn twice(first: u32, second: u32) -> u32 {
    match first % 11 {
        10 => second % 11 % 10,
        rest => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_are_correct() {
        // Sopharma, UniCredit Bulbank, DSK Bank, the Bulgarian National Bank.
        for typed in ["831902088", "BG831919536", "121 830 616", "000694037"] {
            assert!(
                matches!(check(typed), NumberCheck::Correct { .. }),
                "{typed}"
            );
        }
    }

    #[test]
    fn the_second_weights_count_where_the_first_give_ten() {
        assert!(matches!(check("100000086"), NumberCheck::Correct { .. }));
    }

    #[test]
    fn a_branch_has_thirteen_digits() {
        assert!(matches!(
            check("8319020880016"),
            NumberCheck::Correct { .. }
        ));
        assert!(matches!(
            check("8319020880017"),
            NumberCheck::WrongCheckDigit { .. }
        ));
        assert!(matches!(
            check("8319020890016"),
            NumberCheck::WrongCheckDigit { .. }
        ));
    }

    #[test]
    fn a_slip_and_another_thing_are_told_apart() {
        for slip in ["831902089", "839102088", "000000000"] {
            assert!(
                matches!(check(slip), NumberCheck::WrongCheckDigit { .. }),
                "{slip}"
            );
        }
        for other in ["8319020880", "83190208", "83190208A"] {
            assert!(
                matches!(check(other), NumberCheck::WrongFormat { .. }),
                "{other}"
            );
        }
    }
}
