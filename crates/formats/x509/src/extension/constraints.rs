//! What an authority may certify: name constraints, policy mappings and policy constraints.

use const_oid::ObjectIdentifier;

use super::ExtensionValue;
use super::general_name::GeneralName;
use crate::asn1::{self, Reader, integer_value, minimal_integer, tag, tlv};
use crate::error::ParseError;
use crate::oid;

/// `NameConstraints` (RFC 5280 section 4.2.1.10): not both lists are empty.
///
/// ```asn1
/// NameConstraints ::= SEQUENCE {
///     permittedSubtrees [0] GeneralSubtrees OPTIONAL,
///     excludedSubtrees  [1] GeneralSubtrees OPTIONAL }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameConstraints {
    /// Names of these forms must lie in one of these; empty where absent.
    pub permitted: Vec<GeneralSubtree>,
    /// No name may lie in one of these; empty where absent.
    pub excluded: Vec<GeneralSubtree>,
}

/// `GeneralSubtree` (RFC 5280 section 4.2.1.10).
///
/// ```asn1
/// GeneralSubtree ::= SEQUENCE {
///     base GeneralName, minimum [0] BaseDistance DEFAULT 0, maximum [1] BaseDistance OPTIONAL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneralSubtree {
    /// The root of the subtree; an address carries its mask, and a domain or mailbox may be empty.
    pub base: GeneralName,
    /// 0 in the profile.
    pub minimum: u64,
    /// Absent in the profile.
    pub maximum: Option<u64>,
}

impl GeneralSubtree {
    /// A subtree as the profile knows it.
    #[must_use]
    pub fn new(base: GeneralName) -> Self {
        Self {
            base,
            minimum: 0,
            maximum: None,
        }
    }

    fn read(mut reader: Reader<'_>) -> Result<Self, ParseError> {
        const WHAT: &str = "name constraints";
        let base = GeneralName::read_base(&mut reader)?;
        let minimum = match context_integer(&mut reader, 0, WHAT)? {
            None => 0,
            // The default is left out (X.690 section 11.5).
            Some(0) => {
                return Err(ParseError::Invalid {
                    what: WHAT,
                    clause: "X.690 section 11.5",
                });
            }
            Some(number) => number,
        };
        let maximum = context_integer(&mut reader, 1, WHAT)?;
        reader.finish()?;
        Ok(Self {
            base,
            minimum,
            maximum,
        })
    }

    fn encode(&self) -> Vec<u8> {
        let distance = |number: u8, value: Option<u64>| {
            value.map_or_else(Vec::new, |value| context_integer_der(number, value))
        };
        asn1::sequence(&[
            &self.base.to_der(),
            &distance(0, Some(self.minimum).filter(|minimum| *minimum > 0)),
            &distance(1, self.maximum),
        ])
    }
}

impl ExtensionValue for NameConstraints {
    const OID: ObjectIdentifier = oid::NAME_CONSTRAINTS;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "name constraints";
        let mut reader = Reader::sequence(value, WHAT)?;
        let mut lists = [Vec::new(), Vec::new()];
        for (number, list) in (0..).zip(&mut lists) {
            let Some(content) = reader.optional(tag::context_constructed(number), WHAT)? else {
                continue;
            };
            let mut subtrees = Reader::new(content, WHAT);
            // At least one.
            while list.is_empty() || !subtrees.is_empty() {
                list.push(GeneralSubtree::read(subtrees.nested(WHAT)?)?);
            }
        }
        reader.finish()?;
        let [permitted, excluded] = lists;
        if permitted.is_empty() && excluded.is_empty() {
            return Err(ParseError::Invalid {
                what: WHAT,
                clause: "RFC 5280 section 4.2.1.10",
            });
        }
        Ok(Self {
            permitted,
            excluded,
        })
    }

    fn encode(&self) -> Vec<u8> {
        let list = |number: u8, subtrees: &[GeneralSubtree]| {
            if subtrees.is_empty() {
                return Vec::new();
            }
            let encoded: Vec<_> = subtrees.iter().map(GeneralSubtree::encode).collect();
            tlv(tag::context_constructed(number), &encoded.concat())
        };
        asn1::sequence(&[&list(0, &self.permitted), &list(1, &self.excluded)])
    }
}

/// `PolicyMappings` (RFC 5280 section 4.2.1.5): pairs of the issuer's policy and the subject's that it counts as equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyMappings(pub Vec<PolicyMapping>);

/// One pair of equal policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyMapping {
    /// In the issuer's domain.
    pub issuer_domain_policy: ObjectIdentifier,
    /// In the subject's domain.
    pub subject_domain_policy: ObjectIdentifier,
}

impl ExtensionValue for PolicyMappings {
    const OID: ObjectIdentifier = oid::POLICY_MAPPINGS;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "policy mappings";
        let mut reader = Reader::sequence(value, WHAT)?;
        let mut mappings = Vec::new();
        // At least one.
        while mappings.is_empty() || !reader.is_empty() {
            let mut one = reader.nested(WHAT)?;
            mappings.push(PolicyMapping {
                issuer_domain_policy: one.oid(WHAT)?,
                subject_domain_policy: one.oid(WHAT)?,
            });
            one.finish()?;
        }
        Ok(Self(mappings))
    }

    fn encode(&self) -> Vec<u8> {
        let pair = |mapping: &PolicyMapping| {
            asn1::sequence(&[
                &asn1::oid(&mapping.issuer_domain_policy),
                &asn1::oid(&mapping.subject_domain_policy),
            ])
        };
        let pairs: Vec<_> = self.0.iter().map(pair).collect();
        asn1::sequence_of(&pairs)
    }
}

