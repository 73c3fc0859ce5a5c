//! Text as a MIME entity that reaches its reader as it is.

use super::TransportCheck;
use crate::smime::field::{Field, Header};
use crate::smime::{Canonicalizer, SmimeError};

const DIGITS: &[u8; 16] = b"0123456789ABCDEF";

/// Looks at text, in pieces, for the way in which it has to travel.
#[derive(Clone, Debug)]
pub struct TextSurvey {
    canonicalizer: Canonicalizer,
    /// None once something has been met that does not travel as it stands.
    check: Option<TransportCheck>,
    is_ascii: bool,
    last: u8,
    /// A character that is cut in two.
    cut: Vec<u8>,
}

impl Default for TextSurvey {
    fn default() -> Self {
        Self::new()
    }
}

impl TextSurvey {
    /// Before the first octet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            canonicalizer: Canonicalizer::new(),
            check: Some(TransportCheck::new()),
            is_ascii: true,
            last: 0,
            cut: Vec::new(),
        }
    }

    /// Looks at a piece; it must be UTF-8, but may end inside a character.
    pub fn update(&mut self, piece: &[u8]) -> Result<(), SmimeError> {
        self.is_ascii &= piece.is_ascii();
        if !self.is_ascii {
            self.check = None;
            let mut text = std::mem::take(&mut self.cut);
            text.extend_from_slice(piece);
            if let Err(error) = std::str::from_utf8(&text) {
                if error.error_len().is_some() {
                    return Err(SmimeError::NotUtf8);
                }
                self.cut = text.split_off(error.valid_up_to());
            }
        }
        if let Some(check) = &mut self.check {
            let mut canonical = Vec::new();
            self.canonicalizer.update(piece, &mut canonical);
            if check.update(&canonical).is_err() {
                self.check = None;
            }
        }
        self.last = piece.last().copied().unwrap_or(self.last);
        Ok(())
    }

    /// The text is over.
    pub fn finish(self) -> Result<TextEncoder, SmimeError> {
        if !self.cut.is_empty() {
            return Err(SmimeError::NotUtf8);
        }
        let is_plain = self.check.is_some() && !matches!(self.last, b' ' | b'\t');
        Ok(TextEncoder {
            is_ascii: self.is_ascii,
            canonicalizer: Canonicalizer::new(),
            quoted: (!is_plain).then(QuotedPrintable::default),
        })
    }
}

/// Writes the text that was surveyed as the body of an entity: as it stands where that is possible, else quoted-printable (RFC 2045
/// section 6.7). Its line ends become CRLF.
#[derive(Clone, Debug)]
pub struct TextEncoder {
    is_ascii: bool,
    canonicalizer: Canonicalizer,
    quoted: Option<QuotedPrintable>,
}

impl TextEncoder {
    /// The fields that describe the body.
    #[must_use]
    pub fn header(&self) -> Header {
        let charset = if self.is_ascii { "us-ascii" } else { "utf-8" };
        let encoding = if self.quoted.is_some() {
            "quoted-printable"
        } else {
            "7bit"
        };
        Header::new(vec![
            Field::new("Content-Type", &format!("text/plain; charset={charset}")),
            Field::new("Content-Transfer-Encoding", encoding),
        ])
    }

    /// Appends a piece of the text to `out`.
    pub fn update(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        match &mut self.quoted {
            None => self.canonicalizer.update(piece, out),
            Some(quoted) => {
                let mut canonical = Vec::new();
                self.canonicalizer.update(piece, &mut canonical);
                for octet in canonical {
                    quoted.push(octet, out);
                }
            }
        }
    }

    /// Appends what is left.
    pub fn finish(self, out: &mut Vec<u8>) {
        if let Some(mut quoted) = self.quoted
            && let Some(held) = quoted.held.take()
        {
            quoted.put(held, false, out);
        }
    }
}

/// Text in canonical form on its way.
#[derive(Clone, Debug, Default)]
struct QuotedPrintable {
    column: usize,
    /// White space, which stands for itself only inside a line, or a return, which may be half of a line end.
    held: Option<u8>,
}

impl QuotedPrintable {
    fn push(&mut self, octet: u8, out: &mut Vec<u8>) {
        if let Some(held) = self.held.take() {
            if held == b'\r' && octet == b'\n' {
                out.extend_from_slice(b"\r\n");
                self.column = 0;
                return;
            }
            self.put(held, held != b'\r' && octet != b'\r', out);
        }
        match octet {
            b' ' | b'\t' | b'\r' => self.held = Some(octet),
            // "From " and a lone dot at the beginning of a line are altered on the way.
            b'F' | b'.' => self.put(octet, self.column > 0, out),
            b'=' => self.put(octet, false, out),
            b'!'..=b'~' => self.put(octet, true, out),
            _ => self.put(octet, false, out),
        }
    }

    fn put(&mut self, octet: u8, is_literal: bool, out: &mut Vec<u8>) {
        let width = if is_literal { 1 } else { 3 };
        // 76 characters, the last an equals sign where the line goes on.
        let is_literal = if self.column.saturating_add(width) > 75 {
            out.extend_from_slice(b"=\r\n");
            self.column = 0;
            is_literal && !matches!(octet, b'F' | b'.')
        } else {
            is_literal
        };
        if is_literal {
            out.push(octet);
            self.column = self.column.saturating_add(1);
        } else {
            let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or(b'0');
            out.extend([b'=', digit(octet >> 4), digit(octet & 15)]);
            self.column = self.column.saturating_add(3);
        }
    }
}
