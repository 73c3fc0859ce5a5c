//! Attacks through the outermost door: requests over the wire to the running server. Each module is one way in, and
//! what it tries has to fail.

mod codes;
mod forms;
mod matrix;
mod others;
mod sessions;
mod wire;
mod world;
