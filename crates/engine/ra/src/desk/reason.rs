//! What an officer writes to an applicant.

use chancery_register::text::{TextError, clean_line};

use crate::{Field, FieldError, Problem, data::problem_of};

/// Longest reason of a rejection, in characters.
const MAX_REASON: usize = 1_000;
/// Shortest: a word or two help nobody.
const MIN_REASON: usize = 10;

/// A reason may have several lines; each is cleaned on its own.
pub(super) fn clean_reason(typed: &str) -> Result<String, FieldError> {
    let wrong = |problem| FieldError {
        field: Field::Reason,
        problem,
    };
    let mut lines = Vec::new();
    for line in typed.trim().lines() {
        match clean_line(line, MAX_REASON) {
            Ok(line) => lines.push(line),
            // A blank line between paragraphs.
            Err(TextError::Empty) => lines.push(String::new()),
            Err(error) => return Err(wrong(problem_of(&error))),
        }
    }
    let reason = lines.join("\n");
    match reason.chars().count() {
        0 => Err(wrong(Problem::Missing)),
        length if length < MIN_REASON => Err(wrong(Problem::TooShort { min: MIN_REASON })),
        length if length > MAX_REASON => Err(wrong(Problem::TooLong { max: MAX_REASON })),
        _ => Ok(reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_keeps_its_paragraphs() {
        let reason = clean_reason("  The extract is too old.\r\n\r\nSend a newer one. ").unwrap();
        assert_eq!(reason, "The extract is too old.\n\nSend a newer one.");
    }

    #[test]
    fn a_reason_says_something_readable() {
        let problem = |typed: &str| clean_reason(typed).unwrap_err().problem;
        assert_eq!(problem(" \n "), Problem::Missing);
        assert_eq!(problem("no"), Problem::TooShort { min: MIN_REASON });
        assert_eq!(problem("see <b>here</b> please"), Problem::Markup);
        assert_eq!(
            problem("turned \u{202e}around text"),
            Problem::ForbiddenCharacter
        );
        assert_eq!(
            problem(&"x".repeat(MAX_REASON + 1)),
            Problem::TooLong { max: MAX_REASON }
        );
    }
}
