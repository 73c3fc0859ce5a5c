//! Rules for devices that log in for a person.

mod device_purposes;

use super::Lint;

pub(super) static LINTS: &[&Lint] = &[&device_purposes::LINT];
