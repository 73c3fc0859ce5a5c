//! The words of `chancery p12`.

use std::path::PathBuf;

use chancery_pkcs12::Profile;
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum P12Command {
    /// Show what is in a PKCS#12 file and how it is protected; keys stay hidden
    #[command(after_help = examples!(
        "chancery p12 show jana.p12",
        "chancery p12 show --json --password-file pw jana.p12"
    ))]
    Show(P12Show),
    /// Put certificates, their chain and their keys into one file for mail clients
    #[command(after_help = examples!(
        "chancery p12 create --cert jana.pem --key jana.key --chain chain.pem --password-file pw --out jana.p12",
        "chancery p12 create --cert jana.pem --key jana.key --format legacy --out jana.pfx"
    ))]
    Create(P12Create),
    /// Take keys and certificates out of a PKCS#12 file, each into a PEM file readable by you alone
    #[command(after_help = examples!(
        "chancery p12 extract jana.p12 --password-file pw --out-dir jana"
    ))]
    Extract(P12Extract),
}

#[derive(Debug, Args)]
pub struct P12Show {
    /// The PKCS#12 file; - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// File whose first line is the file's password, empty for an empty one [default: ask on the terminal]
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// As JSON, one object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct P12Create {
    /// A certificate, PEM or DER; further certificates in it are taken as its chain (repeatable, with one --key each)
    #[arg(long, value_name = "FILE", required = true)]
    pub cert: Vec<PathBuf>,
    /// Its key: PKCS#8, PKCS#1 or SEC 1, PEM or DER, PKCS#8 encrypted or not (repeatable)
    #[arg(long, value_name = "FILE", required = true)]
    pub key: Vec<PathBuf>,
    /// The authorities above, PEM, DER or PKCS#7
    #[arg(long, value_name = "FILE")]
    pub chain: Option<PathBuf>,
    /// modern: AES-256, for programs since 2018. legacy: triple DES, for older Windows and gpgsm.
    /// stored: modern with PBMAC1, for programs since 2024
    #[arg(long, value_parser = ["modern", "legacy", "stored"], default_value = Profile::Modern.name())]
    pub format: String,
    /// The name under which programs list key and certificate [default: the certificate's common name]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// File whose first line is the password of the new file [default: ask on the terminal]
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// File whose first line is the password of an encrypted --key [default: ask on the terminal]
    #[arg(long, value_name = "FILE")]
    pub key_password_file: Option<PathBuf>,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct P12Extract {
    /// The PKCS#12 file; - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// File whose first line is the file's password, empty for an empty one [default: ask on the terminal]
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// The directory to write to, made if it is not there; no file in it is replaced
    #[arg(long, value_name = "DIR")]
    pub out_dir: PathBuf,
}
