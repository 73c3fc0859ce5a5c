//! Prints the view of a structure: aligned words, or one JSON object.

use chancery_x509::view::Field;

use crate::failure::Failure;

/// Prints `fields` of a `what`.
pub fn print(what: &str, fields: &[Field], json: bool) -> Result<(), Failure> {
    let text = if json {
        as_json(what, fields)?
    } else {
        as_words(what, fields)
    };
    super::print(&text)
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
        .map(|c| match c {
            c if c.is_control() => '\u{fffd}',
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                '\u{fffd}'
            }
            c => c,
        })
        .collect()
}

fn as_json(what: &str, fields: &[Field]) -> Result<String, Failure> {
    let object = serde_json::json!({ "type": what, "fields": fields });
    serde_json::to_string_pretty(&object)
        .map_err(|error| Failure::because("no JSON was made", &error))
}
