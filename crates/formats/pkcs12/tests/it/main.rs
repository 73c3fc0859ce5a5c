//! Files both ways with foreign programs, and files that are wrong in every way that was thought of.
#![cfg(test)]

// In wasm these tests use the stand-in of the native keys.
#[cfg(target_arch = "wasm32")]
extern crate chancery_wasm_tests as chancery_keys;

mod budgets;
mod contents;
mod damaged;
mod foreign;
mod pbmac1;
mod steps;
mod support;
mod vectors;
mod written;
