//! Which mechanism of a token makes what.

use chancery_x509::{Crypto, DigestAlgorithm, PssParameters, SignatureAlgorithm, asn1};
use cryptoki::mechanism::{
    Mechanism, MechanismType,
    eddsa::{EddsaParams, EddsaSignatureScheme},
    rsa::{PkcsMgfType, PkcsOaepParams, PkcsOaepSource, PkcsPssParams},
};

use super::token::Talk;
use crate::AwsLc;

/// What a token is to sign, and how.
pub(super) struct Signing {
    pub(super) mechanism: Mechanism<'static>,
    pub(super) input: Input,
}

/// What goes to the token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    /// The message; the token hashes it.
    Message,
    /// Its digest.
    Digest(DigestAlgorithm),
    /// Its digest in a `DigestInfo` (RFC 8017 section 9.2).
    DigestInfo(DigestAlgorithm),
}

/// How a token signs by `algorithm`; `None` where it cannot. The digest is taken here where the token allows it: a
/// message of many megabytes need not travel to it.
pub(super) fn signing(talk: &Talk, algorithm: SignatureAlgorithm) -> Option<Signing> {
    use SignatureAlgorithm as S;
    let choose = |choices: [(MechanismType, Mechanism<'static>, Input); 2]| {
        choices
            .into_iter()
            .find(|(kind, ..)| talk.has(*kind))
            .map(|(_, mechanism, input)| Signing { mechanism, input })
    };
    let digest = algorithm.digest();
    match algorithm {
        S::RsaPkcs1Sha256 | S::RsaPkcs1Sha384 | S::RsaPkcs1Sha512 => {
            let (kind, whole) = match algorithm {
                S::RsaPkcs1Sha384 => (MechanismType::SHA384_RSA_PKCS, Mechanism::Sha384RsaPkcs),
                S::RsaPkcs1Sha512 => (MechanismType::SHA512_RSA_PKCS, Mechanism::Sha512RsaPkcs),
                _ => (MechanismType::SHA256_RSA_PKCS, Mechanism::Sha256RsaPkcs),
            };
            choose([
                (
                    MechanismType::RSA_PKCS,
                    Mechanism::RsaPkcs,
                    Input::DigestInfo(digest?),
                ),
                (kind, whole, Input::Message),
            ])
        }
        S::RsaPss(parameters) => choose(pss(parameters)?),
        S::EcdsaSha256 | S::EcdsaSha384 | S::EcdsaSha512 => {
            let (kind, whole) = match algorithm {
                S::EcdsaSha384 => (MechanismType::ECDSA_SHA384, Mechanism::EcdsaSha384),
                S::EcdsaSha512 => (MechanismType::ECDSA_SHA512, Mechanism::EcdsaSha512),
                _ => (MechanismType::ECDSA_SHA256, Mechanism::EcdsaSha256),
            };
            choose([
                (
                    MechanismType::ECDSA,
                    Mechanism::Ecdsa,
                    Input::Digest(digest?),
                ),
                (kind, whole, Input::Message),
            ])
        }
        S::Ed25519 => talk.has(MechanismType::EDDSA).then(|| Signing {
            mechanism: Mechanism::Eddsa(EddsaParams::new(EddsaSignatureScheme::Ed25519)),
            input: Input::Message,
        }),
        _ => None,
    }
}

impl Input {
    /// The octets that go to the token; `limit` is the length of an elliptic curve's order, of which ECDSA takes the
    /// leftmost octets of a longer digest (FIPS 186-5 section 6.4.1).
    pub(super) fn of(self, message: &[u8], limit: Option<usize>) -> Vec<u8> {
        match self {
            Self::Message => message.to_vec(),
            Self::Digest(algorithm) => {
                let mut digest = hash(algorithm, message);
                digest.truncate(limit.unwrap_or(usize::MAX));
                digest
            }
            Self::DigestInfo(algorithm) => {
                // RFC 8017 section 9.2 note 1: here, and only here, the parameters are NULL.
                let identifier = asn1::sequence(&[&asn1::oid(&algorithm.oid()), &asn1::null()]);
                asn1::sequence(&[&identifier, &asn1::octet_string(&hash(algorithm, message))])
            }
        }
    }
}

fn hash(algorithm: DigestAlgorithm, message: &[u8]) -> Vec<u8> {
    AwsLc.digest(algorithm, message)
}

const fn hashing(digest: DigestAlgorithm) -> MechanismType {
    match digest {
        DigestAlgorithm::Sha1 => MechanismType::SHA1,
        DigestAlgorithm::Sha224 => MechanismType::SHA224,
        DigestAlgorithm::Sha256 => MechanismType::SHA256,
        DigestAlgorithm::Sha384 => MechanismType::SHA384,
        DigestAlgorithm::Sha512 => MechanismType::SHA512,
    }
}

const fn masking(mgf1: DigestAlgorithm) -> PkcsMgfType {
    match mgf1 {
        DigestAlgorithm::Sha1 => PkcsMgfType::MGF1_SHA1,
        DigestAlgorithm::Sha224 => PkcsMgfType::MGF1_SHA224,
        DigestAlgorithm::Sha256 => PkcsMgfType::MGF1_SHA256,
        DigestAlgorithm::Sha384 => PkcsMgfType::MGF1_SHA384,
        DigestAlgorithm::Sha512 => PkcsMgfType::MGF1_SHA512,
    }
}

/// RSASSA-PSS; SHA-1 and SHA-224 are for reading only.
fn pss(parameters: PssParameters) -> Option<[(MechanismType, Mechanism<'static>, Input); 2]> {
    let PssParameters {
        digest,
        mgf1,
        salt_len,
    } = parameters;
    let parameters = PkcsPssParams {
        hash_alg: hashing(digest),
        mgf: masking(mgf1),
        s_len: usize::from(salt_len).try_into().ok()?,
    };
    let (kind, whole) = match digest {
        DigestAlgorithm::Sha1 | DigestAlgorithm::Sha224 => return None,
        DigestAlgorithm::Sha256 => (
            MechanismType::SHA256_RSA_PKCS_PSS,
            Mechanism::Sha256RsaPkcsPss(parameters),
        ),
        DigestAlgorithm::Sha384 => (
            MechanismType::SHA384_RSA_PKCS_PSS,
            Mechanism::Sha384RsaPkcsPss(parameters),
        ),
        DigestAlgorithm::Sha512 => (
            MechanismType::SHA512_RSA_PKCS_PSS,
            Mechanism::Sha512RsaPkcsPss(parameters),
        ),
    };
    Some([
        (
            MechanismType::RSA_PKCS_PSS,
            Mechanism::RsaPkcsPss(parameters),
            Input::Digest(digest),
        ),
        (kind, whole, Input::Message),
    ])
}

/// OAEP as a token takes it.
pub(super) fn oaep(digest: DigestAlgorithm, mgf1: DigestAlgorithm, label: &[u8]) -> Mechanism<'_> {
    let source = if label.is_empty() {
        PkcsOaepSource::empty()
    } else {
        PkcsOaepSource::data_specified(label)
    };
    Mechanism::RsaPkcsOaep(PkcsOaepParams::new(hashing(digest), masking(mgf1), source))
}
