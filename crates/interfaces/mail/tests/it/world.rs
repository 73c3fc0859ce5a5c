//! An outbox with a vault, and couriers for it.

use std::{sync::Arc, time::Duration};

use chancery_keys::{KdfCost, Vault, testing::SeededEntropy};
use chancery_mail::{Courier, CourierConfig, CourierError, Security, SmtpConfig, Transport};
use chancery_register::{Language, Letter, MAIL_TOPIC, Notice, Timestamp};
use chancery_store::{Batch, Id, args, testing::TestStore};

use crate::server::MailServer;

pub const NOW: Timestamp = Timestamp::from_secs(1_795_000_000);
pub const CODE: &str = "AB10-0DEF-GH1J-KM0N";

pub struct World {
    pub store: TestStore,
    pub vault: Arc<Vault>,
    pub entropy: Arc<SeededEntropy>,
    _folder: tempfile::TempDir,
}

pub fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

pub async fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for store in chancery_store::testing::stores(&[]).await {
        let folder = tempfile::tempdir().unwrap();
        let entropy = Arc::new(SeededEntropy::new(7));
        worlds.push(World {
            vault: vault(folder.path(), entropy.clone()),
            store,
            entropy,
            _folder: folder,
        });
    }
    worlds
}

fn vault(folder: &std::path::Path, entropy: Arc<SeededEntropy>) -> Arc<Vault> {
    let passphrase = "passphrase".into();
    Arc::new(Vault::create(folder, &passphrase, KdfCost::TEST, entropy).unwrap())
}

pub fn access_code(expires_at: Timestamp) -> Notice {
    Notice::AccessCode {
        full_name: "Jana Nováková".to_owned(),
        registration_number: "R-204718-3".parse().unwrap(),
        code: CODE.to_owned(),
        expires_at: expires_at.as_secs(),
    }
}

impl World {
    /// Puts a letter of the register into the outbox.
    pub async fn post(&self, notice: Notice) -> Id {
        let letter = Letter {
            to: "jana@example.cz".parse().unwrap(),
            language: Language::Cs,
            notice,
        };
        let mut batch = Batch::new();
        let id = letter
            .post(
                &mut batch,
                MAIL_TOPIC,
                &self.vault,
                self.entropy.as_ref(),
                NOW,
            )
            .unwrap();
        self.store.commit(batch).await.unwrap();
        id
    }

    pub async fn post_access_code(&self) -> Id {
        self.post(access_code(NOW.plus(minutes(60 * 24 * 7)))).await
    }

    pub fn courier(&self, transport: Transport) -> Result<Courier, CourierError> {
        Courier::new(CourierConfig {
            store: self.store.clone(),
            vault: self.vault.clone(),
            public_url: "https://portal.example/".to_owned(),
            environment: "Zkušební\r\nBcc: eve@example.org".to_owned(),
            zone: jiff::tz::TimeZone::UTC,
            transport,
            from: Some("ca@portal.example".to_owned()),
        })
    }

    pub fn courier_to(&self, server: &MailServer) -> Courier {
        self.courier(Transport::Smtp(smtp(server))).unwrap()
    }

    /// State, whether the body is there, attempts and reason of an outbox row.
    pub async fn row(&self, id: Id) -> (String, bool, i64, Option<String>) {
        let rows = self
            .store
            .rows(
                "select state, body, attempt, reason from outbox where id = $1",
                args![id],
            )
            .await
            .unwrap();
        let row = &rows[0];
        (
            row.text(0).unwrap(),
            row.opt_bytes(1).unwrap().is_some(),
            row.int(2).unwrap(),
            row.opt_text(3).unwrap(),
        )
    }
}

pub fn smtp(server: &MailServer) -> SmtpConfig {
    SmtpConfig {
        host: server.at.ip().to_string(),
        port: server.at.port(),
        security: Security::None,
        credentials: None,
        extra_root: None,
    }
}
