//! Legal Entity Identifier: ISO 17442, eighteen letters and digits and two check digits by
//! ISO/IEC 7064, MOD 97-10.

use super::{NumberCheck, bare};

pub(super) const EXAMPLE: &str = "529900T8BM49AURSDO55";

pub(super) fn check(typed: &str) -> NumberCheck {
    let code = bare(typed);
    let (letters, digits) = (code.get(..18), code.get(18..));
    let sound = code.len() == 20
        && letters.is_some_and(|l| l.bytes().all(|b| b.is_ascii_alphanumeric()))
        && digits.is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()));
    if !sound {
        return NumberCheck::WrongFormat { expected: "lei" };
    }
    NumberCheck::by(modulo_97(&code) == Some(1), code)
}

/// The number that the letters (A = 10 … Z = 35) and digits spell, modulo 97.
fn modulo_97(code: &str) -> Option<u32> {
    code.chars().try_fold(0, |rest, character| {
        let value = character.to_digit(36)?;
        let shift = if value < 10 { 10 } else { 100 };
        Some((rest * shift + value) % 97)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_identifiers_are_correct() {
        // Ubisecure, Deutsche Bank, Apple, Alphabet.
        for typed in [
            "529900T8BM49AURSDO55",
            "7LTWFZYICNSX8D621K86",
            "HWUP KR0M POU8 FGXB T394",
            "5493006mhb84dd0zwv18",
        ] {
            assert!(
                matches!(check(typed), NumberCheck::Correct { .. }),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_slip_and_another_thing_are_told_apart() {
        for slip in [
            "529900T8BM49AURSDO54",
            "529900T8BM49AURSOD55",
            "529900T8BM94AURSDO55",
        ] {
            assert!(
                matches!(check(slip), NumberCheck::WrongCheckDigit { .. }),
                "{slip}"
            );
        }
        for other in [
            "529900T8BM49AURSDO5",
            "529900T8BM49AURSDOXX",
            "529900T8BM49AÚRSDO55",
        ] {
            assert!(
                matches!(check(other), NumberCheck::WrongFormat { .. }),
                "{other}"
            );
        }
    }
}
