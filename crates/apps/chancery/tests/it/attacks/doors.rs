//! Ways in that are closed: plain HTTP from elsewhere than this machine, and one-click log-in for whoever is not at it.

use std::net::{IpAddr, UdpSocket};

use chancery_portal::listing;

use super::{
    matrix::concrete,
    production::Production,
    world::{AUDITOR, PASSWORD, Sandbox, ids},
};
use crate::support::http::{Browser, Door};

/// What the environment is called in its `public_url`.
const NAME: &str = "chancery.internal";

/// An address of this machine that is not loopback; nothing is sent to find it.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

#[test]
fn plain_http_off_loopback_tells_of_certificates_and_nothing_else() {
    let Some(address) = own_address() else {
        eprintln!("skipped: this machine has no address but loopback");
        return;
    };
    let environment = Production::start(&format!("{address}:0"), "");
    let door = environment.plain();
    for (method, path, _) in listing() {
        let mut browser = Browser::at(&door);
        let answer = if method == "GET" {
            browser.get(&concrete(path))
        } else {
            browser.post_bare(&concrete(path), &[("login", "a"), ("secret", "b")])
        };
        assert_eq!(answer.status, 403, "{method} {path}");
        assert!(
            answer.text().contains("https://chancery.internal"),
            "{}",
            answer.text()
        );
        assert_eq!(answer.cookies().count(), 0, "{method} {path}");
    }
    // Saying that one is somebody else, or came another way, opens nothing.
    for (name, value) in [
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-For", "127.0.0.1"),
        ("Forwarded", "for=127.0.0.1;proto=https"),
        ("X-Real-IP", "127.0.0.1"),
        ("Front-End-Https", "on"),
    ] {
        let mut browser = Browser::at(&door).with(name, value);
        for host in ["localhost", "127.0.0.1", NAME] {
            host.clone_into(&mut browser.host);
            for path in ["/", "/login", "/assets/app.css", "/no-such-page"] {
                assert_eq!(browser.get(path).status, 403, "{path} with {name}");
            }
        }
    }
    // What relying parties fetch is there, under whatever name.
    let mut relying = Browser::at(&door);
    "pki.chancery.internal".clone_into(&mut relying.host);
    assert_eq!(relying.get("/healthz").text(), "ok\n");
    assert_eq!(
        relying.get("/crl/smime-g1/0.crl").header("content-type"),
        "application/pkix-crl"
    );
    assert_eq!(
        relying.get("/issuer/smime-g1.cer").header("content-type"),
        "application/pkix-cert"
    );
    let ocsp = relying.send("POST", "/ocsp", Some("application/ocsp-request"), b"x");
    assert_eq!(ocsp.header("content-type"), "application/ocsp-response");
}

#[test]
fn cookies_over_https_are_bound_to_it() {
    let environment = Production::start("127.0.0.1:0", "");
    let root = Browser::at(&environment.plain())
        .get("/issuer/root-g1.cer")
        .body;
    let door = Door::tls(&environment.https, NAME, &root);
    let mut browser = Browser::at(&door);
    NAME.clone_into(&mut browser.host);
    let link = environment.invite("ra-officer", "petr@example.com");
    let fields = [
        ("full_name", "Petr Svoboda"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    let accepted = browser.post(&link, &fields);
    assert_eq!(
        accepted.location(),
        "/login/totp/enrol",
        "{}",
        accepted.text()
    );
    assert!(
        accepted
            .header("strict-transport-security")
            .contains("max-age=")
    );
    for line in accepted.cookies() {
        for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(line.contains(attribute), "{line}");
        }
    }
    let name = browser.session_cookie().unwrap().to_owned();
    assert!(name.starts_with("__Host-"), "{name}");
    assert_eq!(browser.get("/profile").status, 200);
    // The same session under a name that plain HTTP could have planted is none; nor is it one on plain HTTP.
    let session = browser.session().unwrap().to_owned();
    let bare = name.trim_start_matches("__Host-");
    assert_eq!(
        browser
            .with_session_only(bare, &session)
            .get("/profile")
            .status,
        303
    );
    let mut plain = Browser::at(&environment.plain());
    plain.jar.insert(name, session);
    assert_eq!(plain.get("/profile").status, 303);
}

#[test]
fn production_has_no_sandbox() {
    let environment = Production::start("127.0.0.1:0", "");
    let mut browser = Browser::at(&environment.plain());
    let person = "00000000000000000000000000000000";
    for path in [
        "/sandbox",
        "/sandbox/mail",
        &format!("/sandbox/mail/{person}"),
    ] {
        assert_eq!(browser.get(path).status, 404, "{path}");
    }
    let answer = browser.post(&format!("/sandbox/login/{person}"), &[]);
    assert_eq!(answer.status, 404);
    assert!(browser.session().is_none());
}

#[test]
fn one_click_is_for_whoever_sits_at_this_machine() {
    let sandbox = Sandbox::start();
    let browser = sandbox.browser();
    let page = browser.clone().get("/sandbox").text();
    let person = &ids(&page, "/sandbox/login/")[0];
    let path = format!("/sandbox/login/{person}");
    for (name, value) in [
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Forwarded-For", "203.0.113.7"),
        ("X-Forwarded-Host", "localhost"),
        ("X-Forwarded-Proto", "http"),
        ("X-Forwarded-Server", "proxy"),
        ("Forwarded", "for=127.0.0.1"),
        ("Via", "1.1 proxy"),
        ("X-Real-IP", "127.0.0.1"),
        ("X-Client-IP", "127.0.0.1"),
        ("True-Client-IP", "127.0.0.1"),
        ("CF-Connecting-IP", "203.0.113.7"),
    ] {
        let mut proxied = browser.with(name, value);
        assert_eq!(proxied.post(&path, &[]).status, 403, "{name}");
        assert!(proxied.session().is_none(), "{name}");
        assert_eq!(proxied.get("/sandbox/mail").status, 403, "{name}");
    }
    for host in [
        "evil.example",
        "rebind.evil.example:80",
        "127.0.0.1.evil.example",
        "sandbox.localhost.evil.example",
    ] {
        let mut rebound = browser.clone();
        host.clone_into(&mut rebound.host);
        assert_eq!(rebound.get("/sandbox").status, 421, "{host}");
        assert_eq!(rebound.post_bare(&path, &[]).status, 421, "{host}");
    }
    // Nor by a link: a click elsewhere does not log anybody in.
    assert_eq!(browser.clone().get(&path).status, 405);
    // From this machine it works, or this test would prove nothing.
    assert_eq!(sandbox.as_person(AUDITOR).get("/profile").status, 200);
}
