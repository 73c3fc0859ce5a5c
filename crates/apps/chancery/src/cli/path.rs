//! The words of `chancery path`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use chancery_path::Purpose;

#[derive(Debug, Subcommand)]
pub enum PathCommand {
    /// Validate a certificate's path to a trust anchor, with revocation
    #[command(
        long_about = "Validate a certificate's path to a trust anchor, with revocation (RFC 5280 section 6, RFC 6960).\n\nFiles are PEM or DER, single or bundles. Paths are built over all intermediates given, cross-certificates included. What is wrong is told with the certificate and the clause; with --json as one object, whose fields are only ever added to: valid, at, purpose, finding, failures [{finding, message, clause, certificate {index, subject, serial}}], path [{index, subject, issuer, serial, sha256, checks [{check, message, clause}]}], anchor, policies, any_policy, notes. Certificates are counted from the one in question, which is 0.\n\nFindings: revoked, expired, not-yet-valid, revocation-unknown, identity, purpose, policy, name-constraints, critical-extension, not-an-authority, malformed, algorithm, bad-signature, untrusted, budget.",
        after_help = "Examples:\n  \
            chancery path validate --anchor root.pem --intermediate issuing.pem --crl root.crl --crl issuing.crl jana.pem\n  \
            chancery path validate --anchor root.pem --purpose smime-sign --email jana@example.com --ocsp jana.ors jana.pem\n  \
            chancery path validate --anchor root.pem --fetch jana.pem\n  \
            chancery path validate --anchor root.pem --at 2026-11-20T12:00:00Z --no-revocation --json chain.pem\n\n\
            Exit codes: 0 valid, 1 invalid (reason and clause on standard error), 2 usage."
    )]
    Validate(Box<PathValidate>),
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command")]
pub struct PathValidate {
    /// Certificates of trust anchors (repeatable)
    #[arg(long, value_name = "FILE")]
    pub anchor: Vec<PathBuf>,
    /// Certificates of the authorities between, and of those who sign lists (repeatable)
    #[arg(long, value_name = "FILE")]
    pub intermediate: Vec<PathBuf>,
    /// Revocation lists, complete or delta (repeatable)
    #[arg(long, value_name = "FILE")]
    pub crl: Vec<PathBuf>,
    /// OCSP responses (repeatable)
    #[arg(long, value_name = "FILE")]
    pub ocsp: Vec<PathBuf>,
    /// Time of validation, as 2026-11-20T12:00:00Z [default: now]
    #[arg(long, value_name = "RFC3339")]
    pub at: Option<jiff::Timestamp>,
    /// What it is to be used for: smime-sign, smime-encrypt, document-sign, client, server, timestamp, ocsp-signing or any
    #[arg(long, default_value_t = Purpose::Any, value_name = "PURPOSE")]
    pub purpose: Purpose,
    /// Certificate policy that must be valid for the path, where one is required (repeatable) [default: any]
    #[arg(long, value_name = "OID")]
    pub policy: Vec<chancery_x509::ObjectIdentifier>,
    /// Require a valid certificate policy
    #[arg(long)]
    pub explicit_policy: bool,
    /// Do not follow policy mappings
    #[arg(long)]
    pub inhibit_mapping: bool,
    /// Do not count anyPolicy as a match for other policies
    #[arg(long)]
    pub inhibit_any_policy: bool,
    /// Do not look at revocation
    #[arg(long)]
    pub no_revocation: bool,
    /// Fetch what is missing from where the certificates say: issuers, lists, OCSP responses
    #[arg(long)]
    pub fetch: bool,
    /// Fetch from private networks too
    #[arg(long, requires = "fetch")]
    pub fetch_private: bool,
    /// E-mail address that it must be made out to
    #[arg(long, value_name = "ADDRESS", conflicts_with = "host")]
    pub email: Option<String>,
    /// Host that it must be made out to, by name or IP address
    #[arg(long, value_name = "NAME")]
    pub host: Option<String>,
    /// Accept certificates that break rules for those who make them, such as missing key identifiers
    #[arg(long)]
    pub lenient: bool,
    /// Accept SHA-1 in signatures: for archives, whose certificates are as old
    #[arg(long)]
    pub allow_sha1: bool,
    /// Fewest bits of an RSA key
    #[arg(long, value_name = "BITS", default_value_t = 2048, value_parser = clap::value_parser!(u32).range(1024..=16384))]
    pub least_rsa_bits: u32,
    /// As JSON, one object
    #[arg(long)]
    pub json: bool,
    /// The certificate; further ones in the file are taken as intermediates; - for standard input
    #[arg(value_name = "LEAF")]
    pub leaf: PathBuf,
}
