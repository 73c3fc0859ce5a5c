//! Key derivations: that of RFC 7292 appendix B.2, and the parameters of PBKDF2 and scrypt.

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{DigestAlgorithm, ParseError};
use zeroize::{Zeroize, Zeroizing};

use crate::error::{Feature, ReadError};
use crate::need::{Derivation, Kdf, Purpose};
use crate::oid;

/// The longest salt that is read: others write 8 to 64 octets.
const MAX_SALT: usize = 1_024;

/// The longest key that is derived: others want 5 to 64 octets.
const MAX_KEY: usize = 1_024;

/// Derives a key by RFC 7292 appendix B.2, for whoever answers [`Kdf::Pkcs12`]. `hash` writes the digest of its first argument into its
/// second, which has [`DigestAlgorithm::output_len`] octets, and is called `rounds` times for each block of output. `password` is UTF-16
/// big-endian with a zero at the end (appendix B.1).
pub fn derive_pkcs12(
    hash: &mut dyn FnMut(&[u8], &mut [u8]),
    digest: DigestAlgorithm,
    purpose: Purpose,
    rounds: u32,
    password: &[u8],
    salt: &[u8],
    octets: usize,
) -> Zeroizing<Vec<u8>> {
    let block = block_len(digest);
    let diversifier = vec![purpose as u8; block];
    // D, S and P of the standard, end to end.
    let filled = |part: &[u8]| part.len().div_ceil(block).saturating_mul(block);
    let mut input = Zeroizing::new(Vec::with_capacity(block + filled(salt) + filled(password)));
    input.extend_from_slice(&diversifier);
    for part in [salt, password] {
        input.extend(part.iter().copied().cycle().take(filled(part)));
    }
    let mut out = Zeroizing::new(Vec::with_capacity(octets));
    let mut turn = Zeroizing::new(vec![0; digest.output_len()]);
    let mut next = Zeroizing::new(vec![0; digest.output_len()]);
    loop {
        hash(&input, &mut turn);
        for _ in 1..rounds {
            hash(&turn, &mut next);
            std::mem::swap(&mut turn, &mut next);
        }
        let missing = octets.saturating_sub(out.len());
        out.extend(turn.iter().copied().take(missing));
        if out.len() >= octets {
            return out;
        }
        // Step 6C: each block of S and P grows by the output, repeated to a block, and one.
        for chunk in input.chunks_mut(block).skip(1) {
            let mut carry = 1_u16;
            for at in (0..chunk.len()).rev() {
                let added = turn.get(at % turn.len()).copied().unwrap_or_default();
                if let Some(octet) = chunk.get_mut(at) {
                    let sum = u16::from(*octet) + u16::from(added) + carry;
                    let [high, low] = sum.to_be_bytes();
                    *octet = low;
                    carry = high.into();
                }
            }
            carry.zeroize();
        }
    }
}

/// The digest's block, `v` of the standard in octets.
fn block_len(digest: DigestAlgorithm) -> usize {
    match digest {
        DigestAlgorithm::Sha384 | DigestAlgorithm::Sha512 => 128,
        _ => 64,
    }
}

/// A derivation that takes the password as UTF-8, with its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PasswordKdf {
    pub kdf: Kdf,
    pub salt: Vec<u8>,
    pub key_octets: Option<usize>,
}

impl PasswordKdf {
    /// From the `AlgorithmIdentifier` of RFC 8018 appendix A.2 or RFC 7914 section 7.
    pub fn read(mut algorithm: Reader<'_>) -> Result<Self, ReadError> {
        let oid = algorithm.oid("key derivation")?;
        let parameters = algorithm.nested("key derivation parameters")?;
        algorithm.finish()?;
        match oid {
            oid::PBKDF2 => Self::pbkdf2(parameters),
            oid::SCRYPT => Self::scrypt(parameters),
            other => Err(ReadError::unsupported(Feature::KeyDerivation, other)),
        }
    }

    fn pbkdf2(mut parameters: Reader<'_>) -> Result<Self, ReadError> {
        if parameters.peek() == Some(tag::SEQUENCE) {
            // The salt's other choice, an AlgorithmIdentifier, has no algorithm defined for it.
            let source = parameters.nested("salt source")?.oid("salt source")?;
            return Err(ReadError::unsupported(Feature::SaltSource, source));
        }
        let salt = read_salt(&mut parameters)?;
        let rounds = read_rounds(&mut parameters)?;
        let key_octets = read_key_octets(&mut parameters)?;
        let prf = if parameters.is_empty() {
            DigestAlgorithm::Sha1
        } else {
            read_hmac(parameters.nested("pseudorandom function")?, Feature::Prf)?
        };
        parameters.finish()?;
        Ok(Self {
            kdf: Kdf::Pbkdf2 { prf, rounds },
            salt,
            key_octets,
        })
    }

