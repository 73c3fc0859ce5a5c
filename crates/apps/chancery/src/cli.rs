//! The words of the command line.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

mod envelope;
mod signed;

pub use envelope::{CmsDecrypt, CmsEncrypt, DecryptWords, EncryptWords};
pub use p12::{P12Command, P12Create, P12Extract, P12Show};
pub use signed::{CmsSign, CmsVerify, SignWords, VerifyWords};
pub use smime::{ComposeWords, SmimeCommand, SmimeDecrypt, SmimeEncrypt, SmimeSign, SmimeVerify};

const EXIT_CODES: &str =
    "Exit codes: 0 done, 1 refused (cause and hint on standard error), 2 usage.";

const VERIFY: &str = "Verify a signed message: who signed, when, what is covered, and whether the path is valid\n\n\
Each signer is looked at alone, and signature, path and time apart. The message is valid if somebody signed it and every signature and path is \
valid; only then the content gets its name.\n\n\
Findings: bad-signature, content-altered, content-missing, no-certificate, unsupported, weak-digest, sender-differs; of the path untrusted, \
revoked, revocation-unknown, expired, not-yet-valid, purpose and those that `chancery path validate --help` lists.";

/// Joins the examples of a command and the exit codes, which each command's help ends with.
macro_rules! examples {
    ($($line:literal),+ $(,)?) => {
        concat!("Examples:\n", $("  ", $line, "\n",)+ "\nExit codes: 0 done, 1 refused (cause and hint on standard error), 2 usage.")
    };
}

mod bench;
mod p12;
mod path;
mod smime;

pub use bench::{Bench, BenchCommand, BenchP12};
pub use path::{PathCommand, PathValidate};

/// Certificates for a community, from the application to the last OCSP answer.
#[derive(Debug, Parser)]
#[command(name = "chancery", version, after_help = EXIT_CODES, arg_required_else_help = true, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an environment: its root, its issuing authorities and its configuration
    #[command(after_help = examples!(
        "chancery init --data /var/lib/chancery --config chancery.toml --passphrase-file /run/secrets/chancery",
        "chancery init --data ./try",
        "chancery init --data D --keys \"pkcs11:token=chancery?module-path=/usr/lib/softhsm/libsofthsm2.so\" --pin-file pin"
    ))]
    Init(Init),
    /// Serve the portal, OCSP, CRLs and issuer certificates
    #[command(after_help = examples!(
        "chancery serve --sandbox",
        "chancery serve --data /var/lib/chancery --listen 0.0.0.0:80 --listen-tls 0.0.0.0:443"
    ))]
    Serve(Serve),
    /// People who work here
    #[command(subcommand)]
    User(UserCommand),
    /// Issue, show and revoke certificates
    #[command(subcommand)]
    Cert(CertCommand),
    /// Show a certificate revocation list
    #[command(subcommand)]
    Crl(CrlCommand),
    /// Make and show certificate requests
    #[command(subcommand)]
    Csr(CsrCommand),
    /// Show, make and unpack PKCS#12 files
    #[command(subcommand)]
    P12(P12Command),
    /// Encrypted and signed messages (CMS, PKCS#7)
    #[command(subcommand)]
    Cms(CmsCommand),
    /// Validate certification paths
    #[command(subcommand)]
    Path(PathCommand),
    /// Measure what this machine gives
    #[command(subcommand)]
    Bench(BenchCommand),
    /// Signed and encrypted mail messages (S/MIME)
    #[command(subcommand)]
    Smime(SmimeCommand),
}

