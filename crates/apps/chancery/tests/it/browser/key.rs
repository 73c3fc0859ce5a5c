//! Keys that are made in the browser: activation, backup, renewal.

use super::{can_browse, script};
use crate::support::{Server, folder, has};

fn makes_its_key(browser: &str, language: &str) {
    if !can_browse() {
        return;
    }
    let folder = folder();
    let data = folder.path().join("data");
    let server = Server::start(&["--sandbox", "--data", data.to_str().unwrap()]);
    script(
        "browser-key.mjs",
        &serde_json::json!({
            "base": server.http,
            "language": language,
            "folder": folder.path(),
            "browser": browser,
        }),
    );
}

#[test]
fn browser_makes_keys_in_chromium() {
    makes_its_key("chromium", "en");
}

#[test]
fn browser_makes_keys_in_firefox() {
    if has("firefox-esr") {
        makes_its_key("firefox", "cs");
    }
}
