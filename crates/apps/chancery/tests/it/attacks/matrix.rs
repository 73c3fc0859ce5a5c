//! Every route against everybody, over the wire: the table below says who gets in, and nobody else does.

use chancery_portal::listing;

use super::world::{AUDITOR, JANA, NOTHING, OFFICER, OPERATOR, SUPERVISOR, Sandbox, enrol};
use crate::support::http::{Answer, Browser};

/// Who gets in.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    /// Anybody.
    All,
    /// Whoever has a session, even one that still waits for something.
    AnySession,
    /// Who has one of these roles: Subscriber, RA officer, RA superVisor, CA operator, Auditor.
    Only(&'static str),
}

use Who::{All, AnySession, Only};

/// The whole portal. A route that is not in it fails the test: whoever adds one says here who may use it.
const TABLE: &[(&str, &str, Who)] = &[
    ("GET", "/", All),
    ("GET", "/authorities", All),
    ("GET", "/authorities/{slug}/{file}", All),
    ("GET", "/authorities/supported", All),
    ("GET", "/authorities/supported/new", Only("C")),
    ("POST", "/authorities/supported/new", Only("C")),
    ("GET", "/authorities/supported/{id}/certificate/{file}", All),
    ("GET", "/authorities/supported/{id}/remove", Only("C")),
    ("POST", "/authorities/supported/{id}/remove", Only("C")),
    ("GET", "/authorities/supported/{id}/terms", Only("C")),
    ("POST", "/authorities/supported/{id}/terms", Only("C")),
    ("GET", "/catalogue", All),
    ("GET", "/catalogue/{product}", All),
    ("GET", "/certificates", Only("S")),
    ("GET", "/certificates/{id}", Only("SOVCA")),
    ("GET", "/certificates/{id}/renew", Only("S")),
    ("POST", "/certificates/{id}/renew", Only("S")),
    ("POST", "/certificates/{id}/renew/code", Only("S")),
    ("GET", "/certificates/{id}/revoke", Only("SOVC")),
    ("POST", "/certificates/{id}/revoke", Only("SOVC")),
    ("GET", "/certificates/{id}/{file}", Only("SOVCA")),
    ("POST", "/confirm", AnySession),
    ("POST", "/confirm/challenge", AnySession),
    ("POST", "/confirm/password", AnySession),
    ("GET", "/dashboard", Only("S")),
    ("GET", "/decrypt", All),
    ("GET", "/desk", Only("OVA")),
    ("GET", "/desk/certificates", Only("OVCA")),
    ("GET", "/desk/orders/{id}", Only("OVA")),
    ("POST", "/desk/orders/{id}/codes", Only("OV")),
    ("POST", "/desk/orders/{id}/decision", Only("OV")),
    ("POST", "/devices/api/certify", All),
    ("POST", "/devices/api/confirm", All),
    ("POST", "/devices/api/find", All),
    ("POST", "/devices/api/join", All),
    ("POST", "/devices/api/look", All),
    ("POST", "/devices/api/receive", All),
    ("POST", "/devices/api/refuse", All),
    ("POST", "/devices/api/renew", All),
    ("GET", "/devices/pair", All),
    ("POST", "/devices/pairings", Only("SOVCA")),
    ("POST", "/devices/pairings/{id}/approve", Only("SOVCA")),
    ("POST", "/devices/pairings/{id}/cancel", Only("SOVCA")),
    ("POST", "/devices/pairings/{id}/look", Only("SOVCA")),
    ("POST", "/devices/pairings/{id}/reveal", Only("SOVCA")),
    ("GET", "/desk/participants", Only("VA")),
    ("POST", "/desk/participants", Only("V")),
    ("POST", "/desk/participants/{id}/authorised", Only("V")),
    ("GET", "/directory", Only("SOVCA")),
    ("GET", "/directory/{id}/{file}", Only("SOVCA")),
    ("GET", "/documents/{id}", Only("SOVA")),
    ("GET", "/download", All),
    ("POST", "/download", All),
    ("POST", "/download/issue", All),
    ("GET", "/download/{reference}", All),
    ("GET", "/generator", All),
    ("GET", "/help", All),
    ("GET", "/help/{guide}", All),
    ("GET", "/invitation/{token}", All),
    ("POST", "/invitation/{token}", All),
    ("GET", "/login", All),
    ("POST", "/login", All),
    ("POST", "/login/certificate", All),
    ("POST", "/login/certificate/challenge", All),
    ("GET", "/login/code", AnySession),
    ("POST", "/login/code", AnySession),
    ("GET", "/login/tls", All),
    ("POST", "/login/tls", All),
    ("GET", "/login/tls/confirm", AnySession),
    ("POST", "/login/tls/confirm", AnySession),
    ("GET", "/login/tls/proof", Only("SOVCA")),
    ("POST", "/login/tls/proof", Only("SOVCA")),
    ("GET", "/login/totp", AnySession),
    ("POST", "/login/totp", AnySession),
    ("GET", "/login/totp/enrol", AnySession),
    ("POST", "/login/totp/enrol", AnySession),
    ("POST", "/logout", All),
    ("GET", "/lost-code", All),
    ("POST", "/lost-code", All),
    ("GET", "/lost-code/sent", All),
    ("GET", "/manifest.webmanifest", All),
    ("GET", "/orders", Only("S")),
    ("POST", "/orders", Only("S")),
    ("GET", "/orders/new/{product}", Only("S")),
    ("GET", "/orders/{id}", Only("S")),
    ("GET", "/orders/{id}/activation", Only("S")),
    ("POST", "/orders/{id}/activation", Only("S")),
    ("POST", "/orders/{id}/activation/change", Only("S")),
    ("POST", "/orders/{id}/activation/issue", Only("S")),
    ("POST", "/orders/{id}/csr-check", Only("S")),
    ("GET", "/orders/{id}/data", Only("S")),
    ("POST", "/orders/{id}/data", Only("S")),
    ("POST", "/orders/{id}/data/reuse", Only("S")),
    ("POST", "/orders/{id}/data/submit", Only("S")),
    ("GET", "/orders/{id}/documents", Only("S")),
    ("POST", "/orders/{id}/documents", Only("S")),
    ("POST", "/orders/{id}/documents/remove", Only("S")),
    ("GET", "/orders/{id}/email", Only("S")),
    ("POST", "/orders/{id}/email", Only("S")),
    ("POST", "/orders/{id}/email/code", Only("S")),
    ("GET", "/participants", Only("SOVCA")),
    ("POST", "/participants", Only("SOVCA")),
    ("GET", "/participants/{id}", Only("SOVCA")),
    ("POST", "/participants/{id}/asked", Only("SOVCA")),
    ("POST", "/participants/{id}/asked/withdraw", Only("SOVCA")),
    ("POST", "/participants/{id}/decline", Only("SOVCA")),
    ("POST", "/participants/{id}/join", Only("SOVCA")),
    ("GET", "/participants/{id}/leave", Only("SOVCA")),
    ("POST", "/participants/{id}/leave", Only("SOVCA")),
    ("GET", "/participants/{id}/members/{person}", Only("SOVCA")),
    (
        "POST",
        "/participants/{id}/members/{person}/authorised",
        Only("SOVCA"),
    ),
    (
        "GET",
        "/participants/{id}/members/{person}/certificates/{certificate}/remove",
        Only("SOVCA"),
    ),
    (
        "POST",
        "/participants/{id}/members/{person}/certificates/{certificate}/remove",
        Only("SOVCA"),
    ),
    (
        "GET",
        "/participants/{id}/members/{person}/register",
        Only("SOVCA"),
    ),
    (
        "POST",
        "/participants/{id}/members/{person}/register",
        Only("SOVCA"),
    ),
    (
        "GET",
        "/participants/{id}/members/{person}/remove",
        Only("SOVCA"),
    ),
    (
        "POST",
        "/participants/{id}/members/{person}/remove",
        Only("SOVCA"),
    ),
    ("GET", "/profile", Only("SOVCA")),
    ("POST", "/profile/log-out-everywhere", Only("SOVCA")),
    ("GET", "/profile/name", Only("SOVCA")),
    ("POST", "/profile/name", Only("SOVCA")),
    ("GET", "/register", All),
    ("POST", "/register", All),
    // In this sandbox, from this machine.
    ("GET", "/sandbox", All),
    ("POST", "/sandbox/login/{person}", All),
    ("GET", "/sandbox/mail", All),
    ("GET", "/sandbox/mail/{id}", All),
    ("GET", "/service-worker.js", All),
    ("GET", "/settings/devices", Only("SOVCA")),
    ("POST", "/settings/devices/{id}/forget", Only("SOVCA")),
    ("GET", "/settings/devices/{id}/name", Only("SOVCA")),
    ("POST", "/settings/devices/{id}/name", Only("SOVCA")),
    ("GET", "/settings/devices/{id}/revoke", Only("SOVCA")),
    ("POST", "/settings/devices/{id}/revoke", Only("SOVCA")),
    ("POST", "/settings/language", All),
    ("GET", "/settings/component", All),
    ("GET", "/settings/registered", Only("SOVCA")),
    ("POST", "/settings/registered/challenge", Only("SOVCA")),
    ("GET", "/settings/registered/new", Only("SOVCA")),
    ("POST", "/settings/registered/new", Only("SOVCA")),
    ("GET", "/settings/registered/{id}", Only("SOVCA")),
    ("POST", "/settings/registered/{id}/handshake", Only("SOVCA")),
    ("POST", "/settings/registered/{id}/listed", Only("SOVCA")),
    ("POST", "/settings/registered/{id}/proof", Only("SOVCA")),
    ("GET", "/settings/registered/{id}/remove", Only("SOVCA")),
    ("POST", "/settings/registered/{id}/remove", Only("SOVCA")),
    ("GET", "/settings/registered/{id}/{file}", Only("SOVCA")),
    ("GET", "/settings/store", All),
    ("POST", "/settings/theme", All),
    ("GET", "/sign", All),
    ("GET", "/verify", All),
    ("GET", "/verify-email/{token}", All),
    ("POST", "/verify-email/{token}", All),
    ("GET", "/verify/status/{slug}/{serial}", All),
];

