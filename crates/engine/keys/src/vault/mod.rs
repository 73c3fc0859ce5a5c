//! Secrets at rest under one passphrase.
//!
//! `DIR/vault.json` holds a random master key wrapped by AES-256-GCM under a key that Argon2id derives
//! from the passphrase. Everything sealed uses a key of its own, derived from the master key by HKDF over
//! its purpose and a random salt, so that neither purposes mix nor the limit on random nonces under one
//! key (NIST SP 800-38D section 8.3) is ever near. Private keys are `DIR/keys/SLUG.key`.

mod file;
mod header;
mod seal;

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use secrecy::SecretString;
use zeroize::Zeroizing;

pub use header::KdfCost;
pub use seal::{OpenSealedError, SealError};
pub(crate) use seal::{open as open_under, seal as seal_under};

use crate::{
    Entropy, EntropyError, KeyImportError, Signer, SoftwareKey,
    pkcs11::{Pkcs11Uri, UriError},
    random,
};
use header::{Header, UnwrapError};

/// Purpose of sealed private keys.
const KEY_PURPOSE: &str = "private-key";

/// The vault could not be made.
#[derive(Debug, thiserror::Error)]
pub enum VaultCreateError {
    /// There is one already; its keys would be lost.
    #[error("{} exists already", path.display())]
    Exists {
        /// The vault's file.
        path: PathBuf,
    },
    /// The folder or file could not be written.
    #[error("{} could not be written", path.display())]
    Io {
        /// The vault's file.
        path: PathBuf,
        /// The operating system's reason.
        #[source]
        source: io::Error,
    },
    /// No master key could be made.
    #[error("no master key could be made")]
    Entropy(#[from] EntropyError),
    /// The cost is out of Argon2's range.
    #[error("the Argon2 parameters are out of range")]
    Parameters(#[source] argon2::Error),
}

/// The vault could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultOpenError {
    /// There is none.
    #[error("there is no vault at {}", path.display())]
    Missing {
        /// The vault's file.
        path: PathBuf,
    },
    /// The file could not be read.
    #[error("{} could not be read", path.display())]
    Io {
        /// The vault's file.
        path: PathBuf,
        /// The operating system's reason.
        #[source]
        source: io::Error,
    },
    /// The file is not as it was written: restore it from a backup.
    #[error("{} is damaged", path.display())]
    Damaged {
        /// The vault's file.
        path: PathBuf,
    },
    /// The file is whole, and the passphrase is another.
    #[error("the passphrase does not open the vault")]
    WrongPassphrase,
}

/// A private key could not be put into the vault or taken out.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// A slug is 1 to 64 of `a`-`z`, `0`-`9` and `-`.
    #[error("`{slug}` is not 1 to 64 lowercase letters, digits and hyphens")]
    Slug {
        /// What was given.
        slug: String,
    },
    /// A key of that name exists; keys are never replaced.
    #[error("there is a key named {slug} already")]
    Exists {
        /// The key's name.
        slug: String,
    },
    /// There is no such key.
    #[error("there is no key named {slug}")]
    Missing {
        /// The key's name.
        slug: String,
    },
    /// The file could not be read or written.
    #[error("{} could not be read or written", path.display())]
    Io {
        /// The key's file.
        path: PathBuf,
        /// The operating system's reason.
        #[source]
        source: io::Error,
    },
    /// The key could not be sealed.
    #[error("the key could not be sealed")]
    Seal(#[from] SealError),
    /// The file is not as it was written, or belongs to another vault or name.
    #[error("{} is damaged or belongs to another vault", path.display())]
    Damaged {
        /// The key's file.
        path: PathBuf,
    },
    /// What should be the URI of a key in a token is none.
    #[error("{} holds no PKCS #11 URI", path.display())]
    Uri {
        /// The key's file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: UriError,
    },
    /// What was sealed is no key.
    #[error("{} holds no usable key", path.display())]
    Import {
        /// The key's file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: KeyImportError,
    },
}

/// An open vault: seals, unseals and keeps private keys.
pub struct Vault {
    dir: PathBuf,
    master: Zeroizing<[u8; 32]>,
    entropy: Arc<dyn Entropy>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("dir", &self.dir)
            .finish_non_exhaustive()
    }
}

