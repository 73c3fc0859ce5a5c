use chancery_store::Timestamp;
use chancery_x509::{DigestAlgorithm, SerialNumber};

use super::{Entry, Key, OcspCache};

const NOW: Timestamp = Timestamp::from_secs(1_000);

fn key(serial: u8) -> Key {
    Key {
        digest: DigestAlgorithm::Sha1,
        serial: SerialNumber::new(&[serial]).unwrap(),
    }
}

fn entry(octets: usize) -> Entry {
    Entry {
        authority: 0,
        der: vec![0; octets].into(),
        this_update: NOW,
        next_update: Timestamp::from_secs(3_000),
        kept_until: Timestamp::from_secs(2_000),
    }
}

#[test]
fn keeps_until_half_time_and_for_its_authority_only() {
    let cache = OcspCache::default();
    cache.keep(key(1), entry(10), cache.generation());
    assert!(cache.find(key(1), 0, NOW).is_some());
    assert!(cache.find(key(1), 1, NOW).is_none());
    assert!(cache.find(key(2), 0, NOW).is_none());
    assert!(cache.find(key(1), 0, Timestamp::from_secs(1_999)).is_some());
    assert!(cache.find(key(1), 0, Timestamp::from_secs(2_000)).is_none());
    assert!(cache.find(key(1), 0, Timestamp::from_secs(999)).is_none());
}

#[test]
fn an_answer_made_before_a_revocation_is_not_kept_after_it() {
    let cache = OcspCache::default();
    let before = cache.generation();
    cache.forget(key(1).serial);
    cache.keep(key(1), entry(10), before);
    assert!(cache.find(key(1), 0, NOW).is_none());
    cache.keep(key(1), entry(10), cache.generation());
    assert!(cache.find(key(1), 0, NOW).is_some());
    cache.forget(key(1).serial);
    assert!(cache.find(key(1), 0, NOW).is_none());
    cache.keep(key(1), entry(10), cache.generation());
    cache.clear();
    assert!(cache.find(key(1), 0, NOW).is_none());
}

#[test]
fn the_oldest_make_room() {
    let cache = OcspCache::new(4 * (100 + super::OVERHEAD));
    for serial in 1..=6 {
        cache.keep(key(serial), entry(100), cache.generation());
    }
    let kept: Vec<u8> = (1..=6)
        .filter(|serial| cache.find(key(*serial), 0, NOW).is_some())
        .collect();
    assert_eq!(kept, [3, 4, 5, 6]);
    // Replacing one costs no room.
    for _ in 0..10 {
        cache.keep(key(6), entry(100), cache.generation());
    }
    assert!(cache.find(key(3), 0, NOW).is_some());
}