    fn scrypt(mut parameters: Reader<'_>) -> Result<Self, ReadError> {
        const WHAT: &str = "scrypt parameters";
        let invalid = ParseError::Invalid {
            what: WHAT,
            clause: "RFC 7914 section 2",
        };
        let salt = read_salt(&mut parameters)?;
        let n = parameters.integer_u64(WHAT)?;
        let r = parameters.integer_u64(WHAT)?;
        let p = parameters.integer_u64(WHAT)?;
        let key_octets = read_key_octets(&mut parameters)?;
        parameters.finish()?;
        let small = |value: u64| match u32::try_from(value) {
            Ok(value) if value > 0 => Ok(value),
            _ => Err(invalid.clone()),
        };
        if n < 2 || !n.is_power_of_two() {
            return Err(invalid.into());
        }
        let kdf = Kdf::Scrypt {
            log2_n: u8::try_from(n.trailing_zeros()).map_err(|_| invalid.clone())?,
            r: small(r)?,
            p: small(p)?,
        };
        Ok(Self {
            kdf,
            salt,
            key_octets,
        })
    }

    /// The `AlgorithmIdentifier` of a PBKDF2 that is written here.
    pub fn pbkdf2_der(
        salt: &[u8],
        rounds: u32,
        key_octets: Option<usize>,
        prf: DigestAlgorithm,
    ) -> Vec<u8> {
        let key_octets = key_octets.map(|octets| asn1::integer(&octets.to_be_bytes()));
        let parameters = asn1::sequence(&[
            &asn1::octet_string(salt),
            &asn1::integer_u64(rounds.into()),
            &key_octets.unwrap_or_default(),
            &hmac_der(prf),
        ]);
        asn1::sequence(&[&asn1::oid(&oid::PBKDF2), &parameters])
    }

    /// A key of this many octets.
    pub fn derivation(&self, password: &[u8], octets: usize) -> Derivation {
        Derivation {
            kdf: self.kdf,
            password: Zeroizing::new(password.to_vec()),
            salt: self.salt.clone(),
            octets,
        }
    }
}

/// A salt of a length that others write.
pub(crate) fn read_salt(reader: &mut Reader<'_>) -> Result<Vec<u8>, ParseError> {
    let salt = reader.read(tag::OCTET_STRING, "salt")?;
    if salt.len() > MAX_SALT {
        return Err(ParseError::TooLarge {
            what: "salt",
            octets: salt.len(),
            limit: MAX_SALT,
        });
    }
    Ok(salt.to_vec())
}

/// A number of rounds, 1 or more. One over 32 bits is given as the largest: either is over any budget.
pub(crate) fn read_rounds(reader: &mut Reader<'_>) -> Result<u32, ParseError> {
    match reader.integer_u64("rounds")? {
        0 => Err(ParseError::Invalid {
            what: "rounds",
            clause: "RFC 8018 section 4.2",
        }),
        rounds => Ok(u32::try_from(rounds).unwrap_or(u32::MAX)),
    }
}

fn read_key_octets(reader: &mut Reader<'_>) -> Result<Option<usize>, ParseError> {
    if reader.peek() != Some(tag::INTEGER) {
        return Ok(None);
    }
    match usize::try_from(reader.integer_u64("key length")?) {
        Ok(octets) if (1..=MAX_KEY).contains(&octets) => Ok(Some(octets)),
        _ => Err(ParseError::Invalid {
            what: "key length",
            clause: "RFC 8018 appendix A.2",
        }),
    }
}

/// HMAC by its `AlgorithmIdentifier`, parameters NULL or absent (RFC 8018 appendix B.1).
pub(crate) fn read_hmac(
    mut algorithm: Reader<'_>,
    feature: Feature,
) -> Result<DigestAlgorithm, ReadError> {
    let oid = algorithm.oid("HMAC")?;
    let digest = match oid {
        oid::HMAC_WITH_SHA1 => DigestAlgorithm::Sha1,
        oid::HMAC_WITH_SHA224 => DigestAlgorithm::Sha224,
        oid::HMAC_WITH_SHA256 => DigestAlgorithm::Sha256,
        oid::HMAC_WITH_SHA384 => DigestAlgorithm::Sha384,
        oid::HMAC_WITH_SHA512 => DigestAlgorithm::Sha512,
        other => return Err(ReadError::unsupported(feature, other)),
    };
    algorithm.optional(tag::NULL, "HMAC parameters")?;
    algorithm.finish()?;
    Ok(digest)
}

/// The `AlgorithmIdentifier` of HMAC.
pub(crate) fn hmac_der(digest: DigestAlgorithm) -> Vec<u8> {
    let oid = match digest {
        DigestAlgorithm::Sha1 => oid::HMAC_WITH_SHA1,
        DigestAlgorithm::Sha224 => oid::HMAC_WITH_SHA224,
        DigestAlgorithm::Sha384 => oid::HMAC_WITH_SHA384,
        DigestAlgorithm::Sha512 => oid::HMAC_WITH_SHA512,
        DigestAlgorithm::Sha256 => oid::HMAC_WITH_SHA256,
    };
    asn1::sequence(&[&asn1::oid(&oid), &asn1::null()])
}

impl std::fmt::Display for PasswordKdf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.kdf {
            Kdf::Pbkdf2 { prf, rounds } => write!(f, "PBKDF2 with HMAC-{prf}, {rounds} rounds"),
            Kdf::Pkcs12 { digest, rounds, .. } => {
                write!(f, "PKCS#12 derivation with {digest}, {rounds} rounds")
            }
            Kdf::Scrypt { log2_n, r, p } => write!(f, "scrypt, N=2^{log2_n}, r={r}, p={p}"),
        }
    }
}
