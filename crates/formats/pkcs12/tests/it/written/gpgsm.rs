use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use chancery_pkcs12::Profile;
use tempfile::TempDir;

use crate::support::{RSA, printed};

/// A home directory of gpgsm, whose agent ends with it.
pub struct Home(TempDir);

impl Home {
    pub fn new() -> Self {
        // Its agent's sockets want a short path that nobody else can read.
        Self(TempDir::with_prefix("gpgsm").unwrap())
    }

    fn gpgsm(&self, passphrase: &str, words: &[&str]) -> Option<String> {
        let child = Command::new("gpgsm")
            .args(["--batch", "--disable-dirmngr", "--disable-crl-checks"])
            .args(["--pinentry-mode", "loopback", "--passphrase-fd", "0"])
            .args(words)
            .env("GNUPGHOME", self.0.path())
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut child) = child else {
            eprintln!("skipped: gpgsm is not installed");
            return None;
        };
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "{passphrase}").unwrap();
        drop(input);
        Some(printed(&child.wait_with_output().unwrap()))
    }

    pub fn import(&self, file: &[u8], passphrase: &str) -> Option<String> {
        std::fs::write(self.0.path().join("in.p12"), file).unwrap();
        self.gpgsm(passphrase, &["--import", "in.p12"])
    }

    pub fn export(&self, who: &str, passphrase: &str) -> Vec<u8> {
        let words = ["--output", "out.p12", "--export-secret-key-p12", who];
        let output = self.gpgsm(passphrase, &words).unwrap();
        std::fs::read(self.0.path().join("out.p12")).unwrap_or_else(|_| panic!("{output}"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = Command::new("gpgconf")
            .args(["--kill", "all"])
            .env("GNUPGHOME", self.path())
            .output();
    }
}

#[test]
fn gpgsm_imports_legacy() {
    let home = Home::new();
    let file = RSA.write(Profile::Legacy, "secret");
    let Some(wrong) = home.import(&file, "wrong") else {
        return;
    };
    assert!(!wrong.contains("secret keys imported"), "{wrong}");
    let output = home.import(&file, "secret").unwrap();
    assert!(output.contains("secret keys imported: 1"), "{output}");
    let listed = home.gpgsm("", &["--list-secret-keys"]).unwrap();
    assert!(listed.contains("CN=Jana"), "{listed}");
}
