//! Bags (RFC 7292 section 4.2).
//!
//! ```asn1
//! SafeContents ::= SEQUENCE OF SafeBag
//! SafeBag ::= SEQUENCE { bagId OBJECT IDENTIFIER, bagValue [0] EXPLICIT ANY, bagAttributes SET OF Attribute OPTIONAL }
//! ```

use chancery_x509::asn1::{Reader, tag};
use chancery_x509::{Certificate, ObjectIdentifier, ParseError};
use zeroize::Zeroizing;

use crate::budget::Budget;
use crate::error::{OpenError, Place, ReadError};
use crate::oid;
use crate::opened::{Attributes, Skipped, SkippedKind};
use crate::scheme::Scheme;

/// `SafeContents` inside `SafeContents`: nobody writes more than one.
const MAX_NESTING: usize = 8;

/// The longest friendlyName that is kept, in characters.
const MAX_NAME: usize = 1_000;

/// What a bag holds.
pub(super) enum Bag {
    /// DER `PrivateKeyInfo` in the clear.
    Key(Zeroizing<Vec<u8>>),
    /// `EncryptedPrivateKeyInfo` (RFC 5958 section 3).
    ShroudedKey {
        /// Among the keys of the file, from 1.
        number: usize,
        scheme: Scheme,
        cipher_text: Vec<u8>,
    },
    Certificate(Box<Certificate>),
    Skipped(SkippedKind),
}

/// Reads `SafeContents`, those inside included; gives each bag with its attributes to `take`.
pub(super) fn read(
    safe_contents: &[u8],
    place: Place,
    budget: &mut Budget,
    take: &mut dyn FnMut(Bag, Attributes),
) -> Result<(), OpenError> {
    nested(safe_contents, place, budget, 0, take)
}

fn nested(
    safe_contents: &[u8],
    place: Place,
    budget: &mut Budget,
    depth: usize,
    take: &mut dyn FnMut(Bag, Attributes),
) -> Result<(), OpenError> {
    let damaged = |source| ReadError::Parse(source).at(place);
    let mut bags = Reader::sequence(safe_contents, "SafeContents").map_err(damaged)?;
    while !bags.is_empty() {
        budget.bag()?;
        let mut bag = bags.nested("SafeBag").map_err(damaged)?;
        let kind = bag.oid("bag type").map_err(damaged)?;
        let value = bag
            .read(tag::context_constructed(0), "bag value")
            .map_err(damaged)?;
        let attributes = bag
            .optional(tag::SET, "bag attributes")
            .and_then(|set| attributes(set.unwrap_or_default()))
            .map_err(damaged)?;
        bag.finish().map_err(damaged)?;
        if kind == oid::SAFE_CONTENTS_BAG {
            if depth + 1 >= MAX_NESTING {
                return Err(damaged(ParseError::TooLarge {
                    what: "SafeContents inside one another",
                    octets: depth + 2,
                    limit: MAX_NESTING,
                }));
            }
            nested(value, place, budget, depth + 1, take)?;
        } else {
            let number = match kind {
                oid::KEY_BAG | oid::SHROUDED_KEY_BAG => budget.key()?,
                _ => 0,
            };
            let bag = read_bag(kind, number, value).map_err(|error| error.at(place))?;
            take(bag, attributes);
        }
    }
    Ok(())
}

