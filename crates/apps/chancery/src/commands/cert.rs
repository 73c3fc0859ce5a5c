//! `chancery cert`.

use chancery_keys::AwsLc;
use chancery_x509::{Certificate, view};

use super::show;
use crate::{
    admin::{self, Act},
    cli::{CertIssue, CertRevoke, Show},
    datadir::DataDir,
    failure::Failure,
    files,
};

/// Issues a certificate for a request: an operator's act, recorded with the evidence given.
pub fn issue(words: &CertIssue) -> Result<(), Failure> {
    if let Some(out) = &words.out {
        files::must_be_new(out)?;
    }
    let act = Act::CertIssue(admin::CertIssue {
        profile: words.profile.clone(),
        emails: words.email.clone(),
        dns_names: words.dns.clone(),
        subject: words.subject.clone(),
        days: words.days,
        request: files::read(&words.csr)?,
        evidence: words.evidence.clone(),
    });
    let dir = DataDir::named_by(&words.dir);
    let chain = admin::perform(&dir, words.dir.passphrase_file.as_deref(), act)?;
    match &words.out {
        Some(out) => files::write_new(out, chain.as_bytes()),
        None => super::print(&chain),
    }
}

/// Revokes a certificate.
pub fn revoke(words: CertRevoke) -> Result<(), Failure> {
    let act = Act::CertRevoke {
        serial: words.serial,
        reason: words.reason,
    };
    let done = admin::perform(
        &DataDir::named_by(&words.dir),
        words.dir.passphrase_file.as_deref(),
        act,
    )?;
    super::print(&done)
}

/// Shows a certificate in words.
pub fn show(words: &Show) -> Result<(), Failure> {
    let content = files::read(&words.file)?;
    let certificate = first(&words.file.display().to_string(), &content)?;
    show::print(
        "certificate",
        &view::certificate_fields(&certificate, &AwsLc),
        words.json,
    )
}

/// The certificates in a file: one as DER, or any number as PEM, the leaf first.
pub fn all(place: &str, content: &[u8]) -> Result<Vec<Certificate>, Failure> {
    let unreadable = |error: &dyn std::error::Error| {
        Failure::because(format!("{place} is not a certificate"), error)
    };
    match std::str::from_utf8(content) {
        Ok(text) if text.contains("-----BEGIN") => {
            Certificate::chain_from_pem(text).map_err(|error| unreadable(&error))
        }
        _ => Ok(vec![
            Certificate::from_der(content).map_err(|error| unreadable(&error))?,
        ]),
    }
}

/// The first certificate in a file.
pub fn first(place: &str, content: &[u8]) -> Result<Certificate, Failure> {
    let mut certificates = all(place, content)?.into_iter();
    certificates
        .next()
        .ok_or_else(|| Failure::new(format!("{place} holds no certificate")))
}
