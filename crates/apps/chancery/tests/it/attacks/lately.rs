//! A stolen cookie makes nothing that lasts: in a session that a password opened, what makes or widens rights asks for it again after a while.

use std::process::Command;

use super::world::{PASSWORD, Sandbox, code_at, enrol};
use crate::support::{
    http::{Answer, Browser, between},
    run,
};

const CERTIFICATE: &str =
    include_str!("../../../../../interfaces/portal/src/samples/certificate.pem");
const WRONG: &str = "krava-za-vodou-21-mek";
const MARK: &str = "name=\"confirm-password\"";

/// Lets the minutes pass in which a password counts as just proved.
fn age(sandbox: &Sandbox) {
    let database = sandbox.data().join("chancery.db");
    let code = "import sqlite3, sys
base = sqlite3.connect(sys.argv[1], timeout=30)
base.execute('update register_sessions set proved_at = proved_at - 600000000')
base.commit()";
    let mut python = Command::new("python3");
    run(python.args(["-c", code]).arg(database), 0);
}

fn pair(browser: &mut Browser) -> Answer {
    let octets = "A".repeat(43);
    let fields = [
        ("way", "own-key"),
        ("mailbox", octets.as_str()),
        ("commitment", octets.as_str()),
    ];
    browser.post("/devices/pairings", &fields)
}

#[test]
fn a_password_of_long_ago_pairs_no_device_until_it_is_proved_again() {
    let sandbox = Sandbox::start();
    let mut karel = sandbox.subscriber("Karel Nový", "karel@novy.test");
    let fresh = pair(&mut karel);
    assert_eq!(fresh.status, 200, "{}", fresh.text());
    let challenge = |browser: &mut Browser| {
        let answer = browser.post("/confirm/challenge", &[("act", "device")]);
        (answer.status, answer.text())
    };
    let nothing = (200, "{\"way\":\"nothing\"}".to_owned());
    assert_eq!(challenge(&mut karel), nothing);

    age(&sandbox);
    let mut thief = karel.elsewhere([127, 0, 0, 9]);
    let refused = pair(&mut thief);
    assert_eq!(refused.status, 403);
    assert_eq!(refused.text(), "{\"problem\":\"confirm\"}");
    assert_eq!(
        challenge(&mut karel),
        (200, "{\"way\":\"password\",\"code\":false}".to_owned())
    );
    // A proof that none was asked for is none, whatever its kind.
    let token = [("confirm-token", "{}"), ("confirm-nonce", "x")];
    let page = thief.post("/devices/pairings", &token);
    assert_eq!(page.status, 403);
    assert!(page.text().contains(MARK), "{}", page.text());

    // Ahead of the form, by a script and by the page.
    let wrong = [("act", "device"), ("confirm-password", WRONG)];
    let told = karel.post("/confirm/password", &wrong);
    assert_eq!(told.status, 422);
    assert!(told.text().contains("\"field\":\"confirm-password\""));
    assert!(!told.text().contains(WRONG));
    let again = karel.post("/confirm", &wrong);
    assert_eq!(again.status, 403);
    assert!(again.text().contains("aria-invalid"), "{}", again.text());
    assert!(!again.text().contains(WRONG));
    let right = [
        ("act", "device"),
        ("confirm-password", PASSWORD),
        ("confirm-back", "/settings/devices"),
    ];
    let gone = karel.post("/confirm", &right);
    assert_eq!(gone.location(), "/settings/devices", "{}", gone.text());
    assert_eq!(pair(&mut karel).status, 200);

    // It holds in this session alone.
    let mut other = sandbox.browser();
    let names = [("login", "karel@novy.test"), ("secret", PASSWORD)];
    other.post("/login", &names);
    age(&sandbox);
    assert_eq!(pair(&mut other).status, 403);
    let proved = karel.post("/confirm/password", &right);
    assert_eq!(proved.status, 200, "{}", proved.text());
    assert_eq!(pair(&mut karel).status, 200);
    assert_eq!(pair(&mut other).status, 403);
}

