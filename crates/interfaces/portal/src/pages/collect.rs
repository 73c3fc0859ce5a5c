//! `/download`: a certificate is collected with two codes, without logging in (I1, I2).
//!
//! The codes are asked for once and go along in the forms: nothing of them is kept on the server or in a cookie.

use std::net::SocketAddr;

use askama::Template;
use axum::{
    Json,
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chancery_ca::CertificateRecord;
use chancery_cms::certificates_only;
use chancery_ra::{ActivateError, ActivationData, CollectError, Collection, CsrCheck, KeyPlace};
use chancery_register::Language;
use chancery_store::{Id, Timestamp};
use chancery_x509::Certificate;

use crate::{
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    pages::orders::{
        activation::{SubjectLine, label},
        csr::Verdict,
        data::{StatementBox, ticked},
        problems,
    },
    respond,
    routes::{Needs, Route},
    state::Portal,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/download", Needs::Nothing, show),
        Route::get("/download/{reference}", Needs::Nothing, show_link),
        Route::post("/download", Needs::Nothing, open).limited(Limit::LogIn),
        Route::post("/download/issue", Needs::Nothing, issue).limited(Limit::LogIn),
    ]
}

/// Asks for the codes.
#[derive(Template)]
#[template(path = "pages/collect-codes.html")]
pub(crate) struct Codes {
    pub page: Page,
    pub form: Form,
}

/// What is collected, and where its key is made.
#[derive(Template)]
#[template(path = "pages/collect.html")]
pub(crate) struct Collect {
    pub page: Page,
    /// The codes go on in hidden fields.
    pub form: Form,
    /// The order, for its key to be found again in the browser.
    pub id: String,
    pub number: String,
    pub product: String,
    pub applicant: String,
    pub subject: Vec<SubjectLine>,
    pub email: String,
    pub not_after: Timestamp,
    pub expires_at: Timestamp,
    pub statements: Vec<StatementBox>,
}

/// It was issued for a request.
#[derive(Template)]
#[template(path = "pages/collected.html")]
pub(crate) struct Collected {
    pub page: Page,
    pub email: String,
    pub pem: String,
}

async fn show(page: Page) -> Result<Response, PageError> {
    let form = Form::default();
    respond::page(&Codes { page, form })
}

/// The link from the message: the reference number is typed already.
async fn show_link(page: Page, Path(reference): Path<String>) -> Result<Response, PageError> {
    let form = Form::filled([("reference", reference.as_str())]);
    respond::page(&Codes { page, form })
}

async fn open(State(portal): State<Portal>, page: Page, form: Form) -> Result<Response, PageError> {
    match collection(&portal, &form).await {
        Ok(found) => respond::page(&Collect::new(page, &found, form)),
        Err(error) => wrong_codes(page, form, error),
    }
}

async fn collection(portal: &Portal, form: &Form) -> Result<Collection, CollectError> {
    let (reference, code) = (form.value("reference"), form.value("code"));
    portal.ra.collection(reference, code, portal.now()).await
}

/// `POST /download/issue`: to a script the certificate with its chain, to others a page.
async fn issue(
    State(portal): State<Portal>,
    page: Page,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    mut form: Form,
) -> Result<Response, PageError> {
    let data = ActivationData {
        common_name: None,
        fields: Vec::new(),
        key_place: KeyPlace::from_id(form.value("key")).unwrap_or_default(),
        csr: form.value("csr").to_owned(),
        register: false,
        agreed: ticked(&form),
        language: page.language.tag().parse().unwrap_or(Language::En),
    };
    let (reference, code) = (form.value("reference"), form.value("code"));
    let issued = portal
        .ra
        .collect(reference, code, &data, Some(peer.ip()), portal.now())
        .await;
    match issued {
        Ok(certificate) => collected(&portal, page, certificate, &headers).await,
        Err(CollectError::Activate(ActivateError::Fields(errors))) => {
            problems::note(&mut form, &page, &errors);
            again(&portal, page, form).await
        }
        Err(CollectError::Activate(ActivateError::Csr(problem))) => {
            let verdict = Verdict::new(&page, &CsrCheck::Wrong(problem));
            let text = verdict.problem().unwrap_or_default();
            form.refuse_named("csr", page.text("activation-csr"), text);
            again(&portal, page, form).await
        }
        Err(error) => wrong_codes(page, form, error),
    }
}

async fn again(portal: &Portal, page: Page, form: Form) -> Result<Response, PageError> {
    match collection(portal, &form).await {
        Ok(found) => respond::refused(&Collect::new(page, &found, form)),
        Err(error) => wrong_codes(page, form, error),
    }
}

async fn collected(
    portal: &Portal,
    page: Page,
    certificate: Id,
    headers: &HeaderMap,
) -> Result<Response, PageError> {
    let record: CertificateRecord = portal
        .ca
        .certificate(certificate)
        .await
        .map_err(PageError::from_store)?
        .ok_or(PageError::NotFound)?;
    let mut chain = vec![record.certificate.clone()];
    chain.extend(portal.ca.chain(&record.certificate));
    let wants_json = headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept.as_bytes() == b"application/json");
    if wants_json {
        let chain = STANDARD.encode(certificates_only(&chain));
        return Ok(Json(serde_json::json!({ "chain": chain })).into_response());
    }
    respond::page(&Collected {
        email: record.emails.first().cloned().unwrap_or_default(),
        pem: chain.iter().map(Certificate::to_pem).collect(),
        page,
    })
}