/// `number` is that of a key.
fn read_bag(kind: ObjectIdentifier, number: usize, value: &[u8]) -> Result<Bag, ReadError> {
    Ok(match kind {
        oid::KEY_BAG => {
            check_private_key(value)?;
            Bag::Key(Zeroizing::new(value.to_vec()))
        }
        oid::SHROUDED_KEY_BAG => {
            let (scheme, cipher_text) = encrypted_private_key(value)?;
            Bag::ShroudedKey {
                number,
                scheme,
                cipher_text,
            }
        }
        oid::CERT_BAG => {
            let mut bag = Reader::sequence(value, "certificate bag")?;
            let kind = bag.oid("certificate type")?;
            let content = bag.read(tag::context_constructed(0), "certificate")?;
            bag.finish()?;
            if kind != oid::X509_CERTIFICATE {
                return Ok(Bag::Skipped(SkippedKind::OtherCertificate { kind }));
            }
            let mut content = Reader::new(content, "certificate");
            let der = content.read(tag::OCTET_STRING, "certificate")?;
            content.finish()?;
            // One certificate that cannot be read keeps nobody from the key beside it.
            match Certificate::from_der(der) {
                Ok(certificate) => Bag::Certificate(Box::new(certificate)),
                Err(source) => Bag::Skipped(SkippedKind::Certificate { source }),
            }
        }
        oid::CRL_BAG => Bag::Skipped(SkippedKind::Crl),
        oid::SECRET_BAG => Bag::Skipped(SkippedKind::Secret),
        kind => Bag::Skipped(SkippedKind::Unknown { kind }),
    })
}

/// The parts of an `EncryptedPrivateKeyInfo` in definite lengths.
pub(super) fn encrypted_private_key(der: &[u8]) -> Result<(Scheme, Vec<u8>), ReadError> {
    let mut info = Reader::sequence(der, "encrypted private key")?;
    let scheme = Scheme::read(info.nested("encryption algorithm")?)?;
    let cipher_text = info
        .read(tag::OCTET_STRING, "encrypted private key")?
        .to_vec();
    info.finish()?;
    Ok((scheme, cipher_text))
}

/// Whether octets have the shape of a `PrivateKeyInfo` (RFC 5208 section 5) or `OneAsymmetricKey` (RFC 5958 section 2).
pub(super) fn check_private_key(der: &[u8]) -> Result<(), ParseError> {
    let mut info = Reader::sequence(der, "private key")?;
    if info.integer_u64("private key version")? > 1 {
        return Err(ParseError::Invalid {
            what: "private key version",
            clause: "RFC 5958 section 2",
        });
    }
    info.nested("private key algorithm")?
        .oid("private key algorithm")?;
    info.read(tag::OCTET_STRING, "private key octets")?;
    info.optional(tag::context_constructed(0), "private key attributes")?;
    info.optional(tag::context(1), "public key")?;
    info.finish()
}

fn attributes(set: &[u8]) -> Result<Attributes, ParseError> {
    let mut out = Attributes::default();
    let mut reader = Reader::new(set, "bag attributes");
    while !reader.is_empty() {
        let mut attribute = reader.nested("bag attribute")?;
        let kind = attribute.oid("attribute type")?;
        let values = attribute.read(tag::SET, "attribute values")?;
        attribute.finish()?;
        let mut values = Reader::new(values, "attribute values");
        // Unknown attributes are programs' own business; damaged values of these two lose a name, not the key.
        match kind {
            oid::FRIENDLY_NAME if values.peek() == Some(tag::BMP_STRING) => {
                let units = values.read(tag::BMP_STRING, "friendlyName")?;
                out.friendly_name = name(units);
            }
            oid::LOCAL_KEY_ID if values.peek() == Some(tag::OCTET_STRING) => {
                let id = values.read(tag::OCTET_STRING, "localKeyId")?;
                out.local_key_id = Some(id.to_vec());
            }
            _ => {}
        }
    }
    Ok(out)
}

/// Some programs end the name with a zero.
fn name(units: &[u8]) -> Option<String> {
    let units = units.chunks_exact(2).map(|unit| match unit {
        [high, low] => u16::from_be_bytes([*high, *low]),
        _ => 0,
    });
    let name: String = char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .take(MAX_NAME)
        .collect();
    let name = name.trim_end_matches('\0');
    (!name.is_empty()).then(|| name.to_owned())
}

impl From<(SkippedKind, Attributes)> for Skipped {
    fn from((kind, attributes): (SkippedKind, Attributes)) -> Self {
        Self {
            kind,
            friendly_name: attributes.friendly_name,
        }
    }
}