#[derive(Debug, Subcommand)]
pub enum CmsCommand {
    /// Sign a file; the signature stays apart unless --nodetach is given
    #[command(after_help = examples!(
        "chancery cms sign --in report.pdf --signer jana.pem --inkey jana.key --out report.p7s",
        "chancery cms sign --in report.pdf --nodetach --signer jana.pem --inkey jana.key --certfile chain.pem --out report.p7m"
    ))]
    Sign(Box<CmsSign>),
    /// Verify a signed message: who signed, when, what is covered, and whether the path is valid
    #[command(
        long_about = VERIFY,
        after_help = examples!(
            "chancery cms verify --in report.p7s --content report.pdf --CAfile root.pem --crl issuing.crl",
            "chancery cms verify --in report.p7m --CAfile root.pem --no-revocation --out report.pdf --json"
        )
    )]
    Verify(Box<CmsVerify>),
    /// Encrypt a file for the holders of certificates
    #[command(after_help = examples!(
        "chancery cms encrypt --in report.pdf --out report.p7m jana.pem eva.pem",
        "chancery cms encrypt --in report.pdf --out report.p7m --aes256 --recip jana.pem --keyopt rsa_padding_mode:oaep"
    ))]
    Encrypt(CmsEncrypt),
    /// Decrypt a message; its content gets a name only once all of it is right
    #[command(after_help = examples!(
        "chancery cms decrypt --in report.p7m --inkey jana.key --out report.pdf",
        "chancery cms decrypt --in report.p7m --inkey jana.key --recip jana.pem --authenticated-only --out report.pdf"
    ))]
    Decrypt(CmsDecrypt),
}

/// Where an environment lives.
#[derive(Debug, Args)]
pub struct DataDir {
    /// The environment's directory
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// File whose first line is the passphrase of its keys [default: DIR/passphrase]
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// File whose first line is the PIN of the token that holds its authorities' keys [default: from chancery.toml]
    #[arg(long, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Init {
    #[command(flatten)]
    pub dir: DataDir,
    /// Configuration to start from [default: a commented one with good defaults]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Token in which the authorities' keys are made, such as "pkcs11:token=LABEL?module-path=FILE" [default: they are
    /// sealed in DIR/keys]
    #[arg(long, value_name = "URI")]
    pub keys: Option<String>,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// The environment's directory [default with --sandbox: a folder in your home]
    #[arg(long, value_name = "DIR", required_unless_present = "sandbox")]
    pub data: Option<PathBuf>,
    /// File whose first line is the passphrase of its keys [default: DIR/passphrase]
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// File whose first line is the PIN of the token that holds its authorities' keys [default: from chancery.toml]
    #[arg(long, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
    /// Serve an environment for trying out, made if it is not there: demonstration people, mail that stays here
    #[arg(long)]
    pub sandbox: bool,
    /// Where plain HTTP is served; off loopback only OCSP, CRLs and issuers [default: from chancery.toml]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Where HTTPS is served [default: from chancery.toml]
    #[arg(long, value_name = "ADDRESS")]
    pub listen_tls: Option<SocketAddr>,
    /// Where HTTPS asks for client certificates, for log-in [default: from chancery.toml, or nowhere with --listen-tls]
    #[arg(long, value_name = "ADDRESS")]
    pub listen_certificates: Option<SocketAddr>,
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Invite an officer or operator: prints a link that works once
    #[command(after_help = examples!(
        "chancery user add --data /var/lib/chancery --role ra-officer --email eva@example.com"
    ))]
    Add(UserAdd),
    /// Shut somebody out: their sessions end at once, and they cannot log in
    #[command(after_help = examples!("chancery user disable --data D --email eva@example.com"))]
    Disable(UserNamed),
    /// Let somebody in again who was shut out
    #[command(after_help = examples!("chancery user enable --data D --email eva@example.com"))]
    Enable(UserNamed),
    /// Take a lost second factor away; the next log-in sets up another
    #[command(after_help = examples!("chancery user reset-totp --data D --email eva@example.com"))]
    ResetTotp(UserNamed),
}

#[derive(Debug, Args)]
pub struct UserNamed {
    #[command(flatten)]
    pub dir: DataDir,
    /// Their e-mail address or registration number
    #[arg(long)]
    pub email: String,
}

#[derive(Debug, Args)]
pub struct UserAdd {
    #[command(flatten)]
    pub dir: DataDir,
    /// What they may do
    #[arg(long, value_parser = ["ra-officer", "ra-supervisor", "ca-operator", "auditor"])]
    pub role: String,
    /// Their e-mail address
    #[arg(long)]
    pub email: String,
}

