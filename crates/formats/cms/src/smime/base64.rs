//! Base64 that comes and goes in pieces (RFC 2045 section 6.8).

use super::SmimeError;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Six bits of each character, 64 for the padding, 65 for white space, 66 for what has no place in base64.
const VALUES: [u8; 256] = {
    let mut values = [66; 256];
    let mut at = 0;
    #[expect(
        clippy::indexing_slicing,
        clippy::cast_possible_truncation,
        reason = "evaluated by the compiler"
    )]
    {
        while at < 64 {
            values[ALPHABET[at] as usize] = at as u8;
            at += 1;
        }
        values[b'=' as usize] = 64;
        values[b' ' as usize] = 65;
        values[b'\t' as usize] = 65;
        values[b'\r' as usize] = 65;
        values[b'\n' as usize] = 65;
    }
    values
};

/// Decodes. White space is passed over, nothing else is.
#[derive(Clone, Debug, Default)]
pub struct Base64Decoder {
    bits: u32,
    count: u8,
    padding: u8,
}

impl Base64Decoder {
    /// Before the first character.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends what is ready to `out`.
    pub fn update(&mut self, text: &[u8], out: &mut Vec<u8>) -> Result<(), SmimeError> {
        out.reserve(text.len() / 4 * 3);
        for octet in text {
            match VALUES.get(usize::from(*octet)).copied().unwrap_or(66) {
                65 => {}
                64 if self.count >= 2 => self.padding = self.padding.saturating_add(1),
                value @ 0..=63 if self.padding == 0 => {
                    self.bits = (self.bits << 6) | u32::from(value);
                    self.count += 1;
                    if self.count == 4 {
                        let [_, octets @ ..] = self.bits.to_be_bytes();
                        out.extend(octets);
                        (self.bits, self.count) = (0, 0);
                    }
                }
                _ => return Err(SmimeError::Base64),
            }
        }
        Ok(())
    }

    /// The end: the last octets.
    pub fn finish(self, out: &mut Vec<u8>) -> Result<(), SmimeError> {
        let [_, first, second, _] =
            (self.bits << (6 * u32::from(4_u8.saturating_sub(self.count)))).to_be_bytes();
        match (self.count, self.padding) {
            (0, 0) => {}
            (2, 2) => out.push(first),
            (3, 1) => out.extend([first, second]),
            _ => return Err(SmimeError::Base64),
        }
        Ok(())
    }
}

/// Encodes in lines of 64 characters, CRLF behind each.
#[derive(Clone, Debug, Default)]
pub struct Base64Encoder {
    held: Vec<u8>,
}

/// Octets of a line of 64 characters.
const LINE: usize = 48;

impl Base64Encoder {
    /// Before the first octet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends whole lines to `out`.
    pub fn update(&mut self, octets: &[u8], out: &mut Vec<u8>) {
        out.reserve(octets.len() / 3 * 4);
        let mut rest = octets;
        if !self.held.is_empty() {
            let missing = LINE.saturating_sub(self.held.len()).min(rest.len());
            let (head, tail) = rest.split_at_checked(missing).unwrap_or((rest, &[]));
            self.held.extend_from_slice(head);
            rest = tail;
            if self.held.len() < LINE {
                return;
            }
            line(&std::mem::take(&mut self.held), out);
        }
        let mut lines = rest.chunks_exact(LINE);
        for whole in &mut lines {
            line(whole, out);
        }
        self.held.extend_from_slice(lines.remainder());
    }

    /// Appends the last line.
    pub fn finish(self, out: &mut Vec<u8>) {
        if !self.held.is_empty() {
            line(&self.held, out);
        }
    }
}

fn line(octets: &[u8], out: &mut Vec<u8>) {
    for group in octets.chunks(3) {
        let bits = group.iter().enumerate().fold(0_u32, |bits, (at, octet)| {
            bits | u32::from(*octet) << (16 - 8 * at)
        });
        for place in 0..4_usize {
            let value = (bits >> (18 - 6 * place)) & 63;
            out.push(if place <= group.len() {
                ALPHABET.get(value as usize).copied().unwrap_or(b'=')
            } else {
                b'='
            });
        }
    }
    out.extend_from_slice(b"\r\n");
}
