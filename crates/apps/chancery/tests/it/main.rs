//! The binary as its users run it: commands in a terminal, a server on loopback, foreign programs as referees.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "these are tests: helpers outside #[test] functions included"
)]

mod attacks;
mod browser;
mod cli;
mod envelope;
mod environments;
mod handshake;
mod p12;
mod path;
mod referees;
mod signed;
mod support;
mod tokens;
