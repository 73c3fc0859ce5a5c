//! Attributes of a signer (RFC 5652 sections 5.3 and 11).

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{ObjectIdentifier, ParseError};

use super::SignatureFault;

/// Most attributes of one signer that are read.
const MAX_ATTRIBUTES: usize = 100;
/// Most values of one attribute that are read.
const MAX_VALUES: usize = 20;

/// An attribute.
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
}

/// The attributes of a signer, in the order received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    list: Vec<Attribute>,
    received: Vec<u8>,
}

impl Attributes {
    /// Reads the content of a `SET OF Attribute`.
    pub(super) fn from_content(content: &[u8]) -> Result<Self, ParseError> {
        let mut reader = Reader::new(content, "attributes");
        let mut list = Vec::new();
        while !reader.is_empty() {
            if list.len() >= MAX_ATTRIBUTES {
                return Err(ParseError::TooLarge {
                    what: "attributes",
                    octets: content.len(),
                    limit: MAX_ATTRIBUTES,
                });
            }
            let mut attribute = reader.nested("attribute")?;
            let oid = attribute.oid("attribute type")?;
            let mut set = Reader::new(
                attribute.read(tag::SET, "attribute values")?,
                "attribute values",
            );
            attribute.finish()?;
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
            list.push(Attribute { oid, values });
        }
        Ok(Self {
            list,
            received: content.to_vec(),
        })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Attribute> {
        self.list.iter()
    }

    /// Every value of the attributes of one type.
    pub fn values(&self, oid: ObjectIdentifier) -> impl Iterator<Item = &[u8]> {
        self.list
            .iter()
            .filter(move |attribute| attribute.oid == oid)
            .flat_map(|attribute| attribute.values.iter().map(Vec::as_slice))
    }

    /// The value of an attribute that occurs at most once, with exactly one value, as the standards ask of nearly all.
    pub fn single(&self, oid: ObjectIdentifier) -> Result<Option<&[u8]>, SignatureFault> {
        let mut found = self.list.iter().filter(|attribute| attribute.oid == oid);
        match (found.next(), found.next()) {
            (None, _) => Ok(None),
            (Some(attribute), None) => match attribute.values.as_slice() {
                [value] => Ok(Some(value)),
                _ => Err(SignatureFault::AttributeNotSingle { oid }),
            },
            (Some(_), Some(_)) => Err(SignatureFault::AttributeNotSingle { oid }),
        }
    }

    /// DER of the SET OF: what is signed (RFC 5652 section 5.4).
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        asn1::set_of(self.list.iter().map(Attribute::to_der).collect())
    }

    /// The SET OF in the order received: what signers that do not put it in order have signed.
    #[must_use]
    pub fn as_received(&self) -> Vec<u8> {
        asn1::tlv(tag::SET, &self.received)
    }
}
