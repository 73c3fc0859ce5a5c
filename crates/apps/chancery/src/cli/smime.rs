//! The words of `chancery smime`: those of `openssl smime` and `openssl cms` where they have them.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{DecryptWords, EncryptWords, SignWords, VerifyWords};

#[derive(Debug, Subcommand)]
pub enum SmimeCommand {
    /// Sign a mail message; anybody can read it unless --nodetach is given
    #[command(after_help = examples!(
        "chancery smime sign --in letter.eml --signer jana.pem --inkey jana.key --certfile chain.pem --out signed.eml",
        "chancery smime sign --text --in letter.txt --from jana@example.com --to eva@example.com --subject Hello --signer jana.pem --inkey jana.key --out signed.eml"
    ))]
    Sign(Box<SmimeSign>),
    /// Verify a signed mail message, layer by layer
    #[command(
        long_about = "Verify a signed mail message, layer by layer\n\n\
            Each layer's signers are told as by `chancery cms verify`, and whether the message's sender is who the certificate is made out to \
            (sender-differs). Header fields protected inside are compared with those outside (RFC 9788). The content written with --out is \
            the innermost entity that is signed.",
        after_help = examples!(
            "chancery smime verify --in signed.eml --CAfile root.pem --crl issuing.crl",
            "chancery smime verify --in signed.eml --CAfile root.pem --no-revocation --out letter.eml --json"
        )
    )]
    Verify(Box<SmimeVerify>),
    /// Encrypt a mail message, signed before or not, for the holders of certificates
    #[command(after_help = examples!(
        "chancery smime encrypt --in signed.eml --out sealed.eml eva.pem",
        "chancery smime encrypt --in letter.eml --protect-headers --aes-256-gcm --out sealed.eml eva.pem"
    ))]
    Encrypt(Box<SmimeEncrypt>),
    /// Decrypt a mail message; what was inside gets a name only once all of it is right
    #[command(after_help = examples!(
        "chancery smime decrypt --in sealed.eml --inkey eva.key --recip eva.pem --out signed.eml"
    ))]
    Decrypt(Box<SmimeDecrypt>),
}

/// The message and where it goes; the same for signing and encrypting.
#[derive(Debug, Args)]
pub struct ComposeWords {
    /// The message: header fields, an empty line, the body [default: standard input]
    #[arg(long = "in", value_name = "FILE")]
    pub input: Option<PathBuf>,
    /// Where the result goes [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The input is plain text in UTF-8, without header fields
    #[arg(long)]
    pub text: bool,
    /// Puts in a From field
    #[arg(long, value_name = "ADDRESS")]
    pub from: Option<String>,
    /// Puts in a To field
    #[arg(long, value_name = "ADDRESS")]
    pub to: Option<String>,
    /// Puts in a Subject field
    #[arg(long, value_name = "TEXT")]
    pub subject: Option<String>,
    /// Copy the header fields inside, where they are signed or encrypted with the body (RFC 9788); encrypting hides the subject
    #[arg(long)]
    pub protect_headers: bool,
}

#[derive(Debug, Args)]
pub struct SmimeSign {
    #[command(flatten)]
    pub compose: ComposeWords,
    /// Put the content into the signature: only readers with S/MIME can show it, but no mail server alters it
    #[arg(long)]
    pub nodetach: bool,
    #[command(flatten)]
    pub how: SignWords,
}

#[derive(Debug, Args)]
pub struct SmimeVerify {
    /// The message [default: standard input]
    #[arg(long = "in", value_name = "FILE")]
    pub input: Option<PathBuf>,
    /// Where the signed entity goes once the message is valid; - for standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Do not compare the message's sender with the certificate
    #[arg(long)]
    pub any_sender: bool,
    #[command(flatten)]
    pub how: VerifyWords,
}

#[derive(Debug, Args)]
pub struct SmimeEncrypt {
    #[command(flatten)]
    pub compose: ComposeWords,
    #[command(flatten)]
    pub how: EncryptWords,
}

#[derive(Debug, Args)]
pub struct SmimeDecrypt {
    /// The message [default: standard input]
    #[arg(long = "in", value_name = "FILE")]
    pub input: Option<PathBuf>,
    /// Where the content goes once all of it is right [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub with: DecryptWords,
}
