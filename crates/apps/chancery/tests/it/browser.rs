//! The portal in a real browser, driven by the scripts in `conformance/`.

use std::{net::TcpListener, path::Path, process::Command};

use serde_json::{Value, json};

use crate::support::{Server, chancery, file, folder, has, run};

mod devices;
mod handshake;
mod key;
mod log_in;
mod registered;
mod settings;
mod tools;
mod traffic;

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../conformance");

/// Whether browser, Node and the scripts' packages are here.
pub(crate) fn can_browse() -> bool {
    let packages = Path::new(SCRIPTS).join("node_modules").is_dir();
    if !packages {
        eprintln!("skipped: conformance/node_modules is missing (make setup-test installs it)");
    }
    packages && has("node") && has("chromium") && has("openssl")
}

/// Runs a script with its words; its complaint is the test's.
pub(crate) fn script(name: &str, words: &Value) {
    let mut node = Command::new("node");
    node.arg(Path::new(SCRIPTS).join(name))
        .arg(words.to_string());
    run(&mut node, 0);
}

/// Runs a script against a sandbox of its own; it hears of that, of the program, of a folder of its own, and `words`.
fn in_sandbox(name: &str, words: Value) {
    if !can_browse() {
        return;
    }
    let folder = folder();
    let data = folder.path().join("data");
    let server = Server::start(&["--sandbox", "--data", data.to_str().unwrap()]);
    let mut all = json!({
        "base": server.http,
        "folder": folder.path(),
        "data": data,
        "server": server.process(),
        "chancery": env!("CARGO_BIN_EXE_chancery"),
    });
    let Value::Object(words) = words else {
        panic!("{words} is no object");
    };
    all.as_object_mut().unwrap().extend(words);
    script(name, &all);
}

fn tell_story(language: &str) {
    in_sandbox("story.mjs", json!({ "language": language }));
}

#[test]
fn browser_goes_the_whole_way_in_english() {
    tell_story("en");
}

#[test]
fn browser_goes_the_whole_way_in_czech() {
    tell_story("cs");
}

/// A port that was free a moment ago: the address of a production environment is fixed before it is served.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

#[test]
fn browser_shows_an_officer_in_by_two_factors() {
    if !can_browse() {
        return;
    }
    let folder = folder();
    let path = folder.path();
    let base = format!("https://localhost:{}", free_port());
    let configuration = include_str!("../../src/chancery.toml")
        .replace("rsa:4096\"", "ec:p256\"")
        .replace("https://chancery.internal", &base);
    file(path, "c.toml", configuration);
    run(
        chancery()
            .current_dir(path)
            .args(["init", "--data", "d", "--config", "c.toml"]),
        0,
    );
    let data = path.join("d");
    let server = Server::start_at(
        &["--data", data.to_str().unwrap()],
        "127.0.0.1:0",
        base.strip_prefix("https://")
            .unwrap()
            .replace("localhost", "127.0.0.1")
            .as_str(),
    );
    let link = run(
        chancery()
            .args([
                "user",
                "add",
                "--role",
                "ra-officer",
                "--email",
                "eva@example.com",
                "--data",
            ])
            .arg(&data),
        0,
    );
    script(
        "staff.mjs",
        &json!({ "base": base, "link": link.stdout.trim(), "folder": path }),
    );
    drop(server);
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
            &json!({ "base": server.http, "folder": folder.path(), "only": look }),
        );
    }
}
