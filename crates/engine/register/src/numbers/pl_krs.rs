//! Polish KRS: ten digits without a check digit (Act of 20 August 1997 on the National Court Register).

use super::{NumberCheck, bare_digits};

pub(super) const EXAMPLE: &str = "0000028860";

pub(super) fn check(typed: &str) -> NumberCheck {
    match bare_digits(typed, "KRS").filter(|d| d.len() == 10 && d.bytes().any(|b| b != b'0')) {
        Some(normalized) => NumberCheck::FormatOnly { normalized },
        None => NumberCheck::WrongFormat { expected: "pl-krs" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_format_can_be_told() {
        // Orlen, PKO Bank Polski.
        for typed in ["0000028860", "KRS 0000026438"] {
            assert!(
                matches!(check(typed), NumberCheck::FormatOnly { .. }),
                "{typed}"
            );
        }
        for other in ["28860", "00000288601", "0000000000", "00000X8860"] {
            assert!(
                matches!(check(other), NumberCheck::WrongFormat { .. }),
                "{other}"
            );
        }
    }
}
