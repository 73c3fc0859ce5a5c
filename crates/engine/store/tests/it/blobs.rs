//! Blobs lie under the address of what they hold.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

use chancery_store::blob::{Address, BlobError, BlobStore};
use tempfile::TempDir;

fn store() -> (TempDir, BlobStore) {
    let dir = tempfile::tempdir().unwrap();
    let blobs = BlobStore::local(dir.path().join("blobs"));
    (dir, blobs)
}

fn file(dir: &TempDir, address: &Address) -> PathBuf {
    let (folder, name) = address.as_str().split_at(2);
    dir.path().join("blobs").join(folder).join(name)
}

#[tokio::test]
async fn a_blob_comes_back_from_its_address() {
    let (dir, blobs) = store();
    let address = blobs.put(b"abc").await.unwrap();
    // FIPS 180-2, appendix B.1.
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(address.to_string(), expected);
    assert_eq!(blobs.get(&address).await.unwrap(), b"abc");
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(file(&dir, &address)), 0o600);
    assert_eq!(mode(dir.path().join("blobs")), 0o700);
    let empty = blobs.put(b"").await.unwrap();
    assert_eq!(blobs.get(&empty).await.unwrap(), b"");
}

#[tokio::test]
async fn the_same_octets_are_kept_once() {
    let (dir, blobs) = store();
    let first = blobs.put(&vec![7; 100_000]).await.unwrap();
    let second = blobs.put(&vec![7; 100_000]).await.unwrap();
    assert_eq!(first, second);
    let folder = file(&dir, &first).parent().unwrap().to_owned();
    assert_eq!(fs::read_dir(folder).unwrap().count(), 1, "a draft was left");
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_of_the_same_octets_do_not_disturb_each_other() {
    let (_dir, blobs) = store();
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let blobs = blobs.clone();
        running.spawn(async move { blobs.put(&vec![9; 50_000]).await.unwrap() });
    }
    let addresses = running.join_all().await;
    assert_eq!(blobs.get(&addresses[0]).await.unwrap(), vec![9; 50_000]);
}

#[tokio::test]
async fn a_removed_blob_is_missing() {
    let (_dir, blobs) = store();
    let address = blobs.put(b"abc").await.unwrap();
    assert!(blobs.remove(&address).await.unwrap());
    assert!(!blobs.remove(&address).await.unwrap());
    let missing = blobs.get(&address).await.unwrap_err();
    assert!(matches!(missing, BlobError::Missing { address: named } if named == address));
}

#[tokio::test]
async fn damage_is_noticed_and_a_cut_off_file_mended() {
    let (dir, blobs) = store();
    let address = blobs.put(b"abc").await.unwrap();
    fs::write(file(&dir, &address), b"abd").unwrap();
    let damaged = blobs.get(&address).await.unwrap_err();
    assert!(matches!(damaged, BlobError::Damaged { .. }), "{damaged:?}");
    fs::write(file(&dir, &address), b"ab").unwrap();
    blobs.put(b"abc").await.unwrap();
    assert_eq!(blobs.get(&address).await.unwrap(), b"abc");
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_unavailable() {
    let dir = tempfile::tempdir().unwrap();
    let taken = dir.path().join("blobs");
    fs::write(&taken, "a file").unwrap();
    let refused = BlobStore::local(&taken).put(b"abc").await.unwrap_err();
    assert!(
        matches!(refused, BlobError::Unavailable { .. }),
        "{refused:?}"
    );
}

#[test]
fn an_address_is_no_path() {
    let good = Address::of(b"abc").to_string();
    assert_eq!(good.parse::<Address>().unwrap(), Address::of(b"abc"));
    let dots = format!("../{}", &good[3..]);
    for text in [
        "",
        "..",
        &good[1..],
        &good.to_uppercase(),
        &dots,
        &format!("{good}0"),
    ] {
        assert!(text.parse::<Address>().is_err(), "{text}");
    }
}
