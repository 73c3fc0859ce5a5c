//! Why a certificate was not registered, in words with the next step.

use chancery_register::{CertificateError, FileError, Uses};

use super::card::use_words;
use crate::{error::PageError, form::Form, page::Page, pages::certificates::reason_words};

/// The field of the form that is to blame: the file and the text stand for one another.
fn field(form: &Form) -> &'static str {
    if form.value("pem").trim().is_empty() {
        "file"
    } else {
        "pem"
    }
}

/// The form with what is wrong with it, or the page that says it where no form can mend it.
pub(crate) fn of_enrolment(
    page: &Page,
    mut form: Form,
    error: CertificateError,
) -> Result<Form, PageError> {
    let (field, text) = match &error {
        CertificateError::Unfit { wanted, allowed } => ("uses", unfit(page, *wanted, *allowed)),
        CertificateError::File(error) => (field(&form), of_file(page, error)),
        other => match words(page, other) {
            Some(text) => (field(&form), text),
            None => return Err(error.into()),
        },
    };
    let label = match field {
        "uses" => "registered-uses",
        "pem" => "registered-pem",
        _ => "registered-file",
    };
    form.refuse_named(field, page.text(label), text);
    Ok(form)
}

fn unfit(page: &Page, wanted: Option<Uses>, allowed: Uses) -> String {
    if allowed.is_none() {
        return page.text("registered-refused-fit-for-nothing");
    }
    let allowed = page.text(use_words(allowed));
    let wanted = page.text(use_words(wanted.unwrap_or_default()));
    page.t("registered-refused-unfit")
        .with("wanted", wanted)
        .with("allowed", allowed)
        .to_string()
}

/// What is wrong with the file itself.
pub(crate) fn of_file(page: &Page, error: &FileError) -> String {
    match error {
        FileError::Empty => page.text("registered-refused-empty"),
        FileError::TooLarge { limit, .. } => page
            .t("registered-refused-too-large")
            .with("limit", limit / 1024)
            .to_string(),
        FileError::PrivateKey => page.text("registered-refused-private-key"),
        FileError::Pem(_) => page.text("registered-refused-pem"),
        FileError::Pkcs7(_) => page.text("registered-refused-pkcs7"),
        FileError::Damaged(_) => page.text("registered-refused-damaged"),
        FileError::TooMany { count, limit } => page
            .t("registered-refused-too-many")
            .with("count", *count)
            .with("limit", *limit)
            .to_string(),
    }
}

/// What a person can do something about.
fn words(page: &Page, error: &CertificateError) -> Option<String> {
    Some(match error {
        CertificateError::OnlyAuthorities => page.text("registered-refused-only-authorities"),
        CertificateError::Several { count } => page
            .t("registered-refused-several")
            .with("count", *count)
            .to_string(),
        CertificateError::Unreadable(_) => page.text("registered-refused-unreadable"),
        CertificateError::UnsupportedAuthority { issuer, .. } => page
            .t("registered-refused-unsupported")
            .with("issuer", issuer.clone())
            .to_string(),
        CertificateError::InvalidPath(_) => page.text("registered-refused-path"),
        CertificateError::Expired { not_after } => page
            .t("registered-refused-expired")
            .with("at", page.date_time(*not_after))
            .to_string(),
        CertificateError::NotYetValid { not_before } => page
            .t("registered-refused-not-yet-valid")
            .with("at", page.date_time(*not_before))
            .to_string(),
        CertificateError::Revoked {
            at,
            reason: chancery_x509::RevocationReason::CertificateHold,
        } => page
            .t("registered-refused-suspended")
            .with("at", page.date_time(*at))
            .to_string(),
        CertificateError::Revoked { at, reason } => page
            .t("registered-refused-revoked")
            .with("at", page.date_time(*at))
            .with("reason", page.text(reason_words(*reason)))
            .to_string(),
        CertificateError::AlreadyRegistered => page.text("registered-refused-already"),
        CertificateError::RegisteredByOther => page.text("registered-refused-by-other"),
        CertificateError::NoFreePair { limit } => page
            .t("registered-refused-no-pair")
            .with("limit", *limit)
            .to_string(),
        CertificateError::Proof(_) => page.text("registered-refused-proof"),
        CertificateError::Denied(_)
        | CertificateError::NotTheirs
        | CertificateError::File(_)
        | CertificateError::Unfit { .. }
        | CertificateError::NoSuchCertificate
        | CertificateError::Fault(_) => return None,
    })
}
