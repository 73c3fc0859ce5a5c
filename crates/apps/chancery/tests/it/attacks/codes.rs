//! Guessing and reusing what opens doors: codes, links, passwords. And nobody can be shut out by a stranger.

use super::world::{ELENA, PASSWORD, Sandbox, code_at, enrol, ids, settled};
use crate::support::http::{Answer, Browser, between};

const EMAIL: &str = "karel@novy.test";

fn log_in(browser: &mut Browser, login: &str, secret: &str) -> Answer {
    browser.post("/login", &[("login", login), ("secret", secret)])
}

#[test]
fn guessing_is_slowed_down_and_shuts_nobody_out() {
    let sandbox = Sandbox::start();
    let home = [127, 0, 5, 1];
    let first = sandbox.register("Karel Nový", EMAIL);
    sandbox.first_log_in(EMAIL, &first);
    let mut at_home = sandbox.browser().elsewhere(home);
    assert_eq!(log_in(&mut at_home, EMAIL, PASSWORD).status, 303);

    // From one address: after a few tries even the right password has to wait, and is not looked at.
    let mut guesser = sandbox.browser().elsewhere([127, 0, 5, 2]);
    for _ in 0..6 {
        assert_eq!(log_in(&mut guesser, EMAIL, "wrong").status, 422);
    }
    let early = log_in(&mut guesser, EMAIL, PASSWORD);
    assert_eq!(early.status, 422);
    assert!(early.text().contains("Too many tries"), "{}", early.text());

    // From many addresses: the name as a whole is slowed down for whoever was never there.
    for at in 3..30 {
        let mut guesser = sandbox.browser().elsewhere([127, 0, 5, at]);
        assert_eq!(log_in(&mut guesser, EMAIL, "wrong").status, 422, "{at}");
    }
    let mut abroad = sandbox.browser().elsewhere([127, 0, 6, 1]);
    let slowed = log_in(&mut abroad, EMAIL, PASSWORD);
    assert!(
        slowed.text().contains("Too many tries"),
        "{}",
        slowed.text()
    );

    // The owner is in from where they always were, and from anywhere by a mailed code.
    let mut at_home = sandbox.browser().elsewhere(home);
    assert_eq!(
        log_in(&mut at_home, EMAIL, PASSWORD).location(),
        "/dashboard"
    );
    sandbox.browser().post("/lost-code", &[("login", EMAIL)]);
    let code = sandbox.next_code(EMAIL, &first);
    assert_eq!(log_in(&mut abroad, EMAIL, &code).location(), "/login/code");
}

#[test]
fn an_access_code_works_until_it_is_used_and_a_stranger_cannot_spend_it() {
    let sandbox = Sandbox::start();
    let code = sandbox.register("Karel Nový", EMAIL);
    // A stranger's guesses, one of them shaped like a code, do not spend the real one.
    for at in 1..9 {
        let mut guesser = sandbox.browser().elsewhere([127, 0, 5, at]);
        for guess in ["AAAA-AAAA-AAAA-AAAA", "x"] {
            assert_eq!(log_in(&mut guesser, EMAIL, guess).status, 422);
        }
    }
    let mut owner = sandbox.browser().elsewhere([127, 0, 6, 1]);
    assert_eq!(log_in(&mut owner, EMAIL, &code).location(), "/login/code");
    let chosen = owner.post(
        "/login/code",
        &[("password", PASSWORD), ("again", PASSWORD)],
    );
    assert_eq!(chosen.status, 303);
    let mut thief = sandbox.browser().elsewhere([127, 0, 6, 2]);
    assert_eq!(log_in(&mut thief, EMAIL, &code).status, 422, "a used code");

    // A new code, asked for by a stranger, takes nothing away; used, it ends the old password.
    thief.post("/lost-code", &[("login", EMAIL)]);
    let next = sandbox.next_code(EMAIL, &code);
    assert_ne!(next, code);
    assert_eq!(log_in(&mut owner, EMAIL, PASSWORD).location(), "/dashboard");
    assert_eq!(
        log_in(&mut thief, EMAIL, &code).status,
        422,
        "a replaced code"
    );
}

