//! S/MIME BR 7.1.2.2 b: cRLDistributionPoints is there and holds the HTTP address of the issuer's CRL; c:
//! authorityInfoAccess should hold the HTTP address of the issuer's certificate.

use chancery_x509::extension::GeneralName;
use chancery_x509::oid;

use crate::address::http_host;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "issuing_status_addresses",
    clause: "S/MIME BR 7.1.2.2 b",
    severity: Severity::Error,
    scope: Scope::IssuingAuthorities,
    rule: "An issuing authority's certificate says where the CRL and the issuer's certificate are, by HTTP.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let crls: Vec<_> = view
        .decoded
        .crl_points
        .iter()
        .flat_map(chancery_x509::extension::CrlDistributionPoints::uris)
        .collect();
    if crls.is_empty() {
        found.say("no address of a CRL is there");
    }
    let issuers: Vec<_> = view
        .decoded
        .access
        .iter()
        .flat_map(|access| access.uris(oid::ACCESS_CA_ISSUERS))
        .collect();
    if issuers.is_empty() {
        found.say("no address of the issuer's certificate is there");
    }
    for name in view.status_addresses() {
        if !matches!(name, GeneralName::Uri(address) if http_host(address).is_some()) {
            found.say(format!("\"{name}\" is no http: address"));
        }
    }
}
