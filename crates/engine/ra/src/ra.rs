//! The handle that use cases hang on.

use std::{fmt, sync::Arc};

use chancery_audit::{Act, Actor, Object};
use chancery_ca::Ca;
use chancery_keys::{Entropy, Vault};
use chancery_profile::Profiles;
use chancery_register::Register;
use chancery_store::{Batch, Id, Migrations, Store, Timestamp, blob::BlobStore};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Fault, Policy, Products, fault::Refused};

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    component: "ra",
    steps: &[
        ("V1__orders", include_str!("../migrations/V1__orders.sql")),
        ("V2__desk", include_str!("../migrations/V2__desk.sql")),
        (
            "V3__renewals",
            include_str!("../migrations/V3__renewals.sql"),
        ),
        (
            "V4__collections",
            include_str!("../migrations/V4__collections.sql"),
        ),
        (
            "V5__withdrawn",
            include_str!("../migrations/V5__withdrawn.sql"),
        ),
        (
            "V6__signatures",
            include_str!("../migrations/V6__signatures.sql"),
        ),
    ],
};

/// What a registration authority works with.
#[derive(Clone)]
pub struct RaParts {
    /// Tables that [`MIGRATIONS`] made.
    pub store: Store,
    /// Seals personal data, document keys and letters.
    pub vault: Arc<Vault>,
    /// People.
    pub register: Register,
    /// Issues and revokes.
    pub ca: Ca,
    /// Where sealed documents are.
    pub blobs: BlobStore,
    /// The catalogue.
    pub products: Arc<Products>,
    /// The certificate profiles that the products name.
    pub profiles: Arc<Profiles>,
    /// Randomness of ids, codes and keys.
    pub entropy: Arc<dyn Entropy>,
    /// Limits and ages.
    pub policy: Policy,
}

/// The registration authority; cheap to clone.
#[derive(Clone)]
pub struct Ra {
    pub(crate) store: Store,
    pub(crate) vault: Arc<Vault>,
    pub(crate) register: Register,
    pub(crate) ca: Ca,
    pub(crate) blobs: BlobStore,
    pub(crate) products: Arc<Products>,
    pub(crate) profiles: Arc<Profiles>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) policy: Arc<Policy>,
}

impl fmt::Debug for Ra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ra")
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

impl Ra {
    /// A registration authority of these parts.
    #[must_use]
    pub fn new(parts: RaParts) -> Self {
        Self {
            store: parts.store,
            vault: parts.vault,
            register: parts.register,
            ca: parts.ca,
            blobs: parts.blobs,
            products: parts.products,
            profiles: parts.profiles,
            entropy: parts.entropy,
            policy: Arc::new(parts.policy),
        }
    }

    /// The catalogue.
    #[must_use]
    pub fn products(&self) -> &Products {
        &self.products
    }

    /// Limits and ages.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(crate) fn new_id(&self) -> Result<Id, chancery_keys::EntropyError> {
        chancery_keys::random_id(self.entropy.as_ref())
    }

    /// Commits a batch whose guards say whether what was read still holds.
    pub(crate) async fn commit(&self, batch: Batch) -> Result<(), Refused> {
        Ok(self.store.commit(batch).await?)
    }

    /// Records an act on an order (or a part of it) in the batch that does it.
    pub(crate) fn record(
        &self,
        batch: &mut Batch,
        action: &'static str,
        actor: &Actor,
        object: (&'static str, Id),
        after: Option<serde_json::Value>,
        now: Timestamp,
    ) -> Result<(), chancery_keys::EntropyError> {
        self.record_on(batch, action, actor, object, after, None, now)
    }

    /// [`Self::record`] of an act that rests on evidence.
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the columns of one record"
    )]
    pub(crate) fn record_on(
        &self,
        batch: &mut Batch,
        action: &'static str,
        actor: &Actor,
        (kind, id): (&'static str, Id),
        after: Option<serde_json::Value>,
        evidence: Option<[u8; 32]>,
        now: Timestamp,
    ) -> Result<(), chancery_keys::EntropyError> {
        let act = Act {
            action,
            actor: actor.clone(),
            object: Object {
                kind,
                id: id.to_string(),
            },
            before: None,
            after,
            evidence,
        };
        chancery_audit::record(batch, self.entropy.as_ref(), &act, now)
    }

    /// Seals a value for one row.
    pub(crate) fn seal<T: Serialize>(
        &self,
        purpose: &'static str,
        row: Id,
        value: &T,
    ) -> Result<Vec<u8>, Fault> {
        let json = serde_json::to_vec(value).map_err(|source| Fault::Json {
            what: purpose,
            source,
        })?;
        let plain = zeroize::Zeroizing::new(json);
        Ok(self.vault.seal(purpose, row.as_bytes(), &plain)?)
    }

    /// Opens what [`Self::seal`] sealed for that row.
    pub(crate) fn unseal<T: DeserializeOwned>(
        &self,
        purpose: &'static str,
        row: Id,
        sealed: &[u8],
    ) -> Result<T, Fault> {
        let plain = self
            .vault
            .open_sealed(purpose, row.as_bytes(), sealed)
            .map_err(|source| Fault::Open {
                what: purpose,
                source,
            })?;
        serde_json::from_slice(&plain).map_err(|source| Fault::Json {
            what: purpose,
            source,
        })
    }
}
