//! The listener that asks browsers for a certificate.

use axum::http::{HeaderValue, StatusCode};
use chancery_register::Role;

use super::{ADDRESS, Holder, origin, principal, refused};
use crate::site::{PASSWORD, Site, between};

#[tokio::test]
async fn a_handshake_logs_in_at_the_portals_own_address() {
    let site = Site::sandbox().await;
    let holder = Holder::registered(&site, &[Role::Subscriber, Role::RaOfficer]).await;
    let der = holder.certificate.as_der();
    let mut browser = site.showing(Some(der));
    let page = browser.get("/login/tls?next=/desk").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(browser.session().is_none(), "looking logs nobody in");
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains(&format!("form-action 'self' {};", origin())),
        "{policy}"
    );
    let unsigned = browser.post_without_token("/login/tls", &[]).await;
    assert_eq!(unsigned.status, StatusCode::FORBIDDEN);
    let entered = browser
        .fill("/login/tls?next=/desk", &[("next", "/desk")])
        .await;
    assert_eq!(entered.location(), format!("{}/desk", origin()));
    let session = principal(&site, &browser).await;
    assert!(session.opened_by.is_some_and(|by| by.handshake));
    // The same cookies at the portal's own address.
    let mut portal = site.browser();
    portal.jar.clone_from(&browser.jar);
    assert_eq!(portal.get("/desk").await.status, StatusCode::OK);
    // Nothing else is served where certificates are asked for.
    let moved = browser.get("/desk?x=1").await;
    assert_eq!(moved.location(), format!("{}/desk?x=1", origin()));
    assert_eq!(
        browser.post("/profile/name", &[]).await.status,
        StatusCode::NOT_FOUND
    );
    // But for the way out, which every page offers.
    browser.get("/login/tls").await;
    let out = browser.post("/logout", &[]).await;
    assert_eq!(out.location(), "/");
    assert_eq!(browser.get("/").await.location(), format!("{}/", origin()));
    assert!(browser.session().is_none());
}

#[tokio::test]
async fn a_handshake_without_a_good_certificate_is_told_so() {
    let site = Site::sandbox().await;
    let holder = Holder::unregistered(&site, &[Role::Subscriber]).await;
    for (shown, title) in [
        (None, "Your browser showed no certificate"),
        (
            Some(&b"no certificate"[..]),
            "The certificate cannot be read",
        ),
        (
            Some(holder.certificate.as_der()),
            "The certificate is not registered",
        ),
    ] {
        let mut browser = site.showing(shown);
        browser.get("/login/tls").await;
        // The button is not there; who sends the form all the same is told the same.
        browser.page = browser.get("/login/tls").await.body;
        let token = browser.token();
        let answer = browser.post("/login/tls", &[]).await;
        refused(&answer, title);
        assert!(!token.is_empty());
        assert!(browser.session().is_none());
    }
    // Elsewhere there is no such page, whatever headers say.
    let mut plain = site.browser();
    let led = plain.get("/login/tls?next=/orders").await;
    assert_eq!(
        led.location(),
        "https://ca.example.com:8444/login/tls?next=/orders"
    );
    plain.get("/login").await;
    plain
        .extra
        .insert("x-ssl-client-cert", HeaderValue::from_static("x"));
    assert_eq!(
        plain.post("/login/tls", &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_handshake_confirms_an_act_of_the_session_that_is_open() {
    let site = Site::sandbox().await;
    let holder = Holder::registered(&site, &[Role::Subscriber]).await;
    let mut asking = site.showing(Some(holder.certificate.as_der()));
    asking.fill("/login/tls", &[]).await;
    let mut browser = site.browser();
    browser.jar.clone_from(&asking.jar);
    let revoke = format!("{}/revoke", holder.page);
    let sure = [("reason", "superseded"), ("confirm", "yes")];
    browser.fill(&revoke, &[("reason", "superseded")]).await;
    let asked = browser.post(&revoke, &sure).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    let address = between(&asked.body, r#"<a href="https://ca.example.com:8444"#, "\"");
    let address = address.replace("&#38;", "&").replace("&amp;", "&");
    assert!(
        address.starts_with("/login/tls/confirm?act=revoke%20"),
        "{address}"
    );
    let page = asking.get(&address).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let act = between(&page.body, r#"name="act" value=""#, "\"").to_owned();
    let fields = [("act", act.as_str()), ("next", &revoke)];
    let confirmed = asking.post("/login/tls/confirm", &fields).await;
    assert_eq!(confirmed.location(), format!("{}{revoke}", origin()));
    let done = browser.fill(&revoke, &sure).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test]
async fn a_password_of_long_ago_leads_to_no_handshake() {
    let site = Site::sandbox().await;
    Holder::registered(&site, &[Role::Subscriber]).await;
    let mut browser = site.browser();
    browser.log_in(ADDRESS, PASSWORD).await;
    let list = browser.get("/settings/registered").await;
    let id = list
        .body
        .split("href=\"/settings/registered/")
        .filter_map(|rest| rest.get(..32))
        .find(|id| id.bytes().all(|octet| octet.is_ascii_hexdigit()))
        .expect("the certificate is on the list");
    let begin = format!("/settings/registered/{id}/handshake");
    let led = browser.post(&begin, &[]).await;
    assert!(led.location().contains("&ticket="), "{}", led.location());

    // Whoever stole the cookie gets no ticket for it, and is not told which door it opens.
    site.later(601);
    browser.get("/settings/registered").await;
    let asked = browser.post(&begin, &[]).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert!(asked.body.contains(r#"name="confirm-password""#));
    assert!(!asked.body.contains("ticket="));
    assert!(
        asked.body.contains("<dt>Serial number</dt>"),
        "it says of what"
    );
    let wrong = [("confirm-password", "krava-za-vodou-21-mek")];
    let refused = browser.post(&begin, &wrong).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let right = [("confirm-password", PASSWORD)];
    let led = browser.post(&begin, &right).await;
    assert_eq!(led.status, StatusCode::SEE_OTHER, "{}", led.body);
    assert!(led.location().contains("&ticket="), "{}", led.location());
}