impl Vault {
    /// Whether `dir` holds a vault.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        path(dir).exists()
    }

    /// Makes a vault in `dir`, which is made if absent. Runs Argon2: call it off the async threads.
    pub fn create(
        dir: &Path,
        passphrase: &SecretString,
        cost: KdfCost,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, VaultCreateError> {
        let path = path(dir);
        let master = Zeroizing::new(random(entropy.as_ref())?);
        let header = Header::wrap(&master, passphrase, cost, entropy.as_ref())?;
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::AlreadyExists => VaultCreateError::Exists { path: path.clone() },
            _ => VaultCreateError::Io {
                path: path.clone(),
                source,
            },
        };
        file::private_folder(&dir.join("keys")).map_err(failed)?;
        file::create_private(&path, header.to_json().as_bytes(), entropy.as_ref())
            .map_err(failed)?;
        Ok(Self {
            dir: dir.to_owned(),
            master,
            entropy,
        })
    }

    /// Opens the vault in `dir`. Runs Argon2: call it off the async threads.
    pub fn open(
        dir: &Path,
        passphrase: &SecretString,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, VaultOpenError> {
        let path = path(dir);
        let text = std::fs::read(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => VaultOpenError::Missing { path: path.clone() },
            _ => VaultOpenError::Io {
                path: path.clone(),
                source,
            },
        })?;
        let master = Header::from_json(&text)
            .and_then(|header| header.unwrap(passphrase))
            .map_err(|error| match error {
                UnwrapError::Damaged => VaultOpenError::Damaged { path: path.clone() },
                UnwrapError::WrongPassphrase => VaultOpenError::WrongPassphrase,
            })?;
        Ok(Self {
            dir: dir.to_owned(),
            master,
            entropy,
        })
    }

    /// Seals `plain` for `purpose`; `context` (a row's identifier, say) is bound to it and must be given
    /// again to open it, so that sealed values cannot be swapped between rows.
    pub fn seal(
        &self,
        purpose: &'static str,
        context: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        seal::seal(&self.master, purpose, context, plain, self.entropy.as_ref())
    }

    /// Opens what [`Self::seal`] made for the same purpose and context.
    pub fn open_sealed(
        &self,
        purpose: &'static str,
        context: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenSealedError> {
        seal::open(&self.master, purpose, context, sealed)
    }

    /// Writes a private key as `keys/SLUG.key`, durable on return; never replaces one.
    pub fn put_key(&self, slug: &str, key: &SoftwareKey) -> Result<(), KeyFileError> {
        let path = self.key_path(slug)?;
        let plain = key.to_pkcs8().map_err(|_| SealError::Cipher)?;
        let sealed = self.seal(KEY_PURPOSE, slug.as_bytes(), &plain)?;
        file::create_private(&path, &sealed, self.entropy.as_ref()).map_err(|source| {
            match source.kind() {
                io::ErrorKind::AlreadyExists => KeyFileError::Exists {
                    slug: slug.to_owned(),
                },
                _ => KeyFileError::Io { path, source },
            }
        })
    }

    /// The private key that [`Self::put_key`] wrote.
    pub fn key(&self, slug: &str) -> Result<Arc<dyn Signer>, KeyFileError> {
        self.software_key(slug).map(|key| {
            let key: Arc<dyn Signer> = Arc::new(key);
            key
        })
    }

    /// The same as [`Self::key`], for those who hand the key on (the server's own TLS key).
    pub fn software_key(&self, slug: &str) -> Result<SoftwareKey, KeyFileError> {
        let path = self.key_path(slug)?;
        let sealed = std::fs::read(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => KeyFileError::Missing {
                slug: slug.to_owned(),
            },
            _ => KeyFileError::Io {
                path: path.clone(),
                source,
            },
        })?;
        let plain = self
            .open_sealed(KEY_PURPOSE, slug.as_bytes(), &sealed)
            .map_err(|_| KeyFileError::Damaged { path: path.clone() })?;
        SoftwareKey::from_pkcs8(&plain).map_err(|source| KeyFileError::Import { path, source })
    }

    /// Writes down where in a token a key is, as `keys/SLUG.pkcs11`, durable on return; never replaces one.
    pub(crate) fn put_key_uri(&self, slug: &str, uri: &Pkcs11Uri) -> Result<(), KeyFileError> {
        let path = self.key_path(slug)?.with_extension("pkcs11");
        let line = format!("{uri}\n");
        file::create_private(&path, line.as_bytes(), self.entropy.as_ref()).map_err(|source| {
            match source.kind() {
                io::ErrorKind::AlreadyExists => KeyFileError::Exists {
                    slug: slug.to_owned(),
                },
                _ => KeyFileError::Io { path, source },
            }
        })
    }

    /// Where in a token a key is; `None` where it is not in a token.
    pub(crate) fn key_uri(&self, slug: &str) -> Result<Option<Pkcs11Uri>, KeyFileError> {
        let path = self.key_path(slug)?.with_extension("pkcs11");
        match std::fs::read_to_string(&path) {
            Ok(line) => line
                .trim_end()
                .parse()
                .map(Some)
                .map_err(|source| KeyFileError::Uri { path, source }),
            Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(KeyFileError::Io { path, source }),
        }
    }

    /// Removes a key that is no longer needed (a responder's after its certificate ended); absent is fine.
    pub fn remove_key(&self, slug: &str) -> Result<(), KeyFileError> {
        let path = self.key_path(slug)?;
        match std::fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(KeyFileError::Io { path, source })
            }
            _ => Ok(()),
        }
    }

    /// Takes a key out of the way of another of its name, durable on return; absent is fine. The file stays, as
    /// `keys/SLUG.key.aside-…` (`keys/SLUG.pkcs11.aside-…` where the key is in a token), for only a person can know that
    /// nothing depends on it.
    pub fn set_aside_key(&self, slug: &str) -> Result<(), KeyFileError> {
        let path = self.key_path(slug)?;
        let suffix: [u8; 8] =
            random(self.entropy.as_ref()).map_err(|error| KeyFileError::Seal(error.into()))?;
        let suffix = u64::from_be_bytes(suffix);
        for kind in ["key", "pkcs11"] {
            let path = path.with_extension(kind);
            let aside = path.with_extension(format!("{kind}.aside-{suffix:016x}"));
            match file::rename(&path, &aside) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(KeyFileError::Io { path, source });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn key_path(&self, slug: &str) -> Result<PathBuf, KeyFileError> {
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        if !(1..=64).contains(&slug.len()) || !slug.bytes().all(plain) {
            return Err(KeyFileError::Slug {
                slug: slug.to_owned(),
            });
        }
        Ok(self.dir.join("keys").join(format!("{slug}.key")))
    }
}

fn path(dir: &Path) -> PathBuf {
    dir.join("vault.json")
}

#[cfg(test)]
mod tests;
