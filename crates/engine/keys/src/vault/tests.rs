use std::{fs, os::unix::fs::PermissionsExt, path::Path, sync::Arc};

use secrecy::SecretString;

use super::{KdfCost, KeyFileError, OpenSealedError, Vault, VaultCreateError, VaultOpenError};
use crate::{KeyAlgorithm, Signer, SoftwareKey, SystemEntropy};

fn create(dir: &Path) -> Vault {
    Vault::create(
        dir,
        &SecretString::from("open sesame"),
        KdfCost::TEST,
        Arc::new(SystemEntropy),
    )
    .unwrap()
}

fn open(dir: &Path, passphrase: &str) -> Result<Vault, VaultOpenError> {
    Vault::open(
        dir,
        &SecretString::from(passphrase),
        Arc::new(SystemEntropy),
    )
}

#[test]
fn what_is_sealed_opens_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let sealed = create(dir.path())
        .seal("outbox", b"row 1", b"secret")
        .unwrap();
    assert!(!sealed.windows(6).any(|window| window == b"secret"));
    let vault = open(dir.path(), "open sesame").unwrap();
    assert_eq!(
        *vault.open_sealed("outbox", b"row 1", &sealed).unwrap(),
        b"secret"
    );
}

#[test]
fn purpose_context_and_octets_are_bound() {
    let dir = tempfile::tempdir().unwrap();
    let vault = create(dir.path());
    let sealed = vault.seal("outbox", b"row 1", b"secret").unwrap();
    let refused = Err(OpenSealedError::Authenticity);
    assert_eq!(vault.open_sealed("document", b"row 1", &sealed), refused);
    assert_eq!(vault.open_sealed("outbox", b"row 2", &sealed), refused);
    for at in 1..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert_eq!(
            vault.open_sealed("outbox", b"row 1", &changed),
            refused,
            "octet {at}"
        );
    }
    for length in 0..sealed.len() {
        assert!(
            vault
                .open_sealed("outbox", b"row 1", &sealed[..length])
                .is_err(),
            "{length}"
        );
    }
    assert_ne!(sealed, vault.seal("outbox", b"row 1", b"secret").unwrap());
}

#[test]
fn a_wrong_passphrase_is_told_from_a_damaged_file() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path());
    let wrong = open(dir.path(), "open sesami");
    assert!(
        matches!(wrong, Err(VaultOpenError::WrongPassphrase)),
        "{wrong:?}"
    );

    let path = dir.path().join("vault.json");
    let whole = fs::read_to_string(&path).unwrap();
    let at = whole.find("\"wrapped\": \"").unwrap() + 12;
    let swapped = if &whole[at..=at] == "A" { "B" } else { "A" };
    let changed = format!("{}{swapped}{}", &whole[..at], &whole[at + 1..]);
    for damaged in [changed.as_str(), &whole[..whole.len() / 2], ""] {
        fs::write(&path, damaged).unwrap();
        let outcome = open(dir.path(), "open sesame");
        assert!(
            matches!(outcome, Err(VaultOpenError::Damaged { .. })),
            "{outcome:?}"
        );
    }
    fs::remove_file(&path).unwrap();
    let missing = open(dir.path(), "open sesame");
    assert!(
        matches!(missing, Err(VaultOpenError::Missing { .. })),
        "{missing:?}"
    );
}

#[test]
fn a_vault_is_never_replaced() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path());
    let again = Vault::create(
        dir.path(),
        &SecretString::from("other"),
        KdfCost::TEST,
        Arc::new(SystemEntropy),
    );
    assert!(
        matches!(again, Err(VaultCreateError::Exists { .. })),
        "{again:?}"
    );
    assert!(open(dir.path(), "open sesame").is_ok());
}

#[test]
fn keys_are_kept_private_and_whole() {
    let dir = tempfile::tempdir().unwrap();
    let vault = create(dir.path());
    let key = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
    vault.put_key("root-2026", &key).unwrap();
    let path = dir.path().join("keys/root-2026.key");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let folder = fs::metadata(dir.path().join("keys")).unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
    assert_eq!(
        fs::metadata(dir.path().join("vault.json"))
            .unwrap()
            .permissions()
            .mode()
            & 0o777,
        0o600
    );
    assert_eq!(
        fs::read_dir(dir.path().join("keys")).unwrap().count(),
        1,
        "a temporary file stayed"
    );
    assert_eq!(
        vault.key("root-2026").unwrap().public_key(),
        key.public_key()
    );

    let again = vault.put_key("root-2026", &key);
    assert!(
        matches!(again, Err(KeyFileError::Exists { .. })),
        "{again:?}"
    );
    let missing = vault.key("root-2027").err().unwrap();
    assert!(
        matches!(missing, KeyFileError::Missing { .. }),
        "{missing:?}"
    );
    for slug in ["", "../vault", "Root", "a/b", "a.b"] {
        let refused = vault.put_key(slug, &key);
        assert!(
            matches!(refused, Err(KeyFileError::Slug { .. })),
            "{slug}: {refused:?}"
        );
    }

    // A key file renamed is another key's: the name is bound.
    fs::copy(&path, dir.path().join("keys/other.key")).unwrap();
    let renamed = vault.key("other").err().unwrap();
    assert!(
        matches!(renamed, KeyFileError::Damaged { .. }),
        "{renamed:?}"
    );

    // Set aside, a key makes room and is not lost: renamed back, it is the same.
    vault.set_aside_key("root-2026").unwrap();
    vault.set_aside_key("root-2026").unwrap();
    let missing = vault.key("root-2026").err().unwrap();
    assert!(
        matches!(missing, KeyFileError::Missing { .. }),
        "{missing:?}"
    );
    let aside = fs::read_dir(dir.path().join("keys"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.to_string_lossy().contains("root-2026.key.aside-"));
    fs::rename(aside.unwrap(), &path).unwrap();
    assert_eq!(
        vault.key("root-2026").unwrap().public_key(),
        key.public_key()
    );

    vault.remove_key("root-2026").unwrap();
    vault.remove_key("root-2026").unwrap();
    assert!(vault.key("root-2026").is_err());
}
