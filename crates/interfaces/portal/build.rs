//! Lets the crate compile before the web assets are built, and again when words or assets change; tells it when pages changed.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash as _, Hasher as _},
    io,
    path::{Path, PathBuf},
};

const DIST: &str = "../../../web/dist";
const PAGES: [&str; 2] = ["../../../templates", "../../../locales"];

fn main() -> io::Result<()> {
    fs::create_dir_all(DIST)?;
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={DIST}");
    let mut hasher = DefaultHasher::new();
    for folder in PAGES {
        println!("cargo:rerun-if-changed={folder}");
        for file in files(Path::new(folder))? {
            fs::read(file)?.hash(&mut hasher);
        }
    }
    println!("cargo:rustc-env=CHANCERY_PAGES={:016x}", hasher.finish());
    Ok(())
}

/// All of a folder, in a fixed order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    let mut all = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            all.extend(files(&entry)?);
        } else {
            all.push(entry);
        }
    }
    Ok(all)
}
