//! The crate against foreign programs, damaged input and itself.
#![cfg(test)]

// In wasm these tests use the stand-in of the native keys.
#[cfg(target_arch = "wasm32")]
extern crate chancery_wasm_tests as chancery_keys;

mod certificate;
mod crl;
mod extension;
mod name;
mod ocsp;
mod pem;
mod properties;
mod request;
mod support;
mod view;
