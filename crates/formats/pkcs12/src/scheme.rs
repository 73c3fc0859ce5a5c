//! Encryption under a password: PBES1 with the algorithms of RFC 7292 appendix C, and PBES2 (RFC 8018 section 6.2).

use std::fmt;

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::crypto::{Cipher, CipherError};
use chancery_x509::{Crypto, DigestAlgorithm, ObjectIdentifier, ParseError};
use zeroize::Zeroizing;

use crate::error::{Feature, ReadError};
use crate::kdf::{PasswordKdf, read_rounds, read_salt};
use crate::need::{Derivation, Kdf, Purpose};
use crate::oid;
use crate::password::PasswordForm;

/// How something is encrypted under a password. Its `Display` is for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Pbes1 {
        oid: ObjectIdentifier,
        cipher: Cipher,
        key_octets: usize,
        salt: Vec<u8>,
        rounds: u32,
    },
    Pbes2 {
        kdf: PasswordKdf,
        cipher: Cipher,
        key_octets: usize,
        iv: Vec<u8>,
    },
}

/// The ciphers of PBES1 with the octets of their keys (RFC 7292 appendix C).
const fn pbes1(oid: &ObjectIdentifier) -> Option<(Cipher, usize)> {
    Some(match *oid {
        oid::PBE_SHA1_RC4_128 => (Cipher::Rc4, 16),
        oid::PBE_SHA1_RC4_40 => (Cipher::Rc4, 5),
        oid::PBE_SHA1_3DES => (Cipher::DesEde3Cbc, 24),
        oid::PBE_SHA1_2DES => (Cipher::DesEde2Cbc, 16),
        oid::PBE_SHA1_RC2_128 => (
            Cipher::Rc2Cbc {
                effective_bits: 128,
            },
            16,
        ),
        oid::PBE_SHA1_RC2_40 => (Cipher::Rc2Cbc { effective_bits: 40 }, 5),
        _ => return None,
    })
}

impl Scheme {
    /// pbeWithSHAAnd3-KeyTripleDES-CBC.
    pub(crate) fn triple_des(salt: &[u8], rounds: u32) -> Self {
        Self(Kind::Pbes1 {
            oid: oid::PBE_SHA1_3DES,
            cipher: Cipher::DesEde3Cbc,
            key_octets: 24,
            salt: salt.to_vec(),
            rounds,
        })
    }

    /// PBES2 with PBKDF2, HMAC-SHA-256 and AES-256-CBC.
    pub(crate) fn aes256(salt: &[u8], rounds: u32, iv: &[u8]) -> Self {
        Self(Kind::Pbes2 {
            kdf: PasswordKdf {
                kdf: Kdf::Pbkdf2 {
                    prf: DigestAlgorithm::Sha256,
                    rounds,
                },
                salt: salt.to_vec(),
                key_octets: None,
            },
            cipher: Cipher::Aes256Cbc,
            key_octets: 32,
            iv: iv.to_vec(),
        })
    }

    /// From an `AlgorithmIdentifier`.
    pub(crate) fn read(mut algorithm: Reader<'_>) -> Result<Self, ReadError> {
        let oid = algorithm.oid("encryption algorithm")?;
        if let Some((cipher, key_octets)) = pbes1(&oid) {
            let mut parameters = algorithm.nested("encryption parameters")?;
            algorithm.finish()?;
            let salt = read_salt(&mut parameters)?;
            let rounds = read_rounds(&mut parameters)?;
            parameters.finish()?;
            return Ok(Self(Kind::Pbes1 {
                oid,
                cipher,
                key_octets,
                salt,
                rounds,
            }));
        }
        if oid != oid::PBES2 {
            return Err(ReadError::unsupported(Feature::Encryption, oid));
        }
        let mut parameters = algorithm.nested("PBES2 parameters")?;
        algorithm.finish()?;
        let kdf = PasswordKdf::read(parameters.nested("key derivation")?)?;
        let (cipher, key_octets, iv) = read_cipher(parameters.nested("cipher")?, kdf.key_octets)?;
        parameters.finish()?;
        Ok(Self(Kind::Pbes2 {
            kdf,
            cipher,
            key_octets,
            iv,
        }))
    }

    /// The `AlgorithmIdentifier` of a scheme that is written here.
    pub(crate) fn to_der(&self) -> Vec<u8> {
        match &self.0 {
            Kind::Pbes1 {
                oid, salt, rounds, ..
            } => asn1::sequence(&[
                &asn1::oid(oid),
                &asn1::sequence(&[
                    &asn1::octet_string(salt),
                    &asn1::integer_u64((*rounds).into()),
                ]),
            ]),
            Kind::Pbes2 { kdf, iv, .. } => {
                let (prf, rounds) = match kdf.kdf {
                    Kdf::Pbkdf2 { prf, rounds } => (prf, rounds),
                    _ => (DigestAlgorithm::Sha256, 1),
                };
                // The key length is left out, as NSS and Java write it: the cipher fixes it.
                let kdf = PasswordKdf::pbkdf2_der(&kdf.salt, rounds, None, prf);
                let cipher =
                    asn1::sequence(&[&asn1::oid(&oid::AES256_CBC), &asn1::octet_string(iv)]);
                asn1::sequence(&[&asn1::oid(&oid::PBES2), &asn1::sequence(&[&kdf, &cipher])])
            }
        }
    }

    pub(crate) fn form(&self) -> PasswordForm {
        match &self.0 {
            Kind::Pbes1 { .. } => PasswordForm::Bmp,
            Kind::Pbes2 { .. } => PasswordForm::Utf8,
        }
    }

