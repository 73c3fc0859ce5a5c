//! Registered certificates, organisations, supported authorities and the directory, as people use them.

use super::{can_browse, script};
use crate::support::{Server, folder};

#[test]
fn browser_registers_certificates_of_foreign_tools() {
    if !can_browse() {
        return;
    }
    let folder = folder();
    let data = folder.path().join("data");
    let server = Server::start(&["--sandbox", "--data", data.to_str().unwrap()]);
    script(
        "registered.mjs",
        &serde_json::json!({ "base": server.http, "folder": folder.path() }),
    );
}