/// The codes again, with what is wrong with them.
fn wrong_codes(page: Page, mut form: Form, error: CollectError) -> Result<Response, PageError> {
    let key = match error {
        CollectError::Wrong => "collect-wrong",
        CollectError::Blocked => "collect-blocked",
        CollectError::UsedUp | CollectError::Stale => "collect-used",
        CollectError::Expired => "collect-expired",
        // Too old, or taken another way meanwhile: logged in, the order says what is next.
        CollectError::Activate(
            ActivateError::WrongState(_)
            | ActivateError::AlreadyIssued { .. }
            | ActivateError::EvidenceTooOld { .. }
            | ActivateError::FormerRevoked { .. },
        ) => "collect-not-ready",
        CollectError::Activate(error) => return Err(error.into()),
        CollectError::Fault(fault) => return Err(fault.into()),
    };
    form.refuse_named("code", page.text("collect-code"), page.text(key));
    respond::refused(&Codes::refused(page, form))
}

impl Codes {
    pub(crate) fn refused(page: Page, form: Form) -> Self {
        Self {
            page: page.with_problems(form.problems().len()),
            form,
        }
    }
}

impl Collect {
    fn new(page: Page, found: &Collection, form: Form) -> Self {
        Self {
            id: found.order.id.to_string(),
            number: found.order.number.clone(),
            product: found
                .order
                .product
                .name
                .text(page.language.tag())
                .to_owned(),
            applicant: found.applicant.clone(),
            subject: found
                .preview
                .subject
                .attributes()
                .map(|attribute| SubjectLine {
                    label: label(attribute.kind.long_name().unwrap_or("other")),
                    value: attribute.value.clone(),
                })
                .collect(),
            email: found.email.clone(),
            not_after: found.preview.not_after,
            expires_at: found.expires_at,
            statements: found
                .statements
                .iter()
                .map(|statement| StatementBox::new(&page, statement))
                .collect(),
            page: page.with_problems(form.problems().len()),
            form,
        }
    }
}

#[cfg(any(test, feature = "samples"))]
mod samples {
    use super::*;
    use crate::{pages::orders::samples::product, samples::Samples};

    impl Samples for Codes {
        const TEMPLATE: &'static str = "pages/collect-codes.html";

        fn samples(page: &Page) -> Vec<(&'static str, Self)> {
            let mut wrong = Form::filled([("reference", "ABCD-EFGH-JKMN")]);
            wrong.refuse_named(
                "code",
                page.text("collect-code"),
                page.text("collect-wrong"),
            );
            vec![
                (
                    "fresh",
                    Self {
                        page: page.clone(),
                        form: Form::default(),
                    },
                ),
                ("wrong", Self::refused(page.clone(), wrong)),
            ]
        }
    }

    impl Samples for Collect {
        const TEMPLATE: &'static str = "pages/collect.html";

        fn samples(page: &Page) -> Vec<(&'static str, Self)> {
            let sample = |form: Form| {
                let product = product("smime-sponsor-365");
                let line = |attribute: &str, value: &str| SubjectLine {
                    label: format!("field-{attribute}"),
                    value: value.to_owned(),
                };
                let days = |days: i64| Timestamp::from_secs(page.now.as_secs() + days * 86_400);
                Self {
                    id: "03".repeat(16),
                    number: "O-2026-000123-4".to_owned(),
                    product: product.name.text(page.language.tag()).to_owned(),
                    applicant: "Jana Ořechová".to_owned(),
                    subject: vec![
                        line("commonName", "Jana Ořechová"),
                        line("organizationName", "Ořechová Energy s.r.o."),
                    ],
                    email: "jana.orechova@energy.example".to_owned(),
                    not_after: days(365),
                    expires_at: days(14),
                    statements: product
                        .statements_at(chancery_ra::StatementAt::Activation)
                        .map(|statement| StatementBox::new(page, statement))
                        .collect(),
                    page: page.clone().with_problems(form.problems().len()),
                    form,
                }
            };
            let codes = || Form::filled([("reference", "ABCD-EFGH-JKMN"), ("code", "ABCD")]);
            let mut wrong = codes();
            let text = page.text("activation-csr-wrong");
            wrong.refuse_named("csr", page.text("activation-csr"), text);
            vec![("fresh", sample(codes())), ("wrong", sample(wrong))]
        }
    }

    impl Samples for Collected {
        const TEMPLATE: &'static str = "pages/collected.html";

        fn samples(page: &Page) -> Vec<(&'static str, Self)> {
            let pem = "-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----\n";
            vec![(
                "done",
                Self {
                    page: page.clone(),
                    email: "jana.orechova@energy.example".to_owned(),
                    pem: pem.to_owned(),
                },
            )]
        }
    }
}
