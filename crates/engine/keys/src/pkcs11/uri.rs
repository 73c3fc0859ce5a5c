//! PKCS #11 URIs (RFC 7512): how a module, a token and a key in it are named.

use std::{fmt, str::FromStr};

/// Longest URI that is read.
const LIMIT: usize = 4096;

/// The text is no PKCS #11 URI that can be used here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UriError {
    /// Another scheme, or none.
    #[error("a PKCS #11 URI begins with `pkcs11:` (RFC 7512 section 2.3)")]
    Scheme,
    /// Longer than 4096 octets.
    #[error("the PKCS #11 URI is longer than {LIMIT} octets")]
    Long,
    /// An attribute without `=`.
    #[error("`{part}` is no attribute of the form name=value (RFC 7512 section 2.3)")]
    Syntax {
        /// What stands there.
        part: String,
    },
    /// A character that must be percent-encoded, or a `%` without two hexadecimal digits.
    #[error(
        "the value of `{attribute}` has something that must be percent-encoded (RFC 7512 section 2.3)"
    )]
    Encoding {
        /// Name of the attribute.
        attribute: String,
    },
    /// A text that is not UTF-8, or holds a NUL.
    #[error("the value of `{attribute}` is not UTF-8 text (RFC 7512 section 2.3)")]
    Text {
        /// Name of the attribute.
        attribute: String,
    },
    /// A number or keyword outside of what the attribute may be.
    #[error("`{value}` is no value of `{attribute}` (RFC 7512 section 2.3)")]
    Value {
        /// Name of the attribute.
        attribute: &'static str,
        /// What stands there.
        value: String,
    },
    /// An attribute twice (RFC 7512 section 2.3).
    #[error("`{attribute}` stands there twice (RFC 7512 section 2.3)")]
    Repeated {
        /// Name of the attribute.
        attribute: String,
    },
    /// An attribute of the path that is not known: it would have narrowed what is named, so it cannot be passed over.
    #[error(
        "`{attribute}` is not known, so what the URI names is not known either (RFC 7512 section 2.5)"
    )]
    Unknown {
        /// Name of the attribute.
        attribute: String,
    },
    /// A PIN in the URI, where process lists, logs and backups show it.
    #[error("a PIN does not belong into a URI")]
    PinValue,
}

/// What kind of object a URI names (`type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectType {
    /// `CKO_PRIVATE_KEY`.
    Private,
    /// `CKO_PUBLIC_KEY`.
    Public,
    /// `CKO_CERTIFICATE`.
    Certificate,
    /// `CKO_SECRET_KEY`.
    SecretKey,
    /// `CKO_DATA`.
    Data,
}

impl ObjectType {
    const ALL: [Self; 5] = [
        Self::Private,
        Self::Public,
        Self::Certificate,
        Self::SecretKey,
        Self::Data,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Public => "public",
            Self::Certificate => "cert",
            Self::SecretKey => "secret-key",
            Self::Data => "data",
        }
    }
}

/// A PKCS #11 URI. Each attribute that is absent matches anything (RFC 7512 section 2.5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pkcs11Uri {
    /// `token`: label of the token.
    pub token: Option<String>,
    /// `manufacturer` of the token.
    pub manufacturer: Option<String>,
    /// `serial` number of the token.
    pub serial: Option<String>,
    /// `model` of the token.
    pub model: Option<String>,
    /// `library-manufacturer`.
    pub library_manufacturer: Option<String>,
    /// `library-description`.
    pub library_description: Option<String>,
    /// `library-version`: major and minor.
    pub library_version: Option<(u8, u8)>,
    /// `object`: label of the object.
    pub object: Option<String>,
    /// `type` of the object.
    pub object_type: Option<ObjectType>,
    /// `id` of the object (`CKA_ID`), any octets.
    pub id: Option<Vec<u8>>,
    /// `slot-manufacturer`.
    pub slot_manufacturer: Option<String>,
    /// `slot-description`.
    pub slot_description: Option<String>,
    /// `slot-id`.
    pub slot_id: Option<u64>,
    /// `pin-source`: where the PIN is to be read from.
    pub pin_source: Option<String>,
    /// `module-name`: file name of the module without `lib` and ending.
    pub module_name: Option<String>,
    /// `module-path`: the module's file, or the folder in which `module_name` is looked up.
    pub module_path: Option<String>,
}

