//! Client certificates in the TLS handshake, shown by OpenSSL's client.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

mod wire;

use crate::support::{Server, chancery, file, folder, has, run};

struct World {
    server: Server,
    folder: tempfile::TempDir,
}

impl World {
    fn start() -> Self {
        let folder = folder();
        let data = folder.path().join("data");
        let words = ["--sandbox", "--data", data.to_str().unwrap()];
        let words = [&words[..], &["--listen-certificates", "127.0.0.1:0"]].concat();
        Self {
            server: Server::start(&words),
            folder,
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn openssl(&self, words: &str) {
        let mut command = Command::new("openssl");
        command.current_dir(self.path()).args(words.split(' '));
        run(&mut command, 0);
    }

    /// A certificate of the sandbox's own authority and its key, `own.pem` and `own.key`.
    fn issue_own(&self) {
        self.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out own.key");
        self.openssl("req -new -key own.key -subj /CN=x -out own.csr");
        let words = "cert issue --profile smime-mailbox-multipurpose --email jana@example.com --csr own.csr --out own.pem --data data";
        let mut command = chancery();
        command.current_dir(self.path()).args(words.split(' '));
        run(&mut command, 0);
    }

    /// One request to a listener by `openssl s_client`: what the client told, then what the server answered.
    fn ask(&self, url: &str, request: &str, words: &str) -> String {
        let address = url.strip_prefix("https://").unwrap();
        let mut client = Command::new("openssl")
            .current_dir(self.path())
            .args(["s_client", "-ign_eof", "-connect", address])
            .args(words.split_whitespace())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let head = format!("{request} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        client
            .stdin
            .take()
            .unwrap()
            .write_all(head.as_bytes())
            .unwrap();
        let output = client.wait_with_output().unwrap();
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    }
}

#[test]
fn any_client_certificate_is_taken_by_the_handshake_and_judged_in_words() {
    if !has("openssl") {
        return;
    }
    let world = World::start();
    let asking = world.server.certificates.clone().unwrap();
    world.issue_own();
    world.openssl("req -x509 -newkey rsa:2048 -nodes -keyout self.key -out self.pem -subj /CN=Nobody -days 30");

    for protocol in ["-tls1_3", "-tls1_2"] {
        let show = |words: &str| {
            let words = format!("{protocol} {words}");
            world.ask(&asking, "GET /login/tls", &words)
        };
        let none = show("");
        assert!(none.contains("HTTP/1.1 200"), "{none}");
        assert!(
            none.contains("Your browser showed no certificate"),
            "{none}"
        );
        assert!(!none.contains("name=\"next\""));
        let foreign = show("-cert self.pem -key self.key");
        assert!(foreign.contains("CN=Nobody"), "{foreign}");
        assert!(foreign.contains("Log in with it"), "{foreign}");
        let own = show("-cert own.pem -key own.key");
        assert!(own.contains("jana@example.com"), "{own}");
        // One request a handshake: an older one is no fresh proof.
        assert!(own.to_ascii_lowercase().contains("connection: close"));
        assert!(!own.contains("Session-ID: 0") && !own.contains("TLS session ticket:\n"));
        // Elsewhere nobody is asked.
        let plain = world.ask(&world.server.https, "GET /login", protocol);
        assert!(plain.contains("HTTP/1.1 200"), "{plain}");
        let asked = |told: &str| told.contains("Requested Signature Algorithms");
        assert!(asked(&none) && !asked(&plain), "{plain}");
    }
    // A key that is not the certificate's breaks the handshake.
    world.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out other.key");
    let wrong = world.ask(&asking, "GET /login/tls", "-cert own.pem -key other.key");
    assert!(!wrong.contains("HTTP/1.1"), "{wrong}");
}

#[test]
fn handshakes_are_not_resumed_where_certificates_are_asked_for() {
    if !has("openssl") {
        return;
    }
    let world = World::start();
    let asking = world.server.certificates.clone().unwrap();
    world.issue_own();
    let own = "-cert own.pem -key own.key";
    for protocol in ["-tls1_3", "-tls1_2"] {
        file(world.path(), "session", "");
        let first = format!("{protocol} {own} -sess_out session");
        world.ask(&asking, "GET /login/tls", &first);
        let again = match std::fs::read(world.path().join("session")) {
            Ok(session) if !session.is_empty() => {
                let again = format!("{protocol} -sess_in session");
                world.ask(&asking, "GET /login/tls", &again)
            }
            // The server gave nothing to resume.
            _ => continue,
        };
        assert!(!again.contains("Reused"), "{again}");
        assert!(!again.contains("jana@example.com"), "{again}");
    }
}

#[test]
fn only_the_pages_for_certificates_are_where_they_are_asked_for() {
    if !has("openssl") {
        return;
    }
    let world = World::start();
    let asking = world.server.certificates.clone().unwrap();
    let moved = world.ask(&asking, "GET /orders?x=1", "");
    assert!(moved.contains("HTTP/1.1 303"), "{moved}");
    let there = format!("location: {}/orders?x=1", world.server.http);
    assert!(moved.to_ascii_lowercase().contains(&there), "{moved}");
    let posted = world.ask(&asking, "POST /login", "");
    assert!(posted.contains("HTTP/1.1 404"), "{posted}");
    // And from the portal's own address the way leads there.
    let led = world.ask(&world.server.https, "GET /login/tls?next=/orders", "");
    let there = format!("location: {asking}/login/tls?next=/orders");
    assert!(led.to_ascii_lowercase().contains(&there), "{led}");
    let page = world.ask(&world.server.https, "GET /login", "");
    assert!(
        page.contains(&format!("href=\"{asking}/login/tls\"")),
        "{page}"
    );
}
