//! Revocation lists (RFC 5280 section 5), one an authority and shard, kept as a row so that every server on
//! the database serves the same.

mod build;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chancery_keys::SignError;
use chancery_store::{CommitError, ReadError, Store, Timestamp, args};
use chancery_x509::{EncodeError, ParseError, VerifyError};
use tokio::sync::Mutex;

use crate::{
    Ca,
    authority::{Authority, Slot},
    context::SHARD,
};

/// How often servers on one database try to outrun each other before one gives up.
const ATTEMPTS: u32 = 8;
/// By how much the clocks of servers on one database may differ.
const CLOCKS_DIFFER: Duration = Duration::from_mins(1);

/// A signed revocation list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrlFile {
    /// The `CertificateList` in DER.
    pub der: Vec<u8>,
    /// `cRLNumber` (RFC 5280 section 5.2.3).
    pub number: i64,
    /// When it was made.
    pub this_update: Timestamp,
    /// When the next is there at the latest.
    pub next_update: Timestamp,
}

impl AsRef<[u8]> for CrlFile {
    fn as_ref(&self) -> &[u8] {
        &self.der
    }
}

/// A revocation list was not made.
#[derive(Debug, thiserror::Error)]
pub enum CrlError {
    /// The database did not answer.
    #[error("the revocations could not be read")]
    Read(#[from] ReadError),
    /// The list could not be encoded.
    #[error("the list could not be encoded")]
    Encode(#[from] EncodeError),
    /// The authority's key did not sign.
    #[error("the authority's key did not sign")]
    Sign(#[from] SignError),
    /// What was signed is no list.
    #[error("the signed list could not be read back")]
    Assemble(#[from] ParseError),
    /// The signature that was made does not verify.
    #[error("the signature that was made does not verify")]
    Signature(#[from] VerifyError),
    /// The database did not take the list.
    #[error("the list could not be recorded")]
    Commit(#[from] CommitError),
    /// Other servers made lists faster, time and again.
    #[error("other servers changed the list time and again")]
    Contended,
}

/// The current list of an authority and what it does not yet tell.
pub(crate) struct CrlState {
    current: Slot<CrlFile>,
    /// One signs at a time; who waited often finds the work done.
    signing: Mutex<()>,
    /// Revocations committed by this process.
    changes: AtomicU64,
    /// Of these, how many the current list tells.
    covered: AtomicU64,
}

impl CrlState {
    pub(crate) fn new(current: Option<CrlFile>) -> Self {
        Self {
            current: Slot::new(current),
            signing: Mutex::new(()),
            changes: AtomicU64::new(0),
            covered: AtomicU64::new(0),
        }
    }

    pub(crate) fn current(&self) -> Option<Arc<CrlFile>> {
        self.current.get()
    }

    /// Notes a committed revocation; the number goes to [`Ca::renew_list`].
    pub(crate) fn changed(&self) -> u64 {
        self.changes.fetch_add(1, Ordering::SeqCst) + 1
    }

    fn is_behind(&self) -> bool {
        self.covered.load(Ordering::SeqCst) < self.changes.load(Ordering::SeqCst)
    }
}

/// The list in the database.
pub(crate) async fn stored(store: &Store, slug: &str) -> Result<Option<CrlFile>, ReadError> {
    let rows = store
        .rows(
            "select der, number, this_update, next_update from crl where authority = $1 and shard = $2",
            args![slug, SHARD],
        )
        .await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    Ok(Some(CrlFile {
        der: row.bytes(0)?,
        number: row.int(1)?,
        this_update: row.time(2)?,
        next_update: row.time(3)?,
    }))
}

impl Ca {
    /// The list at `/crl/SLUG/SHARD.crl`.
    #[must_use]
    pub fn crl(&self, slug: &str, shard: i64) -> Option<Arc<CrlFile>> {
        if shard == SHARD {
            self.authority(slug)?.crl.current()
        } else {
            None
        }
    }

    /// Signs a list that tells at least the revocations up to `ticket`.
    pub(crate) async fn renew_list(
        &self,
        authority: &Authority,
        ticket: u64,
        now: Timestamp,
    ) -> Result<(), CrlError> {
        let state = &authority.crl;
        let _signing = state.signing.lock().await;
        if state.covered.load(Ordering::SeqCst) >= ticket {
            return Ok(());
        }
        self.sign_list(authority, now).await
    }

    /// Brings the list in time: from another server if that was faster, else signed anew when due, behind or
    /// absent. Returns whether one was signed.
    pub(crate) async fn refresh_list(
        &self,
        authority: &Authority,
        now: Timestamp,
    ) -> Result<bool, CrlError> {
        let state = &authority.crl;
        let _signing = state.signing.lock().await;
        let store = &self.context().store;
        let number = build::stored_number(store, &authority.slug).await?;
        if number != state.current().map(|list| list.number)
            && let Some(list) = stored(store, &authority.slug).await?
        {
            state.current.set(Arc::new(list));
        }
        let due = match state.current() {
            None => true,
            Some(list) => {
                state.is_behind()
                    // Signed while the clock was wrong: no relying party takes it before its time.
                    || list.this_update > now.plus(CLOCKS_DIFFER)
                    || now >= list.this_update.plus(build::renew_after(authority.purpose))
                    || self.has_unlisted(authority, now).await?
            }
        };
        if due {
            self.sign_list(authority, now).await?;
        }
        Ok(due)
    }

    /// Whether a revocation was committed that no list tells, as when the server stopped between the two.
    async fn has_unlisted(&self, authority: &Authority, now: Timestamp) -> Result<bool, ReadError> {
        let rows = self
            .context()
            .store
            .rows(
                "select 1 from revocation where authority = $1 and shard = $2 and not_after >= $3
                    and listed_in is null limit 1",
                args![&authority.slug, SHARD, build::kept_since(now)],
            )
            .await?;
        Ok(!rows.is_empty())
    }

    /// Reads, signs, commits and shows a new list; the caller holds `signing`.
    async fn sign_list(&self, authority: &Authority, now: Timestamp) -> Result<(), CrlError> {
        let state = &authority.crl;
        for _ in 0..ATTEMPTS {
            let covers = state.changes.load(Ordering::SeqCst);
            let previous = build::stored_number(&self.context().store, &authority.slug).await?;
            let (list, unlisted) = self.build_list(authority, previous, now).await?;
            if self
                .swap_list(authority, previous, &list, &unlisted)
                .await?
            {
                tracing::info!(
                    authority = authority.slug,
                    number = list.number,
                    "revocation list signed"
                );
                state.current.set(Arc::new(list));
                state.covered.fetch_max(covers, Ordering::SeqCst);
                return Ok(());
            }
        }
        Err(CrlError::Contended)
    }
}