/// Routes whose forms carry files.
pub const UPLOADS: [&str; 6] = [
    "/authorities/supported/new",
    "/orders/{id}/activation",
    "/orders/{id}/data",
    "/orders/{id}/documents",
    "/participants/{id}/members/{person}/register",
    "/settings/registered/new",
];

/// What devices send: it carries its own proof, and no session counts for it.
const MESSAGES: &str = "/devices/api/";

/// The POST routes of the table that act for a session, with somebody who may use each.
pub fn acts() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE
        .iter()
        .filter(|(method, path, _)| *method == "POST" && !path.starts_with(MESSAGES))
        // Of the listener that asks for certificates; here there is none.
        .filter(|(_, path, _)| !path.starts_with("/login/tls"))
        .map(|(_, path, who)| match who {
            Only(roles) if roles.contains('S') => (*path, JANA),
            Only(roles) if roles.contains('O') => (*path, OFFICER),
            Only(roles) if roles.contains('V') => (*path, SUPERVISOR),
            Only(_) => (*path, OPERATOR),
            _ => (*path, JANA),
        })
}

/// `/orders/{id}` as `/orders/000…`.
pub fn concrete(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { NOTHING } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

fn ask(browser: &mut Browser, method: &str, path: &str) -> Answer {
    let address = concrete(path);
    if method == "GET" {
        browser.get(&address)
    } else if UPLOADS.contains(&path) {
        browser.upload(&address, &[], &[])
    } else {
        browser.post(&address, &[])
    }
}

/// What is true of every answer to a well-formed request.
fn sane(answer: &Answer, what: &str) {
    assert!(
        (200..500).contains(&answer.status) && answer.status != 405 && answer.status != 429,
        "{what}: {} {}",
        answer.status,
        answer.text()
    );
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
    assert!(
        answer
            .header("content-security-policy")
            .contains("default-src 'none'"),
        "{what}"
    );
}

#[test]
fn the_table_is_whole() {
    let mut spelled: Vec<(String, &str)> = TABLE
        .iter()
        .map(|(method, path, _)| ((*method).to_owned(), *path))
        .collect();
    let mut served: Vec<(String, &str)> = listing()
        .iter()
        .map(|(method, path, _)| (method.to_string(), *path))
        .collect();
    spelled.sort();
    served.sort();
    assert_eq!(spelled, served, "the test's table and the portal's routes");
}

#[test]
fn each_role_gets_in_where_the_table_says_and_nowhere_else() {
    let sandbox = Sandbox::start();
    let roles = [
        ('S', JANA),
        ('O', OFFICER),
        ('V', SUPERVISOR),
        ('C', OPERATOR),
        ('A', AUDITOR),
    ];
    for (at, (role, name)) in (1..).zip(roles) {
        let mut browser = sandbox.as_person(name).elsewhere([127, 0, 1, at]);
        for (method, path, who) in TABLE {
            // Whoever acts may be logged out by it.
            if browser.session().is_none() || browser.get("/profile").status != 200 {
                browser = sandbox.as_person(name).elsewhere([127, 0, 1, at]);
            }
            let answer = ask(&mut browser, method, path);
            let what = format!("{name}: {method} {path}");
            sane(&answer, &what);
            match who {
                Only(roles) if !roles.contains(role) => {
                    assert_eq!(answer.status, 403, "{what}");
                    assert!(answer.cookies().count() == 0, "{what}");
                }
                Only(_) => {
                    assert_ne!(answer.status, 403, "{what}: {}", answer.text());
                    let sent_away = answer.location().starts_with("/login");
                    assert!(!sent_away || path.ends_with("log-out-everywhere"), "{what}");
                }
                All | AnySession => assert_ne!(answer.status, 403, "{what}: {}", answer.text()),
            }
        }
    }
}

#[test]
fn strangers_are_asked_to_log_in() {
    let sandbox = Sandbox::start();
    for (method, path, who) in TABLE {
        let mut browser = sandbox.browser();
        let answer = ask(&mut browser, method, path);
        let what = format!("{method} {path}");
        sane(&answer, &what);
        if *who == All {
            assert_ne!(answer.status, 403, "{what}");
        } else {
            assert_eq!(answer.status, 303, "{what}: {}", answer.text());
            let asked = answer.location() == "/login"
                || answer.location().starts_with("/login?next=%2F")
                || answer.location().starts_with("/login?next=/");
            assert!(asked, "{what}: {}", answer.location());
        }
        assert!(browser.session().is_none(), "{what}");
    }
}

/// Somebody who is half logged in gets nothing but the next half, and what `open` says.
fn gets_nothing(browser: &mut Browser, next: &str, open: &[&str]) {
    for (method, path, who) in TABLE {
        let Only(_) = who else { continue };
        if open.iter().any(|part| path.starts_with(part)) {
            continue;
        }
        let answer = ask(browser, method, path);
        let what = format!("{method} {path}");
        sane(&answer, &what);
        assert!(
            answer.status == 403 || (answer.status == 303 && answer.location() == next),
            "{what}: {} {}",
            answer.status,
            answer.location()
        );
        assert_eq!(answer.cookies().count(), 0, "{what}");
    }
}

#[test]
fn an_access_code_opens_nothing_but_the_choice_of_a_password() {
    let sandbox = Sandbox::start();
    let code = sandbox.register("Karel Nový", "karel@novy.test");
    let mut browser = sandbox.browser();
    browser.post("/login", &[("login", "karel@novy.test"), ("secret", &code)]);
    gets_nothing(&mut browser, "/login/code", &[]);
}

#[test]
fn an_officer_without_second_factor_gets_nothing_of_the_desk() {
    let sandbox = Sandbox::start();
    let mut browser = sandbox.half_officer("ra-officer", "petr@chancery.test");
    // What is their own is theirs meanwhile.
    let own = [
        "/profile",
        "/settings/registered",
        "/login/tls/proof",
        "/participants",
        "/directory",
    ];
    gets_nothing(&mut browser, "/login/totp/enrol", &own);
    let (app, _) = enrol(&mut browser);
    assert_eq!(browser.get("/desk").status, 200);

    // From then on a password alone opens nothing either.
    let mut later = sandbox.browser();
    let half = later.post(
        "/login",
        &[
            ("login", "petr@chancery.test"),
            ("secret", super::world::PASSWORD),
        ],
    );
    assert_eq!(half.location(), "/login/totp");
    gets_nothing(&mut later, "/login/totp", &[]);
    // Nor does it open another second factor, or another password.
    assert_eq!(later.get("/login/totp/enrol").status, 303);
    let other = [
        ("password", "jiny-velbloud-pod-okapem-8"),
        ("again", "jiny-velbloud-pod-okapem-8"),
    ];
    assert_eq!(later.post("/login/code", &other).location(), "/login/totp");
    let whole = later.post("/login/totp", &[("code", &super::world::code_at(&app, 1))]);
    assert_eq!(whole.location(), "/desk", "{}", whole.text());
    assert_eq!(later.get("/desk").status, 200);
}
