//! The result of validation.

use std::fmt;
use std::sync::Arc;

use chancery_x509::{Crypto, SignatureAlgorithm, time};
use thiserror::Error;

use crate::anchor::TrustAnchor;
use crate::certificate::PathCertificate;
use crate::failure::{Failure, Finding};
use crate::fetch::Fetch;
use crate::path::Checked;
use crate::policy::ValidPolicies;
use crate::purpose::Purpose;
use crate::revocation::Evidence;
use crate::settings::Settings;
use crate::store::Store;
use crate::work::{Goal, Work};

/// A path that was validated: nothing else makes one.
#[derive(Clone, Debug)]
pub struct ValidatedPath {
    certificates: Vec<PathCertificate>,
    anchor: Arc<TrustAnchor>,
    at: i64,
    purpose: Purpose,
    policies: Option<ValidPolicies>,
    checks: Vec<Check>,
}

/// Why no path is valid.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", Self::first(.failures))]
pub struct InvalidPath {
    failures: Vec<Failure>,
}

/// One check that a path passed.
#[derive(Clone, Debug)]
pub struct Check {
    /// The certificate, counted from the end entity, which is 0.
    pub certificate: usize,
    /// Which check.
    pub kind: CheckKind,
}

/// A check, with what was found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum CheckKind {
    /// The issuer's key verifies the signature.
    Signature {
        /// The algorithm.
        algorithm: SignatureAlgorithm,
    },
    /// All extensions that count can be read, and no critical one is unknown.
    Extensions,
    /// The rules of the profile are kept.
    Profile,
    /// The time of validation lies within these seconds since 1970.
    Validity {
        /// First second.
        not_before: i64,
        /// Last second.
        not_after: i64,
    },
    /// All names lie within what the authorities above may certify.
    Names {
        /// How many authorities constrain names.
        constraints: usize,
    },
    /// It is an authority's certificate.
    Authority {
        /// How many authorities may follow below.
        path_length_left: u64,
    },
    /// It is not revoked, or that need not be asked.
    Revocation(Evidence),
    /// It may be used for the purpose.
    Purpose(Purpose),
    /// It is made out to the address or host asked for.
    Identity,
}

impl CheckKind {
    /// A stable name, `signature` and so on.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Signature { .. } => "signature",
            Self::Extensions => "extensions",
            Self::Profile => "profile",
            Self::Validity { .. } => "validity",
            Self::Names { .. } => "name-constraints",
            Self::Authority { .. } => "authority",
            Self::Revocation(_) => "revocation",
            Self::Purpose(_) => "purpose",
            Self::Identity => "identity",
        }
    }

    /// The standard and clause.
    #[must_use]
    pub const fn clause(&self) -> &'static str {
        match self {
            Self::Signature { .. } => "RFC 5280 section 6.1.3 (a)(1)",
            Self::Extensions => "RFC 5280 section 4.2",
            Self::Profile => "RFC 5280 section 4",
            Self::Validity { .. } => "RFC 5280 section 6.1.3 (a)(2)",
            Self::Names { .. } => "RFC 5280 section 6.1.3 (b) and (c)",
            Self::Authority { .. } => "RFC 5280 section 6.1.4 (k) to (n)",
            Self::Revocation(_) => "RFC 5280 section 6.1.3 (a)(3)",
            Self::Purpose(_) => "RFC 5280 section 4.2.1.12",
            Self::Identity => "RFC 5280 section 4.2.1.6",
        }
    }
}

