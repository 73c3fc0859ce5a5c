//! Forms that another site sends in a person's name (CSRF), on every act of the table.

use super::{
    matrix::{UPLOADS, acts, concrete},
    world::{Belongings, JANA, OFFICER, PIOTR, Sandbox, settled},
};
use crate::support::http::{Answer, Browser, multipart, urlencoded};

/// The words of the page that refuses a form from elsewhere.
const REFUSED: &str = "could not be accepted";

fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let address = concrete(path);
    if UPLOADS.contains(&path.split('?').next().unwrap()) {
        browser.upload_bare(&address, fields, &[])
    } else {
        browser.post_bare(&address, fields)
    }
}

#[track_caller]
fn refused(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 403, "{what}: {}", answer.text());
    assert!(answer.text().contains(REFUSED), "{what}: {}", answer.text());
    assert_eq!(answer.cookies().count(), 0, "{what}");
}

/// Attacks that send a wrong token, or none, and those that know the right one and come from elsewhere.
#[test]
fn no_act_is_done_for_another_site() {
    let sandbox = Sandbox::start();
    let visitor = sandbox.browser().token();
    let strangers = sandbox.as_person(PIOTR).token();
    for (at, (path, name)) in (1..).zip(acts()) {
        let mut browser = sandbox.as_person(name);
        // Limits count by address: each try comes from one of its own.
        let mut tries = 0;
        let mut send = |browser: &mut Browser, path: &str, fields: &[(&str, &str)]| {
            tries += 1;
            send(&mut browser.elsewhere([127, 1, at, tries]), path, fields)
        };
        let own = browser.token();
        for (what, token) in [
            ("no token", None),
            ("an empty token", Some("")),
            ("a visitor's token", Some(visitor.as_str())),
            ("another session's token", Some(strangers.as_str())),
            ("half a token", own.get(..own.len() / 2)),
        ] {
            let fields: Vec<(&str, &str)> =
                token.map(|token| ("csrf", token)).into_iter().collect();
            refused(
                &send(&mut browser, path, &fields),
                &format!("{path}, {what}"),
            );
        }
        let right = [("csrf", own.as_str())];
        for (name, value) in [
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
            ("Origin", "https://evil.example"),
            ("Origin", "null"),
            (
                "Origin",
                &format!(
                    "http://127.0.0.1:{}",
                    sandbox.door.address.port().wrapping_add(1)
                ),
            ),
        ] {
            let answer = send(&mut browser.with(name, value), path, &right);
            refused(&answer, &format!("{path}, {name}: {value}"));
        }
        // The token where forms of ours never carry it.
        let mut carrying = browser.with("X-CSRF-Token", &own);
        carrying.jar.insert("csrf".to_owned(), own.clone());
        let address = format!("{path}?csrf={own}");
        refused(
            &send(&mut carrying, &address, &[]),
            &format!("{path}, the token in the address"),
        );
    }
}

#[test]
fn what_is_no_form_of_ours_does_nothing() {
    let sandbox = Sandbox::start();
    for (at, (path, name)) in (1..).zip(acts()) {
        let mut browser = sandbox.as_person(name).elsewhere([127, 0, 2, at]);
        let token = browser.token();
        let fields = urlencoded(&[("csrf", &token)]);
        let (boundary, parts) = multipart(&[("csrf", &token)], &[]);
        let upload = UPLOADS.contains(&path);
        // What a page elsewhere can have a browser send without asking us first, and what it cannot.
        let mut bodies: Vec<(&str, Vec<u8>)> = vec![
            ("text/plain", fields.clone().into_bytes()),
            (
                "text/plain",
                format!("{{\"csrf\":\"{token}\"}}").into_bytes(),
            ),
            (
                "application/json",
                format!("{{\"csrf\":\"{token}\"}}").into_bytes(),
            ),
            ("application/xml", b"<csrf/>".to_vec()),
            ("", fields.clone().into_bytes()),
        ];
        if upload {
            bodies.push(("application/x-www-form-urlencoded", fields.into_bytes()));
        } else {
            bodies.push((&boundary, parts));
        }
        for (kind, body) in bodies {
            let kind_of = (!kind.is_empty()).then_some(kind);
            let answer = browser.send("POST", &concrete(path), kind_of, &body);
            assert_eq!(answer.status, 400, "{path}, {kind}: {}", answer.text());
            assert_eq!(answer.cookies().count(), 0, "{path}, {kind}");
        }
    }
}

