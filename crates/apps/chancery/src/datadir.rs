//! One data directory, one server.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use secrecy::SecretString;

use crate::{config::Config, failure::Failure, files};

/// An environment's directory and what lies where in it.
#[derive(Clone, Debug)]
pub struct DataDir {
    path: PathBuf,
    pin_file: Option<PathBuf>,
}

/// Proof that no other process works on the directory; given up on drop.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl DataDir {
    /// The directory at `path`, which need not be there yet.
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            pin_file: None,
        }
    }

    /// The directory that the command line names.
    pub fn named_by(words: &crate::cli::DataDir) -> Self {
        Self::new(&words.data).with_pin_file(words.pin_file.clone())
    }

    /// With the file of the token's PIN that the command line names, which counts more than the configuration's.
    pub fn with_pin_file(self, pin_file: Option<PathBuf>) -> Self {
        Self { pin_file, ..self }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn config_file(&self) -> PathBuf {
        self.path.join("chancery.toml")
    }

    pub fn database(&self) -> PathBuf {
        self.path.join("chancery.db")
    }

    pub fn keys(&self) -> PathBuf {
        self.path.join("keys")
    }

    pub fn documents(&self) -> PathBuf {
        self.path.join("documents")
    }

    pub fn admin_socket(&self) -> PathBuf {
        self.path.join("admin.sock")
    }

    /// The note that a token refused a PIN.
    pub fn pin_refused(&self) -> PathBuf {
        self.path.join("pin-refused")
    }

    pub fn ceremony_record(&self) -> PathBuf {
        self.path.join("ceremony.txt")
    }

    /// Files of this folder replace or add to what the binary carries: `profiles`, `products`.
    pub fn overrides(&self, kind: &str) -> PathBuf {
        self.path.join(kind)
    }

    pub fn passphrase(&self) -> PathBuf {
        self.path.join("passphrase")
    }

    /// Whether `init` has run here.
    pub fn is_initialised(&self) -> bool {
        self.config_file().exists()
    }

    /// Makes the directory, readable by its owner alone.
    pub fn create(&self) -> Result<(), Failure> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.path)
            .map_err(|error| {
                Failure::new(format!(
                    "cannot make the directory {}: {error}",
                    self.path.display()
                ))
            })
    }

    /// Reads `chancery.toml`.
    pub fn config(&self) -> Result<Config, Failure> {
        if !self.is_initialised() {
            return Err(
                Failure::new(format!("{} holds no environment", self.path.display())).hint(
                    format!("make one: chancery init --data {}", self.path.display()),
                ),
            );
        }
        let file = self.config_file();
        let config = Config::parse(&file.display().to_string(), &files::read_text(&file)?)?;
        self.named(config)
    }

    /// The configuration with what the command line named instead.
    pub fn named(&self, mut config: Config) -> Result<Config, Failure> {
        if let Some(file) = &self.pin_file {
            if config.keys.token.is_none() {
                return Err(Failure::usage(
                    "--pin-file is for keys in a token, and the configuration names none",
                ));
            }
            config.keys.pin_file = Some(file.clone());
        }
        Ok(config)
    }

    /// The passphrase of the keys, from `file` or from the directory itself.
    pub fn read_passphrase(&self, file: Option<&Path>) -> Result<SecretString, Failure> {
        let own = self.passphrase();
        let file = file.unwrap_or(&own);
        if !file.exists() {
            return Err(
                Failure::new(format!("there is no passphrase file {}", file.display()))
                    .hint("name it with --passphrase-file"),
            );
        }
        files::first_line(file)
    }

    /// Takes the directory for this process alone; `None` where another process has it.
    pub fn try_lock(&self) -> Result<Option<Lock>, Failure> {
        let path = self.path.join("lock");
        let cannot = |error: std::io::Error| {
            Failure::new(format!("cannot lock {}: {error}", path.display()))
        };
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(cannot(error)),
        }
    }

    /// Takes the directory for this process alone, or says who has it.
    pub fn lock(&self) -> Result<Lock, Failure> {
        self.try_lock()?.ok_or_else(|| {
            Failure::new(format!("another chancery works on {}", self.path.display()))
                .hint("stop it first, or choose another directory with --data")
        })
    }

    /// Files `*.toml` of a folder of overrides, by name without ending, sorted.
    pub fn override_files(&self, kind: &str) -> Result<Vec<(String, String)>, Failure> {
        let folder = self.overrides(kind);
        let mut found = Vec::new();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
            Err(error) => {
                return Err(Failure::new(format!(
                    "cannot read {}: {error}",
                    folder.display()
                )));
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|ending| ending == "toml")
                && let Some(name) = path.file_stem().and_then(|name| name.to_str())
            {
                found.push((name.to_owned(), files::read_text(&path)?));
            }
        }
        found.sort();
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_process_has_the_directory() {
        let folder = tempfile::tempdir().unwrap();
        let dir = DataDir::new(folder.path());
        let first = dir.lock().unwrap();
        assert!(
            dir.lock()
                .unwrap_err()
                .to_string()
                .contains("another chancery")
        );
        drop(first);
        dir.lock().unwrap();
    }

    #[test]
    fn an_empty_directory_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let message = DataDir::new(folder.path())
            .config()
            .unwrap_err()
            .to_string();
        assert!(
            message.contains("hint: make one: chancery init"),
            "{message}"
        );
    }
}
