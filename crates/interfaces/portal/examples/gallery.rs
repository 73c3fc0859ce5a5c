//! Writes every sample of every page to a folder, to look at them without a server:
//! `cargo run -p chancery-portal --example gallery --features samples -- target/gallery`.
//!
//! One file a page, language, viewer and theme; `assets/` beside them, so that any file server can show it.

use std::{env, fs, io, path::Path};

use chancery_portal::samples;
use chancery_register::{Role, Theme};

fn main() -> io::Result<()> {
    let folder = env::args()
        .nth(1)
        .unwrap_or_else(|| "target/gallery".to_owned());
    let folder = Path::new(&folder);
    let viewers: [(&str, &[Role]); 3] = [
        ("stranger", &[]),
        ("subscriber", &[Role::Subscriber]),
        ("officer", &[Role::RaOfficer]),
    ];
    let mut index = String::new();
    for language in ["en", "cs"] {
        for (viewer, roles) in viewers {
            for theme in [Theme::Light, Theme::Dark] {
                let name = format!("{language}-{viewer}-{theme}");
                fs::create_dir_all(folder.join(&name))?;
                for page in samples::render(language, theme, roles) {
                    let file = format!("{name}/{}.html", page.name);
                    fs::write(folder.join(&file), page.html)?;
                    index.push_str(&file);
                    index.push('\n');
                }
            }
        }
    }
    fs::write(folder.join("index.txt"), index)?;
    let assets = folder.join("assets");
    fs::create_dir_all(&assets)?;
    for (file, octets) in samples::assets() {
        fs::write(assets.join(file), octets)?;
    }
    Ok(())
}
