//! Attacks through the outermost door: requests over the wire to the running server. Each module is one way in, and
//! what it tries has to fail.

mod codes;
mod documents;
mod doors;
mod forms;
mod lately;
mod limits;
mod matrix;
mod names;
mod others;
mod production;
mod redirects;
mod sessions;
mod staff;
mod wire;
pub mod world;
