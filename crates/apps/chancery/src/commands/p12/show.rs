//! `chancery p12 show`.

use chancery_keys::AwsLc;
use chancery_pkcs12::{CertificateEntry, KeyEntry, Opened, Skipped};
use chancery_x509::{DigestAlgorithm, hex, time};
use serde::Serialize;

use crate::{
    cli::P12Show,
    commands::{print, print_json},
    failure::Failure,
    terminal,
};

/// Shows what is in a file and how it is protected.
pub fn show(words: &P12Show) -> Result<(), Failure> {
    let opened = super::open_file(&words.file, words.password_file.as_deref())?;
    let shown = Shown::new(&opened);
    if words.json {
        return print_json(&shown);
    }
    print(&shown.words())
}

/// A file without its secrets. Entries are counted from 1.
#[derive(Serialize)]
struct Shown {
    r#type: &'static str,
    integrity: Option<String>,
    keys: Vec<ShownKey>,
    certificates: Vec<ShownCertificate>,
    skipped: Vec<ShownSkipped>,
}

#[derive(Serialize)]
struct ShownKey {
    name: Option<String>,
    kind: String,
    protection: Option<String>,
    local_key_id: Option<String>,
    certificate: Option<usize>,
}

#[derive(Serialize)]
struct ShownCertificate {
    name: Option<String>,
    subject: String,
    issuer: String,
    serial_number: String,
    not_after: String,
    public_key: String,
    fingerprint_sha256: String,
    protection: Option<String>,
    local_key_id: Option<String>,
}

#[derive(Serialize)]
struct ShownSkipped {
    what: String,
    name: Option<String>,
}

impl Shown {
    fn new(opened: &Opened) -> Self {
        Self {
            r#type: "PKCS#12 file",
            integrity: opened.integrity.as_ref().map(ToString::to_string),
            keys: opened
                .keys
                .iter()
                .map(|key| ShownKey::new(key, opened))
                .collect(),
            certificates: opened
                .certificates
                .iter()
                .map(ShownCertificate::new)
                .collect(),
            skipped: opened.skipped.iter().map(ShownSkipped::new).collect(),
        }
    }

    fn words(&self) -> String {
        let mut text = String::from("PKCS#12 file\n");
        let integrity = self.integrity.as_deref();
        line(&mut text, "integrity", integrity.unwrap_or("not protected"));
        for (number, key) in (1..).zip(&self.keys) {
            text.push_str(&format!("key {number}\n"));
            line(&mut text, "kind", &key.kind);
            optional(&mut text, "name", key.name.as_deref());
            protection(&mut text, key.protection.as_deref());
            optional(&mut text, "localKeyId", key.local_key_id.as_deref());
            let certificate = key.certificate.map(|number| number.to_string());
            line(
                &mut text,
                "certificate",
                certificate.as_deref().unwrap_or("not in the file"),
            );
        }
        if self.keys.is_empty() {
            text.push_str("no private key\n");
        }
        for (number, certificate) in (1..).zip(&self.certificates) {
            text.push_str(&format!("certificate {number}\n"));
            line(&mut text, "subject", &certificate.subject);
            line(&mut text, "issuer", &certificate.issuer);
            line(&mut text, "serialNumber", &certificate.serial_number);
            line(&mut text, "notAfter", &certificate.not_after);
            line(&mut text, "publicKey", &certificate.public_key);
            line(&mut text, "SHA-256", &certificate.fingerprint_sha256);
            optional(&mut text, "name", certificate.name.as_deref());
            protection(&mut text, certificate.protection.as_deref());
            optional(&mut text, "localKeyId", certificate.local_key_id.as_deref());
        }
        for skipped in &self.skipped {
            text.push_str(&format!("not read: {}\n", terminal::line(&skipped.what)));
            optional(&mut text, "name", skipped.name.as_deref());
        }
        text
    }
}

fn line(text: &mut String, what: &str, value: &str) {
    text.push_str(&format!("  {what:12}  {}\n", terminal::line(value)));
}

fn optional(text: &mut String, what: &str, value: Option<&str>) {
    if let Some(value) = value {
        line(text, what, value);
    }
}

fn protection(text: &mut String, value: Option<&str>) {
    line(text, "encryption", value.unwrap_or("none"));
}

impl ShownKey {
    fn new(key: &KeyEntry, opened: &Opened) -> Self {
        let certificate = opened.certificate_of(key);
        let position = certificate.and_then(|certificate| {
            let mut all = opened.certificates.iter();
            all.position(|other| std::ptr::eq(other, certificate))
        });
        // The certificate tells the kind in words; without one the key's object identifier has to do.
        let kind = match (certificate, key.algorithm()) {
            (Some(entry), _) => entry.certificate.public_key().kind().to_string(),
            (None, Some(algorithm)) => algorithm.to_string(),
            (None, None) => String::from("unknown"),
        };
        Self {
            name: key.friendly_name.clone(),
            kind,
            protection: key.protection.as_ref().map(ToString::to_string),
            local_key_id: key.local_key_id.as_deref().map(|id| hex::encode(id, "")),
            certificate: position.map(|position| position + 1),
        }
    }
}

impl ShownCertificate {
    fn new(entry: &CertificateEntry) -> Self {
        let certificate = &entry.certificate;
        let fingerprint = certificate.fingerprint(DigestAlgorithm::Sha256, &AwsLc);
        Self {
            name: entry.friendly_name.clone(),
            subject: certificate.subject().to_string(),
            issuer: certificate.issuer().to_string(),
            serial_number: certificate.serial().to_string(),
            not_after: time::display(certificate.not_after()),
            public_key: certificate.public_key().kind().to_string(),
            fingerprint_sha256: hex::fingerprint(&fingerprint),
            protection: entry.protection.as_ref().map(ToString::to_string),
            local_key_id: entry.local_key_id.as_deref().map(|id| hex::encode(id, "")),
        }
    }
}

impl ShownSkipped {
    fn new(skipped: &Skipped) -> Self {
        let mut what = skipped.kind.to_string();
        if let Some(cause) = std::error::Error::source(&skipped.kind) {
            what.push_str(&format!(": {cause}"));
        }
        Self {
            what,
            name: skipped.friendly_name.clone(),
        }
    }
}
