//! The certification request, checked while it is typed: "Correct", or what is wrong and where (H6).

use chancery_ca::IssueError;
use chancery_keys::AwsLc;
use chancery_profile::{KeyWeakness, PrepareError};
use chancery_register::Principal;
use chancery_store::{Id, Timestamp};
use chancery_x509::{CertificationRequest, EcCurve, PublicKeyKind, RequestError};

use super::{ActivateError, Ready, subject};
use crate::{Ra, activation::issue::validity};

/// What a request is found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CsrCheck {
    /// It can be used.
    Correct {
        /// The kind of its key, as `RSA 2048` or `EC P-256`.
        key: String,
        /// Bits of its key.
        bits: Option<u32>,
        /// The subject asked for, which the verified data replace; may be empty.
        subject: String,
        /// The addresses asked for, which the verified mailbox replaces.
        emails: Vec<String>,
    },
    /// It cannot.
    Wrong(CsrProblem),
}

/// What is wrong with a request: an id for the locale, its values, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsrProblem {
    /// One of [`RequestError::IDS`] or [`CsrProblem::IDS`].
    pub id: &'static str,
    /// The values of the locale text, by name.
    pub args: Vec<(&'static str, String)>,
    /// The line to look at, from 1.
    pub line: Option<usize>,
}

impl CsrProblem {
    /// The ids that this crate adds to [`RequestError::IDS`].
    pub const IDS: [&str; 11] = [
        "key-size",
        "odd-key-size",
        "curve",
        "key-kind",
        "weak-exponent",
        "weak-factor",
        "weak-roca",
        "weak-point",
        "key-of-another",
        "key-compromised",
        "key-of-former",
    ];

    fn new(id: &'static str, args: Vec<(&'static str, String)>) -> Self {
        Self {
            id,
            args,
            line: None,
        }
    }
}

impl From<&RequestError> for CsrProblem {
    fn from(error: &RequestError) -> Self {
        Self {
            id: error.id(),
            args: error.args(),
            line: error.line(),
        }
    }
}

/// Reads a request and verifies that its sender has the key (RFC 2986 section 3).
pub(super) fn read(text: &str) -> Result<CertificationRequest, CsrProblem> {
    let request = CertificationRequest::from_pem_or_der(text.as_bytes())
        .map_err(|error| CsrProblem::from(&error))?;
    request
        .verify(&AwsLc)
        .map_err(|error| CsrProblem::from(&error))?;
    Ok(request)
}

/// [`read`] for an order: the successor of a certificate brings a new key, unless its product lets it keep the former one.
pub(super) fn read_for(ready: &Ready<'_>, text: &str) -> Result<CertificationRequest, CsrProblem> {
    let request = read(text)?;
    let is_former = ready.former.as_ref().is_some_and(|former| {
        former.certificate.public_key().as_der() == request.public_key().as_der()
    });
    if is_former && !ready.order.product.same_key {
        return Err(CsrProblem::new("key-of-former", Vec::new()));
    }
    Ok(request)
}

/// What the authority holds against the request, as opposed to the subject or to itself.
pub(super) fn objection(error: &IssueError) -> Option<CsrProblem> {
    let problem = match error {
        IssueError::Refused(PrepareError::KeySize {
            bits,
            minimum,
            maximum,
        }) => CsrProblem::new(
            "key-size",
            vec![
                ("bits", bits.to_string()),
                ("minimum", minimum.to_string()),
                ("maximum", maximum.to_string()),
            ],
        ),
        IssueError::Refused(PrepareError::OddModulusSize { bits }) => {
            CsrProblem::new("odd-key-size", vec![("bits", bits.to_string())])
        }
        IssueError::Refused(PrepareError::Curve { found }) => {
            CsrProblem::new("curve", vec![("curve", found.to_string())])
        }
        IssueError::Refused(PrepareError::KeyKind { found }) => {
            CsrProblem::new("key-kind", vec![("key", found.to_string())])
        }
        IssueError::Refused(PrepareError::WeakKey(weakness)) => match weakness {
            KeyWeakness::Exponent => CsrProblem::new("weak-exponent", Vec::new()),
            KeyWeakness::SmallFactor { factor } => {
                CsrProblem::new("weak-factor", vec![("factor", factor.to_string())])
            }
            KeyWeakness::Roca => CsrProblem::new("weak-roca", Vec::new()),
            _ => CsrProblem::new("weak-point", Vec::new()),
        },
        IssueError::KeyOfAnother => CsrProblem::new("key-of-another", Vec::new()),
        IssueError::KeyCompromised => CsrProblem::new("key-compromised", Vec::new()),
        _ => return None,
    };
    Some(problem)
}

/// What the authority's refusal means to the applicant.
pub(super) fn refusal(error: IssueError) -> ActivateError {
    if let Some(problem) = objection(&error) {
        return ActivateError::Csr(problem);
    }
    match error {
        IssueError::Busy | IssueError::Unavailable => ActivateError::Busy,
        IssueError::Superseded => ActivateError::Stale,
        other => ActivateError::Refused(Box::new(other)),
    }
}

const fn bits(kind: PublicKeyKind) -> Option<u32> {
    match kind {
        PublicKeyKind::Rsa { bits, .. } => Some(bits),
        PublicKeyKind::Ec {
            curve: EcCurve::P256,
        }
        | PublicKeyKind::Ed25519 => Some(256),
        PublicKeyKind::Ec {
            curve: EcCurve::P384,
        } => Some(384),
        PublicKeyKind::Ec {
            curve: EcCurve::P521,
        } => Some(521),
        _ => None,
    }
}

impl Ra {
    /// Checks a request for an order that can be activated; changes nothing
    /// ([`chancery_register::Permission::EditOwnOrders`]).
    pub async fn check_csr(
        &self,
        principal: &Principal,
        order: Id,
        csr: &str,
        now: Timestamp,
    ) -> Result<CsrCheck, ActivateError> {
        let ready = self.ready(principal, order, now).await?;
        let request = match read_for(&ready, csr) {
            Ok(request) => request,
            Err(problem) => return Ok(CsrCheck::Wrong(problem)),
        };
        let product = &ready.order.product;
        let checked = self
            .ca
            .check(
                &product.profile,
                &subject::usual(ready.profile, &ready.verified),
                &request,
                validity(product),
                Some(principal.person.id()),
                now,
            )
            .await;
        match checked.map_err(refusal) {
            Ok(_) => {
                let kind = request.public_key().kind();
                Ok(CsrCheck::Correct {
                    key: kind.to_string(),
                    bits: bits(kind),
                    subject: request.subject().one_line(),
                    emails: request.requested_emails(),
                })
            }
            Err(ActivateError::Csr(problem)) => Ok(CsrCheck::Wrong(problem)),
            Err(error) => Err(error),
        }
    }
}
