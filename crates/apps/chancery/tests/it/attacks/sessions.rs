//! Session fixation: no session of before is worth anything after a rise, and no planted one is raised.

use super::world::{PASSWORD, Sandbox, code_at, enrol};
use crate::support::http::Browser;

/// Whether this cookie is a session that somebody is logged in with.
fn lives(browser: &Browser, name: &str, value: &str) -> bool {
    let mut thief = browser.with_session_only(name, value);
    let answer = thief.get("/settings/theme");
    assert_eq!(answer.status, 405);
    // The log-in page sends on whoever has a session, however far it is.
    thief.get("/login").status == 303
}

/// What a browser has that a thief might have had before.
fn cookie(browser: &Browser) -> (String, String) {
    let name = browser.session_cookie().expect("a session").to_owned();
    let value = browser.session().expect("a session").to_owned();
    (name, value)
}

#[test]
fn each_rise_has_a_session_of_its_own_and_ends_the_one_before() {
    let sandbox = Sandbox::start();
    let code = sandbox.register("Karel Nový", "karel@novy.test");
    let mut browser = sandbox.browser();
    browser.get("/login");
    assert!(
        browser.session().is_none(),
        "no session before anybody logged in"
    );
    browser.post("/login", &[("login", "karel@novy.test"), ("secret", &code)]);
    let (name, by_code) = cookie(&browser);
    assert!(lives(&browser, &name, &by_code));

    browser.post(
        "/login/code",
        &[("password", PASSWORD), ("again", PASSWORD)],
    );
    let (_, by_password) = cookie(&browser);
    assert_ne!(by_code, by_password);
    assert!(!lives(&browser, &name, &by_code) && lives(&browser, &name, &by_password));

    // A new password ends every other session, and this one goes on under another name.
    let mut second = sandbox.browser();
    second.post(
        "/login",
        &[("login", "karel@novy.test"), ("secret", PASSWORD)],
    );
    let (_, elsewhere) = cookie(&second);
    assert_ne!(elsewhere, by_password);
    let next = "jiny-velbloud-pod-okapem-8";
    let change = [("current", PASSWORD), ("password", next), ("again", next)];
    let changed = browser.post("/login/code", &change);
    assert_eq!(changed.status, 303, "{}", changed.text());
    let (_, changed) = cookie(&browser);
    assert!(!lives(&browser, &name, &by_password) && !lives(&browser, &name, &elsewhere));

    // Logged out is over, in this browser and for whoever kept the cookie.
    assert!(lives(&browser, &name, &changed));
    assert_eq!(browser.post("/logout", &[]).status, 303);
    assert!(browser.session().is_none());
    assert!(!lives(&browser, &name, &changed));
}

#[test]
fn a_second_factor_ends_the_session_that_waited_for_it() {
    let sandbox = Sandbox::start();
    let mut browser = sandbox.half_officer("ra-officer", "petr@chancery.test");
    let (name, invited) = cookie(&browser);
    let (app, _) = enrol(&mut browser);
    let (_, enrolled) = cookie(&browser);
    assert!(!lives(&browser, &name, &invited) && lives(&browser, &name, &enrolled));

    let mut later = sandbox.browser();
    later.post(
        "/login",
        &[("login", "petr@chancery.test"), ("secret", PASSWORD)],
    );
    let (_, half) = cookie(&later);
    later.post("/login/totp", &[("code", &code_at(&app, 1))]);
    let (_, whole) = cookie(&later);
    assert!(!lives(&later, &name, &half) && lives(&later, &name, &whole));

    later.post("/profile/log-out-everywhere", &[]);
    assert!(!lives(&later, &name, &whole) && !lives(&browser, &name, &enrolled));
}

#[test]
fn a_planted_cookie_is_never_raised() {
    let sandbox = Sandbox::start();
    sandbox.subscriber("Karel Nový", "karel@novy.test");
    let mut mallory = sandbox.subscriber("Mallory", "mallory@evil.test");
    let (name, hers) = cookie(&mallory);
    let shape: String = hers
        .chars()
        .map(|c| if c.is_ascii_hexdigit() { '7' } else { c })
        .collect();
    for planted in [
        shape.as_str(),
        "1",
        "' or 1=1 --",
        "%00",
        &"a".repeat(4000),
        &hers,
    ] {
        let mut victim = sandbox.browser();
        victim.jar.insert(name.clone(), planted.to_owned());
        let answer = victim.post(
            "/login",
            &[("login", "karel@novy.test"), ("secret", PASSWORD)],
        );
        assert_eq!(answer.status, 303, "{planted}: {}", answer.text());
        assert_ne!(victim.session(), Some(planted));
        assert!(victim.get("/profile").text().contains("karel@novy.test"));
        // Whoever planted it got nothing: it is nobody's, or still her own.
        if planted == hers {
            assert!(mallory.get("/profile").text().contains("mallory@evil.test"));
        } else {
            assert!(!lives(&victim, &name, planted), "{planted}");
        }
    }
}

#[test]
fn two_cookies_of_one_name_and_broken_ones_do_no_harm() {
    let sandbox = Sandbox::start();
    let browser = sandbox.subscriber("Karel Nový", "karel@novy.test");
    let (name, value) = cookie(&browser);
    let zeros = "0".repeat(value.len());
    for cookies in [
        format!("{name}={zeros}; {name}={value}"),
        format!("{name}={value}; {name}={zeros}"),
        name.clone(),
        format!("{name}=; ={value}; ;;; a=b=c"),
        format!("{name}=\"{value}"),
        format!("{name}={value}\u{7f}"),
        format!("chancery-language=<script>; chancery-theme=\"; {name}-notice=notice-<b>"),
    ] {
        let mut other = sandbox.browser().with("Cookie", &cookies);
        let answer = other.get("/profile");
        assert!(
            [200, 303, 400].contains(&answer.status),
            "{cookies}: {}",
            answer.status
        );
        assert!(!answer.text().contains("<b>"), "{cookies}");
    }
}
