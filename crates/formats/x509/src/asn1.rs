//! DER as the formats crates write and read it: a few functions that cannot fail for writing, a strict cursor for reading.
//!
//! Reading rests on the `der` crate: definite, minimal lengths only; what others write in BER goes through [`ber`] first. Nesting
//! is bounded because each structure is read by its own code; nothing recurses on what the input says.

pub mod ber;
mod read;
pub mod tag;
mod write;

pub use read::{Reader, element};
pub(crate) use read::{integer_value, minimal_integer};
pub use write::{
    bit_string, boolean, explicit, explicit_parts, ia5_string, implicit, integer, integer_u64,
    named_bits, null, octet_string, oid, printable_string, sequence, sequence_of, set_of, tlv,
    utf8_string,
};
