//! Environments whose authorities' keys are in a token, here `SoftHSM2`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    referees::get,
    support::{Printed, Server, chancery, file, folder, has, run},
};

const PIN: &str = "1234-quiet";

/// Where distributions put the module.
fn module() -> Option<PathBuf> {
    if !has("softhsm2-util") {
        return None;
    }
    [
        "/usr/lib/softhsm/libsofthsm2.so",
        "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib64/pkcs11/libsofthsm2.so",
        "/usr/lib64/softhsm/libsofthsm2.so",
        "/usr/local/lib/softhsm/libsofthsm2.so",
    ]
    .iter()
    .map(PathBuf::from)
    .find(|path| path.exists())
}

/// A folder with a token labelled `chancery`, its PIN in `pin`, and a configuration whose keys are quick to make.
struct World {
    folder: tempfile::TempDir,
    uri: String,
}

impl World {
    fn new() -> Option<Self> {
        let module = module()?;
        let folder = folder();
        let path = folder.path();
        fs::create_dir(path.join("tokens")).unwrap();
        let tokens = path.join("tokens");
        let settings = format!(
            "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n",
            tokens.display()
        );
        file(path, "softhsm2.conf", settings);
        file(path, "pin", format!("{PIN}\n"));
        let quick = include_str!("../../src/chancery.toml").replace("rsa:4096\"", "ec:p256\"");
        file(path, "c.toml", quick);
        let uri = format!("pkcs11:token=chancery?module-path={}", module.display());
        let world = Self { folder, uri };
        let words = [
            "--init-token",
            "--free",
            "--label",
            "chancery",
            "--pin",
            PIN,
            "--so-pin",
            "so-1234",
        ];
        run(world.surround(Command::new("softhsm2-util")).args(words), 0);
        Some(world)
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn surround(&self, mut command: Command) -> Command {
        command
            .current_dir(self.path())
            .env("SOFTHSM2_CONF", self.path().join("softhsm2.conf"));
        command
    }

    fn chancery(&self, words: &[&str], code: i32) -> Printed {
        run(self.surround(chancery()).args(words), code)
    }

    fn init(&self, more: &[&str], code: i32) -> Printed {
        let words = [
            "init", "--data", "d", "--config", "c.toml", "--keys", &self.uri,
        ];
        self.chancery(&[&words, more].concat(), code)
    }

    fn serve(&self) -> Server {
        let (command, any) = (self.surround(chancery()), "127.0.0.1:0");
        Server::start_by(command, &["--data", "d"], any, any)
    }

    fn openssl(&self, words: &[&str]) -> Printed {
        run(
            Command::new("openssl").current_dir(self.path()).args(words),
            0,
        )
    }

    fn issuing(&self, out: &str) -> Command {
        let mut issue = self.surround(chancery());
        issue.args([
            "cert", "issue", "--data", "d", "--csr", "r.csr", "--out", out,
        ]);
        issue.args([
            "--email",
            "a@example.com",
            "--profile",
            "smime-mailbox-multipurpose",
        ]);
        issue
    }

    /// Makes an environment whose keys are in the token, a request, and a server.
    fn serving(&self) -> Server {
        self.init(&["--pin-file", "pin"], 0);
        self.request();
        self.serve()
    }

    /// What a relying party has: the authorities' certificates.
    fn fetch_authorities(&self, server: &Server) {
        let mut chain = Vec::new();
        for authority in ["root-g1", "smime-g1"] {
            let name = format!("{authority}.cer");
            file(self.path(), &name, get(server, &format!("/issuer/{name}")));
            let pem = format!("{authority}.pem");
            self.openssl(&["x509", "-inform", "DER", "-in", &name, "-out", &pem]);
            chain.extend(fs::read(self.path().join(pem)).unwrap());
        }
        file(self.path(), "chain.pem", chain);
    }

    /// The lists of today, each verified by its authority's certificate, in `lists.pem`.
    fn fetch_lists(&self, server: &Server) {
        let mut lists = String::new();
        for authority in ["root-g1", "smime-g1"] {
            let name = format!("{authority}.crl");
            file(
                self.path(),
                &name,
                get(server, &format!("/crl/{authority}/0.crl")),
            );
            let issuer = format!("{authority}.pem");
            let words = ["crl", "-inform", "DER", "-in", &name, "-CAfile", &issuer];
            let checked = self.openssl(&words);
            assert!(checked.stderr.contains("verify OK"), "{}", checked.stderr);
            lists.push_str(&checked.stdout);
        }
        file(self.path(), "lists.pem", lists);
    }

    /// What OpenSSL says of a certificate by the lists that were fetched.
    fn verify(&self, name: &str, code: i32) -> String {
        let mut verify = Command::new("openssl");
        verify.current_dir(self.path());
        verify.args(["verify", "-crl_check", "-CAfile", "root-g1.pem"]);
        verify.args(["-untrusted", "smime-g1.pem", "-CRLfile", "lists.pem", name]);
        run(&mut verify, code).stderr
    }

    /// What OCSP says of a certificate, by an answer that OpenSSL verified.
    fn ask(&self, server: &Server, name: &str) -> String {
        let url = format!("{}/ocsp", server.http);
        let words = [
            "ocsp",
            "-issuer",
            "smime-g1.pem",
            "-cert",
            name,
            "-url",
            &url,
        ];
        let asked = self.openssl(&[&words[..], &["-CAfile", "chain.pem"]].concat());
        assert!(
            asked.stderr.contains("Response verify OK"),
            "{}",
            asked.stderr
        );
        asked.stdout
    }

    fn request(&self) {
        let words = [
            "csr",
            "new",
            "--subject",
            "CN=x",
            "--email",
            "a@example.com",
            "--key-out",
            "k.pem",
            "--out",
            "r.csr",
        ];
        self.chancery(&words, 0);
    }
}

#[test]
fn keys_are_made_in_the_token_and_their_places_written_down() {
    let Some(world) = World::new() else {
        return;
    };
    let path = world.path();
    let made = world.init(&["--pin-file", "pin"], 0).stdout;
    for slug in ["root-g1", "smime-g1", "tls-g1"] {
        let place = fs::read_to_string(path.join(format!("d/keys/keys/{slug}.pkcs11"))).unwrap();
        assert!(
            place.starts_with("pkcs11:token=chancery;object="),
            "{place}"
        );
        assert!(made.contains(place.trim_end()), "{place} in\n{made}");
        assert!(!path.join(format!("d/keys/keys/{slug}.key")).exists());
    }
    let kept = fs::read_to_string(path.join("d/chancery.toml")).unwrap();
    assert!(!made.contains(PIN) && !kept.contains(PIN));
}

/// Issue, ask, revoke, ask again, with OpenSSL as the relying party.
#[test]
fn a_certificate_lives_its_life_under_keys_in_a_token() {
    let Some(world) = World::new().filter(|_| has("openssl")) else {
        return;
    };
    let server = world.serving();
    run(&mut world.issuing("a.pem"), 0);
    world.fetch_authorities(&server);
    world.fetch_lists(&server);
    world.verify("a.pem", 0);
    let told = world.ask(&server, "a.pem");
    assert!(told.contains("a.pem: good"), "{told}");

    let serial = world.openssl(&["x509", "-in", "a.pem", "-noout", "-serial"]);
    let serial = serial.stdout.trim_end().trim_start_matches("serial=");
    let revoke = ["cert", "revoke", "--data", "d", "--serial", serial];
    world.chancery(&[&revoke[..], &["--reason", "superseded"]].concat(), 0);
    let told = world.ask(&server, "a.pem");
    assert!(told.contains("a.pem: revoked"), "{told}");
    world.fetch_lists(&server);
    let refused = world.verify("a.pem", 2);
    assert!(refused.contains("certificate revoked"), "{refused}");
    assert_eq!(server.stop(), 0);

    // Without a server, the command line goes to the token itself; the PIN may come by a descriptor.
    let mut issue = world.issuing("b.pem");
    issue.args(["--pin-file", "/dev/stdin"]);
    run(
        issue.stdin(fs::File::open(world.path().join("pin")).unwrap()),
        0,
    );
    world.verify("b.pem", 0);
}

/// A key that somebody has on a card gets its certificate like any other.
#[test]
fn a_request_is_signed_by_a_key_in_a_token() {
    let Some(world) = World::new().filter(|_| has("openssl")) else {
        return;
    };
    // Any key in a token will do: the ones of an environment's authorities are there.
    world.init(&["--pin-file", "pin"], 0);
    let uri = world.uri.replace('?', ";object=smime-g1?");
    let words = [
        "csr",
        "new",
        "--subject",
        "CN=Jana",
        "--key",
        &uri,
        "--pin-file",
        "pin",
    ];
    let made = [&words[..], &["--out", "card.csr"]].concat();
    let told = world.chancery(&made, 0).stdout;
    assert!(told.contains("(EC P-256). It stays there."), "{told}");
    let verified = world.openssl(&["req", "-in", "card.csr", "-verify", "-noout"]);
    assert!(verified.stderr.contains("verify OK"), "{}", verified.stderr);
    let told = world.chancery(&[&made[..], &["--key-out", "k"]].concat(), 1);
    assert!(told.stderr.contains("choose another name"), "{told:?}");
    let usage = [&words[..], &["--out", "new.csr", "--key-out", "k"]].concat();
    let told = world.chancery(&usage, 2);
    assert!(
        told.stderr.contains("--key-out is for a new key"),
        "{told:?}"
    );
    let usage = ["csr", "new", "--subject", "CN=Jana", "--out", "new.csr"];
    let told = world.chancery(&usage, 2);
    assert!(told.stderr.contains("--key-out is missing"), "{told:?}");
}

/// Makes a key and a certificate by OpenSSL and puts the key into the token, under `id`.
fn on_a_card(world: &World, name: &str, id: &str, kind: &[&str]) -> String {
    let (key, cert) = (format!("{name}.key"), format!("{name}.pem"));
    let words = ["req", "-x509", "-nodes", "-subj", "/CN=card", "-days", "2"];
    let made = ["-keyout", &key, "-out", &cert, "-newkey"];
    world.openssl(&[&words[..], &made[..], kind].concat());
    let import = ["--import", &key, "--token", "chancery", "--label", name];
    let mut utility = world.surround(Command::new("softhsm2-util"));
    run(utility.args(import).args(["--id", id, "--pin", PIN]), 0);
    fs::remove_file(world.path().join(key)).unwrap();
    world.uri.replace('?', &format!(";id=%{id}?"))
}

const RSA: &[&str] = &["rsa:2048"];
const P256: &[&str] = &["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];

/// Mail to a key on a card is read with the card alone.
#[test]
fn a_message_is_decrypted_by_a_key_in_a_token() {
    let Some(world) = World::new().filter(|_| has("openssl")) else {
        return;
    };
    file(world.path(), "plain", "sealed for the card\n");
    // The utility gives keys on curves no leave to derive, which is told.
    for (name, id, kind, code) in [("rsa", "51", RSA, 0), ("ec", "52", P256, 1)] {
        let uri = on_a_card(&world, name, id, kind);
        let (cert, sealed) = (format!("{name}.pem"), format!("{name}.p7m"));
        let encrypt = ["cms", "-encrypt", "-aes256", "-binary", "-outform", "DER"];
        let files = ["-in", "plain", "-out", &sealed, &cert];
        world.openssl(&[&encrypt[..], &files[..]].concat());
        let out = format!("{name}.out");
        let decrypt = ["cms", "decrypt", "--in", &sealed, "--out", &out];
        let with = ["--inkey", &uri, "--pin-file", "pin"];
        let told = world.chancery(&[&decrypt[..], &with[..]].concat(), code);
        if code == 0 {
            let opened = fs::read_to_string(world.path().join(out)).unwrap();
            assert_eq!(opened, "sealed for the card\n");
        } else {
            assert!(told.stderr.contains("cannot agree on a secret"), "{told:?}");
        }
    }
}

/// What a card signs, OpenSSL verifies; two cards' keys in one go.
#[test]
fn a_message_is_signed_by_keys_in_a_token() {
    let Some(world) = World::new().filter(|_| has("openssl")) else {
        return;
    };
    let (rsa, ec) = (
        on_a_card(&world, "rsa", "51", RSA),
        on_a_card(&world, "ec", "52", P256),
    );
    file(world.path(), "plain", "signed by the card\n");
    let signers = [
        "--signer", "rsa.pem", "--inkey", &rsa, "--signer", "ec.pem", "--inkey", &ec,
    ];
    let sign = [
        "cms",
        "sign",
        "--in",
        "plain",
        "--binary",
        "--pin-file",
        "pin",
    ];
    let out = ["--outform", "der", "--out", "signed.p7s"];
    world.chancery(&[&sign[..], &signers[..], &out[..]].concat(), 0);
    let verify = [
        "cms",
        "-verify",
        "-inform",
        "DER",
        "-in",
        "signed.p7s",
        "-content",
        "plain",
    ];
    let trust = ["-binary", "-noverify", "-out", "back"];
    let told = world.openssl(&[&verify[..], &trust[..]].concat());
    assert!(told.stderr.contains("erification successful"), "{told:?}");
}

/// Without its token the server goes on as far as it can: what it knows it answers, what needs the key has to wait.
#[test]
fn a_server_goes_on_when_its_token_is_back() {
    let Some(world) = World::new().filter(|_| has("openssl")) else {
        return;
    };
    let path = world.path();
    let server = world.serving();
    run(&mut world.issuing("a.pem"), 0);
    world.fetch_authorities(&server);
    fs::rename(path.join("tokens"), path.join("taken-out")).unwrap();
    let refused = run(&mut world.issuing("b.pem"), 1).stderr;
    assert!(refused.contains("cannot be reached"), "{refused}");
    let told = world.ask(&server, "a.pem");
    assert!(told.contains("a.pem: good"), "{told}");
    fs::rename(path.join("taken-out"), path.join("tokens")).unwrap();
    let patience = Instant::now() + Duration::from_secs(30);
    loop {
        let done = world.issuing("b.pem").output().unwrap();
        if done.status.success() {
            break;
        }
        assert!(
            Instant::now() < patience,
            "the token is back, and the server did not notice: {done:?}"
        );
        std::thread::sleep(Duration::from_millis(300));
    }
    world.fetch_lists(&server);
    world.verify("b.pem", 0);
    assert_eq!(server.stop(), 0);
}

#[test]
fn what_is_wrong_with_a_token_is_told_with_what_to_do() {
    let Some(world) = World::new() else {
        return;
    };
    let path = world.path();
    let init = |uri: &str, more: &[&str]| {
        let words = ["init", "--data", "d", "--config", "c.toml", "--keys", uri];
        world.chancery(&[&words, more].concat(), 1).stderr
    };
    let told = init("pkcs11:token=chancery?pin-value=1234", &[]);
    assert!(told.contains("hint: put the PIN into a file"), "{told}");
    let told = init("softhsm", &[]);
    assert!(told.contains("begins with `pkcs11:`"), "{told}");
    assert!(!path.join("d").exists());
    let told = init("pkcs11:token=chancery", &["--pin-file", "pin"]);
    assert!(told.contains("hint: add ?module-path="), "{told}");
    let told = init(
        "pkcs11:?module-path=/nowhere/p11.so",
        &["--pin-file", "pin"],
    );
    assert!(
        told.contains("hint: install the token's PKCS #11 module"),
        "{told}"
    );
    let told = init(
        &world.uri.replace("token=chancery", "token=other"),
        &["--pin-file", "pin"],
    );
    assert!(told.contains("the module has `chancery`"), "{told}");
    let told = init(&world.uri, &[]);
    assert!(told.contains("the token asks for a PIN"), "{told}");
    let usage = world
        .chancery(&["init", "--data", "d", "--pin-file", "pin"], 2)
        .stderr;
    assert!(
        usage.contains("--pin-file is for keys in a token"),
        "{usage}"
    );

    // A wrong PIN is tried once, however often the command is run.
    file(path, "wrong", "4321-loud\n");
    let told = init(&world.uri, &["--pin-file", "wrong"]);
    assert!(told.contains("the token refused the PIN;"), "{told}");
    for _ in 0..2 {
        let told = init(&world.uri, &["--pin-file", "wrong"]);
        assert!(told.contains("it is not tried again"), "{told}");
    }
    std::thread::sleep(Duration::from_millis(20));
    file(path, "wrong", format!("{PIN}\n"));
    world.init(&["--pin-file", "wrong"], 0);
    assert!(!path.join("d/pin-refused").exists());

    // A key that is gone, and a token that nobody names any more.
    let mut serve = world.surround(chancery());
    let words = [
        "serve",
        "--data",
        "d",
        "--listen",
        "127.0.0.1:0",
        "--listen-tls",
        "127.0.0.1:0",
    ];
    let place = path.join("d/keys/keys/smime-g1.pkcs11");
    let kept = fs::read_to_string(&place).unwrap();
    let other = kept.split(";id=").next().unwrap();
    file(
        path,
        "d/keys/keys/smime-g1.pkcs11",
        format!("{other};id=%00\n"),
    );
    let told = run(serve.args(words), 1).stderr;
    assert!(
        told.contains("the token has no private key that fits"),
        "{told}"
    );
    file(path, "d/keys/keys/smime-g1.pkcs11", &kept);
    let config = fs::read_to_string(path.join("d/chancery.toml")).unwrap();
    let bare = config.split("\n[keys]\n").next().unwrap();
    file(path, "d/chancery.toml", bare);
    let told = run(world.surround(chancery()).args(words), 1).stderr;
    assert!(told.contains("the configuration names no token"), "{told}");
}