#[test]
fn whether_somebody_is_known_is_not_told() {
    let sandbox = Sandbox::start();
    sandbox.subscriber("Karel Nový", EMAIL);
    let known = |path: &str, fields: &[(&str, &str)]| {
        let mut browser = sandbox.browser();
        browser.post(path, fields)
    };
    let same = |one: &Answer, other: &Answer, name: &str| {
        assert_eq!(
            (one.status, one.location()),
            (other.status, other.location())
        );
        assert_eq!(
            settled(&one.text()),
            settled(&other.text()).replace(name, EMAIL)
        );
    };
    let nobody = "nobody@novy.test";
    let wrong = |login| known("/login", &[("login", login), ("secret", "wrong")]);
    same(&wrong(EMAIL), &wrong(nobody), nobody);
    let lost = |login| known("/lost-code", &[("login", login)]);
    same(&lost(EMAIL), &lost(nobody), nobody);
    let register = |email| {
        known(
            "/register",
            &[("full_name", "Karel Nový"), ("email", email)],
        )
    };
    same(&register(EMAIL), &register(nobody), nobody);
    // Nor did registering again change anything for the one who was there.
    assert_eq!(
        known("/login", &[("login", EMAIL), ("secret", PASSWORD)]).status,
        303
    );
}

#[test]
fn an_invitation_works_once_and_looking_spends_nothing() {
    let sandbox = Sandbox::start();
    let link = sandbox.invite("ra-officer", "petr@chancery.test");
    for _ in 0..3 {
        assert_eq!(sandbox.browser().get(&link).status, 200);
    }
    let mut altered = link.clone();
    let last = if altered.pop() == Some('0') { '1' } else { '0' };
    altered.push(last);
    let fields = [
        ("full_name", "Petr Svoboda"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    let refused = |path: &str| {
        let mut browser = sandbox.browser();
        let answer = browser.post(path, &fields);
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert!(browser.session().is_none());
    };
    refused(&altered);
    let mut browser = sandbox.browser();
    assert_eq!(browser.post(&link, &fields).location(), "/login/totp/enrol");
    refused(&link);
    assert_eq!(sandbox.browser().get(&link).status, 422);
}

#[test]
fn a_totp_code_works_once_and_guesses_run_out() {
    let sandbox = Sandbox::start();
    let mut browser = sandbox.half_officer("ra-officer", "petr@chancery.test");
    let (app, used) = enrol(&mut browser);
    let half = |at| {
        let mut browser = sandbox.browser().elsewhere([127, 0, 5, at]);
        assert_eq!(
            log_in(&mut browser, "petr@chancery.test", PASSWORD).location(),
            "/login/totp"
        );
        browser
    };
    // Read along at the enrolment, or at the log-in of somebody else.
    let replay = half(1).post("/login/totp", &[("code", &used)]);
    assert_eq!(replay.status, 422);
    let next = code_at(&app, 1);
    assert_eq!(
        half(2).post("/login/totp", &[("code", &next)]).location(),
        "/desk"
    );
    assert_eq!(half(3).post("/login/totp", &[("code", &next)]).status, 422);

    // Guesses are counted for the person, whatever session or address they come from, and then not looked at.
    let mut said = String::new();
    for at in 4..14 {
        let answer = half(at).post("/login/totp", &[("code", "000000")]);
        assert_eq!(answer.status, 422);
        said = answer.text();
    }
    assert!(
        said.contains("Too many tries") || said.contains("Try again in"),
        "{said}"
    );
}

/// An order of Elena's that waits for her to confirm a mailbox.
fn waiting_for_mailbox(browser: &mut Browser) -> String {
    ids(&browser.get("/orders").text(), "/orders/")
        .into_iter()
        .map(|id| format!("/orders/{id}/email"))
        .find(|path| browser.get(path).status == 200)
        .unwrap()
}

/// Link and code of the newest letter to a mailbox.
fn sent(sandbox: &Sandbox, to: &str, expected: usize) -> (String, String) {
    let letter = &sandbox.letters(to, expected)[0];
    let code = letter
        .split_whitespace()
        .find(|word| word.len() == 34 && word.split('-').all(|group| group.len() == 4))
        .unwrap_or_else(|| panic!("no code in {letter}"));
    let token = between(letter, "/verify-email/", "\"");
    assert_eq!(token.len(), 64, "{letter}");
    (format!("/verify-email/{token}"), code.to_owned())
}

#[test]
fn a_mailbox_is_confirmed_once_and_by_nobodys_guess() {
    let sandbox = Sandbox::start();
    let mut elena = sandbox.as_person(ELENA);
    let order = waiting_for_mailbox(&mut elena);
    let ask = |elena: &mut Browser, to| {
        let answer = elena.post(&order, &[("email", to)]);
        assert_eq!(answer.status, 303, "{}", answer.text());
    };
    let guess =
        |elena: &mut Browser, code: &str| elena.post(&format!("{order}/code"), &[("code", code)]);

    ask(&mut elena, "first@vitosha.test");
    let (first_link, first_code) = sent(&sandbox, "first@vitosha.test", 1);
    for _ in 0..5 {
        let answer = guess(&mut elena, "0000-0000-0000-0000-0000-0000-0000");
        assert_eq!(answer.status, 422, "{}", answer.text());
    }
    // Blocked: the right code and the right link come too late, and a new letter opens it again.
    assert_eq!(guess(&mut elena, &first_code).status, 422);
    assert_eq!(sandbox.browser().get(&first_link).status, 410);
    assert_eq!(sandbox.browser().post(&first_link, &[]).status, 410);

    ask(&mut elena, "second@vitosha.test");
    let (second_link, second_code) = sent(&sandbox, "second@vitosha.test", 1);
    ask(&mut elena, "third@vitosha.test");
    let (link, code) = sent(&sandbox, "third@vitosha.test", 1);
    // Replaced ones, altered ones and another letter's are worth nothing.
    assert_eq!(sandbox.browser().post(&second_link, &[]).status, 410);
    assert_eq!(guess(&mut elena, &second_code).status, 422);
    assert_eq!(sandbox.browser().post(&format!("{link}0"), &[]).status, 410);
    assert_eq!(
        sandbox
            .browser()
            .post(&link.replace("/verify-email/", "/verify-email/0"), &[])
            .status,
        410
    );
    assert_eq!(
        sandbox
            .browser()
            .post(
                &link
                    .to_ascii_uppercase()
                    .replace("/VERIFY-EMAIL/", "/verify-email/"),
                &[]
            )
            .status,
        410
    );

    // Whoever reads the mailbox is told who asks, so that they can say no to a stranger.
    assert!(sandbox.browser().get(&link).text().contains(ELENA));
    // Looking, as scanners of mail do, spends nothing; the button works once.
    for _ in 0..3 {
        assert_eq!(sandbox.browser().get(&link).status, 200);
        assert_eq!(sandbox.browser().send("HEAD", &link, None, b"").status, 200);
    }
    assert_eq!(sandbox.browser().post(&link, &[]).status, 200);
    assert_eq!(sandbox.browser().post(&link, &[]).status, 410);
    assert_eq!(sandbox.browser().get(&link).status, 410);
    let late = guess(&mut elena, &code);
    assert!([303, 422].contains(&late.status), "{}", late.text());
}

#[test]
fn strangers_cannot_have_somebody_flooded_with_letters() {
    let sandbox = Sandbox::start();
    sandbox.subscriber("Karel Nový", EMAIL);
    let before = sandbox.letters(EMAIL, 2).len();
    for at in 1..12 {
        let mut stranger = sandbox.browser().elsewhere([127, 0, 5, at]);
        stranger.post("/lost-code", &[("login", EMAIL)]);
        stranger.post(
            "/register",
            &[("full_name", "Karel Nový"), ("email", EMAIL)],
        );
    }
    std::thread::sleep(std::time::Duration::from_secs(3));
    let after = sandbox.letters(EMAIL, 0).len();
    assert!(after <= before + 3, "{} letters", after - before);
}
