//! Lints: every rule that a certificate must keep is one file here, with the clause on top, and runs on one parsed view
//! of the exact bytes that will be signed.
//!
//! Pre-issuance linting is mandatory (S/MIME BR 4.3.1.2). A lint says nothing of bytes that are absent or cannot be
//! read where another lint says so already; the lints on syntax see to it that nothing unread gets through.

mod authority;
mod device;
mod key;
mod responder;
mod rfc5280;
mod server;
mod smime;
mod view;

use std::fmt;

use chancery_x509::{Certificate, Crypto, ParseError, SignatureAlgorithm};

use crate::Kind;
use crate::prepare::{Context, Prepared};
use crate::usage::EMAIL_PROTECTION;
use view::View;

/// One rule.
#[derive(Clone, Copy)]
pub struct Lint {
    /// Its name, for findings and logs.
    pub name: &'static str,
    /// Where the rule is written.
    pub clause: &'static str,
    /// What a finding means.
    pub severity: Severity,
    /// Which certificates it looks at.
    pub scope: Scope,
    /// The rule in one sentence.
    pub rule: &'static str,
    check: fn(&View<'_>, &mut Found),
}

/// What a finding means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A recommendation is not followed; the certificate can be signed.
    Warning,
    /// A rule is broken; the certificate cannot be signed.
    Error,
}

/// Which certificates a lint looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All.
    All,
    /// Roots and issuing authorities.
    Authorities,
    /// Roots.
    Roots,
    /// Issuing authorities.
    IssuingAuthorities,
    /// Issuing authorities for S/MIME.
    SmimeAuthorities,
    /// All but authorities.
    EndEntities,
    /// S/MIME certificates of subscribers.
    Smime,
    /// OCSP responders.
    Responders,
    /// TLS servers.
    Servers,
    /// People's devices.
    Devices,
}

/// What a lint found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the lint.
    pub lint: &'static str,
    /// Where the rule is written.
    pub clause: &'static str,
    /// What it means.
    pub severity: Severity,
    /// What exactly is wrong.
    pub message: String,
}

/// A certificate that passed the lints and may be signed, once: the proof that nothing but a clean run can make.
#[derive(Debug)]
pub struct Linted {
    tbs_der: Vec<u8>,
    signature: SignatureAlgorithm,
    warnings: Vec<Finding>,
}

/// What a lint's check has to say.
#[derive(Debug, Default)]
pub(crate) struct Found(Vec<String>);

impl Found {
    /// The rule is broken, and how.
    pub(crate) fn say(&mut self, message: impl Into<String>) {
        self.0.push(message.into());
    }
}

/// Runs every lint that looks at this kind of certificate. An error in any of them is a refusal, and all findings
/// come back; warnings alone do not refuse and stay with the token.
pub fn lint(prepared: Prepared, crypto: &dyn Crypto) -> Result<Linted, Vec<Finding>> {
    let findings = findings(&prepared.tbs_der, &prepared.context, crypto);
    if findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
    {
        return Err(findings);
    }
    Ok(Linted {
        tbs_der: prepared.tbs_der,
        signature: prepared.signature,
        warnings: findings,
    })
}

fn findings(tbs_der: &[u8], context: &Context, crypto: &dyn Crypto) -> Vec<Finding> {
    let view = match View::read(tbs_der, context, crypto) {
        Ok(view) => view,
        // Nothing can be said of what cannot be read.
        Err(error) => {
            return vec![Finding {
                lint: "readable",
                clause: "RFC 5280 section 4.1",
                severity: Severity::Error,
                message: error.to_string(),
            }];
        }
    };
    lints()
        .filter(|lint| lint.scope.covers(context))
        .flat_map(|lint| {
            let mut found = Found::default();
            (lint.check)(&view, &mut found);
            found.0.into_iter().map(move |message| Finding {
                lint: lint.name,
                clause: lint.clause,
                severity: lint.severity,
                message,
            })
        })
        .collect()
}

/// Every lint, in the order in which they run.
pub fn lints() -> impl Iterator<Item = &'static Lint> {
    rfc5280::LINTS
        .iter()
        .chain(key::LINTS)
        .chain(authority::LINTS)
        .chain(responder::LINTS)
        .chain(server::LINTS)
        .chain(device::LINTS)
        .chain(smime::LINTS)
        .copied()
}

impl Scope {
    pub(crate) fn covers(self, context: &Context) -> bool {
        let profile = &context.profile;
        let kind = profile.kind;
        match self {
            Self::All => true,
            Self::Authorities => kind.is_authority(),
            Self::Roots => kind == Kind::Root,
            Self::IssuingAuthorities => kind == Kind::Issuing,
            Self::SmimeAuthorities => {
                kind == Kind::Issuing && profile.extensions.purposes.contains(&EMAIL_PROTECTION)
            }
            Self::EndEntities => !kind.is_authority(),
            Self::Smime => matches!(kind, Kind::Smime { .. }),
            Self::Responders => kind == Kind::OcspResponder,
            Self::Servers => kind == Kind::TlsServer,
            Self::Devices => kind == Kind::Device,
        }
    }

    /// The scope in words, for the reference.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Authorities => "authorities",
            Self::Roots => "roots",
            Self::IssuingAuthorities => "issuing authorities",
            Self::SmimeAuthorities => "issuing authorities for S/MIME",
            Self::EndEntities => "all but authorities",
            Self::Smime => "S/MIME",
            Self::Responders => "OCSP responders",
            Self::Servers => "TLS servers",
            Self::Devices => "devices",
        }
    }
}

impl Linted {
    /// The bytes to sign, DER of `TBSCertificate`: exactly those that were linted.
    #[must_use]
    pub fn tbs_der(&self) -> &[u8] {
        &self.tbs_der
    }

    /// The algorithm that they name, with which they must be signed.
    #[must_use]
    pub const fn signature_algorithm(&self) -> SignatureAlgorithm {
        self.signature
    }

    /// Recommendations that the certificate does not follow.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }

    /// Spends the token: the certificate with this signature, which the caller has just made.
    pub fn finish(self, signature: &[u8]) -> Result<Certificate, ParseError> {
        Certificate::assemble(&self.tbs_der, self.signature, signature)
    }
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}: {} ({})",
            self.severity.name(),
            self.lint,
            self.message,
            self.clause
        )
    }
}

impl fmt::Debug for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lint")
            .field("name", &self.name)
            .field("clause", &self.clause)
            .finish_non_exhaustive()
    }
}
