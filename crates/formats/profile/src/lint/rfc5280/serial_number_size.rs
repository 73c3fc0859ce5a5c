//! S/MIME BR 7.1: serial numbers hold at least 64 bits of output from a CSPRNG; a number of fewer than nine octets
//! cannot hold them beside its leading octet.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "serial_number_size",
    clause: "S/MIME BR 7.1",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The serial number is long enough for 64 random bits.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view.serial.len() < 9 {
        found.say(format!(
            "the serial number has {} octets, too few for 64 random bits",
            view.serial.len()
        ));
    }
}
