//! Rules for certificates of authorities.

mod authority_constraints;
mod authority_key_size;
mod authority_key_usage;
mod authority_subject;
mod issuing_policies;
mod issuing_purposes;
mod issuing_smime_purposes;
mod issuing_status_addresses;
mod root_extensions;
mod root_path_length;
mod root_self_issued;

use super::Lint;

pub(super) static LINTS: &[&Lint] = &[
    &authority_constraints::LINT,
    &authority_key_usage::LINT,
    &authority_subject::LINT,
    &authority_key_size::LINT,
    &root_self_issued::LINT,
    &root_extensions::LINT,
    &root_path_length::LINT,
    &issuing_policies::LINT,
    &issuing_purposes::LINT,
    &issuing_smime_purposes::LINT,
    &issuing_status_addresses::LINT,
];
