//! Devices: a key of their own and a copy, by the portal's pages and by a program that knows the reference alone.

use serde_json::json;

use super::in_sandbox;

#[test]
fn browser_pairs_devices() {
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs");
    in_sandbox("devices.mjs", json!({ "docs": docs }));
}
