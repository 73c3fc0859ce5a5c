//! What may be shown on a terminal: names in certificates, labels in files and answers of servers are somebody else's text, and control
//! or bidirectional characters in it would steer the terminal.

/// One line.
pub fn line(text: &str) -> String {
    text.chars()
        .map(|c| if steers(c) { '\u{fffd}' } else { c })
        .collect()
}

/// Several lines.
pub fn lines(text: &str) -> String {
    text.chars()
        .map(|c| {
            if steers(c) && c != '\n' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

/// Whether it is a control character, or one of Unicode's property `Bidi_Control`.
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}
