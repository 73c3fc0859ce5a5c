//! Keys of `chancery-keys` over `RustCrypto`, for tests.

mod random;
mod x25519;

use std::fmt;

use chancery_x509::{
    DigestAlgorithm, EcCurve, KeyNeed, KeyTransport, PssParameters, SignatureAlgorithm, asn1, oid,
};
use ecdsa::elliptic_curve::sec1::ToSec1Point;
use ecdsa::signature::hazmat::PrehashSigner;
use ed25519_dalek::Signer as _;
use pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey};
use rsa::traits::{PaddingScheme, SignatureScheme};
use rsa::{Oaep, Pkcs1v15Encrypt, Pkcs1v15Sign, Pss, RsaPrivateKey};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use self::random::{Random, random};
use crate::{AwsLc, host};
use chancery_x509::Crypto;

pub use self::random::{Entropy, SystemEntropy};
pub use self::x25519::X25519Key;

/// A kind and size of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyAlgorithm {
    /// RSA with 2048 bits.
    Rsa2048,
    /// RSA with 3072 bits.
    Rsa3072,
    /// RSA with 4096 bits.
    Rsa4096,
    /// ECDSA on NIST P-256.
    EcP256,
    /// ECDSA on NIST P-384.
    EcP384,
    /// ECDSA on NIST P-521.
    EcP521,
    /// Ed25519 (RFC 8032).
    Ed25519,
}

impl KeyAlgorithm {
    /// Every algorithm.
    pub const ALL: [Self; 7] = [
        Self::EcP256,
        Self::EcP384,
        Self::EcP521,
        Self::Rsa2048,
        Self::Rsa3072,
        Self::Rsa4096,
        Self::Ed25519,
    ];

    /// The name in configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rsa2048 => "rsa:2048",
            Self::Rsa3072 => "rsa:3072",
            Self::Rsa4096 => "rsa:4096",
            Self::EcP256 => "ec:p256",
            Self::EcP384 => "ec:p384",
            Self::EcP521 => "ec:p521",
            Self::Ed25519 => "ed25519",
        }
    }
}

impl fmt::Display for KeyAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The key could not be made; does not happen here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key could not be made")]
pub struct GenerateKeyError;

/// A signature was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key refused to sign")]
pub struct SignError;

/// An operation was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyOperationError {
    /// The key cannot do it.
    #[error("the key cannot do this")]
    Unsupported,
    /// Not for this key.
    #[error("the key does not decrypt this")]
    Decryption,
    /// Not a peer's key.
    #[error("the peer's public key cannot be used with this key")]
    PeerKey,
}

/// A private key that signs.
pub trait Signer: Send + Sync {
    /// How it signs.
    fn algorithm(&self) -> SignatureAlgorithm;

    /// The public key as `SubjectPublicKeyInfo`.
    fn public_key(&self) -> &[u8];

    /// Signs `message`.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError>;
}

/// A private key that does more.
pub trait SecretKey: Send + Sync {
    /// The public key as `SubjectPublicKeyInfo`.
    fn subject_public_key_info(&self) -> &[u8];

    /// Signs `message`.
    fn sign_with(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, KeyOperationError>;

    /// Decrypts a transported key.
    fn decrypt(
        &self,
        transport: &KeyTransport,
        cipher_text: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyOperationError>;

    /// The secret shared with a peer.
    fn agree(&self, peer_spki: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyOperationError>;

    /// Does what a structure asks for.
    fn answer(&self, need: &KeyNeed) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        match need {
            KeyNeed::Sign { algorithm, message } => {
                self.sign_with(*algorithm, message).map(Zeroizing::new)
            }
            KeyNeed::Decrypt {
                transport,
                cipher_text,
            } => self.decrypt(transport, cipher_text),
            KeyNeed::Agree { peer_spki } => self.agree(peer_spki),
        }
    }
}

enum Pair {
    Rsa(Box<RsaPrivateKey>),
    P256(p256::SecretKey),
    P384(p384::SecretKey),
    P521(p521::SecretKey),
    Ed25519(ed25519_dalek::SigningKey),
}

/// A private key in memory.
pub struct SoftwareKey {
    algorithm: KeyAlgorithm,
    pair: Pair,
    public_key: Vec<u8>,
}

impl fmt::Debug for SoftwareKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SoftwareKey").finish_non_exhaustive()
    }
}

impl SoftwareKey {
    /// Makes a key.
    #[expect(clippy::unnecessary_wraps, reason = "as natively")]
    pub fn generate(algorithm: KeyAlgorithm) -> Result<Self, GenerateKeyError> {
        let rsa = |bits| {
            let der = host::new_rsa_key(bits);
            let key = RsaPrivateKey::from_pkcs8_der(&der).expect("a key of the host's");
            Pair::Rsa(Box::new(key))
        };
        let pair = match algorithm {
            KeyAlgorithm::Rsa2048 => rsa(2048),
            KeyAlgorithm::Rsa3072 => rsa(3072),
            KeyAlgorithm::Rsa4096 => rsa(4096),
            // Random octets are past the order once in 2^32 times.
            KeyAlgorithm::EcP256 => {
                Pair::P256(p256::SecretKey::from_slice(&random::<32>()).expect("a scalar"))
            }
            KeyAlgorithm::EcP384 => {
                Pair::P384(p384::SecretKey::from_slice(&random::<48>()).expect("a scalar"))
            }
            KeyAlgorithm::EcP521 => {
                let mut octets = random::<66>();
                octets[0] = 0;
                Pair::P521(p521::SecretKey::from_slice(&octets).expect("a scalar"))
            }
            KeyAlgorithm::Ed25519 => {
                Pair::Ed25519(ed25519_dalek::SigningKey::from_bytes(&random()))
            }
        };
        Ok(Self::assemble(algorithm, pair))
    }

