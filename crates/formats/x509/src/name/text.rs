//! Names as text: RFC 4514 both ways, and the order in which people read them.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use thiserror::Error;

use super::{Attribute, AttributeKind, Name, NameError};

/// Longest text read as a name.
const MAX_TEXT: usize = 16 * 1024;

/// Why a text is not a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NameTextError {
    /// Over 16 KiB.
    #[error("the name is too long")]
    TooLong,
    /// No `=` between type and value.
    #[error("\"{part}\" has no value: write type=value, as CN=Jana Nováková")]
    NoValue {
        /// The part in question.
        part: String,
    },
    /// A type that is not known.
    #[error(
        "\"{label}\" is not a known attribute type: use CN, O, OU, C, ST, L, emailAddress, serialNumber, … or a dotted OID"
    )]
    UnknownType {
        /// The label met.
        label: String,
    },
    /// A backslash that does not begin an escape.
    #[error("a backslash in the value of {kind} stands before nothing that can be escaped")]
    Escape {
        /// The attribute.
        kind: AttributeKind,
    },
    /// A character that must be escaped with a backslash.
    #[error("the character {character:?} in the value of {kind} needs a backslash before it")]
    Unescaped {
        /// The attribute.
        kind: AttributeKind,
        /// The character.
        character: char,
    },
    /// The attributes do not make a name.
    #[error("the name cannot be written in a certificate")]
    Name(#[from] NameError),
}

impl Name {
    /// Attributes in the order of the encoding, `C=CZ, O=Example, CN=Jana Nováková`, escaped as in RFC 4514: how certificates
    /// are usually shown.
    #[must_use]
    pub fn one_line(&self) -> String {
        let mut out = String::new();
        for rdn in self.rdns() {
            if !out.is_empty() {
                out.push_str(", ");
            }
            push_rdn(&mut out, rdn);
        }
        out
    }
}

impl fmt::Display for Name {
    /// RFC 4514: the last relative distinguished name comes first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        for rdn in self.rdns().iter().rev() {
            if !out.is_empty() {
                out.push(',');
            }
            push_rdn(&mut out, rdn);
        }
        f.write_str(&out)
    }
}

fn push_rdn(out: &mut String, rdn: &[Attribute]) {
    for (index, attribute) in rdn.iter().enumerate() {
        if index > 0 {
            out.push('+');
        }
        // Writing to a String does not fail.
        let _ = write!(out, "{}=", attribute.kind);
        push_escaped(out, &attribute.value);
    }
}

/// A text of somebody else's to be shown among others, with a comma between: control characters, and those that turn the direction of
/// writing or show as nothing, as hexadecimal pairs after a backslash, which with commas is itself written after one.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ',' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            c if c.is_control() || turns_or_hides(c) => push_octets(&mut out, c),
            c => out.push(c),
        }
    }
    out
}

/// RFC 4514 section 2.4; control characters, and those that turn the direction of writing or show as nothing, are
/// written as hexadecimal pairs, so that a name neither breaks a line nor shows as another.
fn push_escaped(out: &mut String, value: &str) {
    let last = value.chars().count().saturating_sub(1);
    for (index, character) in value.chars().enumerate() {
        let at_edge = index == 0 || index == last;
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            ' ' if at_edge => out.push_str("\\ "),
            '#' if index == 0 => out.push_str("\\#"),
            c if c.is_control() || turns_or_hides(c) => push_octets(out, c),
            c => out.push(c),
        }
    }
}

fn push_octets(out: &mut String, character: char) {
    let mut octets = [0; 4];
    for octet in character.encode_utf8(&mut octets).bytes() {
        let _ = write!(out, "\\{octet:02X}");
    }
}

/// Marks, overrides and isolates of the bidirectional algorithm, line and paragraph separators, and what shows as
/// nothing and would make two names look the same. Zero-width joiners stay: scripts are spelled with them.
fn turns_or_hides(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'
            | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

impl FromStr for Name {
    type Err = NameTextError;

    /// RFC 4514: the first part of the text becomes the last of the encoding. Spaces around parts are skipped.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > MAX_TEXT {
            return Err(NameTextError::TooLong);
        }
        let mut rdns = Vec::new();
        if !text.trim().is_empty() {
            for part in split(text, &[',', ';']) {
                let rdn: Result<Vec<_>, _> =
                    split(part, &['+']).into_iter().map(attribute).collect();
                rdns.push(rdn?);
            }
        }
        rdns.reverse();
        Ok(Self::from_rdns(rdns)?)
    }
}

/// Splits at separators that no backslash precedes.
fn split<'a>(text: &'a str, separators: &[char]) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if separators.contains(&character) {
            parts.push(text.get(start..at).unwrap_or_default());
            start = at + character.len_utf8();
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

fn attribute(part: &str) -> Result<Attribute, NameTextError> {
    let (label, value) = part.split_once('=').ok_or_else(|| NameTextError::NoValue {
        part: part.trim().to_owned(),
    })?;
    let label = label.trim();
    let kind = AttributeKind::from_label(label).ok_or_else(|| NameTextError::UnknownType {
        label: label.to_owned(),
    })?;
    let value = unescape(kind, value.trim_start_matches(' '))?;
    Ok(Attribute { kind, value })
}

/// Undoes escapes; spaces at the end count only where escaped.
fn unescape(kind: AttributeKind, text: &str) -> Result<String, NameTextError> {
    let escape = || NameTextError::Escape { kind };
    let mut octets = Vec::with_capacity(text.len());
    let mut kept = 0;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                let next = characters.next().ok_or_else(escape)?;
                if let Some(high) = next.to_digit(16) {
                    let low = characters
                        .next()
                        .and_then(|c| c.to_digit(16))
                        .ok_or_else(escape)?;
                    octets.push(u8::try_from(high * 16 + low).unwrap_or(0));
                } else if " \"#+,;<=>\\".contains(next) {
                    octets.push(u8::try_from(next).unwrap_or(b' '));
                } else {
                    return Err(escape());
                }
                kept = octets.len();
            }
            '"' | '<' | '>' => return Err(NameTextError::Unescaped { kind, character }),
            c => {
                let mut buffer = [0; 4];
                octets.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
                if c != ' ' {
                    kept = octets.len();
                }
            }
        }
    }
    octets.truncate(kept);
    String::from_utf8(octets).map_err(|_| escape())
}
