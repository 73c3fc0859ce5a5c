//! Log-in, and confirming an act, by the certificate that the browser showed in the TLS handshake. These pages are served on a listener of
//! their own port, which alone asks for certificates; each request there has a handshake of its own, so that each is fresh proof.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension,
    extract::{FromRequestParts, Query, State},
    http::{HeaderValue, header, request::Parts},
    response::Response,
};
use chancery_register::LogIn;
use chancery_x509::Certificate;

use super::{
    Next,
    certificate::{Refusal, explain},
    onward, with_next,
};
use crate::{
    confirm::{self, Act, Line},
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    respond::{self, Remember as _},
    routes::{Needs, Route},
    state::Portal,
    visit::Peer,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/login/tls", Needs::Nothing, show),
        Route::post("/login/tls", Needs::Nothing, submit).limited(Limit::LogIn),
        Route::get("/login/tls/confirm", Needs::Session, ask),
        Route::post("/login/tls/confirm", Needs::Session, confirm).limited(Limit::LogIn),
    ]
}

/// What is served on the listener that asks for certificates, besides assets; everything else is the portal's own address.
pub(crate) const PATHS: [&str; 6] = [
    "/login/tls",
    "/login/tls/confirm",
    "/login/tls/proof",
    "/logout",
    "/settings/language",
    "/settings/theme",
];

/// The certificate that the client showed in the handshake of this connection, DER; the handshake proved that its key is at hand. The
/// application adds it to each request of the listener that asks for one.
#[derive(Clone, Debug)]
pub struct ShownCertificate(pub Option<Arc<[u8]>>);

impl<S: Sync> FromRequestParts<S> for ShownCertificate {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let shown = parts.extensions.get::<Self>().cloned();
        // On any other listener there is no such page.
        shown.ok_or(PageError::NotFound)
    }
}

/// What of the certificate tells it from others.
pub(crate) struct Shown {
    pub subject: String,
    pub issuer: String,
    pub until: String,
}

/// `pages/handshake.html`
#[derive(Template)]
#[template(path = "pages/handshake.html")]
pub(crate) struct HandshakePage {
    pub page: Page,
    pub next: String,
    /// What is confirmed; none at log-in.
    pub act: Option<Doing>,
    pub shown: Option<Shown>,
    pub refusal: Option<Refusal>,
}

/// An act, and what it is done to.
pub(crate) struct Doing {
    pub act: Act,
    pub object: Vec<Line>,
}

impl HandshakePage {
    fn home(&self) -> String {
        let path = match &self.act {
            Some(_) => self.next.clone(),
            None => with_next("/login", &self.next),
        };
        portal_address(&self.page, &path)
    }
}

#[derive(serde::Deserialize)]
struct Asked {
    act: String,
    #[serde(flatten)]
    next: Next,
}

/// `GET /login/tls`
async fn show(
    page: Page,
    shown: Option<Extension<ShownCertificate>>,
    Query(next): Query<Next>,
) -> Result<Response, PageError> {
    answer(page, shown.map(|one| one.0), None, &next.next, "/login/tls")
}

/// `GET /login/tls/confirm`
async fn ask(
    State(portal): State<Portal>,
    page: Page,
    shown: Option<Extension<ShownCertificate>>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let act = asked_of(&portal, &page, Act::parse(&asked.act)?).await?;
    let shown = shown.map(|one| one.0);
    answer(
        page,
        shown,
        Some(act),
        &asked.next.next,
        "/login/tls/confirm",
    )
}

fn answer(
    page: Page,
    shown: Option<ShownCertificate>,
    act: Option<Doing>,
    next: &str,
    path: &str,
) -> Result<Response, PageError> {
    let Some(shown) = shown else {
        return elsewhere(&page, path);
    };
    let (shown, refusal) = match read(&page, &shown) {
        Ok(certificate) => (Some(describe(&page, &certificate)), None),
        Err(refusal) => (None, Some(refusal)),
    };
    respond::page(&HandshakePage {
        page: page.with_problems(usize::from(refusal.is_some())),
        next: respond::local_path(next, "").to_owned(),
        act,
        shown,
        refusal,
    })
}

/// `POST /login/tls`
async fn submit(
    State(portal): State<Portal>,
    page: Page,
    Peer(from): Peer,
    shown: ShownCertificate,
    form: Form,
) -> Result<Response, PageError> {
    let next = respond::local_path(form.value("next"), "").to_owned();
    let certificate = match read(&page, &shown) {
        Ok(certificate) => certificate,
        Err(refusal) => return refused(page, None, next, refusal),
    };
    let certificates = &portal.certificates;
    let entered: Result<LogIn, _> = certificates
        .log_in_by_handshake(&certificate, from, page.now)
        .await;
    match entered {
        Ok(entered) => {
            // A session that was open here ends: nobody is two people in one browser.
            if let Some(viewer) = &page.viewer {
                let register = &portal.register;
                register.end_session(&viewer.principal, page.now).await?;
            }
            let answer = onward(&portal, &page, entered, &next).await?;
            at_the_portal(&page, answer)
        }
        Err(error) => {
            let refusal = explain(&page, error)?;
            refused(page, None, next, refusal)
        }
    }
}

