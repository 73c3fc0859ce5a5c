//! Rules for the certified key.

mod key_allowed;
mod key_encoding;
mod point_on_curve;
mod rsa_close_factors;
mod rsa_exponent;
mod rsa_exponent_range;
mod rsa_modulus_size;
mod rsa_roca;
mod rsa_small_factor;

use super::Lint;

pub(super) static LINTS: &[&Lint] = &[
    &key_encoding::LINT,
    &key_allowed::LINT,
    &rsa_modulus_size::LINT,
    &rsa_exponent::LINT,
    &rsa_exponent_range::LINT,
    &rsa_small_factor::LINT,
    &rsa_roca::LINT,
    &rsa_close_factors::LINT,
    &point_on_curve::LINT,
];
