//! PKCS#12 files (RFC 7292): private keys, their certificates and chains, under a password.
//!
//! **Reading** ([`open`], [`Opening`]) takes BER and DER; PBES1 with RC2, RC4 and triple DES; PBES2 with AES, triple DES and RC2, keys by
//! PBKDF2 or scrypt; integrity by HMAC with the derivation of RFC 7292 appendix B, by PBMAC1 (RFC 9579), or none; parts in the clear; any
//! number of keys and certificates, put together by their public keys. Passwords are tried as the standards encode them, then as
//! programs that deviate do. Integrity by a signature and privacy by a public key are told as unsupported. [`Limits`] bound what a
//! file may ask for.
//!
//! **Writing** ([`write()`], [`Writer`]) knows three forms: [`Profile`]. A key that stands alone is written by [`KeyWriter`].
//!
//! Nothing here derives keys: [`Opening`] and [`Writer`] say what they need in [`Step`]s and go on with the result, so that software and a
//! browser's asynchronous cryptography share one path. Ciphers and HMAC come through [`chancery_x509::Crypto`].
#![warn(missing_docs)]

mod attempt;
mod budget;
mod error;
mod issuers;
mod kdf;
mod mac;
mod need;
mod oid;
mod opened;
mod password;
mod private_key;
mod profile;
mod reader;
mod scheme;
mod writer;

pub use budget::Limits;
pub use error::{Feature, Lookalike, OpenError, Place, Unsupported};
pub use issuers::Issuers;
pub use kdf::derive_pkcs12;
pub use mac::MacScheme;
pub use need::{Derivation, Kdf, Need, PrimitiveError, Primitives, Purpose, Step};
pub use opened::{
    CertificateEntry, KeyEntry, NoIdentity, Opened, OpenedIdentity, Skipped, SkippedKind,
};
pub use password::{Password, PasswordError};
pub use private_key::public_key;
pub use profile::{LEGACY_ROUNDS, ParseProfileError, Profile, ROUNDS};
pub use reader::{KeyOpening, Opening, PrivateKeyInfo, open, open_key};
pub use scheme::Scheme;
pub use writer::{Contents, Identity, KeyWriter, WriteError, Writer, write, write_key};
