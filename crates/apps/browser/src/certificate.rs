//! Certificates as lists and pages show them.

use chancery_x509::extension::{ExtendedKeyUsage, KeyUsage};
use chancery_x509::view::{self, Field, purpose_name};
use chancery_x509::{AttributeKind, Certificate, Crypto, DigestAlgorithm, Name, hex, pem};
use serde::Serialize;
use serde_json::json;

use crate::Refusal;
use crate::key::KeyKind;
use crate::message::Parts;
use crate::operation::{Begun, Given};
use crate::provider::CRYPTO;
use crate::step::{Step, part};

/// What a list says of a certificate. Times are seconds since 1970-01-01T00:00:00Z.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CertificateView {
    /// SHA-256 of the certificate, hexadecimal: under this the store keeps it.
    id: String,
    /// SHA-256 of its public key (`SubjectPublicKeyInfo`), hexadecimal.
    key_id: String,
    subject: String,
    common_name: Option<String>,
    organization: Option<String>,
    emails: Vec<String>,
    issuer: String,
    /// What people call the authority.
    authority: String,
    serial: String,
    not_before: i64,
    not_after: i64,
    key: Option<KeyKind>,
    /// The key in words, `RSA 3072`.
    key_name: String,
    /// Whether keyUsage lets the key sign data and log in (RFC 5280 section 4.2.1.3).
    signs: bool,
    /// Whether it lets messages be encrypted to the key.
    decrypts: bool,
    /// The purposes of extendedKeyUsage, by name or object identifier; none where any will do.
    purposes: Option<Vec<String>>,
    is_authority: bool,
}

impl CertificateView {
    pub fn of(certificate: &Certificate) -> Self {
        let usage = certificate.extension::<KeyUsage>().ok().flatten();
        let allows = |uses: KeyUsage| usage.is_none_or(|usage| usage.intersects(uses));
        let purposes = certificate.extension::<ExtendedKeyUsage>().ok().flatten();
        let subject = certificate.subject();
        let sha256 = |der| hex::encode(&CRYPTO.digest(DigestAlgorithm::Sha256, der), "");
        Self {
            id: sha256(certificate.as_der()),
            key_id: sha256(certificate.public_key().as_der()),
            subject: subject.to_string(),
            common_name: subject.common_name().map(str::to_owned),
            organization: subject
                .first(AttributeKind::OrganizationName)
                .map(str::to_owned),
            emails: certificate.emails(),
            issuer: certificate.issuer().to_string(),
            authority: called(certificate.issuer()),
            serial: certificate.serial().to_hex(),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
            key: KeyKind::of(certificate.public_key()).ok(),
            key_name: certificate.public_key().kind().to_string(),
            signs: allows(KeyUsage::DIGITAL_SIGNATURE | KeyUsage::NON_REPUDIATION),
            decrypts: allows(
                KeyUsage::KEY_ENCIPHERMENT | KeyUsage::DATA_ENCIPHERMENT | KeyUsage::KEY_AGREEMENT,
            ),
            purposes: purposes.map(|purposes| purposes.0.iter().map(purpose).collect()),
            is_authority: certificate.is_ca(),
        }
    }
}

fn purpose(oid: &chancery_x509::ObjectIdentifier) -> String {
    purpose_name(oid).map_or_else(|| oid.to_string(), str::to_owned)
}

/// The common name, else the organisation, else all of it.
pub(crate) fn called(name: &Name) -> String {
    let short = name
        .common_name()
        .or_else(|| name.first(AttributeKind::OrganizationName));
    short.map_or_else(|| name.to_string(), str::to_owned)
}

/// One certificate, DER or PEM, with every field of it.
pub(crate) fn show(mut given: Given) -> Begun {
    let octets = given.next()?;
    given.finish()?;
    let certificate = match std::str::from_utf8(&octets) {
        Ok(text) if text.contains("-----BEGIN") => {
            Certificate::from_pem(text).map_err(|error| Refusal::NotCertificate {
                detail: error.to_string(),
            })?
        }
        _ => Certificate::from_der(&octets).map_err(|error| Refusal::certificate(&error))?,
    };
    let fields: Vec<Field> = view::certificate_fields(&certificate, &CRYPTO);
    let result = json!({ "certificate": CertificateView::of(&certificate), "fields": fields });
    Ok((Step::Done(result, vec![part(certificate.as_der())]), None))
}

/// The certificates of a file: DER, PEM (one or a chain) or PKCS#7.
pub(crate) fn list(mut given: Given) -> Begun {
    let octets = given.next()?;
    given.finish()?;
    let certificates = read_all(&octets)?;
    let views: Vec<_> = certificates.iter().map(CertificateView::of).collect();
    let parts: Parts = certificates.iter().map(|one| part(one.as_der())).collect();
    Ok((Step::Done(json!({ "certificates": views }), parts), None))
}

pub(crate) fn read_all(file: &[u8]) -> Result<Vec<Certificate>, Refusal> {
    match std::str::from_utf8(file) {
        Ok(text) if text.contains(&format!("-----BEGIN {}-----", pem::Label::Certificate)) => {
            Certificate::chain_from_pem(text).map_err(|error| Refusal::NotCertificate {
                detail: error.to_string(),
            })
        }
        Err(_) if let Ok(one) = Certificate::from_der(file) => Ok(vec![one]),
        _ => Ok(chancery_cms::read_certificates(file)?),
    }
}
