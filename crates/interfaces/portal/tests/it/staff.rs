//! Staff: invited by a link, in by password and second factor.

use axum::http::StatusCode;
use chancery_audit::Actor;
use chancery_register::{Invite, Language, Role, Roles};
use totp_rs::Totp;

use crate::site::{Browser, PASSWORD, Site, between};

async fn invitation(site: &Site) -> String {
    let invite = Invite {
        email: "petr@example.com".parse().unwrap(),
        full_name: Some("Petr Svoboda".to_owned()),
        roles: Roles::new([Role::RaOfficer]),
        language: Language::En,
    };
    let operator = Actor::Operator {
        user: "root".to_owned(),
    };
    let link = site
        .portal
        .register
        .invite(&invite, operator, site.portal.now())
        .await
        .unwrap();
    format!("/invitation/{}", link.token.expose())
}

fn app(page: &str) -> Totp {
    let secret = between(page, r#"data-copy=""#, "\"");
    Totp::from_url(format!("otpauth://totp/x?secret={secret}&issuer=y")).unwrap()
}

fn code(site: &Site, app: &Totp) -> String {
    app.generate(u64::try_from(site.portal.now().as_secs()).unwrap())
        .to_string()
}

async fn enrolled(site: &Site, browser: &mut Browser<'_>) -> (Totp, Vec<String>) {
    let link = invitation(site).await;
    let accepted = browser
        .fill(
            &link,
            &[
                ("full_name", "Petr Svoboda"),
                ("password", PASSWORD),
                ("again", PASSWORD),
            ],
        )
        .await;
    assert_eq!(accepted.location(), "/login/totp/enrol");
    let page = browser.get("/login/totp/enrol").await;
    assert!(page.body.contains("<svg"));
    let app = app(&page.body);
    let codes = browser
        .post("/login/totp/enrol", &[("code", &code(site, &app))])
        .await;
    assert_eq!(codes.status, StatusCode::OK, "{}", codes.body);
    let codes: Vec<String> = between(&codes.body, "recovery-codes", "</ul>")
        .split("<code>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    (app, codes)
}

#[tokio::test]
async fn an_officer_accepts_sets_up_the_second_factor_and_needs_it_from_then_on() {
    let site = Site::production().await;
    let mut browser = site.browser();
    let (app, codes) = enrolled(&site, &mut browser).await;
    assert_eq!(codes.len(), 8, "{codes:?}");
    assert_eq!(browser.get("/profile").await.status, StatusCode::OK);

    let mut later = site.browser();
    let half = later.log_in("petr@example.com", PASSWORD).await;
    assert_eq!(half.location(), "/login/totp");
    assert_eq!(later.get("/profile").await.location(), "/login/totp");
    let before = later.session().unwrap().to_owned();
    let wrong = later.fill("/login/totp", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);

    // The code of the enrolment is spent; the next one comes within thirty seconds.
    let used = later
        .fill("/login/totp", &[("code", &code(&site, &app))])
        .await;
    assert!(used.body.contains("used already"), "{}", used.body);
    site.later(60);
    let done = later
        .fill("/login/totp", &[("code", &code(&site, &app))])
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_ne!(
        later.session().unwrap(),
        before,
        "a higher level is a new token"
    );
    assert_eq!(later.get("/profile").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_recovery_code_works_once() {
    let site = Site::production().await;
    let mut browser = site.browser();
    let (_, codes) = enrolled(&site, &mut browser).await;
    let recovery = codes.first().unwrap();
    for (attempt, expected) in [
        (1, StatusCode::SEE_OTHER),
        (2, StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let mut later = site.browser();
        later.log_in("petr@example.com", PASSWORD).await;
        let answer = later.fill("/login/totp", &[("code", recovery)]).await;
        assert_eq!(answer.status, expected, "attempt {attempt}");
    }
}

#[tokio::test]
async fn looking_at_an_invitation_spends_nothing_and_accepting_does() {
    let site = Site::production().await;
    let link = invitation(&site).await;
    let mut scanner = site.browser();
    for _ in 0..3 {
        let page = scanner.get(&link).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("petr@example.com"));
    }
    let accept = [
        ("full_name", "Petr Svoboda"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    let mut browser = site.browser();
    assert_eq!(
        browser.fill(&link, &accept).await.location(),
        "/login/totp/enrol"
    );
    let mut thief = site.browser();
    let gone = thief.get(&link).await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(gone.body.contains("cannot be used"));
    assert!(!gone.body.contains("petr@example.com"));
    let nothing = thief.get("/invitation/0123").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn staff_without_a_second_factor_are_sent_to_set_it_up() {
    let site = Site::production().await;
    site.person("petr@example.com", &[Role::RaOfficer]).await;
    let mut browser = site.browser();
    let answer = browser.log_in("petr@example.com", PASSWORD).await;
    assert_eq!(answer.location(), "/login/totp/enrol");
}
