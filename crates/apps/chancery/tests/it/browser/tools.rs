//! The pages whose work is done in the browser, and what is left of them when the server is gone.

use super::{can_browse, script};
use crate::support::{Server, folder, has};

fn works_in(browser: &str) {
    if !can_browse() {
        return;
    }
    let folder = folder();
    let data = folder.path().join("data");
    let server = Server::start(&["--sandbox", "--data", data.to_str().unwrap()]);
    script(
        "tools.mjs",
        &serde_json::json!({
            "base": server.http,
            "folder": folder.path(),
            "server": server.process(),
            "browser": browser,
        }),
    );
}

#[test]
fn tools_work_in_chromium_and_without_the_server() {
    works_in("chromium");
}

#[test]
fn tools_work_in_firefox_and_without_the_server() {
    if has("firefox-esr") {
        works_in("firefox");
    }
}
