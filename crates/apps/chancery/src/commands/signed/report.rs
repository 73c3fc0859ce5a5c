//! What was found, in words and as JSON.

use chancery_cms::signed::{
    Algorithm, Binding, SignatureFault, SignerReport, TimeStamp, TimeStampError,
};
use chancery_cms::smime::address::{OriginatorField, Originators};
use chancery_keys::AwsLc;
use chancery_path::{Finding, Purpose, Report};
use chancery_x509::{Certificate, DigestAlgorithm, VerifyError, hex, time};
use serde::Serialize;

use crate::{cli::VerifyWords, commands, failure::Failure, terminal};

/// What was found about a signed message. Fields are only ever added.
#[derive(Debug, Serialize)]
pub struct Findings {
    /// Object identifier of the content's type.
    pub content_type: String,
    /// Octets of content, where it is at hand.
    pub octets: Option<u64>,
    /// Whether the content came apart from the signatures.
    pub detached: bool,
    /// How many certificates in the message cannot be read.
    pub unreadable_certificates: usize,
    /// Each signer by itself.
    pub signers: Vec<SignerFinding>,
}

/// What was found about one signer.
#[derive(Debug, Serialize)]
pub struct SignerFinding {
    /// Whether signature and path are valid.
    pub valid: bool,
    /// What is wrong, in single words: `bad-signature`, `untrusted`, `revoked`, `revocation-unknown`, `expired` and so on.
    pub findings: Vec<String>,
    /// How the signer names its certificate.
    pub identifier: String,
    /// The certificate.
    pub certificate: Option<CertificateFinding>,
    /// The signature by itself.
    pub signature: SignatureFinding,
    /// When the signer says it was signed, RFC 3339.
    pub claimed_at: Option<String>,
    /// Whether the message's sender is the one the certificate is made out to; none where it names no sender.
    pub sender_matches: Option<bool>,
    /// The addresses that the message says it is from.
    pub senders: Vec<String>,
    /// The header field that names an address of the certificate's, From or Sender; none where none does.
    pub sender_field: Option<&'static str>,
    /// What signing means, by object identifier.
    pub commitments: Vec<String>,
    /// The path; none where it was not asked for or there is no certificate.
    pub path: Option<Report>,
    /// Time-stamps of the signature.
    pub time_stamps: Vec<StampFinding>,
    /// Signatures over the signature.
    pub counter_signatures: Vec<SignerFinding>,
    #[serde(skip)]
    purpose: Purpose,
}

/// A signer's certificate.
#[derive(Debug, Serialize)]
pub struct CertificateFinding {
    subject: String,
    issuer: String,
    serial: String,
    sha256: String,
    emails: Vec<String>,
}

/// A signature by itself.
#[derive(Debug, Serialize)]
pub struct SignatureFinding {
    /// Whether nothing is wrong with it.
    pub right: bool,
    /// All that is wrong with it.
    pub faults: Vec<String>,
    algorithm: String,
    digest: String,
    /// Whether attributes are signed too: without, time and certificate are anybody's claim.
    covers_attributes: bool,
    /// Whether it names its certificate: `signing-certificate-v2`, `signing-certificate` or none.
    binding: Option<&'static str>,
    /// Whether its algorithms are signed (RFC 6211).
    algorithms_protected: bool,
}

/// A time-stamp.
#[derive(Debug, Serialize)]
pub struct StampFinding {
    valid: bool,
    at: Option<String>,
    policy: Option<String>,
    fault: Option<String>,
    authority: Option<Box<SignerFinding>>,
}

/// `2026-11-20T05:33:53Z`.
fn rfc3339(seconds: i64) -> String {
    time::display(seconds)
        .replacen(' ', "T", 1)
        .replace(" UTC", "Z")
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

const fn word(fault: &SignatureFault) -> &'static str {
    match fault {
        SignatureFault::NoCertificate => "no-certificate",
        SignatureFault::Content => "content-altered",
        SignatureFault::ContentMissing => "content-missing",
        SignatureFault::UnsupportedDigest { .. }
        | SignatureFault::UnsupportedSignature { .. }
        | SignatureFault::Signature(VerifyError::UnsupportedAlgorithm(_)) => "unsupported",
        SignatureFault::WeakDigest { .. } => "weak-digest",
        SignatureFault::Budget { .. }
        | SignatureFault::TooDeep { .. }
        | SignatureFault::TooManyCounterSignatures { .. } => "budget",
        _ => "bad-signature",
    }
}

