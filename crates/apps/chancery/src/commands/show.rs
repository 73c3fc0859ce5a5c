//! Prints the view of a structure: aligned words, or one JSON object.

use chancery_x509::view::Field;

use crate::failure::Failure;

/// Prints `fields` of a `what`.
pub fn print(what: &str, fields: &[Field], json: bool) -> Result<(), Failure> {
    if json {
        return super::print_json(&serde_json::json!({ "type": what, "fields": fields }));
    }
    super::print(&as_words(what, fields))
}

fn as_words(what: &str, fields: &[Field]) -> String {
    let width = fields
        .iter()
        .map(|field| field.id.chars().count())
        .max()
        .unwrap_or_default();
    let mut text = format!("{what}\n");
    for field in fields {
        text.push_str(&format!(
            "  {:width$}  {}\n",
            field.id,
            printable(&field.value)
        ));
    }
    text
}

/// What a certificate holds is somebody else's text: control and bidirectional characters would steer the terminal.
pub fn printable(value: &str) -> String {
    value
        .chars()
        .map(|c| if steers(c) { '\u{fffd}' } else { c })
        .collect()
}

/// Control characters, and those of Unicode's property `Bidi_Control`.
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}
