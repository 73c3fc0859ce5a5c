use std::{
    sync::{Arc, Barrier},
    time::Duration,
};

use chancery_x509::SignatureAlgorithm;

use super::SigningPool;
use crate::{KeyAlgorithm, SignError, Signer, SoftwareKey};

/// Waits at the barrier before it answers, so that a test decides how long it is busy.
struct Held(Barrier);

impl Signer for Held {
    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::Ed25519
    }

    fn public_key(&self) -> &[u8] {
        &[]
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        self.0.wait();
        Ok(message.to_vec())
    }
}

struct Panics;

impl Signer for Panics {
    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::Ed25519
    }

    fn public_key(&self) -> &[u8] {
        &[]
    }

    fn sign(&self, _message: &[u8]) -> Result<Vec<u8>, SignError> {
        panic!("a provider's fault")
    }
}

#[tokio::test]
async fn signs_many_at_once() {
    let pool = SigningPool::new(2, 64);
    let key = Arc::new(SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap());
    let tasks: Vec<_> = (0..64_u8)
        .map(|n| {
            let (pool, key) = (pool.clone(), Arc::clone(&key));
            tokio::spawn(async move { pool.sign(key, vec![n]).await })
        })
        .collect();
    for task in tasks {
        assert!(!task.await.unwrap().unwrap().is_empty());
    }
}

#[tokio::test]
async fn full_is_busy_and_drains_again() {
    let pool = SigningPool::new(1, 1);
    let held = Arc::new(Held(Barrier::new(2)));
    let sign = |message: u8| {
        let (pool, held) = (pool.clone(), Arc::clone(&held));
        tokio::spawn(async move { pool.sign(held, vec![message]).await })
    };
    let first = sign(1);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let second = sign(2);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(sign(3).await.unwrap(), Err(SignError::Busy));
    let release = Arc::clone(&held);
    tokio::task::spawn_blocking(move || {
        release.0.wait();
        release.0.wait();
    })
    .await
    .unwrap();
    assert_eq!(first.await.unwrap(), Ok(vec![1]));
    assert_eq!(second.await.unwrap(), Ok(vec![2]));
}

#[tokio::test]
async fn a_panicking_provider_does_not_take_the_thread() {
    let pool = SigningPool::new(1, 4);
    assert_eq!(
        pool.sign(Arc::new(Panics), vec![]).await,
        Err(SignError::Lost)
    );
    let key = Arc::new(SoftwareKey::generate(KeyAlgorithm::Ed25519).unwrap());
    assert!(pool.sign(key, vec![1]).await.is_ok());
}
