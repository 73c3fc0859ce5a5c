//! What is refused: other sites' forms, other names, plain HTTP, fixed sessions, floods.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
};
use chancery_portal::{Kind, Rates};
use chancery_register::Role;
use hyper::body::Frame;

use crate::site::{HOST, PASSWORD, Site};

#[tokio::test]
async fn every_answer_carries_a_strict_policy() {
    let site = Site::production().await;
    let mut browser = site.browser();
    for path in ["/", "/login", "/no-such-page", "/profile", "/assets/none"] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none';"),
            "{path}: {policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"));
        assert!(!policy.contains("unsafe"), "{policy}");
        assert!(
            policy.contains("require-trusted-types-for 'script'; trusted-types chancery"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert!(
            answer
                .header("strict-transport-security")
                .contains("max-age"),
            "{path}"
        );
    }
    assert_eq!(
        browser.get("/login").await.header("cache-control"),
        "no-store"
    );
    let mut plain = site.local_browser();
    assert_eq!(plain.get("/").await.header("strict-transport-security"), "");
}

/// The address of a built asset, by the beginning of its name; none before `cargo xtask web`.
fn built(stem: &str) -> Option<String> {
    let dist = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../web/dist");
    std::fs::read_dir(dist)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .find(|name| name.starts_with(stem))
        .map(|name| format!("/assets/{name}"))
}

#[tokio::test]
async fn the_module_is_compiled_in_the_worker_alone() {
    let site = Site::production().await;
    let mut browser = site.browser();
    let (Some(worker), Some(script)) = (built("worker-"), built("app-")) else {
        eprintln!("skipped: the assets were not built (cargo xtask web)");
        return;
    };
    let answer = browser.get(&worker).await;
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    assert!(policy.contains("'wasm-unsafe-eval'") && policy.contains("trusted-types 'none'"));
    let policy = browser.get(&script).await;
    assert!(!policy.header("content-security-policy").contains("unsafe"));
}

