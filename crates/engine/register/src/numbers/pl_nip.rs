//! Polish NIP: ten digits, the last by weights 6 5 7 2 3 4 5 6 7 modulo 11, a remainder of 10 is never given out.

use super::{NumberCheck, bare_digits, digit, weighted};

pub(super) const EXAMPLE: &str = "774-00-01-454";

pub(super) fn check(typed: &str) -> NumberCheck {
    let Some(number) = bare_digits(typed, "PL").filter(|d| d.len() == 10) else {
        return NumberCheck::WrongFormat { expected: "pl-nip" };
    };
    let rest = weighted(&number, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
    let fits = digit(&number, 9) == Some(rest) && number != "0000000000";
    NumberCheck::by(fits, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_are_correct() {
        // Orlen, PKO Bank Polski, the Ministry of Finance.
        for typed in ["7740001454", "PL 525-000-77-38", "526-025-02-74"] {
            assert!(
                matches!(check(typed), NumberCheck::Correct { .. }),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_slip_and_another_thing_are_told_apart() {
        for slip in ["7740001455", "7740001544", "0000000000"] {
            assert!(
                matches!(check(slip), NumberCheck::WrongCheckDigit { .. }),
                "{slip}"
            );
        }
        for other in ["774000145", "77400014541", "CZ7740001454"] {
            assert!(
                matches!(check(other), NumberCheck::WrongFormat { .. }),
                "{other}"
            );
        }
    }
}
