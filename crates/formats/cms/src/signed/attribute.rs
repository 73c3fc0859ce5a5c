//! The attributes of a signer (RFC 5652 sections 5.3 and 11).

use chancery_x509::asn1::{self, tag};
use chancery_x509::{ObjectIdentifier, ParseError};

use super::SignatureFault;
use crate::Attribute;

/// The attributes of a signer, in the order received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    list: Vec<Attribute>,
    received: Vec<u8>,
}

impl Attributes {
    /// Reads the content of a `SET OF Attribute`.
    pub(super) fn from_content(content: &[u8]) -> Result<Self, ParseError> {
        Ok(Self {
            list: Attribute::read_all(content)?,
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
        Attribute::set_to_der(&self.list)
    }

    /// The SET OF in the order received: what signers that do not put it in order have signed.
    #[must_use]
    pub fn as_received(&self) -> Vec<u8> {
        asn1::tlv(tag::SET, &self.received)
    }
}
