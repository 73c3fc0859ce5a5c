//! Validation that asks for what it lacks.

use std::collections::HashSet;

use chancery_x509::Crypto;
use chancery_x509::asn1::{Reader, tag};
use chancery_x509::pem::{self, Label};

use crate::certificate::PathCertificate;
use crate::fetch::{Fetch, FetchKind};
use crate::settings::Settings;
use crate::store::Store;
use crate::validated::{InvalidPath, ValidatedPath, attempt};

/// Most things fetched for one validation.
pub const MAX_FETCHES: usize = 24;

/// Most octets of revocation lists taken for one validation: they are kept, and read, before anybody has verified them.
const MAX_LIST_OCTETS: usize = 96 << 20;

/// Most lists taken from one address: a complete one and its delta lists.
const MAX_LISTS: usize = 16;

/// A validation that may be completed with what certificates say is found on the web. It fetches nothing itself:
/// [`Validation::step`] says what to fetch, [`Validation::resume`] takes what came.
#[derive(Debug)]
pub struct Validation {
    leaf: PathCertificate,
    store: Store,
    settings: Settings,
    asked: HashSet<Fetch>,
    pending: Option<Fetch>,
    list_octets: usize,
}

/// What comes next.
#[derive(Debug)]
pub enum Step {
    /// Fetch this, then resume.
    Need(Fetch),
    /// The result; boxed, since it is much larger than the other.
    Done(Box<Result<ValidatedPath, InvalidPath>>),
}

impl Validation {
    /// Begins a validation with what is at hand.
    #[must_use]
    pub fn new(leaf: PathCertificate, store: Store, settings: Settings) -> Self {
        Self {
            leaf,
            store,
            settings,
            asked: HashSet::new(),
            pending: None,
            list_octets: 0,
        }
    }

    /// Goes as far as it can. An answer that is still awaited counts as not to be had.
    pub fn step(&mut self, crypto: &dyn Crypto) -> Step {
        self.pending = None;
        let (result, wanted) = attempt(&self.leaf, &self.store, &self.settings, crypto);
        let has_room =
            |fetch: &Fetch| fetch.kind != FetchKind::List || self.list_octets < MAX_LIST_OCTETS;
        if result.is_err()
            && self.asked.len() < MAX_FETCHES
            && let Some(next) = wanted
                .into_iter()
                .find(|fetch| !self.asked.contains(fetch) && has_room(fetch))
        {
            self.asked.insert(next.clone());
            self.pending = Some(next.clone());
            return Step::Need(next);
        }
        Step::Done(Box::new(result))
    }

    /// Takes what was fetched, none where nothing came. What cannot be read is as good as nothing: anybody may have sent it.
    pub fn resume(&mut self, content: Option<&[u8]>) {
        let (Some(fetch), Some(content)) = (self.pending.take(), content) else {
            return;
        };
        if content.len() > fetch.size_limit() {
            return;
        }
        match fetch.kind {
            FetchKind::Certificates => {
                for der in blocks(content, Label::Certificate) {
                    // Skipped where it cannot be read.
                    let _ = self.store.add_certificate_der(&der);
                }
            }
            FetchKind::List => {
                let taken = self.list_octets.saturating_add(content.len());
                self.list_octets = taken.min(MAX_LIST_OCTETS);
                if taken > MAX_LIST_OCTETS {
                    return;
                }
                for der in blocks(content, Label::X509Crl).into_iter().take(MAX_LISTS) {
                    let _ = self.store.add_list_der(&der);
                }
            }
            FetchKind::Ocsp { .. } => {
                let _ = self.store.add_answer_der(content);
            }
        }
    }
}

/// What PEM blocks hold, or DER structures one after the other.
fn blocks(content: &[u8], label: Label) -> Vec<Vec<u8>> {
    match std::str::from_utf8(content) {
        Ok(text) if text.contains("-----BEGIN") => pem::decode_all(text, label).unwrap_or_default(),
        _ => {
            let mut reader = Reader::new(content, "fetched content");
            std::iter::from_fn(|| reader.raw(tag::SEQUENCE, "fetched content").ok())
                .map(<[u8]>::to_vec)
                .collect()
        }
    }
}
