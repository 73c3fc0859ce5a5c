//! The portal through its outermost interface: requests and answers.
#![cfg(test)]

mod account;
mod by_certificate;
mod certificates;
mod frame;
mod matrix;
mod orders;
mod preferences;
mod renewal;
mod sandbox;
mod security;
mod site;
mod staff;
