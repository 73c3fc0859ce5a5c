//! A private key that stands alone under a password (`EncryptedPrivateKeyInfo`, RFC 5958 section 3): `BEGIN ENCRYPTED PRIVATE KEY`.

use chancery_x509::{Crypto, asn1};
use zeroize::Zeroizing;

use super::WriteError;
use crate::need::{Derivation, Need, Primitives, Step};
use crate::password::Password;
use crate::profile::Profile;
use crate::scheme::Scheme;

/// Writes one key: [`KeyWriter::start`], then [`KeyWriter::resume`] with each result until it is there. Encrypted as in [`Profile::Modern`].
pub struct KeyWriter {
    private_key: Zeroizing<Vec<u8>>,
    scheme: Scheme,
    wanted: std::vec::IntoIter<Derivation>,
    derived: Vec<Zeroizing<Vec<u8>>>,
    asked: Option<usize>,
}

impl KeyWriter {
    /// How many random octets [`KeyWriter::start`] takes.
    pub const RANDOMNESS: usize = 32;

    /// Begins to write a DER `PrivateKeyInfo` (PKCS#8). `random` are fresh octets of a cryptographic random source, never used again.
    pub fn start(
        private_key: Zeroizing<Vec<u8>>,
        password: &Password,
        random: [u8; Self::RANDOMNESS],
        crypto: &dyn Crypto,
    ) -> Result<(Self, Step<Vec<u8>>), WriteError> {
        let (salt, iv) = random.split_at(Self::RANDOMNESS / 2);
        let scheme = Profile::Modern.scheme(salt, iv);
        let mut writer = Self {
            private_key,
            wanted: scheme.derivations(&password.utf8()).into_iter(),
            scheme,
            derived: Vec::new(),
            asked: None,
        };
        let step = writer.advance(crypto)?;
        Ok((writer, step))
    }

    /// Goes on with the result of the last [`Need`]; gives DER `EncryptedPrivateKeyInfo`.
    pub fn resume(
        &mut self,
        result: Zeroizing<Vec<u8>>,
        crypto: &dyn Crypto,
    ) -> Result<Step<Vec<u8>>, WriteError> {
        match self.asked.take() {
            None => Err(WriteError::AlreadyDone),
            Some(octets) if octets == result.len() => {
                self.derived.push(result);
                self.advance(crypto)
            }
            Some(_) => Err(WriteError::ResultLength {
                octets: result.len(),
            }),
        }
    }

    fn advance(&mut self, crypto: &dyn Crypto) -> Result<Step<Vec<u8>>, WriteError> {
        if let Some(next) = self.wanted.next() {
            self.asked = Some(next.octets);
            return Ok(Step::Need(Need::Derive(next)));
        }
        let cipher_text = self
            .scheme
            .encrypt(crypto, &self.derived, &self.private_key)?;
        Ok(Step::Done(asn1::sequence(&[
            &self.scheme.to_der(),
            &asn1::octet_string(&cipher_text),
        ])))
    }
}

/// Writes a key with cryptography that does everything at once.
pub fn write_key(
    private_key: Zeroizing<Vec<u8>>,
    password: &Password,
    random: [u8; KeyWriter::RANDOMNESS],
    crypto: &dyn Crypto,
    primitives: &dyn Primitives,
) -> Result<Vec<u8>, WriteError> {
    let (mut writer, mut step) = KeyWriter::start(private_key, password, random, crypto)?;
    loop {
        match step {
            Step::Need(need) => step = writer.resume(need.fulfil(primitives)?, crypto)?,
            Step::Done(key) => return Ok(key),
        }
    }
}
