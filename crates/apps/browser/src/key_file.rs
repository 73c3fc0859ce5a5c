//! Private keys that stand alone: written under a password, and read from whatever form they come in.

use chancery_pkcs12::{
    self as pkcs12, KeyEntry, KeyOpening, KeyWriter, Limits, Opened, Password, Primitives,
    PrivateKeyInfo, public_key,
};
use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{Certificate, ParseError, PublicKeyInfo, oid};
use serde_json::json;
use zeroize::Zeroizing;

use crate::Refusal;
use crate::certificate;
use crate::message::Parts;
use crate::open;
use crate::operation::{Begun, Given, Operation, only};
use crate::password::{Progress, drive};
use crate::provider::{CRYPTO, random};
use crate::step::{Step, part};

/// What a file's PEM label says of the key in it.
#[derive(Clone, Copy)]
pub(crate) enum KeyForm {
    /// `ENCRYPTED PRIVATE KEY`.
    Encrypted,
    /// `PRIVATE KEY`.
    Pkcs8,
    /// `RSA PRIVATE KEY` (RFC 8017 appendix A.1.2).
    Pkcs1,
    /// `EC PRIVATE KEY` (RFC 5915).
    Sec1,
}

impl KeyForm {
    pub fn read(text: &str) -> Result<Self, Refusal> {
        match text {
            "encrypted" => Ok(Self::Encrypted),
            "pkcs8" => Ok(Self::Pkcs8),
            "pkcs1" => Ok(Self::Pkcs1),
            "sec1" => Ok(Self::Sec1),
            _ => Err(Refusal::Protocol),
        }
    }
}

fn read_password(
    octets: &[u8],
    password: fn(&str) -> Result<Password, pkcs12::PasswordError>,
) -> Result<Password, Refusal> {
    let text = std::str::from_utf8(octets).map_err(|_| Refusal::Protocol)?;
    Ok(password(text)?)
}

struct Write(KeyWriter);

/// Parts: the password; the private key, PKCS#8. Gives DER `EncryptedPrivateKeyInfo` (RFC 5958 section 3).
pub(crate) fn write(mut given: Given) -> Begun {
    let password = read_password(&given.next()?, Password::new)?;
    let private_key = given.next()?;
    given.finish()?;
    let random = random(KeyWriter::RANDOMNESS)?;
    let random = <[u8; KeyWriter::RANDOMNESS]>::try_from(random).map_err(|_| Refusal::Protocol)?;
    let (writer, step) = KeyWriter::start(private_key, &password, random, &CRYPTO)?;
    let mut write = Write(writer);
    let step = write.advance(step)?;
    Ok((step, Some(Box::new(write))))
}

impl Write {
    fn advance(&mut self, step: pkcs12::Step<Vec<u8>>) -> Result<Step, Refusal> {
        match drive(step, false, |result| self.0.resume(result, &CRYPTO))? {
            Progress::Need(need, parts) => Ok(Step::Need(need, parts)),
            Progress::Done(key) => Ok(Step::Done(json!({}), vec![part(key)])),
        }
    }
}

impl Operation for Write {
    fn resume(&mut self, answer: Parts) -> Result<Step, Refusal> {
        let step = self.0.resume(only(answer)?, &CRYPTO)?;
        self.advance(step)
    }
}

struct Read {
    opening: KeyOpening,
    certificates: Vec<Certificate>,
}

/// Parts: the key, DER; its password, empty where it has none; a file with its certificate and issuers. Gives what `open` gives.
pub(crate) fn read(mut given: Given, form: KeyForm) -> Begun {
    let (key, password, file) = (given.next()?, given.next()?, given.next()?);
    given.finish()?;
    let certificates = certificate::read_all(&file)?;
    let damaged = |error: ParseError| Refusal::damaged(&error);
    let private_key = match form {
        KeyForm::Encrypted => {
            let password = read_password(&password, Password::existing)?;
            let (opening, step) = KeyOpening::start(&key, &password, Limits::default(), &CRYPTO)?;
            let mut read = Read {
                opening,
                certificates,
            };
            let step = read.advance(step)?;
            return Ok((step, Some(Box::new(read))));
        }
        KeyForm::Pkcs8 => key,
        KeyForm::Pkcs1 => from_pkcs1(&key),
        KeyForm::Sec1 => from_sec1(&key).map_err(damaged)?,
    };
    Ok((together(private_key, certificates)?, None))
}

impl Read {
    fn advance(&mut self, step: pkcs12::Step<PrivateKeyInfo>) -> Result<Step, Refusal> {
        let opening = &mut self.opening;
        match drive(step, false, |result| opening.resume(result, &CRYPTO))? {
            Progress::Need(need, parts) => Ok(Step::Need(need, parts)),
            Progress::Done(key) => together(key, std::mem::take(&mut self.certificates)),
        }
    }
}

impl Operation for Read {
    fn resume(&mut self, answer: Parts) -> Result<Step, Refusal> {
        let step = self.opening.resume(only(answer)?, &CRYPTO)?;
        self.advance(step)
    }
}

/// The key with its certificate, as if both had been in a PKCS#12 file.
fn together(
    private_key: Zeroizing<Vec<u8>>,
    certificates: Vec<Certificate>,
) -> Result<Step, Refusal> {
    let public_key = public_key(&private_key).or_else(|| {
        let info = CRYPTO.public_key(&private_key)?;
        let info = PublicKeyInfo::from_der(&info).ok()?;
        Some(info.subject_public_key().to_vec())
    });
    if public_key.is_none() {
        return Err(Refusal::Damaged {
            detail: "the private key".to_owned(),
        });
    }
    let certificates = certificates
        .into_iter()
        .map(|certificate| pkcs12::CertificateEntry {
            certificate,
            friendly_name: None,
            local_key_id: None,
            protection: None,
        });
    open::give(&Opened {
        keys: vec![KeyEntry {
            private_key,
            public_key,
            friendly_name: None,
            local_key_id: None,
            protection: None,
        }],
        certificates: certificates.collect(),
        ..Opened::default()
    })
}

/// `PrivateKeyInfo` (RFC 5208 section 5) around a key of this algorithm.
fn wrap(algorithm: &[&[u8]], key: &[u8]) -> Zeroizing<Vec<u8>> {
    let octets = Zeroizing::new(asn1::octet_string(key));
    Zeroizing::new(asn1::sequence(&[
        &asn1::integer_u64(0),
        &asn1::sequence(algorithm),
        &octets,
    ]))
}

fn from_pkcs1(key: &[u8]) -> Zeroizing<Vec<u8>> {
    wrap(&[&asn1::oid(&oid::RSA_ENCRYPTION), &asn1::null()], key)
}

/// The curve stands inside the key there.
fn from_sec1(key: &[u8]) -> Result<Zeroizing<Vec<u8>>, ParseError> {
    let mut fields = Reader::sequence(key, "EC private key")?;
    fields.integer_u64("version")?;
    fields.read(tag::OCTET_STRING, "EC private key")?;
    let curve = fields.read(tag::context_constructed(0), "named curve")?;
    Ok(wrap(&[&asn1::oid(&oid::EC_PUBLIC_KEY), curve], key))
}