    fn assemble(algorithm: KeyAlgorithm, pair: Pair) -> Self {
        let public_key = match &pair {
            Pair::Rsa(key) => key
                .to_public_key()
                .to_public_key_der()
                .expect("a key that encodes")
                .into_vec(),
            Pair::P256(key) => point(EcCurve::P256, &key.public_key().to_sec1_point(false)),
            Pair::P384(key) => point(EcCurve::P384, &key.public_key().to_sec1_point(false)),
            Pair::P521(key) => point(EcCurve::P521, &key.public_key().to_sec1_point(false)),
            Pair::Ed25519(key) => bare(&oid::ED25519, key.verifying_key().as_bytes()),
        };
        Self {
            algorithm,
            pair,
            public_key,
        }
    }

    /// The kind of key.
    #[must_use]
    pub const fn key_algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// The key as version 1 `PrivateKeyInfo`.
    #[expect(clippy::missing_errors_doc, reason = "as natively")]
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, SignError> {
        let document = match &self.pair {
            Pair::Rsa(key) => key.to_pkcs8_der(),
            Pair::P256(key) => key.to_pkcs8_der(),
            Pair::P384(key) => key.to_pkcs8_der(),
            Pair::P521(key) => key.to_pkcs8_der(),
            Pair::Ed25519(key) => {
                return Ok(Zeroizing::new(bare_private(&oid::ED25519, &key.to_bytes())));
            }
        };
        document
            .map(|document| Zeroizing::new(document.as_bytes().to_vec()))
            .map_err(|_| SignError)
    }

    /// Takes a PKCS#8 key.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, pkcs8::Error> {
        if let Ok(key) = RsaPrivateKey::from_pkcs8_der(der) {
            use rsa::traits::PublicKeyParts;
            let algorithm = match key.size() {
                256 => KeyAlgorithm::Rsa2048,
                384 => KeyAlgorithm::Rsa3072,
                _ => KeyAlgorithm::Rsa4096,
            };
            return Ok(Self::assemble(algorithm, Pair::Rsa(Box::new(key))));
        }
        if let Ok(key) = p256::SecretKey::from_pkcs8_der(der) {
            return Ok(Self::assemble(KeyAlgorithm::EcP256, Pair::P256(key)));
        }
        if let Ok(key) = p384::SecretKey::from_pkcs8_der(der) {
            return Ok(Self::assemble(KeyAlgorithm::EcP384, Pair::P384(key)));
        }
        if let Ok(key) = p521::SecretKey::from_pkcs8_der(der) {
            return Ok(Self::assemble(KeyAlgorithm::EcP521, Pair::P521(key)));
        }
        let key = ed25519_dalek::SigningKey::from_pkcs8_der(der)?;
        Ok(Self::assemble(KeyAlgorithm::Ed25519, Pair::Ed25519(key)))
    }
}

fn point(curve: EcCurve, point: &impl AsRef<[u8]>) -> Vec<u8> {
    let algorithm = asn1::sequence(&[&asn1::oid(&oid::EC_PUBLIC_KEY), &asn1::oid(&curve.oid())]);
    asn1::sequence(&[&algorithm, &asn1::bit_string(point.as_ref())])
}

fn bare(algorithm: &chancery_x509::ObjectIdentifier, key: &[u8]) -> Vec<u8> {
    let algorithm = asn1::sequence(&[&asn1::oid(algorithm)]);
    asn1::sequence(&[&algorithm, &asn1::bit_string(key)])
}

/// `CurvePrivateKey` in a `PrivateKeyInfo` (RFC 8410 section 7).
fn bare_private(algorithm: &chancery_x509::ObjectIdentifier, key: &[u8]) -> Vec<u8> {
    let algorithm = asn1::sequence(&[&asn1::oid(algorithm)]);
    let key = asn1::octet_string(&asn1::octet_string(key));
    asn1::sequence(&[&asn1::integer_u64(0), &algorithm, &key])
}

impl Signer for SoftwareKey {
    fn algorithm(&self) -> SignatureAlgorithm {
        match self.algorithm {
            KeyAlgorithm::Rsa2048 | KeyAlgorithm::Rsa3072 | KeyAlgorithm::Rsa4096 => {
                SignatureAlgorithm::RsaPkcs1Sha256
            }
            KeyAlgorithm::EcP256 => SignatureAlgorithm::EcdsaSha256,
            KeyAlgorithm::EcP384 => SignatureAlgorithm::EcdsaSha384,
            KeyAlgorithm::EcP521 => SignatureAlgorithm::EcdsaSha512,
            KeyAlgorithm::Ed25519 => SignatureAlgorithm::Ed25519,
        }
    }

