//! Reading and writing files with errors that name them.

use std::{
    fs::{self, OpenOptions},
    io::{Read, Write},
    os::{fd::AsFd, unix::fs::OpenOptionsExt},
    path::Path,
};

use chancery_x509::pem;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::failure::Failure;

/// Octets: more than any certificate, request, message, list of authorities or configuration needs.
const LIMIT: usize = 64 << 20;

/// Octets of a secret that are awaited from what does not tell its size.
const PIECE: usize = 4096;

/// A whole file, or standard input for `-`.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    read_at_most(path, LIMIT)?.ok_or_else(|| too_large(path, LIMIT))
}

/// Revocation lists, which grow with what an authority issued.
pub fn read_lists(path: &Path) -> Result<Vec<u8>, Failure> {
    read_at_most(path, pem::MAX_TEXT)?.ok_or_else(|| too_large(path, pem::MAX_TEXT))
}

/// A whole file of at most this many octets, or standard input for `-`; nothing if it is larger.
fn read_at_most(path: &Path, limit: usize) -> Result<Option<Vec<u8>>, Failure> {
    let mut content = Vec::new();
    // One more, by which a larger file shows.
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    open(path)
        .and_then(|file| file.take(most).read_to_end(&mut content))
        .map_err(|error| cannot("read", path, &error))?;
    Ok((content.len() <= limit).then_some(content))
}

/// Standard input for `-`, past the standard library's buffer, which nobody wipes.
fn open(path: &Path) -> std::io::Result<fs::File> {
    if path.as_os_str() == "-" {
        let input = std::io::stdin().as_fd().try_clone_to_owned()?;
        return Ok(fs::File::from(input));
    }
    fs::File::open(path)
}

fn too_large(path: &Path, limit: usize) -> Failure {
    let place = match path.as_os_str() {
        name if name == "-" => "standard input".to_owned(),
        _ => path.display().to_string(),
    };
    Failure::new(format!(
        "{place} is larger than {} MiB, the most that is read",
        limit >> 20
    ))
}

/// A whole text file.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?)
        .map_err(|_| Failure::new(format!("{} is not UTF-8 text", path.display())))
}

/// A file that holds a secret, wiped from memory afterwards, wherever it lay while it was read.
pub fn read_secret(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let read = open(path).and_then(|file| {
        let about = file.metadata()?;
        let expected = match usize::try_from(about.len()) {
            Ok(length) if about.is_file() => length.min(LIMIT),
            _ => PIECE,
        };
        // One more, in which the end is met.
        wiped(file, expected.saturating_add(1), LIMIT)
    });
    let content = read.map_err(|error| cannot("read", path, &error))?;
    content.ok_or_else(|| too_large(path, LIMIT))
}

/// Octets up to the end, in room for so many at first; nothing if there are more than the limit. Room that was outgrown is wiped.
fn wiped(
    mut from: impl Read,
    room: usize,
    limit: usize,
) -> std::io::Result<Option<Zeroizing<Vec<u8>>>> {
    let mut content = Zeroizing::new(vec![0; room]);
    let mut filled = 0_usize;
    loop {
        if filled == content.len() {
            let mut larger = Zeroizing::new(vec![0; filled.saturating_mul(2).max(PIECE)]);
            if let Some(first) = larger.get_mut(..filled) {
                first.copy_from_slice(&content);
            }
            content = larger;
        }
        match from.read(content.get_mut(filled..).unwrap_or_default()) {
            Ok(0) => break,
            Ok(length) => filled = filled.saturating_add(length),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if filled > limit {
            return Ok(None);
        }
    }
    content.truncate(filled);
    Ok(Some(content))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one octet after the other, as a pipe may.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
            let one = room.len().min(1);
            self.0.read(&mut room[..one])
        }
    }

    #[test]
    fn a_secret_is_read_whole_however_it_comes() {
        let secret: Vec<u8> = (0..3 * PIECE).map(|at| at.to_le_bytes()[0]).collect();
        for length in [0, 1, PIECE, PIECE + 1, 3 * PIECE] {
            for room in [1, PIECE, length + 1] {
                let secret = &secret[..length];
                let whole = wiped(secret, room, length).unwrap().unwrap();
                assert_eq!(*whole, secret, "{length} {room}");
                let drops = wiped(Drops(secret), room, length).unwrap().unwrap();
                assert_eq!(*drops, secret, "{length} {room}");
                let endless = wiped(std::io::repeat(7), room, length).unwrap();
                assert!(endless.is_none(), "{length} {room}");
            }
        }
    }

    #[test]
    fn a_file_over_the_limit_is_refused_and_never_cut() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        let file = fs::File::create(&path).unwrap();
        let limit = u64::try_from(LIMIT).unwrap();
        file.set_len(limit).unwrap();
        assert_eq!(read(&path).unwrap().len(), LIMIT);
        file.set_len(limit + 1).unwrap();
        let refused = read(&path).unwrap_err().to_string();
        assert!(refused.contains("large is larger than 64 MiB"), "{refused}");
        assert_eq!(read_lists(&path).unwrap().len(), LIMIT + 1);
    }
}
