//! What is too much, too slow or too many.

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::{
    wire::HOST,
    world::{JANA, Sandbox},
};
use crate::support::{Server, folder};

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
    let serves = || {
        (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            ask()
        })
    };
    assert!(serves());
    // Until all places are held: one that the last question has not left yet turns others away, and is free a moment later.
    let mut idle = Vec::new();
    let full = (0..100).any(|_| {
        idle.extend((0..PLACES).map(|_| sandbox.door.connect(None)));
        std::thread::sleep(Duration::from_millis(50));
        !ask()
    });
    assert!(full, "the server takes more than it may");
    drop(idle);
    assert!(serves(), "places do not come back");
}

/// The most connections unless the configuration says otherwise, and what is open beside them.
const FILES: usize = 4096 + 128;

#[test]
fn connections_fit_under_the_systems_limit_of_files() {
    let folder = folder();
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let start = |limit: &str| {
        let mut command = Command::new("sh");
        let words = format!("ulimit {limit}; exec \"$0\" \"$@\"");
        command
            .args(["-c", &words, env!("CARGO_BIN_EXE_chancery")])
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stderr(fs::File::create(&log).unwrap());
        let words = ["--sandbox", "--data", data.to_str().unwrap()];
        let server = Server::start_by(command, &words, "127.0.0.1:0", "127.0.0.1:0");
        let limits = fs::read_to_string(format!("/proc/{}/limits", server.process())).unwrap();
        let files = limits
            .lines()
            .find_map(|line| line.strip_prefix("Max open files"))
            .unwrap();
        let [soft, hard] = [0, 1].map(|at| -> usize {
            let limit = files.split_whitespace().nth(at).unwrap();
            limit.parse().unwrap_or(usize::MAX)
        });
        (soft, hard, fs::read_to_string(&log).unwrap())
    };
    let (soft, hard, _) = start("-S -n 256");
    assert_eq!(soft, hard.min(FILES), "the limit is raised where it may be");
    let (soft, _, log) = start("-n 300");
    assert_eq!(soft, 300);
    assert!(
        log.contains("listen.connections") && log.contains("\"places\":172"),
        "{log}"
    );
}
