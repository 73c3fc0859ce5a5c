//! `chancery p12 extract`.

use std::{
    fs::DirBuilder,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use chancery_pkcs12::Opened;
use chancery_x509::Certificate;
use zeroize::Zeroizing;

use crate::{
    cli::P12Extract,
    commands::{key, print},
    failure::Failure,
    files,
};

/// Takes keys and certificates out of a file, each into a file of its own.
pub fn extract(words: &P12Extract) -> Result<(), Failure> {
    let opened = super::open_file(&words.file, words.password_file.as_deref())?;
    let outputs = outputs(&opened, &words.out_dir)?;
    if outputs.is_empty() {
        return Err(Failure::new(format!(
            "there is neither key nor certificate in {}",
            words.file.display()
        )));
    }
    make_directory(&words.out_dir)?;
    // All names or none: half of an identity beside another's old files would mislead.
    for output in &outputs {
        files::must_be_new(&output.path)?;
    }
    let mut text = String::new();
    for output in &outputs {
        files::write_secret(&output.path, output.pem.as_bytes())?;
        text.push_str(&format!("{}: {}\n", output.path.display(), output.what));
    }
    if opened.keys.is_empty() {
        text.push_str("There is no private key in the file.\n");
    }
    for skipped in &opened.skipped {
        text.push_str(&format!("Not taken out: {}\n", skipped.kind));
    }
    print(&text)
}

struct Output {
    path: PathBuf,
    what: &'static str,
    pem: Zeroizing<String>,
}

/// What is written: `key.pem`, `certificate.pem` and `chain.pem`, with a number in front where there are several keys, and
/// `other-certificates.pem`.
fn outputs(opened: &Opened, directory: &Path) -> Result<Vec<Output>, Failure> {
    let mut outputs = Vec::new();
    let mut taken: Vec<&Certificate> = Vec::new();
    for (number, entry) in (1..).zip(&opened.keys) {
        let path = |name: &str| {
            directory.join(if opened.keys.len() == 1 {
                name.to_owned()
            } else {
                format!("{number}-{name}")
            })
        };
        outputs.push(Output {
            path: path("key.pem"),
            what: "the key, not encrypted. Nobody else may have it.",
            pem: key::pkcs8_to_pem(&entry.private_key)?,
        });
        let Some(certificate) = opened.certificate_of(entry).map(|entry| &entry.certificate) else {
            continue;
        };
        let chain = opened.chain_of(certificate);
        outputs.push(Output {
            path: path("certificate.pem"),
            what: "its certificate",
            pem: Zeroizing::new(certificate.to_pem()),
        });
        if !chain.is_empty() {
            outputs.push(Output {
                path: path("chain.pem"),
                what: "the authorities above it",
                pem: pem(&chain),
            });
        }
        taken.push(certificate);
        taken.extend(chain);
    }
    let others: Vec<_> = opened
        .certificates
        .iter()
        .map(|entry| &entry.certificate)
        .filter(|certificate| !taken.contains(certificate))
        .collect();
    if !others.is_empty() {
        outputs.push(Output {
            path: directory.join("other-certificates.pem"),
            what: "certificates that belong to no key",
            pem: pem(&others),
        });
    }
    Ok(outputs)
}

fn pem(certificates: &[&Certificate]) -> Zeroizing<String> {
    Zeroizing::new(certificates.iter().map(|one| one.to_pem()).collect())
}

fn make_directory(directory: &Path) -> Result<(), Failure> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
        .map_err(|error| Failure::because(format!("cannot make {}", directory.display()), &error))
}
