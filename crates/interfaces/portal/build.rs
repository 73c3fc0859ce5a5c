//! Lets the crate compile before the web assets are built, and again when words or assets change.

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let dist = Path::new("../../../web/dist");
    fs::create_dir_all(dist)?;
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../../web/dist");
    println!("cargo:rerun-if-changed=../../../locales");
    Ok(())
}
