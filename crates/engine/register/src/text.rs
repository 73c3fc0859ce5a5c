//! Cleans what people type into one line of text, or says why it cannot stand.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Most combining marks in a row that a name in any script needs; more is scribbling over other lines.
const MARKS_IN_A_ROW: usize = 4;

/// Why a text was refused; positions count characters from 1, as the person sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing was typed.
    #[error("nothing was typed")]
    Empty,
    /// Too many characters.
    #[error("{length} characters, of which {max} are allowed")]
    TooLong {
        /// How many there are.
        length: usize,
        /// How many there may be.
        max: usize,
    },
    /// A line break.
    #[error("a line break at character {position}")]
    LineBreak {
        /// Where.
        position: usize,
    },
    /// A control character.
    #[error("a control character at character {position}")]
    Control {
        /// Where.
        position: usize,
    },
    /// A character that turns the direction of writing, or another invisible one.
    #[error("an invisible character U+{code:04X} at character {position}")]
    Invisible {
        /// Where.
        position: usize,
        /// Which.
        code: u32,
    },
    /// `<` or `>`, as in markup.
    #[error("{character:?} at character {position}")]
    Markup {
        /// Where.
        position: usize,
        /// Which.
        character: char,
    },
    /// A character without a meaning that everybody shares, or too many accents on one letter.
    #[error("an unreadable character at character {position}")]
    Unreadable {
        /// Where.
        position: usize,
    },
    /// No letter at all, where a name is expected.
    #[error("no letter")]
    NoLetter,
}

/// One line of text: composed (NFC), trimmed, runs of blanks made one space, at most `max` characters,
/// and nothing in it that a reader cannot see.
pub fn clean_line(typed: &str, max: usize) -> Result<String, TextError> {
    // What a form can hold is bounded before any work is spent on it.
    let limit = max.saturating_mul(4).saturating_add(64);
    if typed.chars().nth(limit).is_some() {
        return Err(TextError::TooLong {
            length: typed.chars().count(),
            max,
        });
    }
    let mut line = String::with_capacity(typed.len());
    let mut marks = 0;
    let mut blank = false;
    for (index, character) in typed.trim().nfc().enumerate() {
        let position = index + 1;
        marks = if is_mark(character) { marks + 1 } else { 0 };
        if marks > MARKS_IN_A_ROW {
            return Err(TextError::Unreadable { position });
        }
        if is_blank(character) {
            blank = true;
            continue;
        }
        refuse(character, position, line.chars().next_back())?;
        if blank && !line.is_empty() {
            line.push(' ');
        }
        blank = false;
        line.push(character);
    }
    let length = line.chars().count();
    match length {
        0 => Err(TextError::Empty),
        _ if length > max => Err(TextError::TooLong { length, max }),
        _ => Ok(line),
    }
}

/// The name of a person, place or organisation: [`clean_line`] with at least one letter in it.
pub fn clean_name(typed: &str, max: usize) -> Result<String, TextError> {
    let name = clean_line(typed, max)?;
    if name.chars().any(char::is_alphabetic) {
        Ok(name)
    } else {
        Err(TextError::NoLetter)
    }
}

/// The text in one line of a document that somebody reads and signs: whatever cannot be seen, breaks the line or turns the direction
/// of writing stands there as its number, `[U+202E]`.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut marks = 0;
    let mut before = None;
    for character in text.chars() {
        marks = if is_mark(character) { marks + 1 } else { 0 };
        let shows = matches!(character, '<' | '>') || refuse(character, 0, before).is_ok();
        if shows && marks <= MARKS_IN_A_ROW {
            line.push(character);
        } else {
            line.push_str(&format!("[U+{:04X}]", u32::from(character)));
        }
        before = Some(character);
    }
    line
}

/// The text as it is compared and searched: compatibility forms and case folded away.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_mark(character: char) -> bool {
    matches!(
        character.general_category(),
        GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark
    )
}

fn is_blank(character: char) -> bool {
    character == '\t' || character.general_category() == GeneralCategory::SpaceSeparator
}

