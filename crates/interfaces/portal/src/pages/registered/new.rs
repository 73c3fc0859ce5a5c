//! `GET` and `POST /settings/registered/new`, and the same for a member of an organisation: a file or a pasted text is registered.

use askama::Template;
use axum::{extract::State, response::Response};
use chancery_register::{
    CertificateError, EnrolCertificate, ParticipantId, PersonId, Principal, Proof,
    RegisteredCertificateId, Uses,
};
use zeroize::Zeroizing;

use super::problems;
use crate::{
    confirm::{self, Act},
    error::PageError,
    form::{Form, Upload},
    page::Page,
    respond::{self, Remember as _},
    state::Portal,
};

/// `pages/registered-new.html`
#[derive(Template)]
#[template(path = "pages/registered-new.html")]
pub(crate) struct New {
    pub page: Page,
    pub form: Form,
    /// The page that this one belongs to.
    pub back: String,
    /// Where the form goes.
    pub action: String,
    /// For whom; none for oneself.
    pub member: Option<String>,
    pub uses: [UseChoice; 4],
    pub act: Act,
}

/// What the person wants to use a certificate for.
pub(crate) struct UseChoice {
    pub value: &'static str,
    /// The key of its words.
    pub words: &'static str,
}

pub(crate) const USES: [UseChoice; 4] = [
    UseChoice {
        value: "all",
        words: "registered-use-all",
    },
    UseChoice {
        value: "signing",
        words: "registered-use-signing",
    },
    UseChoice {
        value: "encryption",
        words: "registered-use-encryption",
    },
    UseChoice {
        value: "both",
        words: "registered-use-both",
    },
];

impl New {
    pub(crate) fn own(page: Page, form: Form) -> Self {
        Self {
            back: "/settings/registered".to_owned(),
            action: "/settings/registered/new".to_owned(),
            member: None,
            uses: USES,
            act: Act::Register,
            page: page.with_problems(form.problems().len()),
            form,
        }
    }

    fn chosen(&self, value: &str) -> bool {
        let typed = self.form.value("uses");
        typed == value || (typed.is_empty() && value == "all")
    }
}

/// `GET /settings/registered/new`
pub(crate) async fn show(page: Page) -> Result<Response, PageError> {
    respond::page(&New::own(page, Form::default()))
}

/// `POST /settings/registered/new`
pub(crate) async fn register(
    State(portal): State<Portal>,
    page: Page,
    upload: Upload,
) -> Result<Response, PageError> {
    let whose = (page.principal()?.person, None);
    match confirmed(&portal, &page, upload, Act::Register, whose).await? {
        Ok(id) => Ok(respond::see_other(&format!("/settings/registered/{id}"))
            .noticing("notice-certificate-registered")),
        Err((form, error)) => {
            let form = refused(&page, form, error)?;
            respond::refused(&New::own(page, form))
        }
    }
}

/// What was sent as certificates, a file or a pasted text.
fn sent(upload: &Upload) -> &[u8] {
    let file = upload.files.iter().find(|file| file.field == "file");
    file.map_or_else(|| upload.form.value("pem").as_bytes(), |file| &file.octets)
}

/// Registers what was sent, once its person has proved to be there. What is no certificate is refused before: above all no private key
/// travels through another page.
pub(crate) async fn confirmed(
    portal: &Portal,
    page: &Page,
    mut upload: Upload,
    act: Act,
    whose: (PersonId, Option<ParticipantId>),
) -> Result<Result<RegisteredCertificateId, (Form, CertificateError)>, PageError> {
    if let Err(error) = chancery_register::read_certificates(sent(&upload)) {
        let form = std::mem::take(&mut upload.form);
        return Ok(Err(without_secrets(form, error.into())));
    }
    confirm::required(portal, page, &upload, act).await?;
    enrol(portal, page.principal()?, upload, whose).await
}

/// A proof is good once, and a private key is shown to nobody again.
fn without_secrets(mut form: Form, error: CertificateError) -> (Form, CertificateError) {
    form.set("token", "");
    form.set("nonce", "");
    if matches!(
        error,
        CertificateError::File(chancery_register::FileError::PrivateKey)
    ) {
        form.set("pem", "");
    }
    (form, error)
}

/// Registers what was sent; gives the form back with the reason where that was refused.
async fn enrol(
    portal: &Portal,
    principal: &Principal,
    mut upload: Upload,
    (holder, participant): (PersonId, Option<ParticipantId>),
) -> Result<Result<RegisteredCertificateId, (Form, CertificateError)>, PageError> {
    let file = Zeroizing::new(sent(&upload).to_vec());
    let form = std::mem::take(&mut upload.form);
    let token = form.value("token");
    let enrol = EnrolCertificate {
        holder,
        participant,
        file,
        uses: match form.value("uses") {
            "signing" => Some(Uses::SIGNING),
            "encryption" => Some(Uses::ENCRYPTION),
            "both" => Some(Uses::BOTH),
            _ => None,
        },
        proof: (!token.is_empty()).then(|| Proof {
            token: token.to_owned(),
            nonce: form.value("nonce").to_owned(),
        }),
    };
    let done = portal.certificates.enrol(principal, &enrol, portal.now());
    Ok(done.await.map_err(|error| without_secrets(form, error)))
}

/// The form with what is wrong with it, or the page that says it where no form can mend it.
pub(crate) fn refused(page: &Page, form: Form, error: CertificateError) -> Result<Form, PageError> {
    problems::of_enrolment(page, form, error)
}

/// What is wrong with a file of certificates.
pub(crate) fn file_problem(page: &Page, error: &chancery_register::FileError) -> String {
    problems::of_file(page, error)
}
