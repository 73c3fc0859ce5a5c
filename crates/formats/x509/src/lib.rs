//! X.509 structures: names, certificates, certification requests, revocation lists, OCSP, PEM, and a view of each for people.
//!
//! Nothing here reads a file, a clock or a random source: times are seconds since 1970-01-01T00:00:00Z given as `i64`, serial
//! numbers and nonces arrive as values, and cryptography comes through [`Crypto`]. What arrives from outside is read as strict DER:
//! sizes are bounded, trailing data and duplicate extensions are refused.
#![warn(missing_docs)]

pub mod asn1;

mod algorithm;
mod certificate;
pub mod crl;
pub mod crypto;
mod error;
pub mod extension;
pub mod hex;
pub mod name;
pub mod ocsp;
pub mod oid;
pub mod pem;
mod public_key;
pub mod request;
mod revocation;
mod serial;
pub mod time;
pub mod view;

pub use algorithm::{DigestAlgorithm, PssParameters, SignatureAlgorithm};
pub use certificate::{Certificate, MAX_CERTIFICATE, TbsCertificate};
pub use const_oid::ObjectIdentifier;
pub use crl::{CertificateList, RevokedCertificate, TbsCertList};
pub use crypto::{Crypto, KeyNeed, KeyTransport, VerifyError};
pub use error::{EncodeError, ParseError};
pub use extension::Extension;
pub use name::{Attribute, AttributeKind, Name, NameError};
pub use public_key::{EcCurve, PublicKeyInfo, PublicKeyKind, RsaPublicKey};
pub use request::{CertificationRequest, RequestError};
pub use revocation::RevocationReason;
pub use serial::{SerialNumber, SerialNumberError};
