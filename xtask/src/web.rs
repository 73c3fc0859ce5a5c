//! `cargo xtask web`: what the portal gives to browsers, into `web/dist`: style sheet, scripts and icons from npm packages, and the
//! module of `crates/apps/browser` in WebAssembly.
//!
//! Nothing is fetched or built while the inputs are the same as last time. The module is compiled by rustup's toolchain, or by Debian's
//! `rustc-web` where `scripts/setup` had to unpack that. A machine that has neither still builds a portal, without the store of certificates: the
//! build says so, and so does `web/src/store/client.ts` to its page.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash as _, Hasher as _},
    io,
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
};

use crate::node;
use crate::wasm::{self, TARGET, WasmError};

/// Why the assets could not be built.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, #[source] io::Error),
    #[error("Node cannot be started: {0}\nhint: `make setup` installs one of the project's own")]
    NoNode(#[source] io::Error),
    #[error("{0} ended with {1}")]
    Failed(&'static str, ExitStatus),
    #[error(transparent)]
    Wasm(#[from] WasmError),
}

const HINT: &str =
    "hint: `rustup target add wasm32-unknown-unknown` where the network is, then build again";

/// Builds what changed; checks types too if `check`.
pub fn run(root: &Path, check: bool) -> Result<(), WebError> {
    let web = root.join("web");
    let module = module(root)?;
    let stamp = root.join("target/web.stamp");
    let mut inputs = inputs(root, &web)?;
    inputs.extend(module.clone());
    let packages = hash(&inputs, |name| name.starts_with("package"))?;
    let all = hash(&inputs, |_| true)?;
    let built = web
        .join("dist")
        .read_dir()
        .is_ok_and(|mut dir| dir.next().is_some());
    let former = fs::read_to_string(&stamp).unwrap_or_default();
    let (former_packages, former_all) = former.trim().split_once(' ').unwrap_or_default();
    let is_built = built && former_all == all;
    if !is_built && (former_packages != packages || !web.join("node_modules").is_dir()) {
        run_node(
            root,
            &web,
            "npm",
            &["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        )?;
    }
    if check {
        for project in ["tsconfig.json", "tsconfig.worker.json"] {
            let tsc = "node_modules/typescript/bin/tsc";
            run_node(root, &web, "node", &[tsc, "--project", project])?;
        }
    }
    if is_built {
        return Ok(());
    }
    let path = module.map(|path| path.display().to_string());
    let arguments: Vec<_> = ["build.js"].into_iter().chain(path.as_deref()).collect();
    run_node(root, &web, "node", &arguments)?;
    let write = |path: &Path, text: String| {
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, text)
    };
    write(&stamp, format!("{packages} {all}\n")).map_err(|error| WebError::File(stamp, error))
}

/// The module, built by cargo, which knows what changed. None where it cannot be built, which is said.
fn module(root: &Path) -> Result<Option<PathBuf>, WebError> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args([
            "build",
            "--quiet",
            "--locked",
            "--lib",
            "--package",
            "chancery-browser",
        ])
        .args(["--target", TARGET, "--profile", "browser"])
        .current_dir(root);
    let debian = root.join("target/tools/rust-web/bin");
    if !wasm::has_target()? {
        if !debian.is_dir() {
            println!(
                "warning: the portal is built without its store of certificates in the browser: this toolchain cannot compile for {TARGET}, and rustup cannot fetch what it lacks\n{HINT}"
            );
            return Ok(None);
        }
        cargo
            .args(["-Z", "build-std=std,panic_abort"])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", debian.join("rustc"))
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER",
                debian.join("wasm-ld"),
            );
    }
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("target"), |folder| root.join(folder));
    let module = target.join(TARGET).join("browser/chancery_browser.wasm");
    if !module.exists() {
        println!("building the browser's module, a minute or two the first time");
    }
    let status = cargo
        .status()
        .map_err(|error| WasmError::Run("cargo", error))?;
    if status.success() {
        Ok(Some(module))
    } else {
        Err(WebError::Failed("cargo", status))
    }
}

/// Every file of `web` and of `locales` that the result depends on, in a fixed order.
fn inputs(root: &Path, web: &Path) -> Result<Vec<PathBuf>, WebError> {
    let mut files = Vec::new();
    let locales = root.join("locales");
    let mut folders = vec![web.to_owned(), web.join("src"), locales.clone()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).map_err(|error| WebError::File(folder.clone(), error))?;
        for entry in entries {
            let path = entry
                .map_err(|error| WebError::File(folder.clone(), error))?
                .path();
            if path.is_file() {
                files.push(path);
            } else if folder.starts_with(web.join("src")) || folder.starts_with(&locales) {
                folders.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn hash(files: &[PathBuf], wanted: impl Fn(&str) -> bool) -> Result<String, WebError> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if wanted(&name) {
            name.hash(&mut hasher);
            fs::read(file)
                .map_err(|error| WebError::File(file.clone(), error))?
                .hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn run_node(
    root: &Path,
    web: &Path,
    program: &'static str,
    arguments: &[&str],
) -> Result<(), WebError> {
    let status = node::command(root, program)
        .args(arguments)
        .current_dir(web)
        .status()
        .map_err(WebError::NoNode)?;
    if status.success() {
        Ok(())
    } else {
        Err(WebError::Failed(program, status))
    }
}
