//! Extensions as fields.

use const_oid::ObjectIdentifier;

use super::Field;
use super::policies::policy_name;
use crate::crl::CrlNumber;
use crate::error::ParseError;
use crate::extension::{
    AuthorityInfoAccess, AuthorityKeyIdentifier, BasicConstraints, CertificatePolicies,
    CrlDistributionPoints, ExtendedKeyUsage, Extension, ExtensionValue, GeneralName,
    IssuingDistributionPoint, KeyUsage, ListScope, PolicyQualifier, SubjectAltName,
    SubjectKeyIdentifier,
};
use crate::hex;
use crate::oid;

/// The ids that this module gives.
pub(super) const IDS: &[&str] = &[
    "basicConstraints",
    "basicConstraints.pathLength",
    "keyUsage",
    "extendedKeyUsage",
    "subjectAltName.rfc822Name",
    "subjectAltName.dNSName",
    "subjectAltName.uniformResourceIdentifier",
    "subjectAltName.directoryName",
    "subjectAltName.iPAddress",
    "subjectAltName.registeredID",
    "subjectAltName.otherName",
    "certificatePolicies",
    "certificatePolicies.cps",
    "crlDistributionPoints",
    "authorityInfoAccess.ocsp",
    "authorityInfoAccess.caIssuers",
    "authorityInfoAccess.other",
    "subjectKeyIdentifier",
    "authorityKeyIdentifier",
    "ocspNoCheck",
    "nameConstraints",
    "qcStatements",
    "issuingDistributionPoint",
    "issuingDistributionPoint.scope",
    "extension.other",
    "extension.otherCritical",
    "extension.unreadable",
];

/// The names of subjectAltName, which belong beside the subject.
pub(super) fn push_names(fields: &mut Vec<Field>, extensions: &[Extension]) {
    for extension in extensions.iter().filter(|e| e.oid == oid::SUBJECT_ALT_NAME) {
        push(fields, extension);
    }
}

/// All extensions but subjectAltName, in the order of the encoding.
pub(super) fn push_others(fields: &mut Vec<Field>, extensions: &[Extension]) {
    for extension in extensions.iter().filter(|e| e.oid != oid::SUBJECT_ALT_NAME) {
        push(fields, extension);
    }
}

fn push(fields: &mut Vec<Field>, extension: &Extension) {
    match read(extension) {
        Ok(values) => fields.extend(values),
        Err(_) => fields.push(unread("extension.unreadable", extension)),
    }
}

fn unread(id: &'static str, extension: &Extension) -> Field {
    Field::with_raw(
        id,
        extension.oid.to_string(),
        hex::encode(&extension.value, ""),
    )
}

fn read(extension: &Extension) -> Result<Vec<Field>, ParseError> {
    let value = extension.value.as_slice();
    Ok(match extension.oid {
        oid::BASIC_CONSTRAINTS => basic_constraints(BasicConstraints::decode(value)?),
        oid::KEY_USAGE => KeyUsage::decode(value)?
            .names()
            .map(|name| Field::new("keyUsage", name))
            .collect(),
        oid::EXTENDED_KEY_USAGE => ExtendedKeyUsage::decode(value)?
            .0
            .iter()
            .map(extended_key_usage)
            .collect(),
        oid::SUBJECT_ALT_NAME => SubjectAltName::decode(value)?
            .0
            .iter()
            .map(|name| Field::new(alternative_id(name), name.to_string()))
            .collect(),
        oid::CERTIFICATE_POLICIES => policies(&CertificatePolicies::decode(value)?),
        oid::CRL_DISTRIBUTION_POINTS => CrlDistributionPoints::decode(value)?
            .0
            .iter()
            .flat_map(|point| &point.full_name)
            .map(|name| Field::new("crlDistributionPoints", name.to_string()))
            .collect(),
        oid::AUTHORITY_INFO_ACCESS => AuthorityInfoAccess::decode(value)?
            .0
            .iter()
            .map(|access| Field::new(access_id(&access.method), access.location.to_string()))
            .collect(),
        oid::SUBJECT_KEY_IDENTIFIER => {
            let id = SubjectKeyIdentifier::decode(value)?;
            vec![Field::octets("subjectKeyIdentifier", &id.0)]
        }
        oid::AUTHORITY_KEY_IDENTIFIER => AuthorityKeyIdentifier::decode(value)?
            .key_identifier
            .iter()
            .map(|id| Field::octets("authorityKeyIdentifier", id))
            .collect(),
        oid::CRL_NUMBER => {
            let number = CrlNumber::decode(value)?;
            vec![Field::new("crlNumber", number.0.to_string())]
        }
        oid::ISSUING_DISTRIBUTION_POINT => {
            issuing_distribution_point(&IssuingDistributionPoint::decode(value)?)
        }
        oid::OCSP_NO_CHECK => vec![Field::new("ocspNoCheck", "yes")],
        oid::NAME_CONSTRAINTS => vec![unread("nameConstraints", extension)],
        oid::QC_STATEMENTS => vec![unread("qcStatements", extension)],
        _ if extension.critical => vec![unread("extension.otherCritical", extension)],
        _ => vec![unread("extension.other", extension)],
    })
}

