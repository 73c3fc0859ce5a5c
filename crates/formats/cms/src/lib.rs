//! Cryptographic Message Syntax (RFC 5652): signed, encrypted, compressed, and certificates on their way; content of any size.
//!
//! A degenerate `SignedData` without signers carries a certificate with its chain: `.p7b` and `.p7c` files, `application/pkcs7-mime;
//! smime-type=certs-only` (RFC 5652 section 5.2, RFC 8551 section 3.8). Read is BER and DER. What is made here is DER where all lengths are known
//! beforehand; streamed and compressed content is in BER with indefinite lengths outside, its inner parts in DER.
#![warn(missing_docs)]

mod attribute;
mod certificates;
pub mod compressed;
pub mod enveloped;
pub mod oid;
mod serial;
pub mod signed;
pub mod smime;
pub mod stream;

pub use attribute::Attribute;
pub use certificates::{
    CertificatesError, certificates_only, certificates_only_pem, read_certificates,
};
