//! The sandbox's door and mailbox, and that nobody else gets through them.

use axum::http::{HeaderValue, StatusCode};
use chancery_register::Role;
use chancery_store::{
    Batch, Id,
    outbox::{self, Captured},
};

use crate::site::{HOST, Site};

#[tokio::test]
async fn one_click_logs_in_as_anybody_on_this_machine() {
    let site = Site::sandbox().await;
    let subscriber = site.person("jana@example.com", &[Role::Subscriber]).await;
    let officer = site.person("petr@example.com", &[Role::RaOfficer]).await;
    let mut browser = site.local_browser();
    let door = browser.get("/sandbox").await;
    assert!(door.body.contains("jana@example.com") && door.body.contains("petr@example.com"));
    for (person, email) in [(subscriber, "jana@"), (officer, "petr@")] {
        let answer = browser.fill("/sandbox", &[]).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        browser.get("/sandbox").await;
        let clicked = browser.post(&format!("/sandbox/login/{person}"), &[]).await;
        assert_eq!(clicked.status, StatusCode::SEE_OTHER, "{}", clicked.body);
        let profile = browser.get("/profile").await;
        assert!(profile.body.contains(email), "{email}");
    }
}

#[tokio::test]
async fn one_click_is_refused_from_elsewhere_through_proxies_and_under_other_names() {
    let site = Site::sandbox().await;
    let person = site.person("jana@example.com", &[Role::Subscriber]).await;
    let path = format!("/sandbox/login/{person}");

    let mut elsewhere = site.browser();
    elsewhere.get("/sandbox").await;
    let answer = elsewhere.post(&path, &[]).await;
    assert_eq!(
        answer.status,
        StatusCode::FORBIDDEN,
        "from elsewhere over HTTPS"
    );

    let mut named = site.local_browser();
    named.host = HOST.to_owned();
    named.get("/sandbox").await;
    let answer = named.post(&path, &[]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "under a public name");

    for header in ["x-forwarded-for", "forwarded", "via"] {
        let mut proxied = site.local_browser();
        proxied.get("/sandbox").await;
        proxied
            .extra
            .insert(header, HeaderValue::from_static("192.0.2.10"));
        let answer = proxied.post(&path, &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{header}");
    }

    let mut rebound = site.local_browser();
    rebound.get("/sandbox").await;
    rebound.host = "evil.example:8080".to_owned();
    let answer = rebound.post(&path, &[]).await;
    assert_eq!(
        answer.status,
        StatusCode::MISDIRECTED_REQUEST,
        "by DNS rebinding"
    );

    let mut crossed = site.local_browser();
    crossed.get("/sandbox").await;
    let answer = crossed.post_without_token(&path, &[]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "without the token");
}

#[tokio::test]
async fn outside_a_sandbox_there_is_no_door() {
    let site = Site::production().await;
    let person = site.person("jana@example.com", &[Role::Subscriber]).await;
    let mut browser = site.local_browser();
    for path in [
        "/sandbox",
        "/sandbox/mail",
        "/sandbox/mail/00000000000000000000000000000001",
    ] {
        assert_eq!(
            browser.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    browser.get("/login").await;
    let answer = browser.post(&format!("/sandbox/login/{person}"), &[]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let home = browser.get("/").await;
    assert!(!home.body.contains("/sandbox") && !home.body.contains("environment-sandbox"));
}

#[tokio::test]
async fn the_mailbox_shows_mail_as_text_with_links_to_click() {
    let site = Site::sandbox().await;
    let id = Id::from_bytes([9; 16]);
    let mut batch = Batch::new();
    outbox::capture(
        &mut batch,
        Captured {
            id,
            recipient: "jana@example.com".to_owned(),
            subject: "Hello <b>".to_owned(),
            text: "Open https://ca.example.com/verify-email/ab now".to_owned(),
            html: Some("<script>alert(1)</script>".to_owned()),
            at: site.portal.now(),
        },
    );
    site.store.commit(batch).await.unwrap();
    let mut browser = site.local_browser();
    let list = browser.get("/sandbox/mail").await;
    assert!(list.body.contains(&format!("/sandbox/mail/{id}")));
    assert!(list.body.contains("Hello &#60;b&#62;"));
    let mail = browser.get(&format!("/sandbox/mail/{id}")).await;
    assert!(
        mail.body.contains(r#"<a href="/verify-email/ab">"#),
        "{}",
        mail.body
    );
    assert!(!mail.body.contains("<script>alert"));
    let missing = browser
        .get("/sandbox/mail/00000000000000000000000000000001")
        .await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);

    // Codes are in there: from elsewhere nobody reads them.
    let mut elsewhere = site.browser();
    assert_eq!(
        elsewhere.get("/sandbox/mail").await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn every_page_of_a_sandbox_says_what_it_is() {
    let site = Site::sandbox().await;
    let mut browser = site.local_browser();
    for path in [
        "/",
        "/login",
        "/register",
        "/catalogue",
        "/help",
        "/no-such-page",
    ] {
        let page = browser.get(path).await;
        assert!(page.body.contains("environment-sandbox"), "{path}");
    }
}
