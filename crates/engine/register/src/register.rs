//! The handle that use cases hang on.

use std::{fmt, sync::Arc};

use chancery_keys::{Entropy, SecretHasher, Vault};
use chancery_store::{Batch, Migrations, Store, Timestamp, args};

use crate::{
    ASKED_LIFE, EmailAddress, Fault, Language, Letter, MAIL_TOPIC, Notice, RegisterConfig, devices,
    throttle,
};

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    component: "register",
    steps: &[
        ("V1__people", include_str!("../migrations/V1__people.sql")),
        (
            "V2__deletions",
            include_str!("../migrations/V2__deletions.sql"),
        ),
        (
            "V3__certificates",
            include_str!("../migrations/V3__certificates.sql"),
        ),
        (
            "V4__assurance",
            include_str!("../migrations/V4__assurance.sql"),
        ),
        ("V5__devices", include_str!("../migrations/V5__devices.sql")),
        ("V6__claims", include_str!("../migrations/V6__claims.sql")),
        ("V7__settled", include_str!("../migrations/V7__settled.sql")),
        ("V8__proved", include_str!("../migrations/V8__proved.sql")),
    ],
};

/// People, organisations and sessions; cheap to clone.
#[derive(Clone)]
pub struct Register {
    pub(crate) store: Store,
    pub(crate) vault: Arc<Vault>,
    pub(crate) hasher: SecretHasher,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) config: Arc<RegisterConfig>,
}

impl fmt::Debug for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Register")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl Register {
    /// A register on tables that [`MIGRATIONS`] made.
    #[must_use]
    pub fn new(
        store: Store,
        vault: Arc<Vault>,
        hasher: SecretHasher,
        entropy: Arc<dyn Entropy>,
        config: RegisterConfig,
    ) -> Self {
        Self {
            store,
            vault,
            hasher,
            entropy,
            config: Arc::new(config),
        }
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &RegisterConfig {
        &self.config
    }

    /// Forgets what is over: sessions, invitations, people who were asked, access codes, tries, challenges; and tells holders whose certificates end soon.
    /// Call it every few minutes.
    pub async fn maintain(&self, now: Timestamp) -> Result<(), Fault> {
        let idle_since = now.minus(self.config.session_idle);
        let mut batch = Batch::new();
        batch
            .any(
                "delete from register_sessions where ends_at <= $1 or seen_at <= $2",
                args![now, idle_since],
            )
            .any(
                "delete from register_invitations where expires_at <= $1",
                args![now],
            )
            .any(
                "delete from register_attempts where last_at <= $1 and blocked_until <= $2",
                args![now.minus(throttle::MEMORY), now],
            )
            .any(
                "delete from register_networks where seen_at <= $1",
                args![now.minus(throttle::NETWORK_MEMORY)],
            )
            .any(
                "delete from register_challenges where expires_at <= $1",
                args![now],
            )
            .any(
                "delete from register_confirmations where expires_at <= $1",
                args![now],
            );
        devices::tidy(&mut batch, now);
        batch.any(
            "delete from register_asked where asked_at <= $1",
            args![now.minus(ASKED_LIFE)],
        );
        self.store.commit(batch).await?;
        self.tell_of_ends(now).await
    }

    /// Puts a notice into the outbox, in the batch that is its cause.
    pub(crate) fn notify(
        &self,
        batch: &mut Batch,
        to: &EmailAddress,
        language: Language,
        notice: Notice,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let letter = Letter {
            to: to.clone(),
            language,
            notice,
        };
        letter.post(batch, MAIL_TOPIC, &self.vault, self.entropy.as_ref(), now)?;
        Ok(())
    }

    /// Records an act in the batch that does it.
    pub(crate) fn record(
        &self,
        batch: &mut Batch,
        action: &'static str,
        actor: chancery_audit::Actor,
        object: (&'static str, String),
        after: Option<serde_json::Value>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let act = chancery_audit::Act {
            action,
            actor,
            object: chancery_audit::Object {
                kind: object.0,
                id: object.1,
            },
            before: None,
            after,
            evidence: None,
        };
        Ok(chancery_audit::record(
            batch,
            self.entropy.as_ref(),
            &act,
            now,
        )?)
    }
}
