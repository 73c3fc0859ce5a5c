//! The portal through its outermost interface: requests and answers.
#![cfg(test)]

mod account;
mod frame;
mod matrix;
mod preferences;
mod sandbox;
mod security;
mod site;
mod staff;
