//! Environments from `init` to the last command, as their operator has them.

use std::{fs, process::Command};

use crate::support::{
    Server, chancery, file, folder, has,
    http::{Browser, Door},
    run,
};

const FAST: &str = include_str!("../../src/chancery.toml");

/// A configuration whose keys are quick to make.
fn quick() -> String {
    FAST.replace("rsa:4096\"", "ec:p256\"")
}

#[test]
fn an_environment_is_made_once_and_its_passphrase_is_needed() {
    let folder = folder();
    let path = folder.path();
    file(path, "c.toml", quick());
    file(path, "pass", "correct horse\n");
    file(path, "wrong", "battery staple\n");
    let init = || {
        let mut init = chancery();
        init.current_dir(path).args([
            "init",
            "--data",
            "d",
            "--config",
            "c.toml",
            "--passphrase-file",
            "pass",
        ]);
        init
    };
    let made = run(&mut init(), 0).stdout;
    for told in [
        "Chancery Root CA",
        "Chancery S/MIME CA",
        "Chancery Internal TLS CA",
        "Next: chancery user add --data d --passphrase-file pass",
    ] {
        assert!(made.contains(told), "{told} in\n{made}");
    }
    assert!(path.join("d/ceremony.txt").exists() && !path.join("d/passphrase").exists());
    assert!(
        run(&mut init(), 1)
            .stderr
            .contains("holds an environment already")
    );

    let add = |pass: &str, code| {
        let mut add = chancery();
        add.current_dir(path)
            .args(["user", "add", "--data", "d", "--passphrase-file", pass]);
        run(
            add.args(["--role", "ra-officer", "--email", "eva@example.com"]),
            code,
        )
    };
    assert!(
        add("wrong", 1)
            .stderr
            .contains("hint: the passphrase is the one")
    );
    let link = add("pass", 0).stdout;
    assert!(
        link.starts_with("https://chancery.internal/invitation/"),
        "{link}"
    );

    // Keys at rest are sealed: no private key lies there in clear.
    let mut folders = vec![path.join("d/keys")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap().path();
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let content = fs::read(entry).unwrap();
            // PEM's words, and the object identifier of every EC key in DER.
            let marks: [&[u8]; 2] = [b"PRIVATE KEY", &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]];
            assert!(
                marks
                    .iter()
                    .all(|mark| !content.windows(mark.len()).any(|part| part == *mark))
            );
            files += 1;
        }
    }
    assert!(files >= 4, "a header and three keys");
}

#[test]
fn a_wrong_configuration_leaves_nothing_behind() {
    let folder = folder();
    let path = folder.path();
    file(
        path,
        "c.toml",
        quick().replace("country = \"CZ\"", "country = \"Czechia\""),
    );
    let refused = run(
        chancery()
            .current_dir(path)
            .args(["init", "--data", "d", "--config", "c.toml"]),
        1,
    );
    assert!(
        refused.stderr.contains("organization.country"),
        "{}",
        refused.stderr
    );
    assert!(!path.join("d").exists());
    let absent = run(
        chancery().current_dir(path).args(["serve", "--data", "d"]),
        1,
    );
    assert!(
        absent.stderr.contains("hint: make one: chancery init"),
        "{}",
        absent.stderr
    );
}

