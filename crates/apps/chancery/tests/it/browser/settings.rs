//! The certificate settings that live in the browser.

use serde_json::json;

use super::in_sandbox;
use crate::support::has;

#[test]
fn store_serves_its_whole_life_and_nothing_of_it_leaves() {
    let programs = ["firefox-esr", "pk12util", "certutil", "keytool"];
    if programs.into_iter().all(has) {
        let words = json!({ "browsers": ["chromium", "firefox"] });
        in_sandbox("settings.mjs", words);
    }
}

#[test]
fn injected_script_gets_no_key_and_no_backup() {
    in_sandbox("injection.mjs", json!({ "browser": "chromium" }));
}
