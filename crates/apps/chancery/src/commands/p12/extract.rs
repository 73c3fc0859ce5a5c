//! `chancery p12 extract`.

use std::{
    collections::BTreeSet,
    fs::DirBuilder,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use chancery_pkcs12::{KeyEntry, Opened};
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
    let outputs = outputs(&opened, &words.out_dir);
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
        files::write_secret(&output.path, output.content.to_pem()?.as_bytes())?;
        text.push_str(&format!("{}: {}\n", output.path.display(), output.what));
    }
    if opened.keys.is_empty() {
        text.push_str("There is no private key in the file.\n");
    }
    for skipped in &opened.skipped {
        text.push_str(&format!("Not taken out: {}\n", skipped.kind));
    }
    if opened.integrity.is_none() {
        text.push_str("Nothing in the file shows whether it was altered.\n");
    }
    print(&text)
}

struct Output<'a> {
    path: PathBuf,
    what: &'static str,
    content: Content<'a>,
}

/// PEM is made of it when it is written, one at a time: many keys may share a long chain.
enum Content<'a> {
    Key(&'a KeyEntry),
    Certificates(Vec<&'a Certificate>),
}

impl Content<'_> {
    fn to_pem(&self) -> Result<Zeroizing<String>, Failure> {
        match self {
            Self::Key(entry) => key::pkcs8_to_pem(&entry.private_key),
            Self::Certificates(all) => {
                Ok(Zeroizing::new(all.iter().map(|one| one.to_pem()).collect()))
            }
        }
    }
}

/// What is written: `key.pem`, `certificate.pem` and `chain.pem`, with a number in front where there are several keys, and
/// `other-certificates.pem`.
fn outputs<'a>(opened: &'a Opened, directory: &Path) -> Vec<Output<'a>> {
    let mut outputs = Vec::new();
    let mut taken = BTreeSet::new();
    let issuers = opened.issuers();
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
            content: Content::Key(entry),
        });
        let Some(certificate) = opened.certificate_of(entry).map(|entry| &entry.certificate) else {
            continue;
        };
        let chain = issuers.chain_of(certificate);
        taken.extend(chain.iter().chain([&certificate]).map(|one| one.as_der()));
        outputs.push(Output {
            path: path("certificate.pem"),
            what: "its certificate",
            content: Content::Certificates(vec![certificate]),
        });
        if !chain.is_empty() {
            outputs.push(Output {
                path: path("chain.pem"),
                what: "the authorities above it",
                content: Content::Certificates(chain),
            });
        }
    }
    let others: Vec<_> = opened
        .certificates
        .iter()
        .map(|entry| &entry.certificate)
        .filter(|certificate| !taken.contains(certificate.as_der()))
        .collect();
    if !others.is_empty() {
        outputs.push(Output {
            path: directory.join("other-certificates.pem"),
            what: "certificates that belong to no key",
            content: Content::Certificates(others),
        });
    }
    outputs
}

fn make_directory(directory: &Path) -> Result<(), Failure> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
        .map_err(|error| Failure::because(format!("cannot make {}", directory.display()), &error))
}
