//! What is not well-formed, octet by octet.

use super::world::Sandbox;
use crate::support::http::{Answer, Door};

pub const HOST: &str = "Host: 127.0.0.1\r\n";

/// Sends a request behind which another one hides; gives the answers, which may be one at most.
#[track_caller]
fn alone(door: &Door, what: &str, head: &str, body: &str) -> Answer {
    let hidden = format!("GET /healthz HTTP/1.1\r\n{HOST}\r\n");
    let request = format!("{head}\r\n{body}{hidden}");
    let answer = door.ask(request.as_bytes());
    assert_ne!(answer.status, 0, "{what}: no answer");
    assert!(
        !answer.rest.windows(5).any(|part| part == b"HTTP/"),
        "{what}: the hidden request was answered: {}",
        String::from_utf8_lossy(&answer.rest)
    );
    answer
}

#[test]
fn no_request_hides_behind_another() {
    let sandbox = Sandbox::start();
    let door = &sandbox.door;
    let post = format!("POST /logout HTTP/1.1\r\n{HOST}");
    let chunked = "Transfer-Encoding: chunked\r\n";
    for (what, headers, body) in [
        (
            "both lengths",
            format!("Content-Length: 5\r\n{chunked}"),
            "0\r\n\r\n",
        ),
        (
            "both lengths, turned round",
            format!("{chunked}Content-Length: 5\r\n"),
            "0\r\n\r\n",
        ),
        (
            "two lengths",
            "Content-Length: 5\r\nContent-Length: 6\r\n".to_owned(),
            "abcde",
        ),
        (
            "a list of lengths",
            "Content-Length: 5, 6\r\n".to_owned(),
            "abcde",
        ),
        (
            "a signed length",
            "Content-Length: +5\r\n".to_owned(),
            "abcde",
        ),
        ("a negative length", "Content-Length: -5\r\n".to_owned(), ""),
        (
            "a length in hexadecimal",
            "Content-Length: 0x5\r\n".to_owned(),
            "abcde",
        ),
        (
            "a length beyond all",
            "Content-Length: 99999999999999999999999\r\n".to_owned(),
            "",
        ),
        (
            "an unknown coding",
            "Transfer-Encoding: xchunked\r\n".to_owned(),
            "0\r\n\r\n",
        ),
        (
            "chunked not last",
            "Transfer-Encoding: chunked, identity\r\n".to_owned(),
            "0\r\n\r\n",
        ),
        (
            "a blank before the colon",
            "Transfer-Encoding : chunked\r\n".to_owned(),
            "0\r\n\r\n",
        ),
        (
            "a vertical tab",
            "Transfer-Encoding:\u{b}chunked\r\n".to_owned(),
            "0\r\n\r\n",
        ),
        (
            "a folded line",
            "Transfer-Encoding:\r\n chunked\r\n".to_owned(),
            "0\r\n\r\n",
        ),
        ("a NUL in a value", "X-Note: a\0b\r\n".to_owned(), ""),
        (
            "a bare CR in a value",
            "X-Note: a\rContent-Length: 5\r\n".to_owned(),
            "",
        ),
        (
            "a chunk beyond all",
            chunked.to_owned(),
            "FFFFFFFFFFFFFFFFF\r\n\r\n",
        ),
        (
            "a signed chunk",
            chunked.to_owned(),
            "+5\r\nabcde\r\n0\r\n\r\n",
        ),
    ] {
        let answer = alone(door, what, &format!("{post}{headers}"), body);
        assert_eq!(answer.status, 400, "{what}: {}", answer.text());
    }
}

#[test]
fn what_is_no_request_of_http_1_1_is_refused() {
    let sandbox = Sandbox::start();
    let door = &sandbox.door;
    // HTTP/1.0 knows no chunks.
    let old = format!("POST /logout HTTP/1.0\r\n{HOST}Transfer-Encoding: chunked\r\n");
    assert_eq!(
        alone(door, "chunks in HTTP/1.0", &old, "0\r\n\r\n").status,
        400
    );
    for (what, line) in [
        ("no version", "GET /"),
        ("another version", "GET / HTTP/3.0"),
        ("two blanks in the path", "GET / x HTTP/1.1"),
        ("no method", " / HTTP/1.1"),
        ("a NUL in the path", "GET /\0 HTTP/1.1"),
    ] {
        let answer = alone(door, what, &format!("{line}\r\n{HOST}"), "");
        assert_eq!(answer.status, 400, "{what}");
    }
}

