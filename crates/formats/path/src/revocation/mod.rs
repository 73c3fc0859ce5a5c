//! Whether a certificate is revoked: lists (RFC 5280 section 6.3) and OCSP (RFC 6960).

mod crl;
mod list;
mod ocsp;
mod point;
mod reasons;

use std::sync::Arc;

use chancery_x509::ocsp::ResponseStatus;
use chancery_x509::{RevocationReason, oid, time};
use thiserror::Error;

use crate::certificate::PathCertificate;
use crate::failure::FailureKind;
use crate::fetch::Fetch;
use crate::settings::Revocation;
use crate::work::{Issuer, Work};

pub(crate) use list::Recency;
pub use list::{RevocationList, UnusableList};
pub use ocsp::OcspAnswer;

/// Why it cannot be said whether a certificate is revoked. In ascending order of how much a reason says.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Unknown {
    /// Nothing at hand speaks of the certificate.
    #[error("no revocation list and no OCSP response at hand covers it")]
    NoInformation,
    /// The issuer's list is for other certificates.
    #[error("the revocation list of {issuer} is for other certificates")]
    OutOfScope {
        /// Who issued the list.
        issuer: String,
    },
    /// The responder gave no answer.
    #[error("the OCSP responder answered {0:?}")]
    NoAnswer(ResponseStatus),
    /// The responder does not know the certificate.
    #[error("the OCSP responder does not know it")]
    UnknownToResponder,
    /// Only some reasons for revocation are covered.
    #[error("the revocation lists at hand cover only some of the reasons for revocation")]
    SomeReasonsOnly,
    /// The OCSP response is not signed by one who may.
    #[error(
        "the OCSP response is not signed by the issuer or by a responder that the issuer has named"
    )]
    UnauthorizedResponder,
    /// The list is not signed by one who may.
    #[error(
        "the revocation list of {issuer} is not signed by one who may sign it under the same trust anchor"
    )]
    UntrustedList {
        /// Who issued the list.
        issuer: String,
    },
    /// The list cannot be used.
    #[error("the revocation list of {issuer} cannot be used: {problem}")]
    UnusableList {
        /// Who issued the list.
        issuer: String,
        /// Why.
        problem: UnusableList,
    },
    /// The OCSP response is too old or from the future.
    #[error("the OCSP response is of {} and does not cover the time of validation", time::display(*this_update))]
    StaleResponse {
        /// When it was known to be so.
        this_update: i64,
    },
    /// The list is too old or from the future.
    #[error("the revocation list of {issuer} of {} does not cover the time of validation", time::display(*this_update))]
    StaleList {
        /// Who issued the list.
        issuer: String,
        /// When it was made.
        this_update: i64,
    },
}

impl Unknown {
    /// The standard and clause.
    #[must_use]
    pub const fn clause(&self) -> &'static str {
        match self {
            Self::NoInformation | Self::SomeReasonsOnly => "RFC 5280 section 6.3.3",
            Self::OutOfScope { .. } => "RFC 5280 section 6.3.3 (b)",
            Self::NoAnswer(_) => "RFC 6960 section 2.3",
            Self::UnknownToResponder => "RFC 6960 section 2.2",
            Self::UnauthorizedResponder => "RFC 6960 section 4.2.2.2",
            Self::UntrustedList { .. } => "RFC 5280 section 6.3.3 (f)",
            Self::UnusableList { problem, .. } => problem.clause(),
            Self::StaleResponse { .. } => "RFC 6960 section 3.2",
            Self::StaleList { .. } => "RFC 5280 section 6.3.3 (a)",
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::NoInformation => 0,
            Self::OutOfScope { .. } => 1,
            Self::NoAnswer(_) => 2,
            Self::UnknownToResponder => 3,
            Self::SomeReasonsOnly => 4,
            Self::UnauthorizedResponder => 5,
            Self::UntrustedList { .. } => 6,
            Self::UnusableList { .. } => 7,
            Self::StaleResponse { .. } => 8,
            Self::StaleList { .. } => 9,
        }
    }
}

