//! One suite on each provider: what the standards print, what each makes of the other's work, and what OpenSSL makes of both.
#![cfg(test)]

// In wasm these tests use the stand-in of the native keys.
#[cfg(target_arch = "wasm32")]
extern crate chancery_wasm_tests as chancery_keys;

mod ciphers;
mod digests;
mod openssl;
mod recipients;
mod signatures;
mod support;
