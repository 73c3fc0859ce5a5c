//! What can be wrong with a PEM text.

use thiserror::Error;

use super::Label;
use crate::error::ParseError;

/// Why a text is not the PEM that was asked for. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PemError {
    /// Nothing but white space.
    #[error("nothing was given")]
    Empty,
    /// Larger than any honest text.
    #[error("the text has {octets} octets; at most {limit} are read")]
    TooLarge {
        /// Its size.
        octets: usize,
        /// The size allowed.
        limit: usize,
    },
    /// A private key is in the text.
    #[error(
        "a private key was pasted (line {line}): never send it to anyone; if it left your machine, make a new key"
    )]
    PrivateKey {
        /// Where it begins.
        line: usize,
    },
    /// No `-----BEGIN …-----` line, though the rest looks like base64.
    #[error("the first line, -----BEGIN …-----, is missing")]
    MissingBegin,
    /// Nothing that looks like PEM.
    #[error("this is not PEM: it has no line -----BEGIN …-----")]
    NotPem,
    /// No `-----END …-----` line.
    #[error("the last line, -----END {label}-----, is missing")]
    MissingEnd {
        /// The label of the block.
        label: String,
        /// Where the block begins.
        line: usize,
    },
    /// An `-----END …-----` line without a beginning.
    #[error("line {line} ends a block that has no beginning")]
    MissingBeginOf {
        /// The line.
        line: usize,
    },
    /// The end names another label than the beginning.
    #[error("line {line} ends {found}, but {label} was begun")]
    EndMismatch {
        /// The label of the beginning.
        label: String,
        /// The label of the end.
        found: String,
        /// The line of the end.
        line: usize,
    },
    /// A BEGIN or END line that is not as it must be: dashes lost or turned into others, words before or after them.
    #[error(
        "line {line} must be -----BEGIN …----- or -----END …----- with five dashes on each side and nothing else"
    )]
    DamagedMarker {
        /// The line.
        line: usize,
    },
    /// Beginning and end stand on one line: the line breaks were lost.
    #[error("the line breaks were lost: paste the text as it stands in the file, in several lines")]
    LineBreaksLost {
        /// The line.
        line: usize,
    },
    /// A line of the body with a character that is not base64.
    #[error("line {line} is not base64: it contains {character:?}")]
    NotBase64 {
        /// The line.
        line: usize,
        /// The first such character.
        character: char,
    },
    /// The base64 ends in the middle of a group, or its padding is wrong: characters were lost.
    #[error("the base64 text ends wrongly at line {line}: characters were lost")]
    Padding {
        /// The line.
        line: usize,
    },
    /// Nothing between beginning and end.
    #[error("there is nothing between the first and the last line")]
    EmptyBody {
        /// Where the block begins.
        line: usize,
    },
    /// Another structure than asked for.
    #[error("this is a {found}, not a {expected}")]
    WrongLabel {
        /// The label asked for.
        expected: Label,
        /// The label met.
        found: String,
        /// Where it begins.
        line: usize,
    },
    /// More blocks than one.
    #[error("there are {count} blocks; give one")]
    Several {
        /// How many.
        count: usize,
    },
    /// The text decodes, but not to what its label says.
    #[error("the content is damaged")]
    Content(#[source] ParseError),
}

impl PemError {
    /// A stable identifier, the key under which interfaces keep their words.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too-large",
            Self::PrivateKey { .. } => "private-key",
            Self::MissingBegin => "missing-begin",
            Self::NotPem => "not-pem",
            Self::MissingEnd { .. } => "missing-end",
            Self::MissingBeginOf { .. } => "missing-begin-of",
            Self::EndMismatch { .. } => "end-mismatch",
            Self::DamagedMarker { .. } => "damaged-marker",
            Self::LineBreaksLost { .. } => "line-breaks-lost",
            Self::NotBase64 { .. } => "not-base64",
            Self::Padding { .. } => "padding",
            Self::EmptyBody { .. } => "empty-body",
            Self::WrongLabel { .. } => "wrong-label",
            Self::Several { .. } => "several",
            Self::Content(_) => "content",
        }
    }

    /// The line to look at, counted from 1.
    #[must_use]
    pub const fn line(&self) -> Option<usize> {
        match self {
            Self::PrivateKey { line }
            | Self::MissingEnd { line, .. }
            | Self::MissingBeginOf { line }
            | Self::EndMismatch { line, .. }
            | Self::DamagedMarker { line }
            | Self::LineBreaksLost { line }
            | Self::NotBase64 { line, .. }
            | Self::Padding { line }
            | Self::EmptyBody { line }
            | Self::WrongLabel { line, .. } => Some(*line),
            Self::Empty
            | Self::TooLarge { .. }
            | Self::MissingBegin
            | Self::NotPem
            | Self::Several { .. }
            | Self::Content(_) => None,
        }
    }

    /// The values of the words, by name: `line`, `label`, `found`, `expected`, `character` (as `U+200B` where it cannot be seen), `count`, `octets`, `limit`.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args: Vec<_> = self
            .line()
            .map(|line| ("line", line.to_string()))
            .into_iter()
            .collect();
        match self {
            Self::TooLarge { octets, limit } => {
                args.push(("octets", octets.to_string()));
                args.push(("limit", limit.to_string()));
            }
            Self::MissingEnd { label, .. } => args.push(("label", label.clone())),
            Self::EndMismatch { label, found, .. } => {
                args.push(("label", label.clone()));
                args.push(("found", found.clone()));
            }
            Self::NotBase64 { character, .. } => args.push(("character", visible(*character))),
            Self::WrongLabel {
                expected, found, ..
            } => {
                args.push(("expected", expected.to_string()));
                args.push(("found", found.clone()));
            }
            Self::Several { count } => args.push(("count", count.to_string())),
            _ => {}
        }
        args
    }
}

/// A character as it can be shown; `U+200B` where there would be nothing to see.
fn visible(character: char) -> String {
    if character.is_ascii_graphic() || character.is_alphanumeric() {
        character.to_string()
    } else {
        format!("U+{:04X}", u32::from(character))
    }
}
