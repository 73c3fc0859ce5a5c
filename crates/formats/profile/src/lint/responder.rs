//! Rules around OCSP responders.

mod no_check_elsewhere;
mod ocsp_signing_elsewhere;
mod responder_key_usage;
mod responder_no_check;
mod responder_purposes;

use super::Lint;

pub(super) static LINTS: &[&Lint] = &[
    &responder_no_check::LINT,
    &responder_purposes::LINT,
    &responder_key_usage::LINT,
    &no_check_elsewhere::LINT,
    &ocsp_signing_elsewhere::LINT,
];
