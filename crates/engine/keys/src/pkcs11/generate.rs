//! Keys made in a token, which they never leave.

use chancery_x509::{asn1, oid};
use cryptoki::{
    error::{Error, RvError},
    mechanism::{Mechanism, MechanismType},
    object::{Attribute, KeyType, ObjectClass},
};

use super::{Pkcs11Uri, Token, TokenError, TokenKey, error::Fault, token::Doubt};
use crate::{Entropy, KeyAlgorithm, random};

/// 65537.
const EXPONENT: [u8; 3] = [1, 0, 1];

impl Token {
    /// Makes a key pair that signs, under `label` and a random id of 16 octets: kept in the token (`CKA_TOKEN`),
    /// private, sensitive and not extractable. Blocks; RSA takes up to minutes in small tokens.
    pub fn generate(
        &self,
        algorithm: KeyAlgorithm,
        label: &str,
        entropy: &dyn Entropy,
    ) -> Result<TokenKey, TokenError> {
        let id: [u8; 16] = random(entropy)?;
        let common = |class| {
            vec![
                Attribute::Class(class),
                Attribute::Token(true),
                Attribute::Label(label.as_bytes().to_vec()),
                Attribute::Id(id.to_vec()),
            ]
        };
        let (kind, mechanism, key_type) = kind(algorithm);
        let mut public = common(ObjectClass::PUBLIC_KEY);
        public.extend([
            Attribute::KeyType(key_type),
            Attribute::Private(false),
            Attribute::Verify(true),
            Attribute::Encrypt(false),
            Attribute::Wrap(false),
        ]);
        match algorithm {
            KeyAlgorithm::Rsa2048 => public.extend(rsa(2048)?),
            KeyAlgorithm::Rsa3072 => public.extend(rsa(3072)?),
            KeyAlgorithm::Rsa4096 => public.extend(rsa(4096)?),
            KeyAlgorithm::EcP256 => public.push(curve(&oid::SECP256R1)),
            KeyAlgorithm::EcP384 => public.push(curve(&oid::SECP384R1)),
            KeyAlgorithm::EcP521 => public.push(curve(&oid::SECP521R1)),
            KeyAlgorithm::Ed25519 => public.push(curve(&oid::ED25519)),
        }
        let mut private = common(ObjectClass::PRIVATE_KEY);
        private.extend([
            Attribute::KeyType(key_type),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Sign(true),
            // Some tokens allow what is not forbidden.
            Attribute::Decrypt(false),
            Attribute::Unwrap(false),
            Attribute::Derive(false),
        ]);
        self.with(&Doubt::default(), |talk| {
            if !talk.has(kind) {
                return Err(TokenError::CannotGenerate { algorithm }.into());
            }
            // Sessions that are lent are read-only, as signing needs no more.
            let writing = self.pkcs11().open_rw_session(talk.slot)?;
            writing
                .generate_key_pair(&mechanism, &public, &private)
                .map(|_| ())
                .map_err(|error| match error {
                    Error::Pkcs11(
                        RvError::CurveNotSupported
                        | RvError::DomainParamsInvalid
                        | RvError::KeySizeRange
                        | RvError::MechanismInvalid
                        | RvError::MechanismParamInvalid,
                        _,
                    ) => Fault::Token(TokenError::CannotGenerate { algorithm }),
                    error => error.into(),
                })
        })?;
        let uri = Pkcs11Uri {
            object: Some(label.to_owned()),
            id: Some(id.to_vec()),
            ..self.uri().clone()
        };
        TokenKey::open(self, &uri)
    }
}

const fn kind(algorithm: KeyAlgorithm) -> (MechanismType, Mechanism<'static>, KeyType) {
    match algorithm {
        KeyAlgorithm::Rsa2048 | KeyAlgorithm::Rsa3072 | KeyAlgorithm::Rsa4096 => (
            MechanismType::RSA_PKCS_KEY_PAIR_GEN,
            Mechanism::RsaPkcsKeyPairGen,
            KeyType::RSA,
        ),
        KeyAlgorithm::EcP256 | KeyAlgorithm::EcP384 | KeyAlgorithm::EcP521 => (
            MechanismType::ECC_KEY_PAIR_GEN,
            Mechanism::EccKeyPairGen,
            KeyType::EC,
        ),
        KeyAlgorithm::Ed25519 => (
            MechanismType::ECC_EDWARDS_KEY_PAIR_GEN,
            Mechanism::EccEdwardsKeyPairGen,
            KeyType::EC_EDWARDS,
        ),
    }
}

fn rsa(bits: u16) -> Result<[Attribute; 2], TokenError> {
    let bits = usize::from(bits).try_into()?;
    Ok([
        Attribute::ModulusBits(bits),
        Attribute::PublicExponent(EXPONENT.to_vec()),
    ])
}

/// `CKA_EC_PARAMS`: the named curve.
fn curve(name: &chancery_x509::ObjectIdentifier) -> Attribute {
    Attribute::EcParams(asn1::oid(name))
}
