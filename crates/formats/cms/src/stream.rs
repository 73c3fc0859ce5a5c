//! CMS of any size in bounded memory.
//!
//! Every type of CMS content is a few fields, one string of content, a few more fields. [`Parser`] takes a `ContentInfo` in pieces as
//! they arrive, BER or DER, hands the content through as it comes and keeps the fields on either side, turned to definite and minimal
//! lengths; [`Writer`] is its mirror image.
//!
//! ```asn1
//! ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY }
//!     -- one of
//! SignedData ::= SEQUENCE { version, digestAlgorithms,
//!     encapContentInfo SEQUENCE { eContentType, eContent [0] EXPLICIT OCTET STRING OPTIONAL },
//!     certificates [0] OPTIONAL, crls [1] OPTIONAL, signerInfos }
//! EnvelopedData ::= SEQUENCE { version, originatorInfo [0] OPTIONAL, recipientInfos,
//!     encryptedContentInfo SEQUENCE { contentType, algorithm, encryptedContent [0] IMPLICIT OCTET STRING OPTIONAL },
//!     unprotectedAttrs [1] OPTIONAL }
//! ```

mod capture;
mod error;
mod event;
mod header;
mod parse;
mod shape;
#[cfg(test)]
mod tests;
mod write;

pub use error::{StreamError, StreamWriteError};
pub use event::{Event, Limits, Prefix, Suffix};
pub use parse::Parser;
pub use shape::ContentKind;
pub use write::{Size, Writer};
