//! RFC 5280 section 3.2: a root is self-signed: issuer and subject are the same name and the signature is made with
//! the certified key.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "root_self_issued",
    clause: "RFC 5280 section 3.2",
    severity: Severity::Error,
    scope: Scope::Roots,
    rule: "A root is issued by itself.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view.issuer != view.subject_der {
        found.say("the issuer is not the subject");
    }
    if view
        .key
        .as_ref()
        .is_ok_and(|key| *key != view.context.issuer_key)
    {
        found.say("the certified key is not the key that signs");
    }
}
