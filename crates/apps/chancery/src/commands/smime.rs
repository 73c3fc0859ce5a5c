//! `chancery smime`.

mod compose;
mod decrypt;
mod layers;
mod verify;

pub use compose::{encrypt, sign};
pub use decrypt::decrypt;
pub use verify::verify;
