//! `vault.json`: the wrapped master key.

use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    digest::{SHA256, digest},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::VaultCreateError;
use crate::{Entropy, random};

/// Cost of Argon2id (RFC 9106).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KdfCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl KdfCost {
    /// RFC 9106 section 4, second recommendation: 64 MiB, three passes, four lanes.
    pub const VAULT: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 4,
    };

    /// As little as Argon2 takes, so that tests are quick.
    #[cfg(feature = "testing")]
    pub const TEST: Self = Self {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };

    pub(crate) fn params(self, output: Option<usize>) -> argon2::Result<Params> {
        Params::new(self.memory_kib, self.passes, self.lanes, output)
    }
}

/// Most memory a vault's header may ask for, so that a forged file cannot exhaust the machine.
const MEMORY_LIMIT_KIB: u32 = 4 * 1024 * 1024;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    version: u32,
    kdf: String,
    cost: KdfCost,
    /// Base64, as all that follow.
    salt: String,
    nonce: String,
    wrapped: String,
    /// SHA-256 of the fields above: a damaged file is told from a wrong passphrase by it. It protects
    /// against accidents only; forging is met by the cipher's tag.
    checksum: String,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum UnwrapError {
    Damaged,
    WrongPassphrase,
}

impl Header {
    pub(super) fn wrap(
        master: &[u8; 32],
        passphrase: &SecretString,
        cost: KdfCost,
        entropy: &dyn Entropy,
    ) -> Result<Self, VaultCreateError> {
        let salt: [u8; 16] = random(entropy)?;
        let nonce: [u8; NONCE_LEN] = random(entropy)?;
        let key = derive(passphrase, &salt, cost).map_err(VaultCreateError::Parameters)?;
        let mut wrapped = Zeroizing::new(master.to_vec());
        key.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(b"chancery vault 1"),
            &mut *wrapped,
        )
        .map_err(|_| VaultCreateError::Parameters(argon2::Error::OutputTooLong))?;
        let mut header = Self {
            version: 1,
            kdf: "argon2id".to_owned(),
            cost,
            salt: BASE64.encode(salt),
            nonce: BASE64.encode(nonce),
            wrapped: BASE64.encode(&*wrapped),
            checksum: String::new(),
        };
        header.checksum = header.sum();
        Ok(header)
    }

    pub(super) fn unwrap(
        &self,
        passphrase: &SecretString,
    ) -> Result<Zeroizing<[u8; 32]>, UnwrapError> {
        let octets = |text: &str| BASE64.decode(text).map_err(|_| UnwrapError::Damaged);
        let salt = octets(&self.salt)?;
        let nonce = octets(&self.nonce)?;
        let nonce = Nonce::try_assume_unique_for_key(&nonce).map_err(|_| UnwrapError::Damaged)?;
        let mut wrapped = Zeroizing::new(octets(&self.wrapped)?);
        let key = derive(passphrase, &salt, self.cost).map_err(|_| UnwrapError::Damaged)?;
        let master = key
            .open_in_place(nonce, Aad::from(b"chancery vault 1"), &mut wrapped)
            .map_err(|_| UnwrapError::WrongPassphrase)?;
        let master = <[u8; 32]>::try_from(&*master).map_err(|_| UnwrapError::Damaged)?;
        Ok(Zeroizing::new(master))
    }

    pub(super) fn to_json(&self) -> String {
        // The fields are strings and integers, which always have a JSON form.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    pub(super) fn from_json(text: &[u8]) -> Result<Self, UnwrapError> {
        let header: Self = serde_json::from_slice(text).map_err(|_| UnwrapError::Damaged)?;
        let readable = header.version == 1
            && header.kdf == "argon2id"
            && header.cost.memory_kib <= MEMORY_LIMIT_KIB
            && header.checksum == header.sum();
        readable.then_some(header).ok_or(UnwrapError::Damaged)
    }

    fn sum(&self) -> String {
        let fields = format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}",
            self.version,
            self.kdf,
            self.cost.memory_kib,
            self.cost.passes,
            self.cost.lanes,
            self.salt,
            self.nonce,
            self.wrapped
        );
        BASE64.encode(digest(&SHA256, fields.as_bytes()))
    }
}

fn derive(passphrase: &SecretString, salt: &[u8], cost: KdfCost) -> argon2::Result<LessSafeKey> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params(Some(32))?);
    let mut key = Zeroizing::new([0; 32]);
    argon2.hash_password_into(passphrase.expose_secret().as_bytes(), salt, &mut *key)?;
    UnboundKey::new(&AES_256_GCM, &*key)
        .map(LessSafeKey::new)
        .map_err(|_| argon2::Error::OutputTooLong)
}
