//! S/MIME BR 7.1.2.3 b: a distribution point is there whose full name is an address; in the strict and multipurpose
//! generations every address has the scheme http.

use chancery_x509::extension::GeneralName;

use crate::address::http_host;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "smime_crl_address",
    clause: "S/MIME BR 7.1.2.3 b",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "The address of the CRL is there, and every such address is http.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let points = view.decoded.crl_points.iter().flat_map(|points| &points.0);
    let names: Vec<_> = points.flat_map(|point| &point.full_name).collect();
    if names.is_empty() {
        found.say("no address of a CRL is there");
    }
    for name in names {
        if !matches!(name, GeneralName::Uri(address) if http_host(address).is_some()) {
            found.say(format!("\"{name}\" is no http: address"));
        }
    }
}
