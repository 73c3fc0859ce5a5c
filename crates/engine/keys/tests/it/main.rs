//! Everything that a private key does, on every provider.
#![cfg(test)]

mod keys;
mod moody;
mod softhsm;
mod software;
mod suite;
mod token;
