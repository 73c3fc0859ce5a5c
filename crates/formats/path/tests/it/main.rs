//! The crate against test suites, foreign programs, damaged input and itself.
#![cfg(test)]

mod pkits;
