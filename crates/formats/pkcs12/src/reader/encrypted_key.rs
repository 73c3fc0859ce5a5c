//! A private key that stands alone under a password (`EncryptedPrivateKeyInfo`, RFC 5958 section 3): `BEGIN ENCRYPTED PRIVATE KEY`.

use chancery_x509::Crypto;
use zeroize::Zeroizing;

use super::{bags, pfx, plausible_key};
use crate::attempt::{Attempt, Locked, Preference, Progress};
use crate::budget::{Budget, Limits};
use crate::error::{OpenError, Place, ReadError};
use crate::need::{Need, Primitives, Step};
use crate::password::Password;

/// What an opened key is: DER `PrivateKeyInfo`, wiped when dropped.
pub type PrivateKeyInfo = Zeroizing<Vec<u8>>;

/// Opens one key: [`KeyOpening::start`], then [`KeyOpening::resume`] with each result until the `PrivateKeyInfo` is there.
pub struct KeyOpening {
    budget: Budget,
    preference: Preference,
    attempt: Attempt,
}

impl KeyOpening {
    /// Begins to open a key, BER or DER.
    pub fn start(
        input: &[u8],
        password: &Password,
        limits: Limits,
        crypto: &dyn Crypto,
    ) -> Result<(Self, Step<PrivateKeyInfo>), OpenError> {
        let damaged = |error: ReadError| error.at(Place::EncryptedPrivateKey);
        let der = pfx::definite(input, limits.octets, "encrypted private key")
            .map_err(|source| damaged(source.into()))?;
        let (scheme, cipher_text) = bags::encrypted_private_key(&der).map_err(damaged)?;
        let locked = Locked::Cipher {
            scheme,
            cipher_text,
            plausible: plausible_key,
        };
        let mut preference = Preference::default();
        let mut opening = Self {
            budget: Budget::new(limits),
            attempt: Attempt::new(locked, password, &mut preference),
            preference,
        };
        let step = opening.advance(crypto)?;
        Ok((opening, step))
    }

    /// Goes on with the result of the last [`Need`].
    pub fn resume(
        &mut self,
        result: Zeroizing<Vec<u8>>,
        crypto: &dyn Crypto,
    ) -> Result<Step<PrivateKeyInfo>, OpenError> {
        self.attempt.take(result)?;
        self.advance(crypto)
    }

    fn advance(&mut self, crypto: &dyn Crypto) -> Result<Step<PrivateKeyInfo>, OpenError> {
        let progress = self
            .attempt
            .advance(crypto, &[], &mut self.budget, &mut self.preference)?;
        match progress {
            Progress::Derive(derivation) => Ok(Step::Need(Need::Derive(derivation))),
            Progress::Opened(key) => Ok(Step::Done(key)),
            Progress::Failed => Err(OpenError::WrongPassword),
        }
    }
}

/// Opens a key with cryptography that does everything at once: DER `PrivateKeyInfo`.
pub fn open_key(
    input: &[u8],
    password: &Password,
    limits: Limits,
    crypto: &dyn Crypto,
    primitives: &dyn Primitives,
) -> Result<PrivateKeyInfo, OpenError> {
    let (mut opening, mut step) = KeyOpening::start(input, password, limits, crypto)?;
    loop {
        match step {
            Step::Need(need) => step = opening.resume(need.fulfil(primitives)?, crypto)?,
            Step::Done(key) => return Ok(key),
        }
    }
}
