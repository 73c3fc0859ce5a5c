//! Certificate policies.

use std::collections::BTreeSet;

use const_oid::ObjectIdentifier;

use super::ExtensionValue;
use crate::asn1::{self, Reader};
use crate::error::ParseError;
use crate::oid;

/// `CertificatePolicies` (RFC 5280 section 4.2.1.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificatePolicies(pub Vec<PolicyInformation>);

/// One policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyInformation {
    /// Which.
    pub policy: ObjectIdentifier,
    /// What is said about it.
    pub qualifiers: Vec<PolicyQualifier>,
}

/// What is said about a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyQualifier {
    /// The address of the certification practice statement.
    CpsUri(String),
    /// A notice or another qualifier, kept as it came.
    Other {
        /// Which.
        kind: ObjectIdentifier,
        /// Its DER.
        value: Vec<u8>,
    },
}

impl PolicyInformation {
    /// A policy without qualifiers.
    #[must_use]
    pub fn new(policy: ObjectIdentifier) -> Self {
        Self {
            policy,
            qualifiers: Vec::new(),
        }
    }

    /// A policy with the address of its practice statement.
    #[must_use]
    pub fn with_cps(policy: ObjectIdentifier, address: &str) -> Self {
        Self {
            policy,
            qualifiers: vec![PolicyQualifier::CpsUri(address.to_owned())],
        }
    }

    fn read(mut reader: Reader<'_>) -> Result<Self, ParseError> {
        let policy = reader.oid("policy identifier")?;
        let mut qualifiers = Vec::new();
        if !reader.is_empty() {
            let mut all = reader.nested("policy qualifiers")?;
            // At least one.
            while qualifiers.is_empty() || !all.is_empty() {
                qualifiers.push(PolicyQualifier::read(all.nested("policy qualifier")?)?);
            }
        }
        reader.finish()?;
        Ok(Self { policy, qualifiers })
    }

    fn encode(&self) -> Vec<u8> {
        let qualifiers: Vec<_> = self
            .qualifiers
            .iter()
            .map(PolicyQualifier::encode)
            .collect();
        let qualifiers = if qualifiers.is_empty() {
            Vec::new()
        } else {
            asn1::sequence_of(&qualifiers)
        };
        asn1::sequence(&[&asn1::oid(&self.policy), &qualifiers])
    }
}

impl PolicyQualifier {
    fn read(mut reader: Reader<'_>) -> Result<Self, ParseError> {
        const WHAT: &str = "policy qualifier";
        let kind = reader.oid(WHAT)?;
        let value = reader.rest().to_vec();
        let (_, content) = reader.any(WHAT)?;
        reader.finish()?;
        match std::str::from_utf8(content) {
            Ok(text) if kind == oid::QUALIFIER_CPS && text.is_ascii() => {
                Ok(Self::CpsUri(text.to_owned()))
            }
            _ => Ok(Self::Other { kind, value }),
        }
    }

    fn encode(&self) -> Vec<u8> {
        match self {
            Self::CpsUri(address) => {
                asn1::sequence(&[&asn1::oid(&oid::QUALIFIER_CPS), &asn1::ia5_string(address)])
            }
            Self::Other { kind, value } => asn1::sequence(&[&asn1::oid(kind), value]),
        }
    }
}

impl ExtensionValue for CertificatePolicies {
    const OID: ObjectIdentifier = oid::CERTIFICATE_POLICIES;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "certificatePolicies";
        let mut reader = Reader::sequence(value, WHAT)?;
        let mut policies: Vec<PolicyInformation> = Vec::new();
        let mut known = BTreeSet::new();
        // At least one, and none twice.
        while policies.is_empty() || !reader.is_empty() {
            let policy = PolicyInformation::read(reader.nested(WHAT)?)?;
            if !known.insert(policy.policy) {
                return Err(ParseError::Invalid {
                    what: WHAT,
                    clause: "RFC 5280 section 4.2.1.4",
                });
            }
            policies.push(policy);
        }
        Ok(Self(policies))
    }

    fn encode(&self) -> Vec<u8> {
        let policies: Vec<_> = self.0.iter().map(PolicyInformation::encode).collect();
        asn1::sequence_of(&policies)
    }
}