#[test]
fn an_operator_issues_and_revokes_with_and_without_a_server() {
    if !has("openssl") {
        return;
    }
    let folder = folder();
    let path = folder.path();
    file(path, "c.toml", quick());
    run(
        chancery()
            .current_dir(path)
            .args(["init", "--data", "d", "--config", "c.toml"]),
        0,
    );
    run(
        Command::new("openssl").current_dir(path).args([
            "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-out", "r.pem",
            "-subj", "/CN=x",
        ]),
        0,
    );
    let issue = |email: &str, out: &str, code| {
        let mut issue = chancery();
        issue.current_dir(path).args([
            "cert", "issue", "--data", "d", "--csr", "r.pem", "--out", out,
        ]);
        issue.args([
            "--profile",
            "smime-mailbox-multipurpose",
            "--evidence",
            "ticket 7",
            "--email",
            email,
        ]);
        run(&mut issue, code)
    };
    issue("a@example.com", "first.pem", 0);

    let data = path.join("d");
    let server = Server::start(&["--data", data.to_str().unwrap()]);
    issue("a@example.com", "second.pem", 0);
    let another = run(
        chancery()
            .current_dir(path)
            .args(["serve", "--data", "d", "--listen", "127.0.0.1:0"]),
        1,
    );
    assert!(
        another.stderr.contains("another chancery works on"),
        "{}",
        another.stderr
    );
    assert!(
        issue("a@example.com", "second.pem", 1)
            .stderr
            .contains("hint: choose another name")
    );

    let serial = |file: &str| {
        let shown = run(
            chancery()
                .current_dir(path)
                .args(["cert", "show", "--json", file]),
            0,
        )
        .stdout;
        let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
        let field = shown["fields"]
            .as_array()
            .unwrap()
            .iter()
            .find(|field| field["id"] == "serialNumber")
            .unwrap();
        field["value"].as_str().unwrap().replace([':', ' '], "")
    };
    let revoke = |serial: &str, reason: &str, code| {
        let mut revoke = chancery();
        revoke.current_dir(path).args([
            "cert", "revoke", "--data", "d", "--serial", serial, "--reason", reason,
        ]);
        run(&mut revoke, code)
    };
    let second = serial("second.pem");
    assert!(
        revoke(&second, "boredom", 1)
            .stderr
            .contains("hint: take unspecified")
    );
    revoke(&second, "cessationOfOperation", 0);
    assert!(revoke(&second, "superseded", 1).stderr.contains("already"));
    assert_eq!(server.stop(), 0);

    // Without a server the same, and what the server did is still there.
    revoke(&serial("first.pem"), "keyCompromise", 0);
    assert!(revoke(&second, "superseded", 1).stderr.contains("already"));
    assert!(
        revoke(&"7".repeat(40), "superseded", 1)
            .stderr
            .contains("error: ")
    );
}

#[test]
fn an_environment_on_postgres_is_as_good() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let Some(store) = runtime.block_on(chancery_store::testing::postgres(&[])) else {
        eprintln!("skipped: PostgreSQL is not on this machine (make setup-test installs it)");
        return;
    };
    let chancery_store::StoreConfig::Postgres { url } = store.config() else {
        panic!("no PostgreSQL")
    };
    let folder = folder();
    let path = folder.path();
    file(path, "address", url);
    let store = format!("kind = \"postgres\"\nurl_file = {:?}", path.join("address"));
    file(
        path,
        "c.toml",
        quick().replacen("kind = \"sqlite\"", &store, 1),
    );
    run(
        chancery()
            .current_dir(path)
            .args(["init", "--data", "d", "--config", "c.toml"]),
        0,
    );
    run(
        chancery()
            .current_dir(path)
            .args([
                "csr",
                "new",
                "--subject",
                "CN=a@example.com",
                "--key",
                "ec:p256",
            ])
            .args([
                "--email",
                "a@example.com",
                "--key-out",
                "k.pem",
                "--out",
                "r.pem",
            ]),
        0,
    );
    let data = path.join("d");
    let server = Server::start(&["--data", data.to_str().unwrap()]);
    let issued = run(
        chancery()
            .current_dir(path)
            .args(["cert", "issue", "--data", "d", "--csr", "r.pem"])
            .args([
                "--profile",
                "smime-mailbox-multipurpose",
                "--email",
                "a@example.com",
            ]),
        0,
    );
    assert!(
        issued.stdout.starts_with("-----BEGIN CERTIFICATE-----"),
        "{}",
        issued.stdout
    );
    assert_eq!(server.stop(), 0);
    assert!(!data.join("chancery.db").exists());
}

