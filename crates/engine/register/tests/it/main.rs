//! The register, on every store.
#![cfg(test)]

mod certificates;
mod costs;
mod csrf;
mod dns;
mod invitation;
mod log_in;
mod people;
mod properties;
mod proved_lately;
mod registration;
mod sandbox;
mod session;
mod throttle;
mod totp;
mod verified;
mod world;
