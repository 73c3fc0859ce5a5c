//! The words of `chancery cms sign` and `verify`: those of `openssl cms` where it has them.

use std::path::PathBuf;

use chancery_path::Purpose;
use chancery_x509::{DigestAlgorithm, ObjectIdentifier};
use clap::Args;

use crate::streams::Form;

#[derive(Debug, Args)]
pub struct CmsSign {
    /// What to sign [default: standard input]
    #[arg(long = "in", value_name = "FILE")]
    pub input: Option<PathBuf>,
    /// Where the signed message goes [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// How the message is written
    #[arg(long, value_enum, ignore_case = true, default_value = "DER")]
    pub outform: Form,
    /// Put the content into the message; without, the signature is detached
    #[arg(long)]
    pub nodetach: bool,
    /// Write lengths as the content comes (BER), even where its size is known
    #[arg(long)]
    pub stream: bool,
    /// Sign the octets as they are, which is always done
    #[arg(long)]
    pub binary: bool,
    #[command(flatten)]
    pub how: SignWords,
}

/// Who signs and how; the same for CMS and S/MIME.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches of a command, as in openssl"
)]
pub struct SignWords {
    /// Certificate of a signer, PEM or DER; further ones in the file are enclosed (repeatable)
    #[arg(long, value_name = "FILE", required = true)]
    pub signer: Vec<PathBuf>,
    /// Its private key, or the URI of one that is in a token, pkcs11:…; one for each --signer in the same order [default:
    /// the file of the certificate]
    #[arg(long, value_name = "FILE|URI")]
    pub inkey: Vec<PathBuf>,
    /// File whose first line is the PIN of the token that holds a key
    #[arg(long, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
    /// File whose first line is the password of an encrypted private key [default: asked for]
    #[arg(long, alias = "key-password-file", value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Certificates to enclose beside the signers' (repeatable)
    #[arg(long, value_name = "FILE")]
    pub certfile: Vec<PathBuf>,
    /// Enclose no certificates
    #[arg(long)]
    pub nocerts: bool,
    /// Sign the content alone, without attributes: anybody may claim another time, certificate or algorithm
    #[arg(long, conflicts_with_all = ["cades", "commitment"])]
    pub noattr: bool,
    /// Do not say which ciphers the signer reads
    #[arg(long)]
    pub nosmimecap: bool,
    /// Name signers by their keys' identifiers instead of issuer and serial number
    #[arg(long)]
    pub keyid: bool,
    /// Make a CAdES-BES signature, which is always done unless --noattr is given
    #[arg(long)]
    pub cades: bool,
    /// Digest: sha256, sha384 or sha512 [default: sha256; with larger curves theirs]
    #[arg(long, value_name = "DIGEST", value_parser = digest)]
    pub md: Option<DigestAlgorithm>,
    #[arg(
        long,
        value_name = "NAME:VALUE",
        help = "How RSA keys sign: rsa_padding_mode:pkcs1|pss (repeatable) [default: pkcs1]"
    )]
    pub keyopt: Vec<String>,
    /// What signing means: origin, receipt, delivery, sender, approval, creation, or an object identifier (repeatable)
    #[arg(long, value_name = "MEANING", value_parser = commitment)]
    pub commitment: Vec<ObjectIdentifier>,
    /// Have each signature stamped by the time-stamping authority at this address, http or https (CAdES-T)
    #[arg(long, value_name = "URL", conflicts_with = "noattr")]
    pub tsa: Option<String>,
    /// Ask an authority in a private network too
    #[arg(long, requires = "tsa")]
    pub fetch_private: bool,
}

#[derive(Debug, Args)]
pub struct CmsVerify {
    /// The signed message [default: standard input]
    #[arg(long = "in", value_name = "FILE")]
    pub input: Option<PathBuf>,
    /// How the message is written [default: found out]
    #[arg(long, value_enum, ignore_case = true)]
    pub inform: Option<Form>,
    /// The content, where it is detached
    #[arg(long, value_name = "FILE")]
    pub content: Option<PathBuf>,
    /// Where the content goes once the message is valid; - for standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub how: VerifyWords,
}

/// What is asked of signatures; the same for CMS and S/MIME.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches of a command, as in openssl"
)]
pub struct VerifyWords {
    /// Certificates of trust anchors (repeatable)
    #[arg(long = "CAfile", visible_alias = "anchor", value_name = "FILE")]
    pub ca_file: Vec<PathBuf>,
    /// Certificates that may be missing in the message (repeatable)
    #[arg(long, visible_alias = "intermediate", value_name = "FILE")]
    pub certfile: Vec<PathBuf>,
    /// Revocation lists beside those in the message (repeatable)
    #[arg(long, visible_alias = "CRLfile", value_name = "FILE")]
    pub crl: Vec<PathBuf>,
    /// OCSP responses beside those in the message (repeatable)
    #[arg(long, value_name = "FILE")]
    pub ocsp: Vec<PathBuf>,
    /// Time of validation, as 2026-11-20T12:00:00Z [default: now]
    #[arg(long, value_name = "RFC3339")]
    pub at: Option<jiff::Timestamp>,
    /// What the signers' certificates must be for
    #[arg(long, default_value_t = Purpose::SmimeSign, value_name = "PURPOSE")]
    pub purpose: Purpose,
    /// Do not look at revocation
    #[arg(long)]
    pub no_revocation: bool,
    /// Do not ask whom the certificates belong to: signatures alone are verified
    #[arg(long)]
    pub noverify: bool,
    /// Accept certificates that break rules for those who make them, such as missing key identifiers
    #[arg(long)]
    pub lenient: bool,
    /// Require that each signature names its certificate (CAdES-BES)
    #[arg(long)]
    pub cades: bool,
    /// Accept SHA-1, for archives of old messages
    #[arg(long)]
    pub allow_sha1: bool,
    /// Print findings as JSON, one object
    #[arg(long)]
    pub json: bool,
}

fn digest(name: &str) -> Result<DigestAlgorithm, String> {
    match name.to_ascii_lowercase().replace('-', "").as_str() {
        "sha256" => Ok(DigestAlgorithm::Sha256),
        "sha384" => Ok(DigestAlgorithm::Sha384),
        "sha512" => Ok(DigestAlgorithm::Sha512),
        _ => Err("new signatures take sha256, sha384 or sha512".to_owned()),
    }
}

fn commitment(name: &str) -> Result<ObjectIdentifier, String> {
    use chancery_cms::oid;
    Ok(match name {
        "origin" => oid::PROOF_OF_ORIGIN,
        "receipt" => oid::PROOF_OF_RECEIPT,
        "delivery" => oid::PROOF_OF_DELIVERY,
        "sender" => oid::PROOF_OF_SENDER,
        "approval" => oid::PROOF_OF_APPROVAL,
        "creation" => oid::PROOF_OF_CREATION,
        dotted => dotted.parse().map_err(|_| {
            "origin, receipt, delivery, sender, approval, creation, or an object identifier"
                .to_owned()
        })?,
    })
}
