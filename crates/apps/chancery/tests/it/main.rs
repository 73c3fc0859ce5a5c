//! The binary as its users run it: commands in a terminal, a server on loopback, foreign programs as referees.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "these are tests: helpers outside #[test] functions included"
)]

mod browser;
mod cli;
mod environments;
mod referees;
mod support;