#[test]
fn no_act_is_done_by_another_method() {
    let sandbox = Sandbox::start();
    for (at, (path, name)) in (1..).zip(acts()) {
        let mut browser = sandbox.as_person(name).elsewhere([127, 0, 2, at]);
        let token = browser.token();
        let before = browser.session().unwrap().to_owned();
        let address = format!("{}?csrf={token}&_method=POST&confirm=yes", concrete(path));
        for method in ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"] {
            let answer = browser.send(method, &address, None, b"");
            assert_eq!(answer.status, 405, "{method} {path}");
        }
        for name in [
            "X-HTTP-Method-Override",
            "X-HTTP-Method",
            "X-Method-Override",
        ] {
            let answer = browser.with(name, "POST").get(&address);
            // 422: an invitation that is not there.
            assert!(
                [200, 303, 404, 405, 410, 422].contains(&answer.status),
                "{path}: {}",
                answer.status
            );
        }
        assert_eq!(
            browser.get("/profile").status,
            200,
            "GET {path} ended the session"
        );
        assert_eq!(browser.session(), Some(before.as_str()));
    }
}

/// By whom, where to, what shows it, and the fields.
type Act<'a> = (&'a Browser, String, &'a str, &'a [(&'a str, &'a str)]);

/// With everything right but where it comes from, the acts that matter most change nothing; with that right
/// too, they do, so the test would notice.
#[test]
fn a_forged_act_changes_nothing_and_the_same_act_from_our_page_does() {
    let sandbox = Sandbox::start();
    let mut jana = sandbox.as_person(JANA);
    let mut officer = sandbox.as_person(OFFICER);
    let has = Belongings::of(&mut jana);
    let valid = has
        .certificates
        .iter()
        .map(|id| format!("/certificates/{id}"))
        .find(|path| jana.get(&format!("{path}/revoke")).status == 200)
        .unwrap();
    let waiting = has
        .orders
        .iter()
        .map(|id| format!("/desk/orders/{id}"))
        .find(|path| officer.get(path).text().contains("value=\"verify\""))
        .unwrap();
    let page = officer.get(&waiting).text();
    let version = crate::support::http::between(&page, "name=\"version\" value=\"", "\"");
    let revoke = [("reason", "superseded"), ("confirm", "yes")];
    let verify = [("decision", "verify"), ("version", version.as_str())];
    let order = [("product", "smime-mailbox-365")];
    let name = [("full_name", "Mallory")];
    let acts: [Act<'_>; 4] = [
        (&jana, format!("{valid}/revoke"), &valid, &revoke),
        (&officer, format!("{waiting}/decision"), &waiting, &verify),
        (&jana, "/orders".to_owned(), "/orders", &order),
        (&jana, "/profile/name".to_owned(), "/profile/name", &name),
    ];
    for (browser, path, shown, fields) in acts {
        let (mut browser, path, what) = (browser.clone(), path.as_str(), shown);
        let token = browser.token();
        let mut whole = fields.to_vec();
        whole.push(("csrf", &token));
        let before = settled(&browser.get(shown).text());
        refused(&browser.post_bare(path, fields), what);
        refused(
            &browser
                .with("Sec-Fetch-Site", "cross-site")
                .post_bare(path, &whole),
            what,
        );
        refused(
            &browser
                .with("Origin", "https://evil.example")
                .post_bare(path, &whole),
            what,
        );
        assert_eq!(
            settled(&browser.get(shown).text()),
            before,
            "{what}: something changed"
        );
        let own = format!("http://{}", browser.host);
        let done = browser
            .with("Origin", &own)
            .with("Sec-Fetch-Site", "same-origin")
            .post_bare(path, &whole);
        assert_eq!(done.status, 303, "{what}: {}", done.text());
        assert_ne!(
            settled(&browser.get(shown).text()),
            before,
            "{what}: nothing changed"
        );
    }
}
