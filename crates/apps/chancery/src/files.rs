//! Reading and writing files with errors that name them.

use std::{
    fs::{self, OpenOptions},
    io::{Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::failure::Failure;

/// More than any certificate, request, list of authorities or configuration needs; a CRL may be larger.
const LIMIT: u64 = 64 << 20;

/// A whole file, or standard input for `-`.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut content = Vec::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin()
            .lock()
            .take(LIMIT)
            .read_to_end(&mut content)
    } else {
        fs::File::open(path).and_then(|file| file.take(LIMIT).read_to_end(&mut content))
    };
    read.map_err(|error| cannot("read", path, &error))?;
    Ok(content)
}

/// A whole text file.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?)
        .map_err(|_| Failure::new(format!("{} is not UTF-8 text", path.display())))
}

/// A file that holds a secret, wiped from memory afterwards.
pub fn read_secret(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    read(path).map(Zeroizing::new)
}

/// The first line of a file: a passphrase or password.
pub fn first_line(path: &Path) -> Result<SecretString, Failure> {
    let line = first_line_or_empty(path)?;
    if line.expose_secret().is_empty() {
        return Err(Failure::new(format!(
            "the first line of {} is empty",
            path.display()
        )));
    }
    Ok(line)
}

/// The same where it may be empty.
pub fn first_line_or_empty(path: &Path) -> Result<SecretString, Failure> {
    let content = read_secret(path)?;
    let line = content
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(line) => Ok(SecretString::from(line)),
        Err(_) => Err(Failure::new(format!(
            "the first line of {} is not UTF-8 text",
            path.display()
        ))),
    }
}

/// Refuses a name that is taken, before work is done whose result could not be written.
pub fn must_be_new(path: &Path) -> Result<(), Failure> {
    if path.symlink_metadata().is_ok() {
        return Err(cannot(
            "write",
            path,
            &std::io::ErrorKind::AlreadyExists.into(),
        ));
    }
    Ok(())
}

/// Writes a new file that others may read. It replaces none.
pub fn write_new(path: &Path, content: &[u8]) -> Result<(), Failure> {
    write(path, content, 0o644)
}

/// Writes a new file that only its owner may read. It replaces none.
pub fn write_secret(path: &Path, content: &[u8]) -> Result<(), Failure> {
    write(path, content, 0o600)
}

fn write(path: &Path, content: &[u8], mode: u32) -> Result<(), Failure> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)
        .map_err(|error| cannot("write", path, &error))?;
    file.write_all(content)
        .and_then(|()| file.sync_all())
        .map_err(|error| cannot("write", path, &error))
}

/// A file that cannot be read or written.
pub fn cannot(verb: &str, path: &Path, error: &std::io::Error) -> Failure {
    let failure = Failure::new(format!("cannot {verb} {}: {error}", path.display()));
    match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            failure.hint("choose another name, or move the old file away first")
        }
        _ => failure,
    }
}
