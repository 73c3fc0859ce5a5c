//! Whose signature it is: the path of each certificate.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use chancery_cms::signed::{SignedData, TimeStamp};
use chancery_keys::AwsLc;
use chancery_path::{
    AlgorithmPolicy, Conformance, Failure as PathFailure, FailureKind, Limits, PathCertificate,
    Purpose, Report, Revocation, RevocationList, Settings, Store, TrustAnchor, validate,
};
use chancery_x509::pem::{self, Label};
use chancery_x509::{Certificate, CertificateList, Crypto, DigestAlgorithm};

use crate::{cli::VerifyWords, failure::Failure, files, os};

/// Most paths that are validated, all layers and time-stamps of a message together.
const MAX_PATHS: u32 = 64;
/// Paths with all the work that one validation may cost. Those of further signers, of which a message hardly ever has as many, get an
/// eighth each.
const FULL_PATHS: u32 = 8;

/// What paths are validated with: the files that were named.
pub struct Trust {
    anchors: Vec<TrustAnchor>,
    certificates: Vec<Certificate>,
    ready: Vec<PathCertificate>,
    lists: Vec<Arc<RevocationList>>,
    /// Lists that cannot be read, which the reason why a path is not valid may be.
    unreadable: Vec<Vec<u8>>,
    answers: Vec<Vec<u8>>,
    settings: Settings,
    /// Paths validated for this message.
    paths: Cell<u32>,
    reports: RefCell<HashMap<Question, Report>>,
}

/// A certificate, what is enclosed (both by digest), and a purpose.
type Question = (Vec<u8>, Vec<u8>, Purpose);

/// Trust with what a message or a time-stamp brings along.
pub struct Paths<'a> {
    trust: &'a Trust,
    enclosed: Enclosed<'a>,
    digest: Vec<u8>,
    store: OnceCell<Store>,
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
            ready: Vec::new(),
            lists: Vec::new(),
            unreadable: Vec::new(),
            answers: Vec::new(),
            settings,
            paths: Cell::new(0),
            reports: RefCell::default(),
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
        trust.ready = trust
            .certificates
            .iter()
            .map(|certificate| PathCertificate::new(certificate.clone()))
            .collect();
        for path in &words.crl {
            for der in blocks(path, Label::X509Crl)? {
                match CertificateList::from_der(&der) {
                    Ok(list) => trust.lists.push(Arc::new(RevocationList::new(list))),
                    Err(_) => trust.unreadable.push(der),
                }
            }
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

    /// With what came along.
    pub fn with<'a>(&'a self, enclosed: Enclosed<'a>) -> Paths<'a> {
        let mut hasher = AwsLc.hasher(DigestAlgorithm::Sha256);
        // DER says where it ends, the numbers say where one kind does.
        for count in [enclosed.certificates.len(), enclosed.lists.len()] {
            hasher.update(&(count as u64).to_be_bytes());
        }
        let certificates = enclosed.certificates.iter().map(Certificate::as_der);
        let others = enclosed.lists.iter().chain(enclosed.answers);
        for der in certificates.chain(others.map(Vec::as_slice)) {
            hasher.update(der);
        }
        Paths {
            trust: self,
            enclosed,
            digest: hasher.finish(),
            store: OnceCell::new(),
        }
    }

    /// What the next path may cost; nothing is left after many.
    fn limits(&self) -> Option<Limits> {
        let before = self.paths.get();
        self.paths.set(before.saturating_add(1));
        let full = self.settings.limits;
        if before < FULL_PATHS {
            Some(full)
        } else if before < MAX_PATHS {
            Some(Limits {
                signatures: full.signatures / 8,
                steps: full.steps / 8,
                paths: full.paths / 8,
                name_comparisons: full.name_comparisons / 8,
                policy_nodes: full.policy_nodes / 8,
                ..full
            })
        } else {
            None
        }
    }
}

