//! What is not well-formed, too large or too slow, octet by octet.

use std::{
    io::{ErrorKind, Read, Write},
    time::{Duration, Instant},
};

use super::world::{JANA, Sandbox};
use crate::support::http::{Answer, Door};

const HOST: &str = "Host: 127.0.0.1\r\n";

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

#[test]
fn too_much_is_refused_early() {
    let sandbox = Sandbox::start();
    let door = &sandbox.door;
    let long = "a".repeat(70_000);
    let many = "X-Note: a\r\n".repeat(200);
    for (what, request) in [
        ("a long path", format!("GET /{long} HTTP/1.1\r\n{HOST}\r\n")),
        (
            "a long header",
            format!("GET / HTTP/1.1\r\n{HOST}X-Note: {long}\r\n\r\n"),
        ),
        (
            "many headers",
            format!("GET / HTTP/1.1\r\n{HOST}{many}\r\n"),
        ),
        (
            "a long cookie",
            format!("GET / HTTP/1.1\r\n{HOST}Cookie: {long}\r\n\r\n"),
        ),
    ] {
        let answer = door.ask(request.as_bytes());
        assert!(
            [400, 414, 431].contains(&answer.status),
            "{what}: {}",
            answer.status
        );
    }

    // Bodies that say how long they are, are refused before they are sent; others once they are too long.
    let jana = sandbox.as_person(JANA);
    let name = jana.session_cookie().unwrap();
    let cookie = format!("Cookie: {name}={}\r\n", jana.session().unwrap());
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let parts = "Content-Type: multipart/form-data; boundary=x\r\n";
    let ocsp = "Content-Type: application/ocsp-request\r\n";
    for (path, kind) in [
        ("/login", form),
        ("/register", form),
        ("/settings/theme", form),
        ("/profile/name", form),
        ("/orders/00000000000000000000000000000000/documents", parts),
        ("/orders/00000000000000000000000000000000/activation", parts),
        ("/ocsp", ocsp),
    ] {
        let head = format!("POST {path} HTTP/1.1\r\n{HOST}{cookie}{kind}");
        let start = Instant::now();
        let answer = door.ask(format!("{head}Content-Length: 10000000000\r\n\r\nx").as_bytes());
        assert_eq!(answer.status, 413, "{path}: {}", answer.text());
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "{path}: refused late"
        );
    }
    let endless = format!("10000\r\n{}\r\n", "a".repeat(65_536)).repeat(20);
    for (path, kind) in [("/login", form), ("/profile/name", form), ("/ocsp", ocsp)] {
        let head = format!(
            "POST {path} HTTP/1.1\r\n{HOST}{cookie}{kind}Transfer-Encoding: chunked\r\n\r\n"
        );
        let answer = door.ask(format!("{head}{endless}").as_bytes());
        assert_eq!(answer.status, 413, "{path}: {}", answer.text());
    }
    // A form of ten thousand fields, each small.
    let fields = "a=1&".repeat(10_000);
    let head = format!(
        "POST /login HTTP/1.1\r\n{HOST}{form}Connection: close\r\nContent-Length: {}\r\n\r\n",
        fields.len()
    );
    assert_eq!(door.ask(format!("{head}{fields}").as_bytes()).status, 413);
}

/// How long the server of these tests waits for a client that says nothing.
const PATIENCE: Duration = Duration::from_secs(1);

