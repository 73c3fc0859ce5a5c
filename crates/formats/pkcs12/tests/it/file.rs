//! Files to open.

use std::path::Path;
use std::process::{Command, Output};

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_pkcs12::{Contents, Password, Randomness};
use chancery_x509::extension::{self, KeyUsage};
use chancery_x509::{
    Attribute, AttributeKind, Certificate, Name, PublicKeyInfo, SerialNumber, TbsCertificate,
};

/// A key with its certificate and the authority's.
pub struct Identity {
    pub key: SoftwareKey,
    pub certificate: Certificate,
    pub root: Certificate,
}

fn certificate(
    common_name: &str,
    key: &SoftwareKey,
    issuer: &str,
    issuer_key: &SoftwareKey,
    ca: bool,
) -> Certificate {
    let name = |value| Name::new([Attribute::new(AttributeKind::CommonName, value)]).unwrap();
    let subject_public_key = PublicKeyInfo::from_der(key.public_key()).unwrap();
    let usage = if ca {
        KeyUsage::KEY_CERT_SIGN
    } else {
        KeyUsage::DIGITAL_SIGNATURE
    };
    let tbs = TbsCertificate {
        serial: SerialNumber::new(&[7 + u8::from(ca)]).unwrap(),
        signature: issuer_key.algorithm(),
        issuer: name(issuer),
        not_before: 1_795_152_833,
        not_after: 1_826_688_833,
        subject: name(common_name),
        extensions: vec![
            extension::basic_constraints(ca, None),
            extension::key_usage(usage),
            extension::subject_key_identifier(&subject_public_key.key_identifier(&AwsLc)),
        ],
        subject_public_key,
    };
    let der = tbs.to_der().unwrap();
    Certificate::assemble(
        &der,
        issuer_key.algorithm(),
        &issuer_key.sign(&der).unwrap(),
    )
    .unwrap()
}

impl Identity {
    pub fn new(algorithm: KeyAlgorithm) -> Self {
        let key = SoftwareKey::generate(algorithm).unwrap();
        let root = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
        Self {
            certificate: certificate("Jana Nováková", &key, "Test Root", &root, false),
            root: certificate("Test Root", &root, "Test Root", &root, true),
            key,
        }
    }

    pub fn contents(&self) -> Contents {
        Contents {
            private_key: self.key.to_pkcs8().unwrap(),
            certificate: self.certificate.clone(),
            chain: vec![self.root.clone()],
            friendly_name: Some("Jana Nováková (2026)".to_owned()),
        }
    }

    pub fn write(&self, password: &str) -> Vec<u8> {
        let password = Password::new(password).unwrap();
        let random = Randomness::from(std::array::from_fn(|at| u8::try_from(at).unwrap()));
        chancery_pkcs12::write(self.contents(), password, random, &AwsLc).unwrap()
    }
}

/// Runs a program; none, with a word about it, where it is missing.
pub fn run(folder: &Path, program: &str, arguments: &[&str]) -> Option<Output> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output();
    if output.is_err() {
        eprintln!("skipped: the {program} command is not installed");
    }
    output.ok()
}

pub fn printed(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
