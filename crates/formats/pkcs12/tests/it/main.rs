//! Files both ways with foreign programs, and files that are wrong in every way that was thought of.
#![cfg(test)]

mod budgets;
mod contents;
mod damaged;
mod foreign;
mod pbmac1;
mod steps;
mod support;
mod vectors;
mod written;