#[test]
fn a_form_goes_on_with_its_file_and_without_being_filled_in_again() {
    let sandbox = Sandbox::start();
    let mut karel = sandbox.subscriber("Karel Nový", "karel@novy.test");
    age(&sandbox);
    let path = "/settings/registered/new";
    let file = [("file", "m\u{16f}j <b>.pem", CERTIFICATE.as_bytes())];
    let asked = karel.upload(path, &[("uses", "signing")], &file);
    assert_eq!(asked.status, 403, "{}", asked.text());
    let page = asked.text();
    assert!(page.contains(MARK) && page.contains(&format!("action=\"{path}\"")));
    let value = |name: &str| between(&page, &format!("name=\"{name}\" value=\""), "\"");
    assert_eq!(value("uses"), "signing");
    let carried = value("confirm-file");

    // A wrong password keeps all of it; the right one lets it arrive: no authority here issued that certificate.
    let send = |browser: &mut Browser, password: &str| {
        let fields = [
            ("uses", "signing"),
            ("confirm-file", carried.as_str()),
            ("confirm-password", password),
        ];
        browser.upload(path, &fields, &[])
    };
    let wrong = send(&mut karel, WRONG);
    assert_eq!(wrong.status, 403);
    assert!(wrong.text().contains(&carried) && !wrong.text().contains(WRONG));
    let arrived = send(&mut karel, PASSWORD);
    assert_eq!(arrived.status, 422, "{}", arrived.text());
    assert!(!arrived.text().contains(MARK));
    assert!(arrived.text().contains("/authorities/supported"));
    // What no page carried.
    let fields = [("confirm-file", "YQ==")];
    assert_eq!(karel.upload(path, &fields, &[]).status, 400);

    // A private key travels through no page.
    age(&sandbox);
    let key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAA\n-----END PRIVATE KEY-----\n";
    for (fields, files) in [
        (vec![("pem", key)], vec![]),
        (vec![], vec![("file", "key.pem", key.as_bytes())]),
    ] {
        let refused = karel.upload(path, &fields, &files);
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(!refused.text().contains("MC4CAQ") && !refused.text().contains("confirm-file"));
    }
}

#[test]
fn a_second_factor_is_asked_for_along_and_carried_values_are_text() {
    let sandbox = Sandbox::start();
    let mut karel = sandbox.subscriber("Karel Nový", "karel@novy.test");
    age(&sandbox);
    karel.get("/login/totp/enrol");
    let code = "\"><script>alert(1)</script>";
    let asked = karel.post("/login/totp/enrol", &[("code", code)]);
    assert_eq!(asked.status, 403);
    assert!(!asked.text().contains("<script>alert"));
    assert!(!asked.text().contains("confirm-code"));
    let proof = [("act", "second-factor"), ("confirm-password", PASSWORD)];
    assert_eq!(karel.post("/confirm/password", &proof).status, 200);
    let (app, _) = enrol(&mut karel);

    age(&sandbox);
    let challenge = karel.post("/confirm/challenge", &[("act", "device")]);
    assert_eq!(challenge.text(), "{\"way\":\"password\",\"code\":true}");
    let asked = karel.post("/devices/pairings", &[]);
    assert!(asked.text().contains("name=\"confirm-code\""));
    let mut prove = |code: &str| {
        let fields = [
            ("act", "device"),
            ("confirm-password", PASSWORD),
            ("confirm-code", code),
        ];
        karel.post("/confirm/password", &fields)
    };
    let told = prove("");
    assert_eq!(told.status, 422);
    assert!(told.text().contains("\"field\":\"confirm-code\""));
    let code = code_at(&app, 1);
    let proved = prove(&code);
    assert_eq!(proved.status, 200, "{}", proved.text());
    assert_eq!(prove(&code).status, 422);
}

#[test]
fn guesses_in_a_session_are_guesses_at_the_door() {
    let sandbox = Sandbox::start();
    let karel = sandbox.subscriber("Karel Nový", "karel@novy.test");
    age(&sandbox);
    let mut thief = karel.elsewhere([127, 0, 0, 9]);
    let guess = |browser: &mut Browser, password: &str| {
        let fields = [("act", "device"), ("confirm-password", password)];
        browser.post("/confirm/password", &fields)
    };
    let first = guess(&mut thief, WRONG).text();
    let mut said = Vec::new();
    for _ in 0..6 {
        said.push(guess(&mut thief, WRONG).text());
    }
    assert_eq!(said[0], first);
    // Now it has to wait, be the guess right or wrong, here and at log-in.
    assert_ne!(said[5], first);
    let right = guess(&mut thief, PASSWORD);
    assert_eq!(right.status, 422);
    assert_ne!(right.text(), first);
    let names = [("login", "karel@novy.test"), ("secret", PASSWORD)];
    let mut door = sandbox.browser().elsewhere([127, 0, 0, 9]);
    assert_eq!(door.post("/login", &names).status, 422);
    // Karel himself logs in from where he is.
    let mut home = sandbox.browser();
    let entered = home.post("/login", &names);
    assert_eq!(entered.status, 303, "{}", entered.text());
}
