//! Tests of profiles, preparation and lints through the crate's public interface.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::too_many_lines,
    reason = "the helpers of tests fail by panicking, and tables of cases are long"
)]

// In wasm these tests use the stand-in of the native keys.
#[cfg(target_arch = "wasm32")]
extern crate chancery_wasm_tests as chancery_keys;

mod files;
mod lints;
mod referee;
mod reference;
mod refusals;
mod support;
mod tree;