fn algorithm<T: Copy + ToString>(algorithm: Algorithm<T>) -> String {
    match algorithm {
        Algorithm::Known(known) => known.to_string(),
        Algorithm::Unknown(oid) => oid.to_string(),
    }
}

impl SignerFinding {
    /// The signature alone; see [`SignerFinding::path`].
    pub fn new(report: &SignerReport, purpose: Purpose) -> Self {
        let mut findings: Vec<String> = Vec::new();
        for fault in &report.faults {
            let word = word(fault).to_owned();
            if !findings.contains(&word) {
                findings.push(word);
            }
        }
        let certificate = report.certificate.as_ref();
        Self {
            valid: report.is_right(),
            findings,
            identifier: report.identifier.describe(),
            certificate: certificate.map(|certificate| CertificateFinding {
                subject: certificate.subject().one_line(),
                issuer: certificate.issuer().one_line(),
                serial: certificate.serial().to_hex(),
                sha256: hex::encode(
                    &certificate.fingerprint(DigestAlgorithm::Sha256, &AwsLc),
                    "",
                ),
                emails: certificate.emails(),
            }),
            signature: SignatureFinding {
                right: report.is_right(),
                faults: report.faults.iter().map(|fault| chain(fault)).collect(),
                algorithm: algorithm(report.algorithm),
                digest: algorithm(report.digest),
                covers_attributes: report.has_attributes,
                binding: match report.binding {
                    Binding::Absent => None,
                    Binding::SigningCertificate => Some("signing-certificate"),
                    Binding::SigningCertificateV2(_) => Some("signing-certificate-v2"),
                },
                algorithms_protected: report.algorithms_protected,
            },
            claimed_at: report.claimed_at.map(rfc3339),
            sender_matches: None,
            senders: Vec::new(),
            sender_field: None,
            commitments: report.commitments.iter().map(ToString::to_string).collect(),
            path: None,
            time_stamps: Vec::new(),
            counter_signatures: Vec::new(),
            purpose,
        }
    }

    /// Something more that is wrong with the signature.
    pub fn fault(&mut self, fault: &str) {
        self.valid = false;
        self.signature.right = false;
        self.signature.faults.push(fault.to_owned());
        self.findings.push("bad-signature".to_owned());
    }

    /// Adds what was found about the path.
    pub fn path(&mut self, report: Report) {
        self.valid &= report.valid;
        if let Some(finding) = report.finding {
            // A wrong signature of a certificate says that the certificate is nobody's, not that the message's is wrong.
            let word = match finding {
                Finding::BadSignature => Finding::Untrusted.name(),
                other => other.name(),
            };
            self.findings.push(word.to_owned());
        }
        self.path = Some(report);
    }

    /// Compares who the message is from with the certificate (RFC 8550 section 3).
    pub fn sender(&mut self, certificate: &Certificate, originators: &Originators) {
        let field = originators.named_in(certificate);
        self.sender_matches = Some(field.is_some());
        self.sender_field = field.map(OriginatorField::name);
        self.senders = originators.addresses().to_vec();
        if field.is_none() {
            self.valid = false;
            self.findings.push("sender-differs".to_owned());
        }
    }

    /// Whom the message says it is from.
    fn said(&self) -> String {
        if self.senders.is_empty() {
            "nobody whose address can be read".to_owned()
        } else {
            self.senders.join(", ")
        }
    }

    /// The addresses that the certificate is made out to.
    fn made_out_to(&self) -> String {
        self.certificate
            .as_ref()
            .map(|one| one.emails.join(", "))
            .filter(|emails| !emails.is_empty())
            .unwrap_or_else(|| "no address".to_owned())
    }

