//! `chancery cms encrypt` and `decrypt`: both ways with foreign programs, and with somebody who sends messages to learn from the answers.

mod nss;
mod oracle;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::support::{chancery, folder, has, run};

const CONTENT: &[u8] = b"a line\r\nand another, of 37 octets in all\r\n";

/// Runs openssl in a folder, which has to succeed.
#[track_caller]
fn openssl(folder: &Path, words: &str) -> Vec<u8> {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new("openssl")
        .args(words.split_whitespace())
        .current_dir(folder)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&stderr);
    assert!(status.success(), "openssl {words}: {errors}");
    stdout
}

/// A folder with a content, an RSA key and a certificate, and the same on a curve.
fn holder() -> TempDir {
    let folder = folder();
    let path = folder.path();
    openssl(
        path,
        "req -x509 -newkey rsa:2048 -nodes -subj /CN=Jana -keyout rsa.key -out rsa.pem",
    );
    openssl(
        path,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -subj /CN=Eva -keyout ec.key -out ec.pem",
    );
    fs::write(path.join("content"), CONTENT).unwrap();
    folder
}

/// The command in a folder, with words that hold no spaces.
fn cms(folder: &Path, words: &str) -> Command {
    let mut command = chancery();
    command
        .arg("cms")
        .args(words.split_whitespace())
        .current_dir(folder);
    command
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn openssl_and_chancery_read_each_other() {
    if !has("openssl") {
        return;
    }
    let folder = holder();
    let path = folder.path();
    for words in [
        "--aes128",
        "--aes-256-gcm",
        "--aes192 --keyid --outform PEM",
        "--aes256 --stream",
        "--aes-128-gcm --keyopt rsa_padding_mode:oaep --keyopt rsa_oaep_md:sha384 --keyopt ecdh_kdf_md:sha1 --aes256-wrap",
    ] {
        let encrypt = format!("encrypt --in content --out m {words} --recip rsa.pem ec.pem");
        run(&mut cms(path, &encrypt), 0);
        for who in ["rsa", "ec"] {
            let form = if words.contains("PEM") { "PEM" } else { "DER" };
            let read = format!(
                "cms -decrypt -binary -in m -inform {form} -inkey {who}.key -recip {who}.pem"
            );
            assert_eq!(openssl(path, &read), CONTENT, "{words} {who}");
            for recipient in ["", "--recip"] {
                let certificate = if recipient.is_empty() { "" } else { who };
                let certificate = certificate.replace(who, &format!("{who}.pem"));
                let decrypt = format!(
                    "decrypt --in m --inkey {who}.key {recipient} {certificate} --out plain"
                );
                let printed = run(&mut cms(path, &decrypt), 0);
                assert_eq!(fs::read(path.join("plain")).unwrap(), CONTENT, "{words}");
                let marked = printed.stderr.contains("not authenticated");
                assert_eq!(
                    marked,
                    !words.contains("gcm"),
                    "{words}: {}",
                    printed.stderr
                );
                fs::remove_file(path.join("plain")).unwrap();
            }
        }
        fs::remove_file(path.join("m")).unwrap();
    }
    for (words, form) in [
        ("-aes128", "DER"),
        ("-aes-256-gcm", "PEM"),
        ("-aes256 -stream -indef", "DER"),
        ("-des3", "PEM"),
    ] {
        let encrypt = format!(
            "cms -encrypt -binary -in content -out m -outform {form} {words} rsa.pem ec.pem"
        );
        openssl(path, &encrypt);
        for who in ["rsa", "ec"] {
            for inform in [String::new(), format!("--inform {form}")] {
                let decrypt = format!("decrypt --in m --inkey {who}.key {inform}");
                let output = cms(path, &decrypt).output().unwrap();
                assert_eq!(output.stdout, CONTENT, "{words} {form} {who}");
            }
        }
    }
}

/// A message that fails leaves no file, no output, and the folder as it was.
#[test]
fn a_message_that_fails_leaves_nothing_behind() {
    if !has("openssl") {
        return;
    }
    let folder = holder();
    let path = folder.path();
    let content = vec![b'x'; 600_000];
    fs::write(path.join("content"), &content).unwrap();
    for cipher in ["--aes-256-gcm", "--chacha20-poly1305", "--aes256"] {
        run(
            &mut cms(
                path,
                &format!("encrypt --in content --out whole {cipher} ec.pem"),
            ),
            0,
        );
        let whole = fs::read(path.join("whole")).unwrap();
        let mut altered = whole.clone();
        let last = altered.len() - 1;
        // The last octet of the tag, or one of the last block's padding.
        altered[last] ^= 0x55;
        let mut cut = whole.clone();
        cut.truncate(500_000);
        let mut header = whole.clone();
        header[400] ^= 0x10;
        let before = {
            fs::write(path.join("m"), &altered).unwrap();
            names(path)
        };
        for (what, message) in [("altered", altered), ("cut", cut), ("empty", Vec::new())] {
            fs::write(path.join("m"), message).unwrap();
            let decrypt = "decrypt --in m --inkey ec.key --out plain";
            let printed = run(&mut cms(path, decrypt), 1);
            assert_eq!(names(path), before, "{cipher} {what}");
            assert_eq!(printed.stdout, "", "{cipher} {what}");
            let printed = run(&mut cms(path, "decrypt --in m --inkey ec.key"), 1);
            assert_eq!(printed.stdout, "", "{cipher} {what}");
        }
        for file in ["whole", "m"] {
            fs::remove_file(path.join(file)).unwrap();
        }
    }
}

#[test]
fn words_that_do_not_fit_are_told() {
    if !has("openssl") {
        return;
    }
    let folder = holder();
    let path = folder.path();
    run(&mut cms(path, "encrypt --in content"), 2);
    run(
        &mut cms(path, "encrypt --in content --aes128 --aes256 rsa.pem"),
        2,
    );
    run(&mut cms(path, "decrypt --in content"), 2);
    for (words, code, told) in [
        (
            "encrypt --in content --keyopt rsa_padding_mode:none rsa.pem",
            2,
            "rsa_padding_mode:oaep",
        ),
        (
            "encrypt --in content --keyopt rsa_oaep_md:sha256 rsa.pem",
            2,
            "add --keyopt rsa_padding_mode:oaep",
        ),
        (
            "encrypt --in content --keyopt ecdh_kdf_md:md5 ec.pem",
            2,
            "sha512",
        ),
        ("encrypt --in nowhere rsa.pem", 1, "cannot read nowhere"),
        ("encrypt --in content content", 1, "not a certificate"),
        (
            "encrypt --in content --out rsa.pem rsa.pem",
            1,
            "cannot write rsa.pem",
        ),
        (
            "decrypt --in content --inkey rsa.key --out plain",
            1,
            "not a CMS structure",
        ),
        (
            "decrypt --in content --inkey rsa.key --recip ec.pem",
            1,
            "does not belong",
        ),
        (
            "decrypt --in content --inkey content",
            1,
            "not a private key",
        ),
    ] {
        let printed = run(&mut cms(path, words), code);
        assert!(printed.stderr.contains(told), "{words}: {}", printed.stderr);
        assert!(
            printed.stderr.contains("error: "),
            "{words}: {}",
            printed.stderr
        );
    }
    // A certificate for signing receives no keys.
    openssl(
        path,
        "req -x509 -key rsa.key -subj /CN=Jana -addext keyUsage=digitalSignature -out signing.pem",
    );
    let printed = run(&mut cms(path, "encrypt --in content signing.pem"), 1);
    assert!(
        printed.stderr.contains("keyEncipherment"),
        "{}",
        printed.stderr
    );
    // Somebody else's message.
    run(
        &mut cms(path, "encrypt --in content --out m --aes-256-gcm ec.pem"),
        0,
    );
    let printed = run(
        &mut cms(path, "decrypt --in m --inkey rsa.key --recip rsa.pem"),
        1,
    );
    assert!(
        printed.stderr.contains("other recipient"),
        "{}",
        printed.stderr
    );
}
