//! The record of what browsers send, by which other tests say that nothing secret left.

use super::{can_browse, script};
use crate::support::has;

fn finds_what_is_planted(browser: &str) {
    if can_browse() {
        script("traffic.mjs", &serde_json::json!({ "browser": browser }));
    }
}

#[test]
fn recorder_finds_planted_secrets_in_chromium() {
    finds_what_is_planted("chromium");
}

#[test]
fn recorder_finds_planted_secrets_in_firefox() {
    if has("firefox-esr") {
        finds_what_is_planted("firefox");
    }
}
