//! `cargo xtask assets`: the style sheet, script and icons of the portal, from npm packages into `web/dist`.
//!
//! Nothing is fetched or built while the inputs are the same as last time.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash as _, Hasher as _},
    io,
    path::{Path, PathBuf},
    process::ExitStatus,
};

use crate::node;

/// Why the assets could not be built.
#[derive(Debug)]
pub enum AssetsError {
    /// A file of `web` cannot be read, or the stamp not be written.
    File(PathBuf, io::Error),
    /// Neither the machine nor `target/tools` has Node.
    NoNode(io::Error),
    /// npm or the build said no; what it said is above.
    Failed(&'static str, ExitStatus),
}

impl std::fmt::Display for AssetsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::NoNode(error) => write!(
                f,
                "Node cannot be started: {error}\nhint: `make setup` installs one of the project's own"
            ),
            Self::Failed(what, status) => write!(f, "{what} ended with {status}"),
        }
    }
}

/// Builds what changed.
pub fn run(root: &Path) -> Result<(), AssetsError> {
    let web = root.join("web");
    let stamp = root.join("target/web-assets.stamp");
    let inputs = inputs(&web)?;
    let packages = hash(&inputs, |name| name.starts_with("package"))?;
    let all = hash(&inputs, |_| true)?;
    let built = web
        .join("dist")
        .read_dir()
        .is_ok_and(|mut dir| dir.next().is_some());
    let former = fs::read_to_string(&stamp).unwrap_or_default();
    let (former_packages, former_all) = former.trim().split_once(' ').unwrap_or_default();
    if built && former_all == all {
        return Ok(());
    }
    if former_packages != packages || !web.join("node_modules").is_dir() {
        run_node(
            root,
            &web,
            "npm",
            &["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        )?;
    }
    run_node(root, &web, "node", &["build.js"])?;
    let write = |path: &Path, text: String| {
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, text)
    };
    write(&stamp, format!("{packages} {all}\n")).map_err(|error| AssetsError::File(stamp, error))
}

/// Every file that the result depends on, in a fixed order.
fn inputs(web: &Path) -> Result<Vec<PathBuf>, AssetsError> {
    let mut files = Vec::new();
    for folder in [web.to_owned(), web.join("src")] {
        let entries =
            fs::read_dir(&folder).map_err(|error| AssetsError::File(folder.clone(), error))?;
        for entry in entries {
            let path = entry
                .map_err(|error| AssetsError::File(folder.clone(), error))?
                .path();
            if path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn hash(files: &[PathBuf], wanted: impl Fn(&str) -> bool) -> Result<String, AssetsError> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if wanted(&name) {
            name.hash(&mut hasher);
            fs::read(file)
                .map_err(|error| AssetsError::File(file.clone(), error))?
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
) -> Result<(), AssetsError> {
    let status = node::command(root, program)
        .args(arguments)
        .current_dir(web)
        .status()
        .map_err(AssetsError::NoNode)?;
    if status.success() {
        Ok(())
    } else {
        Err(AssetsError::Failed(program, status))
    }
}
