//! The numbers of lists (RFC 5280 sections 5.2.3 and 5.2.4).

use const_oid::ObjectIdentifier;

use crate::asn1::{self, Reader};
use crate::error::ParseError;
use crate::extension::ExtensionValue;
use crate::oid;

/// `CRLNumber` (section 5.2.3); numbers past 64 bits are refused on reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrlNumber(pub u64);

impl ExtensionValue for CrlNumber {
    const OID: ObjectIdentifier = oid::CRL_NUMBER;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        let mut reader = Reader::new(value, "cRLNumber");
        let number = reader.integer_u64("cRLNumber")?;
        reader.finish()?;
        Ok(Self(number))
    }

    fn encode(&self) -> Vec<u8> {
        asn1::integer_u64(self.0)
    }
}

/// `BaseCRLNumber` (section 5.2.4): the list is a delta to the complete list of this number or a later one; critical.
/// The number is kept as its big-endian octets without leading zeros, since it may have 20 of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeltaCrlIndicator(pub Vec<u8>);

impl ExtensionValue for DeltaCrlIndicator {
    const OID: ObjectIdentifier = oid::DELTA_CRL_INDICATOR;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        number_octets(value, "deltaCRLIndicator").map(Self)
    }

    fn encode(&self) -> Vec<u8> {
        asn1::integer(&self.0)
    }
}

/// The number of an INTEGER of at most 20 octets that is not negative: big-endian, without leading zeros (section 5.2.3).
pub fn number_octets(value: &[u8], what: &'static str) -> Result<Vec<u8>, ParseError> {
    let mut reader = Reader::new(value, what);
    let content = reader.integer(what)?;
    reader.finish()?;
    if content.len() > 20 || content.first().is_some_and(|octet| *octet >= 0x80) {
        return Err(ParseError::Invalid {
            what,
            clause: "RFC 5280 section 5.2.3",
        });
    }
    let first = content.iter().position(|octet| *octet != 0);
    Ok(first
        .and_then(|at| content.get(at..))
        .unwrap_or_default()
        .to_vec())
}
