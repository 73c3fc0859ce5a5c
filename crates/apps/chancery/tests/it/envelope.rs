//! `chancery cms encrypt` and `decrypt`: both ways with foreign programs, and with somebody who sends messages to learn from the answers.

mod nss;
mod oracle;

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use chancery_cms::Attribute;
use chancery_cms::enveloped::{Addressee, ContentCipher, ContentSecrets, Envelope, encrypt};
use chancery_keys::AwsLc;
use chancery_x509::{Certificate, ObjectIdentifier, asn1, pem};
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

#[test]
fn keys_are_taken_from_any_file() {
    if !has("openssl") {
        return;
    }
    let folder = holder();
    let path = folder.path();
    fs::write(path.join("pw"), "geheim\n").unwrap();
    openssl(
        path,
        "pkcs8 -topk8 -in rsa.key -passout pass:geheim -out rsa.enc",
    );
    openssl(
        path,
        "rsa -in rsa.key -traditional -outform DER -out rsa.der",
    );
    openssl(path, "ec -in ec.key -out ec.sec1");
    for who in ["rsa", "ec"] {
        let export = format!(
            "pkcs12 -export -in {who}.pem -inkey {who}.key -passout pass:geheim -out {who}.p12"
        );
        openssl(path, &export);
        let key = fs::read_to_string(path.join(format!("{who}.key"))).unwrap();
        let certificate = fs::read_to_string(path.join(format!("{who}.pem"))).unwrap();
        fs::write(path.join(format!("{who}.both")), certificate + &key).unwrap();
    }
    run(
        &mut cms(path, "encrypt --in content --out m rsa.pem ec.pem"),
        0,
    );
    for words in [
        "--inkey rsa.enc --password-file pw",
        "--inkey rsa.der --recip rsa.pem",
        "--inkey rsa.p12 --password-file pw",
        "--inkey rsa.p12 --password-file pw --recip rsa.pem",
        "--recip rsa.both",
        "--inkey ec.sec1",
        "--inkey ec.p12 --password-file pw",
        "--recip ec.both",
        "--inkey ec.both",
    ] {
        let output = cms(path, &format!("decrypt --in m {words}"))
            .output()
            .unwrap();
        assert_eq!(output.stdout, CONTENT, "{words}: {output:?}");
    }
    // Through a pipe, which can be read once.
    for name in ["ec.p12", "ec.key"] {
        let words = "decrypt --in m --inkey /dev/stdin --password-file pw";
        let mut child = cms(path, words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let key = fs::read(path.join(name)).unwrap();
        child.stdin.take().unwrap().write_all(&key).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.stdout, CONTENT, "{name}: {output:?}");
    }
    let printed = run(
        &mut cms(
            path,
            "decrypt --in m --inkey ec.p12 --password-file pw --recip rsa.pem",
        ),
        1,
    );
    assert!(
        printed.stderr.contains("does not belong"),
        "{}",
        printed.stderr
    );
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

/// Not even a kill leaves what was decrypted so far: it never had a name.
#[test]
fn a_command_that_is_killed_leaves_nothing_behind() {
    if !has("openssl") {
        return;
    }
    let folder = holder();
    let path = folder.path();
    fs::write(path.join("content"), vec![b'x'; 2_000_000]).unwrap();
    run(
        &mut cms(path, "encrypt --in content --out m --aes-256-gcm ec.pem"),
        0,
    );
    let message = fs::read(path.join("m")).unwrap();
    let before = names(path);
    let mut child = cms(path, "decrypt --inkey ec.key --out plain")
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&message[..1_500_000]).unwrap();
    stdin.flush().unwrap();
    assert_eq!(child.try_wait().unwrap(), None, "it waits for the rest");
    assert_eq!(names(path), before);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(names(path), before);
}

/// Authenticated attributes stand behind the content that they are hashed before.
#[test]
fn a_message_with_attributes_is_read_twice() {
    if !has("openssl") {
        return;
    }
    let folder = holder();
    let path = folder.path();
    let certificate = fs::read_to_string(path.join("ec.pem")).unwrap();
    let addressee = Addressee::new(Certificate::from_pem(&certificate).unwrap()).unwrap();
    let envelope = Envelope {
        authenticated_attributes: vec![Attribute::new(
            ObjectIdentifier::new_unwrap("1.2.3.4"),
            asn1::utf8_string("vouched for"),
        )],
        ..Envelope::new(vec![addressee], ContentCipher::Aes256Gcm, None)
    };
    let secrets = ContentSecrets {
        key: vec![7; 32].into(),
        iv: vec![9; 12],
    };
    let message = encrypt(&AwsLc, &envelope, &secrets, CONTENT).unwrap();
    fs::write(path.join("m"), &message).unwrap();
    // Not by openssl: it looks for these attributes under other numbers than RFC 5083 gives them.
    fs::write(path.join("m.pem"), pem::encode(pem::Label::Pkcs7, &message)).unwrap();
    for file in ["m", "m.pem"] {
        let decrypt = format!("decrypt --in {file} --inkey ec.key");
        let output = cms(path, &decrypt).output().unwrap();
        assert_eq!(output.stdout, CONTENT, "{file}: {output:?}");
    }
    let mut from_a_pipe = cms(path, "decrypt --inkey ec.key");
    from_a_pipe.stdin(fs::File::open(path.join("m")).unwrap());
    let printed = run(&mut from_a_pipe, 1);
    assert!(
        printed.stderr.contains("name it as a file with --in"),
        "{}",
        printed.stderr
    );
    assert_eq!(printed.stdout, "");
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
