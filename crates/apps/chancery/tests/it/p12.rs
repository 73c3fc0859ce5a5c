//! `chancery p12`, with OpenSSL as the other side.

use std::{
    io::{Read, Write},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
};

use tempfile::TempDir;

use crate::support::{Printed, chancery, file, folder, has, run};

/// A folder with a root, and a person's key and certificate in PEM; none without OpenSSL.
fn person() -> Option<TempDir> {
    if !has("openssl") {
        return None;
    }
    let folder = folder();
    let path = folder.path();
    let openssl = |words: &str| openssl(path, words);
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /CN=root -days 2",
    );
    openssl("ecparam -name prime256v1 -genkey -noout -out key.pem");
    openssl("req -new -key key.pem -out r.pem -subj /CN=jana");
    openssl("x509 -req -in r.pem -CA root.pem -CAkey root.key -set_serial 7 -days 2 -out cert.pem");
    openssl("pkcs8 -topk8 -in key.pem -passout pass:geheim -out key.enc");
    openssl("crl2pkcs7 -nocrl -certfile root.pem -outform DER -out root.p7b");
    file(path, "pw", "Příliš žluťoučký\n");
    file(path, "wrong", "Prilis zlutoucky\n");
    file(path, "keypw", "geheim\n");
    file(path, "empty", "\n");
    Some(folder)
}

#[track_caller]
fn openssl(folder: &Path, words: &str) -> Printed {
    let mut command = Command::new("openssl");
    run(command.args(words.split(' ')).current_dir(folder), 0)
}

#[track_caller]
fn p12(folder: &Path, words: &str, code: i32) -> Printed {
    let mut command = chancery();
    command.arg("p12").args(words.split(' '));
    run(command.current_dir(folder), code)
}

