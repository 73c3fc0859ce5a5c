//! Header fields (RFC 5322 section 2.2), kept as they came.

use super::SmimeError;
use super::content_type::ContentType;

/// Most fields of a header: honest mail has a few dozen, after many hops some hundred.
const MAX_FIELDS: usize = 2_000;

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    name: String,
    raw: Vec<u8>,
}

impl Field {
    /// A field of one line; line breaks in the value become blanks.
    #[must_use]
    pub fn new(name: &str, value: &str) -> Self {
        let value = value.replace(['\r', '\n'], " ");
        Self {
            name: name.to_owned(),
            raw: format!("{name}: {}\r\n", value.trim()).into_bytes(),
        }
    }

    /// A field whose value is another field, folded as that is.
    pub(super) fn around(name: &str, field: &Self) -> Self {
        Self {
            name: name.to_owned(),
            raw: [name.as_bytes(), b": ", &field.raw].concat(),
        }
    }

    /// The field with a parameter more, on a line of its own.
    pub(super) fn with_parameter(&self, parameter: &str) -> Self {
        let raw = self.raw.trim_ascii_end();
        let raw = raw.strip_suffix(b";").unwrap_or(raw);
        Self {
            name: self.name.clone(),
            raw: [raw, b";\r\n ", parameter.as_bytes(), b"\r\n"].concat(),
        }
    }

    /// The name as written.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the field has this name, in whatever case.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value on one line: folding undone (RFC 5322 section 2.2.3), white space around it cut off.
    #[must_use]
    pub fn value(&self) -> String {
        let after = self.raw.get(self.name.len()..).unwrap_or_default();
        let text = String::from_utf8_lossy(after);
        let text = text.trim_start_matches([' ', '\t']);
        let text = text.strip_prefix(':').unwrap_or(text);
        text.replace(['\r', '\n'], "").trim().to_owned()
    }

    /// The field as it came, with CRLF at the end of each line.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.raw
    }

    /// Whether it describes the body (RFC 2045 section 3), not the message: such fields stay with their entity.
    #[must_use]
    pub fn is_structural(&self) -> bool {
        self.is("MIME-Version")
            || self
                .name
                .get(..8)
                .is_some_and(|start| start.eq_ignore_ascii_case("content-"))
    }
}

/// The header of a message or part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    fields: Vec<Field>,
}

impl Header {
    /// Octets of the largest header that is read, without the empty line behind it.
    pub const MAX_LEN: usize = 256 << 10;

    /// Of these fields.
    #[must_use]
    pub fn new(fields: Vec<Field>) -> Self {
        Self { fields }
    }

    /// Splits an entity at its first empty line: header and body. Without one, all of it is header.
    pub fn split(entity: &[u8]) -> Result<(Self, &[u8]), SmimeError> {
        let mut reader = HeaderReader::new();
        match reader.feed(entity)? {
            Some(split) => Ok(split),
            None => Ok((reader.finish()?, &[])),
        }
    }

