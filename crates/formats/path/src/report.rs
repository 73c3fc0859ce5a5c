//! The result of validation for machines: what `chancery path validate --json` prints. Fields are only ever added.

use chancery_x509::{Certificate, Crypto, DigestAlgorithm, hex};
use serde::Serialize;

use crate::certificate::PathCertificate;
use crate::failure::{Failure, Finding, Place};
use crate::purpose::Purpose;
use crate::validated::{Check, InvalidPath, ValidatedPath};

/// A result of validation.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Whether a path is valid.
    pub valid: bool,
    /// The time of validation, seconds since 1970.
    pub at: i64,
    /// The purpose asked for.
    pub purpose: Purpose,
    /// The first of `failures`, in a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
    /// What is wrong, what says most first; empty where the path is valid.
    pub failures: Vec<FailureReport>,
    /// The path, the end entity first; empty where none is valid.
    pub path: Vec<CertificateReport>,
    /// The trust anchor of a valid path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// The certificate policies that a valid path has, dotted.
    pub policies: Vec<String>,
    /// Whether the path says anyPolicy throughout.
    pub any_policy: bool,
}

/// One reason.
#[derive(Clone, Debug, Serialize)]
pub struct FailureReport {
    /// The kind of finding.
    pub finding: Finding,
    /// In words.
    pub message: String,
    /// The standard and clause.
    pub clause: &'static str,
    /// The certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Place>,
}

/// One certificate of a valid path.
#[derive(Clone, Debug, Serialize)]
pub struct CertificateReport {
    /// Counted from the end entity, which is 0.
    pub index: usize,
    /// The subject.
    pub subject: String,
    /// The issuer.
    pub issuer: String,
    /// Hexadecimal.
    pub serial: String,
    /// SHA-256 of the certificate, hexadecimal.
    pub sha256: String,
    /// What was checked.
    pub checks: Vec<CheckReport>,
}

/// One check that was passed.
#[derive(Clone, Debug, Serialize)]
pub struct CheckReport {
    /// Which.
    pub check: &'static str,
    /// In words.
    pub message: String,
    /// The standard and clause.
    pub clause: &'static str,
}

impl Report {
    /// The report of a valid path.
    #[must_use]
    pub fn valid(path: &ValidatedPath, crypto: &dyn Crypto) -> Self {
        let policies = path.policies();
        let listed = policies.map_or(&[][..], |policies| policies.user.as_slice());
        let certificates = path.certificates().iter().enumerate();
        Self {
            valid: true,
            at: path.at(),
            purpose: path.purpose(),
            finding: None,
            failures: Vec::new(),
            path: certificates
                .map(|(index, one)| CertificateReport::new(index, one, path.checks(), crypto))
                .collect(),
            anchor: Some(path.anchor().subject().one_line()),
            policies: listed.iter().map(ToString::to_string).collect(),
            any_policy: policies.is_some_and(|policies| policies.any),
        }
    }

    /// The report of what is wrong.
    #[must_use]
    pub fn invalid(problem: &InvalidPath, at: i64, purpose: Purpose) -> Self {
        Self::failed(problem.failures(), at, purpose)
    }

    /// The report of failures that were found before any path was built, a certificate that cannot be read for instance.
    #[must_use]
    pub fn failed(failures: &[Failure], at: i64, purpose: Purpose) -> Self {
        Self {
            valid: false,
            at,
            purpose,
            finding: failures.first().map(Failure::finding),
            failures: failures.iter().map(FailureReport::new).collect(),
            path: Vec::new(),
            anchor: None,
            policies: Vec::new(),
            any_policy: false,
        }
    }
}

impl FailureReport {
    fn new(failure: &Failure) -> Self {
        Self {
            finding: failure.finding(),
            message: failure.kind.to_string(),
            clause: failure.clause(),
            certificate: failure.place.clone(),
        }
    }
}

impl CertificateReport {
    fn new(
        index: usize,
        certificate: &PathCertificate,
        checks: &[Check],
        crypto: &dyn Crypto,
    ) -> Self {
        let certificate: &Certificate = certificate.certificate();
        let own = checks.iter().filter(|check| check.certificate == index);
        Self {
            index,
            subject: certificate.subject().one_line(),
            issuer: certificate.issuer().one_line(),
            serial: certificate.serial().to_hex(),
            sha256: hex::encode(
                &certificate.fingerprint(DigestAlgorithm::Sha256, crypto),
                "",
            ),
            checks: own
                .map(|check| CheckReport {
                    check: check.kind.name(),
                    message: check.kind.to_string(),
                    clause: check.kind.clause(),
                })
                .collect(),
        }
    }
}
