//! Certificates that browsers show in the TLS handshake.

use super::{can_browse, free_port, script};
use crate::support::{Server, chancery, file, folder, has, run};

/// Two origins of HTTPS: cookies are bound to host and encryption, and forms are held to where they may lead.
#[test]
fn browser_shows_a_certificate_to_a_production_environment() {
    if !can_browse() {
        return;
    }
    let folder = folder();
    let path = folder.path();
    let base = format!("https://localhost:{}", free_port());
    let configuration = include_str!("../../../src/chancery.toml")
        .replace("rsa:4096\"", "ec:p256\"")
        .replace("https://chancery.internal", &base);
    file(path, "c.toml", configuration);
    let mut init = chancery();
    init.current_dir(path)
        .args(["init", "--data", "d", "--config", "c.toml"]);
    run(&mut init, 0);
    let data = path.join("d");
    let words = ["--data", data.to_str().unwrap()];
    let words = [&words[..], &["--listen-certificates", "127.0.0.1:0"]].concat();
    let address = base.strip_prefix("https://").unwrap();
    let address = address.replace("localhost", "127.0.0.1");
    let server = Server::start_at(&words, "127.0.0.1:0", &address);
    let mut invite = chancery();
    let person = ["--role", "ra-officer", "--email", "eva@example.com"];
    invite
        .args(["user", "add"])
        .args(person)
        .arg("--data")
        .arg(&data);
    let link = run(&mut invite, 0);
    let asking = server.certificates.as_ref().unwrap();
    script(
        "handshake.mjs",
        &serde_json::json!({
            "base": base,
            "asking": asking.replace("127.0.0.1", "localhost"),
            "browser": "chromium",
            "folder": path,
            "data": data,
            "chancery": env!("CARGO_BIN_EXE_chancery"),
            "link": link.stdout.trim(),
        }),
    );
}

/// From a portal that a sandbox serves in the clear, to HTTPS and back.
#[test]
fn browser_shows_a_certificate_to_a_sandbox() {
    if !can_browse() || !has("firefox-esr") {
        return;
    }
    let folder = folder();
    let data = folder.path().join("data");
    let words = ["--sandbox", "--data", data.to_str().unwrap()];
    let words = [&words[..], &["--listen-certificates", "127.0.0.1:0"]].concat();
    let server = Server::start(&words);
    script(
        "handshake.mjs",
        &serde_json::json!({
            "base": server.http,
            "asking": server.certificates,
            "browser": "firefox",
            "folder": folder.path(),
            "data": data,
            "chancery": env!("CARGO_BIN_EXE_chancery"),
        }),
    );
}
