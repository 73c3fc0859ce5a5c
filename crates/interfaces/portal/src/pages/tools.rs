//! Signing, verifying, decrypting and making keys: pages whose work is done in the browser, for everybody and without the network too.
//!
//! The server gives words, the authorities that signatures are compared with, and, where the person asks for it, the status of a
//! certificate by its serial number. Files never come here.

use askama::Template;
use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chancery_ca::Purpose;
use chancery_keys::AwsLc;
use chancery_register::AnchorPurpose;
use chancery_x509::{
    Certificate, DigestAlgorithm, SerialNumber, hex,
    ocsp::{CertId, CertStatus, Request, Response as OcspResponse},
};
use serde_json::{Value, json};

use crate::{
    error::PageError,
    page::Page,
    pages::certificates::{grouped, reason_words},
    respond,
    routes::{Needs, Route},
    state::Portal,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign", Needs::Nothing, sign),
        Route::get("/verify", Needs::Nothing, verify),
        Route::get("/verify/status/{slug}/{serial}", Needs::Nothing, status),
        Route::get("/decrypt", Needs::Nothing, decrypt),
        Route::get("/generator", Needs::Nothing, generator),
    ]
}

/// What is done in the browser.
#[derive(Clone, Copy)]
pub(crate) enum Tool {
    Sign,
    Verify,
    Decrypt,
    Generator,
}

impl Tool {
    /// As its script, its address and its words are called.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Verify => "verify",
            Self::Decrypt => "decrypt",
            Self::Generator => "generator",
        }
    }
}

/// `pages/tool.html`
#[derive(Template)]
#[template(path = "pages/tool.html")]
pub(crate) struct ToolPage {
    pub page: Page,
    pub tool: Tool,
    /// Where signatures are verified.
    pub authorities: Option<Vec<Known>>,
}

impl ToolPage {
    fn word(&self, part: impl std::fmt::Display) -> String {
        let tool = self.tool.name();
        format!("tool-{tool}-{part}")
    }

    fn path(&self) -> String {
        format!("/{}", self.tool.name())
    }
}

/// An authority that signatures are compared with.
#[derive(Clone)]
pub(crate) struct Known {
    pub name: String,
    /// As scripts compare it with a certificate's issuer.
    pub subject: String,
    /// Where the status of its certificates is asked; none where it is not the environment's own.
    pub slug: Option<String>,
    /// Whether trust begins here; else it only leads to where it does.
    pub anchor: bool,
    pub sha256: String,
    /// Base64 of the certificate.
    pub der: String,
}

impl Known {
    fn new(certificate: &Certificate, slug: Option<&str>, anchor: bool) -> Self {
        let subject = certificate.subject();
        let digest = certificate.fingerprint(DigestAlgorithm::Sha256, &AwsLc);
        Self {
            name: subject
                .common_name()
                .map_or_else(|| subject.one_line(), str::to_owned),
            subject: subject.to_string(),
            slug: slug.map(str::to_owned),
            anchor,
            sha256: grouped(&hex::encode(&digest, "")),
            der: STANDARD.encode(certificate.as_der()),
        }
    }
}

/// The environment's own authorities, and those that it supports for signatures.
pub(crate) async fn authorities(portal: &Portal) -> Result<Vec<Known>, PageError> {
    let mut known: Vec<Known> = portal
        .ca
        .authorities()
        .iter()
        .filter(|view| view.purpose != Purpose::Tls)
        .map(|view| {
            let is_root = view.parent.is_none();
            Known::new(&view.certificate, Some(&view.slug), is_root)
        })
        .collect();
    for anchor in portal.register.anchors().await? {
        if !anchor.terms.purposes.contains(&AnchorPurpose::Sign) {
            continue;
        }
        let supported = Known::new(&anchor.certificate, None, true);
        match known.iter_mut().find(|one| one.der == supported.der) {
            Some(own) => own.anchor = true,
            None => known.push(supported),
        }
    }
    Ok(known)
}

/// `GET /sign`
async fn sign(page: Page) -> Result<Response, PageError> {
    shown(page, Tool::Sign, None)
}

/// `GET /verify`
async fn verify(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    shown(page, Tool::Verify, Some(authorities(&portal).await?))
}

/// `GET /decrypt`
async fn decrypt(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    shown(page, Tool::Decrypt, Some(authorities(&portal).await?))
}

/// `GET /generator`
async fn generator(page: Page) -> Result<Response, PageError> {
    shown(page, Tool::Generator, None)
}

fn shown(page: Page, tool: Tool, authorities: Option<Vec<Known>>) -> Result<Response, PageError> {
    respond::page(&ToolPage {
        page,
        tool,
        authorities,
    })
}

/// `GET /verify/status/{slug}/{serial}`: what OCSP says, for scripts.
async fn status(
    State(portal): State<Portal>,
    page: Page,
    Path((slug, serial)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let views = portal.ca.authorities();
    let issuer = views
        .iter()
        .find(|view| view.slug == slug)
        .ok_or(PageError::NotFound)?;
    let serial = serial_number(&serial).ok_or(PageError::NotFound)?;
    let id = CertId::new(DigestAlgorithm::Sha256, &issuer.certificate, serial, &AwsLc);
    let request = Request {
        cert_ids: vec![id],
        nonce: None,
    };
    let answer = portal.ca.ocsp(&request.to_der(), portal.now()).await;
    let response = OcspResponse::from_der(&answer.der).map_err(PageError::fault)?;
    let single = response
        .basic
        .as_ref()
        .and_then(|basic| basic.data.responses.first())
        .ok_or(PageError::NotFound)?;
    Ok(Json(in_words(&page, &single.status)).into_response())
}

/// From hexadecimal digits, two an octet.
fn serial_number(digits: &str) -> Option<SerialNumber> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let is_hex = digits.bytes().all(|octet| octet.is_ascii_hexdigit());
    let octets: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(pair).collect();
    SerialNumber::new(&octets.filter(|_| is_hex && digits.len().is_multiple_of(2))?).ok()
}

fn in_words(page: &Page, status: &CertStatus) -> Value {
    match status {
        CertStatus::Good => json!({ "status": "good" }),
        CertStatus::Unknown => json!({ "status": "unknown" }),
        CertStatus::Revoked { revoked_at, reason } => json!({
            "status": "revoked",
            "at": revoked_at,
            "reason": page.text(reason_words(*reason)),
        }),
    }
}

#[cfg(any(test, feature = "samples"))]
mod samples {
    use super::{Known, Page, Tool, ToolPage};
    use crate::{pages::certificates::samples, samples::Samples};

    fn known() -> Vec<Known> {
        samples::authorities()
            .iter()
            .zip([("smime-1", false), ("root-1", true)])
            .map(|(certificate, (slug, anchor))| Known::new(certificate, Some(slug), anchor))
            .collect()
    }

    impl Samples for ToolPage {
        const TEMPLATE: &'static str = "pages/tool.html";

        fn samples(page: &Page) -> Vec<(&'static str, Self)> {
            let mut offline = page.clone();
            offline.offline = true;
            let sample = |page: &Page, tool, authorities| Self {
                page: page.clone(),
                tool,
                authorities,
            };
            vec![
                ("sign", sample(page, Tool::Sign, None)),
                ("verify", sample(page, Tool::Verify, Some(known()))),
                ("none", sample(page, Tool::Verify, Some(Vec::new()))),
                ("offline", sample(&offline, Tool::Verify, Some(known()))),
                ("decrypt", sample(page, Tool::Decrypt, Some(known()))),
                ("generator", sample(page, Tool::Generator, None)),
            ]
        }
    }
}
