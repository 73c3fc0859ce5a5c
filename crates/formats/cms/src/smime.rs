//! S/MIME 4.0 (RFC 8551) around CMS: messages whose exact octets count.
//!
//! [`MessageReader`] takes a message in pieces and hands through what a signature covers, octet for octet, and the CMS structure decoded.
//! What is written is put together by [`compose`]. Layers nest: what comes out of one (a signed part, a decrypted content) is a MIME entity
//! and may be read again. [`protect`] keeps header fields inside the innermost layer (RFC 9788).

pub mod address;
mod base64;
pub mod compose;
mod content_type;
mod error;
mod field;
mod lines;
mod multipart;
pub mod protect;
mod reader;
#[cfg(test)]
mod tests;

pub use base64::{Base64Decoder, Base64Encoder};
pub use content_type::ContentType;
pub use error::SmimeError;
pub use field::{Field, Header, HeaderReader};
pub use lines::Canonicalizer;
pub use reader::{MessageEvent, MessageKind, MessageReader, SmimeType};
