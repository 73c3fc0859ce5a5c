//! CMS both ways, with other programs as referees.
#![cfg(test)]

// In wasm these tests use the stand-in of the native keys.
#[cfg(target_arch = "wasm32")]
extern crate chancery_wasm_tests as chancery_keys;

mod attacks;
mod budget;
mod certificates;
mod enveloped;
mod foreign;
mod openssl;
mod pkits;
mod signed;
mod support;
mod time_stamp;
