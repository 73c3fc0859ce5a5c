//! PEM (RFC 7468) of any size.

use std::io::{self, BufRead, Write};

use base64::{
    Engine,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

/// Longest line that is read.
const MAX_LINE: u64 = 64 << 10;
/// Octets of one line that is written: 64 characters (RFC 7468 section 2).
const LINE: usize = 48;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    Inside,
    Behind,
}

/// Reads the first block of a text.
pub struct PemReader<R> {
    inner: R,
    place: Place,
    label: String,
    /// Characters that do not make three octets yet.
    carry: Vec<u8>,
    /// Whether padding, the end of base64, has passed.
    padded: bool,
}

impl<R: BufRead> PemReader<R> {
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            place: Place::Before,
            label: String::new(),
            carry: Vec::new(),
            padded: false,
        }
    }

    /// Appends the octets of the next lines to `out`, at least `wanted` of them unless the block ends.
    pub fn read(&mut self, wanted: usize, out: &mut Vec<u8>) -> io::Result<()> {
        let start = out.len();
        let mut line = Vec::new();
        while out.len().saturating_sub(start) < wanted && self.place != Place::Behind {
            line.clear();
            let mut limited = io::Read::take(&mut self.inner, MAX_LINE);
            if limited.read_until(b'\n', &mut line)? == 0 {
                return Err(invalid(match self.place {
                    Place::Before => "there is no -----BEGIN line in it",
                    _ => "its -----END line is missing",
                }));
            }
            self.take(line.trim_ascii(), out)?;
        }
        Ok(())
    }

    fn take(&mut self, line: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        let words = |prefix: &[u8]| {
            let words = line.strip_prefix(prefix)?.strip_suffix(b"-----")?;
            std::str::from_utf8(words).ok().map(str::to_owned)
        };
        match self.place {
            Place::Before => {
                if let Some(label) = words(b"-----BEGIN ") {
                    self.label = label;
                    self.place = Place::Inside;
                }
                Ok(())
            }
            Place::Inside => match words(b"-----END ") {
                Some(label) if label == self.label => {
                    self.place = Place::Behind;
                    self.decode(self.carry.len(), out)
                }
                Some(_) => Err(invalid(
                    "its -----END line does not match its -----BEGIN line",
                )),
                None => {
                    self.carry
                        .extend(line.iter().filter(|octet| !octet.is_ascii_whitespace()));
                    // A last group with padding stays until the end is seen.
                    let whole = self.carry.len().saturating_sub(4) / 4 * 4;
                    self.decode(whole, out)
                }
            },
            Place::Behind => Ok(()),
        }
    }

    fn decode(&mut self, characters: usize, out: &mut Vec<u8>) -> io::Result<()> {
        let rest = self.carry.split_off(characters.min(self.carry.len()));
        let taken = std::mem::replace(&mut self.carry, rest);
        if taken.is_empty() {
            return Ok(());
        }
        if self.padded {
            return Err(invalid("a line in it is not base64"));
        }
        self.padded = taken.ends_with(b"=");
        BASE64
            .decode_vec(taken, out)
            .map_err(|_| invalid("a line in it is not base64"))
    }
}

fn invalid(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Writes one block.
pub struct PemWriter {
    label: &'static str,
    carry: Vec<u8>,
    text: String,
    begun: bool,
}

impl PemWriter {
    pub const fn new(label: &'static str) -> Self {
        Self {
            label,
            carry: Vec::new(),
            text: String::new(),
            begun: false,
        }
    }

    pub fn write(&mut self, mut octets: &[u8], to: &mut impl Write) -> io::Result<()> {
        self.begin();
        if !self.carry.is_empty() {
            let missing = LINE.saturating_sub(self.carry.len()).min(octets.len());
            let (first, rest) = octets.split_at_checked(missing).unwrap_or((octets, &[]));
            self.carry.extend_from_slice(first);
            octets = rest;
            if self.carry.len() < LINE {
                return Ok(());
            }
            let line = std::mem::take(&mut self.carry);
            self.line(&line);
        }
        let mut lines = octets.chunks_exact(LINE);
        for line in &mut lines {
            self.line(line);
        }
        self.carry.extend_from_slice(lines.remainder());
        self.pass(to)
    }

    pub fn finish(&mut self, to: &mut impl Write) -> io::Result<()> {
        self.begin();
        if !self.carry.is_empty() {
            let line = std::mem::take(&mut self.carry);
            self.line(&line);
        }
        let end = format!("-----END {}-----\n", self.label);
        self.text.push_str(&end);
        self.pass(to)
    }

    fn begin(&mut self) {
        if !self.begun {
            self.text = format!("-----BEGIN {}-----\n", self.label);
            self.begun = true;
        }
    }

    fn line(&mut self, octets: &[u8]) {
        BASE64.encode_string(octets, &mut self.text);
        self.text.push('\n');
    }

    fn pass(&mut self, to: &mut impl Write) -> io::Result<()> {
        to.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8], wanted: usize) -> io::Result<Vec<u8>> {
        let mut reader = PemReader::new(text);
        let mut out = Vec::new();
        loop {
            let before = out.len();
            reader.read(wanted, &mut out)?;
            if out.len() == before {
                return Ok(out);
            }
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for length in [0, 1, 2, 3, 47, 48, 49, 96, 1_000] {
            let octets: Vec<u8> = (0..length).map(|at: usize| at.to_le_bytes()[0]).collect();
            for piece in [1, 5, 48, 2_000] {
                let mut writer = PemWriter::new("CMS");
                let mut text = Vec::new();
                for piece in octets.chunks(piece) {
                    writer.write(piece, &mut text).unwrap();
                }
                writer.finish(&mut text).unwrap();
                let words = String::from_utf8(text.clone()).unwrap();
                assert!(words.lines().all(|line| line.len() <= 64), "{words}");
                for wanted in [1, 100, 10_000] {
                    assert_eq!(read(&text, wanted).unwrap(), octets, "{length} {piece}");
                }
            }
        }
    }

    #[test]
    fn what_stands_around_a_block_is_passed_over() {
        let text = b"a note\r\n-----BEGIN CMS-----\r\nAAEC\r\nAwQ=\r\n-----END CMS-----\r\nmore";
        assert_eq!(read(text, 10).unwrap(), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn damage_is_told() {
        for (text, told) in [
            (&b"nothing"[..], "no -----BEGIN"),
            (b"-----BEGIN CMS-----\nAAEC\n", "-----END line is missing"),
            (
                b"-----BEGIN CMS-----\nAAEC\n-----END X-----\n",
                "does not match",
            ),
            (
                b"-----BEGIN CMS-----\nA!EC\n-----END CMS-----\n",
                "not base64",
            ),
            (
                b"-----BEGIN CMS-----\nAAE\n-----END CMS-----\n",
                "not base64",
            ),
            (
                b"-----BEGIN CMS-----\nAA==AAEC\n-----END CMS-----\n",
                "not base64",
            ),
            (
                b"-----BEGIN CMS-----\nMA==\nAAEC\n\nAAEC\n-----END CMS-----\n",
                "not base64",
            ),
        ] {
            let error = read(text, 10).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
