//! A registration authority of its own for each test, and what tests do again and again.

use std::{path::PathBuf, sync::Arc, time::Duration};

use chancery_audit::Actor;
use chancery_ca::{Ca, testing::TestAuthority};
use chancery_keys::{HasherConfig, KdfCost, SecretHasher, SystemEntropy};
use chancery_ra::{
    ActivationData, ApplicationData, CommonName, Decision, KeyPlace, Letter, Notice, Order,
    OrderView, OrganizationData, PersonData, Policy, Products, Ra, RaParts, StatementAt,
    StatementVersion, Step, StepState, Submission, Upload,
};
use chancery_register::{
    AuthLevel, Language, NewPerson, Principal, Register, RegisterConfig, Role, Roles, SessionId,
};
use chancery_store::{Id, Timestamp, blob::BlobStore, outbox, testing::TestStore};

pub const NOW: Timestamp = Timestamp::from_secs(1_795_000_000);
pub const PDF: &[u8] = include_bytes!("../fixtures/page.pdf");
pub const JPEG: &[u8] = include_bytes!("../fixtures/pixel.jpg");

pub struct World {
    pub ra: Ra,
    pub ca: Ca,
    pub store: TestStore,
    pub blobs: PathBuf,
    authority: TestAuthority,
    register: Register,
}

pub fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

pub fn hours(hours: u64) -> Duration {
    secs(hours * 3_600)
}

pub fn days(days: u64) -> Duration {
    hours(days * 24)
}

/// A registration authority on each store.
pub async fn worlds() -> Vec<World> {
    let migrations = migrations();
    let mut worlds = Vec::new();
    for store in chancery_store::testing::stores(&migrations).await {
        worlds.push(World::on(store, Policy::default()).await);
    }
    worlds
}

/// One on SQLite, for what no store decides.
pub async fn world() -> World {
    world_with(Policy::default()).await
}

pub async fn world_with(policy: Policy) -> World {
    let store = chancery_store::testing::sqlite(&migrations()).await;
    World::on(store, policy).await
}

fn migrations() -> [chancery_store::Migrations; 4] {
    [
        chancery_audit::MIGRATIONS,
        chancery_register::MIGRATIONS,
        chancery_ca::MIGRATIONS,
        chancery_ra::MIGRATIONS,
    ]
}

impl World {
    async fn on(store: TestStore, policy: Policy) -> Self {
        let authority = chancery_ca::testing::authority(store.clone(), NOW).await;
        let entropy = Arc::new(SystemEntropy);
        let hashing = HasherConfig {
            cost: KdfCost::TEST,
            running: 2,
            waiting: 256,
        };
        let register = Register::new(
            store.clone(),
            Arc::clone(&authority.config.vault),
            SecretHasher::new(hashing, entropy.clone()).unwrap(),
            entropy.clone(),
            RegisterConfig::new("Test"),
        );
        let blobs = authority.folder.path().join("documents");
        let ra = Ra::new(RaParts {
            store: store.clone(),
            vault: Arc::clone(&authority.config.vault),
            register: register.clone(),
            ca: authority.ca.clone(),
            blobs: BlobStore::local(&blobs),
            products: Arc::new(Products::built_in().unwrap()),
            profiles: Arc::clone(&authority.config.profiles),
            entropy,
            policy,
        });
        Self {
            ra,
            ca: authority.ca.clone(),
            store,
            blobs,
            authority,
            register,
        }
    }

    pub fn register(&self) -> &Register {
        &self.register
    }

    pub async fn person(&self, name: &str, roles: &[Role]) -> Principal {
        let roles = Roles::new(roles.iter().copied());
        let word = name.split(' ').next().unwrap().to_lowercase();
        let new = NewPerson {
            full_name: name.to_owned(),
            email: format!("{word}@example.cz").parse().unwrap(),
            language: Language::Cs,
            roles: roles.clone(),
            password: None,
        };
        let person = self.register.add_person(&new, Actor::System, NOW).await;
        Principal {
            person: person.unwrap(),
            roles,
            session: SessionId::new(Id::from_bytes([7; 16])),
            level: AuthLevel::TwoFactor,
            opened_by: None,
            proved_at: NOW,
            awaiting: None,
            ends_at: NOW.plus(days(10_000)),
            from: Some([192, 0, 2, 1].into()),
        }
    }

    pub async fn applicant(&self) -> Principal {
        self.person("Jana Nováková", &[Role::Subscriber]).await
    }

    pub async fn stranger(&self) -> Principal {
        self.person("Eva Cizí", &[Role::Subscriber]).await
    }

    pub async fn officer(&self) -> Principal {
        self.person("Otto Úředník", &[Role::RaOfficer]).await
    }

    /// Takes all letters out of the outbox, with their ids for telling them apart.
    pub async fn letters(&self) -> Vec<(String, Notice)> {
        let far = NOW.plus(days(100_000));
        let claimed = outbox::claim(&self.store, far, secs(1), 1000).await;
        let mut letters = Vec::new();
        for delivery in claimed.unwrap() {
            if delivery.topic != chancery_ra::MAIL_TOPIC {
                assert_eq!(delivery.topic, chancery_register::MAIL_TOPIC);
                outbox::delivered(&self.store, &delivery, far)
                    .await
                    .unwrap();
                continue;
            }
            let vault = &self.authority.config.vault;
            let letter = Letter::open(vault, delivery.id, &delivery.body).unwrap();
            assert_eq!(letter.to.to_string(), delivery.recipient);
            letters.push((delivery.recipient.clone(), letter.notice));
            outbox::delivered(&self.store, &delivery, far)
                .await
                .unwrap();
        }
        letters
    }

