//! Environments whose authorities' keys are in a token.

use std::{
    fs,
    time::{Duration, Instant},
};

use super::{PIN, World};
use crate::support::{chancery, file, has, run};

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

/// A server that was refused when it logged in again spent one try; starting it again spends none.
#[test]
fn a_pin_that_was_refused_later_is_not_tried_after_a_restart_either() {
    let Some(world) = World::new() else {
        return;
    };
    let path = world.path();
    let server = world.serving();
    // Another token of the same name, with another PIN, is put in.
    fs::rename(path.join("tokens"), path.join("taken-out")).unwrap();
    fs::create_dir(path.join("tokens")).unwrap();
    world.make_token("4321-other");
    let patience = Instant::now() + Duration::from_secs(30);
    while !path.join("d/pin-refused").exists() {
        run(&mut world.issuing("a.pem"), 1);
        assert!(Instant::now() < patience, "the refusal was not noted");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(server.stop(), 0);
    let listen = ["--listen", "127.0.0.1:0", "--listen-tls", "127.0.0.1:0"];
    let told = world.chancery(&[&["serve", "--data", "d"], &listen[..]].concat(), 1);
    assert!(told.stderr.contains("it is not tried again"), "{told:?}");
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
    // Written anew, as under systemd's LoadCredential, and from elsewhere it is the same PIN.
    std::thread::sleep(Duration::from_millis(20));
    for name in ["wrong", "elsewhere"] {
        file(path, name, "4321-loud\n");
        let told = init(&world.uri, &["--pin-file", name]);
        assert!(told.contains("it is not tried again"), "{told}");
    }
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
