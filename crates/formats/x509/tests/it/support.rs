//! OpenSSL as referee, and a small authority to test with.

use std::path::PathBuf;
use std::process::{Command, Output};

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_x509::extension::{self, KeyUsage};
use chancery_x509::{
    Attribute, AttributeKind, Certificate, Extension, Name, PublicKeyInfo, SerialNumber,
    TbsCertificate,
};
use tempfile::TempDir;

/// 2026-11-20T05:33:53Z.
pub const NOW: i64 = 1_795_152_833;
pub const DAY: i64 = 86_400;

/// The `openssl` command in a folder of its own.
pub struct OpenSsl {
    folder: TempDir,
}

impl OpenSsl {
    /// None, with a word about it, where the command is missing.
    pub fn find() -> Option<Self> {
        match Command::new("openssl").arg("version").output() {
            Ok(output) if output.status.success() => Some(Self {
                folder: TempDir::new().unwrap(),
            }),
            _ => {
                eprintln!("skipped: the openssl command is not installed");
                None
            }
        }
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub fn write(&self, file: &str, content: &[u8]) -> &Self {
        std::fs::write(self.path(file), content).unwrap();
        self
    }

    pub fn read(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.path(file)).unwrap()
    }

    pub fn text(&self, file: &str) -> String {
        String::from_utf8(self.read(file)).unwrap()
    }

    /// Runs it with arguments split at spaces (an argument with spaces comes as `extra`); gives everything it printed.
    pub fn run_with(&self, arguments: &str, extra: &[&str]) -> Result<String, String> {
        let output = Command::new("openssl")
            .args(arguments.split_whitespace())
            .args(extra)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let printed = printed(&output);
        if output.status.success() {
            Ok(printed)
        } else {
            Err(printed)
        }
    }

    /// Runs it; it must succeed.
    pub fn run(&self, arguments: &str) -> String {
        self.run_with(arguments, &[])
            .unwrap_or_else(|printed| panic!("openssl {arguments}: {printed}"))
    }
}

fn printed(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// An authority with its key.
pub struct Authority {
    pub key: SoftwareKey,
    pub certificate: Certificate,
}

pub fn name(attributes: &[(AttributeKind, &str)]) -> Name {
    let attributes = attributes
        .iter()
        .map(|(kind, value)| Attribute::new(*kind, *value));
    Name::new(attributes).unwrap()
}

pub fn public_key(key: &SoftwareKey) -> PublicKeyInfo {
    PublicKeyInfo::from_der(key.public_key()).unwrap()
}

pub fn serial(octets: &[u8]) -> SerialNumber {
    SerialNumber::new(octets).unwrap()
}

impl Authority {
    pub fn new(algorithm: KeyAlgorithm) -> Self {
        let key = SoftwareKey::generate(algorithm).unwrap();
        let subject = name(&[
            (AttributeKind::CountryName, "CZ"),
            (AttributeKind::OrganizationName, "Žluťoučký kůň a.s."),
            (AttributeKind::CommonName, "Test Root"),
        ]);
        let spki = public_key(&key);
        let identifier = spki.key_identifier(&AwsLc);
        let tbs = TbsCertificate {
            serial: serial(&[0x80, 1, 2, 3, 4, 5, 6, 7, 8]),
            signature: key.algorithm(),
            issuer: subject.clone(),
            not_before: NOW - DAY,
            not_after: NOW + 3_650 * DAY,
            subject,
            subject_public_key: spki,
            extensions: vec![
                extension::basic_constraints(true, Some(1)),
                extension::key_usage(KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN),
                extension::subject_key_identifier(&identifier),
            ],
        };
        let certificate = sign(&tbs, &key);
        Self { key, certificate }
    }

    /// Issues a certificate for the key.
    pub fn issue(
        &self,
        serial: SerialNumber,
        subject: Name,
        key: &SoftwareKey,
        mut extensions: Vec<Extension>,
    ) -> Certificate {
        let identifier = self.certificate.subject_key_identifier().unwrap();
        extensions.push(extension::authority_key_identifier(&identifier));
        let tbs = TbsCertificate {
            serial,
            signature: self.key.algorithm(),
            issuer: self.certificate.subject().clone(),
            not_before: NOW - DAY,
            not_after: NOW + 365 * DAY,
            subject,
            subject_public_key: public_key(key),
            extensions,
        };
        sign(&tbs, &self.key)
    }
}

pub fn sign(tbs: &TbsCertificate, key: &SoftwareKey) -> Certificate {
    let der = tbs.to_der().unwrap();
    let signature = key.sign(&der).unwrap();
    Certificate::assemble(&der, key.algorithm(), &signature).unwrap()
}