    pub async fn order(&self, who: &Principal, order: &Order, now: Timestamp) -> OrderView {
        self.ra.order(who, order.id, now).await.unwrap()
    }

    /// An order whose data wait for an officer.
    pub async fn submitted(&self, who: &Principal, product: &str, now: Timestamp) -> Order {
        let order = self.ra.place_order(who, product, now).await.unwrap();
        self.attach_needed(who, &order, now).await;
        self.ra
            .submit_data(who, order.id, &submission(&order), now)
            .await
            .unwrap();
        self.order(who, &order, now).await.order
    }

    /// Attaches what the product needs.
    pub async fn attach_needed(&self, who: &Principal, order: &Order, now: Timestamp) {
        for required in &order.product.documents {
            if required.needed == chancery_ra::Needed::Always {
                let upload = upload(PDF, Some(&required.id));
                self.ra
                    .add_document(who, order.id, upload, now)
                    .await
                    .unwrap();
            }
        }
    }

    /// An order whose mailbox is next.
    pub async fn vetted(&self, who: &Principal, product: &str, now: Timestamp) -> Order {
        let order = self.submitted(who, product, now).await;
        let name = format!("Officer{} X", order.id);
        let officer = self.person(&name, &[Role::RaOfficer]).await;
        self.ra
            .decide(&officer, order.id, Decision::Verify, order.version, now)
            .await
            .unwrap();
        self.order(who, &order, now).await.order
    }

    /// Sends link and code, and gives both.
    pub async fn send(
        &self,
        who: &Principal,
        order: &Order,
        email: &str,
        now: Timestamp,
    ) -> (String, String) {
        self.letters().await;
        self.ra
            .send_email_verification(who, order.id, email, now)
            .await
            .unwrap();
        match self.letters().await.pop() {
            Some((to, Notice::EmailVerification { token, code, .. })) => {
                assert_eq!(to, email);
                (token, code)
            }
            other => panic!("{other:?}"),
        }
    }

    /// An order that can be activated.
    pub async fn ready(&self, who: &Principal, product: &str, now: Timestamp) -> Order {
        let order = if product.contains("mailbox") {
            self.ra.place_order(who, product, now).await.unwrap()
        } else {
            self.vetted(who, product, now).await
        };
        let (token, _) = self.send(who, &order, "post@example.cz", now).await;
        self.ra.confirm_email_link(&token, None, now).await.unwrap();
        self.order(who, &order, now).await.order
    }

    /// An order with its certificate.
    pub async fn issued(&self, who: &Principal, product: &str, now: Timestamp) -> (Order, Id) {
        let order = self.ready(who, product, now).await;
        let data = activation(&order, &csr());
        let id = self.ra.activate(who, order.id, &data, now).await.unwrap();
        (order, id)
    }
}

pub fn upload(content: &[u8], purpose: Option<&str>) -> Upload {
    Upload {
        file_name: "výpis.pdf".to_owned(),
        content: content.to_vec(),
        purpose: purpose.map(ToOwned::to_owned),
    }
}

pub fn csr() -> String {
    chancery_ca::testing::request().1.to_pem()
}

pub fn ticked(order: &Order, at: StatementAt) -> Vec<StatementVersion> {
    order
        .product
        .statements_at(at)
        .map(|statement| statement.reference())
        .collect()
}

pub fn data() -> ApplicationData {
    ApplicationData {
        organization: OrganizationData {
            name: "Příliš Žluťoučký, s. r. o.".into(),
            country: "CZ".into(),
            locality: "Praha".into(),
            street: "Na Příkopě 1".into(),
            postal_code: "110 00".into(),
            number_kind: "cz-ico".into(),
            number: "452 74 649".into(),
            ..OrganizationData::default()
        },
        person: PersonData {
            given_name: "Jana".into(),
            surname: "Nováková".into(),
            document_kind: "identity-card".into(),
            document_country: "CZ".into(),
            document_number: "123456789".into(),
            role: "účetní".into(),
        },
    }
}

pub fn submission(order: &Order) -> Submission {
    Submission {
        data: data(),
        wrong_number_knowingly: false,
        ticked: ticked(order, StatementAt::Data),
        language: Language::Cs,
    }
}

pub fn activation(order: &Order, csr: &str) -> ActivationData {
    ActivationData {
        common_name: Some(CommonName::Email),
        fields: Vec::new(),
        key_place: KeyPlace::Elsewhere,
        csr: csr.to_owned(),
        register: false,
        agreed: ticked(order, StatementAt::Activation),
        language: Language::Cs,
    }
}

/// The states of an order's steps, by name.
pub fn states(order: &Order) -> Vec<&'static str> {
    order.steps.iter().map(|view| view.state.id()).collect()
}

pub fn is_waiting(order: &Order, step: Step) -> bool {
    matches!(
        order.state(step),
        Some(StepState::WaitingForVerification { .. })
    )
}
