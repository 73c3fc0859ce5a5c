//! The authority as its users see it, on both stores, and as foreign programs judge it.
#![cfg(test)]

mod ceremony;
mod clock;
mod issuance;
mod refusals;
mod revocation;
mod search;
mod serials;
mod status;
mod support;
mod tls;
