//! RFC 5280 section 4.1.2.5: `UTCTime` through the year 2049, `GeneralizedTime` from 2050, seconds present, in Zulu,
//! without fractions.

use chancery_x509::asn1::tag;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "validity_encoding",
    clause: "RFC 5280 section 4.1.2.5",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Dates are UTCTime through 2049 and GeneralizedTime after, with seconds, in Zulu.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for (name, time) in [("notBefore", view.not_before), ("notAfter", view.not_after)] {
        match time.seconds() {
            None => found.say(format!("{name} is not a time in the form that is allowed")),
            Some(seconds) if time.tag == tag::GENERALIZED_TIME && seconds < YEAR_2050 => {
                found.say(format!("{name} lies before 2050 and is a GeneralizedTime"));
            }
            Some(_) => {}
        }
    }
}

/// 2050-01-01T00:00:00Z
const YEAR_2050: i64 = 2_524_608_000;
