//! Line ends (RFC 8551 section 3.1.1).

/// Turns each line end into CRLF. Nothing else is changed, white space at the end of lines neither.
#[derive(Clone, Copy, Debug, Default)]
pub struct Canonicalizer {
    after_return: bool,
    changed: bool,
}

impl Canonicalizer {
    /// Before the first octet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a piece to `out`.
    pub fn update(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        out.reserve(piece.len());
        for line in piece.split_inclusive(|octet| *octet == b'\n') {
            if let Some(text) = line.strip_suffix(b"\n") {
                let is_whole = text.last().map_or(self.after_return, |last| *last == b'\r');
                out.extend_from_slice(text);
                out.extend_from_slice(if is_whole { b"\n" } else { b"\r\n" });
                self.changed |= !is_whole;
                self.after_return = false;
            } else {
                out.extend_from_slice(line);
                self.after_return = line.last() == Some(&b'\r');
            }
        }
    }

    /// Whether any line end was another than CRLF.
    #[must_use]
    pub const fn changed(self) -> bool {
        self.changed
    }
}
