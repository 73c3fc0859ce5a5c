//! RFC 5280 section 4.2: "A certificate MUST NOT include more than one instance of a particular extension."

use std::collections::HashSet;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "extensions_unique",
    clause: "RFC 5280 section 4.2",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "No extension is there twice.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let mut known = HashSet::new();
    for extension in &view.extensions {
        if !known.insert(extension.oid) {
            found.say(format!("the extension {} is there twice", extension.oid));
        }
    }
}
