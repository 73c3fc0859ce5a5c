//! The certification authority: ceremony, issuance, revocation, lists, OCSP, search. Sole user of issuing keys.
//!
//! Issuance is prepare, lint, sign, commit: what is signed was linted octet for octet, and nobody receives a
//! certificate before it is durable together with its search index, its audit entry and whatever the caller
//! wants committed with it. Revocation commits first, then signs the list anew and forgets the OCSP answers
//! of before, and only then returns.

#![warn(missing_docs)]

mod authority;
mod ca;
mod ceremony;
mod context;
mod crl;
mod ending;
mod internal_tls;
mod issue;
mod maintain;
mod mint;
mod ocsp;
mod record;
mod responder;
mod revoke;
mod schema;
mod search;
mod serial;
#[cfg(feature = "testing")]
pub mod testing;

pub use authority::{AuthorityView, Purpose, UnknownPurpose};
pub use ca::{Ca, OpenCaError};
pub use ceremony::{
    AuthorityPlan, CeremonyError, CeremonyPlan, CeremonyRecord, MadeAuthority, ceremony,
    ceremony_records,
};
pub use context::CaConfig;
pub use crl::{CrlError, CrlFile};
pub use ending::EndsAt;
pub use internal_tls::{InternalTls, InternalTlsError};
pub use issue::{Also, AlsoError, Evidence, IssueError, IssueRequest, Issued, Preview, no_more};
pub use maintain::{MaintainError, Maintained};
pub use mint::MintError;
pub use ocsp::{Cacheable, OcspAnswer};
pub use record::{CertificateKey, CertificateRecord, CertificateState, issuer_text};
pub use responder::ResponderError;
pub use revoke::{RevokeError, SUBSCRIBER_REASONS};
pub use schema::MIGRATIONS;
pub use search::{LAST_PAGE, MOST_PER_PAGE, Page, Search, StateFilter};
pub use serial::SerialError;
