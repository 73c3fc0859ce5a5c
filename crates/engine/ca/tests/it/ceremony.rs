use chancery_audit::Actor;
use chancery_ca::{
    Ca, CeremonyError, OpenCaError, Purpose, ceremony, ceremony_records,
    testing::{self, plan},
};
use chancery_keys::KeyAlgorithm;
use chancery_store::testing::sqlite;

use crate::support::{Files, NOW, issue, run, text, today, world, world_today, worlds};

#[tokio::test]
async fn makes_root_issuing_authorities_lists_and_responders() {
    for world in worlds().await {
        let authorities = world.ca.authorities();
        let slugs: Vec<&str> = authorities.iter().map(|a| a.slug.as_str()).collect();
        assert_eq!(slugs, ["root-g1", "smime-g1", "tls-g1", "device-g1"]);
        let root = &authorities[0];
        assert_eq!(root.purpose, Purpose::Root);
        assert!(world.ca.chain(&root.certificate).is_empty());
        for authority in &authorities {
            let list = authority.crl.as_ref().unwrap();
            assert_eq!(list.number, 1);
            let responder = authority.responder.as_ref().unwrap();
            assert!(responder.is_issued_by(&authority.certificate));
            let row = world.ca.certificate(responder.serial()).await.unwrap();
            assert_eq!(row.unwrap().profile, "ocsp-responder");
        }
        for issuing in &authorities[1..] {
            assert_eq!(issuing.parent.as_deref(), Some("root-g1"));
            let chain = world.ca.chain(&issuing.certificate);
            assert_eq!(chain, std::slice::from_ref(&root.certificate));
            assert_eq!(
                world.ca.issuer_der(&issuing.slug),
                Some(issuing.certificate.as_der())
            );
        }
        assert!(world.ca.issuer_der("smime-g2").is_none());
        assert_eq!(world.count("select count(*) from certificate").await, 8);
        let entries = chancery_audit::recent(&world.store, 10).await.unwrap();
        assert_eq!(entries.len(), 5);
    }
}

#[tokio::test]
async fn is_held_once_and_its_record_kept() {
    let world = world().await;
    let again = ceremony(&plan(), world.config.clone(), &Actor::System, NOW).await;
    assert!(
        matches!(again, Err(CeremonyError::AlreadyHeld)),
        "{again:?}"
    );
    let records = ceremony_records(&world.store).await.unwrap();
    assert_eq!(records.len(), 1);
    let record = &records[0].1;
    assert_eq!(*record, world.record.to_string());
    for authority in world.ca.authorities() {
        let serial = authority.certificate.serial().to_hex();
        assert!(record.contains(&serial), "{record}");
        assert!(record.contains(&authority.slug), "{record}");
    }
}

#[tokio::test]
async fn can_be_held_again_after_it_was_cut_off() {
    let store = sqlite(&[chancery_audit::MIGRATIONS, chancery_ca::MIGRATIONS]).await;
    let (config, _folder) = testing::config((*store).clone());
    // A key that the profile refuses stops it after the root's key was written.
    let mut broken = plan();
    broken.issuing[0].1.key = KeyAlgorithm::Ed25519;
    let outcome = ceremony(&broken, config.clone(), &Actor::System, NOW).await;
    assert!(
        matches!(outcome, Err(CeremonyError::Mint { .. })),
        "{outcome:?}"
    );
    let unopened = Ca::open(config.clone(), NOW).await;
    assert!(
        matches!(unopened, Err(OpenCaError::NoAuthority)),
        "{unopened:?}"
    );

    let held = ceremony(&plan(), config.clone(), &Actor::System, NOW).await;
    assert!(held.is_ok(), "{held:?}");
    assert!(Ca::open(config, NOW).await.is_ok());
}

/// Another, empty database at the keys of an authority: its keys are not lost by it.
#[tokio::test]
async fn a_ceremony_on_the_wrong_database_costs_no_key() {
    let world = world().await;
    let before = world.config.vault.key("root-g1").unwrap();
    let store = sqlite(&[chancery_audit::MIGRATIONS, chancery_ca::MIGRATIONS]).await;
    let mut elsewhere = world.config.clone();
    elsewhere.store = (*store).clone();
    let held = ceremony(&plan(), elsewhere, &Actor::System, NOW).await;
    held.unwrap();
    let folder = world.folder.path().join("keys");
    let aside = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.to_string_lossy().contains("root-g1.key.aside-"));
    std::fs::rename(aside.unwrap(), folder.join("root-g1.key")).unwrap();
    let after = world.config.vault.key("root-g1").unwrap();
    assert_eq!(before.public_key(), after.public_key());
}

