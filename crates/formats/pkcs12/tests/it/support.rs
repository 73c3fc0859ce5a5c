//! Identities to write, foreign programs to run, and files to open.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_pkcs12::{
    Contents, Identity, Limits, OpenError, Opened, Password, Profile, open, write,
};
use chancery_x509::extension::{self, KeyUsage};
use chancery_x509::{
    Attribute, AttributeKind, Certificate, Name, PublicKeyInfo, SerialNumber, TbsCertificate,
};
use tempfile::TempDir;

pub const NAME: &str = "Jana Nováková (2026)";

/// A key with its certificate and the authority's.
pub struct Person {
    pub key: SoftwareKey,
    pub certificate: Certificate,
    pub root: Certificate,
}

/// Each kind that costs time to make, once.
pub static RSA: LazyLock<Person> = LazyLock::new(|| Person::new(KeyAlgorithm::Rsa2048));
pub static EC: LazyLock<Person> = LazyLock::new(|| Person::new(KeyAlgorithm::EcP256));

pub fn certificate(
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

impl Person {
    pub fn new(algorithm: KeyAlgorithm) -> Self {
        let key = SoftwareKey::generate(algorithm).unwrap();
        let root = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
        Self {
            certificate: certificate("Jana Nováková", &key, "Test Root", &root, false),
            root: certificate("Test Root", &root, "Test Root", &root, true),
            key,
        }
    }

    pub fn identity(&self) -> Identity {
        Identity {
            private_key: self.key.to_pkcs8().unwrap(),
            certificate: self.certificate.clone(),
            friendly_name: Some(NAME.to_owned()),
        }
    }

    pub fn contents(&self) -> Contents {
        Contents {
            identities: vec![self.identity()],
            authorities: vec![self.root.clone()],
        }
    }

    pub fn write(&self, profile: Profile, password: &str) -> Vec<u8> {
        write_contents(self.contents(), profile, password)
    }

    /// A folder with `key.pem`, `cert.pem` and `ca.pem`.
    pub fn folder(&self) -> TempDir {
        let folder = TempDir::new().unwrap();
        let place = |name| folder.path().join(name);
        std::fs::write(place("cert.pem"), self.certificate.to_pem()).unwrap();
        std::fs::write(place("ca.pem"), self.root.to_pem()).unwrap();
        std::fs::write(place("key.der"), self.key.to_pkcs8().unwrap()).unwrap();
        let pem = pem("PRIVATE KEY", &self.key.to_pkcs8().unwrap());
        std::fs::write(place("key.pem"), pem).unwrap();
        folder
    }

    /// Asserts that a file holds this key, its certificate and nothing that does not belong here.
    #[track_caller]
    pub fn is_in(&self, opened: &Opened, what: &str) {
        let identities = opened
            .identities()
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(identities.len(), 1, "{what}");
        let identity = &identities[0];
        let key = SoftwareKey::from_pkcs8(&identity.key.private_key);
        assert_eq!(key.unwrap().public_key(), self.key.public_key(), "{what}");
        assert_eq!(identity.certificate.certificate, self.certificate, "{what}");
        assert!(opened.skipped.is_empty(), "{what}: {:?}", opened.skipped);
    }
}

pub fn write_contents(contents: Contents, profile: Profile, password: &str) -> Vec<u8> {
    let random = (0_u8..=255)
        .cycle()
        .take(contents.randomness(profile))
        .collect();
    let password = Password::new(password).unwrap();
    write(contents, profile, password, random, &AwsLc, &AwsLc).unwrap()
}

pub fn open_file(file: &[u8], password: &str) -> Result<Opened, OpenError> {
    let password = Password::existing(password).unwrap();
    open(file, password, Limits::default(), &AwsLc, &AwsLc)
}

/// Why a file does not open.
#[track_caller]
pub fn refused(file: &[u8], password: &str) -> OpenError {
    match open_file(file, password) {
        Err(error) => error,
        Ok(_) => panic!("it opened"),
    }
}

pub fn pem(label: &str, der: &[u8]) -> String {
    use pkcs8::der::pem::{LineEnding, encode_string};
    encode_string(label, LineEnding::LF, der).unwrap()
}

/// Runs a program; none, with a word about it, where it is missing.
pub fn run(folder: &Path, program: impl AsRef<Path>, arguments: &[&str]) -> Option<Output> {
    let program = program.as_ref();
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output();
    if output.is_err() {
        eprintln!("skipped: {} is not installed", program.display());
    }
    output.ok()
}

/// The same of a program that must not fail.
#[track_caller]
pub fn done(folder: &Path, program: impl AsRef<Path>, arguments: &[&str]) -> Option<String> {
    let output = run(folder, program, arguments)?;
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        printed(&output)
    );
    Some(printed(&output))
}

pub fn printed(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// A Python that has the packages `cryptography` and `cryptography_vectors`: the project's tools, or the machine's own.
pub static PYTHON: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let tools =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/tools/venv/bin/python3");
    let found = [tools, PathBuf::from("python3")]
        .into_iter()
        .find(|python| {
            Command::new(python)
                .args(["-c", "import cryptography, cryptography_vectors"])
                .output()
                .is_ok_and(|output| output.status.success())
        });
    if found.is_none() {
        eprintln!("skipped: Python's cryptography is not installed");
    }
    found
});

/// Runs Python with a program text.
#[track_caller]
pub fn python(folder: &Path, text: &str) -> Option<String> {
    let python = PYTHON.as_ref()?;
    done(folder, python, &["-c", text])
}
