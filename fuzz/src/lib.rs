//! What every parser is thrown at, and what must hold whatever comes: no panic, no hang, bounded memory, and
//! what was accepted says the same when it is written and read again.
//!
//! One function a target; `fuzz_targets/` has a program for each.

mod asn1;
mod cms;
mod path;
mod provider;
mod smime;
mod x509;

pub use asn1::*;
pub use cms::*;
pub use path::*;
pub use smime::*;
pub use x509::*;