impl fmt::Display for CheckKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signature { algorithm } => write!(f, "signed with {algorithm}"),
            Self::Extensions => f.write_str("extensions are readable, no critical one is unknown"),
            Self::Profile => f.write_str("made as the profile asks"),
            Self::Validity {
                not_before,
                not_after,
            } => write!(
                f,
                "valid from {} to {}",
                time::display(*not_before),
                time::display(*not_after)
            ),
            Self::Names { constraints } => {
                write!(f, "names lie within the constraints of {constraints} above")
            }
            Self::Authority { path_length_left } => {
                write!(f, "an authority's, {path_length_left} may follow below")
            }
            Self::Revocation(evidence) => evidence.fmt(f),
            Self::Purpose(Purpose::Any) => f.write_str("no purpose was asked for"),
            Self::Purpose(purpose) => write!(f, "may be used for {purpose}"),
            Self::Identity => f.write_str("made out to the name asked for"),
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List { list, delta } => {
                let newest = delta.as_ref().unwrap_or(list).list();
                let made = time::display(newest.this_update());
                let kind = if delta.is_some() {
                    " with its delta"
                } else {
                    ""
                };
                write!(
                    f,
                    "not revoked by the list of {}{kind} of {made}",
                    list.list().issuer().one_line()
                )
            }
            Self::Ocsp { this_update, .. } => {
                write!(
                    f,
                    "good by the OCSP response of {}",
                    time::display(*this_update)
                )
            }
            Self::NoCheck => f.write_str("not asked about: a responder's (id-pkix-ocsp-nocheck)"),
            Self::NotAvailable => f.write_str("not asked about: its issuer says noRevAvail"),
            Self::Off => f.write_str("revocation was not looked at"),
        }
    }
}

impl ValidatedPath {
    /// The certificates, the end entity first; the trust anchor is not among them.
    #[must_use]
    pub fn certificates(&self) -> &[PathCertificate] {
        &self.certificates
    }

    /// The trust anchor.
    #[must_use]
    pub fn anchor(&self) -> &TrustAnchor {
        &self.anchor
    }

    /// The time of validation, seconds since 1970.
    #[must_use]
    pub fn at(&self) -> i64 {
        self.at
    }

    /// The purpose that it is valid for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The certificate policies that it is valid for; none where no policy holds and none was required.
    #[must_use]
    pub fn policies(&self) -> Option<&ValidPolicies> {
        self.policies.as_ref()
    }

    /// Every check that was made, from the trust anchor down.
    #[must_use]
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }
}

impl InvalidPath {
    /// What says most, and then whatever else is wrong with the same path.
    #[must_use]
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// The kind of the first failure.
    #[must_use]
    pub fn finding(&self) -> Finding {
        self.failures
            .first()
            .map_or(Finding::Untrusted, Failure::finding)
    }

    fn first(failures: &[Failure]) -> String {
        failures
            .first()
            .map_or_else(String::new, ToString::to_string)
    }

    pub(crate) fn new(failures: Vec<Failure>) -> Self {
        Self { failures }
    }
}

/// Validates the path of a certificate with what is in the store, and fetches nothing.
pub fn validate(
    leaf: &PathCertificate,
    store: &Store,
    settings: &Settings,
    crypto: &dyn Crypto,
) -> Result<ValidatedPath, InvalidPath> {
    attempt(leaf, store, settings, crypto).0
}

/// As [`validate`], with what could be fetched to come further.
pub(crate) fn attempt(
    leaf: &PathCertificate,
    store: &Store,
    settings: &Settings,
    crypto: &dyn Crypto,
) -> (Result<ValidatedPath, InvalidPath>, Vec<Fetch>) {
    let work = Work::new(store, settings, crypto);
    let result = work.build(leaf, &Goal::end_entity(settings));
    let result = match result {
        Ok(checked) => Ok(ValidatedPath::new(checked, settings)),
        Err(failures) => Err(InvalidPath::new(failures)),
    };
    (result, work.into_wanted())
}

impl ValidatedPath {
    fn new(checked: Checked<'_>, settings: &Settings) -> Self {
        Self {
            certificates: checked.certificates,
            anchor: Arc::clone(checked.anchor),
            at: settings.at,
            purpose: settings.purpose,
            policies: checked.policies,
            checks: checked.checks,
        }
    }
}
