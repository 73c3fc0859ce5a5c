//! ISO/IEC 7064, MOD 11,10: one check digit for digits.

/// The check digit behind `digits`; `None` where something else than a digit stands.
pub(crate) fn check_digit(digits: &str) -> Option<char> {
    let mut product = 10;
    for digit in digits.chars() {
        let sum = (product + digit.to_digit(10)?) % 10;
        product = (if sum == 0 { 10 } else { sum } * 2) % 11;
    }
    char::from_digit((11 - product) % 10, 10)
}

#[cfg(test)]
mod tests {
    use super::check_digit;

    #[test]
    fn the_standards_example() {
        // ISO/IEC 7064:2003, the example of MOD 11,10: 0794 takes 5.
        assert_eq!(check_digit("0794"), Some('5'));
        assert_eq!(check_digit("07x4"), None);
    }

    #[test]
    fn german_vat_numbers_use_it() {
        assert_eq!(check_digit("13669597"), Some('6'));
    }
}