#[test]
fn slow_clients_are_cut_and_others_go_on_being_served() {
    let sandbox = Sandbox::start_with(|config| {
        config.replace(
            "[listen]\n",
            &format!("[listen]\npatience = {}\n", PATIENCE.as_secs()),
        )
    });
    let door = sandbox.door.clone();
    let head = format!(
        "POST /login HTTP/1.1\r\n{HOST}Content-Type: application/x-www-form-urlencoded\r\n"
    );
    let openings = [
        // Nothing at all, half a head, a whole head and no body, a body that stops, chunks that stop.
        String::new(),
        format!("GET / HTTP/1.1\r\n{HOST}"),
        format!("{head}Content-Length: 1000\r\n\r\n"),
        format!("{head}Content-Length: 1000\r\n\r\nlogin=a"),
        format!("{head}Transfer-Encoding: chunked\r\n\r\n5\r\nlo"),
        format!(
            "POST /ocsp HTTP/1.1\r\n{HOST}Content-Type: application/ocsp-request\r\nContent-Length: 100\r\n\r\nx"
        ),
        // A connection that was used, and is kept for nothing.
        format!("GET /healthz HTTP/1.1\r\n{HOST}\r\n"),
    ];
    let start = Instant::now();
    let mut slow: Vec<_> = openings
        .iter()
        .cycle()
        .take(70)
        .map(|opening| {
            let mut stream = door.connect(None);
            stream.write_all(opening.as_bytes()).unwrap();
            stream
        })
        .collect();
    // One octet of a head at a time does not buy time either.
    let mut dripping = door.connect(None);
    dripping
        .write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Note: ")
        .unwrap();
    let drip = std::thread::spawn(move || {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) {
            if dripping.write_all(b"a").is_err() {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        start.elapsed()
    });

    // Meanwhile everybody else is served at once.
    for _ in 0..5 {
        let asked = Instant::now();
        assert_eq!(sandbox.browser().get("/login").status, 200);
        assert!(asked.elapsed() < Duration::from_secs(5), "others wait");
    }
    for (stream, opening) in slow.iter_mut().zip(openings.iter().cycle()) {
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        let mut said = Vec::new();
        let ended = stream.read_to_end(&mut said);
        let reset = ended
            .as_ref()
            .is_err_and(|error| error.kind() == ErrorKind::ConnectionReset);
        assert!(
            ended.is_ok() || reset,
            "{opening:?} is still open: {ended:?}"
        );
    }
    assert!(
        start.elapsed() < PATIENCE * 10,
        "cut only after {:?}",
        start.elapsed()
    );
    assert!(drip.join().unwrap() < PATIENCE * 10, "dripping bought time");
}

#[test]
fn whoever_does_not_read_is_cut_too() {
    let sandbox = Sandbox::start_with(|config| {
        config.replace(
            "[listen]\n",
            &format!("[listen]\npatience = {}\n", PATIENCE.as_secs()),
        )
    });
    // Answers without end, of which nothing is read: more than the system keeps for either side.
    let mut stream = sandbox.door.connect(None);
    stream
        .set_write_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let requests = format!("GET /help HTTP/1.1\r\n{HOST}\r\n").repeat(10_000);
    let start = Instant::now();
    let ended = (0..200).find_map(|_| stream.write_all(requests.as_bytes()).err());
    // The server reads no further once nobody takes its answers; then it gives up.
    let cut = ended.is_some_and(|error| {
        matches!(
            error.kind(),
            ErrorKind::ConnectionReset | ErrorKind::BrokenPipe
        )
    });
    assert!(cut, "the server still waits after {:?}", start.elapsed());
}

#[test]
fn connections_beyond_their_number_are_closed_and_come_back() {
    const PLACES: usize = 8;
    let sandbox = Sandbox::start_with(|config| {
        let patience = PATIENCE.as_secs() * 60;
        config.replace(
            "[listen]\n",
            &format!("[listen]\nconnections = {PLACES}\npatience = {patience}\n"),
        )
    });
    let ask = || {
        let mut stream = sandbox.door.connect(None);
        let request = format!("GET /healthz HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n");
        let mut answer = Vec::new();
        // A closed door shows while writing or while reading.
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.read_to_end(&mut answer);
        answer.starts_with(b"HTTP/1.1 200")
    };
    let becomes = |served| {
        (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            ask() == served
        })
    };
    assert!(becomes(true));
    // More than there are places: the last question may not have left its own yet.
    let idle: Vec<_> = (0..PLACES * 2)
        .map(|_| sandbox.door.connect(None))
        .collect();
    assert!(becomes(false), "the server takes more than it may");
    drop(idle);
    assert!(becomes(true), "places do not come back");
}