    /// What must be derived from the password: the key, and where that is so the initialisation vector.
    pub(crate) fn derivations(&self, password: &[u8]) -> Vec<Derivation> {
        match &self.0 {
            Kind::Pbes1 {
                cipher,
                key_octets,
                salt,
                rounds,
                ..
            } => {
                let derivation = |purpose, octets| Derivation {
                    kdf: Kdf::Pkcs12 {
                        digest: DigestAlgorithm::Sha1,
                        purpose,
                        rounds: *rounds,
                    },
                    password: Zeroizing::new(password.to_vec()),
                    salt: salt.clone(),
                    octets,
                };
                let mut wanted = vec![derivation(Purpose::Key, *key_octets)];
                if cipher.iv_len() > 0 {
                    wanted.push(derivation(Purpose::Iv, cipher.iv_len()));
                }
                wanted
            }
            Kind::Pbes2 {
                kdf, key_octets, ..
            } => vec![kdf.derivation(password, *key_octets)],
        }
    }

    fn cipher<'a>(&'a self, derived: &'a [Zeroizing<Vec<u8>>]) -> (Cipher, &'a [u8], &'a [u8]) {
        let derived = |at: usize| derived.get(at).map(|octets| octets.as_slice());
        let key = derived(0).unwrap_or_default();
        match &self.0 {
            Kind::Pbes1 { cipher, .. } => (*cipher, key, derived(1).unwrap_or_default()),
            Kind::Pbes2 { cipher, iv, .. } => (*cipher, key, iv),
        }
    }

    /// Decrypts with the results of [`derivations`](Self::derivations).
    pub(crate) fn decrypt(
        &self,
        crypto: &dyn Crypto,
        derived: &[Zeroizing<Vec<u8>>],
        cipher_text: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, CipherError> {
        let (cipher, key, iv) = self.cipher(derived);
        crypto.decrypt(cipher, key, iv, &[], cipher_text, &[])
    }

    /// Encrypts with the results of [`derivations`](Self::derivations).
    pub(crate) fn encrypt(
        &self,
        crypto: &dyn Crypto,
        derived: &[Zeroizing<Vec<u8>>],
        plain: &[u8],
    ) -> Result<Vec<u8>, CipherError> {
        let (cipher, key, iv) = self.cipher(derived);
        Ok(crypto.encrypt(cipher, key, iv, &[], plain)?.0)
    }
}

/// The cipher of PBES2 (RFC 8018 appendix B.2): with the octets of its key and its initialisation vector.
fn read_cipher(
    mut algorithm: Reader<'_>,
    key_octets: Option<usize>,
) -> Result<(Cipher, usize, Vec<u8>), ReadError> {
    const WHAT: &str = "cipher parameters";
    let oid = algorithm.oid("cipher")?;
    let (cipher, iv) = match oid {
        oid::RC2_CBC => {
            let mut parameters = algorithm.nested(WHAT)?;
            let effective_bits = if parameters.peek() == Some(tag::INTEGER) {
                rc2_bits(parameters.integer_u64(WHAT)?)?
            } else {
                32
            };
            let iv = parameters.read(tag::OCTET_STRING, WHAT)?;
            parameters.finish()?;
            (Cipher::Rc2Cbc { effective_bits }, iv)
        }
        oid => {
            let cipher = match oid {
                oid::AES128_CBC => Cipher::Aes128Cbc,
                oid::AES192_CBC => Cipher::Aes192Cbc,
                oid::AES256_CBC => Cipher::Aes256Cbc,
                oid::DES_EDE3_CBC => Cipher::DesEde3Cbc,
                other => return Err(ReadError::unsupported(Feature::Cipher, other)),
            };
            (cipher, algorithm.read(tag::OCTET_STRING, WHAT)?)
        }
    };
    algorithm.finish()?;
    let invalid = |what| ParseError::Invalid {
        what,
        clause: "RFC 8018 appendix B.2",
    };
    if iv.len() != cipher.iv_len() {
        return Err(invalid("initialisation vector").into());
    }
    let key_octets = match (cipher, cipher.key_len(), key_octets) {
        (_, Some(fixed), None) => fixed,
        (_, Some(fixed), Some(stated)) if fixed == stated => fixed,
        (_, None, Some(stated)) if stated <= 128 => stated,
        (Cipher::Rc2Cbc { effective_bits }, None, None) => usize::from(effective_bits).div_ceil(8),
        _ => return Err(invalid("key length").into()),
    };
    Ok((cipher, key_octets, iv.to_vec()))
}

/// The effective key bits that an RC2 parameter version stands for (RFC 8018 appendix B.2.3).
fn rc2_bits(version: u64) -> Result<u16, ParseError> {
    match version {
        160 => Ok(40),
        120 => Ok(64),
        58 => Ok(128),
        256..=1024 => u16::try_from(version).map_err(|_| version),
        _ => Err(version),
    }
    .map_err(|_| ParseError::Invalid {
        what: "RC2 version",
        clause: "RFC 8018 appendix B.2.3",
    })
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Pbes1 {
                cipher,
                key_octets,
                rounds,
                ..
            } => {
                let bits = key_octets * 8;
                match cipher {
                    Cipher::Rc2Cbc { .. } => write!(f, "RC2-{bits}-CBC")?,
                    Cipher::Rc4 => write!(f, "RC4-{bits}")?,
                    other => write!(f, "{other}")?,
                }
                write!(f, ", PKCS#12 derivation with SHA-1, {rounds} rounds")
            }
            Kind::Pbes2 { kdf, cipher, .. } => write!(f, "{cipher}, {kdf}"),
        }
    }
}
