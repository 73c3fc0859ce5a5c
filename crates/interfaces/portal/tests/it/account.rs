//! From registering to a chosen password, and back in.

use axum::http::StatusCode;
use chancery_register::{Notice, Role};

use crate::site::{PASSWORD, Site};

const NEWCOMER: [(&str, &str); 2] = [
    ("full_name", "Jana Nováková"),
    ("email", "jana@example.com"),
];

#[tokio::test]
async fn a_newcomer_registers_changes_the_code_and_is_in() {
    let site = Site::production().await;
    let mut browser = site.browser();
    let sent = browser.fill("/register", &NEWCOMER).await;
    assert_eq!(sent.status, StatusCode::OK);
    assert!(sent.body.contains("jana@example.com"), "{}", sent.body);

    let code = site.mailed_code().await;
    assert!(!sent.body.contains(&code));
    let logged_in = browser.log_in("jana@example.com", &code).await;
    assert_eq!(logged_in.location(), "/login/code");

    // Until a password is chosen there is nothing else.
    assert_eq!(browser.get("/profile").await.location(), "/login/code");

    let chosen = browser
        .fill(
            "/login/code",
            &[("password", PASSWORD), ("again", PASSWORD)],
        )
        .await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
    let profile = browser.get("/profile").await;
    assert_eq!(profile.status, StatusCode::OK);
    assert!(profile.body.contains("Jana Nováková"));
    assert!(
        profile.body.contains("Your password is set"),
        "the notice is shown"
    );
    let again = browser.get("/profile").await;
    assert!(
        !again.body.contains("Your password is set"),
        "and only once"
    );

    // The code is spent, the password is good.
    let mut other = site.browser();
    let refused = other.log_in("jana@example.com", &code).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    other.log_in("jana@example.com", PASSWORD).await;
    assert_eq!(other.get("/profile").await.status, StatusCode::OK);
}

#[tokio::test]
async fn wrong_fields_are_counted_kept_and_explained() {
    let site = Site::production().await;
    let mut browser = site.browser();
    let answer = browser
        .fill(
            "/register",
            &[("full_name", "Jana <b>"), ("email", "jana@missing.example")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.title().starts_with("(2 errors)"),
        "{}",
        answer.title()
    );
    assert!(answer.body.contains("There is no such domain"));
    assert!(answer.body.contains(r#"value="jana@missing.example""#));
    assert!(
        answer.body.contains("Jana &#60;b&#62;"),
        "what was typed comes back escaped"
    );
    assert!(!answer.body.contains("<b>"));
    assert!(
        answer
            .body
            .contains(r#"aria-describedby="email-hint email-problem""#)
    );
    assert!(site.letters().await.is_empty());
}

#[tokio::test]
async fn a_domain_without_mail_is_refused_and_one_out_of_reach_is_not() {
    let site = Site::production().await;
    let mut browser = site.browser();
    let register = |email| [("full_name", "Jana Nováková"), ("email", email)];
    let null = browser.fill("/register", &register("a@null.example")).await;
    assert!(null.body.contains("takes no mail"), "{}", null.body);
    let dark = browser.fill("/register", &register("a@dark.example")).await;
    assert_eq!(dark.status, StatusCode::OK);
    assert!(dark.body.contains("could not be looked up"));
    assert_eq!(site.letters().await.len(), 1);
}

#[tokio::test]
async fn registering_twice_looks_the_same_and_tells_the_holder() {
    let site = Site::production().await;
    let mut browser = site.browser();
    let first = browser.fill("/register", &NEWCOMER).await;
    site.mailed_code().await;
    site.later(3600);
    let second = browser.fill("/register", &NEWCOMER).await;
    assert_eq!(first.status, second.status);
    assert_eq!(first.title(), second.title());
    let letters = site.letters().await;
    assert!(
        matches!(letters.as_slice(), [Notice::AlreadyRegistered { .. }]),
        "{letters:?}"
    );
}

#[tokio::test]
async fn a_lost_code_is_replaced_and_strangers_learn_nothing() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let mut browser = site.browser();
    let known = browser
        .fill("/lost-code", &[("login", "jana@example.com")])
        .await;
    let unknown = browser
        .fill("/lost-code", &[("login", "nobody@example.com")])
        .await;
    assert_eq!(known.location(), unknown.location());
    let code = site.mailed_code().await;
    let answer = browser.log_in("jana@example.com", &code).await;
    assert_eq!(answer.location(), "/login/code");
}

#[tokio::test]
async fn a_wrong_password_says_neither_which_nor_who() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let mut browser = site.browser();
    let wrong = browser.log_in("jana@example.com", "something else").await;
    let nobody = browser.log_in("nobody@example.com", "something else").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("You were not logged in"));
    assert!(
        !wrong.body.contains("something else"),
        "no page shows a password"
    );
    let neutral = |body: &str| {
        let (start, rest) = body
            .split_once("<form method=\"post\" action=\"/login\"")
            .unwrap();
        // The other form's token is another each time.
        let start = start.split("<section").next().unwrap();
        (
            start.split("<main").nth(1).unwrap().to_owned(),
            rest.contains("problem"),
        )
    };
    assert_eq!(neutral(&wrong.body), neutral(&nobody.body));
}

#[tokio::test]
async fn weak_and_unequal_passwords_are_explained() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let mut browser = site.browser();
    browser.log_in("jana@example.com", PASSWORD).await;
    let change = |password, again| {
        [
            ("current", PASSWORD),
            ("password", password),
            ("again", again),
        ]
    };
    let short = browser.fill("/login/code", &change("short", "short")).await;
    assert!(
        short.body.contains("at least 10 characters"),
        "{}",
        short.body
    );
    let weak = browser
        .fill("/login/code", &change("password123", "password123"))
        .await;
    assert!(weak.body.contains("easily guessed"));
    let unequal = browser
        .fill("/login/code", &change("kobyla-na-mezi-13", "kobyla"))
        .await;
    assert!(unequal.body.contains("not the same"));
    assert_eq!(browser.get("/profile").await.status, StatusCode::OK);
}

