//! Devices: a key of their own and a copy, by the portal's pages and by a program that knows the reference alone.

use super::{can_browse, script};
use crate::support::{Server, folder};

#[test]
fn browser_pairs_devices() {
    if !can_browse() {
        return;
    }
    let folder = folder();
    let data = folder.path().join("data");
    let server = Server::start(&["--sandbox", "--data", data.to_str().unwrap()]);
    script(
        "devices.mjs",
        &serde_json::json!({
            "base": server.http,
            "folder": folder.path(),
            "docs": concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs"),
        }),
    );
}
