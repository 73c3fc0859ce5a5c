//! Chores of the workspace that cargo itself does not know.

mod assets;

use std::{
    env,
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let chore = env::args().nth(1).unwrap_or_default();
    let outcome: Result<(), Box<dyn std::fmt::Display>> = match chore.as_str() {
        "assets" => assets::run(&root).map_err(|error| Box::new(error) as _),
        _ => Err(Box::new(
            "name a chore\nhint: cargo xtask assets builds the portal's style sheet, script and icons",
        )),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}
