//! RFC 5280 section 4.1.2.2: a positive integer of at most 20 octets. S/MIME BR 7.1: greater than zero and less than
//! 2^159.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "serial_number",
    clause: "RFC 5280 section 4.1.2.2",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The serial number is positive, minimally encoded and below 2^159.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    match view.serial {
        [] => found.say("the serial number is empty"),
        [first, ..] if *first >= 0x80 => found.say("the serial number is negative"),
        [0] => found.say("the serial number is zero"),
        [0, second, ..] if *second < 0x80 => {
            found.say("the serial number is not minimally encoded");
        }
        octets if octets.len() > 20 => {
            found.say(format!(
                "the serial number has {} octets, at most 20 are allowed",
                octets.len()
            ));
        }
        _ => {}
    }
}
