//! `chancery cms sign` and `verify`: both ways with OpenSSL, each finding by itself, and content of any size.

mod forged;
mod large;
mod mail;
mod stamped;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{chancery, file, folder, has, run};

const CONFIGURATION: &str = "
[req]
distinguished_name = dn
[dn]
[ca]
default_ca = ca1
[ca1]
database = index
serial = serial
crlnumber = crlnumber
default_md = sha256
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[person]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = email:$ENV::ADDRESS
";

#[track_caller]
fn openssl(folder: &Path, words: &str) {
    openssl_for(folder, "jana@example.com", words);
}

#[track_caller]
fn openssl_for(folder: &Path, address: &str, words: &str) {
    let Output { status, stderr, .. } = Command::new("openssl")
        .args(words.split_whitespace())
        .env("ADDRESS", address)
        .current_dir(folder)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&stderr);
    assert!(status.success(), "openssl {words}: {errors}");
}

/// An authority, two people, and a list that revokes the second; none where OpenSSL is missing.
fn community() -> Option<TempDir> {
    if !has("openssl") {
        return None;
    }
    let folder = folder();
    let path = folder.path();
    file(path, "c.cnf", CONFIGURATION);
    file(path, "index", "");
    file(path, "crlnumber", "01\n");
    file(path, "content", "a line\r\nand another\r\n");
    openssl(
        path,
        "req -x509 -config c.cnf -extensions root -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /CN=Root -days 30",
    );
    for (name, key) in [("jana", "rsa:2048"), ("eva", "ec:p256.pem")] {
        let address = format!("{name}@example.com");
        openssl(path, "ecparam -name prime256v1 -out p256.pem");
        openssl_for(
            path,
            &address,
            &format!(
                "req -config c.cnf -newkey {key} -nodes -keyout {name}.key -out {name}.csr -subj /CN={name}"
            ),
        );
        openssl_for(
            path,
            &address,
            &format!(
                "x509 -req -in {name}.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile c.cnf -extensions person -out {name}.pem -days 20"
            ),
        );
    }
    openssl(
        path,
        "ca -config c.cnf -revoke eva.pem -keyfile root.key -cert root.pem",
    );
    openssl(
        path,
        "ca -config c.cnf -gencrl -crldays 9 -keyfile root.key -cert root.pem -out root.crl",
    );
    Some(folder)
}

fn command(folder: &Path, words: &str) -> Command {
    let mut command = chancery();
    command.args(words.split_whitespace()).current_dir(folder);
    command
}

/// What `--json` printed, whatever the exit code is.
#[track_caller]
fn json(folder: &Path, words: &str, code: i32) -> Value {
    let printed = run(&mut command(folder, &format!("{words} --json")), code);
    serde_json::from_str(&printed.stdout).unwrap()
}

#[track_caller]
fn findings(folder: &Path, words: &str, code: i32) -> Vec<String> {
    let value = json(folder, words, code);
    let findings = value["signers"][0]["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|word| word.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn openssl_and_chancery_verify_each_other() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    for (at, words) in [
        "--signer jana.pem --inkey jana.key",
        "--signer jana.pem --inkey jana.key --nodetach --keyid --md sha512",
        "--signer jana.pem --inkey jana.key --nodetach --keyopt rsa_padding_mode:pss --outform PEM",
        "--signer eva.pem --inkey eva.key --nodetach --stream --nosmimecap",
        "--signer jana.pem --inkey jana.key --noattr --nodetach",
        "--signer jana.pem --inkey jana.key --signer eva.pem --inkey eva.key --commitment approval --cades",
    ]
    .into_iter()
    .enumerate()
    {
        let signed = format!("s{at}");
        run(&mut command(path, &format!("cms sign --in content --out {signed} {words}")), 0);
        let form = if words.contains("PEM") { "PEM" } else { "DER" };
        let (content, cades) = (
            if words.contains("--nodetach") { "" } else { "-content content" },
            if words.contains("--noattr") { "" } else { "-cades" },
        );
        openssl(path, &format!("cms -verify -binary -in {signed} -inform {form} {content} {cades} -CAfile root.pem -out back"));
        assert_eq!(fs::read(path.join("back")).unwrap(), fs::read(path.join("content")).unwrap());
        let content = content.replace("-content", "--content");
        let report = json(path, &format!("cms verify --in {signed} {content} --CAfile root.pem --no-revocation"), 0);
        assert_eq!(report["valid"], true);
        assert_eq!(report["signers"][0]["signature"]["covers_attributes"], !words.contains("--noattr"));
    }
    for words in [
        "-nodetach",
        "-nodetach -stream -cades",
        "-nodetach -keyopt rsa_padding_mode:pss",
        "-nodetach -outform PEM",
    ] {
        let _ = fs::remove_file(path.join("theirs"));
        let form = if words.contains("outform") {
            ""
        } else {
            "-outform DER"
        };
        openssl(
            path,
            &format!(
                "cms -sign -binary -in content -signer jana.pem -inkey jana.key -out theirs {form} {words}"
            ),
        );
        let out = format!("out{}", words.len());
        let cades = if words.contains("cades") {
            "--cades"
        } else {
            ""
        };
        run(
            &mut command(
                path,
                &format!(
                    "cms verify --in theirs --CAfile root.pem --crl root.crl --out {out} {cades}"
                ),
            ),
            0,
        );
        assert_eq!(
            fs::read(path.join(out)).unwrap(),
            fs::read(path.join("content")).unwrap()
        );
    }
}

