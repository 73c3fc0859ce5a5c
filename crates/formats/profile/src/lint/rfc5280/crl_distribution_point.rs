//! RFC 5280 section 4.2.1.13: a distribution point names the place, and not the reasons alone; conforming CAs should
//! cover all reasons in one CRL and name it by a full name.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "crl_distribution_point",
    clause: "RFC 5280 section 4.2.1.13",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Each CRL distribution point has a full name, without reasons and without another issuer.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let Some(points) = &view.decoded.crl_points {
        for point in &points.0 {
            if point.full_name.is_empty() || point.relative.is_some() {
                found.say("a CRL distribution point has no full name");
            }
            if point.reasons.is_some() || !point.crl_issuer.is_empty() {
                found.say("a CRL distribution point is limited to reasons or names another issuer");
            }
        }
    }
}