/// `PolicyConstraints` (RFC 5280 section 4.2.1.11): at least one of the two.
///
/// ```asn1
/// PolicyConstraints ::= SEQUENCE {
///     requireExplicitPolicy [0] SkipCerts OPTIONAL,
///     inhibitPolicyMapping  [1] SkipCerts OPTIONAL }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PolicyConstraints {
    /// After how many further certificates a valid policy is required.
    pub require_explicit_policy: Option<u64>,
    /// After how many further certificates policies are mapped no more.
    pub inhibit_policy_mapping: Option<u64>,
}

impl ExtensionValue for PolicyConstraints {
    const OID: ObjectIdentifier = oid::POLICY_CONSTRAINTS;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "policy constraints";
        let mut reader = Reader::sequence(value, WHAT)?;
        let found = Self {
            require_explicit_policy: context_integer(&mut reader, 0, WHAT)?,
            inhibit_policy_mapping: context_integer(&mut reader, 1, WHAT)?,
        };
        reader.finish()?;
        if found == Self::default() {
            return Err(ParseError::Invalid {
                what: WHAT,
                clause: "RFC 5280 section 4.2.1.11",
            });
        }
        Ok(found)
    }

    fn encode(&self) -> Vec<u8> {
        let part = |number: u8, value: Option<u64>| {
            value.map_or_else(Vec::new, |value| context_integer_der(number, value))
        };
        asn1::sequence(&[
            &part(0, self.require_explicit_policy),
            &part(1, self.inhibit_policy_mapping),
        ])
    }
}

/// `InhibitAnyPolicy` (RFC 5280 section 4.2.1.14): after how many further certificates anyPolicy counts no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InhibitAnyPolicy(pub u64);

impl ExtensionValue for InhibitAnyPolicy {
    const OID: ObjectIdentifier = oid::INHIBIT_ANY_POLICY;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        let mut reader = Reader::new(value, "inhibitAnyPolicy");
        let number = reader.integer_u64("inhibitAnyPolicy")?;
        reader.finish()?;
        Ok(Self(number))
    }

    fn encode(&self) -> Vec<u8> {
        asn1::integer_u64(self.0)
    }
}

/// `[number] IMPLICIT INTEGER OPTIONAL` that is not negative.
fn context_integer(
    reader: &mut Reader<'_>,
    number: u8,
    what: &'static str,
) -> Result<Option<u64>, ParseError> {
    match reader.optional(tag::context(number), what)? {
        Some(content) => integer_value(minimal_integer(content, what)?, what).map(Some),
        None => Ok(None),
    }
}

fn context_integer_der(number: u8, value: u64) -> Vec<u8> {
    let mut der = asn1::integer_u64(value);
    if let Some(first) = der.first_mut() {
        *first = tag::context(number);
    }
    der
}

#[cfg(test)]
mod tests {
    use super::*;

    fn oid(text: &str) -> ObjectIdentifier {
        ObjectIdentifier::new_unwrap(text)
    }

    #[test]
    fn constraints_come_back_as_they_were_written() {
        let names = NameConstraints {
            permitted: vec![
                GeneralSubtree::new(GeneralName::Dns("example.com".to_owned())),
                GeneralSubtree::new(GeneralName::Ip(vec![10, 0, 0, 0, 255, 0, 0, 0])),
            ],
            excluded: vec![GeneralSubtree {
                base: GeneralName::Rfc822(String::new()),
                minimum: 3,
                maximum: Some(300),
            }],
        };
        assert_eq!(NameConstraints::decode(&names.encode()), Ok(names));
        let mappings = PolicyMappings(vec![PolicyMapping {
            issuer_domain_policy: oid("1.2.3"),
            subject_domain_policy: oid("1.2.4"),
        }]);
        assert_eq!(PolicyMappings::decode(&mappings.encode()), Ok(mappings));
        for (explicit, mapping) in [(Some(0), None), (None, Some(200)), (Some(1), Some(70_000))] {
            let constraints = PolicyConstraints {
                require_explicit_policy: explicit,
                inhibit_policy_mapping: mapping,
            };
            assert_eq!(
                PolicyConstraints::decode(&constraints.encode()),
                Ok(constraints)
            );
        }
        let inhibit = InhibitAnyPolicy(5);
        assert_eq!(InhibitAnyPolicy::decode(&inhibit.encode()), Ok(inhibit));
    }

    #[test]
    fn what_the_profile_forbids_is_refused() {
        let empty = asn1::sequence(&[]);
        assert!(NameConstraints::decode(&empty).is_err());
        assert!(PolicyMappings::decode(&empty).is_err());
        assert!(PolicyConstraints::decode(&empty).is_err());
        // [0] with no subtree inside.
        assert!(NameConstraints::decode(&[0x30, 2, 0xa0, 0]).is_err());
        // minimum 0 written out.
        assert!(
            NameConstraints::decode(&[0x30, 9, 0xa0, 7, 0x30, 5, 0x82, 0, 0x80, 1, 0]).is_err()
        );
        // A negative number, and one that is not minimal.
        assert!(PolicyConstraints::decode(&[0x30, 3, 0x80, 1, 0xff]).is_err());
        assert!(PolicyConstraints::decode(&[0x30, 4, 0x80, 2, 0, 1]).is_err());
        assert!(InhibitAnyPolicy::decode(&[2, 1, 0xff]).is_err());
    }
}
