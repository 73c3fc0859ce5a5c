//! Both ways with NSS, which knows CBC and PKCS#1 v1.5 only.

use std::{fs, path::Path, process::Command};

use super::{CONTENT, cms, holder, openssl};
use crate::support::{has, run};

/// Runs a program of NSS on the database in the folder; what it printed, none where it failed.
fn nss(folder: &Path, program: &str, words: &str) -> Result<Vec<u8>, String> {
    let database = format!("sql:{}", folder.display());
    let output = Command::new(program)
        .args(words.split_whitespace())
        .args(["-d", &database])
        .current_dir(folder)
        .output()
        .unwrap();
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

#[test]
fn cmsutil_and_chancery_read_each_other() {
    if !(has("openssl") && has("certutil") && has("pk12util") && has("cmsutil")) {
        return;
    }
    let folder = holder();
    let path = folder.path();
    // cmsutil finds a recipient by the e-mail address of a certificate that it trusts for e-mail.
    openssl(
        path,
        "req -x509 -key rsa.key -subj /CN=Jana/emailAddress=jana@example.com -days 30 -addext keyUsage=keyEncipherment,keyCertSign -addext extendedKeyUsage=emailProtection -addext subjectAltName=email:jana@example.com -out mail.pem",
    );
    openssl(
        path,
        "pkcs12 -export -in mail.pem -inkey rsa.key -name jana -passout pass:geheim -out jana.p12",
    );
    nss(path, "certutil", "-N --empty-password").unwrap();
    nss(path, "pk12util", "-i jana.p12 -W geheim -K").ok();
    let imported = Command::new("pk12util")
        .args(["-i", "jana.p12", "-W", "geheim", "-K", "", "-d"])
        .arg(format!("sql:{}", path.display()))
        .current_dir(path)
        .output()
        .unwrap();
    assert!(imported.status.success(), "{imported:?}");
    nss(path, "certutil", "-M -n jana -t CTu,CTu,CTu").unwrap();

    for words in ["--aes128", "--aes256 --stream", "--aes192 --keyid"] {
        let _ = fs::remove_file(path.join("m"));
        run(
            &mut cms(
                path,
                &format!("encrypt --in content --out m {words} mail.pem"),
            ),
            0,
        );
        let plain =
            nss(path, "cmsutil", "-D -i m").unwrap_or_else(|error| panic!("{words}: {error}"));
        assert_eq!(plain, CONTENT, "{words}");
    }
    nss(
        path,
        "cmsutil",
        "-E -r jana@example.com -i content -o theirs",
    )
    .unwrap();
    let output = cms(path, "decrypt --in theirs --inkey rsa.key --recip mail.pem")
        .output()
        .unwrap();
    assert_eq!(
        output.stdout,
        CONTENT,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