#[tokio::test]
async fn refuses_two_authorities_of_one_purpose() {
    let store = sqlite(&[chancery_audit::MIGRATIONS, chancery_ca::MIGRATIONS]).await;
    let (config, _folder) = testing::config((*store).clone());
    let mut twice = plan();
    twice.issuing[1].0 = Purpose::Smime;
    let outcome = ceremony(&twice, config, &Actor::System, NOW).await;
    let purpose = Purpose::Smime;
    assert!(
        matches!(outcome, Err(CeremonyError::Repeated { purpose: p }) if p == purpose),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn another_key_in_the_vault_is_noticed() {
    let world = world().await;
    let vault = &world.config.vault;
    vault.remove_key("smime-g1").unwrap();
    let missing = Ca::open(world.config.clone(), NOW).await;
    assert!(
        matches!(missing, Err(OpenCaError::Key { .. })),
        "{missing:?}"
    );
    let (key, _) = testing::request();
    vault.put_key("smime-g1", &key).unwrap();
    let other = Ca::open(world.config.clone(), NOW).await;
    assert!(
        matches!(other, Err(OpenCaError::KeyMismatch { .. })),
        "{other:?}"
    );
}

#[tokio::test]
async fn another_status_address_is_noticed() {
    let world = world().await;
    let mut config = world.config.clone();
    config.status_url = "http://elsewhere.chancery-pki.com".to_owned();
    let outcome = Ca::open(config.clone(), NOW).await;
    assert!(
        matches!(outcome, Err(OpenCaError::StatusUrl { .. })),
        "{outcome:?}"
    );
    config.status_url = format!("{}/", testing::STATUS_URL);
    assert!(Ca::open(config, NOW).await.is_ok());
}

/// What `chancery init` makes by default, and P-384 beside it.
#[tokio::test]
async fn large_keys_work_as_small_ones_do() {
    let store = sqlite(&[chancery_audit::MIGRATIONS, chancery_ca::MIGRATIONS]).await;
    let (config, _folder) = testing::config((*store).clone());
    let mut large = plan();
    large.root.key = KeyAlgorithm::Rsa4096;
    large.issuing[0].1.key = KeyAlgorithm::EcP384;
    ceremony(&large, config.clone(), &Actor::System, today())
        .await
        .unwrap();
    let ca = Ca::open(config, today()).await.unwrap();
    let issued = issue(&ca, "jana@mail-example.com", today()).await.unwrap();
    let files = Files::new();
    let above = files.pem("issuing.pem", &issued.chain[..1]);
    let root = files.pem("root.pem", &issued.chain[1..]);
    let leaf = files.pem("leaf.pem", &[issued.certificate]);
    let args = [
        "verify",
        "-x509_strict",
        "-CAfile",
        &root,
        "-untrusted",
        &above,
        &leaf,
    ];
    let Some(output) = run("openssl", &args) else {
        return;
    };
    assert!(output.status.success(), "{}", text(&output));
}

/// A root of 2048 bits is refused before anything is certified (S/MIME BR 6.1.5).
#[tokio::test]
async fn small_keys_are_refused() {
    let store = sqlite(&[chancery_audit::MIGRATIONS, chancery_ca::MIGRATIONS]).await;
    let (config, _folder) = testing::config((*store).clone());
    let mut small = plan();
    small.root.key = KeyAlgorithm::Rsa2048;
    let outcome = ceremony(&small, config, &Actor::System, NOW).await;
    assert!(
        matches!(outcome, Err(CeremonyError::Mint { .. })),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn openssl_accepts_the_hierarchy() {
    let world = world_today().await;
    let files = Files::new();
    let authorities = world.ca.authorities();
    let root = files.pem(
        "root.pem",
        std::slice::from_ref(&authorities[0].certificate),
    );
    for issuing in &authorities[1..] {
        let issuing = files.pem("issuing.pem", std::slice::from_ref(&issuing.certificate));
        let args = ["verify", "-x509_strict", "-CAfile", &root, &issuing];
        let Some(output) = run("openssl", &args) else {
            return;
        };
        assert!(output.status.success(), "{}", text(&output));
    }
}
