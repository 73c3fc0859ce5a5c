//! An order from the catalogue to the certificate, as the applicant and the officer go through it.

use axum::http::StatusCode;
use chancery_ra::Notice;
use chancery_register::{PersonId, Role};

use crate::{
    matrix::as_somebody,
    site::{Answer, Browser, Site, between},
};

mod data;
mod desk;
mod mailbox;
mod signed;

const PDF: &[u8] = include_bytes!("../../../../../engine/ra/tests/fixtures/page.pdf");
const PNG: &[u8] = include_bytes!("../../../../../engine/ra/tests/fixtures/pixel.png");

/// What an organisation types; `number` is its IČO.
fn organization(number: &str) -> Vec<(&str, &str)> {
    vec![
        ("organization.name", "Ořechová Energy s.r.o."),
        ("organization.country", "CZ"),
        ("organization.street", "Dlouhá 12"),
        ("organization.postal_code", "110 00"),
        ("organization.locality", "Praha"),
        ("organization.state", ""),
        ("organization.number_kind", "cz-ico"),
        ("organization.number", number),
        ("organization.proof", "registration-number"),
    ]
}

const STATEMENTS: [(&str, &str); 2] = [
    ("statement", "data-are-true@2026-11"),
    ("statement", "may-act-for-organization@2026-11"),
];

pub async fn subscriber(site: &Site, email: &str) -> PersonId {
    site.person(email, &[Role::Subscriber]).await
}

pub async fn officer(site: &Site) -> PersonId {
    site.person("officer@example.com", &[Role::RaOfficer]).await
}

