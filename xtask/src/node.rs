//! Node: the project's own where `make setup` put one, else the machine's.

use std::{path::Path, process::Command};

/// A command for `node` or what came with it.
pub fn command(root: &Path, program: &str) -> Command {
    let own = root.join("target/tools/venv/bin");
    let own_program = own.join(program);
    let mut command = if own_program.exists() {
        Command::new(own_program)
    } else {
        Command::new(program)
    };
    if own.is_dir() {
        // npm starts `node` by name.
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::iter::once(own).chain(std::env::split_paths(&path));
        if let Ok(path) = std::env::join_paths(path) {
            command.env("PATH", path);
        }
    }
    command
}
