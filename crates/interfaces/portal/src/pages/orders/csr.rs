//! The certificate request: taken from a field or a file, checked, and what to say about it.

use axum::{
    Json,
    extract::{Path, State},
};
use chancery_ra::CsrCheck;
use chancery_store::Id;
use chancery_x509::pem::{self, Label};
use serde::Serialize;

use crate::{
    error::PageError,
    form::{Form, Upload},
    page::Page,
    pages::path_id,
    state::Portal,
};

/// What the check says, in the words of the page; the same for the page and for the live check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Verdict {
    pub correct: bool,
    pub title: String,
    /// Key, size and subject of a correct request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Where, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Line {
    pub label: String,
    pub value: String,
}

impl Verdict {
    pub(crate) fn new(page: &Page, check: &CsrCheck) -> Self {
        match check {
            CsrCheck::Correct { key, subject, .. } => {
                let subject = if subject.is_empty() {
                    page.text("activation-csr-subject-none")
                } else {
                    subject.clone()
                };
                let line = |label, value: String| Line {
                    label: page.text(label),
                    value,
                };
                Self {
                    correct: true,
                    title: page.text("activation-csr-correct"),
                    lines: vec![
                        line("activation-csr-key", key.clone()),
                        line("activation-csr-subject", subject),
                    ],
                    message: None,
                    place: None,
                }
            }
            CsrCheck::Wrong(problem) => {
                let message = problem
                    .args
                    .iter()
                    .fold(
                        page.t(format!("csr-error-{}", problem.id)),
                        |message, (name, value)| message.with(name, value.as_str()),
                    )
                    .to_string();
                Self {
                    correct: false,
                    title: page.text("activation-csr-wrong"),
                    lines: Vec::new(),
                    message: Some(message),
                    place: problem
                        .line
                        .map(|line| page.t("activation-csr-line").with("line", line).to_string()),
                }
            }
        }
    }

    /// What is wrong, with its place, for the list of problems on top of the page.
    pub(crate) fn problem(&self) -> Option<String> {
        let message = self.message.as_ref()?;
        Some(match &self.place {
            Some(place) => format!("{place}: {message}"),
            None => message.clone(),
        })
    }
}

/// `POST /orders/{id}/csr-check`: the check while typing. Nothing is kept.
pub(crate) async fn check_live(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Json<Verdict>, PageError> {
    check(&portal, &page, path_id(&id)?, form.value("csr"))
        .await
        .map(Json)
}

pub(crate) async fn check(
    portal: &Portal,
    page: &Page,
    order: Id,
    csr: &str,
) -> Result<Verdict, PageError> {
    let check = portal
        .ra
        .check_csr(page.principal()?, order, csr, portal.now())
        .await?;
    Ok(Verdict::new(page, &check))
}

/// The form with the chosen file's request in its field: a file, where there is one, was chosen last.
pub(crate) fn with_file(upload: Upload) -> Form {
    let Upload { mut form, files } = upload;
    if let Some(file) = files.iter().find(|file| file.field == "csr-file") {
        form.set("csr", &as_text(&file.octets));
    }
    form
}

/// Requests come as text or in binary; the field holds text.
fn as_text(octets: &[u8]) -> String {
    match std::str::from_utf8(octets) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => pem::encode(Label::CertificateRequest, octets),
    }
}

#[cfg(test)]
mod tests {
    use chancery_ra::CsrProblem;
    use chancery_x509::RequestError;

    use super::as_text;
    use crate::words::Language;

    /// Every value that any of the texts may name.
    const VALUES: [&str; 14] = [
        "algorithm",
        "bits",
        "character",
        "count",
        "curve",
        "expected",
        "factor",
        "found",
        "key",
        "label",
        "limit",
        "maximum",
        "minimum",
        "octets",
    ];

    #[test]
    fn everything_that_can_be_wrong_has_its_words() {
        for language in Language::all() {
            for id in RequestError::IDS.iter().chain(&CsrProblem::IDS) {
                let message = language.message(format!("csr-error-{id}"));
                let text = VALUES
                    .iter()
                    .fold(message, |message, name| message.with(name, "x"))
                    .to_string();
                assert!(!text.contains('⟦'), "{text} in {}", language.tag());
            }
        }
    }

    #[test]
    fn text_stays_text_and_binary_becomes_text() {
        assert_eq!(as_text(b"\xef\xbb\xbf-----BEGIN"), "-----BEGIN");
        assert_eq!(
            as_text(&[0x30, 0x82, 0xff]),
            "-----BEGIN CERTIFICATE REQUEST-----\nMIL/\n-----END CERTIFICATE REQUEST-----\n"
        );
    }
}