    fn public_key(&self) -> &[u8] {
        &self.public_key
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        self.sign_with(self.algorithm(), message)
            .map_err(|_| SignError)
    }
}

/// Calls `$f::<D>($argument…)` with the type of a digest.
macro_rules! with_digest {
    ($digest:expr, $of:ident) => {
        match $digest {
            DigestAlgorithm::Sha1 => $of!(Sha1),
            DigestAlgorithm::Sha224 => $of!(Sha224),
            DigestAlgorithm::Sha256 => $of!(Sha256),
            DigestAlgorithm::Sha384 => $of!(Sha384),
            DigestAlgorithm::Sha512 => $of!(Sha512),
        }
    };
}

impl SecretKey for SoftwareKey {
    fn subject_public_key_info(&self) -> &[u8] {
        &self.public_key
    }

    fn sign_with(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, KeyOperationError> {
        let digest = algorithm.digest().map(|of| AwsLc.digest(of, message));
        let digest = digest.unwrap_or_default();
        macro_rules! ecdsa {
            ($module:ident, $key:expr) => {{
                let key = $module::ecdsa::SigningKey::from($key);
                let signature: $module::ecdsa::Signature =
                    key.sign_prehash(&digest).expect("a signature");
                Ok(signature.to_der().as_bytes().to_vec())
            }};
        }
        match (&self.pair, algorithm) {
            (Pair::Rsa(key), SignatureAlgorithm::RsaPss(parameters)) => {
                Ok(sign_pss(key, parameters, &digest))
            }
            (Pair::Rsa(key), _) if algorithm.is_rsa_pkcs1() => {
                macro_rules! pkcs1 {
                    ($digest:ty) => {
                        Pkcs1v15Sign::new::<$digest>()
                    };
                }
                let of = algorithm.digest().unwrap_or(DigestAlgorithm::Sha256);
                let scheme = with_digest!(of, pkcs1);
                Ok(scheme
                    .sign(None::<&mut Random>, key, &digest)
                    .expect("a signature"))
            }
            (Pair::P256(key), _) if algorithm.is_ecdsa() => ecdsa!(p256, key),
            (Pair::P384(key), _) if algorithm.is_ecdsa() => ecdsa!(p384, key),
            (Pair::P521(key), _) if algorithm.is_ecdsa() => ecdsa!(p521, key),
            (Pair::Ed25519(key), SignatureAlgorithm::Ed25519) => {
                Ok(key.sign(message).to_bytes().to_vec())
            }
            _ => Err(KeyOperationError::Unsupported),
        }
    }

    fn decrypt(
        &self,
        transport: &KeyTransport,
        cipher_text: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        let Pair::Rsa(key) = &self.pair else {
            return Err(KeyOperationError::Unsupported);
        };
        let plain = match transport {
            KeyTransport::Pkcs1V15 => {
                Pkcs1v15Encrypt.decrypt(None::<&mut Random>, key, cipher_text)
            }
            KeyTransport::Oaep {
                digest,
                mgf1,
                label,
            } => {
                if digest != mgf1 {
                    return Err(KeyOperationError::Unsupported);
                }
                macro_rules! oaep {
                    ($digest:ty) => {
                        Oaep::<$digest>::new_with_label(label.as_slice()).decrypt(
                            None::<&mut Random>,
                            key,
                            cipher_text,
                        )
                    };
                }
                with_digest!(*digest, oaep)
            }
        };
        plain
            .map(Zeroizing::new)
            .map_err(|_| KeyOperationError::Decryption)
    }

    fn agree(&self, peer_spki: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        let peer = chancery_x509::PublicKeyInfo::from_der(peer_spki)
            .map_err(|_| KeyOperationError::PeerKey)?;
        macro_rules! agree {
            ($module:ident, $key:expr) => {{
                let point = $module::PublicKey::from_sec1_bytes(peer.subject_public_key())
                    .map_err(|_| KeyOperationError::PeerKey)?;
                let shared =
                    $module::ecdh::diffie_hellman($key.to_nonzero_scalar(), point.as_affine());
                Ok(Zeroizing::new(shared.raw_secret_bytes().to_vec()))
            }};
        }
        match &self.pair {
            Pair::P256(key) => agree!(p256, key),
            Pair::P384(key) => agree!(p384, key),
            Pair::P521(key) => agree!(p521, key),
            Pair::Rsa(_) | Pair::Ed25519(_) => Err(KeyOperationError::Unsupported),
        }
    }
}

fn sign_pss(key: &RsaPrivateKey, parameters: PssParameters, digest: &[u8]) -> Vec<u8> {
    macro_rules! pss {
        ($digest:ty) => {
            Pss::<$digest>::new_with_salt(parameters.salt_len.into()).sign(
                Some(&mut Random),
                key,
                digest,
            )
        };
    }
    with_digest!(parameters.digest, pss).expect("a signature")
}
