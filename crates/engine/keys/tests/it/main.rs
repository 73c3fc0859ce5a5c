//! Everything that a private key does, on every provider.
#![cfg(test)]

mod keys;
mod software;
mod suite;
