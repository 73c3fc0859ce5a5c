//! S/MIME BR 7.1.2.2 g: anyExtendedKeyUsage is in no certificate, and RFC 5280 section 4.2.1.12 asks for no purpose
//! twice in effect.

use std::collections::HashSet;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage::{ANY_PURPOSE, purpose_name};

pub(super) static LINT: Lint = Lint {
    name: "no_any_purpose",
    clause: "S/MIME BR 7.1.2.2 g",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Any purpose is not among the key purposes, and none is there twice.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let purposes = view.purposes();
    let mut known = HashSet::new();
    for purpose in purposes {
        if *purpose == ANY_PURPOSE {
            found.say("anyExtendedKeyUsage is there");
        }
        if !known.insert(*purpose) {
            found.say(format!("{} is there twice", purpose_name(*purpose)));
        }
    }
}
