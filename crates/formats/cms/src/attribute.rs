//! Attributes (RFC 5652 section 5.3): of a signer, and beside encrypted content.

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{ObjectIdentifier, ParseError};

/// Most attributes of one set that are read.
const MAX_ATTRIBUTES: usize = 100;
/// Most values of one attribute that are read: a value of two octets takes many times as much in memory.
const MAX_VALUES: usize = 20;

/// An attribute.
///
/// ```asn1
/// Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its type.
    pub oid: ObjectIdentifier,
    /// Its values, each one encoded element.
    pub values: Vec<Vec<u8>>,
}

impl Attribute {
    /// With one value, an encoded element.
    #[must_use]
    pub fn new(oid: ObjectIdentifier, value: Vec<u8>) -> Self {
        Self {
            oid,
            values: vec![value],
        }
    }

    /// DER, the values in order.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        asn1::sequence(&[&asn1::oid(&self.oid), &asn1::set_of(self.values.clone())])
    }

    /// Reads the content of a `SET OF Attribute`.
    pub(crate) fn read_all(content: &[u8]) -> Result<Vec<Self>, ParseError> {
        let mut reader = Reader::new(content, "attributes");
        let mut attributes = Vec::new();
        while !reader.is_empty() {
            if attributes.len() >= MAX_ATTRIBUTES {
                return Err(ParseError::TooLarge {
                    what: "attributes",
                    octets: content.len(),
                    limit: MAX_ATTRIBUTES,
                });
            }
            let mut parts = reader.nested("attribute")?;
            let oid = parts.oid("attribute type")?;
            let mut set = Reader::new(
                parts.read(tag::SET, "attribute values")?,
                "attribute values",
            );
            parts.finish()?;
            let mut values = Vec::new();
            while let Some(next) = set.peek() {
                if values.len() >= MAX_VALUES {
                    return Err(ParseError::TooLarge {
                        what: "attribute values",
                        octets: set.rest().len(),
                        limit: MAX_VALUES,
                    });
                }
                values.push(set.raw(next, "attribute value")?.to_vec());
            }
            attributes.push(Self { oid, values });
        }
        Ok(attributes)
    }

    /// The SET OF with its elements in order: what is signed (RFC 5652 section 5.4), and what an authenticating cipher covers (RFC 5083
    /// section 2.2).
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
