//! Octets outside the database, such as documents, under their content address.
//!
//! A blob is on the disk before the row that names it is committed; a crash between the two leaves an
//! unnamed blob, never a name without one. What is stored is what the caller gives, so a caller that wants
//! to erase by key seals it first, and the address tells nothing about the content.

mod local;

use std::{fmt, future::Future, path::PathBuf, pin::Pin, str::FromStr, sync::Arc};

use aws_lc_rs::digest::{SHA256, digest};

use crate::error::Cause;

/// SHA-256 of the stored octets, written as 64 lowercase hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

impl Address {
    /// The address under which these octets are stored.
    #[must_use]
    pub fn of(octets: &[u8]) -> Self {
        use fmt::Write as _;
        let mut text = String::with_capacity(64);
        for octet in digest(&SHA256, octets).as_ref() {
            // Writing to a string does not fail.
            let _ = write!(text, "{octet:02x}");
        }
        Self(text)
    }

    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&Address> for crate::Value {
    fn from(address: &Address) -> Self {
        Self::Text(address.0.clone())
    }
}

/// The text is not 64 lowercase hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a blob's address is 64 lowercase hexadecimal digits")]
pub struct ParseAddressError;

impl FromStr for Address {
    type Err = ParseAddressError;

    /// Strict, for the address becomes a file name.
    fn from_str(text: &str) -> Result<Self, ParseAddressError> {
        let is_digit = |b| matches!(b, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == 64 && text.bytes().all(is_digit))
            .then(|| Self(text.to_owned()))
            .ok_or(ParseAddressError)
    }
}

/// A blob could not be stored, read or removed.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// There is none under this address.
    #[error("there is no blob {address}")]
    Missing {
        /// The address.
        address: Address,
    },
    /// The stored octets are not the ones that were put there.
    #[error("blob {address} is damaged")]
    Damaged {
        /// The address.
        address: Address,
    },
    /// The disk or service is full, gone or failing.
    #[error("blob {address} could not be stored or read")]
    Unavailable {
        /// The address.
        address: Address,
        /// Its error.
        #[source]
        source: Cause,
    },
}

type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Cause>> + Send + 'a>>;

/// A place that keeps octets under addresses; it need not know what an address says.
trait Place: Send + Sync {
    /// Durable once it returns; harmless if the address is taken.
    fn put(&self, address: Address, octets: Vec<u8>) -> Pending<'_, ()>;
    fn read(&self, address: Address) -> Pending<'_, Option<Vec<u8>>>;
    fn remove(&self, address: Address) -> Pending<'_, bool>;
}

/// Where blobs are; cheap to clone.
#[derive(Clone)]
pub struct BlobStore {
    place: Arc<dyn Place>,
}

impl fmt::Debug for BlobStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlobStore").finish_non_exhaustive()
    }
}

impl BlobStore {
    /// Blobs in a folder, which is made when the first one comes.
    #[must_use]
    pub fn local(dir: impl Into<PathBuf>) -> Self {
        Self {
            place: Arc::new(local::Folder::new(dir.into())),
        }
    }

    /// Stores the octets and gives their address; durable once it returns. The same octets are stored once.
    pub async fn put(&self, octets: &[u8]) -> Result<Address, BlobError> {
        let address = Address::of(octets);
        let stored = self.place.put(address.clone(), octets.to_vec()).await;
        match stored {
            Ok(()) => Ok(address),
            Err(source) => Err(BlobError::Unavailable { address, source }),
        }
    }

    /// The octets under an address, checked against it.
    pub async fn get(&self, address: &Address) -> Result<Vec<u8>, BlobError> {
        let address = address.clone();
        match self.place.read(address.clone()).await {
            Ok(Some(octets)) if Address::of(&octets) == address => Ok(octets),
            Ok(Some(_)) => Err(BlobError::Damaged { address }),
            Ok(None) => Err(BlobError::Missing { address }),
            Err(source) => Err(BlobError::Unavailable { address, source }),
        }
    }

    /// Removes a blob that no row names any more; false if there was none.
    pub async fn remove(&self, address: &Address) -> Result<bool, BlobError> {
        let removed = self.place.remove(address.clone()).await;
        removed.map_err(|source| BlobError::Unavailable {
            address: address.clone(),
            source,
        })
    }
}
