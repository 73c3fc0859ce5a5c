//! Rules for TLS servers.

mod server_common_name;
mod server_names;
mod server_purposes;

use super::Lint;

pub(super) static LINTS: &[&Lint] = &[
    &server_names::LINT,
    &server_common_name::LINT,
    &server_purposes::LINT,
];
