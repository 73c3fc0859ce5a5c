//! What every use case of this crate works with.

use std::sync::Arc;

use chancery_keys::{AwsLc, Entropy, KeyHome, SigningPool, Vault};
use chancery_profile::Profiles;
use chancery_store::{CommitError, Store, Timestamp};

use crate::serial::Serials;

/// The parts that an authority is made of.
#[derive(Clone)]
pub struct CaConfig {
    /// The database, with the tables of [`crate::MIGRATIONS`] and of `chancery_audit`.
    pub store: Store,
    /// Where the responders' keys are, which are made and forgotten as time goes by.
    pub vault: Arc<Vault>,
    /// Where the authorities' keys are: in the vault, or in a token.
    pub keys: KeyHome,
    /// Where signatures are made.
    pub pool: SigningPool,
    /// The random source.
    pub entropy: Arc<dyn Entropy>,
    /// The certificate profiles.
    pub profiles: Arc<Profiles>,
    /// Address under which `/ocsp`, `/crl` and `/issuer` are reached, without a slash at its end:
    /// `http://status.example.org`. It stands in every certificate.
    pub status_url: String,
}

impl std::fmt::Debug for CaConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CaConfig")
            .field("status_url", &self.status_url)
            .finish_non_exhaustive()
    }
}

/// The shard of every certificate today. It is in the address of the CRL from the first day, so that lists
/// can be split once they grow.
pub(crate) const SHARD: i64 = 0;

pub(crate) struct Context {
    pub store: Store,
    pub vault: Arc<Vault>,
    pub keys: KeyHome,
    pub pool: SigningPool,
    pub entropy: Arc<dyn Entropy>,
    pub profiles: Arc<Profiles>,
    pub status_url: String,
    pub crypto: AwsLc,
    pub serials: Serials,
}

impl Context {
    pub(crate) async fn open(config: CaConfig, now: Timestamp) -> Result<Self, CommitError> {
        let serials = Serials::open(config.store.clone(), now).await?;
        Ok(Self {
            store: config.store,
            vault: config.vault,
            keys: config.keys,
            pool: config.pool,
            entropy: config.entropy,
            profiles: config.profiles,
            status_url: config.status_url.trim_end_matches('/').to_owned(),
            crypto: AwsLc,
            serials,
        })
    }
}
