//! Keys that are made in the browser: activation, backup, renewal.

use serde_json::json;

use super::in_sandbox;
use crate::support::has;

#[test]
fn browser_makes_keys_in_chromium() {
    let words = json!({ "browser": "chromium", "language": "en" });
    in_sandbox("browser-key.mjs", words);
}

#[test]
fn browser_makes_keys_in_firefox() {
    if has("firefox-esr") {
        let words = json!({ "browser": "firefox", "language": "cs" });
        in_sandbox("browser-key.mjs", words);
    }
}
