//! The authorities of the environment: their certificates, fingerprints and lists, for everybody.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ca::{AuthorityView, Purpose};
use chancery_keys::AwsLc;
use chancery_store::Timestamp;
use chancery_x509::DigestAlgorithm;

use crate::{
    error::PageError,
    page::Page,
    pages::{
        certificates::{download::pem, grouped},
        download::attachment,
    },
    respond,
    routes::{Needs, Route},
    state::Portal,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/authorities", Needs::Nothing, show),
        Route::get("/authorities/{slug}/{file}", Needs::Nothing, file),
    ]
}

/// `pages/authorities.html`
#[derive(Template)]
#[template(path = "pages/authorities.html")]
pub(crate) struct Authorities {
    pub page: Page,
    pub authorities: Vec<Authority>,
}

/// An authority as the page shows it.
#[derive(Clone)]
pub(crate) struct Authority {
    pub slug: String,
    pub name: String,
    /// The key of what it is for.
    pub purpose: &'static str,
    pub subject: String,
    /// Nobody where it issued itself.
    pub parent: Option<String>,
    pub not_before: i64,
    pub not_after: i64,
    pub key: String,
    pub serial: Digits,
    pub sha256: Digits,
    pub sha1: Digits,
    pub crl: Option<List>,
}

/// A number to compare: in groups to read, plain to copy.
#[derive(Clone)]
pub(crate) struct Digits {
    pub shown: String,
    pub copied: String,
}

/// A revocation list.
#[derive(Clone)]
pub(crate) struct List {
    pub address: String,
    pub number: i64,
    pub this_update: Timestamp,
    pub next_update: Timestamp,
}

impl Digits {
    fn new(hex: &str) -> Self {
        Self {
            shown: grouped(hex),
            copied: hex.to_owned(),
        }
    }
}

impl Authority {
    fn new(view: &AuthorityView, all: &[AuthorityView], list: Option<List>) -> Self {
        let certificate = &view.certificate;
        let fingerprint = |algorithm| {
            let digest = certificate.fingerprint(algorithm, &AwsLc);
            Digits::new(&chancery_x509::hex::encode(&digest, ""))
        };
        Self {
            slug: view.slug.clone(),
            name: view.name.clone(),
            purpose: match view.purpose {
                Purpose::Root => "authorities-root",
                Purpose::Smime => "authorities-issuing-smime",
                Purpose::Tls => "authorities-issuing-tls",
                Purpose::Device => "authorities-issuing-device",
            },
            subject: certificate.subject().one_line(),
            parent: view.parent.as_ref().map(|slug| {
                all.iter()
                    .find(|other| other.slug == *slug)
                    .map_or_else(|| slug.clone(), |other| other.name.clone())
            }),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
            key: certificate.public_key().kind().to_string(),
            serial: Digits::new(&certificate.serial().to_hex()),
            sha256: fingerprint(DigestAlgorithm::Sha256),
            sha1: fingerprint(DigestAlgorithm::Sha1),
            crl: list,
        }
    }
}

/// `GET /authorities`
async fn show(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    let views = portal.ca.authorities();
    let authorities = views
        .iter()
        .map(|view| {
            let list = view.crl.as_ref().map(|list| List {
                address: portal.ca.crl_address(&view.slug).unwrap_or_default(),
                number: list.number,
                this_update: list.this_update,
                next_update: list.next_update,
            });
            Authority::new(view, &views, list)
        })
        .collect();
    respond::page(&Authorities { page, authorities })
}

/// `GET /authorities/{slug}/{file}`
async fn file(
    State(portal): State<Portal>,
    Path((slug, file)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let view = portal
        .ca
        .authorities()
        .into_iter()
        .find(|view| view.slug == slug)
        .ok_or(PageError::NotFound)?;
    Ok(match file.as_str() {
        "certificate.cer" => attachment(
            "application/pkix-cert",
            &format!("{slug}.cer"),
            view.certificate.as_der().to_vec(),
        ),
        "certificate.pem" => pem(&format!("{slug}.pem"), &[view.certificate]),
        "list.crl" => {
            let list = view.crl.ok_or(PageError::NotFound)?;
            attachment(
                "application/pkix-crl",
                &format!("{slug}.crl"),
                list.der.clone(),
            )
        }
        _ => return Err(PageError::NotFound),
    })
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for Authorities {
    const TEMPLATE: &'static str = "pages/authorities.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let kinds = [
            ("smime-1", Purpose::Smime, Some("root-1")),
            ("root-1", Purpose::Root, None),
        ];
        let mut views: Vec<AuthorityView> = crate::pages::certificates::samples::authorities()
            .into_iter()
            .zip(kinds)
            .map(|(certificate, (slug, purpose, parent))| AuthorityView {
                slug: slug.to_owned(),
                name: certificate
                    .subject()
                    .common_name()
                    .unwrap_or_default()
                    .to_owned(),
                purpose,
                certificate_id: chancery_store::Id::from_bytes([1; 16]),
                certificate,
                created_at: page.now,
                parent: parent.map(str::to_owned),
                crl: None,
                responder: None,
            })
            .collect();
        views.reverse();
        let list = |slug: &str, number, days: i64| List {
            address: format!("http://status.chancery.example/crl/{slug}/0.crl"),
            number,
            this_update: page.now,
            next_update: Timestamp::from_secs(page.now.as_secs() + days * 24 * 60 * 60),
        };
        let authorities = views
            .iter()
            .map(|view| {
                let list = match view.purpose {
                    Purpose::Root => list(&view.slug, 3, 180),
                    _ => list(&view.slug, 42, 7),
                };
                Authority::new(view, &views, Some(list))
            })
            .collect();
        let sample = |authorities| Self {
            page: page.clone(),
            authorities,
        };
        vec![("all", sample(authorities)), ("none", sample(Vec::new()))]
    }
}
