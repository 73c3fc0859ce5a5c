//! Profile, maximum-days: the profile bounds the validity. A day has 86,400 seconds, both ends count, and a part of a
//! day is a day (S/MIME BR 6.3.2).

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "validity_period",
    clause: "Profile, maximum-days",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The validity is no longer than the profile allows.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let (Some(from), Some(to)) = (view.not_before.seconds(), view.not_after.seconds()) {
        let days = (to - from) / 86_400 + 1;
        let maximum = view.context.profile.maximum_days();
        if days > i64::from(maximum) {
            found.say(format!(
                "the validity is {days} days, at most {maximum} are allowed"
            ));
        }
    }
}
