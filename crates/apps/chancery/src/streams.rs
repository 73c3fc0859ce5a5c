//! Files of any size on their way through a command: read in pieces, and written so that a half-done result has no name.

mod pem;
mod source;
mod target;

pub use source::{Form, Source};
pub use target::Target;

/// Octets that are read, worked on and written at once.
pub const PIECE: usize = 256 << 10;