/// `POST /login/tls/confirm`
async fn confirm(
    State(portal): State<Portal>,
    page: Page,
    shown: ShownCertificate,
    form: Form,
) -> Result<Response, PageError> {
    let act = Act::parse(form.value("act"))?;
    let next = respond::local_path(form.value("next"), "/").to_owned();
    let certificate = match read(&page, &shown) {
        Ok(certificate) => certificate,
        Err(refusal) => {
            let act = asked_of(&portal, &page, act).await?;
            return refused(page, Some(act), next, refusal);
        }
    };
    let principal = page.principal()?;
    let confirmed = portal
        .certificates
        .confirm_by_handshake(principal, &act.to_string(), &certificate, page.now)
        .await;
    match confirmed {
        Ok(()) => {
            let answer = respond::see_other(&next).noticing("notice-confirmed");
            at_the_portal(&page, answer)
        }
        Err(error) => {
            let refusal = explain(&page, error)?;
            let act = asked_of(&portal, &page, act).await?;
            refused(page, Some(act), next, refusal)
        }
    }
}

/// From another listener to the one that asks for certificates, if there is one.
pub(super) fn elsewhere(page: &Page, path: &str) -> Result<Response, PageError> {
    let url = page.environment.certificate_url.as_ref();
    let url = url.ok_or(PageError::NotFound)?;
    let query = page.here.split_once('?').map_or("", |(_, query)| query);
    Ok(respond::see_other(&format!("{url}{path}?{query}")))
}

async fn asked_of(portal: &Portal, page: &Page, act: Act) -> Result<Doing, PageError> {
    let object = confirm::object(portal, page, act).await?;
    Ok(Doing { act, object })
}

fn refused(
    page: Page,
    act: Option<Doing>,
    next: String,
    refusal: Refusal,
) -> Result<Response, PageError> {
    let template = HandshakePage {
        page: page.with_problems(1),
        next,
        act,
        shown: None,
        refusal: Some(refusal),
    };
    respond::refused(&template)
}

pub(super) fn read(page: &Page, shown: &ShownCertificate) -> Result<Certificate, Refusal> {
    let told = |name: &str| Refusal {
        title: page.text(&format!("tls-{name}-title")),
        text: page.text(&format!("tls-{name}")),
        link: None,
    };
    let der = shown.0.as_ref().ok_or_else(|| told("none"))?;
    Certificate::from_der(der).map_err(|_| told("unreadable"))
}

pub(super) fn describe(page: &Page, certificate: &Certificate) -> Shown {
    Shown {
        subject: certificate.subject().one_line(),
        issuer: certificate.issuer().one_line(),
        until: page.date(certificate.not_after()),
    }
}

/// The same answer, leading to the portal's own address instead of this listener's.
pub(super) fn at_the_portal(page: &Page, mut answer: Response) -> Result<Response, PageError> {
    let location = answer.headers().get(header::LOCATION);
    if let Some(path) = location.and_then(|location| location.to_str().ok()) {
        let address = HeaderValue::from_str(&portal_address(page, path));
        let address = address.map_err(PageError::fault)?;
        answer.headers_mut().insert(header::LOCATION, address);
    }
    Ok(answer)
}

pub(super) fn portal_address(page: &Page, path: &str) -> String {
    format!("{}{path}", page.environment.public_url)
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for HandshakePage {
    const TEMPLATE: &'static str = "pages/handshake.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |act, shown: Option<Shown>| Self {
            page: page.clone().with_problems(usize::from(shown.is_none())),
            next: String::new(),
            act,
            refusal: match &shown {
                Some(_) => None,
                None => read(page, &ShownCertificate(None)).err(),
            },
            shown,
        };
        let shown = || Shown {
            subject: "CN=jana.orechova@example.com".to_owned(),
            issuer: "CN=Chancery Sandbox S/MIME CA,O=Chancery Sandbox,C=CZ".to_owned(),
            until: page.date(page.now),
        };
        let id = chancery_store::Id::from_bytes([1; 16]);
        let doing = Doing {
            act: Act::Revoke(id),
            object: vec![Line {
                label: "confirm-certificate",
                text: "Jana Ořechová".to_owned(),
            }],
        };
        vec![
            ("shown", sample(None, Some(shown()))),
            ("none", sample(None, None)),
            ("confirm", sample(Some(doing), Some(shown()))),
        ]
    }
}
