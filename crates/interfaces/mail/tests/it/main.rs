//! Letters from the outbox to a mail server.
#![cfg(test)]

mod courier;
mod server;
mod world;
