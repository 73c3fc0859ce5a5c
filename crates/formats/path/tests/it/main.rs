//! The crate against test suites, foreign programs, damaged input and itself.
#![cfg(test)]
#![allow(
    clippy::needless_pass_by_value,
    reason = "cases read better as they are written"
)]

// In wasm these tests use the stand-in of the native keys.
#[cfg(target_arch = "wasm32")]
extern crate chancery_wasm_tests as chancery_keys;

mod building;
mod constraints;
mod damage;
mod differential;
mod pkits;
mod revocation;
mod strictness;
mod support;
mod work;
