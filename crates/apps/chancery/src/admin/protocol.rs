//! What goes over the admin socket: one JSON object a line, one request and one answer a connection.

use serde::{Deserialize, Serialize};

/// More than the largest act: a request file of a certificate.
pub const MAX_LINE: u64 = 1 << 20;

/// An operator's act.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// Invite somebody to work here.
    UserAdd { role: String, email: String },
    /// Change what an account may do.
    UserChange { email: String, change: UserChange },
    /// Issue a certificate.
    CertIssue(CertIssue),
    /// Revoke a certificate.
    CertRevoke { serial: String, reason: String },
}

/// What is done to somebody's account.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UserChange {
    /// Shut out.
    Disable,
    /// Let in again.
    Enable,
    /// The second factor is taken away.
    ResetTotp,
}

/// What `chancery cert issue` asks for.
#[derive(Debug, Serialize, Deserialize)]
pub struct CertIssue {
    pub profile: String,
    pub emails: Vec<String>,
    pub dns_names: Vec<String>,
    pub subject: Option<String>,
    pub days: Option<u32>,
    /// The request's file, PEM or DER.
    pub request: Vec<u8>,
    pub evidence: Option<String>,
}

/// The request of one connection: who acts is the user at the other end of the socket.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// Name that the user goes by; the server puts the user that the system knows beside it.
    pub user: String,
    pub act: Act,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// Done; what to print on standard output.
    Done { output: String },
    /// Refused.
    Refused {
        message: String,
        hint: Option<String>,
    },
}