#[tokio::test]
async fn plain_http_from_elsewhere_is_refused_before_anything_is_read() {
    let site = Site::production().await;
    let mut browser = site.local_browser();
    browser.peer = "192.0.2.77".parse().unwrap();
    browser.host = HOST.to_owned();
    for path in ["/", "/login", "/assets/app.css"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(
            answer.body.contains("https://ca.example.com"),
            "{}",
            answer.body
        );
        assert!(answer.headers.get(header::SET_COOKIE).is_none());
    }
    let posted = browser
        .post_without_token("/login", &[("login", "a"), ("secret", "b")])
        .await;
    assert_eq!(posted.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_foreign_name_for_our_address_is_refused() {
    let site = Site::sandbox().await;
    let mut browser = site.local_browser();
    for host in [
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "",
    ] {
        browser.host = host.to_owned();
        let answer = browser.get("/").await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", HOST] {
        browser.host = host.to_owned();
        assert_eq!(browser.get("/").await.status, StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn a_form_without_the_token_of_its_visitor_is_refused() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let form = [("login", "jana@example.com"), ("secret", PASSWORD)];
    let mut browser = site.browser();
    browser.get("/login").await;
    let bare = browser.post_without_token("/login", &form).await;
    assert_eq!(bare.status, StatusCode::FORBIDDEN);
    assert!(bare.body.contains("could not be accepted"));
    assert!(bare.body.contains("Back to the page"));

    let mut other = site.browser();
    other.get("/login").await;
    let stolen = other.token();
    let mut with_stolen = form.to_vec();
    with_stolen.push(("csrf", &stolen));
    let mixed = browser.post_without_token("/login", &with_stolen).await;
    assert_eq!(
        mixed.status,
        StatusCode::FORBIDDEN,
        "another visitor's token"
    );
    assert!(browser.session().is_none());
}

#[tokio::test]
async fn a_token_from_before_the_log_in_is_worth_nothing_after_it() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let mut browser = site.browser();
    browser.get("/login").await;
    let before = browser.token();
    browser.log_in("jana@example.com", PASSWORD).await;
    let form = [("csrf", before.as_str()), ("full_name", "Mallory")];
    let answer = browser.post_without_token("/profile/name", &form).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(!browser.get("/profile").await.body.contains("Mallory"));
}

#[tokio::test]
async fn a_form_sent_by_another_site_is_refused_even_with_the_token() {
    let site = Site::production().await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let mut browser = site.browser();
        browser.get("/login").await;
        browser.extra.insert(name, HeaderValue::from_static(value));
        let answer = browser
            .post("/login", &[("login", "a"), ("secret", "b")])
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    let mut browser = site.browser();
    browser.get("/login").await;
    browser
        .extra
        .insert("origin", HeaderValue::from_static("https://ca.example.com"));
    let answer = browser
        .post("/login", &[("login", "a"), ("secret", "b")])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_planted_session_cookie_is_not_raised_by_logging_in() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    site.person("mallory@example.com", &[Role::Subscriber])
        .await;
    let mut mallory = site.browser();
    mallory.log_in("mallory@example.com", PASSWORD).await;
    let planted = mallory.jar.clone();
    let mut victim = site.browser();
    victim.jar = planted.clone();
    let page = victim.get("/login").await;
    assert_eq!(
        page.status,
        StatusCode::SEE_OTHER,
        "the planted session shows itself"
    );
    victim.jar.retain(|name, _| name.ends_with("-visit"));
    victim.log_in("jana@example.com", PASSWORD).await;
    assert_ne!(victim.session(), mallory.session());
    assert!(
        mallory
            .get("/profile")
            .await
            .body
            .contains("mallory@example.com")
    );
}

#[tokio::test]
async fn session_cookies_are_out_of_reach_for_scripts_and_other_sites() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let mut browser = site.browser();
    let answer = browser.log_in("jana@example.com", PASSWORD).await;
    for line in answer.headers.get_all(header::SET_COOKIE) {
        let line = line.to_str().unwrap();
        assert!(
            line.contains("HttpOnly") && line.contains("SameSite=Lax") && line.contains("Secure"),
            "{line}"
        );
        if line.contains(browser.session().unwrap()) {
            assert!(
                line.starts_with("__Host-") && line.contains("Path=/;"),
                "{line}"
            );
        }
    }
    let mut plain = site.local_browser();
    plain.log_in("jana@example.com", PASSWORD).await;
    assert!(plain.jar.keys().all(|name| !name.starts_with("__Host-")));
    assert_eq!(plain.get("/profile").await.status, StatusCode::OK);
}

#[tokio::test]
async fn too_large_a_form_is_refused_with_words() {
    let site = Site::production().await;
    let mut browser = site.browser();
    let huge = "x".repeat(100 * 1024);
    let answer = browser
        .fill("/login", &[("login", &huge), ("secret", "b")])
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("too much at once"));
    browser.get("/login").await;
    let many = vec![("field", "1"); 2000];
    let answer = browser.post("/login", &many).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn who_sends_too_slowly_is_told_and_let_go() {
    let rates = Rates {
        patience: std::time::Duration::from_millis(300),
        ..Rates::default()
    };
    let site = Site::of(Kind::Production, rates).await;
    let mut browser = site.browser();
    browser.get("/login").await;
    let request = browser
        .request("POST", "/login")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::new(Never))
        .unwrap();
    let answer = browser.send(request).await;
    assert_eq!(answer.status, StatusCode::REQUEST_TIMEOUT);
    assert!(answer.body.contains("took too long"), "{}", answer.body);
}

/// A body whose first octet never comes.
struct Never;

impl hyper::body::Body for Never {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Poll::Pending
    }
}

#[tokio::test]
async fn what_is_no_form_is_refused_with_words() {
    let site = Site::production().await;
    let mut browser = site.browser();
    browser.get("/login").await;
    for (kind, body) in [
        ("application/json", r#"{"login":"a"}"#),
        ("text/plain", "login=a"),
        ("application/x-www-form-urlencoded", "login=%ff%fe"),
    ] {
        let request = browser
            .request("POST", "/login")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        let answer = browser.send(request).await;
        assert!(answer.status.is_client_error(), "{kind}: {}", answer.status);
        assert!(answer.body.contains("</html>"), "{kind}: {}", answer.body);
    }
}

#[tokio::test]
async fn one_address_is_slowed_down_with_words_and_others_are_not() {
    let one = std::num::NonZeroU32::MIN;
    let rates = Rates {
        log_in: one,
        registration: one,
        mail: one,
        ..Rates::default()
    };
    let site = Site::of(Kind::Production, rates).await;
    let mut browser = site.browser();
    let form = [("login", "a@example.com"), ("secret", "b")];
    let first = browser.fill("/login", &form).await;
    assert_eq!(first.status, StatusCode::UNPROCESSABLE_ENTITY);
    let second = browser.fill("/login", &form).await;
    assert_eq!(second.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(second.header("retry-after").parse::<u64>().unwrap() <= 60);
    assert!(second.body.contains("Your account is not blocked"));
    let mut other = site.browser();
    other.peer = "192.0.2.99".parse().unwrap();
    let elsewhere = other.fill("/login", &form).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY);
}
