//! Distinguished names (RFC 5280 section 4.1.2.4, X.501).

mod kind;
mod text;

use std::fmt;

use thiserror::Error;

use crate::asn1::{self, Reader, tag};
use crate::error::ParseError;

pub use kind::AttributeKind;
pub use text::{NameTextError, escaped};

/// A name: the DER as it came or was made, and its attributes for reading. Two names are equal when their DER is.
#[derive(Clone, Default)]
pub struct Name {
    der: Vec<u8>,
    rdns: Vec<Vec<Attribute>>,
}

/// One attribute of a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Attribute {
    /// Its type.
    pub kind: AttributeKind,
    /// Its value; a type of string that is not known here reads `#` and the value's DER in hexadecimal (RFC 4514 section 2.4).
    pub value: String,
}

/// Why attributes do not make a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NameError {
    /// An attribute without a value.
    #[error("{kind} is empty")]
    Empty {
        /// Which.
        kind: AttributeKind,
    },
    /// A character that the attribute's type of string does not have.
    #[error("{kind} cannot contain {character:?}")]
    Character {
        /// Which attribute.
        kind: AttributeKind,
        /// The first such character.
        character: char,
    },
    /// A country that is not two letters (ISO 3166-1).
    #[error("{kind} is a code of two letters, as CZ")]
    Country {
        /// Which attribute.
        kind: AttributeKind,
    },
}

impl Attribute {
    /// An attribute.
    #[must_use]
    pub fn new(kind: AttributeKind, value: impl Into<String>) -> Self {
        Self {
            kind,
            value: value.into(),
        }
    }

    /// `AttributeTypeAndValue`, the value in the type of string that the attribute's definition wants.
    fn to_der(&self) -> Result<Vec<u8>, NameError> {
        let kind = self.kind;
        if self.value.is_empty() {
            return Err(NameError::Empty { kind });
        }
        let refuse = |allowed: fn(char) -> bool| match self.value.chars().find(|c| !allowed(*c)) {
            Some(character) => Err(NameError::Character { kind, character }),
            None => Ok(()),
        };
        let value = match kind {
            AttributeKind::CountryName | AttributeKind::JurisdictionCountryName => {
                let letters = self.value.bytes().filter(u8::is_ascii_uppercase).count();
                if letters != 2 || self.value.len() != 2 {
                    return Err(NameError::Country { kind });
                }
                asn1::printable_string(&self.value)
            }
            AttributeKind::SerialNumber | AttributeKind::DnQualifier => {
                refuse(is_printable)?;
                asn1::printable_string(&self.value)
            }
            AttributeKind::EmailAddress | AttributeKind::DomainComponent => {
                refuse(|c| c.is_ascii() && !c.is_ascii_control())?;
                asn1::ia5_string(&self.value)
            }
            _ => {
                refuse(|c| !c.is_control())?;
                asn1::utf8_string(&self.value)
            }
        };
        Ok(asn1::sequence(&[&asn1::oid(&kind.oid()), &value]))
    }
}

/// `PrintableString`'s characters (X.680 section 41.4).
fn is_printable(c: char) -> bool {
    c.is_ascii_alphanumeric() || " '()+,-./:=?".contains(c)
}

impl Name {
    /// A name of these attributes in this order, one a relative distinguished name. Countries and serial numbers are written as
    /// `PrintableString`, e-mail addresses and domain components as `IA5String`, all else as `UTF8String` (RFC 5280 section 4.1.2.4, appendix A.1).
    pub fn new(attributes: impl IntoIterator<Item = Attribute>) -> Result<Self, NameError> {
        Self::from_rdns(
            attributes
                .into_iter()
                .map(|attribute| vec![attribute])
                .collect(),
        )
    }

    /// A name of relative distinguished names, each a set of attributes.
    pub fn from_rdns(rdns: Vec<Vec<Attribute>>) -> Result<Self, NameError> {
        let encoded = rdns
            .iter()
            .map(|rdn| {
                let attributes: Result<Vec<_>, _> = rdn.iter().map(Attribute::to_der).collect();
                Ok(asn1::set_of(attributes?))
            })
            .collect::<Result<Vec<_>, NameError>>()?;
        Ok(Self {
            der: asn1::sequence_of(&encoded),
            rdns,
        })
    }

