//! An order from the catalogue to the certificate, as the applicant and the officer go through it.

use axum::http::StatusCode;
use chancery_ra::Notice;
use chancery_register::{PersonId, Role};

use crate::{
    matrix::as_somebody,
    site::{Answer, Browser, Site, between},
};

const PDF: &[u8] = include_bytes!("../../../../engine/ra/tests/fixtures/page.pdf");
const PNG: &[u8] = include_bytes!("../../../../engine/ra/tests/fixtures/pixel.png");

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
        .post_files(&format!("{order}/data"), &organization("45274649"), &[])
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
    let order = place(applicant, "smime-mailbox-365").await;
    mailbox_shown(site, applicant, &order, email).await;
    let (_, request) = chancery_ca::testing::request();
    applicant.get(&format!("{order}/activation")).await;
    let issued = applicant
        .post(
            &format!("{order}/activation/issue"),
            &[
                ("csr", &request.to_pem()),
                ("statement", "subscriber-agreement@2026-11"),
            ],
        )
        .await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.body);
    issued.location().to_owned()
}

#[tokio::test]
async fn data_are_kept_explained_checked_once_more_and_sent_once() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let order = place(&mut browser, "smime-organization-365").await;
    let data = format!("{order}/data");

    // A draft is kept as it was typed, even incomplete.
    browser.get(&data).await;
    let mut draft = organization("");
    draft.push(("action", "draft"));
    let kept = browser.post_files(&data, &draft, &[]).await;
    assert_eq!(kept.location(), order);
    let again = browser.get(&data).await;
    assert!(again.body.contains(r#"value="Ořechová Energy s.r.o.""#));

    // Uploading without a file says so and nothing else; the draft stays.
    draft.pop();
    draft.push(("action", "add"));
    let none = browser.post_files(&data, &draft, &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.title().starts_with("(1 error)"), "{}", none.title());
    assert!(none.body.contains("Choose at least one file"));
    assert!(none.body.contains(r#"value="Ořechová Energy s.r.o.""#));
    let file: [(&str, &str, &[u8]); 1] = [("document-other", "průkaz.png", PNG)];
    let added = browser.post_files(&data, &draft, &file).await;
    assert_eq!(added.location(), format!("{data}#documents"));

    // Taking a document back keeps what was typed meanwhile.
    let page = browser.get(&data).await;
    let document = between(&page.body, "value=\"remove-", "\"");
    let action = format!("remove-{document}");
    let mut typed = organization("");
    typed.retain(|(name, _)| *name != "organization.street");
    typed.extend([("organization.street", "Nová 1"), ("action", &action)]);
    let gone = browser.post_files(&data, &typed, &[]).await;
    assert_eq!(gone.location(), format!("{data}#documents"));
    let page = browser.get(&data).await;
    assert!(page.body.contains(r#"value="Nová 1""#), "{}", page.body);
    assert!(!page.body.contains("průkaz.png"));
    assert!(page.body.contains("The document is removed"));

    // A wrong check digit is explained, counted, and sent on only knowingly.
    let wrong = browser
        .post_files(&data, &organization("45274648"), &[])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.title().starts_with("(1 error)"), "{}", wrong.title());
    assert!(wrong.body.contains("check digits"), "{}", wrong.body);
    assert!(wrong.body.contains(r#"name="number-anyway""#));
    let mut anyway = organization("45274648");
    anyway.push(("number-anyway", "yes"));
    let summary = browser.post_files(&data, &anyway, &[]).await;
    assert_eq!(summary.status, StatusCode::OK, "{}", summary.body);

    // Without the statements nothing is sent.
    let submit = format!("{data}/submit");
    let unticked = browser
        .post(&submit, &[STATEMENTS[0], ("number-anyway", "yes")])
        .await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unticked.body.contains("cannot go on without"));

    let mut fields = STATEMENTS.to_vec();
    fields.push(("number-anyway", "yes"));
    let sent = browser.post(&submit, &fields).await;
    assert_eq!(sent.location(), order, "{}", sent.body);
    let page = browser.get(&order).await;
    assert!(page.body.contains("Nothing for you to do."));
    assert!(page.body.contains("waiting for verification"));

    // The same form once more changes nothing.
    let twice = browser.post(&submit, &fields).await;
    assert_eq!(twice.location(), order);
    let submitted = site
        .order_letters()
        .await
        .iter()
        .filter(|notice| matches!(notice, Notice::DataSubmitted { .. }))
        .count();
    assert_eq!(submitted, 1);
}

#[tokio::test]
async fn documents_are_judged_by_content_and_served_so_that_they_can_do_nothing() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let order = place(&mut browser, "smime-organization-365").await;
    let documents = format!("{order}/documents");
    browser.get(&documents).await;

    let page = b"<html><script>alert(1)</script></html>";
    let refused = browser
        .post_files(&documents, &[], &[("document-other", "scan.pdf", page)])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("is not a PDF, PNG or JPEG"));
    let none = browser.post_files(&documents, &[], &[]).await;
    assert!(none.body.contains("Choose at least one file"));

    let files: [(&str, &str, &[u8]); 2] = [
        ("document-register-extract", "výpis; x=1.pdf", PDF),
        ("document-other", "průkaz.png", PNG),
    ];
    let added = browser.post_files(&documents, &[], &files).await;
    assert_eq!(added.location(), documents, "{}", added.body);
    let list = browser.get(&documents).await;
    let document = format!(
        "/documents/{}",
        between(&list.body, "href=\"/documents/", "\"")
    );

    let shown = browser.get(&document).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(shown.header("content-type"), "application/pdf");
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
    let policy = shown.header("content-security-policy");
    assert!(
        policy.starts_with("sandbox; default-src 'none'"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'self'"));
    assert!(
        shown
            .header("content-disposition")
            .starts_with("inline; filename=\"")
    );

    // Whose it is, and an officer; nobody else learns that it exists.
    let stranger = subscriber(&site, "petr@example.com").await;
    let mut stranger = as_somebody(&site, stranger).await;
    assert_eq!(stranger.get(&document).await.status, StatusCode::NOT_FOUND);
    let officer = officer(&site).await;
    let mut officer = as_somebody(&site, officer).await;
    assert_eq!(officer.get(&document).await.status, StatusCode::OK);

    // Taken back before it was sent.
    browser.get(&documents).await;
    let id = document.trim_start_matches("/documents/");
    let back = browser
        .post(&format!("{documents}/remove"), &[("document", id)])
        .await;
    assert_eq!(back.location(), documents);
    assert_eq!(browser.get(&document).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_officer_decides_on_what_waits_and_never_on_their_own() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut applicant = as_somebody(&site, person).await;
    let both = site
        .person("both@example.com", &[Role::Subscriber, Role::RaOfficer])
        .await;
    let mut both = as_somebody(&site, both).await;
    let officer = officer(&site).await;
    let mut officer = as_somebody(&site, officer).await;

    for browser in [&mut applicant, &mut both] {
        let order = place(browser, "smime-organization-365").await;
        browser.get(&format!("{order}/data")).await;
        browser
            .post_files(&format!("{order}/data"), &organization("45274649"), &[])
            .await;
        let sent = browser
            .post(&format!("{order}/data/submit"), &STATEMENTS)
            .await;
        assert_eq!(sent.location(), order, "{}", sent.body);
    }
    let queue = officer.get("/desk").await;
    assert!(queue.body.contains("2 entries"), "{}", queue.body);
    assert!(queue.body.contains("Ořechová Energy s.r.o."));

    // One's own is shown and cannot be decided on.
    let own = both.get("/orders").await;
    let own = format!("/orders/{}", between(&own.body, "href=\"/orders/", "\""));
    let page = both.get(&format!("/desk{own}")).await;
    assert!(page.body.contains("your own application"), "{}", page.body);
    assert!(!page.body.contains(r#"value="verify""#));
    let forced = both
        .post(
            &format!("/desk{own}/decision"),
            &[("decision", "verify"), ("version", "2")],
        )
        .await;
    assert_eq!(forced.location(), format!("/desk{own}"));
    let still = both.get(&own).await;
    assert!(still.body.contains("waiting for verification"));

    // A rejection needs a reason, and the applicant reads exactly that.
    let theirs = applicant.get("/orders").await;
    let order = format!("/orders/{}", between(&theirs.body, "href=\"/orders/", "\""));
    let short = decide(
        &mut officer,
        &order,
        &[("decision", "reject"), ("reason", "no")],
    )
    .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.body.contains("at least 10 characters"));
    let reason = "The extract is older than 3 months. Send a newer one.";
    let fields = [("decision", "reject"), ("reason", reason)];
    let rejected = decide(&mut officer, &order, &fields).await;
    assert_eq!(rejected.location(), "/desk");
    let page = applicant.get(&order).await;
    assert!(page.body.contains(reason));
    assert!(page.body.contains("Correct the data"));

    // What was typed is still there; corrected, it is verified by name and time.
    let form = applicant.get(&format!("{order}/data")).await;
    assert!(form.body.contains(reason) && form.body.contains("Dlouhá 12"));
    vetted(&mut applicant, &mut officer, &order).await;
    let decided = officer.get(&format!("/desk{order}")).await;
    assert!(
        decided.body.contains("Verified by Jana Nováková"),
        "{}",
        decided.body
    );
    assert!(decided.body.contains("Rejected by Jana Nováková"));
    let late = officer
        .post(
            &format!("/desk{order}/decision"),
            &[("decision", "verify"), ("version", "3")],
        )
        .await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("changed while you were looking"));

    // The next order of the same person needs no new verification.
    let next = place(&mut applicant, "smime-organization-730").await;
    let form = applicant.get(&format!("{next}/data")).await;
    let application = between(&form.body, r#"name="application" value=""#, "\"").to_owned();
    let reuse = format!("{next}/data/reuse");
    let shown = applicant
        .post(&reuse, &[("application", &application)])
        .await;
    assert!(
        shown.body.contains("Ořechová Energy s.r.o."),
        "{}",
        shown.body
    );
    let mut fields = STATEMENTS.to_vec();
    fields.extend([("application", application.as_str()), ("action", "take")]);
    let taken = applicant.post(&reuse, &fields).await;
    assert_eq!(taken.location(), next, "{}", taken.body);
    let page = applicant.get(&next).await;
    assert!(page.body.contains("Show that the mailbox is yours"));
}

#[tokio::test]
async fn a_mailbox_is_shown_by_link_or_code_and_a_link_scanner_spends_nothing() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let order = place(&mut browser, "smime-mailbox-365").await;
    let email = format!("{order}/email");

    browser.get(&email).await;
    let wrong = browser.post(&email, &[("email", "jana at example")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("not an e-mail address"));
    assert!(wrong.body.contains(r#"value="jana at example""#));

    let fields = [("email", "jana@example.com")];
    assert_eq!(browser.post(&email, &fields).await.location(), email);
    let (first, _) = sent_secrets(&site).await;
    site.later(60);
    browser.get(&email).await;
    assert_eq!(browser.post(&email, &fields).await.location(), email);
    let (token, code) = sent_secrets(&site).await;

    let mut holder = site.browser();
    let gone = holder.get(&format!("/verify-email/{first}")).await;
    assert_eq!(gone.status, StatusCode::GONE);
    let link = format!("/verify-email/{token}");
    for _ in 0..3 {
        assert_eq!(holder.get(&link).await.status, StatusCode::OK);
    }

    browser.get(&email).await;
    let code_page = format!("{email}/code");
    // A slip costs nothing, a guess costs a try.
    let slip = browser.post(&code_page, &[("code", "0000-0000")]).await;
    assert!(slip.body.contains("5 tries are left"), "{}", slip.body);
    let guess = [("code", "0000-0000-0000-0000-0000-0000-0000")];
    let bad = browser.post(&code_page, &guess).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("4 tries are left"), "{}", bad.body);
    let typed = code.to_lowercase().replace('-', " ");
    let good = browser.post(&code_page, &[("code", &typed)]).await;
    assert_eq!(good.location(), order, "{}", good.body);
    assert_eq!(holder.get(&link).await.status, StatusCode::GONE);
    let page = browser.get(&order).await;
    assert!(page.body.contains("Activate the certificate"));
}

#[tokio::test]
async fn a_code_that_is_over_leads_to_a_new_message_everywhere() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let order = place(&mut browser, "smime-mailbox-365").await;
    let email = format!("{order}/email");
    browser.get(&email).await;
    browser.post(&email, &[("email", "jana@example.com")]).await;

    // It is the applicant's turn, not anybody else's.
    for path in ["/dashboard", "/orders", &order] {
        let page = browser.get(path).await;
        assert!(page.body.contains("Enter the code"), "{path}");
        assert!(page.body.contains("awaiting data"), "{path}");
        assert!(!page.body.contains("waiting for verification"), "{path}");
        assert!(!page.body.contains("Nothing for you to do"), "{path}");
    }
    let guess = [("code", "0000-0000-0000-0000-0000-0000-0000")];
    for _ in 0..5 {
        browser.get(&email).await;
        browser.post(&format!("{email}/code"), &guess).await;
    }
    for path in ["/dashboard", "/orders", &order] {
        let page = browser.get(path).await;
        assert!(page.body.contains("Send a new message"), "{path}");
        assert!(!page.body.contains("Enter the code"), "{path}");
    }
    let page = browser.get(&email).await;
    assert!(page.body.contains("do not work any more"));
    assert!(!page.body.contains("Nothing arrived?"));
    assert!(!page.body.contains(r#"name="code""#));
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
    assert!(form.body.contains("NTRCZ-45274649"), "{}", form.body);
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
        "NTRCZ-45274649",
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
            .post_files(&format!("{order}{act}"), &organization("45274649"), &[])
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