/// Orders a product and gives the address of the order.
pub async fn place(browser: &mut Browser<'_>, product: &str) -> String {
    let page = browser.get(&format!("/orders/new/{product}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let attempt = between(&page.body, r#"name="attempt" value=""#, "\"").to_owned();
    let form = [("product", product), ("attempt", attempt.as_str())];
    let placed = browser.post("/orders", &form).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.body);
    let again = browser.post("/orders", &form).await;
    assert_eq!(again.location(), placed.location(), "a double click");
    placed.location().to_owned()
}

fn version(page: &Answer) -> String {
    between(&page.body, r#"name="version" value=""#, "\"").to_owned()
}

async fn decide(browser: &mut Browser<'_>, order: &str, fields: &[(&str, &str)]) -> Answer {
    let address = format!("/desk{order}");
    let page = browser.get(&address).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let version = version(&page);
    let mut fields = fields.to_vec();
    fields.push(("version", &version));
    browser.post(&format!("{address}/decision"), &fields).await
}

/// Sends the data and has them verified.
async fn vetted(applicant: &mut Browser<'_>, officer: &mut Browser<'_>, order: &str) {
    applicant.get(&format!("{order}/data")).await;
    let summary = applicant
        .post_files(&format!("{order}/data"), &organization("99999994"), &[])
        .await;
    assert_eq!(summary.status, StatusCode::OK, "{}", summary.body);
    let sent = applicant
        .post(&format!("{order}/data/submit"), &STATEMENTS)
        .await;
    assert_eq!(sent.location(), order);
    let verified = decide(officer, order, &[("decision", "verify")]).await;
    assert_eq!(verified.location(), "/desk");
}

/// Shows the mailbox by the link, as somebody who is not logged in.
async fn mailbox_shown(site: &Site, applicant: &mut Browser<'_>, order: &str, email: &str) {
    applicant.get(&format!("{order}/email")).await;
    let sent = applicant
        .post(&format!("{order}/email"), &[("email", email)])
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let (token, _) = sent_secrets(site).await;
    let link = format!("/verify-email/{token}");
    let done = site.browser().fill(&link, &[]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

async fn sent_secrets(site: &Site) -> (String, String) {
    site.order_letters()
        .await
        .into_iter()
        .find_map(|notice| match notice {
            Notice::EmailVerification { token, code, .. } => Some((token, code)),
            _ => None,
        })
        .expect("a verification was mailed")
}

/// A mailbox certificate of this person, and the address of its page.
pub async fn issued(site: &Site, applicant: &mut Browser<'_>, email: &str) -> String {
    let (_, request) = chancery_ca::testing::request();
    issued_for(site, applicant, email, &request.to_pem()).await
}

/// The same for this request.
pub async fn issued_for(
    site: &Site,
    applicant: &mut Browser<'_>,
    email: &str,
    request: &str,
) -> String {
    let order = place(applicant, "smime-mailbox-365").await;
    mailbox_shown(site, applicant, &order, email).await;
    applicant.get(&format!("{order}/activation")).await;
    let issued = applicant
        .post(
            &format!("{order}/activation/issue"),
            &[
                ("csr", request),
                ("statement", "subscriber-agreement@2026-11"),
            ],
        )
        .await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.body);
    issued.location().to_owned()
}

#[tokio::test]
async fn an_organisation_gets_its_certificate_once() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut applicant = as_somebody(&site, person).await;
    let officer = officer(&site).await;
    let mut officer = as_somebody(&site, officer).await;
    let order = place(&mut applicant, "smime-organization-365").await;

    // A step that is not open yet leads back to the order.
    let early = applicant.get(&format!("{order}/activation")).await;
    assert_eq!(early.location(), order);
    vetted(&mut applicant, &mut officer, &order).await;
    mailbox_shown(&site, &mut applicant, &order, "obchod@example.com").await;

    let activation = format!("{order}/activation");
    let form = applicant.get(&activation).await;
    assert!(form.body.contains("NTRCZ-99999994"), "{}", form.body);
    let (_, request) = chancery_ca::testing::request();
    let pem = request.to_pem();

    // The live check and the button say the same.
    let broken = pem.replacen("MI", "M!", 1);
    let live = applicant
        .post(&format!("{order}/csr-check"), &[("csr", &broken)])
        .await;
    assert_eq!(live.header("content-type"), "application/json");
    assert!(live.body.contains(r#""correct":false"#), "{}", live.body);
    assert!(live.body.contains("Line 2"), "{}", live.body);
    applicant.get(&activation).await;
    let button = applicant
        .post_files(&activation, &[("csr", &broken), ("action", "check")], &[])
        .await;
    assert_eq!(button.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(button.body.contains("Line 2") && button.body.contains("M!"));
    let good = applicant
        .post_files(
            &activation,
            &[("action", "check")],
            &[("csr-file", "request.der", request.as_der())],
        )
        .await;
    assert_eq!(good.status, StatusCode::OK);
    assert!(good.body.contains("Correct") && good.body.contains("EC P-256"));

    let chosen = [("csr", pem.as_str()), ("common_name", "organization")];
    let summary = applicant.post_files(&activation, &chosen, &[]).await;
    assert_eq!(summary.status, StatusCode::OK, "{}", summary.body);
    assert!(summary.body.contains("Issue certificate"));
    assert!(summary.body.contains("Ořechová Energy s.r.o."));

    let issue = format!("{activation}/issue");
    let disagreed = applicant.post(&issue, &chosen).await;
    assert_eq!(disagreed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut agreed = chosen.to_vec();
    agreed.push(("statement", "subscriber-agreement@2026-11"));
    let issued = applicant.post(&issue, &agreed).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.body);
    let certificate = issued.location().to_owned();
    assert!(certificate.starts_with("/certificates/"));
    let twice = applicant.post(&issue, &agreed).await;
    assert_eq!(twice.location(), certificate);
    let mailed = site.order_letters().await;
    let certificates = mailed
        .iter()
        .filter(|notice| matches!(notice, Notice::CertificateIssued { .. }));
    assert_eq!(certificates.count(), 1);

    let page = applicant.get(&certificate).await;
    for words in [
        "Ořechová Energy s.r.o.",
        "NTRCZ-99999994",
        "obchod@example.com",
    ] {
        assert!(page.body.contains(words), "{words}");
    }
    let dashboard = applicant.get("/dashboard").await;
    assert!(dashboard.body.contains("Open the certificate"));
    // The list says what became of the order too, also when that is over.
    let list = applicant.get("/orders").await;
    assert!(list.body.contains("badge-green"), "{}", list.body);
    let revoke = format!("{certificate}/revoke");
    applicant.get(&revoke).await;
    let reason = [("reason", "superseded"), ("confirm", "yes")];
    let revoked = applicant.post(&revoke, &reason).await;
    assert_eq!(revoked.location(), certificate, "{}", revoked.body);
    let list = applicant.get("/orders").await;
    assert!(list.body.contains("badge-red"), "{}", list.body);
    // Its page leads to another like it.
    let page = applicant.get(&certificate).await;
    assert!(page.body.contains(r#"href="/catalogue/smime-"#));
}

#[tokio::test]
async fn another_persons_order_does_not_exist() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut owner = as_somebody(&site, person).await;
    let order = place(&mut owner, "smime-organization-365").await;
    let stranger = subscriber(&site, "petr@example.com").await;
    let mut stranger = as_somebody(&site, stranger).await;
    for page in ["", "/data", "/documents", "/email", "/activation"] {
        let answer = stranger.get(&format!("{order}{page}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
    }
    stranger.get("/orders").await;
    for (act, fields) in [
        ("/data/submit", &STATEMENTS[..]),
        ("/email", &[("email", "petr@example.com")]),
        ("/email/code", &[("code", "AAAA")]),
        ("/activation/issue", &[("csr", "x")]),
        ("/csr-check", &[("csr", "x")]),
    ] {
        let answer = stranger.post(&format!("{order}{act}"), fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{act}");
    }
    for act in ["/data", "/documents", "/activation"] {
        let answer = stranger
            .post_files(&format!("{order}{act}"), &organization("99999994"), &[])
            .await;
        assert!(
            matches!(
                answer.status,
                StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY
            ),
            "{act}: {}",
            answer.status
        );
        assert!(!answer.body.contains("O-20"), "{act} tells the number");
    }
}
