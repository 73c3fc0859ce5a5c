//! Keys from passwords for PKCS#12 files.

use chancery_pkcs12::{Derivation, Kdf, PrimitiveError, Primitives, derive_pkcs12};
use chancery_x509::{
    DigestAlgorithm, EcCurve, ObjectIdentifier, ParseError, PublicKeyInfo,
    asn1::{self, Reader, tag},
    oid,
};
use pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use crate::{RustCrypto, curve, digest};

impl Primitives for RustCrypto {
    fn derive(&self, derivation: &Derivation) -> Result<Zeroizing<Vec<u8>>, PrimitiveError> {
        let Derivation {
            kdf,
            password,
            salt,
            octets,
        } = derivation;
        let mut key = Zeroizing::new(vec![0; *octets]);
        match *kdf {
            Kdf::Pbkdf2 { rounds: 0, .. } => return Err(PrimitiveError),
            Kdf::Pbkdf2 { prf, rounds } => match prf {
                DigestAlgorithm::Sha1 => pbkdf2_hmac::<Sha1>(password, salt, rounds, &mut key),
                DigestAlgorithm::Sha224 => pbkdf2_hmac::<Sha224>(password, salt, rounds, &mut key),
                DigestAlgorithm::Sha256 => pbkdf2_hmac::<Sha256>(password, salt, rounds, &mut key),
                DigestAlgorithm::Sha384 => pbkdf2_hmac::<Sha384>(password, salt, rounds, &mut key),
                DigestAlgorithm::Sha512 => pbkdf2_hmac::<Sha512>(password, salt, rounds, &mut key),
            },
            Kdf::Pkcs12 {
                digest: of,
                purpose,
                rounds,
            } => {
                let mut hash = |message: &[u8], out: &mut [u8]| {
                    for (to, from) in out.iter_mut().zip(digest::digest(of, &[message])) {
                        *to = from;
                    }
                };
                key = derive_pkcs12(&mut hash, of, purpose, rounds, password, salt, *octets);
            }
            Kdf::Scrypt { log2_n, r, p } => {
                let parameters = scrypt::Params::new(log2_n, r, p).map_err(|_| PrimitiveError)?;
                scrypt::scrypt(password, salt, &parameters, &mut key)
                    .map_err(|_| PrimitiveError)?;
            }
            _ => return Err(PrimitiveError),
        }
        Ok(key)
    }

    fn public_key(&self, private_key: &[u8]) -> Option<Vec<u8>> {
        let Parts {
            algorithm,
            oid,
            named_curve,
            secret,
        } = Parts::read(private_key).ok()?;
        if let Some(carried) = chancery_pkcs12::public_key(private_key) {
            let info = asn1::sequence(&[algorithm, &asn1::bit_string(&carried)]);
            return PublicKeyInfo::from_der(&info).is_ok().then_some(info);
        }
        match oid {
            oid::EC_PUBLIC_KEY => {
                let mut key = Reader::sequence(secret, "EC private key").ok()?;
                key.integer("version").ok()?;
                let scalar = key.read(tag::OCTET_STRING, "EC private key").ok()?;
                curve::public_key(EcCurve::from_oid(named_curve?), scalar)
            }
            _ => curve::edwards_public_key(
                &oid,
                asn1::element(secret, tag::OCTET_STRING, "private key").ok()?,
            ),
        }
    }
}

/// Of a `PrivateKeyInfo` (RFC 5208 section 5).
struct Parts<'a> {
    /// `AlgorithmIdentifier`: the one that the public key has.
    algorithm: &'a [u8],
    oid: ObjectIdentifier,
    named_curve: Option<ObjectIdentifier>,
    secret: &'a [u8],
}

impl<'a> Parts<'a> {
    fn read(private_key: &'a [u8]) -> Result<Self, ParseError> {
        let mut info = Reader::sequence(private_key, "private key")?;
        info.integer("version")?;
        let algorithm = info.raw(tag::SEQUENCE, "private key algorithm")?;
        let mut parts = Reader::sequence(algorithm, "private key algorithm")?;
        Ok(Self {
            algorithm,
            oid: parts.oid("private key algorithm")?,
            named_curve: parts.oid("named curve").ok(),
            secret: info.read(tag::OCTET_STRING, "private key")?,
        })
    }
}
