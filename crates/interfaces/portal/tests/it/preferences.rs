//! Language and theme: switched at once, remembered by the browser and with the person.

use axum::http::{HeaderValue, StatusCode};
use chancery_register::{Language, Role, Theme};

use crate::site::{PASSWORD, Site};

#[tokio::test]
async fn the_browser_says_which_language_and_the_switch_overrules_it() {
    let site = Site::production().await;
    let mut browser = site.browser();
    browser.extra.insert(
        "accept-language",
        HeaderValue::from_static("cs-CZ,cs;q=0.9,en;q=0.5"),
    );
    let page = browser.get("/login").await;
    assert!(page.body.contains(r#"<html lang="cs""#) && page.body.contains("Přihlásit se"));
    let switched = browser
        .post(
            "/settings/language",
            &[("language", "en"), ("back", "/login")],
        )
        .await;
    assert_eq!(switched.location(), "/login");
    assert!(
        browser
            .get("/login")
            .await
            .body
            .contains(r#"<html lang="en""#)
    );
    let unknown = browser
        .post("/settings/language", &[("language", "xx"), ("back", "/")])
        .await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    let away = browser
        .post(
            "/settings/language",
            &[("language", "cs"), ("back", "//evil.example")],
        )
        .await;
    assert_eq!(away.location(), "/");
}

#[tokio::test]
async fn a_choice_is_remembered_with_the_person() {
    let site = Site::production().await;
    let id = site.person("jana@example.com", &[Role::Subscriber]).await;
    let mut browser = site.browser();
    browser.log_in("jana@example.com", PASSWORD).await;
    browser.get("/profile").await;
    browser
        .post(
            "/settings/language",
            &[("language", "cs"), ("back", "/profile")],
        )
        .await;
    browser.get("/profile").await;
    browser
        .post(
            "/settings/theme",
            &[("theme", "dark"), ("back", "/profile")],
        )
        .await;
    let person = site.portal.register.person(id).await.unwrap().unwrap();
    assert_eq!((person.language, person.theme), (Language::Cs, Theme::Dark));

    let mut elsewhere = site.browser();
    elsewhere.log_in("jana@example.com", PASSWORD).await;
    let page = elsewhere.get("/profile").await;
    assert!(
        page.body
            .contains(r#"<html lang="cs" data-bs-theme="dark" "#),
        "{}",
        &page.body[..200]
    );
}

#[tokio::test]
async fn the_theme_follows_the_system_until_one_is_chosen() {
    let site = Site::production().await;
    let mut browser = site.browser();
    assert!(
        browser
            .get("/")
            .await
            .body
            .contains(r#"data-bs-theme="system""#)
    );
    browser
        .post("/settings/theme", &[("theme", "dark"), ("back", "/help")])
        .await;
    assert!(
        browser
            .get("/")
            .await
            .body
            .contains(r#"data-bs-theme="dark""#)
    );
    let nonsense = browser
        .post("/settings/theme", &[("theme", "neon"), ("back", "/")])
        .await;
    assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_was_chosen_by_hand_in_a_browser_stays_after_logging_in() {
    let site = Site::production().await;
    let id = site.person("jana@example.com", &[Role::Subscriber]).await;
    let mut browser = site.browser();
    browser.get("/login").await;
    browser
        .post(
            "/settings/language",
            &[("language", "cs"), ("back", "/login")],
        )
        .await;
    browser.log_in("jana@example.com", PASSWORD).await;
    assert!(
        browser
            .get("/profile")
            .await
            .body
            .contains(r#"<html lang="cs""#)
    );
    let person = site.portal.register.person(id).await.unwrap().unwrap();
    assert_eq!(person.language, Language::En, "the person chose nothing");
}
