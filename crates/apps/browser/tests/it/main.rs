//! The module, as the worker talks to it.
#![cfg(test)]

// In wasm these tests use the stand-in of the native keys.
#[cfg(target_arch = "wasm32")]
extern crate chancery_wasm_tests as chancery_keys;

#[cfg(not(target_arch = "wasm32"))]
mod browser;
mod compressed;
mod decrypt;
mod files;
mod messages;
mod protocol;
mod sign;
mod support;
mod views;