#[test]
fn one_host_and_it_is_ours() {
    let sandbox = Sandbox::start();
    let ask = |line: &str, hosts: &[&str]| {
        let hosts: String = hosts
            .iter()
            .flat_map(|host| ["Host: ", host, "\r\n"])
            .collect();
        sandbox
            .door
            .ask(format!("{line} HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n").as_bytes())
    };
    let port = sandbox.door.address.port();
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        &format!("127.0.0.1:{port}"),
    ] {
        assert_eq!(ask("GET /login", &[host]).status, 200, "{host}");
    }
    for host in [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "evil.example@127.0.0.1",
        "127.0.0.1@evil.example",
        "localhost.evil.example",
        "127.0.0.1, evil.example",
        "127.0.0.1/../evil.example",
        "2130706433",
        "0x7f.1",
        "",
    ] {
        let answer = ask("GET /login", &[host]);
        assert!(
            [400, 421].contains(&answer.status),
            "{host}: {}",
            answer.status
        );
        assert_eq!(answer.cookies().count(), 0, "{host}");
    }
    // RFC 9112 section 3.2: none at all, or more than one, is no request.
    assert!([400, 421].contains(&ask("GET /login", &[]).status));
    for path in ["/login", "/healthz", "/ocsp/AAAA"] {
        for hosts in [
            ["127.0.0.1", "evil.example"],
            ["evil.example", "127.0.0.1"],
            ["127.0.0.1", "127.0.0.1"],
        ] {
            assert_eq!(
                ask(&format!("GET {path}"), &hosts).status,
                400,
                "{path} {hosts:?}"
            );
        }
    }
    // RFC 9112 section 3.2.2: an absolute target is what counts.
    assert_eq!(
        ask("GET http://evil.example/login", &["127.0.0.1"]).status,
        421
    );
    // Nothing made of the host comes back in a page or a redirection.
    let answer = ask("GET /dashboard", &["localhost"]);
    assert!(
        answer.location().starts_with("/login"),
        "{}",
        answer.location()
    );
}

#[test]
fn a_path_means_what_it_says() {
    let sandbox = Sandbox::start();
    let ask = |path: &str| {
        sandbox
            .door
            .ask(format!("GET {path} HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n").as_bytes())
    };
    for path in [
        "//desk",
        "/desk/",
        "/DESK",
        "/./desk",
        "/help/../desk",
        "/help/%2e%2e/desk",
        "/help%2f..%2fdesk",
        "/desk%00",
        "/desk%20",
        "/desk;x=1",
        "/desk.html",
        "/%64esk%2f",
        "/assets/../desk",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/%2e%2e/chancery.toml",
        "/assets/....//chancery.toml",
        "/assets/%00",
        "/assets/",
        "/issuer/..%2fchancery.toml",
        "/issuer/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/crl/..%2f../0.crl",
        "/crl/root-g1/..%2f..%2fchancery.db",
        "/crl/root-g1/%00.crl",
        "/authorities/..%2f/certificate.pem",
        "/help/..%2f..%2fchancery.toml",
        "/catalogue/%3Cscript%3E",
        "/verify-email/..%2f..",
        "/invitation/%00",
        "/sandbox/mail/..%2f..%2fchancery.db",
        "/%",
        "/%zz",
        "/%ff%fe",
        "/\u{e9}",
        "/..",
        "/?next=//evil.example",
        "/help/\\..\\..\\desk",
        "*",
    ] {
        let answer = ask(path);
        let text = answer.text();
        // A page that says so, the log-in, or a form without what was asked for.
        let fine = [303, 400, 404, 410, 421, 422].contains(&answer.status)
            || (answer.status == 200 && path.starts_with("/?"));
        assert!(fine, "{path}: {} {text}", answer.status);
        for secret in [
            "[issuing",
            "public_url =",
            "root:x:",
            "SQLite format",
            "[package]",
            "<script>",
        ] {
            assert!(!text.contains(secret), "{path} gives {secret}");
        }
        assert!(
            !answer.location().starts_with("//"),
            "{path}: {}",
            answer.location()
        );
    }
}
