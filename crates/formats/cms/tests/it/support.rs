//! Keys and certificates made on the spot, signing by them, and other programs.

use std::path::Path;
use std::process::{Command, Output};

use chancery_cms::signed::{
    AttributeOptions, SignStep, SignedData, SignedDataOptions, SignedDataWriter, SignerOptions,
    SignerReport, VerifyPolicy, default_algorithm, read_signed_data,
};
use chancery_cms::stream::Limits;
use chancery_keys::{AwsLc, KeyAlgorithm, SecretKey, Signer, SoftwareKey};
use chancery_x509::extension::{self, KeyUsage};
use chancery_x509::pem::{self, Label};
use chancery_x509::{
    Attribute, AttributeKind, Certificate, Name, PublicKeyInfo, SerialNumber, SignatureAlgorithm,
    TbsCertificate,
};

/// 2026-11-20T05:33:53Z.
pub const NOW: i64 = 1_795_152_833;

/// A key with its certificate, self-issued.
pub struct Party {
    pub key: SoftwareKey,
    pub certificate: Certificate,
}

impl Party {
    pub fn new(name: &str, algorithm: KeyAlgorithm) -> Self {
        Self::with_serial(name, algorithm, 1)
    }

    pub fn with_serial(name: &str, algorithm: KeyAlgorithm, serial: u8) -> Self {
        let usage = KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_CERT_SIGN;
        Self::with_usage(name, algorithm, serial, Some(usage))
    }

    pub fn with_usage(
        name: &str,
        algorithm: KeyAlgorithm,
        serial: u8,
        usage: Option<KeyUsage>,
    ) -> Self {
        let key = SoftwareKey::generate(algorithm).unwrap();
        let name = Name::new([Attribute::new(AttributeKind::CommonName, name)]).unwrap();
        let public_key = PublicKeyInfo::from_der(key.public_key()).unwrap();
        let identifier = public_key.key_identifier(&AwsLc);
        let tbs = TbsCertificate {
            serial: SerialNumber::new(&[serial]).unwrap(),
            signature: key.algorithm(),
            issuer: name.clone(),
            not_before: NOW - 86_400,
            not_after: NOW + 20 * 366 * 86_400,
            subject: name,
            subject_public_key: public_key,
            extensions: [
                Some(extension::basic_constraints(true, None)),
                usage.map(extension::key_usage),
                Some(extension::subject_key_identifier(&identifier)),
            ]
            .into_iter()
            .flatten()
            .collect(),
        };
        let der = tbs.to_der().unwrap();
        let signature = key.sign(&der).unwrap();
        let certificate = Certificate::assemble(&der, key.algorithm(), &signature).unwrap();
        Self { key, certificate }
    }

    /// From PEM, as OpenSSL writes it.
    pub fn from_pem(certificate: &str, key: &str) -> Self {
        let der = pem::decode(
            &key.replace("PRIVATE KEY", "CERTIFICATE"),
            Label::Certificate,
        );
        Self {
            key: SoftwareKey::from_pkcs8(&der.unwrap()).unwrap(),
            certificate: Certificate::from_pem(certificate).unwrap(),
        }
    }

    /// Signs with everything that protects a signature.
    pub fn options(&self) -> SignerOptions {
        SignerOptions {
            certificate: self.certificate.clone(),
            algorithm: default_algorithm(&self.certificate).unwrap(),
            by_key_identifier: false,
            attributes: Some(AttributeOptions::at(NOW)),
        }
    }

    pub fn with(&self, algorithm: SignatureAlgorithm) -> SignerOptions {
        SignerOptions {
            algorithm,
            ..self.options()
        }
    }

    /// Writes `NAME.pem` and `NAME.key`.
    pub fn write(&self, folder: &Path, name: &str) {
        let key = self.key.to_pkcs8().unwrap();
        std::fs::write(
            folder.join(format!("{name}.pem")),
            self.certificate.to_pem(),
        )
        .unwrap();
        let pem = pem::encode(Label::Certificate, &key).replace("CERTIFICATE", "PRIVATE KEY");
        std::fs::write(folder.join(format!("{name}.key")), pem).unwrap();
    }
}

/// Signs `content`, fed in pieces, enclosing the certificates.
pub fn sign(
    parties: &[(&Party, SignerOptions)],
    mut options: SignedDataOptions,
    content: &[u8],
    piece: usize,
) -> Vec<u8> {
    options
        .certificates
        .extend(parties.iter().map(|(party, _)| party.certificate.clone()));
    let signers = parties.iter().map(|(_, options)| options.clone()).collect();
    let mut out = Vec::new();
    let mut writer = SignedDataWriter::new(signers, options, &AwsLc).unwrap();
    for piece in content.chunks(piece.max(1)) {
        writer.content(piece, &mut out).unwrap();
    }
    let (mut signing, mut step) = writer.finish().unwrap();
    loop {
        step = match step {
            SignStep::Need { signer, need } => {
                let answer = parties[signer].0.key.answer(&need).unwrap();
                signing.resume(&answer).unwrap()
            }
            SignStep::Stamp { .. } => panic!("nobody asked for a time-stamp"),
            SignStep::Done(rest) => {
                out.extend(rest);
                return out;
            }
        };
    }
}

/// One signer, content inside.
pub fn sign_one(party: &Party, content: &[u8]) -> Vec<u8> {
    sign(
        &[(party, party.options())],
        SignedDataOptions::default(),
        content,
        1000,
    )
}

pub fn read(octets: &[u8]) -> (SignedData, Vec<u8>) {
    let mut content = Vec::new();
    let signed = read_signed_data(octets, &mut content, Limits::default(), &AwsLc).unwrap();
    (signed, content)
}

/// Reads and verifies, certificates and content being inside.
pub fn verify(octets: &[u8]) -> Vec<SignerReport> {
    read(octets)
        .0
        .verify(None, &[], VerifyPolicy::default(), &AwsLc)
}

/// The one report there must be.
pub fn only(reports: Vec<SignerReport>) -> SignerReport {
    assert_eq!(reports.len(), 1);
    reports.into_iter().next().unwrap()
}

/// Runs a program in a folder; none, with a word about it, where it is missing.
pub fn try_run(program: &str, folder: &Path, arguments: &[&str]) -> Option<Output> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output();
    if output.is_err() {
        eprintln!("skipped: {program} is not on this machine (make setup-test installs it)");
    }
    output.ok()
}

/// As [`try_run`], arguments separated by blanks; the program must succeed.
pub fn run(program: &str, folder: &Path, arguments: &str) -> Option<String> {
    let arguments: Vec<_> = arguments.split_whitespace().collect();
    let output = try_run(program, folder, &arguments)?;
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{program} {arguments:?}: {errors}{}",
        String::from_utf8_lossy(&output.stdout)
    );
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a script of python's `cryptography` behind a prelude whose exit code is 77 where that lacks what is needed; false then, with a
/// word about it.
pub fn python(folder: &Path, prelude: &str, script: &str) -> bool {
    let tools = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../target/tools/venv/bin/python3"
    );
    let program = if Path::new(tools).exists() {
        tools
    } else {
        "python3"
    };
    let output = Command::new(program)
        .arg("-c")
        .arg(prelude.to_owned() + script)
        .current_dir(folder)
        .output();
    match output {
        Ok(output) if output.status.code() != Some(77) => {
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{errors}");
            true
        }
        _ => {
            eprintln!("skipped: python's cryptography package is not installed");
            false
        }
    }
}