#[derive(Debug, Subcommand)]
pub enum CertCommand {
    /// Issue a certificate for a request; an operator's act, recorded
    #[command(after_help = examples!(
        "chancery cert issue --data D --profile smime-mailbox-multipurpose --email a@b.example --csr a.csr --out a.pem"
    ))]
    Issue(CertIssue),
    /// Show a certificate in words
    #[command(after_help = examples!("chancery cert show a.pem", "chancery cert show --json a.cer"))]
    Show(Show),
    /// Revoke a certificate; CRL and OCSP tell of it at once
    #[command(after_help = examples!(
        "chancery cert revoke --data D --serial 4a0c…9f --reason keyCompromise"
    ))]
    Revoke(CertRevoke),
}

#[derive(Debug, Args)]
pub struct CertIssue {
    #[command(flatten)]
    pub dir: DataDir,
    /// Certificate profile
    #[arg(long)]
    pub profile: String,
    /// E-mail address of the certificate (repeatable)
    #[arg(long, value_name = "ADDRESS")]
    pub email: Vec<String>,
    /// DNS name of the certificate, for servers (repeatable)
    #[arg(long, value_name = "NAME")]
    pub dns: Vec<String>,
    /// Subject, such as "O=Example Ltd,C=CZ,organizationIdentifier=NTRCZ-12345678"
    #[arg(long, value_name = "NAME")]
    pub subject: Option<String>,
    /// Days of validity [default: the profile's]
    #[arg(long)]
    pub days: Option<u32>,
    /// Certificate request, PEM or DER
    #[arg(long, value_name = "FILE")]
    pub csr: PathBuf,
    /// Why the data are true: goes into the record
    #[arg(long, value_name = "TEXT")]
    pub evidence: Option<String>,
    /// Where the certificate and its chain go, as PEM [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct CertRevoke {
    #[command(flatten)]
    pub dir: DataDir,
    /// Serial number, hexadecimal
    #[arg(long, value_name = "HEX")]
    pub serial: String,
    /// unspecified, keyCompromise, affiliationChanged, superseded, cessationOfOperation or privilegeWithdrawn
    #[arg(long)]
    pub reason: String,
}

/// A file to show.
#[derive(Debug, Args)]
pub struct Show {
    /// PEM or DER; - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// As JSON, one object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum CrlCommand {
    /// Show a revocation list in words
    #[command(after_help = examples!("chancery crl show smime.crl", "chancery crl show --json smime.crl"))]
    Show(Show),
}

#[derive(Debug, Subcommand)]
pub enum CsrCommand {
    /// Make a key and a request for it
    #[command(after_help = examples!(
        "chancery csr new --subject \"CN=Jana Nová\" --email jana@example.com --key ec:p256 --key-out jana.key --out jana.csr",
        "chancery csr new --subject \"CN=Jana Nová\" --key \"pkcs11:token=card;id=%01?module-name=opensc-pkcs11\" --pin-file pin --out jana.csr"
    ))]
    New(CsrNew),
    /// Show a request in words
    #[command(after_help = examples!("chancery csr show jana.csr", "chancery csr show --json jana.csr"))]
    Show(Show),
}

#[derive(Debug, Args)]
pub struct CsrNew {
    /// Subject, such as "CN=Jana Nová,O=Example Ltd,C=CZ"
    #[arg(long, value_name = "NAME")]
    pub subject: String,
    /// E-mail address (repeatable)
    #[arg(long, value_name = "ADDRESS")]
    pub email: Vec<String>,
    /// The key to make: rsa:2048, rsa:3072, rsa:4096, ec:p256, ec:p384, ec:p521 or ed25519; or the URI of one that is
    /// in a token, pkcs11:…
    #[arg(long, default_value = "rsa:2048", value_name = "ALGORITHM|URI")]
    pub key: String,
    /// Where a new key goes, as unencrypted PKCS#8 PEM readable by you alone
    #[arg(long, value_name = "FILE")]
    pub key_out: Option<PathBuf>,
    /// File whose first line is the PIN of the token that holds the key
    #[arg(long, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
    /// Where the request goes, as PEM
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_fit_together() {
        <super::Cli as clap::CommandFactory>::command().debug_assert();
    }
}
