//! The handle through which everything is done.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chancery_keys::KeyHomeError;
use chancery_profile::{Profile, address};
use chancery_store::{CommitError, ReadError, Timestamp};
use chancery_x509::{Certificate, extension::CrlDistributionPoints};
use tokio::sync::{Mutex, MutexGuard};

use crate::{
    AuthorityView, CaConfig, MaintainError,
    authority::{self, Authority, IssuerHashes, Slot},
    context::{Context, SHARD},
    crl::{self, CrlState},
    ocsp::OcspCache,
    responder,
};

const FOLLOW_MARGIN: Duration = Duration::from_mins(2);

/// The authorities of an environment; cheap to clone.
#[derive(Clone)]
pub struct Ca {
    inner: Arc<Inner>,
}

struct Inner {
    context: Context,
    /// The oldest first.
    authorities: Vec<Authority>,
    ocsp: OcspCache,
    /// Until when revocations of other servers were looked at, microseconds.
    followed: AtomicI64,
    /// One maintains at a time.
    maintaining: Mutex<()>,
}

impl std::fmt::Debug for Ca {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let slugs: Vec<&str> = self
            .authorities_inner()
            .iter()
            .map(|a| a.slug.as_str())
            .collect();
        f.debug_struct("Ca")
            .field("authorities", &slugs)
            .finish_non_exhaustive()
    }
}

