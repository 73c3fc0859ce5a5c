//! The pages whose work is done in the browser, and what is left of them when the server is gone.

use serde_json::json;

use super::in_sandbox;
use crate::support::has;

#[test]
fn tools_work_in_chromium_and_without_the_server() {
    in_sandbox("tools.mjs", json!({ "browser": "chromium" }));
}

#[test]
fn tools_work_in_firefox_and_without_the_server() {
    if has("firefox-esr") {
        in_sandbox("tools.mjs", json!({ "browser": "firefox" }));
    }
}
