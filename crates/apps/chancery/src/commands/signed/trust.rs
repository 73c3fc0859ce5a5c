//! Whose signature it is: the path of each certificate.

use std::path::Path;

use chancery_cms::signed::{SignedData, TimeStamp};
use chancery_keys::AwsLc;
use chancery_path::{
    AlgorithmPolicy, Conformance, PathCertificate, Purpose, Report, Revocation, Settings, Store,
    TrustAnchor, validate,
};
use chancery_x509::Certificate;
use chancery_x509::pem::{self, Label};

use crate::{cli::VerifyWords, failure::Failure, files, os};

/// What paths are validated with: the files that were named.
pub struct Trust {
    anchors: Vec<TrustAnchor>,
    certificates: Vec<Certificate>,
    lists: Vec<Vec<u8>>,
    answers: Vec<Vec<u8>>,
    settings: Settings,
}

/// What a message or a time-stamp brings along.
#[derive(Clone, Copy, Default)]
pub struct Enclosed<'a> {
    pub certificates: &'a [Certificate],
    pub lists: &'a [Vec<u8>],
    pub answers: &'a [Vec<u8>],
}

impl<'a> From<&'a SignedData> for Enclosed<'a> {
    fn from(signed: &'a SignedData) -> Self {
        Self {
            certificates: signed.certificates(),
            lists: signed.revocation_lists(),
            answers: signed.ocsp_responses(),
        }
    }
}

impl<'a> From<&'a TimeStamp> for Enclosed<'a> {
    fn from(stamp: &'a TimeStamp) -> Self {
        Self {
            certificates: &stamp.certificates,
            lists: &stamp.revocation_lists,
            answers: &[],
        }
    }
}

impl Trust {
    /// Reads the files.
    pub fn read(words: &VerifyWords) -> Result<Self, Failure> {
        let at = words
            .at
            .map_or_else(|| os::now().as_secs(), jiff::Timestamp::as_second);
        let mut settings = Settings {
            purpose: words.purpose,
            algorithms: AlgorithmPolicy {
                sha1: words.allow_sha1,
                ..AlgorithmPolicy::default()
            },
            ..Settings::at(at)
        };
        if words.no_revocation {
            settings.revocation = Revocation::Off;
        }
        if words.lenient {
            settings.conformance = Conformance::Algorithm;
        }
        let mut trust = Self {
            anchors: Vec::new(),
            certificates: Vec::new(),
            lists: Vec::new(),
            answers: Vec::new(),
            settings,
        };
        for path in &words.ca_file {
            for der in blocks(path, Label::Certificate)? {
                trust
                    .anchors
                    .push(TrustAnchor::from_der(&der).map_err(|error| unreadable(path, &error))?);
            }
        }
        for path in &words.certfile {
            for der in blocks(path, Label::Certificate)? {
                trust
                    .certificates
                    .push(Certificate::from_der(&der).map_err(|error| unreadable(path, &error))?);
            }
        }
        for path in &words.crl {
            trust.lists.extend(blocks(path, Label::X509Crl)?);
        }
        for path in &words.ocsp {
            trust.answers.push(files::read(path)?);
        }
        Ok(trust)
    }

    /// Certificates that may be missing in the message.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Validates a certificate's path with these files and what came along. What cannot be read does no harm: a path that needs it
    /// is not valid.
    pub fn path(&self, leaf: &Certificate, enclosed: &Enclosed<'_>, purpose: Purpose) -> Report {
        let mut store = Store::new();
        for anchor in &self.anchors {
            store.add_anchor(anchor.clone());
        }
        for certificate in enclosed.certificates.iter().chain(&self.certificates) {
            store.add_certificate(PathCertificate::new(certificate.clone()));
        }
        for list in enclosed.lists.iter().chain(&self.lists) {
            let _ = store.add_list_der(list);
        }
        for answer in enclosed.answers.iter().chain(&self.answers) {
            let _ = store.add_answer_der(answer);
        }
        let settings = Settings {
            purpose,
            ..self.settings.clone()
        };
        let leaf = PathCertificate::new(leaf.clone());
        match validate(&leaf, &store, &settings, &AwsLc) {
            Ok(path) => Report::valid(&path, &AwsLc),
            Err(problem) => Report::invalid(&problem, settings.at, purpose),
        }
    }
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> Failure {
    Failure::because(format!("{} cannot be read", path.display()), error)
}

/// DER as it came, or what the PEM blocks hold.
fn blocks(path: &Path, label: Label) -> Result<Vec<Vec<u8>>, Failure> {
    let content = files::read(path)?;
    match std::str::from_utf8(&content) {
        Ok(text) if text.contains("-----BEGIN") => {
            pem::decode_all(text, label).map_err(|error| unreadable(path, &error))
        }
        _ => Ok(vec![content]),
    }
}
