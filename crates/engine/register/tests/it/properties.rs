//! What holds for every text that anybody can type.

use chancery_register::{
    EmailAddress, RegistrationNumber,
    numbers::{NumberCheck, NumberKind, check},
    text::{clean_line, clean_name, fold},
};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_clean_line_is_one_line_and_stays_as_it_is(typed in any::<String>(), max in 1_usize..200) {
        if let Ok(line) = clean_line(&typed, max) {
            prop_assert!(line.chars().count() <= max);
            prop_assert!(!line.chars().any(char::is_control));
            let unseen = ['<', '>', '\u{2028}', '\u{2029}', '\u{202e}'];
            prop_assert!(!line.contains(unseen));
            prop_assert_eq!(line.trim(), line.as_str());
            prop_assert_eq!(clean_line(&line, max), Ok(line));
        }
    }

    #[test]
    fn a_name_is_a_clean_line(typed in "\\PC{0,80}") {
        if let Ok(name) = clean_name(&typed, 80) {
            prop_assert_eq!(clean_line(&typed, 80), Ok(name));
        }
    }

    #[test]
    fn an_address_can_stand_in_a_header(typed in ".{0,40}@?.{0,40}") {
        if let Ok(address) = typed.parse::<EmailAddress>() {
            let text = address.to_string();
            prop_assert!(text.is_ascii());
            prop_assert!(!text.contains(|c: char| c.is_whitespace() || c.is_control()));
            prop_assert!(!text.contains(['<', '>', ',', ';', ':', '"', '(', ')', '[', ']', '\\']));
            prop_assert_eq!(text.matches('@').count(), 1);
            prop_assert_eq!(text.parse(), Ok(address));
        }
    }

    #[test]
    fn addresses_of_the_usual_form_are_taken(
        local in "[a-z][a-z0-9]{0,20}([.+_-][a-z0-9]{1,10})?",
        domain in "[a-z][a-z0-9]{0,20}\\.[a-z]{2,6}",
    ) {
        let typed = format!("{local}@{domain}");
        let address: EmailAddress = typed.parse().unwrap();
        prop_assert_eq!(address.to_string(), typed);
    }

    #[test]
    fn any_text_at_all_gets_an_answer(typed in any::<String>()) {
        let _folded = fold(&typed);
        let _number = typed.parse::<RegistrationNumber>();
        for kind in NumberKind::ALL {
            if let NumberCheck::Correct { normalized } = check(kind, &typed) {
                let again = check(kind, &normalized);
                prop_assert_eq!(again, NumberCheck::Correct { normalized });
            }
        }
    }

    #[test]
    fn one_wrong_digit_of_an_ico_is_found(position in 0_usize..8, digit in 0_u8..10) {
        let mut typed = *b"45274649";
        let right = typed[position];
        typed[position] = b'0' + digit;
        let text = std::str::from_utf8(&typed).unwrap();
        let is_correct = matches!(check(NumberKind::CzIco, text), NumberCheck::Correct { .. });
        prop_assert_eq!(is_correct, typed[position] == right);
    }
}
