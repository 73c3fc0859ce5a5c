//! The portal in a real browser, driven by the scripts in `conformance/`.

use std::{path::Path, process::Command};

use crate::support::{Server, folder, has, run};

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../conformance");

/// Whether browser, Node and the scripts' packages are here.
fn can_browse() -> bool {
    let packages = Path::new(SCRIPTS).join("node_modules").is_dir();
    if !packages {
        eprintln!("skipped: conformance/node_modules is missing (make setup-test installs it)");
    }
    packages && has("node") && has("chromium") && has("openssl")
}

fn script(name: &str, words: &serde_json::Value) {
    let mut node = Command::new("node");
    node.arg(Path::new(SCRIPTS).join(name))
        .arg(words.to_string());
    run(&mut node, 0);
}

fn tell_story(language: &str) {
    if !can_browse() {
        return;
    }
    let folder = folder();
    let data = folder.path().join("data");
    let server = Server::start(&["--sandbox", "--data", data.to_str().unwrap()]);
    script(
        "story.mjs",
        &serde_json::json!({
            "base": server.http,
            "language": language,
            "folder": folder.path(),
            "chancery": env!("CARGO_BIN_EXE_chancery"),
        }),
    );
}

#[test]
fn browser_goes_the_whole_way_in_english() {
    tell_story("en");
}

#[test]
fn browser_goes_the_whole_way_in_czech() {
    tell_story("cs");
}

/// The two looks that differ most; `make screenshots` takes all eight.
#[test]
fn browser_finds_no_fault_with_any_page() {
    if !can_browse() {
        return;
    }
    let folder = folder();
    let data = folder.path().join("data");
    let server = Server::start(&["--sandbox", "--data", data.to_str().unwrap()]);
    for look in ["en-light-1280", "cs-dark-360"] {
        script(
            "screenshots.mjs",
            &serde_json::json!({ "base": server.http, "folder": folder.path(), "only": look }),
        );
    }
}
