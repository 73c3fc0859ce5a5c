//! The commands that are not the server: read files, call one use case, print.

pub mod bench;
pub mod cert;
pub mod crl;
pub mod csr;
pub mod envelope;
mod key;
mod key_file;
pub mod p12;
mod password;
pub mod path;
mod show;
pub mod signed;
pub mod smime;
pub mod user;

use std::{fmt::Write as _, io::Write};

use serde::Serialize;

use crate::{failure::Failure, terminal};

/// Prints a command's result on standard output. A reader that has seen enough (`… | head`) is no fault.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    match out
        .write_all(text.as_bytes())
        .and_then(|()| out.write_all(end.as_bytes()))
        .and_then(|()| out.flush())
    {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::because("standard output", &error))
        }
        _ => Ok(()),
    }
}

/// Prints a result as JSON: [`json`].
pub fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    print(&json(value)?)
}

/// JSON of several lines. What steers a terminal is escaped, which `serde_json` does with characters below U+0020 alone.
pub fn json(value: &impl Serialize) -> Result<String, Failure> {
    let made = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::because("no JSON was made", &error))?;
    let mut text = String::with_capacity(made.len());
    for character in made.chars() {
        // Line feeds stand between values: those inside are escaped already.
        if character == '\n' || !terminal::steers(character) {
            text.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a string does not fail.
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
    Ok(text)
}

/// Says on standard error what is no failure but has to be known.
#[expect(
    clippy::print_stderr,
    reason = "standard output belongs to the command's result"
)]
pub fn note(text: &str) {
    eprintln!("note: {}", terminal::lines(text));
}

#[cfg(test)]
mod tests {
    use super::json;

    #[test]
    fn json_steers_no_terminal_and_says_the_same() {
        let value = serde_json::json!({
            "a\u{9b}31m": "CSI \u{1b}[2J \u{9b}2J, DEL \u{7f}, NEL \u{85}",
            "bidi": "\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}",
            "plain": "Příliš žluťoučký 🔑 \"x\" \n \\",
        });
        let text = json(&value).unwrap();
        let steering = |c: &char| *c != '\n' && crate::terminal::steers(*c);
        assert_eq!(text.chars().find(steering), None, "{text:?}");
        assert!(text.contains(r"\u009b2J, DEL \u007f, NEL \u0085"), "{text}");
        assert!(
            text.contains(r#""\u061c\u200e\u200f\u202a\u202e\u2066\u2069""#),
            "{text}"
        );
        assert!(text.contains("Příliš žluťoučký 🔑"), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read, value);
    }
}
