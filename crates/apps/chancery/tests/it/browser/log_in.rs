//! Log-in by a certificate of the browser's store.

use super::{can_browse, script};
use crate::support::{Server, folder};

#[test]
fn certificate_logs_in_confirms_and_is_refused_once_revoked() {
    if !can_browse() {
        return;
    }
    let folder = folder();
    let data = folder.path().join("data");
    let server = Server::start(&["--sandbox", "--data", data.to_str().unwrap()]);
    script(
        "log-in.mjs",
        &serde_json::json!({
            "base": server.http,
            "folder": folder.path(),
            "data": data,
            "chancery": env!("CARGO_BIN_EXE_chancery"),
        }),
    );
}