#[test]
fn every_form_is_made_shown_and_taken_apart() {
    let Some(folder) = person() else { return };
    let folder = folder.path();
    for (form, integrity) in [
        (
            "modern",
            "HMAC-SHA-256, PKCS#12 derivation with SHA-256, 600000 rounds",
        ),
        (
            "legacy",
            "HMAC-SHA-1, PKCS#12 derivation with SHA-1, 100000 rounds",
        ),
        (
            "stored",
            "PBMAC1 with HMAC-SHA-256, PBKDF2 with HMAC-SHA-256, 600000 rounds",
        ),
    ] {
        let create = format!(
            "create --cert cert.pem --key key.pem --chain root.pem --format {form} --password-file pw --out {form}.p12"
        );
        p12(folder, &create, 0);
        let mode = folder
            .join(form)
            .with_extension("p12")
            .metadata()
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        let again = p12(folder, &create, 1);
        assert!(
            again.stderr.contains("hint: choose another name"),
            "{}",
            again.stderr
        );

        let shown = p12(folder, &format!("show {form}.p12 --password-file pw"), 0).stdout;
        for part in [integrity, "EC P-256", "CN=jana", "CN=root"] {
            assert!(shown.contains(part), "{part} in\n{shown}");
        }
        assert!(!shown.contains("PRIVATE KEY"));
        let json = p12(
            folder,
            &format!("show --json {form}.p12 --password-file pw"),
            0,
        )
        .stdout;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["integrity"], integrity);
        assert_eq!(json["keys"][0]["name"], "jana");
        assert_eq!(json["keys"][0]["certificate"], 1);
        assert_eq!(json["certificates"].as_array().unwrap().len(), 2);

        let extract = format!("extract {form}.p12 --password-file pw --out-dir {form}");
        let told = p12(folder, &extract, 0).stdout;
        assert!(told.contains("key.pem: the key, not encrypted"), "{told}");
        let out = folder.join(form);
        assert_eq!(out.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        for name in ["key.pem", "certificate.pem", "chain.pem"] {
            let mode = out.join(name).metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
        let same = |command: &str, one: &str, other: &str| {
            let one = openssl(folder, &format!("{command} -in {one}")).stdout;
            assert_eq!(
                one,
                openssl(folder, &format!("{command} -in {other}")).stdout
            );
        };
        same("pkey -pubout", &format!("{form}/key.pem"), "key.pem");
        same(
            "x509 -outform PEM",
            &format!("{form}/certificate.pem"),
            "cert.pem",
        );
        same(
            "x509 -outform PEM",
            &format!("{form}/chain.pem"),
            "root.pem",
        );
        // Nothing is replaced, and nothing is written beside what is there.
        std::fs::remove_file(out.join("key.pem")).unwrap();
        let again = p12(folder, &extract, 1);
        assert!(again.stderr.contains("certificate.pem"), "{}", again.stderr);
        assert!(!out.join("key.pem").exists());
    }
}

#[test]
fn keys_and_chains_are_taken_in_every_form() {
    let Some(folder) = person() else { return };
    let folder = folder.path();
    openssl(folder, "genpkey -algorithm ed25519 -out ed.pem");
    openssl(
        folder,
        "req -x509 -new -key ed.pem -subj /CN=eva -days 2 -out eva.pem",
    );
    for (at, words) in [
        "--key key.enc --key-password-file keypw --chain root.p7b",
        "--key key.enc --key-password-file keypw --format stored --name Jméno",
        "--key key.pem --key ed.pem --cert eva.pem --chain root.pem --format legacy",
    ]
    .iter()
    .enumerate()
    {
        let create = format!("create --cert cert.pem {words} --password-file pw --out {at}.p12");
        p12(folder, &create, 0);
    }
    let shown = |at| p12(folder, &format!("show {at}.p12 --password-file pw"), 0).stdout;
    assert!(shown(0).contains("CN=root"));
    assert!(shown(1).contains("Jméno"));
    let told = p12(folder, "extract 2.p12 --password-file pw --out-dir two", 0).stdout;
    for name in [
        "1-key.pem",
        "1-certificate.pem",
        "1-chain.pem",
        "2-key.pem",
        "2-certificate.pem",
    ] {
        assert!(told.contains(name), "{told}");
    }
    let refused = p12(
        folder,
        "create --cert cert.pem --key ed.pem --password-file pw --out no.p12",
        1,
    );
    assert!(
        refused.stderr.contains("belongs to no certificate"),
        "{}",
        refused.stderr
    );
    let refused = p12(
        folder,
        "create --cert cert.pem --key key.enc --key-password-file pw --password-file pw --out no.p12",
        1,
    );
    assert!(
        refused.stderr.contains("the password is wrong"),
        "{}",
        refused.stderr
    );
    let refused = p12(
        folder,
        "create --cert cert.pem --key key.pem --password-file empty --out no.p12",
        1,
    );
    assert!(refused.stderr.contains("is empty"), "{}", refused.stderr);
    assert!(!folder.join("no.p12").exists());
}

#[test]
fn files_of_others_open_or_tell_why_not() {
    let Some(folder) = person() else { return };
    let folder = folder.path();
    let export = "pkcs12 -export -in cert.pem -inkey key.pem";
    openssl(
        folder,
        &format!("{export} -legacy -passout file:pw -out old.p12"),
    );
    openssl(folder, &format!("{export} -passout pass: -out empty.p12"));
    openssl(
        folder,
        &format!("{export} -legacy -passout file:pw -certpbe PBE-MD5-DES -out des.p12"),
    );
    openssl(
        folder,
        "pkcs12 -export -in root.pem -nokeys -passout file:pw -out trust.p12",
    );
    p12(folder, "show old.p12 --password-file pw", 0);
    p12(folder, "show empty.p12 --password-file empty", 0);
    let told = p12(
        folder,
        "extract trust.p12 --password-file pw --out-dir trust",
        0,
    )
    .stdout;
    assert!(told.contains("other-certificates.pem"), "{told}");
    assert!(told.contains("no private key"), "{told}");
    let untold = "Nothing in the file shows whether it was altered.";
    assert!(!told.contains(untold), "{told}");
    openssl(
        folder,
        &format!("{export} -nomac -passout file:pw -out nomac.p12"),
    );
    let extract = "extract nomac.p12 --password-file pw --out-dir nomac";
    let told = p12(folder, extract, 0).stdout;
    assert!(told.contains(untold), "{told}");

    let why = |words: &str, told: &str| {
        let printed = p12(folder, words, 1).stderr;
        assert!(printed.starts_with("error: "), "{printed}");
        assert!(printed.contains(told), "{told} in\n{printed}");
    };
    why(
        "show old.p12 --password-file wrong",
        "the password is wrong",
    );
    why(
        "show old.p12 --password-file empty",
        "the password is wrong",
    );
    why(
        "show des.p12 --password-file pw",
        "MD5 with DES (PBES1) is not supported",
    );
    why(
        "show cert.pem --password-file pw",
        "this is not a PKCS#12 file but text",
    );
    let whole = std::fs::read(folder.join("old.p12")).unwrap();
    file(folder, "cut.p12", &whole[..whole.len() / 2]);
    why("show cut.p12 --password-file pw", "runs past the end");
    let mut altered = whole;
    let at = altered.len() - 20;
    altered[at] ^= 1;
    file(folder, "altered.p12", &altered);
    why(
        "show altered.p12 --password-file pw",
        "the file was altered or damaged",
    );
}

/// Without a terminal nobody can be asked; with one the question is answered there and the answer is not shown.
#[test]
fn passwords_are_asked_for_on_a_terminal_only() {
    let Some(folder) = person() else { return };
    let folder = folder.path();
    let export = "pkcs12 -export -in cert.pem -inkey key.pem -passout pass:heslo -out f.p12";
    openssl(folder, export);
    let printed = p12(folder, "show f.p12", 2);
    assert!(
        printed.stderr.contains("--password-file FILE"),
        "{}",
        printed.stderr
    );
    if !has("script") {
        return;
    }
    let binary = env!("CARGO_BIN_EXE_chancery");
    let mut child = Command::new("script")
        .args(["-qec", &format!("{binary} p12 show f.p12"), "/dev/null"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    let mut shown = Vec::new();
    let asked = |shown: &[u8]| String::from_utf8_lossy(shown).contains("the password of f.p12");
    while !asked(&shown) {
        let mut piece = [0; 256];
        let octets = output.read(&mut piece).unwrap();
        if octets == 0 {
            break;
        }
        shown.extend_from_slice(&piece[..octets]);
    }
    if shown.is_empty() {
        child.wait().unwrap();
        eprintln!("skipped: there are no pseudo-terminals here");
        return;
    }
    // The terminal echoes what comes before the question has turned that off.
    std::thread::sleep(std::time::Duration::from_millis(500));
    input.write_all(b"heslo\n").unwrap();
    output.read_to_end(&mut shown).unwrap();
    child.wait().unwrap();
    drop(input);
    let shown = String::from_utf8_lossy(&shown);
    assert!(shown.contains("the password of f.p12"), "{shown}");
    assert!(shown.contains("EC P-256"), "{shown}");
    assert!(!shown.contains("heslo"), "{shown}");
}

#[test]
fn help_has_examples_and_exit_codes() {
    for command in ["show", "create", "extract"] {
        let help = run(chancery().args(["p12", command, "--help"]), 0).stdout;
        assert!(help.contains("Examples:"), "{help}");
        assert!(help.contains("Exit codes: 0 done"), "{help}");
    }
    let create = ["p12", "create", "--cert", "c", "--key", "k", "--out", "o"];
    run(chancery().args(create).args(["--format", "ancient"]), 2);
}
