//! S/MIME BR 7.1.3.1: the algorithm of the key is encoded octet by octet as listed there: RSA with NULL, P-256,
//! P-384, P-521, Ed25519 and Ed448 by their own identifiers.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "key_encoding",
    clause: "S/MIME BR 7.1.3.1",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The key is readable and its algorithm is encoded as listed.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let Err(error) = &view.key {
        found.say(format!("the public key cannot be read: {error}"));
    }
    if !LISTED.contains(&view.key_algorithm) {
        found
            .say("the algorithm of the public key is not encoded as one of those that are allowed");
    }
}

const LISTED: [&[u8]; 6] = [
    b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00", // rsaEncryption, NULL
    b"\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07", // P-256
    b"\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22", // P-384
    b"\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x23", // P-521
    b"\x30\x05\x06\x03\x2b\x65\x70",                                             // Ed25519
    b"\x30\x05\x06\x03\x2b\x65\x71",                                             // Ed448
];
