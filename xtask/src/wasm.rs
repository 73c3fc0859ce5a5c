//! `cargo xtask wasm-tests`: what a browser runs of `formats`, built and tested for wasm32-unknown-unknown.
//!
//! libtest compiles there, but has neither arguments nor a place to print, and a panic ends the module. So each test binary gets the
//! runner of `crates/formats/wasm-tests` in libtest's place, which the compiler allows by attributes that are not stable: this
//! program is cargo's `RUSTC_WORKSPACE_WRAPPER` and adds them. `host.mjs` then runs the tests in Node.

use std::{
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    process::{Command, ExitCode, ExitStatus, Output, Stdio},
    string::FromUtf8Error,
};

use serde::Deserialize;

use crate::deps::{
    self, DepsError,
    graph::{Declared, Kind, Member, Place, Ring},
    rules::{BROWSER, NOT_IN_FORMATS, WASM_TESTS},
};
use crate::node;

pub const TARGET: &str = "wasm32-unknown-unknown";

/// Set where this program stands in for the compiler.
const COMPILING: &str = "CHANCERY_XTASK_COMPILES";

/// Why the tests did not pass, or did not run.
#[derive(Debug, thiserror::Error)]
pub enum WasmError {
    #[error("{0} could not be run: {1}")]
    Run(&'static str, #[source] io::Error),
    #[error(transparent)]
    Deps(#[from] DepsError),
    #[error("{0} does not compile alone for {TARGET}")]
    NotAlone(String),
    #[error("{0} pulls {1} into the browser")]
    Pulled(String, String),
    #[error(
        "{0} does not run its tests in wasm\nhint: {WASM_TESTS} belongs to its dev-dependencies, as in crates/formats/x509"
    )]
    Untested(String),
    #[error("the tests do not compile for {TARGET}")]
    NotBuilt,
    #[error("the answer of cargo could not be read: {0}")]
    Answer(#[from] serde_json::Error),
    #[error("the answer of cargo is not text: {0}")]
    Text(#[from] FromUtf8Error),
    #[error("the tests in wasm ended with {0}")]
    Failed(ExitStatus),
}

/// Builds, looks at what is pulled in, and runs the tests.
pub fn run(root: &Path) -> Result<(), WasmError> {
    let can_compile = has_target()?;
    let graph = deps::read()?;
    let crates: Vec<_> = graph
        .members()
        .filter(|member| is_browsers(member))
        .collect();
    for member in &crates {
        check_tree(&member.name)?;
    }
    if !can_compile {
        println!(
            "skipped: this toolchain cannot compile for {TARGET}, and `rustup target add {TARGET}` does not reach its network"
        );
        return Ok(());
    }
    for member in &crates {
        check_alone(&member.name)?;
    }
    println!(
        "{} crates of browsers compile alone for {TARGET} and pull in nothing native",
        crates.len()
    );
    if let Some(untested) = crates.iter().find(|member| !is_tested(member)) {
        return Err(WasmError::Untested(untested.name.clone()));
    }
    let binaries = build(&crates)?;
    let status = node::command(root, "node")
        .arg(root.join("xtask/src/wasm/host.mjs"))
        .args(&binaries)
        .status()
        .map_err(|error| WasmError::Run("Node", error))?;
    if status.success() {
        Ok(())
    } else {
        Err(WasmError::Failed(status))
    }
}

fn is_browsers(member: &Member) -> bool {
    let in_formats = matches!(
        &member.place,
        Place::Ring {
            ring: Ring::Formats,
            ..
        }
    );
    (in_formats && member.name != WASM_TESTS) || member.name == BROWSER
}

/// Whether the target's standard library is here, if need be fetched by rustup. Without a network it cannot be had, which is no
/// fault of the tests.
pub fn has_target() -> Result<bool, WasmError> {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .map_err(|error| WasmError::Run("rustc", error))?;
    let folder = PathBuf::from(String::from_utf8(output.stdout)?.trim());
    if output.status.success() && folder.is_dir() {
        return Ok(true);
    }
    let fetched = Command::new("rustup")
        .args(["target", "add", TARGET])
        .status();
    Ok(fetched.is_ok_and(|status| status.success()))
}

fn cargo<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Result<Output, WasmError> {
    Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--locked", "--target", TARGET])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| WasmError::Run("cargo", error))
}

/// Alone, so that no other crate's features help.
fn check_alone(name: &str) -> Result<(), WasmError> {
    let output = cargo(["check", "--quiet", "--package", name])?;
    if output.status.success() {
        Ok(())
    } else {
        Err(WasmError::NotAlone(name.to_owned()))
    }
}

fn check_tree(name: &str) -> Result<(), WasmError> {
    let output = cargo([
        "tree",
        "--package",
        name,
        "--edges",
        "normal",
        "--prefix",
        "none",
    ])?;
    let tree = String::from_utf8(output.stdout)?;
    if !output.status.success() {
        return Err(WasmError::NotAlone(name.to_owned()));
    }
    let mut pulled = tree.lines().filter_map(|line| line.split(' ').next());
    match pulled.find(|found| NOT_IN_FORMATS.contains(found)) {
        None => Ok(()),
        Some(found) => Err(WasmError::Pulled(name.to_owned(), found.to_owned())),
    }
}

/// Whether its tests know the stand-in.
fn is_tested(member: &Member) -> bool {
    let stand_in = |to: &Declared| to.name == WASM_TESTS && to.kind == Kind::Dev;
    member.declared.iter().any(stand_in)
}

/// A line of cargo's, as far as it is of use.
#[derive(Deserialize)]
struct Message {
    executable: Option<PathBuf>,
}

/// Builds the test binaries; gives their paths.
fn build(crates: &[&Member]) -> Result<Vec<PathBuf>, WasmError> {
    let this = std::env::current_exe().map_err(|error| WasmError::Run("xtask", error))?;
    let mut command = Command::new(env!("CARGO"));
    command.args([
        "test", "--no-run", "--quiet", "--lib", "--tests", "--locked",
    ]);
    command.args([
        "--message-format",
        "json-render-diagnostics",
        "--target",
        TARGET,
    ]);
    for member in crates {
        command.args(["--package", &member.name]);
    }
    let output = command
        .env("RUSTC_WORKSPACE_WRAPPER", this)
        .env(COMPILING, "1")
        // Unoptimised, cryptography in wasm takes minutes. What runs while building stays as it is.
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "2")
        // The stand-in gives proptest its randomness.
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            "--cfg getrandom_backend=\"custom\"",
        )
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| WasmError::Run("cargo", error))?;
    if !output.status.success() {
        return Err(WasmError::NotBuilt);
    }
    let mut binaries = Vec::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        binaries.extend(serde_json::from_str::<Message>(line)?.executable);
    }
    Ok(binaries)
}

/// Whether this program was started in the compiler's place.
pub fn is_compiling() -> bool {
    std::env::var_os(COMPILING).is_some()
}

/// Runs the compiler on a crate of the workspace: its first argument is the compiler, as with any wrapper.
pub fn compile(arguments: &[String]) -> ExitCode {
    let Some((compiler, arguments)) = arguments.split_first() else {
        return ExitCode::from(2);
    };
    let mut command = Command::new(compiler);
    command.args(arguments).env("RUSTC_BOOTSTRAP", "1");
    if arguments.iter().any(|argument| argument == "--test") {
        command.arg("-Zcrate-attr=feature(custom_test_frameworks)");
        command.arg("-Zcrate-attr=test_runner(chancery_wasm_tests::run)");
    }
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {compiler} could not be run: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests;