fn refuse(character: char, position: usize, before: Option<char>) -> Result<(), TextError> {
    let code = u32::from(character);
    match character {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            return Err(TextError::LineBreak { position });
        }
        '<' | '>' => {
            return Err(TextError::Markup {
                position,
                character,
            });
        }
        // Zero-width joiners spell names in Persian and the scripts of India, but only behind a letter.
        '\u{200c}' | '\u{200d}' if before.is_some_and(|c| c.is_alphabetic() || is_mark(c)) => {
            return Ok(());
        }
        // Fillers count as letters and show as nothing.
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}' => {
            return Err(TextError::Invisible { position, code });
        }
        _ => {}
    }
    match character.general_category() {
        GeneralCategory::Control => Err(TextError::Control { position }),
        GeneralCategory::Format => Err(TextError::Invisible { position, code }),
        GeneralCategory::Unassigned
        | GeneralCategory::PrivateUse
        | GeneralCategory::Surrogate
        | GeneralCategory::EnclosingMark => Err(TextError::Unreadable { position }),
        // A variation selector changes nothing that a name needs.
        _ if matches!(code, 0xfe00..=0xfe0f | 0xe0100..=0xe01ef) => {
            Err(TextError::Invisible { position, code })
        }
        GeneralCategory::NonspacingMark if before.is_none() => {
            Err(TextError::Unreadable { position })
        }
        _ if code == 0xfffd => Err(TextError::Unreadable { position }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown_as_its_number() {
        for (text, shown) in [
            ("Žofie <b> & Co", "Žofie <b> & Co"),
            ("110\u{a0}00", "110\u{a0}00"),
            ("a\nRole: b\r", "a[U+000A]Role: b[U+000D]"),
            ("a\u{2028}b\u{85}", "a[U+2028]b[U+0085]"),
            (
                "\u{202e}gpj.\u{2066}x\u{feff}",
                "[U+202E]gpj.[U+2066]x[U+FEFF]",
            ),
            ("\0\u{1b}[31m", "[U+0000][U+001B][31m"),
            ("\u{e0041}\u{3164}", "[U+E0041][U+3164]"),
            ("\u{301}a", "[U+0301]a"),
        ] {
            assert_eq!(visible(text), shown);
        }
        let scribble = format!("a{}", "\u{301}".repeat(6));
        assert_eq!(
            visible(&scribble),
            format!("a{}[U+0301][U+0301]", "\u{301}".repeat(4))
        );
    }

    #[test]
    fn names_of_many_scripts_stand_as_typed() {
        for name in [
            "Žofie Nováková-Šimůnková",
            "Seán Ó Briain",
            "Jean-Luc d’Aramitz",
            "Łukasz Żółć",
            "Георги Димитров",
            "王小明",
            "محمد علی",
            "می\u{200c}خواهم",
            "Nguyễn Thị Ánh",
            "ACME & Co., s.r.o. (v likvidaci)",
        ] {
            assert_eq!(clean_name(name, 120).as_deref(), Ok(name));
        }
    }

    #[test]
    fn blanks_and_accents_are_made_one_way() {
        assert_eq!(
            clean_line("  Jan\u{a0} \t Nova\u{301}k ", 60).as_deref(),
            Ok("Jan Novák")
        );
        assert_eq!(clean_line("", 5), Err(TextError::Empty));
        assert_eq!(clean_line(" \u{2003} ", 5), Err(TextError::Empty));
    }

    #[test]
    fn what_cannot_be_seen_is_refused() {
        let refused = |text: &str| clean_line(text, 200).unwrap_err();
        assert_eq!(refused("a\nb"), TextError::LineBreak { position: 2 });
        assert_eq!(refused("a\rBcc: x"), TextError::LineBreak { position: 2 });
        assert_eq!(refused("ab\u{2028}c"), TextError::LineBreak { position: 3 });
        assert_eq!(refused("a\0b"), TextError::Control { position: 2 });
        assert_eq!(refused("a\u{1b}[31m"), TextError::Control { position: 2 });
        for hidden in [
            '\u{202e}',
            '\u{2066}',
            '\u{200f}',
            '\u{200b}',
            '\u{feff}',
            '\u{ad}',
            '\u{e0041}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{61c}',
        ] {
            assert_eq!(
                refused(&format!("ab{hidden}c")),
                TextError::Invisible {
                    position: 3,
                    code: u32::from(hidden)
                },
                "{:x}",
                u32::from(hidden)
            );
        }
        assert_eq!(refused("a\u{e000}"), TextError::Unreadable { position: 2 });
        assert_eq!(refused("a\u{fffd}"), TextError::Unreadable { position: 2 });
    }

    #[test]
    fn a_joiner_needs_a_letter_before_it() {
        assert!(matches!(
            clean_line("1\u{200d}2", 10),
            Err(TextError::Invisible { position: 2, .. })
        ));
    }

    #[test]
    fn markup_is_refused() {
        assert_eq!(
            clean_line("<b>Jan</b>", 60),
            Err(TextError::Markup {
                position: 1,
                character: '<'
            })
        );
        assert!(clean_line("Jan > Petr", 60).is_err());
    }

    #[test]
    fn piled_up_accents_are_refused() {
        let zalgo = format!("a{}", "\u{31b}\u{323}".repeat(6));
        assert!(matches!(
            clean_line(&zalgo, 60),
            Err(TextError::Unreadable { .. })
        ));
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(clean_line("ěšč", 3).as_deref(), Ok("ěšč"));
        assert_eq!(
            clean_line("ěščř", 3),
            Err(TextError::TooLong { length: 4, max: 3 })
        );
        assert!(matches!(
            clean_line(&"x".repeat(100_000), 60),
            Err(TextError::TooLong {
                length: 100_000,
                max: 60
            })
        ));
    }

    #[test]
    fn a_name_has_a_letter() {
        assert_eq!(clean_name("12 - 3", 60), Err(TextError::NoLetter));
        assert_eq!(clean_name("3M", 60).as_deref(), Ok("3M"));
    }

    #[test]
    fn folding_forgets_case_and_width() {
        assert_eq!(fold(" Jan  NOVÁK "), "jan novák");
        assert_eq!(fold("Ａｂ"), "ab");
    }
}
