//! Chores of the workspace that cargo itself does not know: `cargo xtask NAME`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for people"
)]

mod deps;
#[cfg(test)]
mod map;
mod node;
mod wasm;
mod web;

use std::{fmt::Display, path::Path, process::ExitCode};

const USAGE: &str = "\
usage: cargo xtask NAME

  deps        check that crates depend only on the rings further in
  wasm-tests  build formats for WebAssembly, each crate alone, and run its tests there
  web         build what browsers get: style sheet, scripts, icons and the module in WebAssembly
              (--check: check the scripts' types too)

exit codes: 0 done, 1 refused, 2 usage";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if wasm::is_compiling() {
        return wasm::compile(&arguments);
    }
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["deps"] => outcome(deps::run()),
        ["wasm-tests"] => outcome(wasm::run(&root)),
        ["web"] => outcome(web::run(&root, false)),
        ["web", "--check"] => outcome(web::run(&root, true)),
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
