//! Certificate extensions (RFC 5280 section 4.2): a function to build each, a type to read each.
//!
//! The builders set the criticality that RFC 5280 and the Baseline Requirements ask for. Reading goes through
//! [`ExtensionValue::find`], or [`crate::Certificate::extension`].

mod constraints;
mod general_name;
mod identifiers;
mod points;
mod policies;
mod usage;

use std::collections::BTreeSet;

use const_oid::ObjectIdentifier;

use crate::asn1::{self, Reader, tag};
use crate::error::ParseError;
use crate::oid;

pub use constraints::{
    GeneralSubtree, InhibitAnyPolicy, NameConstraints, PolicyConstraints, PolicyMapping,
    PolicyMappings,
};
pub use general_name::{GeneralName, SubjectAltName};
pub use identifiers::{AuthorityKeyIdentifier, SubjectKeyIdentifier};
pub use points::{
    AccessDescription, AuthorityInfoAccess, CrlDistributionPoints, DistributionPoint, FreshestCrl,
    IssuingDistributionPoint, ListScope,
};
pub use policies::{CertificatePolicies, PolicyInformation, PolicyQualifier};
pub use usage::{BasicConstraints, ExtendedKeyUsage, KeyUsage};

/// One extension of a certificate, request or list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// Which.
    pub oid: ObjectIdentifier,
    /// Whether one who does not understand it must reject the certificate.
    pub critical: bool,
    /// The DER inside the OCTET STRING.
    pub value: Vec<u8>,
}

/// An extension's value that is known here.
pub trait ExtensionValue: Sized {
    /// Its object identifier.
    const OID: ObjectIdentifier;

    /// Reads the DER inside the OCTET STRING.
    fn decode(value: &[u8]) -> Result<Self, ParseError>;

    /// Writes the DER inside the OCTET STRING.
    fn encode(&self) -> Vec<u8>;

    /// The value of this extension among others, if it is there.
    fn find(extensions: &[Extension]) -> Result<Option<Self>, ParseError> {
        extensions
            .iter()
            .find(|extension| extension.oid == Self::OID)
            .map(|extension| Self::decode(&extension.value))
            .transpose()
    }

    /// The extension.
    fn to_extension(&self, critical: bool) -> Extension {
        Extension {
            oid: Self::OID,
            critical,
            value: self.encode(),
        }
    }
}

impl Extension {
    /// `Extension`, DER.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        asn1::sequence(&[
            &asn1::oid(&self.oid),
            &asn1::boolean(self.critical),
            &asn1::octet_string(&self.value),
        ])
    }
}

/// `Extensions`, DER; nothing where there are none, since the SEQUENCE may not be empty.
pub(crate) fn encode_all(extensions: &[Extension]) -> Vec<u8> {
    if extensions.is_empty() {
        return Vec::new();
    }
    let encoded: Vec<_> = extensions.iter().map(Extension::to_der).collect();
    asn1::sequence_of(&encoded)
}

/// The extension that occurs twice, if one does (RFC 5280 section 4.2).
pub(crate) fn duplicate(extensions: &[Extension]) -> Option<ObjectIdentifier> {
    let mut known = BTreeSet::new();
    let mut all = extensions.iter().map(|extension| extension.oid);
    all.find(|oid| !known.insert(*oid))
}

/// Most extensions read of one structure. Certificates and lists have a dozen or two.
pub const MAX_EXTENSIONS: usize = 256;

