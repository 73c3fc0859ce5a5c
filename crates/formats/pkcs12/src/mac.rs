//! The integrity check.
//!
//! ```asn1
//! MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 }
//! PBMAC1-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier, messageAuthScheme AlgorithmIdentifier }
//! ```

use std::fmt;

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{Crypto, DigestAlgorithm, ParseError};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::error::{Feature, ReadError};
use crate::kdf::{PasswordKdf, hmac_der, read_hmac, read_rounds, read_salt};
use crate::need::{Derivation, Kdf, Purpose};
use crate::oid;
use crate::password::PasswordForm;

/// The shortest integrity key that PBMAC1 is read with: whoever could say "one octet" would make any password right for some
/// altered file. OpenSSL draws the line here, too.
const MIN_PBMAC1_KEY: usize = 20;

/// How a file's integrity is protected. Its `Display` is for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MacScheme(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// HMAC with a key derived by RFC 7292 appendix B.
    Pkcs12 {
        digest: DigestAlgorithm,
        salt: Vec<u8>,
        rounds: u32,
    },
    /// PBMAC1 (RFC 9579, RFC 8018 section 7.1).
    Pbmac1 {
        kdf: PasswordKdf,
        key_octets: usize,
        hmac: DigestAlgorithm,
    },
}

/// A check with its value.
#[derive(Clone)]
pub(crate) struct MacData {
    pub scheme: MacScheme,
    value: Vec<u8>,
}

impl MacData {
    pub fn read(mut mac_data: Reader<'_>) -> Result<Self, ReadError> {
        let mut digest_info = mac_data.nested("DigestInfo")?;
        let mut algorithm = digest_info.nested("integrity algorithm")?;
        let value = digest_info.read(tag::OCTET_STRING, "integrity value")?;
        digest_info.finish()?;
        let salt = read_salt(&mut mac_data)?;
        let rounds = if mac_data.is_empty() {
            1
        } else {
            read_rounds(&mut mac_data)?
        };
        mac_data.finish()?;
        let oid = algorithm.oid("integrity algorithm")?;
        let scheme = if oid == oid::PBMAC1 {
            // RFC 9579 section 4: salt and iterations of MacData have no meaning then.
            let parameters = algorithm.nested("PBMAC1 parameters")?;
            algorithm.finish()?;
            read_pbmac1(parameters)?
        } else {
            algorithm.optional(tag::NULL, "digest parameters")?;
            algorithm.finish()?;
            let digest =
                DigestAlgorithm::from_oid(&oid).ok_or(ReadError::unsupported(Feature::Mac, oid))?;
            Kind::Pkcs12 {
                digest,
                salt,
                rounds,
            }
        };
        Ok(Self {
            scheme: MacScheme(scheme),
            value: value.to_vec(),
        })
    }

    /// Whether this key gives the value for the content.
    pub fn verify(&self, crypto: &dyn Crypto, key: &[u8], content: &[u8]) -> bool {
        let expected = self.scheme.compute(crypto, key, content);
        expected.ct_eq(&self.value).into()
    }
}

fn read_pbmac1(mut parameters: Reader<'_>) -> Result<Kind, ReadError> {
    let kdf = PasswordKdf::read(parameters.nested("key derivation")?)?;
    let hmac = read_hmac(parameters.nested("message authentication")?, Feature::Mac)?;
    parameters.finish()?;
    // The key's length must be there (RFC 9579 appendix A.6).
    let Some(key_octets @ MIN_PBMAC1_KEY..) = kdf.key_octets else {
        return Err(ReadError::Parse(ParseError::Invalid {
            what: "PBMAC1 key length",
            clause: "RFC 9579 appendix A.6",
        }));
    };
    Ok(Kind::Pbmac1 {
        kdf,
        key_octets,
        hmac,
    })
}

