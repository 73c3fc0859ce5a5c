//! A certificate, list or request as a list of fields for people and machines: the page, `cert show` and its JSON are made from it.
//!
//! Each [`Field`] has a stable id, under which interfaces keep the field's name and meaning in words. Fields come in the order in which
//! they are best read; an id occurs once for each value. The ids:
//!
//! | id | value | raw |
//! |---|---|---|
//! | `subject.*`, `issuer.*` | an attribute: `subject.commonName`, `subject.organizationalUnitName`, …, named as in the standards | |
//! | `subject.other`, `issuer.other` | an attribute of another type | its object identifier |
//! | `version` | 1, 2 or 3 | |
//! | `serialNumber` | hexadecimal | |
//! | `notBefore`, `notAfter`, `thisUpdate`, `nextUpdate` | `2026-11-20 05:33:53 UTC` | seconds since 1970 |
//! | `publicKey` | `RSA 3072`, `EC P-256`, `Ed25519` | the key's bits, hexadecimal |
//! | `publicKey.exponent` | the exponent of an RSA key, decimal | |
//! | `signatureAlgorithm` | `RSA with SHA-256`, or the object identifier | object identifier |
//! | `basicConstraints` | `ca` or `end-entity` | |
//! | `basicConstraints.pathLength` | a number | |
//! | `keyUsage` | one use, `digitalSignature` and so on | |
//! | `extendedKeyUsage` | one purpose, `emailProtection` and so on, or the object identifier | object identifier |
//! | `subjectAltName.*` | one name: `.rfc822Name`, `.dNSName`, `.uniformResourceIdentifier`, `.directoryName`, `.iPAddress`, `.registeredID`, `.otherName` | |
//! | `certificatePolicies` | one policy in words, or the object identifier | object identifier |
//! | `certificatePolicies.cps` | the address of a practice statement | |
//! | `crlDistributionPoints` | one address | |
//! | `authorityInfoAccess.ocsp`, `.caIssuers`, `.other` | one address | |
//! | `subjectKeyIdentifier`, `authorityKeyIdentifier` | `AB:CD:…` | hexadecimal |
//! | `ocspNoCheck` | `yes` | |
//! | `nameConstraints`, `qcStatements` | the object identifier | DER, hexadecimal |
//! | `extension.other`, `extension.otherCritical` | object identifier of an extension that is not read here | DER, hexadecimal |
//! | `extension.unreadable` | object identifier of a damaged extension | DER, hexadecimal |
//! | `crlNumber`, `crlEntries` | a number | |
//! | `crlEntries.damaged` | the place, from 1, of an entry that cannot be read; none after it is counted | |
//! | `issuingDistributionPoint` | one address | |
//! | `issuingDistributionPoint.scope` | `user-certificates`, `ca-certificates` or `attribute-certificates` | |
//! | `fingerprint.sha256`, `fingerprint.sha1` | `AB:CD:…` | hexadecimal |

mod extensions;
mod policies;

use const_oid::ObjectIdentifier;
use serde::Serialize;

use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use crate::certificate::Certificate;
use crate::crl::CertificateList;
use crate::crypto::Crypto;
use crate::error::ParseError;
use crate::hex;
use crate::name::{AttributeKind, Name};
use crate::public_key::{PublicKeyInfo, PublicKeyKind};
use crate::request::CertificationRequest;
use crate::time;

pub use extensions::purpose_name;
pub use policies::policy_name;

/// One value of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Which field; see the list above.
    pub id: &'static str,
    /// The value as it is shown.
    pub value: String,
    /// The value for machines, where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
}

impl Field {
    fn new(id: &'static str, value: impl Into<String>) -> Self {
        Self {
            id,
            value: value.into(),
            raw: None,
        }
    }

    fn with_raw(id: &'static str, value: impl Into<String>, raw: impl Into<String>) -> Self {
        Self {
            id,
            value: value.into(),
            raw: Some(raw.into()),
        }
    }

    /// Octets: in pairs with colons to compare by eye, plain for machines.
    fn octets(id: &'static str, octets: &[u8]) -> Self {
        Self::with_raw(id, hex::fingerprint(octets), hex::encode(octets, ""))
    }

    fn time(id: &'static str, seconds: i64) -> Self {
        Self::with_raw(id, time::display(seconds), seconds.to_string())
    }
}

/// All ids that occur, so that a test can see that each has its words.
#[must_use]
pub fn field_ids() -> Vec<&'static str> {
    let kinds = AttributeKind::KNOWN.iter().copied();
    let other = AttributeKind::Other(crate::oid::ANY_POLICY);
    let mut ids: Vec<_> = kinds
        .chain([other])
        .flat_map(|kind| [kind.subject_id(), kind.issuer_id()])
        .collect();
    ids.extend([
        "version",
        "serialNumber",
        "notBefore",
        "notAfter",
        "thisUpdate",
        "nextUpdate",
        "publicKey",
        "publicKey.exponent",
        "signatureAlgorithm",
        "crlNumber",
        "crlEntries",
        "crlEntries.damaged",
        "fingerprint.sha256",
        "fingerprint.sha1",
    ]);
    ids.extend(extensions::IDS);
    ids
}

