//! `/settings/registered/{id}`: one certificate in words, its download, its place in the directory, the proof of its key.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_register::{CertificateError, Proof, RegisteredCertificate, RegisteredCertificateId};
use chancery_x509::Certificate;

use super::{
    Card,
    card::{self, called},
};
use crate::{
    confirm::{self, Act},
    error::PageError,
    form::Form,
    page::Page,
    pages::{
        certificates::{
            download::pem,
            fields::{self, Group},
        },
        download::{attachment, stem},
        path_id,
    },
    respond::{self, Remember as _},
    security,
    state::Portal,
};

/// `pages/registered-certificate.html`
#[derive(Template)]
#[template(path = "pages/registered-certificate.html")]
pub(crate) struct Shown {
    pub page: Page,
    pub card: Card,
    pub address: String,
    pub groups: Vec<Group>,
    /// Whether this certificate opened the viewer's session, so that its key was proved to be at hand.
    pub opened: bool,
    pub proving: Act,
}

impl Shown {
    pub(crate) fn new(page: Page, known: &RegisteredCertificate, names: &card::Names) -> Self {
        let card = Card::new(&page, known, names);
        let opened_by = page
            .viewer
            .as_ref()
            .and_then(|viewer| viewer.principal.opened_by.as_ref());
        let opened = opened_by
            .is_some_and(|by| chancery_x509::hex::encode(&by.sha256, "") == card.fingerprint);
        Self {
            card,
            opened,
            proving: Act::Prove(known.id),
            address: format!("/settings/registered/{}", known.id),
            groups: fields::groups(&page, &known.certificate),
            page,
        }
    }
}

fn certificate_id(text: &str) -> Result<RegisteredCertificateId, PageError> {
    Ok(RegisteredCertificateId::new(path_id(text)?))
}

/// `GET /settings/registered/{id}`
pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let principal = page.principal()?;
    let id = certificate_id(&id)?;
    let known = portal.certificates.own_certificate(principal, id).await?;
    let names = card::organizations(&portal, principal).await?;
    let asking = page.environment.certificate_url.clone();
    let answer = respond::page(&Shown::new(page, &known, &names))?;
    match asking {
        // The proof by a handshake is given there.
        Some(url) if known.proved_at.is_none() => security::leading_to(answer, &url),
        _ => Ok(answer),
    }
}

/// `GET /settings/registered/{id}/{file}`
pub(crate) async fn file(
    State(portal): State<Portal>,
    page: Page,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = certificate_id(&id)?;
    let known = portal.certificates.own_certificate(page.principal()?, id);
    download(&known.await?, &file)
}

/// The public part of a registered certificate in the forms that programs read.
pub(crate) fn download(known: &RegisteredCertificate, file: &str) -> Result<Response, PageError> {
    let certificate = &known.certificate;
    let name = stem(&called(certificate.subject()));
    let chain = || -> Vec<Certificate> {
        let leaf = std::iter::once(certificate.clone());
        leaf.chain(known.chain.iter().cloned()).collect()
    };
    Ok(match file {
        "certificate.pem" => pem(&format!("{name}.pem"), std::slice::from_ref(certificate)),
        "certificate.cer" => attachment(
            "application/pkix-cert",
            &format!("{name}.cer"),
            certificate.as_der().to_vec(),
        ),
        "chain.p7b" => attachment(
            "application/x-pkcs7-certificates",
            &format!("{name}.p7b"),
            chancery_cms::certificates_only(&chain()),
        ),
        _ => return Err(PageError::NotFound),
    })
}

/// `POST /settings/registered/{id}/listed`
pub(crate) async fn list(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let id = certificate_id(&id)?;
    let listed = match form.value("listed") {
        "yes" => true,
        "no" => false,
        _ => return Err(PageError::Malformed),
    };
    portal
        .certificates
        .set_listed(page.principal()?, id, listed, portal.now())
        .await?;
    let notice = if listed {
        "notice-certificate-listed"
    } else {
        "notice-certificate-unlisted"
    };
    Ok(respond::see_other(&format!("/settings/registered/{id}")).noticing(notice))
}

/// `POST /settings/registered/{id}/proof`
pub(crate) async fn prove(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let id = certificate_id(&id)?;
    let principal = page.principal()?;
    confirm::required(&portal, &page, &form, Act::Prove(id)).await?;
    let proved = if form.value("token").is_empty() {
        let certificates = &portal.certificates;
        certificates
            .prove_by_session(principal, id, portal.now())
            .await
    } else {
        let proof = Proof {
            token: form.value("token").to_owned(),
            nonce: form.value("nonce").to_owned(),
        };
        portal
            .certificates
            .prove(principal, id, &proof, portal.now())
            .await
    };
    let notice = match proved {
        Ok(()) => "notice-certificate-proved",
        Err(CertificateError::RegisteredByOther) => "notice-certificate-others",
        Err(CertificateError::Proof(_)) => "notice-certificate-not-proved",
        Err(error) => return Err(error.into()),
    };
    Ok(respond::see_other(&format!("/settings/registered/{id}")).noticing(notice))
}
