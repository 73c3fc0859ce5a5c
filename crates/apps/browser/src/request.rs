//! Certification requests (RFC 2986), and the certificate that a key has until its own is issued.

use chancery_x509::extension::{self, GeneralName};
use chancery_x509::request::request_info;
use chancery_x509::{
    Attribute, AttributeKind, Certificate, CertificationRequest, Name, PublicKeyInfo, SerialNumber,
    SignatureAlgorithm, TbsCertificate,
};
use serde_json::{Value, json};

use crate::asked::text_of;
use crate::certificate::CertificateView;
use crate::message::Parts;
use crate::operation::{Begun, Given, Operation, only};
use crate::provider::{CRYPTO, random};
use crate::step::{Step, part};
use crate::{Refusal, key};

struct Request {
    info: Vec<u8>,
    algorithm: SignatureAlgorithm,
}

/// Parts: the `SubjectPublicKeyInfo` of the key, which then signs.
///
/// Each attribute of the subject has a `kind`, a name of the standards, long or short, or an object identifier, and a `value`.
pub(crate) fn begin(mut given: Given, subject: &[Value], emails: &[&str]) -> Begun {
    let public_key =
        PublicKeyInfo::from_der(&given.next()?).map_err(|error| Refusal::damaged(&error))?;
    given.finish()?;
    let attributes = subject.iter().map(|attribute| {
        let kind = text_of(attribute, "kind")?;
        let kind = AttributeKind::from_label(kind).ok_or_else(|| Refusal::Name {
            detail: kind.to_owned(),
        })?;
        Ok(Attribute::new(kind, text_of(attribute, "value")?))
    });
    let name = Name::new(attributes.collect::<Result<Vec<_>, Refusal>>()?)?;
    let mut extensions = Vec::new();
    if !emails.is_empty() {
        let names = emails
            .iter()
            .copied()
            .map(address)
            .collect::<Result<_, _>>()?;
        extensions.push(extension::subject_alt_name(names, name.is_empty()));
    }
    let algorithm = key::default_algorithm(&public_key)?;
    let info = request_info(&name, &public_key, &extensions);
    let (need, parts) = key::sign(algorithm, info.clone())?;
    let request = Request { info, algorithm };
    Ok((Step::Need(need, parts), Some(Box::new(request))))
}

/// An address as rfc822Name, or as `SmtpUTF8Mailbox` where its local part is beyond ASCII (RFC 9598 section 3).
fn address(text: &str) -> Result<GeneralName, Refusal> {
    if !text.contains('@') || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(Refusal::Name {
            detail: text.to_owned(),
        });
    }
    if text.is_ascii() {
        Ok(GeneralName::Rfc822(text.to_owned()))
    } else {
        Ok(GeneralName::smtp_utf8_mailbox(text))
    }
}

impl Operation for Request {
    fn resume(&mut self, answer: Parts) -> Result<Step, Refusal> {
        let signature = key::signature(self.algorithm, &only(answer)?);
        let request = CertificationRequest::assemble(&self.info, self.algorithm, &signature)?;
        // A signature by another key must not leave.
        request.verify(&CRYPTO)?;
        let result = json!({ "pem": request.to_pem() });
        Ok(Step::Done(result, vec![part(request.as_der())]))
    }
}

struct Placeholder {
    tbs: Vec<u8>,
    algorithm: SignatureAlgorithm,
}

/// A certificate that a key signs itself, so that it can lie in a file of the store until its own is there; valid never. Parts: the
/// `SubjectPublicKeyInfo`.
pub(crate) fn placeholder(mut given: Given) -> Begun {
    let public_key =
        PublicKeyInfo::from_der(&given.next()?).map_err(|error| Refusal::damaged(&error))?;
    given.finish()?;
    let algorithm = key::default_algorithm(&public_key)?;
    let name = Name::new([Attribute::new(
        AttributeKind::CommonName,
        "waits for its certificate",
    )])?;
    let mut serial = random(16)?;
    if let Some(first) = serial.first_mut() {
        *first = (*first & 0x7f) | 0x40;
    }
    let tbs = TbsCertificate {
        serial: SerialNumber::new(&serial).map_err(|error| Refusal::damaged(&error))?,
        signature: algorithm,
        issuer: name.clone(),
        not_before: 0,
        not_after: 0,
        subject: name,
        subject_public_key: public_key,
        extensions: Vec::new(),
    };
    let tbs = tbs.to_der().map_err(|error| Refusal::damaged(&error))?;
    let (need, parts) = key::sign(algorithm, tbs.clone())?;
    Ok((
        Step::Need(need, parts),
        Some(Box::new(Placeholder { tbs, algorithm })),
    ))
}

impl Operation for Placeholder {
    fn resume(&mut self, answer: Parts) -> Result<Step, Refusal> {
        let signature = key::signature(self.algorithm, &only(answer)?);
        let certificate = Certificate::assemble(&self.tbs, self.algorithm, &signature)
            .map_err(|error| Refusal::certificate(&error))?;
        certificate.verify_signature(certificate.public_key(), &CRYPTO)?;
        let result = json!({ "certificate": CertificateView::of(&certificate) });
        Ok(Step::Done(result, vec![part(certificate.as_der())]))
    }
}