fn basic_constraints(constraints: BasicConstraints) -> Vec<Field> {
    let kind = if constraints.ca { "ca" } else { "end-entity" };
    let length = constraints
        .path_len
        .map(|length| Field::new("basicConstraints.pathLength", length.to_string()));
    [Field::new("basicConstraints", kind)]
        .into_iter()
        .chain(length)
        .collect()
}

fn extended_key_usage(purpose: &ObjectIdentifier) -> Field {
    let dotted = purpose.to_string();
    let name = purpose_name(purpose).map_or_else(|| dotted.clone(), str::to_owned);
    Field::with_raw("extendedKeyUsage", name, dotted)
}

/// The standard's name of a purpose in extKeyUsage.
#[must_use]
pub fn purpose_name(purpose: &ObjectIdentifier) -> Option<&'static str> {
    Some(match *purpose {
        oid::EKU_ANY => "anyExtendedKeyUsage",
        oid::EKU_SERVER_AUTH => "serverAuth",
        oid::EKU_CLIENT_AUTH => "clientAuth",
        oid::EKU_CODE_SIGNING => "codeSigning",
        oid::EKU_EMAIL_PROTECTION => "emailProtection",
        oid::EKU_TIME_STAMPING => "timeStamping",
        oid::EKU_OCSP_SIGNING => "OCSPSigning",
        oid::EKU_DOCUMENT_SIGNING => "documentSigning",
        _ => return None,
    })
}

fn alternative_id(name: &GeneralName) -> &'static str {
    match name {
        // An address with characters beyond ASCII is an address to people.
        _ if name.email().is_some() => "subjectAltName.rfc822Name",
        GeneralName::Dns(_) => "subjectAltName.dNSName",
        GeneralName::Uri(_) => "subjectAltName.uniformResourceIdentifier",
        GeneralName::Directory(_) => "subjectAltName.directoryName",
        GeneralName::Ip(_) => "subjectAltName.iPAddress",
        GeneralName::RegisteredId(_) => "subjectAltName.registeredID",
        _ => "subjectAltName.otherName",
    }
}

fn access_id(method: &ObjectIdentifier) -> &'static str {
    match *method {
        oid::ACCESS_OCSP => "authorityInfoAccess.ocsp",
        oid::ACCESS_CA_ISSUERS => "authorityInfoAccess.caIssuers",
        _ => "authorityInfoAccess.other",
    }
}

fn policies(policies: &CertificatePolicies) -> Vec<Field> {
    let mut fields = Vec::new();
    for information in &policies.0 {
        let dotted = information.policy.to_string();
        let name = policy_name(&information.policy).map_or_else(|| dotted.clone(), str::to_owned);
        fields.push(Field::with_raw("certificatePolicies", name, dotted));
        for qualifier in &information.qualifiers {
            if let PolicyQualifier::CpsUri(address) = qualifier {
                fields.push(Field::new("certificatePolicies.cps", address));
            }
        }
    }
    fields
}

fn issuing_distribution_point(point: &IssuingDistributionPoint) -> Vec<Field> {
    let scope = match point.scope {
        ListScope::All => None,
        ListScope::UserCertificates => Some("user-certificates"),
        ListScope::CaCertificates => Some("ca-certificates"),
        ListScope::AttributeCertificates => Some("attribute-certificates"),
    };
    point
        .full_name
        .iter()
        .map(|name| Field::new("issuingDistributionPoint", name.to_string()))
        .chain(scope.map(|scope| Field::new("issuingDistributionPoint.scope", scope)))
        .collect()
}
