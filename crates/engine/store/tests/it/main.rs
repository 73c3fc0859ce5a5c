//! The store, on every engine.
#![cfg(test)]

mod suite;
