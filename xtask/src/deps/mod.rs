//! `cargo xtask deps`: a crate depends only on rings further in.

pub mod graph;
pub mod rules;
#[cfg(test)]
mod tests;

use std::process::Command;

use graph::{Graph, MetadataError};
use rules::Violation;

/// The rings are broken, or the graph could not be had.
#[derive(Debug, thiserror::Error)]
pub enum DepsError {
    #[error("`cargo metadata` could not be run: {0}")]
    Run(std::io::Error),
    #[error("`cargo metadata` failed:\n{0}")]
    Failed(String),
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    #[error(
        "crates depend on what they must not:\n{}\nhint: ARCHITECTURE.md tells what the rings are; the edges inside engine are listed in xtask/src/deps/rules.rs",
        lines(.0)
    )]
    Broken(Vec<Violation>),
}

fn lines(violations: &[Violation]) -> String {
    let lines: Vec<_> = violations.iter().map(|one| format!("  {one}")).collect();
    lines.join("\n")
}

pub fn run() -> Result<(), DepsError> {
    let graph = read()?;
    let violations = rules::check(&graph);
    if !violations.is_empty() {
        return Err(DepsError::Broken(violations));
    }
    let count = graph.members().count();
    println!("{count} crates depend only on rings further in");
    Ok(())
}

/// The workspace's crates and what they pull in.
pub fn read() -> Result<Graph, DepsError> {
    // The toolchain that runs this, by its own name: it need not be in the path.
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--all-features",
        ])
        .output()
        .map_err(DepsError::Run)?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        return Err(DepsError::Failed(told.trim().to_owned()));
    }
    Ok(Graph::from_metadata(&output.stdout)?)
}
