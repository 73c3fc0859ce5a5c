//! Fresh signatures before sensitive acts.

use axum::http::StatusCode;
use chancery_register::Role;

use super::{ADDRESS, Holder, NO_PROOF, challenge, nonce, origin};
use crate::{
    matrix::as_somebody,
    site::{PASSWORD, Site, between},
};

#[tokio::test]
async fn a_sensitive_act_waits_for_a_fresh_signature_of_its_own() {
    let site = Site::sandbox().await;
    let holder = Holder::registered(&site, &[Role::Subscriber]).await;
    let mut browser = site.browser();
    holder.log_in(&mut browser).await;
    let revoke = format!("{}/revoke", holder.page);
    let chosen = [("reason", "superseded")];
    let page = browser.fill(&revoke, &chosen).await;
    let act = between(&page.body, r#"data-act=""#, "\"").to_owned();
    assert!(act.starts_with("revoke "), "{act}");
    let sure = [("reason", "superseded"), ("confirm", "yes")];
    let asked = browser.post(&revoke, &sure).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert!(asked.body.contains("Confirm with your certificate"));
    assert!(asked.body.contains(&format!("value=\"{revoke}\"")));
    // It says which certificate, and the form goes on from there as it was filled in.
    let serial = holder.certificate.serial().to_hex();
    let first: String = serial.chars().take(4).collect();
    let said = between(&asked.body, "<dt>Serial number</dt>", "</dd>");
    assert!(said.contains(&first), "{serial}: {said}");
    assert!(asked.body.contains(&format!("action=\"{revoke}\"")));
    assert!(asked.body.contains(r#"name="reason" value="superseded""#));

    // A signature for another act, or for log-in, is none for this.
    let other = format!("revoke {}", "1".repeat(32));
    let other = challenge(&mut browser, "/confirm/challenge", &[("act", &other)]).await;
    let mut stranger = site.browser();
    let log_in = nonce(&mut stranger).await;
    for nonce in [other, log_in] {
        browser.get(&revoke).await;
        let token = holder.token(&origin(), &nonce);
        let fields = [
            sure[0],
            sure[1],
            ("confirm-token", &token),
            ("confirm-nonce", &nonce),
        ];
        let answer = browser.post(&revoke, &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.body.contains(NO_PROOF));
    }
    // Ahead of the form it is good once, for that act.
    browser.get(&revoke).await;
    let nonce = challenge(&mut browser, "/confirm/challenge", &[("act", "password")]).await;
    let token = holder.token(&origin(), &nonce);
    let fields = [
        ("act", "password"),
        ("confirm-back", "/login/code"),
        ("confirm-token", &token),
        ("confirm-nonce", &nonce),
    ];
    let ahead = browser.post("/confirm", &fields).await;
    assert_eq!(ahead.status, StatusCode::SEE_OTHER, "{}", ahead.body);
    assert_eq!(ahead.location(), "/login/code");
    let asked = browser.fill(&revoke, &sure).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    let new = "sedm-velbloudu-na-ledu-9";
    let fields = [("current", PASSWORD), ("password", new), ("again", new)];
    let changed = browser.fill("/login/code", &fields).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    browser.get("/profile").await;
    let newer = "osm-velbloudu-na-ledu-9";
    let fields = [("current", new), ("password", newer), ("again", newer)];
    let again = browser.fill("/login/code", &fields).await;
    assert_eq!(again.status, StatusCode::FORBIDDEN);

    // Beside the form.
    browser.fill(&revoke, &chosen).await;
    let nonce = challenge(&mut browser, "/confirm/challenge", &[("act", &act)]).await;
    let token = holder.token(&origin(), &nonce);
    let fields = [
        sure[0],
        sure[1],
        ("confirm-token", &token),
        ("confirm-nonce", &nonce),
    ];
    let done = browser.post(&revoke, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test]
async fn a_session_opened_otherwise_is_not_asked() {
    let site = Site::sandbox().await;
    let holder = Holder::unregistered(&site, &[Role::Subscriber]).await;
    let mut browser = site.browser();
    browser.log_in(ADDRESS, PASSWORD).await;
    let revoke = format!("{}/revoke", holder.page);
    let page = browser.fill(&revoke, &[("reason", "superseded")]).await;
    assert!(!page.body.contains("data-act"));
    let sure = [("reason", "superseded"), ("confirm", "yes")];
    let done = browser.post(&revoke, &sure).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test]
async fn devices_wait_for_a_fresh_signature() {
    let site = Site::sandbox().await;
    let holder = Holder::registered(&site, &[Role::Subscriber]).await;
    let pairing = [
        ("way", "own-key"),
        ("mailbox", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ("commitment", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    ];
    let mut browser = site.browser();
    holder.log_in(&mut browser).await;
    let page = browser.get("/settings/devices").await;
    let act = between(&page.body, r#"data-act=""#, "\"").to_owned();
    let told = browser.post("/devices/pairings", &pairing).await;
    assert_eq!(told.status, StatusCode::FORBIDDEN);
    assert_eq!(told.body, r#"{"problem":"confirm"}"#);
    // As a form, it leads to the page that takes the proof, and from there back.
    browser.get("/settings/devices").await;
    let back = [("confirm-back", "/settings/devices")];
    let asked = browser.post("/devices/pairings", &back).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert!(asked.body.contains(r#"value="/settings/devices""#));
    let nonce = challenge(&mut browser, "/confirm/challenge", &[("act", &act)]).await;
    let token = holder.token(&origin(), &nonce);
    let proof = [("confirm-token", token.as_str()), ("confirm-nonce", &nonce)];
    let begun = [pairing.as_slice(), &proof].concat();
    let begun = browser.post("/devices/pairings", &begun).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.body);
    assert!(begun.body.contains(r#""id":"#), "{}", begun.body);

    // A device that is nobody's is no reason to ask.
    let revoke = "/settings/devices/00112233445566778899aabbccddeeff/revoke";
    browser.get("/settings/devices").await;
    let asked = browser.post(revoke, &[("lost", "yes")]).await;
    assert_eq!(asked.status, StatusCode::NOT_FOUND, "{}", asked.body);
    let mut other = as_somebody(&site, holder.person).await;
    let page = other.get("/settings/devices").await;
    assert!(!page.body.contains("data-act"));
    let missing = other.post(revoke, &[("lost", "yes")]).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND, "{}", missing.body);
}
