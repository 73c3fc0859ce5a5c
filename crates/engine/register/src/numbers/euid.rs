//! European Unique Identifier: country, register, dot, number in that register and at times an
//! underscore with a check (Commission Implementing Regulation (EU) 2021/1042, annex, section 8).

use super::NumberCheck;

pub(super) const EXAMPLE: &str = "DEK1101R.HRB116737";

/// The longest that the interconnection of registers gives out, with room.
const MAX: usize = 64;

pub(super) fn check(typed: &str) -> NumberCheck {
    const WRONG: NumberCheck = NumberCheck::WrongFormat { expected: "euid" };
    let code: String = typed
        .chars()
        .filter(|c| *c != ' ')
        .flat_map(char::to_uppercase)
        .collect();
    if code.len() > MAX {
        return WRONG;
    }
    let Some((register, number)) = code.split_once('.') else {
        return WRONG;
    };
    let country = register
        .bytes()
        .take(2)
        .filter(u8::is_ascii_uppercase)
        .count()
        == 2;
    let register = register.bytes().all(|b| b.is_ascii_alphanumeric());
    let number_fits = number.bytes().any(|b| b.is_ascii_alphanumeric())
        && number
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-/._".contains(&b));
    if country && register && number_fits {
        NumberCheck::FormatOnly { normalized: code }
    } else {
        WRONG
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_format_can_be_told() {
        for typed in [
            "DEK1101R.HRB116737",
            "CZOR.45274649",
            "plkrs.0000028860",
            "FR7501.552081317_00012",
        ] {
            assert!(
                matches!(check(typed), NumberCheck::FormatOnly { .. }),
                "{typed}"
            );
        }
        for other in ["45274649", "1CZ.45274649", "CZ.", "CZ.<b>", "C.1"] {
            assert!(
                matches!(check(other), NumberCheck::WrongFormat { .. }),
                "{other}"
            );
        }
    }
}
