//! What is asked of whoever derives keys from passwords.

use chancery_x509::DigestAlgorithm;
use thiserror::Error;
use zeroize::Zeroizing;

/// One operation that is wanted done.
#[derive(Clone)]
pub enum Need {
    /// A key from a password; slow by intent. The answer has [`Derivation::octets`] octets.
    Derive(Derivation),
    /// The public key of a private key that does not carry it. The answer is a DER `SubjectPublicKeyInfo`, or empty from whoever
    /// cannot tell: the key is then known by its identifier only.
    PublicKey {
        /// DER `PrivateKeyInfo` (RFC 5208) or `OneAsymmetricKey` (RFC 5958).
        private_key: Zeroizing<Vec<u8>>,
    },
}

/// A key to be derived from a password.
#[derive(Clone)]
pub struct Derivation {
    /// How.
    pub kdf: Kdf,
    /// The password as the derivation takes it.
    pub password: Zeroizing<Vec<u8>>,
    /// The salt.
    pub salt: Vec<u8>,
    /// Octets wanted.
    pub octets: usize,
}

/// A way to derive a key from a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kdf {
    /// PBKDF2 (RFC 8018 section 5.2) with HMAC.
    Pbkdf2 {
        /// The digest under HMAC.
        prf: DigestAlgorithm,
        /// The rounds, at least one.
        rounds: u32,
    },
    /// The derivation of RFC 7292 appendix B.2: [`crate::derive_pkcs12`].
    Pkcs12 {
        /// The digest.
        digest: DigestAlgorithm,
        /// What the key is for.
        purpose: Purpose,
        /// The rounds, at least one.
        rounds: u32,
    },
    /// scrypt (RFC 7914).
    Scrypt {
        /// The binary logarithm of the cost N.
        log2_n: u8,
        /// The block size.
        r: u32,
        /// The parallelisation.
        p: u32,
    },
}

/// What a key of [`Kdf::Pkcs12`] is for (RFC 7292 appendix B.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A cipher's key.
    Key = 1,
    /// A cipher's initialisation vector.
    Iv = 2,
    /// An integrity key.
    Mac = 3,
}

impl Derivation {
    /// The work, in rounds of the digest: rounds times blocks of output. For scrypt, calls of its inner function.
    pub(crate) fn cost(&self) -> u64 {
        let blocks = |digest: DigestAlgorithm| {
            let octets = self.octets.div_ceil(digest.output_len()).max(1);
            u64::try_from(octets).unwrap_or(u64::MAX)
        };
        match self.kdf {
            Kdf::Pbkdf2 { prf, rounds } => u64::from(rounds).saturating_mul(blocks(prf)),
            Kdf::Pkcs12 { digest, rounds, .. } => u64::from(rounds).saturating_mul(blocks(digest)),
            Kdf::Scrypt { log2_n, r, p } => scrypt_n(log2_n)
                .saturating_mul(4)
                .saturating_mul(r.into())
                .saturating_mul(p.into()),
        }
    }

    /// Octets of memory.
    pub(crate) fn memory(&self) -> u64 {
        match self.kdf {
            Kdf::Scrypt { log2_n, r, p } => scrypt_n(log2_n)
                .saturating_add(p.into())
                .saturating_mul(128)
                .saturating_mul(r.into()),
            _ => 0,
        }
    }
}

fn scrypt_n(log2_n: u8) -> u64 {
    1_u64.checked_shl(log2_n.into()).unwrap_or(u64::MAX)
}

/// Where an operation stands.
pub enum Step<T> {
    /// It needs this; go on with `resume`.
    Need(Need),
    /// It is done.
    Done(T),
}

/// The cryptography at hand failed; what it met is its own to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a cryptographic operation failed")]
pub struct PrimitiveError;

/// Cryptography that does at once what a [`Need`] asks for.
pub trait Primitives {
    /// A key from a password, of the length that is asked for.
    fn derive(&self, derivation: &Derivation) -> Result<Zeroizing<Vec<u8>>, PrimitiveError>;

    /// The `SubjectPublicKeyInfo` of a private key given as PKCS#8; none for kinds of keys that it does not know.
    fn public_key(&self, private_key: &[u8]) -> Option<Vec<u8>>;
}

impl Need {
    /// Does it.
    pub fn fulfil(
        &self,
        primitives: &dyn Primitives,
    ) -> Result<Zeroizing<Vec<u8>>, PrimitiveError> {
        match self {
            Self::Derive(derivation) => primitives.derive(derivation),
            Self::PublicKey { private_key } => Ok(Zeroizing::new(
                primitives.public_key(private_key).unwrap_or_default(),
            )),
        }
    }
}
