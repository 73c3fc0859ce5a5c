//! Keys on the NIST curves in memory.

use std::sync::OnceLock;

use aws_lc_rs::{
    agreement::{
        self, ECDH_P256, ECDH_P384, ECDH_P521, PrivateKey as AgreementKey, UnparsedPublicKey,
    },
    digest::{self, Digest},
    error::Unspecified,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING,
        ECDSA_P521_SHA512_ASN1_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
    },
};
use chancery_x509::{EcCurve, PublicKeyInfo, PublicKeyKind, SignatureAlgorithm};
use zeroize::Zeroizing;

use super::KeyImportError;
use crate::{KeyOperation, KeyOperationError, crypto::fit};

/// What aws-lc knows of a curve.
struct Curve {
    signing: &'static EcdsaSigningAlgorithm,
    agreement: &'static agreement::Algorithm,
    digest: &'static digest::Algorithm,
}

fn curve(curve: EcCurve) -> Option<Curve> {
    Some(match curve {
        EcCurve::P256 => Curve {
            signing: &ECDSA_P256_SHA256_ASN1_SIGNING,
            agreement: &ECDH_P256,
            digest: &digest::SHA256,
        },
        EcCurve::P384 => Curve {
            signing: &ECDSA_P384_SHA384_ASN1_SIGNING,
            agreement: &ECDH_P384,
            digest: &digest::SHA384,
        },
        EcCurve::P521 => Curve {
            signing: &ECDSA_P521_SHA512_ASN1_SIGNING,
            agreement: &ECDH_P521,
            digest: &digest::SHA512,
        },
        _ => return None,
    })
}

/// One key in the two forms that aws-lc wants it in; the one that agrees is made at its first use.
pub(super) struct EcKey {
    pub(super) pair: Box<EcdsaKeyPair>,
    name: EcCurve,
    known: Curve,
    agreeing: OnceLock<Option<AgreementKey>>,
}

impl EcKey {
    fn new(pair: EcdsaKeyPair, name: EcCurve, known: Curve) -> Self {
        Self {
            pair: Box::new(pair),
            name,
            known,
            agreeing: OnceLock::new(),
        }
    }

    pub(super) fn generate(name: EcCurve) -> Option<Self> {
        let known = curve(name)?;
        let pair = EcdsaKeyPair::generate(known.signing).ok()?;
        Some(Self::new(pair, name, known))
    }

    pub(super) fn from_pkcs8(name: EcCurve, der: &[u8]) -> Result<Self, KeyImportError> {
        let known = curve(name).ok_or_else(|| KeyImportError::Algorithm {
            oid: name.oid().to_string(),
        })?;
        let pair = EcdsaKeyPair::from_pkcs8(known.signing, der)
            .map_err(|_| KeyImportError::Inconsistent)?;
        Ok(Self::new(pair, name, known))
    }

    /// The algorithm that RFC 5480 section 4 pairs with the curve.
    pub(super) const fn algorithm(&self) -> SignatureAlgorithm {
        match self.name {
            EcCurve::P521 => SignatureAlgorithm::EcdsaSha512,
            EcCurve::P384 => SignatureAlgorithm::EcdsaSha384,
            _ => SignatureAlgorithm::EcdsaSha256,
        }
    }

    pub(super) fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, KeyOperationError> {
        let hash = match algorithm {
            SignatureAlgorithm::EcdsaSha256 => &digest::SHA256,
            SignatureAlgorithm::EcdsaSha384 => &digest::SHA384,
            SignatureAlgorithm::EcdsaSha512 => &digest::SHA512,
            _ => {
                return Err(KeyOperationError::Unsupported(KeyOperation::Sign(
                    algorithm,
                )));
            }
        };
        let digest = fit(
            digest::digest(hash, message).as_ref(),
            self.known.digest.output_len(),
        );
        Digest::import_less_safe(&digest, self.known.digest)
            .and_then(|digest| self.pair.sign_digest(&digest))
            .map(|signature| signature.as_ref().to_vec())
            .map_err(|Unspecified| KeyOperationError::Refused)
    }

    pub(super) fn agree(&self, peer_spki: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        let peer = PublicKeyInfo::from_der(peer_spki).map_err(|_| KeyOperationError::PeerKey)?;
        if peer.kind() != (PublicKeyKind::Ec { curve: self.name }) {
            return Err(KeyOperationError::PeerKey);
        }
        let own = self
            .agreeing
            .get_or_init(|| {
                let der = self.pair.to_pkcs8v1().ok()?;
                AgreementKey::from_private_key_der(self.known.agreement, der.as_ref()).ok()
            })
            .as_ref()
            .ok_or(KeyOperationError::Refused)?;
        agree(own, self.known.agreement, peer.subject_public_key())
    }
}

/// The shared secret with a peer's point, which aws-lc proves to lie on the curve.
pub(super) fn agree(
    own: &AgreementKey,
    algorithm: &'static agreement::Algorithm,
    point: &[u8],
) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
    agreement::agree(
        own,
        UnparsedPublicKey::new(algorithm, point),
        KeyOperationError::PeerKey,
        |secret| Ok(Zeroizing::new(secret.to_vec())),
    )
}
