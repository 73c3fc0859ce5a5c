//! Registered certificates, organisations, supported authorities and the directory, as people use them.

use serde_json::json;

use super::in_sandbox;

#[test]
fn browser_registers_certificates_of_foreign_tools() {
    in_sandbox("registered.mjs", json!({}));
}
