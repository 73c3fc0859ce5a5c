//! Writes every sample of every page to a folder, to look at them without a server:
//! `cargo run -p chancery-portal --example gallery --features samples -- target/gallery`.

use std::{env, io, path::Path};

fn main() -> io::Result<()> {
    let folder = env::args()
        .nth(1)
        .unwrap_or_else(|| "target/gallery".to_owned());
    chancery_portal::samples::write_gallery(Path::new(&folder))
}
