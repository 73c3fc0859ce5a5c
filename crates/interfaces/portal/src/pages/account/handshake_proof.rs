//! Proof that somebody holds the key of a certificate which they registered, by the TLS handshake in which the browser showed it. It serves
//! keys that no script reaches, on cards and in the system.
//!
//! Browsers show a certificate again without asking. So the handshake alone proves nothing here: whoever was led to this page, in a session
//! that somebody else opened for them, would give their certificate away. The page says whose account it is, and takes the answer with the
//! ticket that this session asked for on the certificate's own page.

use askama::Template;
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::Response,
};
use chancery_register::{
    CertificateError, Permission, Person, RegisteredCertificate, RegisteredCertificateId,
};
use chancery_x509::Certificate;

use super::{
    certificate::Refusal,
    handshake::{self, Shown, ShownCertificate, at_the_portal, describe, read},
};
use crate::{
    confirm::{self, Act},
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    pages::path_id,
    respond::{self, Remember as _},
    routes::{Needs, Route},
    state::Portal,
};

const OWN: Needs = Needs::Permission(Permission::EditProfile);
const PATH: &str = "/login/tls/proof";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::post("/settings/registered/{id}/handshake", OWN, begin).limited(Limit::Certificates),
        Route::get(PATH, OWN, ask),
        Route::post(PATH, OWN, prove).limited(Limit::LogIn),
    ]
}

/// `pages/handshake-proof.html`
#[derive(Template)]
#[template(path = "pages/handshake-proof.html")]
pub(crate) struct ProofPage {
    pub page: Page,
    pub account: Account,
    pub certificate: String,
    pub ticket: String,
    pub shown: Option<Shown>,
    /// Addresses in the certificate, where none of them is the account's.
    pub others: Option<String>,
    pub refusal: Option<Refusal>,
}

/// Whose certificate it will be.
pub(crate) struct Account {
    pub name: String,
    pub email: String,
    pub registration_number: String,
}

impl Account {
    fn of(person: &Person) -> Self {
        Self {
            name: person.full_name.clone(),
            email: person.email.to_string(),
            registration_number: person.registration_number.to_string(),
        }
    }
}

impl ProofPage {
    fn home(&self) -> String {
        let path = format!("/settings/registered/{}", self.certificate);
        handshake::portal_address(&self.page, &path)
    }
}

#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    certificate: String,
    #[serde(default)]
    ticket: String,
}

/// `POST /settings/registered/{id}/handshake`: the way to the listener that asks for certificates.
async fn begin(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    let url = page.environment.certificate_url.as_ref();
    let url = url.ok_or(PageError::NotFound)?;
    let certificate = RegisteredCertificateId::new(id);
    // The ticket is good for this session only, so that what follows needs no other proof of the person.
    confirm::required(&portal, &page, &form, Act::Prove(certificate)).await?;
    let ticket = portal
        .certificates
        .handshake_ticket(page.principal()?, certificate, page.now)
        .await?;
    let ticket = respond::in_query(&ticket.nonce);
    Ok(respond::see_other(&format!(
        "{url}{PATH}?certificate={id}&ticket={ticket}"
    )))
}

/// `GET /login/tls/proof`
async fn ask(
    State(portal): State<Portal>,
    page: Page,
    shown: Option<Extension<ShownCertificate>>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let Some(Extension(shown)) = shown else {
        return handshake::elsewhere(&page, PATH);
    };
    let (id, person) = (
        certificate_id(&asked.certificate)?,
        person(&portal, &page).await?,
    );
    let principal = page.principal()?;
    let found = portal
        .certificates
        .by_ticket(principal, id, &asked.ticket, page.now)
        .await;
    let template = match found {
        Ok(known) => ProofPage::asking(page, &person, &known, asked.ticket, &shown),
        Err(error) => ProofPage::refusing(page, &person, id, error)?,
    };
    respond::page(&template)
}

/// `POST /login/tls/proof`
async fn prove(
    State(portal): State<Portal>,
    page: Page,
    shown: ShownCertificate,
    form: Form,
) -> Result<Response, PageError> {
    let (id, person) = (
        certificate_id(form.value("certificate"))?,
        person(&portal, &page).await?,
    );
    let certificate = match read(&page, &shown) {
        Ok(certificate) => certificate,
        Err(refusal) => return respond::refused(&ProofPage::refused(page, &person, id, refusal)),
    };
    let principal = page.principal()?;
    let ticket = form.value("ticket");
    let proved = portal
        .certificates
        .prove_by_handshake(principal, id, ticket, &certificate, page.now)
        .await;
    match proved {
        Ok(()) => {
            let there = respond::see_other(&format!("/settings/registered/{id}"));
            at_the_portal(&page, there.noticing("notice-certificate-proved"))
        }
        Err(error) => respond::refused(&ProofPage::refusing(page, &person, id, error)?),
    }
}

