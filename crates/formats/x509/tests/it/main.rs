//! The crate against foreign programs, damaged input and itself.
#![cfg(test)]

mod certificate;
mod crl;
mod name;
mod ocsp;
mod pem;
mod properties;
mod request;
mod support;
mod view;
