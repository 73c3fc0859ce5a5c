//! Prints the view of a structure: aligned words, or one JSON object.

use chancery_x509::view::Field;

use crate::{failure::Failure, terminal};

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
            terminal::line(&field.value)
        ));
    }
    text
}