/// Reads `Extensions`: at least one, none twice, [`MAX_EXTENSIONS`] at the most.
pub fn decode_all(der: &[u8]) -> Result<Vec<Extension>, ParseError> {
    const WHAT: &str = "extensions";
    let mut reader = Reader::sequence(der, WHAT)?;
    let mut extensions = Vec::new();
    while !reader.is_empty() {
        if extensions.len() >= MAX_EXTENSIONS {
            return Err(ParseError::TooMany {
                what: WHAT,
                limit: MAX_EXTENSIONS,
            });
        }
        let mut one = reader.nested("extension")?;
        let oid = one.oid("extension identifier")?;
        let critical = one.boolean_default_false("extension criticality")?;
        let value = one.read(tag::OCTET_STRING, "extension value")?.to_vec();
        one.finish()?;
        extensions.push(Extension {
            oid,
            critical,
            value,
        });
    }
    if extensions.is_empty() {
        return Err(ParseError::Invalid {
            what: WHAT,
            clause: "RFC 5280 section 4.1.2.9",
        });
    }
    match duplicate(&extensions) {
        Some(oid) => Err(ParseError::DuplicateExtension { oid }),
        None => Ok(extensions),
    }
}

/// basicConstraints, critical (RFC 5280 section 4.2.1.9).
#[must_use]
pub fn basic_constraints(ca: bool, path_len: Option<u8>) -> Extension {
    BasicConstraints { ca, path_len }.to_extension(true)
}

/// keyUsage, critical (RFC 5280 section 4.2.1.3).
#[must_use]
pub fn key_usage(usage: KeyUsage) -> Extension {
    usage.to_extension(true)
}

/// extKeyUsage, not critical (RFC 5280 section 4.2.1.12).
#[must_use]
pub fn extended_key_usage(purposes: &[ObjectIdentifier]) -> Extension {
    ExtendedKeyUsage(purposes.to_vec()).to_extension(false)
}

/// subjectAltName (RFC 5280 section 4.2.1.6); critical exactly where the subject is empty.
#[must_use]
pub fn subject_alt_name(names: Vec<GeneralName>, subject_is_empty: bool) -> Extension {
    SubjectAltName(names).to_extension(subject_is_empty)
}

/// authorityKeyIdentifier with the issuer's key identifier, not critical (RFC 5280 section 4.2.1.1).
#[must_use]
pub fn authority_key_identifier(key_identifier: &[u8]) -> Extension {
    AuthorityKeyIdentifier::from_key_identifier(key_identifier).to_extension(false)
}

/// subjectKeyIdentifier, not critical (RFC 5280 section 4.2.1.2).
#[must_use]
pub fn subject_key_identifier(key_identifier: &[u8]) -> Extension {
    SubjectKeyIdentifier(key_identifier.to_vec()).to_extension(false)
}

/// certificatePolicies, not critical (RFC 5280 section 4.2.1.4).
#[must_use]
pub fn certificate_policies(policies: Vec<PolicyInformation>) -> Extension {
    CertificatePolicies(policies).to_extension(false)
}

/// cRLDistributionPoints, not critical: one point for each address (RFC 5280 section 4.2.1.13).
#[must_use]
pub fn crl_distribution_points<S: AsRef<str>>(addresses: &[S]) -> Extension {
    CrlDistributionPoints(
        addresses
            .iter()
            .map(|address| DistributionPoint::from_uri(address.as_ref()))
            .collect(),
    )
    .to_extension(false)
}

/// authorityInfoAccess, not critical (RFC 5280 section 4.2.2.1): OCSP first, then the issuer's certificate.
#[must_use]
pub fn authority_info_access<S: AsRef<str>>(ocsp: &[S], ca_issuers: &[S]) -> Extension {
    let describe = |method, address: &S| AccessDescription {
        method,
        location: GeneralName::Uri(address.as_ref().to_owned()),
    };
    let ocsp = ocsp.iter().map(|a| describe(oid::ACCESS_OCSP, a));
    let issuers = ca_issuers
        .iter()
        .map(|a| describe(oid::ACCESS_CA_ISSUERS, a));
    AuthorityInfoAccess(ocsp.chain(issuers).collect()).to_extension(false)
}

/// id-pkix-ocsp-nocheck, not critical: the responder's own certificate is not asked about (RFC 6960 section 4.2.2.2.1).
#[must_use]
pub fn ocsp_no_check() -> Extension {
    Extension {
        oid: oid::OCSP_NO_CHECK,
        critical: false,
        value: asn1::null(),
    }
}
