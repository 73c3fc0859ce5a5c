//! How wide a text will be, before a browser has seen it.
//!
//! The fonts of systems differ; these widths are those of a wide one of them, so that a text fits everywhere.

use super::Ink;

/// The size of the texts, in units of the picture.
const SIZE: i32 = 13;

/// The width of a text in units of the picture, rounded up.
pub(super) fn width(text: &str, ink: Ink) -> i32 {
    let thousandths: i32 = text.chars().map(advance).sum();
    let bold = match ink {
        Ink::Strong | Ink::Press => 108,
        Ink::Plain | Ink::Faint => 102,
    };
    (thousandths * SIZE * bold + 99_999) / 100_000
}

/// How far a character moves the pen, in thousandths of the size.
fn advance(c: char) -> i32 {
    match c {
        'i' | 'í' | 'j' | 'l' | 'I' | 'Í' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 270,
        'f' | 't' | 'ť' | 'r' | 'ř' | '(' | ')' | '[' | ']' | '-' | ' ' | '\u{a0}' | '/' | '\\'
        | '„' | '“' | '”' => 360,
        'm' | 'M' | 'w' | 'W' | '@' | '%' | '…' => 920,
        '–' | '#' | '•' => 600,
        c if c.is_uppercase() => 700,
        _ => 580,
    }
}

/// The lines of a text that is broken between words, each as wide as said or, where one word is wider, as that word.
pub(super) fn wrap(text: &str, ink: Ink, room: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), ink) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The text, or its beginning where there is no room for all of it.
pub(super) fn clip(text: &str, ink: Ink, room: i32) -> String {
    if width(text, ink) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if width(&format!("{kept}{c}…"), ink) > room {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{clip, width, wrap};
    use crate::pages::help::drawing::Ink;

    #[test]
    fn a_text_is_broken_between_words_and_never_wider_than_its_room() {
        let text = "Include all certificates in the certification path if possible";
        let lines = wrap(text, Ink::Plain, 200);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| width(line, Ink::Plain) <= 200));
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_text_without_room_says_that_it_goes_on() {
        assert_eq!(clip("certmgr", Ink::Plain, 300), "certmgr");
        let clipped = clip("certmgr – [Certificates – Current User]", Ink::Strong, 120);
        assert!(
            clipped.ends_with('…') && width(&clipped, Ink::Strong) <= 120,
            "{clipped}"
        );
    }

    #[test]
    fn bold_is_wider() {
        assert!(width("Certificates", Ink::Strong) > width("Certificates", Ink::Plain));
    }
}