fn certificate_id(text: &str) -> Result<RegisteredCertificateId, PageError> {
    Ok(RegisteredCertificateId::new(path_id(text)?))
}

/// Whose session it is.
async fn person(portal: &Portal, page: &Page) -> Result<Person, PageError> {
    let person = portal.register.person(page.principal()?.person).await?;
    person.ok_or(PageError::LogInFirst)
}

impl ProofPage {
    fn asking(
        page: Page,
        person: &Person,
        known: &RegisteredCertificate,
        ticket: String,
        shown: &ShownCertificate,
    ) -> Self {
        let certificate = match read(&page, shown) {
            Ok(certificate) if certificate.as_der() == known.certificate.as_der() => certificate,
            Ok(other) => {
                let refusal = other_certificate(&page, known, &other);
                return Self::refused(page, person, known.id, refusal);
            }
            Err(refusal) => return Self::refused(page, person, known.id, refusal),
        };
        let addresses = certificate.emails();
        let own = person.email.to_string();
        let strange =
            !addresses.is_empty() && !addresses.iter().any(|one| one.eq_ignore_ascii_case(&own));
        Self {
            account: Account::of(person),
            certificate: known.id.to_string(),
            ticket,
            shown: Some(describe(&page, &certificate)),
            others: strange.then(|| addresses.join(", ")),
            refusal: None,
            page,
        }
    }

    fn refusing(
        page: Page,
        person: &Person,
        id: RegisteredCertificateId,
        error: CertificateError,
    ) -> Result<Self, PageError> {
        let name = match error {
            CertificateError::Proof(problem) => {
                tracing::info!(
                    problem = &problem as &dyn std::error::Error,
                    "a handshake proved no key"
                );
                "ticket"
            }
            CertificateError::RegisteredByOther => "others",
            error => return Err(error.into()),
        };
        let refusal = Refusal {
            title: page.text(&format!("tls-proof-{name}-title")),
            text: page.text(&format!("tls-proof-{name}")),
            link: None,
        };
        Ok(Self::refused(page, person, id, refusal))
    }

    fn refused(page: Page, person: &Person, id: RegisteredCertificateId, refusal: Refusal) -> Self {
        Self {
            page: page.with_problems(1),
            account: Account::of(person),
            certificate: id.to_string(),
            ticket: String::new(),
            shown: None,
            others: None,
            refusal: Some(refusal),
        }
    }
}

fn other_certificate(page: &Page, known: &RegisteredCertificate, shown: &Certificate) -> Refusal {
    let text = page
        .t("tls-proof-other")
        .with("shown", shown.subject().one_line())
        .with("wanted", known.certificate.subject().one_line())
        .to_string();
    Refusal {
        title: page.text("tls-proof-other-title"),
        text,
        link: None,
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for ProofPage {
    const TEMPLATE: &'static str = "pages/handshake-proof.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |others: Option<&str>, refusal: Option<&str>| Self {
            page: page.clone().with_problems(usize::from(refusal.is_some())),
            account: Account {
                name: "Jana Ořechová".to_owned(),
                email: "jana.orechova@example.com".to_owned(),
                registration_number: "7KD4-2MQP-6".to_owned(),
            },
            certificate: "01010101010101010101010101010101".to_owned(),
            ticket: String::new(),
            shown: refusal.is_none().then(|| Shown {
                subject: "CN=Jana Ořechová,SERIALNUMBER=PNOCZ-7654321,C=CZ".to_owned(),
                issuer: "CN=Public CA 3,O=Elsewhere Trust,C=DE".to_owned(),
                until: page.date(page.now),
            }),
            others: others.map(ToOwned::to_owned),
            refusal: refusal.map(|name| Refusal {
                title: page.text(&format!("tls-proof-{name}-title")),
                text: page
                    .t(format!("tls-proof-{name}"))
                    .with("shown", "CN=Somebody Else,C=CZ")
                    .with("wanted", "CN=Jana Ořechová,C=CZ")
                    .to_string(),
                link: None,
            }),
        };
        vec![
            ("asked", sample(None, None)),
            ("strange", sample(Some("petr.novotny@example.org"), None)),
            ("other", sample(None, Some("other"))),
            ("ticket", sample(None, Some("ticket"))),
        ]
    }
}
