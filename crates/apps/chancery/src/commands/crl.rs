//! `chancery crl`.

use chancery_keys::AwsLc;
use chancery_x509::{CertificateList, pem::PemError, view};

use super::show;
use crate::{cli::Show, failure::Failure, files};

/// Shows a revocation list in words.
pub fn show(words: &Show) -> Result<(), Failure> {
    let content = files::read_lists(&words.file)?;
    let read = match std::str::from_utf8(&content) {
        Ok(text) if text.contains("-----BEGIN") => CertificateList::from_pem(text),
        _ => CertificateList::from_der(&content).map_err(PemError::Content),
    };
    let list = read.map_err(|error| {
        Failure::because(
            format!("{} is not a revocation list", words.file.display()),
            &error,
        )
    })?;
    show::print(
        "certificate revocation list",
        &view::crl_fields(&list, &AwsLc),
        words.json,
    )
}
