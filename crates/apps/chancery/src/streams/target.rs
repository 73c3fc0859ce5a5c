//! Writing.

use std::{
    fs::{File, Permissions},
    io::{self, Seek, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use rustix::fs::{AtFlags, CWD, linkat};

use super::{Form, pem::PemWriter};
use crate::{failure::Failure, files};

/// A result that appears when it is whole: a file without a name in the folder where it will stand, which the system takes away by
/// itself if the command fails or is killed.
pub struct Target {
    path: Option<PathBuf>,
    file: File,
    pem: Option<PemWriter>,
}

impl Target {
    /// For a new file that only its owner may read; for standard output where none is named.
    pub fn secret(path: Option<&Path>) -> Result<Self, Failure> {
        let target = Self::new(path)?;
        target
            .file
            .set_permissions(Permissions::from_mode(0o600))
            .map_err(|error| cannot_write(path, &error))?;
        Ok(target)
    }

    /// For a new file with a structure in this form; for standard output where none is named.
    pub fn structure(path: Option<&Path>, form: Form) -> Result<Self, Failure> {
        let target = Self::new(path)?;
        Ok(Self {
            pem: (form == Form::Pem).then(|| PemWriter::new("CMS")),
            ..target
        })
    }

    fn new(path: Option<&Path>) -> Result<Self, Failure> {
        let path = path
            .filter(|path| path.as_os_str() != "-")
            .map(Path::to_owned);
        let file = match &path {
            Some(path) => {
                files::must_be_new(path)?;
                tempfile::tempfile_in(folder(path))
            }
            None => tempfile::tempfile(),
        };
        let file = file.map_err(|error| cannot_write(path.as_deref(), &error))?;
        Ok(Self {
            path,
            file,
            pem: None,
        })
    }

    /// Writes more.
    pub fn write(&mut self, octets: &[u8]) -> Result<(), Failure> {
        let written = match &mut self.pem {
            Some(pem) => pem.write(octets, &mut self.file),
            None => self.file.write_all(octets),
        };
        written.map_err(|error| cannot_write(self.path.as_deref(), &error))
    }

    /// The first octets of what was written, at most `limit`.
    pub fn beginning(&self, limit: usize) -> Result<Vec<u8>, Failure> {
        use std::os::unix::fs::FileExt;
        let mut octets = vec![0; limit];
        let mut filled = 0;
        while let Some(room) = octets.get_mut(filled..).filter(|room| !room.is_empty()) {
            let offset = u64::try_from(filled).unwrap_or(u64::MAX);
            match self.file.read_at(room, offset) {
                Ok(0) => break,
                Ok(length) => filled = filled.saturating_add(length),
                Err(error) => return Err(cannot_write(self.path.as_deref(), &error)),
            }
        }
        octets.truncate(filled);
        Ok(octets)
    }

    /// Throws away what was written so far.
    pub fn restart(&mut self) -> Result<(), Failure> {
        self.file
            .set_len(0)
            .and_then(|()| self.file.rewind())
            .map_err(|error| cannot_write(self.path.as_deref(), &error))
    }

    /// The result is whole and right: gives it its name, or prints it.
    pub fn keep(mut self) -> Result<(), Failure> {
        let kept = match &mut self.pem {
            Some(pem) => pem.finish(&mut self.file),
            None => Ok(()),
        }
        .and_then(|()| match &self.path {
            Some(path) => name(&mut self.file, path),
            None => print(&mut self.file),
        });
        kept.map_err(|error| cannot_write(self.path.as_deref(), &error))
    }
}

/// Gives a file without a name this one, unless it is taken.
fn name(file: &mut File, path: &Path) -> io::Result<()> {
    use std::os::fd::AsRawFd;
    // A name that outlives a power cut must not stand for half of it.
    file.sync_all()?;
    let nameless = format!("/proc/self/fd/{}", file.as_raw_fd());
    match linkat(CWD, nameless, CWD, path, AtFlags::SYMLINK_FOLLOW) {
        Ok(()) => Ok(()),
        Err(rustix::io::Errno::EXIST) => Err(io::ErrorKind::AlreadyExists.into()),
        // A file system or kernel that cannot do this: the right result goes into a file that has a name while it is written.
        Err(_) => {
            let mut named = tempfile::NamedTempFile::new_in(folder(path))?;
            named
                .as_file()
                .set_permissions(file.metadata()?.permissions())?;
            file.rewind()?;
            io::copy(file, named.as_file_mut())?;
            named.as_file().sync_all()?;
            named
                .persist_noclobber(path)
                .map(drop)
                .map_err(|error| error.error)
        }
    }
}

/// A reader that has seen enough (`… | head`) is no fault.
fn print(file: &mut File) -> io::Result<()> {
    file.rewind()?;
    let mut out = io::stdout().lock();
    match io::copy(file, &mut out).and_then(|_| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn cannot_write(path: Option<&Path>, error: &io::Error) -> Failure {
    match path {
        Some(path) => files::cannot("write", path, error),
        None => Failure::because("standard output", error),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn a_result_has_a_name_only_when_it_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("plain");
        let mut target = Target::secret(Some(&path)).unwrap();
        target.write(b"half").unwrap();
        assert_eq!(names(dir.path()), Vec::<String>::new());
        drop(target);
        assert_eq!(names(dir.path()), Vec::<String>::new());

        let mut target = Target::secret(Some(&path)).unwrap();
        target.write(b"to be thrown away").unwrap();
        target.restart().unwrap();
        target.write(b"whole").unwrap();
        target.keep().unwrap();
        assert_eq!(names(dir.path()), ["plain"]);
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_name_that_is_taken_stays_whose_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("plain");
        let target = Target::secret(Some(&path)).unwrap();
        fs::write(&path, b"somebody else's").unwrap();
        assert!(target.keep().is_err());
        assert!(Target::secret(Some(&path)).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"somebody else's");
    }
}
