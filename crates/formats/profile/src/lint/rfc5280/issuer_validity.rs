//! RFC 5280 section 6.1.3: (a) (2): the whole path is valid at the moment of validation, so a certificate is of no use while its
//! issuer's is not valid.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "issuer_validity",
    clause: "RFC 5280 section 6.1.3",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The validity lies within that of the issuer.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let Some(issuer) = &view.context.issuer else {
        return;
    };
    if view
        .not_before
        .seconds()
        .is_some_and(|from| from < issuer.not_before())
    {
        found.say("the validity begins before that of the issuer");
    }
    if view
        .not_after
        .seconds()
        .is_some_and(|to| to > issuer.not_after())
    {
        found.say("the validity ends after that of the issuer");
    }
}