#[tokio::test]
async fn changing_the_password_logs_out_the_other_devices() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let (mut here, mut elsewhere) = (site.browser(), site.browser());
    here.log_in("jana@example.com", PASSWORD).await;
    elsewhere.log_in("jana@example.com", PASSWORD).await;
    assert_eq!(elsewhere.get("/profile").await.status, StatusCode::OK);
    let before = here.session().unwrap().to_owned();
    let new = "kobyla-na-mezi-13-hop";
    let changed = here
        .fill(
            "/login/code",
            &[("current", PASSWORD), ("password", new), ("again", new)],
        )
        .await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    assert_ne!(
        here.session().unwrap(),
        before,
        "this device goes on under a new token"
    );
    assert_eq!(here.get("/profile").await.status, StatusCode::OK);
    assert_eq!(
        elsewhere.get("/profile").await.location(),
        "/login?next=/profile"
    );
}

#[tokio::test]
async fn after_logging_in_one_goes_where_one_wanted_to() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let mut browser = site.browser();
    let sent = browser.get("/profile/name").await;
    assert_eq!(sent.location(), "/login?next=/profile/name");
    let page = browser.get("/login?next=/profile/name").await;
    assert!(page.body.contains(r#"name="next" value="/profile/name""#));
    let form = |next| {
        [
            ("login", "jana@example.com"),
            ("secret", PASSWORD),
            ("next", next),
        ]
    };
    let answer = browser.post("/login", &form("/profile/name")).await;
    assert_eq!(answer.location(), "/profile/name");

    let mut elsewhere = site.browser();
    elsewhere.get("/login").await;
    let answer = elsewhere
        .post("/login", &form("https://evil.example/"))
        .await;
    assert!(answer.location().starts_with('/') && !answer.location().starts_with("//"));
}

#[tokio::test]
async fn a_name_is_changed_and_a_bad_one_is_not() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let mut browser = site.browser();
    browser.log_in("jana@example.com", PASSWORD).await;
    for bad in ["", "Jana\u{202e}avon", "<script>", "12"] {
        let answer = browser.fill("/profile/name", &[("full_name", bad)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad:?}");
        assert!(answer.title().starts_with("(1 error)"));
    }
    let saved = browser
        .fill("/profile/name", &[("full_name", "Jana Svobodová")])
        .await;
    assert_eq!(saved.location(), "/profile");
    assert!(
        browser
            .get("/profile")
            .await
            .body
            .contains("Jana Svobodová")
    );
}

#[tokio::test]
async fn logging_out_ends_the_session_here_or_everywhere() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let (mut here, mut elsewhere) = (site.browser(), site.browser());
    here.log_in("jana@example.com", PASSWORD).await;
    elsewhere.log_in("jana@example.com", PASSWORD).await;
    let jar = here.jar.clone();
    here.get("/profile").await;
    assert_eq!(here.post("/logout", &[]).await.location(), "/");
    assert!(here.session().is_none(), "the cookie is gone");
    here.jar = jar;
    assert_eq!(
        here.get("/profile").await.location(),
        "/login?next=/profile",
        "and worth nothing"
    );
    elsewhere.get("/profile").await;
    elsewhere.post("/profile/log-out-everywhere", &[]).await;
    assert_eq!(
        elsewhere.get("/profile").await.location(),
        "/login?next=/profile"
    );
}

#[tokio::test]
async fn an_idle_session_ends() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let mut browser = site.browser();
    browser.log_in("jana@example.com", PASSWORD).await;
    site.later(29 * 60);
    assert_eq!(browser.get("/profile").await.status, StatusCode::OK);
    site.later(31 * 60);
    assert_eq!(
        browser.get("/profile").await.location(),
        "/login?next=/profile"
    );
}