impl MacScheme {
    /// The derivation of RFC 7292 appendix B, then HMAC with the same digest.
    pub(crate) fn pkcs12(digest: DigestAlgorithm, salt: &[u8], rounds: u32) -> Self {
        Self(Kind::Pkcs12 {
            digest,
            salt: salt.to_vec(),
            rounds,
        })
    }

    /// PBMAC1 with PBKDF2 and HMAC, both with SHA-256.
    pub(crate) fn pbmac1(salt: &[u8], rounds: u32) -> Self {
        Self(Kind::Pbmac1 {
            kdf: PasswordKdf {
                kdf: Kdf::Pbkdf2 {
                    prf: DigestAlgorithm::Sha256,
                    rounds,
                },
                salt: salt.to_vec(),
                key_octets: Some(32),
            },
            key_octets: 32,
            hmac: DigestAlgorithm::Sha256,
        })
    }

    pub(crate) fn form(&self) -> PasswordForm {
        match &self.0 {
            Kind::Pkcs12 { .. } => PasswordForm::Bmp,
            Kind::Pbmac1 { .. } => PasswordForm::Utf8,
        }
    }

    pub(crate) fn derivation(&self, password: &[u8]) -> Derivation {
        match &self.0 {
            Kind::Pkcs12 {
                digest,
                salt,
                rounds,
            } => Derivation {
                kdf: Kdf::Pkcs12 {
                    digest: *digest,
                    purpose: Purpose::Mac,
                    rounds: *rounds,
                },
                password: Zeroizing::new(password.to_vec()),
                salt: salt.clone(),
                octets: digest.output_len(),
            },
            Kind::Pbmac1 {
                kdf, key_octets, ..
            } => kdf.derivation(password, *key_octets),
        }
    }

    pub(crate) fn compute(&self, crypto: &dyn Crypto, key: &[u8], content: &[u8]) -> Vec<u8> {
        let (Kind::Pkcs12 { digest, .. } | Kind::Pbmac1 { hmac: digest, .. }) = &self.0;
        crypto.hmac(*digest, key, content)
    }

    /// `MacData` with this value.
    pub(crate) fn to_der(&self, value: &[u8]) -> Vec<u8> {
        let (algorithm, salt, rounds) = match &self.0 {
            Kind::Pkcs12 {
                digest,
                salt,
                rounds,
            } => {
                // Parameters are NULL here, as all readers expect in a DigestInfo (RFC 8017 appendix B.1).
                let algorithm = asn1::sequence(&[&asn1::oid(&digest.oid()), &asn1::null()]);
                (algorithm, salt.as_slice(), *rounds)
            }
            Kind::Pbmac1 {
                kdf,
                key_octets,
                hmac,
            } => {
                let (prf, rounds) = match kdf.kdf {
                    Kdf::Pbkdf2 { prf, rounds } => (prf, rounds),
                    _ => (*hmac, 1),
                };
                let kdf = PasswordKdf::pbkdf2_der(&kdf.salt, rounds, Some(*key_octets), prf);
                let parameters = asn1::sequence(&[&kdf, &hmac_der(*hmac)]);
                let algorithm = asn1::sequence(&[&asn1::oid(&oid::PBMAC1), &parameters]);
                // What RFC 9579 appendix A puts in the places that have no meaning.
                (algorithm, &b"NOT USED"[..], 1)
            }
        };
        // DER leaves a default out (X.690 section 11.5).
        let rounds = if rounds == 1 {
            Vec::new()
        } else {
            asn1::integer_u64(rounds.into())
        };
        asn1::sequence(&[
            &asn1::sequence(&[&algorithm, &asn1::octet_string(value)]),
            &asn1::octet_string(salt),
            &rounds,
        ])
    }
}

impl fmt::Display for MacScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Pkcs12 { digest, rounds, .. } => write!(
                f,
                "HMAC-{digest}, PKCS#12 derivation with {digest}, {rounds} rounds"
            ),
            Kind::Pbmac1 { kdf, hmac, .. } => write!(f, "PBMAC1 with HMAC-{hmac}, {kdf}"),
        }
    }
}