#[test]
fn each_finding_is_told_by_itself() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    for name in ["jana", "eva"] {
        run(
            &mut command(
                path,
                &format!(
                    "cms sign --in content --nodetach --signer {name}.pem --inkey {name}.key --out {name}.p7m"
                ),
            ),
            0,
        );
    }
    let jana = "cms verify --in jana.p7m";
    assert_eq!(
        findings(path, &format!("{jana} --CAfile root.pem --crl root.crl"), 0),
        Vec::<String>::new()
    );
    assert_eq!(
        findings(path, &format!("{jana} --CAfile root.pem"), 1),
        ["revocation-unknown"]
    );
    assert_eq!(findings(path, jana, 1), ["untrusted"]);
    assert_eq!(
        findings(path, &format!("{jana} --noverify"), 0),
        Vec::<String>::new()
    );
    assert_eq!(
        findings(
            path,
            &format!("{jana} --CAfile root.pem --no-revocation --at 2060-01-01T00:00:00Z"),
            1
        ),
        ["expired"]
    );
    assert_eq!(
        findings(
            path,
            &format!("{jana} --CAfile root.pem --no-revocation --purpose timestamp"),
            1
        ),
        ["purpose"]
    );
    assert_eq!(
        findings(
            path,
            "cms verify --in eva.p7m --CAfile root.pem --crl root.crl",
            1
        ),
        ["revoked"]
    );
    // Signature and path are told apart.
    let der = fs::read(path.join("jana.p7m")).unwrap();
    let at = der.windows(6).position(|part| part == b"a line").unwrap();
    let mut altered = der;
    altered[at] = b'b';
    file(path, "altered.p7m", altered);
    let words = "cms verify --in altered.p7m --CAfile root.pem --crl root.crl --out nothing";
    let report = json(path, words, 1);
    assert_eq!(
        report["signers"][0]["findings"],
        serde_json::json!(["content-altered"])
    );
    assert_eq!(report["signers"][0]["path"]["valid"], true);
    assert!(!path.join("nothing").exists());
    // A detached signature without its content.
    run(
        &mut command(
            path,
            "cms sign --in content --signer jana.pem --inkey jana.key --out jana.p7s",
        ),
        0,
    );
    assert_eq!(
        findings(path, "cms verify --in jana.p7s --noverify", 1),
        ["content-missing"]
    );
    run(
        &mut command(path, "cms verify --in jana.p7m --content content"),
        2,
    );
    // Certificates alone are signed by nobody.
    openssl(
        path,
        "crl2pkcs7 -nocrl -certfile jana.pem -outform DER -out certs.p7b",
    );
    let printed = run(
        &mut command(path, "cms verify --in certs.p7b --CAfile root.pem"),
        1,
    );
    assert!(
        printed.stderr.contains("not signed by anybody"),
        "{}",
        printed.stderr
    );
}

/// The password has the same word as in decrypting; the older one goes on meaning it.
#[test]
fn an_encrypted_key_signs() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    file(path, "pw", "tajemství\n");
    openssl(
        path,
        "pkcs8 -topk8 -v2 aes256 -in jana.key -passout file:pw -out locked.key",
    );
    for word in ["--password-file", "--key-password-file"] {
        let words = "cms sign --in content --signer jana.pem --inkey locked.key --out";
        let mut command = chancery();
        command
            .args(words.split(' '))
            .args([&format!("./{word}.p7s"), word, "pw"])
            .current_dir(path);
        run(&mut command, 0);
        openssl(
            path,
            &format!(
                "cms -verify -binary -inform DER -in ./{word}.p7s -content content -CAfile root.pem -out /dev/null"
            ),
        );
    }
}

#[test]
fn content_of_any_size_needs_little_memory() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    fs::File::create(path.join("large"))
        .unwrap()
        .set_len(100 << 20)
        .unwrap();
    // 96 MB of data in all, threads and libraries included.
    let limited = |words: &str| {
        let binary = env!("CARGO_BIN_EXE_chancery");
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!("ulimit -d 98304; exec {binary} {words}")])
            .current_dir(path);
        run(&mut command, 0);
    };
    limited("cms sign --in large --nodetach --signer jana.pem --inkey jana.key --out der.p7m");
    limited(
        "cms sign --in large --nodetach --stream --signer eva.pem --inkey eva.key --out ber.p7m",
    );
    openssl(
        path,
        "cms -verify -binary -in ber.p7m -inform DER -CAfile root.pem -out /dev/null",
    );
    for signed in ["der.p7m", "ber.p7m"] {
        limited(&format!(
            "cms verify --in {signed} --noverify --out {signed}.out"
        ));
        assert_eq!(
            fs::metadata(path.join(format!("{signed}.out")))
                .unwrap()
                .len(),
            100 << 20
        );
        fs::remove_file(path.join(format!("{signed}.out"))).unwrap();
    }
}
