//! The store in real browsers, driven by `conformance/store.mjs`.

use std::path::Path;
use std::process::{Command, Stdio};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../..");

/// What the test needs and this machine lacks.
fn missing(browser: &str) -> Option<String> {
    for program in ["node", browser, "openssl", "pk12util", "certutil"] {
        let found = Command::new("sh")
            .args(["-c", &format!("command -v {program}")])
            .stdout(Stdio::null())
            .status();
        if !found.is_ok_and(|status| status.success()) {
            return Some(format!("{program} is not on this machine"));
        }
    }
    if !Path::new(ROOT).join("conformance/node_modules").is_dir() {
        return Some("conformance/node_modules is missing".to_owned());
    }
    None
}

/// Whether this toolchain can build the module at all; where rustup has no network, nobody can be blamed.
fn has_target() -> bool {
    let printed = Command::new("rustc")
        .args(["--print", "target-libdir"])
        .args(["--target", "wasm32-unknown-unknown"])
        .output();
    printed.is_ok_and(|printed| {
        let path = String::from_utf8_lossy(&printed.stdout).trim().to_owned();
        printed.status.success() && Path::new(&path).is_dir()
    })
}

fn has_module() -> bool {
    let built = std::fs::read_dir(Path::new(ROOT).join("web/dist"));
    built.is_ok_and(|files| {
        let mut paths = files.flatten().map(|file| file.path());
        paths.any(|path| path.extension().is_some_and(|kind| kind == "wasm"))
    })
}

#[test]
fn chromium_keeps_and_uses_certificates() {
    keeps_and_uses_certificates("chromium", "chromium");
}

#[test]
fn firefox_keeps_and_uses_certificates() {
    keeps_and_uses_certificates("firefox", "firefox-esr");
}

fn keeps_and_uses_certificates(browser: &str, program: &str) {
    if !has_target() {
        eprintln!("skipped: this toolchain cannot compile for wasm32-unknown-unknown");
        return;
    }
    if let Some(missing) = missing(program) {
        assert!(
            std::env::var_os("CI").is_none_or(|ci| ci != "true"),
            "{missing}"
        );
        eprintln!("skipped: {missing} (make setup-test installs what is wanted)");
        return;
    }
    run("store.mjs", Some(browser));
}

/// Thunderbird is large, and no setup of ours brings it: it judges where somebody has it.
#[test]
fn thunderbird_shows_a_signed_text_as_signed() {
    let programs = ["thunderbird", "xvfb-run", "chromium"];
    if let Some(missing) = programs.into_iter().find_map(missing) {
        eprintln!("skipped: {missing}");
        return;
    }
    if !has_target() {
        eprintln!("skipped: this toolchain cannot compile for wasm32-unknown-unknown");
        return;
    }
    run("thunderbird.mjs", None);
}

/// Runs a script over the built module; its complaint is the test's.
fn run(script: &str, browser: Option<&str>) {
    assert!(has_module(), "web/dist has no module: cargo xtask web");
    let folder = tempfile::tempdir().unwrap();
    let words = serde_json::json!({
        "dist": Path::new(ROOT).join("web/dist"),
        "folder": folder.path(),
        "browser": browser,
    });
    let output = Command::new("node")
        .arg(Path::new(ROOT).join("conformance").join(script))
        .arg(words.to_string())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