impl Paths<'_> {
    /// Validates a certificate's path with the files and what came along, once however often it is asked. What cannot be read does no
    /// harm: a path that needs it is not valid.
    pub fn path(&self, leaf: &Certificate, purpose: Purpose) -> Report {
        let question = (
            leaf.fingerprint(DigestAlgorithm::Sha256, &AwsLc),
            self.digest.clone(),
            purpose,
        );
        if let Some(report) = self.trust.reports.borrow().get(&question) {
            return report.clone();
        }
        let report = self.validate(leaf, purpose);
        self.trust
            .reports
            .borrow_mut()
            .insert(question, report.clone());
        report
    }

    fn validate(&self, leaf: &Certificate, purpose: Purpose) -> Report {
        let Some(limits) = self.trust.limits() else {
            let failure = PathFailure {
                place: None,
                kind: FailureKind::Budget {
                    what: "paths validated for one message",
                    limit: MAX_PATHS,
                },
            };
            return Report::failed(&[failure], self.trust.settings.at, purpose);
        };
        let settings = Settings {
            purpose,
            limits,
            ..self.trust.settings.clone()
        };
        let store = self.store.get_or_init(|| self.store());
        match validate(
            &PathCertificate::new(leaf.clone()),
            store,
            &settings,
            &AwsLc,
        ) {
            Ok(path) => Report::valid(&path, &AwsLc),
            Err(problem) => Report::invalid(&problem, settings.at, purpose),
        }
    }

    fn store(&self) -> Store {
        let (trust, enclosed) = (self.trust, &self.enclosed);
        let mut store = Store::new();
        for anchor in &trust.anchors {
            store.add_anchor(anchor.clone());
        }
        for certificate in enclosed.certificates {
            store.add_certificate(PathCertificate::new(certificate.clone()));
        }
        for certificate in &trust.ready {
            store.add_certificate(certificate.clone());
        }
        for list in enclosed.lists.iter().chain(&trust.unreadable) {
            let _ = store.add_list_der(list);
        }
        for list in &trust.lists {
            store.add_ready_list(Arc::clone(list));
        }
        for answer in enclosed.answers.iter().chain(&trust.answers) {
            let _ = store.add_answer_der(answer);
        }
        store
    }
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> Failure {
    Failure::because(format!("{} cannot be read", path.display()), error)
}

/// DER as it came, or what the PEM blocks hold.
fn blocks(path: &Path, label: Label) -> Result<Vec<Vec<u8>>, Failure> {
    let content = match label {
        Label::X509Crl => files::read_lists(path)?,
        _ => files::read(path)?,
    };
    match std::str::from_utf8(&content) {
        Ok(text) if text.contains("-----BEGIN") => {
            pem::decode_all(text, label).map_err(|error| unreadable(path, &error))
        }
        _ => Ok(vec![content]),
    }
}

#[cfg(test)]
mod tests {
    use chancery_keys::{KeyAlgorithm, Signer, SoftwareKey};
    use chancery_path::Finding;
    use chancery_x509::{
        Attribute, AttributeKind, Name, PublicKeyInfo, SerialNumber, TbsCertificate,
    };

    use super::*;

    fn certificates(count: u8) -> Vec<Certificate> {
        let key = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
        let name = Name::new([Attribute::new(AttributeKind::CommonName, "signer")]).unwrap();
        let make = |serial| {
            let tbs = TbsCertificate {
                serial: SerialNumber::new(&[serial]).unwrap(),
                signature: key.algorithm(),
                issuer: name.clone(),
                not_before: 0,
                not_after: 10,
                subject: name.clone(),
                subject_public_key: PublicKeyInfo::from_der(key.public_key()).unwrap(),
                extensions: Vec::new(),
            };
            let der = tbs.to_der().unwrap();
            Certificate::assemble(&der, key.algorithm(), &key.sign(&der).unwrap()).unwrap()
        };
        (1..=count).map(make).collect()
    }

    fn trust() -> Trust {
        Trust {
            anchors: Vec::new(),
            certificates: Vec::new(),
            ready: Vec::new(),
            lists: Vec::new(),
            unreadable: Vec::new(),
            answers: Vec::new(),
            settings: Settings::at(5),
            paths: Cell::new(0),
            reports: RefCell::default(),
        }
    }

    #[test]
    fn a_path_is_validated_once_for_a_message() {
        let (trust, certificates) = (trust(), certificates(2));
        let enclosed = Enclosed {
            certificates: &certificates,
            ..Enclosed::default()
        };
        // As for two signatures, detached content in two forms, and a time-stamp that brings along the same.
        for _ in 0..3 {
            let paths = trust.with(enclosed);
            for _ in 0..3 {
                let report = paths.path(&certificates[0], Purpose::Any);
                assert_eq!(report.finding, Some(Finding::Untrusted));
            }
        }
        assert_eq!(trust.paths.get(), 1);
        trust.with(enclosed).path(&certificates[1], Purpose::Any);
        trust
            .with(enclosed)
            .path(&certificates[0], Purpose::Timestamp);
        trust
            .with(Enclosed::default())
            .path(&certificates[0], Purpose::Any);
        assert_eq!(trust.paths.get(), 4);
    }

    #[test]
    fn a_message_has_so_many_paths_and_no_more() {
        let (trust, certificates) = (trust(), certificates(70));
        let paths = trust.with(Enclosed::default());
        let findings: Vec<_> = certificates
            .iter()
            .map(|leaf| paths.path(leaf, Purpose::Any).finding.unwrap())
            .collect();
        let (validated, left) = findings.split_at(64);
        assert!(validated.iter().all(|one| *one == Finding::Untrusted));
        assert!(left.iter().all(|one| *one == Finding::Budget));
    }
}
