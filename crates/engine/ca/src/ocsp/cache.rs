//! Signed answers, kept until half-time or until what they say is no longer true.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chancery_store::Timestamp;
use chancery_x509::{DigestAlgorithm, SerialNumber};

/// Octets of answers kept; the oldest make room.
const LIMIT: usize = 64 * 1024 * 1024;
/// What an entry costs beside its answer.
const OVERHEAD: usize = 256;

/// What an answer is about; the digest counts because the answer repeats the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub digest: DigestAlgorithm,
    pub serial: SerialNumber,
}

/// A kept answer.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Index of the authority that the answer is about.
    pub authority: usize,
    pub der: Arc<[u8]>,
    pub this_update: Timestamp,
    pub next_update: Timestamp,
    pub kept_until: Timestamp,
}

/// The answers of all authorities, bounded in size.
#[derive(Debug)]
pub(crate) struct OcspCache {
    inner: Mutex<Inner>,
    limit: usize,
}

#[derive(Debug, Default)]
struct Inner {
    entries: HashMap<Key, Entry>,
    /// In the order of keeping; may name entries that are gone.
    order: VecDeque<Key>,
    octets: usize,
    generation: u64,
}

impl Default for OcspCache {
    fn default() -> Self {
        Self::new(LIMIT)
    }
}

impl OcspCache {
    fn new(limit: usize) -> Self {
        Self {
            inner: Mutex::default(),
            limit,
        }
    }

    /// The answer about a serial number of this authority, while it is fresh. The same number asked of
    /// another authority is another question.
    pub(super) fn find(&self, key: Key, authority: usize, now: Timestamp) -> Option<Entry> {
        let inner = self.lock();
        let entry = inner.entries.get(&key)?;
        let fresh = now < entry.kept_until && now >= entry.this_update;
        (entry.authority == authority && fresh).then(|| entry.clone())
    }

    /// Changes whenever something is forgotten.
    pub(super) fn generation(&self) -> u64 {
        self.lock().generation
    }

    /// Keeps an answer, unless something was forgotten since `generation`: the answer may be older than that.
    pub(super) fn keep(&self, key: Key, entry: Entry, generation: u64) {
        let mut inner = self.lock();
        if inner.generation != generation {
            return;
        }
        let cost = entry.der.len() + OVERHEAD;
        match inner.entries.insert(key, entry) {
            Some(previous) => inner.octets -= previous.der.len() + OVERHEAD,
            None => inner.order.push_back(key),
        }
        inner.octets += cost;
        while inner.octets > self.limit {
            let Some(oldest) = inner.order.pop_front() else {
                break;
            };
            inner.remove(oldest);
        }
    }

    /// Forgets what is known of a serial number; called once its revocation is committed.
    pub(crate) fn forget(&self, serial: SerialNumber) {
        let mut inner = self.lock();
        inner.generation += 1;
        for digest in DigestAlgorithm::ALL {
            inner.remove(Key { digest, serial });
        }
    }

    /// Forgets everything; called when a responder's certificate is replaced.
    pub(crate) fn clear(&self) {
        let mut inner = self.lock();
        let generation = inner.generation + 1;
        *inner = Inner {
            generation,
            ..Inner::default()
        };
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn remove(&mut self, key: Key) {
        if let Some(entry) = self.entries.remove(&key) {
            self.octets -= entry.der.len() + OVERHEAD;
        }
    }
}

#[cfg(test)]
mod tests;