impl FromStr for Pkcs11Uri {
    type Err = UriError;

    fn from_str(text: &str) -> Result<Self, UriError> {
        if text.len() > LIMIT {
            return Err(UriError::Long);
        }
        // RFC 3986 section 3.1: schemes are case-insensitive.
        let rest = text
            .get(..7)
            .filter(|scheme| scheme.eq_ignore_ascii_case("pkcs11:"))
            .and_then(|_| text.get(7..))
            .ok_or(UriError::Scheme)?;
        let (path, query) = match rest.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (rest, None),
        };
        let mut uri = Self::default();
        if !path.is_empty() {
            for part in path.split(';') {
                let (name, value) = attribute(part)?;
                uri.take_path(name, &decode(name, value, PATH_ALSO)?)?;
            }
        }
        if let Some(query) = query.filter(|query| !query.is_empty()) {
            for part in query.split('&') {
                let (name, value) = attribute(part)?;
                uri.take_query(name, &decode(name, value, QUERY_ALSO)?)?;
            }
        }
        Ok(uri)
    }
}

/// Name and value of an attribute; the name has letters, digits, `-` and `_` (`pk11-v-attr-nm-char`).
fn attribute(part: &str) -> Result<(&str, &str), UriError> {
    part.split_once('=')
        .filter(|(name, _)| {
            let known = |c: u8| c.is_ascii_alphanumeric() || c == b'-' || c == b'_';
            !name.is_empty() && name.bytes().all(known)
        })
        .ok_or_else(|| UriError::Syntax {
            part: part.to_owned(),
        })
}

/// `pk11-res-avail` of RFC 7512 section 2.3, and what path and query allow besides.
const RESERVED: &[u8] = b":[]@!$'()*+,=";
const PATH_ALSO: &[u8] = b"&";
const QUERY_ALSO: &[u8] = b"/?|";

const fn unreserved(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~')
}

fn decode(attribute: &str, value: &str, also: &[u8]) -> Result<Vec<u8>, UriError> {
    let wrong = || UriError::Encoding {
        attribute: attribute.to_owned(),
    };
    let digit = |octet: Option<u8>| {
        octet
            .and_then(|octet| char::from(octet).to_digit(16))
            .and_then(|digit| u8::try_from(digit).ok())
            .ok_or_else(wrong)
    };
    let mut octets = value.bytes();
    let mut out = Vec::with_capacity(value.len());
    while let Some(octet) = octets.next() {
        if octet == b'%' {
            let high = digit(octets.next())?;
            out.push(high << 4 | digit(octets.next())?);
        } else if unreserved(octet) || RESERVED.contains(&octet) || also.contains(&octet) {
            out.push(octet);
        } else {
            return Err(wrong());
        }
    }
    Ok(out)
}

/// Puts a value where none was.
fn once<T>(slot: &mut Option<T>, attribute: &str, value: T) -> Result<(), UriError> {
    if slot.is_some() {
        return Err(UriError::Repeated {
            attribute: attribute.to_owned(),
        });
    }
    *slot = Some(value);
    Ok(())
}

fn text(attribute: &str, octets: &[u8]) -> Result<String, UriError> {
    String::from_utf8(octets.to_vec())
        .ok()
        .filter(|text| !text.contains('\0'))
        .ok_or_else(|| UriError::Text {
            attribute: attribute.to_owned(),
        })
}

/// Decimal digits alone: `u8::from_str` would take a sign.
fn number<T: FromStr>(attribute: &'static str, digits: &str) -> Result<T, UriError> {
    let wrong = || UriError::Value {
        attribute,
        value: digits.to_owned(),
    };
    if digits.is_empty() || !digits.bytes().all(|octet| octet.is_ascii_digit()) {
        return Err(wrong());
    }
    digits.parse().map_err(|_| wrong())
}

