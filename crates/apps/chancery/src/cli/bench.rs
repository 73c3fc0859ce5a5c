//! The words of `chancery bench`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum BenchCommand {
    /// Measure path validation against the bare signature verifications that it needs
    #[command(
        long_about = "Measure path validation against the bare signature verifications that it needs.\n\nEach figure is a line, with --json an object: name, per_second, limit_per_second (what the bare primitives allow in the same run), ratio, peak_rss_mb.",
        after_help = examples!("chancery bench path", "chancery bench path --json --seconds 5")
    )]
    Path(Bench),
    /// Open PKCS#12 files, beside the bare key derivations that they need
    #[command(after_help = examples!(
        "chancery bench p12",
        "chancery bench p12 --file jana.p12 --password-file pw"
    ))]
    P12(BenchP12),
    /// Measure signing and decryption against the bare RSA operation, and a gigabyte through each cipher in gigabytes a second
    #[command(after_help = examples!("chancery bench cms", "chancery bench cms --json --seconds 5"))]
    Cms(Bench),
}

#[derive(Debug, Args)]
pub struct Bench {
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
    /// Seconds for each figure
    #[arg(long, default_value_t = 2, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=600))]
    pub seconds: u32,
}

#[derive(Debug, Args)]
pub struct BenchP12 {
    /// The file to open [default: one of the form stored and one of the form modern, made for it]
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// File whose first line is its password [default: ask on the terminal]
    #[arg(long, value_name = "FILE", requires = "file")]
    pub password_file: Option<PathBuf>,
    #[command(flatten)]
    pub bench: Bench,
}
