//! S/MIME BR 6.3.2: 825 days for the strict and multipurpose generations, a day having 86,400 seconds and a part of a
//! day counting as one.

use crate::Kind;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "smime_validity",
    clause: "S/MIME BR 6.3.2",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "The validity is at most 825 days.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let Kind::Smime { generation, .. } = view.context.profile.kind() else {
        return;
    };
    if let (Some(from), Some(to)) = (view.not_before.seconds(), view.not_after.seconds()) {
        let days = (to - from) / 86_400 + 1;
        if days > i64::from(generation.maximum_days()) {
            found.say(format!("the validity is {days} days"));
        }
    }
}
