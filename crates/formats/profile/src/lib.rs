//! Certificate profiles: TOML files that say what each kind of certificate contains, the step from verified data to
//! the bytes that will be signed, and the lints that those bytes must pass first.
//!
//! A certificate comes about in four steps, and each can only follow the one before:
//!
//! 1. [`Profile::from_toml`] reads a profile and refuses one that breaks the rules of its kind; [`Profiles`] checks
//!    that all of them fit together.
//! 2. [`Profile::prepare`] builds the to-be-signed certificate from verified [`SubjectData`] and a public key.
//! 3. [`lint()`] parses those very bytes and runs every lint on them; a clean run gives a [`Linted`].
//! 4. [`Linted::tbs_der`] is signed, [`Linted::finish`] turns it and the signature into the certificate. There is no
//!    other way to a certificate, and a [`Linted`] is spent by it.
//!
//! The crate does no I/O, reads no clock and makes no randomness.
#![warn(missing_docs)]

pub mod address;
mod attribute;
mod check;
pub mod country;
mod defaults;
mod error;
mod file;
mod key;
mod lint;
mod organization_identifier;
mod parse;
mod prepare;
mod profile;
mod set;
pub mod smime;
mod subject;
mod text;
pub mod usage;

pub use attribute::{Presence, SubjectAttribute};
pub use defaults::defaults;
pub use error::{Problem, ProfileError, SetError};
pub use file::{AccessEntry, AltNameKind, Curve};
pub use key::{KeyWeakness, check_strength};
pub use lint::{Finding, Lint, Linted, Scope, Severity, lint, lints};
pub use organization_identifier::{IdentifierError, OrganizationIdentifier, Scheme};
pub use prepare::{Issuer, PrepareError, Prepared, Wanted};
pub use profile::{ExtensionRules, KeyRules, Kind, Profile};
pub use set::Profiles;
pub use smime::{Generation, SmimeType};
pub use subject::SubjectData;
