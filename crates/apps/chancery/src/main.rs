//! Chancery's server and command line.

mod admin;
mod cli;
mod commands;
mod config;
mod datadir;
mod environment;
mod failure;
mod fetch;
mod files;
mod init;
mod mail;
mod os;
mod sandbox;
mod serve;
mod streams;
mod terminal;
mod tls;
mod token;

use std::process::ExitCode;

use clap::Parser;

use admin::UserChange;
use cli::{
    BenchCommand, CertCommand, Cli, CmsCommand, Command, CrlCommand, CsrCommand, P12Command,
    PathCommand, SmimeCommand, UserCommand,
};
use failure::Failure;

fn main() -> ExitCode {
    // clap prints usage errors itself and exits with 2.
    let cli = Cli::parse();
    match run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "a command's refusal goes to standard error"
)]
fn complain(failure: &Failure) {
    eprintln!("{failure}");
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Init(words) => init::run(&words),
        Command::Serve(words) => serve::run(&words),
        Command::User(UserCommand::Add(words)) => commands::user::add(words),
        Command::User(UserCommand::Disable(words)) => {
            commands::user::change(words, UserChange::Disable)
        }
        Command::User(UserCommand::Enable(words)) => {
            commands::user::change(words, UserChange::Enable)
        }
        Command::User(UserCommand::ResetTotp(words)) => {
            commands::user::change(words, UserChange::ResetTotp)
        }
        Command::Cert(CertCommand::Issue(words)) => commands::cert::issue(&words),
        Command::Cert(CertCommand::Show(words)) => commands::cert::show(&words),
        Command::Cert(CertCommand::Revoke(words)) => commands::cert::revoke(words),
        Command::Crl(CrlCommand::Show(words)) => commands::crl::show(&words),
        Command::Csr(CsrCommand::New(words)) => commands::csr::new(&words),
        Command::Csr(CsrCommand::Show(words)) => commands::csr::show(&words),
        Command::P12(P12Command::Show(words)) => commands::p12::show(&words),
        Command::P12(P12Command::Create(words)) => commands::p12::create(&words),
        Command::Cms(CmsCommand::Sign(words)) => commands::signed::sign(&words),
        Command::Cms(CmsCommand::Verify(words)) => commands::signed::verify(&words),
        Command::Smime(SmimeCommand::Sign(words)) => commands::smime::sign(&words),
        Command::Smime(SmimeCommand::Verify(words)) => commands::smime::verify(&words),
        Command::Smime(SmimeCommand::Encrypt(words)) => commands::smime::encrypt(&words),
        Command::Smime(SmimeCommand::Decrypt(words)) => commands::smime::decrypt(&words),
        Command::Cms(CmsCommand::Encrypt(words)) => commands::envelope::encrypt(&words),
        Command::Cms(CmsCommand::Decrypt(words)) => commands::envelope::decrypt(&words),
        Command::P12(P12Command::Extract(words)) => commands::p12::extract(&words),
        Command::Bench(BenchCommand::Path(words)) => commands::bench::path(&words),
        Command::Bench(BenchCommand::P12(words)) => commands::bench::p12(&words),
        Command::Bench(BenchCommand::Cms(words)) => commands::bench::cms(&words),
        Command::Path(PathCommand::Validate(words)) => commands::path::validate(&words),
    }
}
