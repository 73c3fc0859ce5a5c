//! S/MIME BR 7.1.2.3 f: emailProtection is there; serverAuth, codeSigning, timeStamping and anyExtendedKeyUsage are
//! not; in the strict generation nothing else is.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage;
use crate::{Generation, Kind};

pub(super) static LINT: Lint = Lint {
    name: "smime_purposes",
    clause: "S/MIME BR 7.1.2.3 f",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "EmailProtection is there, and no purpose that must not stand beside it.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if !view.has_purpose(usage::EMAIL_PROTECTION) {
        found.say("emailProtection is missing");
    }
    let strict = matches!(
        view.context.profile.kind(),
        Kind::Smime {
            generation: Generation::Strict,
            ..
        }
    );
    for purpose in view.purposes() {
        let forbidden = [
            usage::SERVER_AUTH,
            usage::CODE_SIGNING,
            usage::TIME_STAMPING,
            usage::ANY_PURPOSE,
        ]
        .contains(purpose);
        if forbidden || (strict && *purpose != usage::EMAIL_PROTECTION) {
            found.say(format!("{} is there", usage::purpose_name(*purpose)));
        }
    }
}
