//! Attributes beside encrypted content.

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{ObjectIdentifier, ParseError};

/// Most attributes that are read.
const MAX_ATTRIBUTES: usize = 256;

/// `Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }` (RFC 5652 section 5.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentAttribute {
    /// Its type.
    pub kind: ObjectIdentifier,
    /// Its values, each an encoded element.
    pub values: Vec<Vec<u8>>,
}

impl ContentAttribute {
    /// Reads the content of a SET OF attributes.
    pub(crate) fn read_all(content: &[u8]) -> Result<Vec<Self>, ParseError> {
        const WHAT: &str = "attributes";
        let mut reader = Reader::new(content, WHAT);
        let mut attributes = Vec::new();
        while !reader.is_empty() {
            if attributes.len() >= MAX_ATTRIBUTES {
                return Err(ParseError::TooLarge {
                    what: WHAT,
                    octets: attributes.len(),
                    limit: MAX_ATTRIBUTES,
                });
            }
            let mut parts = reader.nested("attribute")?;
            let kind = parts.oid("attribute type")?;
            let mut set = Reader::new(
                parts.read(tag::SET, "attribute values")?,
                "attribute values",
            );
            parts.finish()?;
            let mut values = Vec::new();
            while !set.is_empty() {
                let before = set.rest();
                set.any("attribute value")?;
                let length = before.len().saturating_sub(set.rest().len());
                values.push(before.get(..length).unwrap_or_default().to_vec());
            }
            attributes.push(Self { kind, values });
        }
        Ok(attributes)
    }

    pub(crate) fn to_der(&self) -> Vec<u8> {
        asn1::sequence(&[&asn1::oid(&self.kind), &asn1::set_of(self.values.clone())])
    }

    /// The SET OF with its elements in order: what an authenticating cipher covers (RFC 5083 section 2.2).
    pub(crate) fn set_to_der(attributes: &[Self]) -> Vec<u8> {
        asn1::set_of(attributes.iter().map(Self::to_der).collect())
    }

    /// The same as `[number] IMPLICIT`; nothing where there are none.
    pub(crate) fn set_to_implicit(attributes: &[Self], number: u8) -> Vec<u8> {
        if attributes.is_empty() {
            return Vec::new();
        }
        let mut set = Self::set_to_der(attributes);
        if let Some(identifier) = set.first_mut() {
            *identifier = tag::context_constructed(number);
        }
        set
    }
}