    /// Reads the lines before the empty one; line ends may be CRLF or LF.
    pub fn parse(octets: &[u8]) -> Result<Self, SmimeError> {
        if octets.len() > Self::MAX_LEN {
            return Err(SmimeError::HeaderTooLarge {
                limit: Self::MAX_LEN,
            });
        }
        let mut fields: Vec<Field> = Vec::new();
        for (at, line) in octets.split(|octet| *octet == b'\n').enumerate() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.is_empty() {
                break;
            }
            if at == 0 && line.starts_with(b"From ") {
                // The mark before each message of a mailbox file.
                continue;
            }
            if line.starts_with(b" ") || line.starts_with(b"\t") {
                let last = fields.last_mut().ok_or(SmimeError::NotMime)?;
                last.raw.extend_from_slice(line);
                last.raw.extend_from_slice(b"\r\n");
                continue;
            }
            let colon = line
                .iter()
                .position(|octet| *octet == b':')
                .ok_or(SmimeError::NotMime)?;
            let name = line.get(..colon).unwrap_or_default().trim_ascii_end();
            if fields.len() >= MAX_FIELDS {
                return Err(SmimeError::TooManyFields { limit: MAX_FIELDS });
            }
            let is_name = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
            fields.push(Field {
                name: std::str::from_utf8(name)
                    .ok()
                    .filter(|_| is_name)
                    .ok_or(SmimeError::NotMime)?
                    .to_owned(),
                raw: [line, b"\r\n"].concat(),
            });
        }
        Ok(Self { fields })
    }

    /// All fields, in order.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The fields of one name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(move |field| field.is(name))
    }

    /// The field of a name that must not occur twice.
    pub fn single(&self, name: &'static str) -> Result<Option<&Field>, SmimeError> {
        let mut found = self.all(name);
        match (found.next(), found.next()) {
            (field, None) => Ok(field),
            _ => Err(SmimeError::DuplicateField { name }),
        }
    }

    /// The Content-Type; `text/plain` where there is none (RFC 2045 section 5.2).
    pub fn content_type(&self) -> Result<ContentType, SmimeError> {
        match self.single("Content-Type")? {
            None => Ok(ContentType::default()),
            Some(field) => ContentType::parse(&field.value()),
        }
    }

    /// The Content-Transfer-Encoding, in lower case; `7bit` where there is none (RFC 2045 section 6.1).
    pub fn transfer_encoding(&self) -> Result<String, SmimeError> {
        Ok(self.single("Content-Transfer-Encoding")?.map_or_else(
            || "7bit".to_owned(),
            |field| field.value().to_ascii_lowercase(),
        ))
    }

    /// The lines of all fields, without the empty line behind them.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.fields
            .iter()
            .flat_map(|field| field.raw.clone())
            .collect()
    }
}

/// Reads a header that comes in pieces. It ends at its first empty line, of CRLF or LF alone, whatever line ends came before
/// (RFC 5322 section 2.1): whoever looks for the end of a header looks here, so that nobody takes for a field what another reader takes for text.
#[derive(Clone, Debug, Default)]
pub struct HeaderReader {
    held: Vec<u8>,
    line: Line,
}

/// What has come of the line under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Line {
    #[default]
    Nothing,
    Return,
    Text,
}

impl HeaderReader {
    /// Before the first octet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a piece. The header, once it is whole, and the octets of this piece that follow the empty line; after that the reader is
    /// of no more use.
    pub fn feed<'a>(&mut self, piece: &'a [u8]) -> Result<Option<(Header, &'a [u8])>, SmimeError> {
        let mut taken = 0_usize;
        for part in piece.split_inclusive(|octet| *octet == b'\n') {
            let line = match (self.line, part) {
                (Line::Nothing, b"\n" | b"\r\n") | (Line::Return, b"\n") => {
                    let (fields, rest) = piece.split_at_checked(taken).unwrap_or((piece, &[]));
                    self.hold(fields)?;
                    let held = std::mem::take(&mut self.held);
                    let fields = match self.line {
                        Line::Return => held.strip_suffix(b"\r").unwrap_or(&held),
                        Line::Nothing | Line::Text => &held,
                    };
                    let body = rest.get(part.len()..).unwrap_or_default();
                    return Ok(Some((Header::parse(fields)?, body)));
                }
                (Line::Nothing, b"\r") => Line::Return,
                (_, part) if part.ends_with(b"\n") => Line::Nothing,
                _ => Line::Text,
            };
            self.line = line;
            taken = taken.saturating_add(part.len());
        }
        self.hold(piece)?;
        Ok(None)
    }

    /// No more comes: all that came is header.
    pub fn finish(self) -> Result<Header, SmimeError> {
        Header::parse(&self.held)
    }

    fn hold(&mut self, octets: &[u8]) -> Result<(), SmimeError> {
        // One more, for the return before an empty line that is cut in two.
        if self.held.len().saturating_add(octets.len()) > Header::MAX_LEN.saturating_add(1) {
            return Err(SmimeError::HeaderTooLarge {
                limit: Header::MAX_LEN,
            });
        }
        self.held.extend_from_slice(octets);
        Ok(())
    }
}