/// What says that a certificate is not revoked.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Evidence {
    /// A revocation list, and the delta list that brought it up to date.
    List {
        /// The complete list.
        list: Arc<RevocationList>,
        /// The delta list.
        delta: Option<Arc<RevocationList>>,
    },
    /// An OCSP response.
    Ocsp {
        /// When it was known to be so.
        this_update: i64,
        /// When newer information comes at the latest.
        next_update: Option<i64>,
    },
    /// id-pkix-ocsp-nocheck: a responder's certificate that is not asked about (RFC 6960 section 4.2.2.2.1).
    NoCheck,
    /// noRevAvail: the issuer gives no such information (RFC 9608).
    NotAvailable,
    /// It was not looked at.
    Off,
}

/// The certificate whose status is asked for, with what its status rests on.
#[derive(Clone, Copy)]
pub(crate) struct Question<'q> {
    pub(crate) certificate: &'q PathCertificate,
    pub(crate) issuer: Issuer<'q>,
    /// Where the path begins: who signs lists must have a path from there too.
    pub(crate) anchor: Issuer<'q>,
    /// Whether the certificate is judged as an OCSP responder's.
    pub(crate) responder: bool,
    /// How many list issuers or responders further up the stack wait for the answer.
    pub(crate) depth: u8,
}

/// One source's word.
enum Status {
    Good(Evidence),
    Revoked {
        revoked_at: i64,
        reason: RevocationReason,
    },
}

impl Work<'_> {
    /// Step (a)(3) of section 6.1.3. Every source at hand is asked: one that says revoked decides.
    pub(crate) fn revocation(&self, question: Question<'_>) -> Result<Evidence, FailureKind> {
        if self.settings.revocation == Revocation::Off {
            return Ok(Evidence::Off);
        }
        let certificate = question.certificate;
        let extensions = certificate.extensions();
        // For a responder's certificate alone: any other that carries it is asked about, an authority's above all.
        if question.responder && extensions.no_check && !certificate.is_ca() {
            return Ok(Evidence::NoCheck);
        }
        // "The noRevAvail extension MUST NOT be in authorities' certificates": there it is read over.
        if extensions.no_revocation && !certificate.is_ca() {
            return Ok(Evidence::NotAvailable);
        }
        self.ask(question)
    }

    #[cfg(not(feature = "revocation"))]
    #[expect(
        clippy::unused_self,
        reason = "the same call with and without the feature"
    )]
    const fn ask(&self, _: Question<'_>) -> Result<Evidence, FailureKind> {
        Err(FailureKind::RevocationUnknown(Unknown::NoInformation))
    }

    #[cfg(feature = "revocation")]
    fn ask(&self, question: Question<'_>) -> Result<Evidence, FailureKind> {
        let certificate = question.certificate;
        let mut unknown = Unknown::NoInformation;
        let mut good = None;
        let ocsp = self.ocsp(question)?;
        let lists = self.lists(question)?;
        for status in [ocsp, lists] {
            match status {
                Ok(Status::Good(evidence)) => good = good.or(Some(evidence)),
                Ok(Status::Revoked { revoked_at, reason }) => {
                    return Err(FailureKind::Revoked { revoked_at, reason });
                }
                Err(why) if why.rank() >= unknown.rank() => unknown = why,
                Err(_) => {}
            }
        }
        good.ok_or_else(|| {
            self.want_status(certificate, question.issuer, &unknown);
            FailureKind::RevocationUnknown(unknown)
        })
    }

    /// Asks for what the certificate says where its status is found, for delta lists (section 4.2.1.15) where the list at hand is out of
    /// date.
    fn want_status(&self, certificate: &PathCertificate, issuer: Issuer<'_>, why: &Unknown) {
        let extensions = certificate.extensions();
        let mut responders = extensions.information.uris(oid::ACCESS_OCSP).peekable();
        let request = responders
            .peek()
            .map(|_| ocsp::request(certificate, issuer, self.crypto))
            .unwrap_or_default();
        let answers = responders.map(|url| Fetch::ocsp(url, request.clone()));
        let lists = extensions.distribution_points.uris().map(Fetch::list);
        let stale = matches!(why, Unknown::StaleList { .. });
        let deltas = extensions.freshest.uris().map(Fetch::list);
        let deltas = deltas.filter(|_| stale);
        self.want(
            certificate,
            Some(issuer),
            answers.chain(lists).chain(deltas),
        );
    }
}

/// Whether an answer of `this_update` to `next_update` covers the time of validation.
fn covers(this_update: i64, next_update: Option<i64>, at: i64, skew: i64) -> bool {
    let begun = this_update <= at.saturating_add(skew);
    begun && next_update.is_some_and(|end| at <= end)
}
