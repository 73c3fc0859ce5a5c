//! `chancery smime`.

mod compose;
mod decrypt;
mod draft;
mod layers;
mod spool;
mod verify;

pub use compose::{encrypt, sign};
pub use decrypt::decrypt;
pub use verify::verify;