    fn lines(&self, indent: &str, out: &mut Vec<String>) {
        let mut say = |text: String| out.push(format!("{indent}{text}"));
        say(match &self.certificate {
            Some(certificate) => format!(
                "signed by {} (serial {}, issued by {})",
                certificate.subject, certificate.serial, certificate.issuer
            ),
            None => format!(
                "signed by somebody whose certificate is not at hand: {}",
                self.identifier
            ),
        });
        if let Some(at) = &self.claimed_at {
            say(format!("  when:      {at}, as the signer says"));
        }
        let covered = if self.signature.covers_attributes {
            "content and attributes"
        } else {
            "the content alone, no attributes"
        };
        say(format!(
            "  signature: {}: {}, {covered}",
            if self.signature.right { "right" } else { "BAD" },
            self.signature.algorithm
        ));
        for fault in &self.signature.faults {
            say(format!("             {fault}"));
        }
        match &self.path {
            None => say("  path:      not looked at".to_owned()),
            Some(path) if path.valid => say(format!(
                "  path:      valid for {} at {}, trusted by {}",
                self.purpose,
                rfc3339(path.at),
                path.anchor.as_deref().unwrap_or_default()
            )),
            Some(path) => {
                for failure in &path.failures {
                    let place = failure
                        .certificate
                        .as_ref()
                        .map_or_else(String::new, |place| format!("{place}: "));
                    say(format!(
                        "  path:      INVALID: {place}{} ({})",
                        failure.message, failure.clause
                    ));
                }
            }
        }
        match (self.sender_matches, self.sender_field) {
            (None, _) => {}
            (Some(true), Some("Sender")) => say(format!(
                "  sender:    {}, by the field Sender; it says it is FROM {}",
                self.made_out_to(),
                self.said()
            )),
            (Some(true), _) => say(format!("  sender:    {}", self.said())),
            (Some(false), _) => say(format!(
                "  sender:    DIFFERS: the message says it is from {}, the certificate is made out to {}",
                self.said(),
                self.made_out_to()
            )),
        }
        for stamp in &self.time_stamps {
            match (&stamp.at, &stamp.fault) {
                (Some(at), _) => out.push(format!("{indent}  stamped:   {at}")),
                (None, Some(fault)) => out.push(format!("{indent}  stamped:   INVALID: {fault}")),
                (None, None) => {}
            }
            if let Some(authority) = &stamp.authority {
                authority.lines(&format!("{indent}    "), out);
            }
        }
        for counter in &self.counter_signatures {
            out.push(format!("{indent}  counter-signature:"));
            counter.lines(&format!("{indent}    "), out);
        }
    }
}

impl StampFinding {
    /// One that cannot be read, or is for something else.
    pub fn unreadable(error: &TimeStampError) -> Self {
        Self {
            valid: false,
            at: None,
            policy: None,
            fault: Some(chain(error)),
            authority: None,
        }
    }

    /// One that was read.
    pub fn new(stamp: &TimeStamp, authority: SignerFinding) -> Self {
        Self {
            valid: authority.valid,
            at: Some(rfc3339(stamp.info.generated_at)),
            policy: Some(stamp.info.policy.to_string()),
            fault: None,
            authority: Some(Box::new(authority)),
        }
    }
}

impl Findings {
    /// Whether somebody signed, and all who did signed validly.
    pub fn is_valid(&self) -> bool {
        !self.signers.is_empty() && self.signers.iter().all(|signer| signer.valid)
    }

    /// In words.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.signers.is_empty() {
            lines.push("nobody signed this".to_owned());
        }
        for signer in &self.signers {
            signer.lines("", &mut lines);
        }
        if self.unreadable_certificates > 0 {
            lines.push(format!(
                "{} of the certificates in the message cannot be read",
                self.unreadable_certificates
            ));
        }
        lines
    }

    /// As one JSON object.
    pub fn to_json(&self) -> Result<serde_json::Value, Failure> {
        let mut value = serde_json::to_value(self)
            .map_err(|error| Failure::because("no JSON was made", &error))?;
        if let Some(object) = value.as_object_mut() {
            object.insert("valid".to_owned(), self.is_valid().into());
        }
        Ok(value)
    }

    /// Prints them; on standard error where standard output is the content's.
    pub fn print(&self, words: &VerifyWords, is_output_taken: bool) -> Result<(), Failure> {
        let text = if words.json {
            commands::json(&self.to_json()?)?
        } else {
            self.lines()
                .iter()
                .map(|line| terminal::line(line))
                .collect::<Vec<_>>()
                .join("\n")
        };
        if is_output_taken {
            commands::note(&text);
            Ok(())
        } else {
            commands::print(&text)
        }
    }

    /// Refuses what is not validly signed by all who signed it.
    pub fn refuse(&self) -> Result<(), Failure> {
        if self.is_valid() {
            return Ok(());
        }
        if self.signers.is_empty() {
            return Err(Failure::new("the message is not signed by anybody"));
        }
        let mut words: Vec<&str> = Vec::new();
        for signer in &self.signers {
            for finding in &signer.findings {
                if !words.contains(&finding.as_str()) {
                    words.push(finding);
                }
            }
        }
        Err(Failure::new(format!(
            "the message is not validly signed: {}",
            words.join(", ")
        )))
    }
}