/// The authorities could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenCaError {
    /// There are none: the ceremony was not held.
    #[error("there is no authority; hold the ceremony first")]
    NoAuthority,
    /// A private key is not to be had.
    #[error("the private key of the authority {authority} cannot be used")]
    Key {
        /// Slug of the authority.
        authority: String,
        /// Why.
        #[source]
        source: KeyHomeError,
    },
    /// A private key is not the one that the certificate names.
    #[error("the private key of the authority {authority} does not belong to its certificate")]
    KeyMismatch {
        /// Slug of the authority.
        authority: String,
    },
    /// The configured status address is not the one in the certificates: relying parties would look for lists and
    /// answers where nobody serves them.
    #[error(
        "certificates name {certified}, but the configured status address makes it {configured}"
    )]
    StatusUrl {
        /// Address of a list by the configuration.
        configured: String,
        /// Address of the same list in a certificate.
        certified: String,
    },
    /// A row holds a purpose that this program does not know: it was written by a newer one.
    #[error("the authority {authority} has an unknown purpose")]
    Purpose {
        /// Slug of the authority.
        authority: String,
    },
    /// The records could not be read.
    #[error("the authorities' records could not be read")]
    Read(#[from] ReadError),
    /// Open blocks of serial numbers could not be closed.
    #[error("blocks of serial numbers could not be closed")]
    Commit(#[from] CommitError),
    /// Lists or responders could not be brought up to date.
    #[error("lists or responders could not be brought up to date")]
    Maintain(#[from] MaintainError),
}

impl Ca {
    /// Opens the authorities that [`crate::ceremony`] made, closes the serial blocks of earlier runs, and
    /// brings revocation lists and OCSP responders up to date.
    pub async fn open(config: CaConfig, now: Timestamp) -> Result<Self, OpenCaError> {
        let context = Context::open(config, now).await?;
        let mut authorities = Vec::new();
        for row in authority::rows(&context.store).await? {
            authorities.push(load(&context, row).await?);
        }
        if authorities.is_empty() {
            return Err(OpenCaError::NoAuthority);
        }
        check_status_url(&context.status_url, &authorities)?;
        let ca = Self {
            inner: Arc::new(Inner {
                context,
                authorities,
                ocsp: OcspCache::default(),
                followed: AtomicI64::new(now.as_micros()),
                maintaining: Mutex::new(()),
            }),
        };
        ca.maintain(now).await?;
        Ok(ca)
    }

    /// The authorities, the root first.
    #[must_use]
    pub fn authorities(&self) -> Vec<AuthorityView> {
        self.authorities_inner()
            .iter()
            .map(Authority::view)
            .collect()
    }

    /// The issuer of `certificate`, that one's issuer and so on to the root; empty for a root or a stranger.
    #[must_use]
    pub fn chain(&self, certificate: &Certificate) -> Vec<Certificate> {
        let mut chain: Vec<Certificate> = Vec::new();
        let mut below = certificate;
        while let Some(issuer) = self
            .authorities_inner()
            .iter()
            .find(|authority| below.is_issued_by(&authority.certificate))
        {
            // A root is its own issuer; a circle cannot be, but would not end.
            if issuer.certificate == *below || chain.contains(&issuer.certificate) {
                break;
            }
            chain.push(issuer.certificate.clone());
            below = &issuer.certificate;
        }
        chain
    }

    /// Where the revocation list of an authority is published, as its certificates say.
    #[must_use]
    pub fn crl_address(&self, slug: &str) -> Option<String> {
        let authority = self.authority(slug)?;
        let shard = u32::try_from(SHARD).ok()?;
        let status_url = &self.context().status_url;
        Some(chancery_profile::address::crl(
            status_url,
            &authority.slug,
            shard,
        ))
    }

    /// The certificate that is served at the AIA address, `/issuer/SLUG.cer`.
    #[must_use]
    pub fn issuer_der(&self, slug: &str) -> Option<&[u8]> {
        self.authority(slug)
            .map(|authority| authority.certificate.as_der())
    }

    pub(crate) fn context(&self) -> &Context {
        &self.inner.context
    }

    pub(crate) fn authorities_inner(&self) -> &[Authority] {
        &self.inner.authorities
    }

    pub(crate) async fn maintaining(&self) -> MutexGuard<'_, ()> {
        self.inner.maintaining.lock().await
    }

    pub(crate) fn ocsp_cache(&self) -> &OcspCache {
        &self.inner.ocsp
    }

    /// From when on revocations of other servers are to be looked at. A margin covers clocks that differ and
    /// commits that take their time; a clock that was set back since is believed.
    pub(crate) fn follow_from(&self, now: Timestamp) -> Timestamp {
        let last = self.inner.followed.load(Ordering::SeqCst);
        Timestamp::from_micros(last).min(now).minus(FOLLOW_MARGIN)
    }

    /// Notes that they were looked at up to `now`: once they were, for a look that failed has seen nothing.
    pub(crate) fn followed_to(&self, now: Timestamp) {
        self.inner.followed.store(now.as_micros(), Ordering::SeqCst);
    }

    pub(crate) fn authority(&self, slug: &str) -> Option<&Authority> {
        self.authorities_inner()
            .iter()
            .find(|authority| authority.slug == slug)
    }

    /// The youngest authority whose profile may issue `profile`.
    pub(crate) fn authority_for(&self, profile: &Profile) -> Option<&Authority> {
        self.authorities_inner()
            .iter()
            .rev()
            .find(|authority| profile.issued_by().any(|name| name == authority.profile))
    }
}

/// The address is fixed by the ceremony; a certificate whose list is elsewhere cannot be checked.
fn check_status_url(status_url: &str, authorities: &[Authority]) -> Result<(), OpenCaError> {
    for authority in authorities {
        let Some(parent) = &authority.parent else {
            continue;
        };
        let points = authority.certificate.extension::<CrlDistributionPoints>();
        let points = points.ok().flatten().unwrap_or_default();
        let shard = u32::try_from(SHARD).unwrap_or(0);
        let configured = address::crl(status_url, parent, shard);
        let certified: Vec<&str> = points.uris().collect();
        if let Some(first) = certified.first()
            && !certified.contains(&configured.as_str())
        {
            return Err(OpenCaError::StatusUrl {
                configured,
                certified: (*first).to_owned(),
            });
        }
    }
    Ok(())
}

async fn load(context: &Context, row: authority::AuthorityRow) -> Result<Authority, OpenCaError> {
    let authority = || row.slug.clone();
    let purpose = row.purpose.parse().map_err(|_| OpenCaError::Purpose {
        authority: authority(),
    })?;
    let signer = context
        .keys
        .key(&row.slug)
        .map_err(|source| OpenCaError::Key {
            authority: authority(),
            source,
        })?;
    if signer.public_key() != row.certificate.public_key().as_der() {
        return Err(OpenCaError::KeyMismatch {
            authority: authority(),
        });
    }
    let list = crl::stored(&context.store, &row.slug).await?;
    let responder = responder::stored(context, &row.slug).await?;
    Ok(Authority {
        hashes: IssuerHashes::of(&row.certificate),
        slug: row.slug,
        name: row.name,
        purpose,
        profile: row.profile,
        parent: row.parent,
        created_at: row.created_at,
        certificate_id: row.certificate_id,
        certificate: row.certificate,
        signer,
        responder: Slot::new(responder),
        crl: CrlState::new(list),
    })
}
