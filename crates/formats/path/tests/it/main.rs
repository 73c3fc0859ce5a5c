//! The crate against test suites, foreign programs, damaged input and itself.
#![cfg(test)]
#![allow(
    clippy::needless_pass_by_value,
    reason = "cases read better as they are written"
)]

mod building;
mod constraints;
mod damage;
mod differential;
mod pkits;
mod revocation;
mod strictness;
mod support;