impl Pkcs11Uri {
    fn take_path(&mut self, name: &str, octets: &[u8]) -> Result<(), UriError> {
        if name == "id" {
            return once(&mut self.id, name, octets.to_vec());
        }
        let value = text(name, octets)?;
        match name {
            "library-version" => {
                let (major, minor) = value.split_once('.').unwrap_or((&value, "0"));
                let version = (
                    number("library-version", major)?,
                    number("library-version", minor)?,
                );
                once(&mut self.library_version, name, version)
            }
            "slot-id" => once(&mut self.slot_id, name, number("slot-id", &value)?),
            "type" => {
                let found = ObjectType::ALL
                    .into_iter()
                    .find(|known| known.name() == value)
                    .ok_or(UriError::Value {
                        attribute: "type",
                        value,
                    })?;
                once(&mut self.object_type, name, found)
            }
            _ => {
                let slot = self.path_text(name).ok_or_else(|| UriError::Unknown {
                    attribute: name.to_owned(),
                })?;
                once(slot, name, value)
            }
        }
    }

    fn path_text(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "token" => &mut self.token,
            "manufacturer" => &mut self.manufacturer,
            "serial" => &mut self.serial,
            "model" => &mut self.model,
            "library-manufacturer" => &mut self.library_manufacturer,
            "library-description" => &mut self.library_description,
            "object" => &mut self.object,
            "slot-manufacturer" => &mut self.slot_manufacturer,
            "slot-description" => &mut self.slot_description,
            _ => return None,
        })
    }

    fn take_query(&mut self, name: &str, octets: &[u8]) -> Result<(), UriError> {
        let slot = match name {
            "pin-value" => return Err(UriError::PinValue),
            "pin-source" => &mut self.pin_source,
            "module-name" => &mut self.module_name,
            "module-path" => &mut self.module_path,
            // RFC 7512 section 2.5: of the query, what is not known is passed over.
            _ => return Ok(()),
        };
        once(slot, name, text(name, octets)?)
    }
}

impl fmt::Display for Pkcs11Uri {
    /// The attributes in the order of RFC 7512 section 2.3.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("pkcs11:")?;
        let version = self
            .library_version
            .map(|(major, minor)| format!("{major}.{minor}"));
        let slot_id = self.slot_id.map(|id| id.to_string());
        let path = [
            ("token", self.token.as_deref()),
            ("manufacturer", self.manufacturer.as_deref()),
            ("serial", self.serial.as_deref()),
            ("model", self.model.as_deref()),
            ("library-manufacturer", self.library_manufacturer.as_deref()),
            ("library-description", self.library_description.as_deref()),
            ("library-version", version.as_deref()),
            ("slot-manufacturer", self.slot_manufacturer.as_deref()),
            ("slot-description", self.slot_description.as_deref()),
            ("slot-id", slot_id.as_deref()),
            ("object", self.object.as_deref()),
            ("type", self.object_type.map(ObjectType::name)),
        ];
        let mut separator = "";
        for (name, value) in path {
            let Some(value) = value else { continue };
            write!(f, "{separator}{name}=")?;
            encode(f, value.as_bytes(), b"")?;
            separator = ";";
        }
        if let Some(id) = &self.id {
            // RFC 7512 section 2.3: the whole of `id` should be percent-encoded.
            write!(f, "{separator}id=")?;
            id.iter().try_for_each(|octet| write!(f, "%{octet:02X}"))?;
        }
        let query = [
            ("pin-source", self.pin_source.as_deref()),
            ("module-name", self.module_name.as_deref()),
            ("module-path", self.module_path.as_deref()),
        ];
        separator = "?";
        for (name, value) in query {
            let Some(value) = value else { continue };
            write!(f, "{separator}{name}=")?;
            encode(f, value.as_bytes(), b"/:")?;
            separator = "&";
        }
        Ok(())
    }
}

fn encode(f: &mut fmt::Formatter<'_>, octets: &[u8], also: &[u8]) -> fmt::Result {
    octets.iter().try_for_each(|octet| {
        if unreserved(*octet) || also.contains(octet) {
            write!(f, "{}", char::from(*octet))
        } else {
            write!(f, "%{octet:02X}")
        }
    })
}

#[cfg(test)]
mod tests;