#[test]
fn a_certificate_in_files_is_served_and_reloaded() {
    if !has("openssl") {
        return;
    }
    let folder = folder();
    let path = folder.path();
    let certify = |name: &str| {
        let subject = format!("/CN={name}");
        let words = [
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
        ];
        let names = [
            "-keyout", "new.key", "-out", "new.pem", "-days", "2", "-subj", &subject,
        ];
        run(
            Command::new("openssl")
                .current_dir(path)
                .args(words)
                .args(names),
            0,
        );
        fs::rename(path.join("new.key"), path.join("portal.key")).unwrap();
        fs::rename(path.join("new.pem"), path.join("portal.pem")).unwrap();
    };
    certify("first.test");
    let tls = format!(
        "[tls]\ncertificate = {:?}\nkey = {:?}\n",
        path.join("portal.pem"),
        path.join("portal.key")
    );
    file(path, "c.toml", quick().replace("[tls]", &tls));
    run(
        chancery()
            .current_dir(path)
            .args(["init", "--data", "d", "--config", "c.toml"]),
        0,
    );
    let data = path.join("d");
    let server = Server::start(&["--data", data.to_str().unwrap()]);
    let address = server.https.strip_prefix("https://").unwrap();
    let shown = || {
        let asked = Command::new("openssl")
            .args(["s_client", "-connect", address])
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        String::from_utf8_lossy(&asked.stdout).into_owned()
    };
    assert!(shown().contains("first.test"), "{}", shown());

    // Half a change is no change: the present certificate stays until key and certificate fit.
    file(path, "portal.pem", "not a certificate");
    certify("second.test");
    let reloaded = (0..60).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(500));
        shown().contains("second.test")
    });
    assert!(reloaded, "{}", shown());
    assert_eq!(server.stop(), 0);
}

#[test]
fn a_sandbox_refuses_to_leave_this_machine() {
    let folder = folder();
    let data = folder.path().join("s");
    let refused = run(
        chancery()
            .args(["serve", "--sandbox", "--listen", "0.0.0.0:0", "--data"])
            .arg(&data),
        1,
    );
    assert!(
        refused.stderr.contains("not served on"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_sandbox_comes_back_as_it_was_left() {
    let folder = folder();
    let data = folder.path().join("s");
    let words = ["--sandbox", "--data", data.to_str().unwrap()];
    let server = Server::start(&words);
    assert!(
        server.http.starts_with("http://127.0.0.1:")
            && server.https.starts_with("https://127.0.0.1:")
    );
    assert_eq!(server.stop(), 0);
    assert_eq!(Server::start(&words).stop(), 0);
    let refused = run(
        chancery()
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data),
        1,
    );
    assert!(
        refused.stderr.contains("holds a sandbox"),
        "{}",
        refused.stderr
    );
}

/// Who is dismissed is out at once, session and all, while the server runs.
#[test]
fn staff_are_shut_out_and_let_in_again() {
    let folder = folder();
    let data = folder.path().join("s");
    let server = Server::start(&["--sandbox", "--data", data.to_str().unwrap()]);
    let user = |act: &str, email: &str, code| {
        let mut command = chancery();
        command.args(["user", act, "--email", email, "--data"]);
        run(command.arg(&data), code)
    };
    let mut eva = Browser::at(&Door::plain(&server.http));
    let log_in = |browser: &mut Browser, name: &str| {
        let page = browser.get("/sandbox").text();
        let mut forms = page
            .split("/sandbox/login/")
            .skip(1)
            .filter_map(|rest| rest.split("</form>").next());
        let form = forms.find(|form| form.contains(name));
        let path = form.map(|form| format!("/sandbox/login/{}", &form[..32]));
        path.map(|path| browser.post(&path, &[]).status)
    };
    assert_eq!(log_in(&mut eva, "Eva Svobodov"), Some(303));
    assert_eq!(eva.get("/desk").status, 200);

    let told = user("disable", "eva@chancery.test", 0).stdout;
    assert!(
        told.contains("Eva Svobodov") && told.contains("shut out"),
        "{told}"
    );
    assert_eq!(eva.get("/desk").status, 303);
    assert_eq!(log_in(&mut eva, "Eva Svobodov"), None);

    user("enable", "eva@chancery.test", 0);
    assert_eq!(log_in(&mut eva, "Eva Svobodov"), Some(303));
    let told = user("reset-totp", "eva@chancery.test", 0).stdout;
    assert!(told.contains("no second factor"), "{told}");
    assert_eq!(eva.get("/desk").status, 303);
    let unknown = user("disable", "nobody@chancery.test", 1).stderr;
    assert!(
        unknown.contains("hint: take the e-mail address"),
        "{unknown}"
    );
}
