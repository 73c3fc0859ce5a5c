//! Chores of the workspace that cargo itself does not know: `cargo xtask NAME`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for people"
)]

mod assets;
mod deps;
#[cfg(test)]
mod map;

use std::{fmt::Display, path::Path, process::ExitCode};

const USAGE: &str = "\
usage: cargo xtask NAME

  assets  build the portal's style sheet, script and icons
  deps    check that crates depend only on the rings further in

exit codes: 0 done, 1 refused, 2 usage";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["assets"] => outcome(assets::run(&root)),
        ["deps"] => outcome(deps::run()),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn outcome(outcome: Result<(), impl Display>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
