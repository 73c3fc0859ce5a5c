//! S/MIME BR 6.1.5: "Ensure that the key represents a valid point on the NIST P-256, NIST P-384, or NIST P-521
//! elliptic curve" (SP 800-56A section 5.6.2.3.4).

use chancery_x509::PublicKeyKind;

use crate::key::is_on_curve;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "point_on_curve",
    clause: "S/MIME BR 6.1.5",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The point of an elliptic-curve key lies on P-256, P-384 or P-521.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let Ok(key) = &view.key
        && let PublicKeyKind::Ec { curve } = key.kind()
        && !is_on_curve(curve, key.subject_public_key())
    {
        found.say(format!(
            "the public point does not lie on the curve {curve}, or not on one that is allowed"
        ));
    }
}
