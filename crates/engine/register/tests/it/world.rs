//! A register of its own for each test, and what tests do again and again.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::Duration,
};

use chancery_audit::Actor;
use chancery_keys::{HasherConfig, KdfCost, SecretHasher, Vault, testing::SeededEntropy};
use chancery_register::{
    EmailAddress, Language, Letter, LogIn, LogInError, MIGRATIONS, NewPerson, Notice, PersonId,
    Principal, Register, RegisterConfig, Registration, Role, Roles, Timestamp,
    mail_domain::MailDomain,
};
use chancery_store::{outbox, testing::TestStore};
use secrecy::SecretString;

pub const NOW: Timestamp = Timestamp::from_secs(1_795_000_000);
pub const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
pub const PASSWORD: &str = "velbloud-pod-okapem-7";
pub const OTHER_PASSWORD: &str = "kobyla-na-mezi-13-hop";

pub struct World {
    pub register: Register,
    pub store: TestStore,
    pub vault: Arc<Vault>,
    _folder: tempfile::TempDir,
}

pub fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

pub fn address(last: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(198, 51, 100, last))
}

pub fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

pub fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

pub fn operator() -> Actor {
    Actor::Operator {
        user: "root".to_owned(),
    }
}

/// A register on each store.
pub async fn worlds() -> Vec<World> {
    worlds_with(RegisterConfig::new("Test")).await
}

pub async fn worlds_with(config: RegisterConfig) -> Vec<World> {
    let mut worlds = Vec::new();
    for store in chancery_store::testing::stores(&[MIGRATIONS, chancery_audit::MIGRATIONS]).await {
        let folder = tempfile::tempdir().unwrap();
        let entropy = Arc::new(SeededEntropy::new(42));
        let vault = Vault::create(
            folder.path(),
            &secret("passphrase"),
            KdfCost::TEST,
            entropy.clone(),
        );
        let vault = Arc::new(vault.unwrap());
        let hashing = HasherConfig {
            cost: KdfCost::TEST,
            running: 2,
            waiting: 256,
        };
        let hasher = SecretHasher::new(hashing, entropy.clone()).unwrap();
        worlds.push(World {
            register: Register::new(
                store.clone(),
                vault.clone(),
                hasher,
                entropy,
                config.clone(),
            ),
            store,
            vault,
            _folder: folder,
        });
    }
    worlds
}

impl World {
    /// Takes all letters out of the outbox.
    pub async fn letters(&self) -> Vec<Letter<Notice>> {
        let far = NOW.plus(secs(1_000_000_000));
        let claimed = outbox::claim(&self.store, far, secs(1), 1000)
            .await
            .unwrap();
        let mut letters = Vec::new();
        for delivery in claimed {
            assert_eq!(delivery.topic, "mail:register");
            letters.push(Letter::open(&self.vault, delivery.id, &delivery.body).unwrap());
            outbox::delivered(&self.store, &delivery, far)
                .await
                .unwrap();
        }
        letters
    }

    pub async fn register_at(&self, address: &str, now: Timestamp) {
        let registration = Registration {
            full_name: "Jana Nováková".to_owned(),
            email: address.to_owned(),
            language: Language::Cs,
        };
        self.register
            .register_person(&registration, MailDomain::Accepts, HOME, now)
            .await
            .unwrap();
    }

    /// Registers somebody and gives back the code from the letter.
    pub async fn newcomer(&self, address: &str) -> String {
        self.register_at(address, NOW).await;
        self.mailed_code().await
    }

    pub async fn mailed_code(&self) -> String {
        match self.letters().await.pop().unwrap().notice {
            Notice::AccessCode { code, .. } | Notice::NewAccessCode { code, .. } => code,
            other => panic!("{other:?}"),
        }
    }

    pub async fn log_in(
        &self,
        login: &str,
        typed: &str,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<LogIn, LogInError> {
        self.register.log_in(login, &secret(typed), from, now).await
    }

    pub async fn principal(&self, log_in: &LogIn, now: Timestamp) -> Principal {
        self.session(log_in.token().expose(), now).await.unwrap()
    }

    pub async fn session(&self, token: &str, now: Timestamp) -> Option<Principal> {
        self.register.session(token, now).await.unwrap()
    }

    /// Somebody with [`PASSWORD`].
    pub async fn person(&self, address: &str, roles: &[Role]) -> PersonId {
        let new = NewPerson {
            full_name: "Petr Svoboda".to_owned(),
            email: email(address),
            language: Language::En,
            roles: Roles::new(roles.iter().copied()),
            password: Some(secret(PASSWORD)),
        };
        self.register
            .add_person(&new, operator(), NOW)
            .await
            .unwrap()
    }

    /// A subscriber with [`PASSWORD`], logged in.
    pub async fn subscriber(&self, address: &str) -> Principal {
        self.person(address, &[Role::Subscriber]).await;
        let log_in = self.log_in(address, PASSWORD, HOME, NOW).await.unwrap();
        self.principal(&log_in, NOW).await
    }
}
