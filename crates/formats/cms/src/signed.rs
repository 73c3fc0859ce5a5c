//! Signed data (RFC 5652 section 5) with the attributes of `CAdES` (ETSI EN 319 122-1).
//!
//! [`SignedDataReader`] takes a structure in pieces and digests what passes; [`SignedData::verify`] then says of each signer by itself
//! all that is wrong with the signature. [`SignedDataWriter`] signs without touching a key: it says what it needs in [`SignStep`]s.
//!
//! Departures from the standards, all on the careful side: a structure without signers is never signed; the digest of the content must be that of the
//! signature algorithm; content signed without attributes must not have the form of attributes; every attribute that is understood here must
//! occur once, with one value.

mod added;
mod attribute;
mod binding;
mod budget;
mod digest;
mod error;
mod known;
mod options;
mod reader;
mod report;
mod sign;
mod signer_info;
mod time_stamp;
mod time_stamp_request;
mod verify;

pub use attribute::Attributes;
pub use binding::Binding;
pub use digest::{ContentDigester, ContentDigests};
pub use error::{SignError, SignatureFault, SignedDataError, TimeStampError};
pub use options::{AttributeOptions, SignedDataOptions, SignerOptions};
pub use reader::{SignedData, SignedDataReader, SignedEvent, read_signed_data};
pub use report::{SignerReport, VerifyPolicy};
pub use sign::{SignStep, SignedDataWriter, Signing, default_algorithm};
pub use signer_info::{Algorithm, SignerIdentifier, SignerInfo};
pub use time_stamp::{TimeStamp, TstInfo};
pub use time_stamp_request::{TimeStampRequest, TimeStampResponseError};
