//! `SoftHSM2` in a folder of the test's own. It reads `SOFTHSM2_CONF`, which a test must not set in its own process, so
//! each test of tokens runs itself again in a process of its own, whose working folder holds the token.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Where distributions put the module.
const MODULES: [&str; 6] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
];

pub const PIN: &str = "1234-quiet";

/// The module, or a word that it is missing; in CI it must not be.
pub fn module() -> Option<PathBuf> {
    let found = MODULES.iter().map(PathBuf::from).find(|path| path.exists());
    if found.is_none() {
        #[expect(clippy::disallowed_methods, reason = "whether this is CI")]
        let ci = std::env::var("CI").is_ok_and(|value| value == "true");
        assert!(
            !ci,
            "SoftHSM2 is missing in CI: make setup-test installs it"
        );
        eprintln!("skipped: SoftHSM2 is not on this machine (make setup-test installs it)");
    }
    found
}

fn util(folder: &Path, words: &[&str]) {
    let output = Command::new("softhsm2-util")
        .current_dir(folder)
        .env("SOFTHSM2_CONF", folder.join("softhsm2.conf"))
        .args(words)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// A new token labelled `label` in the working folder.
pub fn make_token(folder: &Path, label: &str) {
    util(
        folder,
        &[
            "--init-token",
            "--free",
            "--label",
            label,
            "--pin",
            PIN,
            "--so-pin",
            "so-1234",
        ],
    );
}

/// Puts a key of PKCS#8 PEM into the token `tests` of the working folder, with all that it may do.
pub fn import(file: &str, label: &str, id: &str) {
    let words = [
        "--import", file, "--token", "tests", "--label", label, "--id", id, "--pin", PIN,
    ];
    util(&std::env::current_dir().unwrap(), &words);
}

/// Whether a C compiler is here, which the module of moods is built with.
pub fn has_cc() -> bool {
    Command::new("cc").arg("--version").output().is_ok()
}

/// Runs the ignored test `name` in a process whose working folder has a token labelled `tests`.
pub fn run(name: &str) {
    if module().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::create_dir(path.join("tokens")).unwrap();
    let settings = format!(
        "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n",
        path.join("tokens").display()
    );
    fs::write(path.join("softhsm2.conf"), settings).unwrap();
    make_token(path, "tests");
    let output = Command::new(std::env::current_exe().unwrap())
        .current_dir(path)
        .env("SOFTHSM2_CONF", path.join("softhsm2.conf"))
        .args(["--exact", "--ignored", "--nocapture", name])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && told.contains("1 passed"),
        "{told}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