/// The fields of a certificate.
#[must_use]
pub fn certificate_fields(certificate: &Certificate, crypto: &dyn Crypto) -> Vec<Field> {
    let mut fields = Vec::new();
    push_name(
        &mut fields,
        certificate.subject(),
        AttributeKind::subject_id,
    );
    extensions::push_names(&mut fields, certificate.extensions());
    push_name(&mut fields, certificate.issuer(), AttributeKind::issuer_id);
    fields.push(Field::new("serialNumber", certificate.serial().to_hex()));
    fields.push(Field::time("notBefore", certificate.not_before()));
    fields.push(Field::time("notAfter", certificate.not_after()));
    push_key(&mut fields, certificate.public_key());
    extensions::push_others(&mut fields, certificate.extensions());
    push_signature_algorithm(
        &mut fields,
        certificate.signature_algorithm(),
        certificate.signature_algorithm_oid().ok(),
    );
    fields.push(Field::new("version", certificate.version().to_string()));
    push_fingerprints(&mut fields, certificate.as_der(), crypto);
    fields
}

/// The fields of a revocation list, its entries apart: those are [`CertificateList::entries`].
#[must_use]
pub fn crl_fields(list: &CertificateList, crypto: &dyn Crypto) -> Vec<Field> {
    let mut fields = Vec::new();
    push_name(&mut fields, list.issuer(), AttributeKind::issuer_id);
    fields.push(Field::time("thisUpdate", list.this_update()));
    fields.extend(list.next_update().map(|at| Field::time("nextUpdate", at)));
    let readable = list.entries().flatten().count();
    fields.push(Field::new("crlEntries", readable.to_string()));
    if list.entries().last().is_some_and(|entry| entry.is_err()) {
        let damaged = readable.saturating_add(1).to_string();
        fields.push(Field::new("crlEntries.damaged", damaged));
    }
    extensions::push_others(&mut fields, list.extensions());
    let algorithm = list.signature_algorithm();
    push_signature_algorithm(&mut fields, algorithm, None);
    fields.push(Field::new("version", list.version().to_string()));
    push_fingerprints(&mut fields, list.as_der(), crypto);
    fields
}

/// The fields of a certification request.
#[must_use]
pub fn request_fields(request: &CertificationRequest) -> Vec<Field> {
    let mut fields = Vec::new();
    push_name(&mut fields, request.subject(), AttributeKind::subject_id);
    extensions::push_names(&mut fields, request.extensions());
    push_key(&mut fields, request.public_key());
    extensions::push_others(&mut fields, request.extensions());
    push_signature_algorithm(&mut fields, Ok(request.signature_algorithm()), None);
    fields
}

fn push_name(fields: &mut Vec<Field>, name: &Name, id: fn(AttributeKind) -> &'static str) {
    for attribute in name.attributes() {
        let mut field = Field::new(id(attribute.kind), &attribute.value);
        if let AttributeKind::Other(oid) = attribute.kind {
            field.raw = Some(oid.to_string());
        }
        fields.push(field);
    }
}

fn push_key(fields: &mut Vec<Field>, key: &PublicKeyInfo) {
    let bits = hex::encode(key.subject_public_key(), "");
    fields.push(Field::with_raw("publicKey", key.kind().to_string(), bits));
    if let PublicKeyKind::Rsa { exponent, .. } | PublicKeyKind::RsaPss { exponent, .. } = key.kind()
    {
        fields.push(Field::new("publicKey.exponent", exponent.to_string()));
    }
}

fn push_signature_algorithm(
    fields: &mut Vec<Field>,
    algorithm: Result<SignatureAlgorithm, ParseError>,
    oid: Option<ObjectIdentifier>,
) {
    let field = match (algorithm, oid) {
        (Ok(known), _) => {
            Field::with_raw("signatureAlgorithm", known.name(), known.oid().to_string())
        }
        (Err(ParseError::UnknownAlgorithm { oid }), _) | (Err(_), Some(oid)) => {
            Field::with_raw("signatureAlgorithm", oid.to_string(), oid.to_string())
        }
        (Err(_), None) => return,
    };
    fields.push(field);
}

fn push_fingerprints(fields: &mut Vec<Field>, der: &[u8], crypto: &dyn Crypto) {
    for (id, algorithm) in [
        ("fingerprint.sha256", DigestAlgorithm::Sha256),
        ("fingerprint.sha1", DigestAlgorithm::Sha1),
    ] {
        fields.push(Field::octets(id, &crypto.digest(algorithm, der)));
    }
}
