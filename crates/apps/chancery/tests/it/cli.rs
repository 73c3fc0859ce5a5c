//! Commands that need no environment.

use std::{os::unix::fs::PermissionsExt, process::Command};

use crate::support::{chancery, file, folder, has, run};

#[test]
fn help_and_usage_have_their_exit_codes() {
    let help = run(chancery().arg("--help"), 0);
    for command in [
        "init", "serve", "user", "cert", "crl", "csr", "p12", "path", "bench",
    ] {
        assert!(help.stdout.contains(command), "{}", help.stdout);
    }
    for words in [
        &["csr", "new", "--help"][..],
        &["init", "--help"],
        &["cert", "issue", "--help"],
    ] {
        let help = run(chancery().args(words), 0);
        assert!(
            help.stdout.contains("Examples:"),
            "{words:?}\n{}",
            help.stdout
        );
        assert!(
            help.stdout.contains("Exit codes: 0 done"),
            "{words:?}\n{}",
            help.stdout
        );
    }
    run(chancery().arg("nonsense"), 2);
    run(chancery().arg("serve"), 2);
    run(
        chancery().args([
            "user", "add", "--data", "d", "--role", "king", "--email", "a@b.test",
        ]),
        2,
    );
}

#[test]
fn a_request_is_made_and_shown() {
    for (key, told) in [
        ("rsa:2048", "RSA 2048"),
        ("ec:p256", "P-256"),
        ("ec:p384", "P-384"),
    ] {
        let folder = folder();
        let (key_file, request) = (folder.path().join("k.pem"), folder.path().join("r.pem"));
        let mut new = chancery();
        new.args([
            "csr",
            "new",
            "--subject",
            "CN=Jana Nová,O=Příklad,C=CZ",
            "--email",
            "jana@example.com",
        ])
        .args(["--key", key, "--key-out"])
        .arg(&key_file)
        .arg("--out")
        .arg(&request);
        run(&mut new, 0);
        // A second run would destroy the key of the first.
        let again = run(&mut new, 1);
        assert!(
            again.stderr.contains("hint: choose another name"),
            "{}",
            again.stderr
        );

        let shown = run(chancery().args(["csr", "show"]).arg(&request), 0).stdout;
        for part in ["Jana Nová", "Příklad", "jana@example.com", told] {
            assert!(shown.contains(part), "{part} in\n{shown}");
        }
        let json = run(chancery().args(["csr", "show", "--json"]).arg(&request), 0).stdout;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["type"], "certificate request");

        if has("openssl") {
            let checked = run(
                Command::new("openssl")
                    .args(["req", "-verify", "-noout", "-text", "-in"])
                    .arg(&request),
                0,
            );
            assert!(
                checked.stdout.contains("email:jana@example.com"),
                "{}",
                checked.stdout
            );
            run(
                Command::new("openssl")
                    .args(["pkey", "-check", "-noout", "-in"])
                    .arg(&key_file),
                0,
            );
        }
        assert_eq!(
            key_file.metadata().unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn what_is_wrong_with_a_file_is_told() {
    let folder = folder();
    let folder = folder.path();
    let cases = [
        ("csr", "hello", "is not a certificate request"),
        (
            "csr",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            "private key",
        ),
        ("cert", "hello", "is not a certificate"),
        ("crl", "hello", "is not a revocation list"),
    ];
    for (command, content, told) in cases {
        let path = file(folder, "file", content);
        let printed = run(chancery().args([command, "show"]).arg(path), 1);
        assert!(printed.stderr.starts_with("error: "), "{}", printed.stderr);
        assert!(printed.stderr.contains(told), "{}", printed.stderr);
    }
    let printed = run(
        chancery().args(["csr", "show"]).arg(folder.join("absent")),
        1,
    );
    assert!(printed.stderr.contains("absent"), "{}", printed.stderr);
    let printed = run(
        chancery()
            .args(["csr", "new", "--subject", "Jana", "--key-out"])
            .arg(folder.join("k"))
            .arg("--out")
            .arg(folder.join("r")),
        1,
    );
    assert!(
        printed.stderr.contains("hint: write it like"),
        "{}",
        printed.stderr
    );
}

#[test]
fn a_certificate_and_its_key_become_one_file() {
    if !has("openssl") {
        return;
    }
    let folder = folder();
    let path = folder.path();
    let openssl = |words: &str| {
        run(
            Command::new("openssl")
                .args(words.split(' '))
                .current_dir(path),
            0,
        )
    };
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -subj /CN=jana -days 2");
    openssl("rsa -in k.pem -traditional -out old.pem");
    openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out other.pem");
    file(path, "pw", "Příliš žluťoučký\n");
    let create = |key: &str, out: &str, code| {
        let mut create = chancery();
        create.current_dir(path).args([
            "p12",
            "create",
            "--cert",
            "c.pem",
            "--password-file",
            "pw",
        ]);
        run(create.args(["--key", key, "--out", out]), code)
    };
    for (key, out) in [("k.pem", "a.p12"), ("old.pem", "b.p12")] {
        create(key, out, 0);
        let words = ["pkcs12", "-in", out, "-passin", "file:pw", "-nodes"];
        let opened = run(Command::new("openssl").args(words).current_dir(path), 0);
        assert!(
            opened.stdout.contains("BEGIN PRIVATE KEY"),
            "{}",
            opened.stdout
        );
    }
    let refused = create("other.pem", "c.p12", 1);
    assert!(
        refused.stderr.contains("belongs to no certificate"),
        "{}",
        refused.stderr
    );
}
