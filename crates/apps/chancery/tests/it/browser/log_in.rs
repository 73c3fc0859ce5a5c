//! Log-in by a certificate of the browser's store.

use serde_json::json;

use super::in_sandbox;

#[test]
fn certificate_logs_in_confirms_and_is_refused_once_revoked() {
    in_sandbox("log-in.mjs", json!({}));
}
