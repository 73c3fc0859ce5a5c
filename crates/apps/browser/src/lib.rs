//! The `formats` crates as one WebAssembly module, for the store of certificates that a browser keeps.
//!
//! The module has no clock, no network and no storage, and it holds no key longer than one operation takes: the worker around it
//! (`web/src/store`) keeps what is kept, asks `WebCrypto` for whatever a key or a password has to do, and talks to the module in
//! [`message`]s. An operation that needs something of outside says so in a [`Step`](step::Step) and goes on with the answer, so
//! that nothing here ever waits.
//!
//! | request | what it does |
//! |---|---|
//! | `open` | opens a PKCS#12 file of any kind that `chancery-pkcs12` reads |
//! | `write` | writes one: `stored`, `modern` or `legacy` |
//! | `writeKey`, `readKey` | a private key that stands alone |
//! | `certificate`, `certificates` | shows a certificate, or those of a PEM or PKCS#7 file |
//! | `request` | makes a certification request |
//! | `placeholder` | makes the certificate that a key has until its own is there |
//! | `sign` | makes a CMS signature (CAdES-BES) over content that comes in pieces |
//! | `signMail` | signs a text as a message for mail programs |
//! | `unpack` | finds the CMS structure in a file: DER, PEM, base64, or a message |
//! | `verify` | verifies a signed structure and validates the paths of its signers |
//! | `compressed` | takes the octets out of a compressed structure; the browser inflates them |
//! | `decrypt` | decrypts a CMS message that comes in pieces |
//! | `unwrap` | the one private operation that `WebCrypto` lacks: RSAES-PKCS1-v1_5 |
//! | `token` | what is signed to log in (Web eID 1.0) |
#![warn(missing_docs)]

#[cfg(target_arch = "wasm32")]
mod abi;
mod asked;
mod certificate;
mod compressed;
mod decrypt;
mod key;
mod key_file;
pub mod message;
pub mod module;
mod open;
mod operation;
mod password;
mod provider;
mod refusal;
mod request;
mod sign;
mod sign_mail;
pub mod step;
mod token;
mod unpack;
mod unwrap;
mod verify;
mod write;

pub use module::Module;
pub use refusal::Refusal;
