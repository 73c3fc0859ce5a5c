//! A ready authority for tests: P-256 keys in a temporary folder, gone with it.

use std::sync::Arc;

use chancery_audit::Actor;
use chancery_keys::{
    KdfCost, KeyAlgorithm, KeyHome, Signer, SigningPool, SoftwareKey, SystemEntropy, Vault,
};
use chancery_profile::Profiles;
use chancery_store::{Store, Timestamp};
use chancery_x509::{
    Attribute, AttributeKind, CertificationRequest, Name, PublicKeyInfo, request::request_info,
};
use secrecy::SecretString;
use tempfile::TempDir;

use crate::{AuthorityPlan, Ca, CaConfig, CeremonyPlan, CeremonyRecord, Purpose, ceremony};

/// Address of the status service in certificates of tests: public in form, and nobody's.
pub const STATUS_URL: &str = "http://status.chancery-pki.com";

/// An authority in a folder of its own.
#[derive(Debug)]
pub struct TestAuthority {
    /// The authority.
    pub ca: Ca,
    /// What it was made of, for opening it once more.
    pub config: CaConfig,
    /// What the ceremony says.
    pub record: CeremonyRecord,
    /// The folder with its keys.
    pub folder: TempDir,
}

/// A plan with a root and three issuing authorities on P-256.
#[must_use]
pub fn plan() -> CeremonyPlan {
    let authority = |name: &str, years| AuthorityPlan {
        name: name.to_owned(),
        key: KeyAlgorithm::EcP256,
        years,
    };
    CeremonyPlan {
        organization: "Chancery Tests".to_owned(),
        country: "CZ".to_owned(),
        root: authority("Chancery Test Root", 20),
        issuing: vec![
            (Purpose::Smime, authority("Chancery Test S/MIME", 10)),
            (Purpose::Tls, authority("Chancery Test TLS", 10)),
            (Purpose::Device, authority("Chancery Test Devices", 10)),
        ],
    }
}

/// The parts of an authority on this store, with a new vault; no ceremony was held. The store needs the tables
/// of `chancery_audit` and of this crate.
///
/// # Panics
/// If the folder or the vault cannot be made.
#[must_use]
#[expect(clippy::expect_used, reason = "the test that asks for it has failed")]
pub fn config(store: Store) -> (CaConfig, TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let entropy = Arc::new(SystemEntropy);
    let passphrase = SecretString::from("a passphrase of tests");
    let vault = Vault::create(folder.path(), &passphrase, KdfCost::TEST, entropy.clone());
    let vault = Arc::new(vault.expect("a vault"));
    let config = CaConfig {
        store,
        keys: KeyHome::new(Arc::clone(&vault), None),
        vault,
        pool: SigningPool::new(2, 256),
        entropy,
        profiles: Arc::new(Profiles::standard().expect("the standard profiles")),
        status_url: STATUS_URL.to_owned(),
    };
    (config, folder)
}

/// An authority whose ceremony was held at `now`.
///
/// # Panics
/// If it cannot be made.
#[expect(clippy::expect_used, reason = "the test that asks for it has failed")]
pub async fn authority(store: Store, now: Timestamp) -> TestAuthority {
    let (config, folder) = config(store);
    let record = ceremony(&plan(), config.clone(), &Actor::System, now)
        .await
        .expect("a ceremony");
    let ca = Ca::open(config.clone(), now).await.expect("an authority");
    TestAuthority {
        ca,
        config,
        record,
        folder,
    }
}

/// A new P-256 key and a request signed by it.
///
/// # Panics
/// If they cannot be made.
#[must_use]
#[expect(clippy::expect_used, reason = "the test that asks for it has failed")]
pub fn request() -> (SoftwareKey, CertificationRequest) {
    let key = SoftwareKey::generate(KeyAlgorithm::EcP256).expect("a key");
    let request = request_by(&key);
    (key, request)
}

/// A request signed by this key.
///
/// # Panics
/// If it cannot be made.
#[must_use]
#[expect(clippy::expect_used, reason = "the test that asks for it has failed")]
pub fn request_by(key: &SoftwareKey) -> CertificationRequest {
    let subject = Name::new([Attribute::new(AttributeKind::CommonName, "ignored")]);
    let public_key = PublicKeyInfo::from_der(key.public_key()).expect("a public key");
    let info = request_info(&subject.expect("a name"), &public_key, &[]);
    let signature = key.sign(&info).expect("a signature");
    CertificationRequest::assemble(&info, key.algorithm(), &signature).expect("a request")
}
