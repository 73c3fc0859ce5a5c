//! Distinguished names as validation compares them (RFC 5280 section 7.1).

mod prepare;

use chancery_x509::asn1::{Reader, tag};
use chancery_x509::{Name, ParseError};

/// A name in canonical form: two names are equal by RFC 5280 section 7.1 exactly where their keys are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NameKey {
    octets: Vec<u8>,
    // Where each relative distinguished name ends in `octets`.
    ends: Vec<usize>,
}

impl NameKey {
    /// The canonical form of a name.
    #[must_use]
    pub fn new(name: &Name) -> Self {
        // A Name was read before: it can be read again.
        Self::read(name.as_der()).unwrap_or_else(|_| Self {
            octets: name.as_der().to_vec(),
            ends: vec![name.as_der().len()],
        })
    }

    fn read(der: &[u8]) -> Result<Self, ParseError> {
        let mut rdns = Reader::sequence(der, "name")?;
        let mut key = Self {
            // Four octets more for each type and value than DER has.
            octets: Vec::with_capacity(der.len() * 2),
            ends: Vec::with_capacity(4),
        };
        while !rdns.is_empty() {
            key.push(rdns.read(tag::SET, "relative name")?)?;
        }
        Ok(key)
    }

    /// This name with one more relative distinguished name, the content of whose SET is given: nameRelativeToCRLIssuer.
    pub(crate) fn child(&self, rdn: &[u8]) -> Result<Self, ParseError> {
        let mut key = self.clone();
        key.push(rdn)?;
        Ok(key)
    }

    fn push(&mut self, rdn: &[u8]) -> Result<(), ParseError> {
        let mut set = Reader::new(rdn, "relative name");
        let first = set.nested("name attribute")?;
        if set.is_empty() {
            attribute(first, &mut self.octets)?;
        } else {
            let mut attributes = vec![alone(first)?];
            while !set.is_empty() {
                attributes.push(alone(set.nested("name attribute")?)?);
            }
            // A relative name is a set: encodings that are not in order mean the same.
            attributes.sort();
            self.octets.extend(attributes.concat());
        }
        self.ends.push(self.octets.len());
        Ok(())
    }

    /// Whether all values were prepared: others may mean the same as a name that differs from them.
    #[cfg(not(feature = "unicode"))]
    pub(crate) fn is_prepared(&self) -> bool {
        let mut rest = self.octets.as_slice();
        while !rest.is_empty() {
            let mark = uncounted(&mut rest).and_then(|_| rest.split_off_first());
            if mark != Some(&0) || uncounted(&mut rest).is_none() {
                return false;
            }
        }
        true
    }

    /// Whether there are no attributes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether this name lies in the subtree of `base`: begins with all its relative distinguished names.
    #[must_use]
    pub fn is_within(&self, base: &Self) -> bool {
        self.ends.starts_with(&base.ends) && self.octets.starts_with(&base.octets)
    }
}

/// Adds type and prepared value, each with its length before it.
fn attribute(mut reader: Reader<'_>, out: &mut Vec<u8>) -> Result<(), ParseError> {
    let kind = reader.read(tag::OID, "name attribute")?;
    let (found, content) = reader.any("name attribute")?;
    reader.finish()?;
    counted(out, |out| out.extend_from_slice(kind));
    let mark = out.len();
    // 0 marks a prepared string; it is no identifier octet of a value.
    out.push(0);
    counted(out, |out| {
        if !prepare::prepare(found, content, out) {
            if let Some(mark) = out.get_mut(mark) {
                *mark = found;
            }
            out.extend_from_slice(content);
        }
    });
    Ok(())
}

/// One attribute of several.
fn alone(reader: Reader<'_>) -> Result<Vec<u8>, ParseError> {
    let mut out = Vec::new();
    attribute(reader, &mut out)?;
    Ok(out)
}

/// What `write` adds, with its length in four octets before it.
fn counted(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    out.extend([0; 4]);
    let content = out.len();
    write(out);
    let length = u32::try_from(out.len() - content).unwrap_or(u32::MAX);
    if let Some(place) = out.get_mut(start..content) {
        place.copy_from_slice(&length.to_be_bytes());
    }
}

/// Takes off what [`counted`] added.
#[cfg(not(feature = "unicode"))]
fn uncounted<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, behind) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (content, behind) = behind.split_at_checked(length)?;
    *rest = behind;
    Some(content)
}

#[cfg(test)]
mod tests {
    use chancery_x509::asn1::{self, tag};

    use super::*;

    fn name(rdns: &[&[(&str, u8, &str)]]) -> NameKey {
        let rdns: Vec<_> = rdns
            .iter()
            .map(|rdn| {
                let attributes: Vec<_> = rdn
                    .iter()
                    .map(|(kind, tag, value)| {
                        asn1::sequence(&[
                            &asn1::oid(&kind.parse().unwrap()),
                            &asn1::tlv(*tag, value.as_bytes()),
                        ])
                    })
                    .collect();
                asn1::tlv(tag::SET, &attributes.concat())
            })
            .collect();
        NameKey::new(&Name::from_der(&asn1::sequence_of(&rdns)).unwrap())
    }

    const C: &str = "2.5.4.6";
    const O: &str = "2.5.4.10";
    const CN: &str = "2.5.4.3";

    #[test]
    fn encodings_of_one_name_meet() {
        let printable = name(&[
            &[(C, tag::PRINTABLE_STRING, "CZ")],
            &[(O, tag::PRINTABLE_STRING, "Test  Org")],
        ]);
        let utf8 = name(&[
            &[(C, tag::PRINTABLE_STRING, "cz")],
            &[(O, tag::UTF8_STRING, " TEST org")],
        ]);
        assert_eq!(printable, utf8);
        let ordered = name(&[&[(O, tag::UTF8_STRING, "x"), (CN, tag::UTF8_STRING, "y")]]);
        let swapped = name(&[&[(CN, tag::UTF8_STRING, "Y"), (O, tag::UTF8_STRING, "X")]]);
        assert_eq!(ordered, swapped);
    }

    #[test]
    fn order_grouping_and_kind_count() {
        let one = (C, tag::UTF8_STRING, "a");
        let two = (O, tag::UTF8_STRING, "b");
        assert_ne!(name(&[&[one], &[two]]), name(&[&[two], &[one]]));
        assert_ne!(name(&[&[one], &[two]]), name(&[&[one, two]]));
        assert_ne!(name(&[&[one]]), name(&[&[(O, tag::UTF8_STRING, "a")]]));
        // What is no string never equals one that happens to have its octets.
        assert_ne!(
            name(&[&[(CN, tag::OCTET_STRING, "a")]]),
            name(&[&[(CN, tag::UTF8_STRING, "a")]])
        );
    }

    #[test]
    fn a_subtree_ends_at_a_relative_name() {
        let base = name(&[&[(C, tag::UTF8_STRING, "cz")]]);
        let below = name(&[
            &[(C, tag::UTF8_STRING, "CZ")],
            &[(O, tag::UTF8_STRING, "a")],
        ]);
        let beside = name(&[&[(C, tag::UTF8_STRING, "cz"), (O, tag::UTF8_STRING, "a")]]);
        assert!(below.is_within(&base) && base.is_within(&base));
        assert!(!base.is_within(&below) && !beside.is_within(&base));
        assert!(below.is_within(&NameKey::new(&Name::default())));
    }
}
