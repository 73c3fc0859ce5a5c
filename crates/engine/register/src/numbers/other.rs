//! A number of any other register: one clean line with a digit in it.

use super::NumberCheck;
use crate::text::clean_line;

pub(super) const EXAMPLE: &str = "HRB 116737 B";

pub(super) fn check(typed: &str) -> NumberCheck {
    match clean_line(typed, 64) {
        Ok(normalized) if normalized.chars().any(|c| c.is_ascii_digit()) => {
            NumberCheck::FormatOnly { normalized }
        }
        _ => NumberCheck::WrongFormat { expected: "other" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_a_digit_will_do() {
        assert_eq!(
            check(" FN  56247t"),
            NumberCheck::FormatOnly {
                normalized: "FN 56247t".to_owned()
            }
        );
        for other in ["none", "1\r\n2", ""] {
            assert!(
                matches!(check(other), NumberCheck::WrongFormat { .. }),
                "{other:?}"
            );
        }
    }
}
