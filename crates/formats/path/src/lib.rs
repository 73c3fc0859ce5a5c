//! Path validation (RFC 5280 section 6), with revocation by lists and OCSP.
//!
//! [`validate`] takes a certificate and a [`Store`] of trust anchors, intermediate certificates, lists and responses, builds paths over
//! cross-certificates and loops within a budget, and gives a [`ValidatedPath`], which nothing else makes, or an [`InvalidPath`]: the most
//! specific reason, with the certificate and the clause. [`Validation`] does the same and says what to fetch where something is missing.
//!
//! Departures from RFC 5280: policies follow the graph of RFC 9618 instead of the tree; trust anchors given as certificates limit the
//! path (RFC 5937) and end with their validity; an issuer's extKeyUsage limits what it may issue; key identifiers and the criticality of
//! extensions count ([`Conformance::Profile`]). Each can be turned off in [`Settings`].
#![warn(missing_docs)]
#![cfg_attr(
    not(feature = "revocation"),
    allow(dead_code, reason = "what only revocation uses")
)]

mod anchor;
mod budget;
mod build;
mod certificate;
mod constraint;
mod deviation;
mod failure;
mod fetch;
mod identity;
mod loose;
mod name;
mod path;
mod policy;
mod purpose;
mod report;
mod revocation;
mod settings;
mod store;
mod validated;
mod validation;
mod work;

pub use anchor::TrustAnchor;
pub use certificate::PathCertificate;
pub use deviation::Deviation;
pub use failure::{Failure, FailureKind, Finding, Place};
pub use fetch::{Fetch, FetchKind};
pub use identity::{Identity, IdentityError};
pub use name::NameKey;
pub use policy::ValidPolicies;
pub use purpose::{Purpose, UnknownPurpose};
pub use report::{CertificateReport, CheckReport, FailureReport, Report};
pub use revocation::{Evidence, OcspAnswer, RevocationList, Unknown, UnusableList};
pub use settings::{AlgorithmPolicy, Conformance, Limits, PolicyInputs, Revocation, Settings};
pub use store::Store;
pub use validated::{Check, CheckKind, InvalidPath, ValidatedPath, validate};
pub use validation::{MAX_FETCHES, Step, Validation};
