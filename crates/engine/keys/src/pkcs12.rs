//! Keys from passwords for PKCS#12 files, by aws-lc and, for scrypt, `RustCrypto`.

use std::num::NonZeroU32;

use aws_lc_rs::{digest, hmac, pbkdf2};
use chancery_pkcs12::{Derivation, Kdf, PrimitiveError, Primitives, derive_pkcs12};
use chancery_x509::DigestAlgorithm;
use zeroize::Zeroizing;

use crate::{AwsLc, crypto::digest_algorithm, read_secret_key};

impl Primitives for AwsLc {
    fn derive(&self, derivation: &Derivation) -> Result<Zeroizing<Vec<u8>>, PrimitiveError> {
        let Derivation {
            kdf,
            password,
            salt,
            octets,
        } = derivation;
        match *kdf {
            Kdf::Pbkdf2 { prf, rounds } => pbkdf2(prf, rounds, password, salt, *octets),
            Kdf::Pkcs12 {
                digest,
                purpose,
                rounds,
            } => {
                let algorithm = digest_algorithm(digest);
                // Called once a round: no more than a copy beside the digest itself.
                let mut hash = |message: &[u8], out: &mut [u8]| {
                    let value = digest::digest(algorithm, message);
                    if let Some(out) = out.get_mut(..value.as_ref().len()) {
                        out.copy_from_slice(value.as_ref());
                    }
                };
                Ok(derive_pkcs12(
                    &mut hash, digest, purpose, rounds, password, salt, *octets,
                ))
            }
            Kdf::Scrypt { log2_n, r, p } => {
                let parameters = scrypt::Params::new(log2_n, r, p).map_err(|_| PrimitiveError)?;
                let mut key = Zeroizing::new(vec![0; *octets]);
                scrypt::scrypt(password, salt, &parameters, &mut key)
                    .map_err(|_| PrimitiveError)?;
                Ok(key)
            }
            _ => Err(PrimitiveError),
        }
    }

    fn public_key(&self, private_key: &[u8]) -> Option<Vec<u8>> {
        let key = read_secret_key(private_key).ok()?;
        Some(key.subject_public_key_info().to_vec())
    }
}

fn pbkdf2(
    prf: DigestAlgorithm,
    rounds: u32,
    password: &[u8],
    salt: &[u8],
    octets: usize,
) -> Result<Zeroizing<Vec<u8>>, PrimitiveError> {
    let rounds = NonZeroU32::new(rounds).ok_or(PrimitiveError)?;
    let algorithm = match prf {
        DigestAlgorithm::Sha1 => pbkdf2::PBKDF2_HMAC_SHA1,
        DigestAlgorithm::Sha256 => pbkdf2::PBKDF2_HMAC_SHA256,
        DigestAlgorithm::Sha384 => pbkdf2::PBKDF2_HMAC_SHA384,
        DigestAlgorithm::Sha512 => pbkdf2::PBKDF2_HMAC_SHA512,
        DigestAlgorithm::Sha224 => return Ok(pbkdf2_sha224(rounds, password, salt, octets)),
    };
    let mut key = Zeroizing::new(vec![0; octets]);
    pbkdf2::derive(algorithm, rounds, salt, password, &mut key);
    Ok(key)
}

/// RFC 8018 section 5.2 with the one digest that aws-lc offers no PBKDF2 for.
fn pbkdf2_sha224(
    rounds: NonZeroU32,
    password: &[u8],
    salt: &[u8],
    octets: usize,
) -> Zeroizing<Vec<u8>> {
    let key = hmac::Key::new(hmac::HMAC_SHA224, password);
    let mut out = Zeroizing::new(Vec::with_capacity(octets));
    let mut number = 0_u32;
    while out.len() < octets {
        number += 1;
        let mut turn = hmac::sign(&key, &[salt, &number.to_be_bytes()].concat());
        let mut block = Zeroizing::new(turn.as_ref().to_vec());
        for _ in 1..rounds.get() {
            turn = hmac::sign(&key, turn.as_ref());
            for (to, from) in block.iter_mut().zip(turn.as_ref()) {
                *to ^= from;
            }
        }
        let missing = octets.saturating_sub(out.len());
        out.extend(block.iter().copied().take(missing));
    }
    out
}

#[cfg(test)]
mod tests;