    /// Reads a DER `Name`.
    pub fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        let mut sequence = Reader::sequence(der, "name")?;
        let mut rdns = Vec::new();
        while !sequence.is_empty() {
            let mut set = Reader::new(sequence.read(tag::SET, "relative name")?, "relative name");
            let mut attributes = Vec::new();
            while !set.is_empty() {
                attributes.push(read_attribute(set.nested("name attribute")?)?);
            }
            if attributes.is_empty() {
                return Err(ParseError::Invalid {
                    what: "relative name",
                    clause: "RFC 5280 section 4.1.2.4",
                });
            }
            rdns.push(attributes);
        }
        Ok(Self {
            der: der.to_vec(),
            rdns,
        })
    }

    /// The DER, byte for byte as it came: chaining compares these.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        // An empty SEQUENCE, for the name made by Default.
        if self.der.is_empty() {
            &[tag::SEQUENCE, 0]
        } else {
            &self.der
        }
    }

    /// Whether there are no attributes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rdns.is_empty()
    }

    /// The attributes in the order of the encoding.
    pub fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.rdns.iter().flatten()
    }

    /// The relative distinguished names in the order of the encoding.
    #[must_use]
    pub fn rdns(&self) -> &[Vec<Attribute>] {
        &self.rdns
    }

    /// The first value of a kind.
    #[must_use]
    pub fn first(&self, kind: AttributeKind) -> Option<&str> {
        self.all(kind).next()
    }

    /// All values of a kind, in order.
    pub fn all(&self, kind: AttributeKind) -> impl Iterator<Item = &str> {
        self.attributes()
            .filter(move |attribute| attribute.kind == kind)
            .map(|attribute| attribute.value.as_str())
    }

    /// The common name.
    #[must_use]
    pub fn common_name(&self) -> Option<&str> {
        self.first(AttributeKind::CommonName)
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.as_der() == other.as_der()
    }
}

impl Eq for Name {}

impl std::hash::Hash for Name {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_der().hash(state);
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({self})")
    }
}

fn read_attribute(mut reader: Reader<'_>) -> Result<Attribute, ParseError> {
    let kind = AttributeKind::from_oid(reader.oid("name attribute type")?);
    let encoded = reader.rest();
    let (tag, content) = reader.any("name attribute value")?;
    reader.finish()?;
    let value = string_value(tag, content)
        .unwrap_or_else(|| format!("#{}", crate::hex::encode(encoded, "")));
    Ok(Attribute { kind, value })
}

/// The text of a string of any of the types that names are found with: its identifier octet and its content. None for another type, or damage.
#[must_use]
pub fn string_value(tag: u8, content: &[u8]) -> Option<String> {
    match tag {
        tag::UTF8_STRING => std::str::from_utf8(content).ok().map(str::to_owned),
        tag::PRINTABLE_STRING | tag::IA5_STRING | tag::NUMERIC_STRING | tag::VISIBLE_STRING => {
            let text = std::str::from_utf8(content).ok()?;
            text.is_ascii().then(|| text.to_owned())
        }
        // T.61 in name, Latin-1 in the practice of those who wrote it.
        tag::TELETEX_STRING => Some(content.iter().copied().map(char::from).collect()),
        tag::BMP_STRING if content.len().is_multiple_of(2) => {
            let units = content.chunks_exact(2).map(|pair| {
                pair.iter()
                    .fold(0_u16, |unit, octet| (unit << 8) | u16::from(*octet))
            });
            char::decode_utf16(units).collect::<Result<_, _>>().ok()
        }
        tag::UNIVERSAL_STRING if content.len().is_multiple_of(4) => content
            .chunks_exact(4)
            .map(|four| {
                char::from_u32(
                    four.iter()
                        .fold(0, |code, octet| (code << 8) | u32::from(*octet)),
                )
            })
            .collect(),
        _ => None,
    }
}
