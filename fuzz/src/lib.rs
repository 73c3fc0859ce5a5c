//! What every parser is thrown at, and what must hold whatever comes: no panic, no hang, bounded memory, and
//! what was accepted says the same when it is written and read again.
//!
//! One function a target; `fuzz_targets/` has a program for each.

mod asn1;
mod cms;
mod path;
mod pkcs12;
mod provider;
mod smime;
mod web_eid;
mod x509;

pub use asn1::*;
pub use cms::*;
pub use path::*;
pub use pkcs12::*;
pub use smime::*;
pub use web_eid::auth_token;
pub use x509::*;
