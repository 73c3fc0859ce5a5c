//! Argon2id for what people choose or type, with its own limit on memory and threads.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash,
    password_hash::phc::PasswordHash,
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::{Entropy, EntropyError, KdfCost, random};

/// A secret was neither hashed nor compared.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// As many hashes run and wait as are allowed; the caller tells its client to come back (503).
    #[error("too many secrets are being checked at once")]
    Busy,
    /// The stored text is no Argon2id hash.
    #[error("the stored hash cannot be read")]
    Stored,
    /// The parameters are out of Argon2's range.
    #[error("the Argon2 parameters are out of range")]
    Parameters(#[source] argon2::Error),
    /// No salt could be made.
    #[error("no salt could be made")]
    Entropy(#[from] EntropyError),
    /// The hashing thread ended before it answered.
    #[error("the hashing thread ended before it answered")]
    Lost,
}

/// Cost and limits of a [`SecretHasher`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HasherConfig {
    /// Cost of one hash.
    pub cost: KdfCost,
    /// Hashes that run at once; each takes `cost.memory_kib`.
    pub running: usize,
    /// Hashes that may wait beyond those.
    pub waiting: usize,
}

impl Default for HasherConfig {
    /// 19 MiB and two passes (the OWASP floor), two at once, thirty-two waiting.
    fn default() -> Self {
        Self {
            cost: KdfCost {
                memory_kib: 19 * 1024,
                passes: 2,
                lanes: 1,
            },
            running: 2,
            waiting: 32,
        }
    }
}

/// Hashes and verifies secrets of low entropy; cheap to clone.
#[derive(Clone)]
pub struct SecretHasher {
    inner: Arc<Inner>,
}

struct Inner {
    params: Params,
    entropy: Arc<dyn Entropy>,
    /// Compared with when a person is unknown, so that the answer costs the same.
    nobody: String,
    admitted: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

impl std::fmt::Debug for SecretHasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecretHasher").finish_non_exhaustive()
    }
}

impl SecretHasher {
    /// A hasher; makes one hash on the way, so it takes as long as one.
    pub fn new(config: HasherConfig, entropy: Arc<dyn Entropy>) -> Result<Self, HashError> {
        let params = config.cost.params(None).map_err(HashError::Parameters)?;
        let secret: [u8; 32] = random(entropy.as_ref())?;
        let nobody = hash_now(&params, &secret, &random(entropy.as_ref())?)?;
        Ok(Self {
            inner: Arc::new(Inner {
                params,
                entropy,
                nobody,
                admitted: Arc::new(Semaphore::new(config.running + config.waiting)),
                running: Arc::new(Semaphore::new(config.running.max(1))),
            }),
        })
    }

    /// The PHC string of `secret` under a new salt.
    pub async fn hash(&self, secret: &SecretString) -> Result<String, HashError> {
        let salt = random(self.inner.entropy.as_ref())?;
        let params = self.inner.params.clone();
        let secret = secret.clone();
        self.run(move || hash_now(&params, secret.expose_secret().as_bytes(), &salt))
            .await
    }

    /// Whether `secret` is the one that `phc` was made from; `None` (nobody by that name) costs the
    /// same and is always false.
    pub async fn verify(
        &self,
        secret: &SecretString,
        phc: Option<&str>,
    ) -> Result<bool, HashError> {
        let known = phc.is_some();
        let stored = phc.unwrap_or(&self.inner.nobody).to_owned();
        let secret = secret.clone();
        let equal = self
            .run(move || verify_now(&stored, secret.expose_secret().as_bytes()))
            .await?;
        Ok(equal && known)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let _admitted = Arc::clone(&self.inner.admitted)
            .try_acquire_owned()
            .map_err(|_| HashError::Busy)?;
        let running = Arc::clone(&self.inner.running)
            .acquire_owned()
            .await
            .map_err(|_| HashError::Lost)?;
        tokio::task::spawn_blocking(move || {
            // Kept by the thread: a client that goes away must not let a third hash start.
            let _running = running;
            work()
        })
        .await
        .map_err(|_| HashError::Lost)?
    }
}

fn hash_now(params: &Params, secret: &[u8], salt: &[u8; 16]) -> Result<String, HashError> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
        .hash_password_with_salt(secret, salt)
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(|_| HashError::Stored)
}

fn verify_now(stored: &str, secret: &[u8]) -> Result<bool, HashError> {
    let stored = PasswordHash::new(stored).map_err(|_| HashError::Stored)?;
    // The cost is the stored hash's own, so that raising the configured one does not lock people out.
    match Argon2::default().verify_password(secret, &stored) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(_) => Err(HashError::Stored),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use secrecy::SecretString;

    use super::{HashError, HasherConfig, SecretHasher};
    use crate::{KdfCost, testing::SeededEntropy};

    fn hasher(running: usize, waiting: usize) -> SecretHasher {
        let config = HasherConfig {
            cost: KdfCost::TEST,
            running,
            waiting,
        };
        SecretHasher::new(config, Arc::new(SeededEntropy::new(1))).unwrap()
    }

    #[tokio::test]
    async fn verifies_what_it_hashed() {
        let hasher = hasher(1, 1);
        let secret = SecretString::from("correct horse");
        let phc = hasher.hash(&secret).await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$"), "{phc}");
        assert!(hasher.verify(&secret, Some(&phc)).await.unwrap());
        let other = SecretString::from("correct horsf");
        assert!(!hasher.verify(&other, Some(&phc)).await.unwrap());
        assert!(!hasher.verify(&secret, None).await.unwrap());
        assert_ne!(
            phc,
            hasher.hash(&secret).await.unwrap(),
            "a salt was used twice"
        );
    }

    #[tokio::test]
    async fn an_unreadable_hash_is_an_error_not_a_mismatch() {
        let secret = SecretString::from("x");
        let outcome = hasher(1, 1).verify(&secret, Some("plain")).await;
        assert!(matches!(outcome, Err(HashError::Stored)), "{outcome:?}");
    }

    #[tokio::test]
    async fn refuses_beyond_its_limit() {
        let hasher = hasher(1, 1);
        let secret = SecretString::from("x");
        // A hash of this cost can be done before the next is asked for; none is while the only place is taken.
        let place = Arc::clone(&hasher.inner.running).acquire_owned().await;
        let (a, b, c, ()) = tokio::join!(
            hasher.hash(&secret),
            hasher.hash(&secret),
            hasher.hash(&secret),
            async { drop(place) },
        );
        assert!(a.is_ok() && b.is_ok());
        assert!(matches!(c, Err(HashError::Busy)), "{c:?}");
    }
}
