//! The certificate settings that live in the browser.

use super::{can_browse, script};
use crate::support::{Server, folder, has};

/// The script against a sandbox of its own.
fn settings(name: &str, words: &serde_json::Value) {
    let folder = folder();
    let data = folder.path().join("data");
    let server = Server::start(&["--sandbox", "--data", data.to_str().unwrap()]);
    let mut all = serde_json::json!({ "base": server.http, "folder": folder.path() });
    let words = words.as_object().unwrap().clone();
    all.as_object_mut().unwrap().extend(words);
    script(name, &all);
}

#[test]
fn store_serves_its_whole_life_and_nothing_of_it_leaves() {
    let programs = ["firefox-esr", "pk12util", "certutil", "keytool"];
    if can_browse() && programs.into_iter().all(has) {
        let browsers = serde_json::json!({ "browsers": ["chromium", "firefox"] });
        settings("settings.mjs", &browsers);
    }
}

#[test]
fn injected_script_gets_no_key_and_no_backup() {
    if can_browse() {
        settings(
            "injection.mjs",
            &serde_json::json!({ "browser": "chromium" }),
        );
    }
}
