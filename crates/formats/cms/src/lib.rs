//! Cryptographic Message Syntax (RFC 5652): signed, encrypted, compressed, and certificates on their way; content of any size.
//!
//! A degenerate `SignedData` without signers carries a certificate with its chain: `.p7b` and `.p7c` files, `application/pkcs7-mime;
//! smime-type=certs-only` (RFC 5652 section 5.2, RFC 8551 section 3.8). Read is BER and DER; what is made here is DER.
#![warn(missing_docs)]

mod certificates;
pub mod compressed;
pub mod enveloped;
pub mod oid;
pub mod signed;
pub mod smime;
pub mod stream;

pub use certificates::{
    CertificatesError, certificates_only, certificates_only_pem, read_certificates,
};
