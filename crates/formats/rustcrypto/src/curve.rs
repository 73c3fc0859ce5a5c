//! Elliptic curves: ECDSA, Ed25519, and agreement with ephemeral keys.

use chancery_x509::{
    EcCurve, PublicKeyInfo, PublicKeyKind, VerifyError,
    asn1::{self, Reader},
    crypto::{EphemeralAgreement, PublicKeyError},
    oid,
};
use ecdsa::{
    elliptic_curve::sec1::ToSec1Point,
    signature::{Verifier, hazmat::PrehashVerifier},
};
use p256::NistP256;
use p384::NistP384;
use p521::NistP521;
use zeroize::Zeroizing;

use crate::entropy::Entropy;

/// Tries to draw a scalar below the order; each fails with a probability of 2^-32 at most.
const DRAWS: usize = 8;

/// ECDSA over a digest of any length, of which the leftmost bits count (SEC 1 section 4.1.4).
pub(crate) fn verify_ecdsa(
    curve: EcCurve,
    key: &PublicKeyInfo,
    digest: &[u8],
    signature: &[u8],
) -> Result<(), VerifyError> {
    macro_rules! verify {
        ($curve:ty) => {{
            let key = ecdsa::VerifyingKey::<$curve>::from_sec1_bytes(key.subject_public_key())
                .map_err(|_| VerifyError::UnusableKey)?;
            let (r, s) = numbers(signature).ok_or(VerifyError::Mismatch)?;
            let mut fixed = (
                ecdsa::elliptic_curve::FieldBytes::<$curve>::default(),
                ecdsa::elliptic_curve::FieldBytes::<$curve>::default(),
            );
            let fits = padded(r, &mut fixed.0).and_then(|()| padded(s, &mut fixed.1));
            fits.ok_or(VerifyError::Mismatch)?;
            let signature = ecdsa::Signature::<$curve>::from_scalars(fixed.0, fixed.1)
                .map_err(|_| VerifyError::Mismatch)?;
            key.verify_prehash(digest, &signature)
                .map_err(|_| VerifyError::Mismatch)
        }};
    }
    match curve {
        EcCurve::P256 => verify!(NistP256),
        EcCurve::P384 => verify!(NistP384),
        EcCurve::P521 => verify!(NistP521),
        _ => Err(VerifyError::UnusableKey),
    }
}

/// The numbers of `Ecdsa-Sig-Value` (RFC 3279 section 2.2.3), DER.
fn numbers(signature: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut numbers = Reader::sequence(signature, "signature").ok()?;
    let r = numbers.integer("r").ok()?;
    let s = numbers.integer("s").ok()?;
    numbers.finish().ok()?;
    Some((r, s))
}

/// A number that is not negative, in a field of its length.
fn padded(number: &[u8], field: &mut [u8]) -> Option<()> {
    let digits = match number {
        [0, digits @ ..] => digits,
        [first, ..] if *first >= 0x80 => return None,
        digits => digits,
    };
    let start = field.len().checked_sub(digits.len())?;
    field.get_mut(start..)?.copy_from_slice(digits);
    Some(())
}

/// Ed25519 (RFC 8032 section 5.1.7, without cofactor, as aws-lc does).
pub(crate) fn verify_ed25519(
    key: &PublicKeyInfo,
    message: &[u8],
    signature: &[u8],
) -> Result<(), VerifyError> {
    let key = ed25519_dalek::VerifyingKey::try_from(key.subject_public_key())
        .map_err(|_| VerifyError::UnusableKey)?;
    let signature =
        ed25519_dalek::Signature::from_slice(signature).map_err(|_| VerifyError::Mismatch)?;
    key.verify(message, &signature)
        .map_err(|_| VerifyError::Mismatch)
}

/// As [`Crypto::agree_with`](chancery_x509::Crypto::agree_with), with randomness from `entropy`.
pub(crate) fn agree(
    peer_spki: &[u8],
    entropy: Entropy,
) -> Result<EphemeralAgreement, PublicKeyError> {
    let peer = PublicKeyInfo::from_der(peer_spki).map_err(|_| PublicKeyError::Damaged)?;
    macro_rules! agree {
        ($module:ident, $curve:expr, $octets:literal) => {{
            let point = $module::PublicKey::from_sec1_bytes(peer.subject_public_key())
                .map_err(|_| PublicKeyError::Damaged)?;
            let secret = draw::<$octets, _>(entropy, |octets| {
                $module::SecretKey::from_slice(octets).ok()
            })?;
            let shared =
                $module::ecdh::diffie_hellman(secret.to_nonzero_scalar(), point.as_affine());
            Ok(EphemeralAgreement {
                public_key: named_point($curve, &secret.public_key().to_sec1_point(false)),
                shared_secret: Zeroizing::new(shared.raw_secret_bytes().to_vec()),
            })
        }};
    }
    match peer.kind() {
        PublicKeyKind::Ec {
            curve: curve @ EcCurve::P256,
        } => agree!(p256, curve, 32),
        PublicKeyKind::Ec {
            curve: curve @ EcCurve::P384,
        } => agree!(p384, curve, 48),
        PublicKeyKind::Ec {
            curve: curve @ EcCurve::P521,
        } => agree!(p521, curve, 66),
        PublicKeyKind::X25519 => x25519(&peer, entropy),
        kind => Err(PublicKeyError::WrongKind { kind }),
    }
}

/// A secret key from random octets: uniform, because what lies past the order is drawn again.
fn draw<const OCTETS: usize, K>(
    entropy: Entropy,
    key: impl Fn(&[u8]) -> Option<K>,
) -> Result<K, PublicKeyError> {
    let mut octets = Zeroizing::new([0; OCTETS]);
    for _ in 0..DRAWS {
        entropy(octets.as_mut_slice()).map_err(|_| PublicKeyError::NoRandomness)?;
        // Of P-521's 528 bits the order has 521.
        if OCTETS == 66
            && let Some(first) = octets.first_mut()
        {
            *first &= 1;
        }
        if let Some(key) = key(octets.as_slice()) {
            return Ok(key);
        }
    }
    Err(PublicKeyError::NoRandomness)
}

/// The `SubjectPublicKeyInfo` of a private scalar; none for curves that are not known here.
#[cfg(feature = "pkcs12")]
pub(crate) fn public_key(curve: EcCurve, scalar: &[u8]) -> Option<Vec<u8>> {
    macro_rules! of {
        ($module:ident) => {
            $module::SecretKey::from_slice(scalar)
                .ok()?
                .public_key()
                .to_sec1_point(false)
                .as_bytes()
                .to_vec()
        };
    }
    let point = match curve {
        EcCurve::P256 => of!(p256),
        EcCurve::P384 => of!(p384),
        EcCurve::P521 => of!(p521),
        _ => return None,
    };
    Some(named_point(curve, &point))
}

/// The same of an Ed25519 or X25519 key (RFC 8410 section 7).
#[cfg(feature = "pkcs12")]
pub(crate) fn edwards_public_key(
    algorithm: &chancery_x509::ObjectIdentifier,
    secret: &[u8],
) -> Option<Vec<u8>> {
    let secret = Zeroizing::new(<[u8; 32]>::try_from(secret).ok()?);
    let public = match *algorithm {
        oid::ED25519 => ed25519_dalek::SigningKey::from_bytes(&secret)
            .verifying_key()
            .to_bytes(),
        oid::X25519 => x25519_dalek::x25519(*secret, x25519_dalek::X25519_BASEPOINT_BYTES),
        _ => return None,
    };
    Some(asn1::sequence(&[
        &asn1::sequence(&[&asn1::oid(algorithm)]),
        &asn1::bit_string(&public),
    ]))
}

fn named_point(curve: EcCurve, point: &impl AsRef<[u8]>) -> Vec<u8> {
    let algorithm = asn1::sequence(&[&asn1::oid(&oid::EC_PUBLIC_KEY), &asn1::oid(&curve.oid())]);
    asn1::sequence(&[&algorithm, &asn1::bit_string(point.as_ref())])
}

fn x25519(peer: &PublicKeyInfo, entropy: Entropy) -> Result<EphemeralAgreement, PublicKeyError> {
    let peer =
        <[u8; 32]>::try_from(peer.subject_public_key()).map_err(|_| PublicKeyError::Damaged)?;
    let mut secret = Zeroizing::new([0; 32]);
    entropy(secret.as_mut_slice()).map_err(|_| PublicKeyError::NoRandomness)?;
    let shared = Zeroizing::new(x25519_dalek::x25519(*secret, peer));
    // RFC 7748 section 6.1: a peer whose point has a small order makes the secret known to all.
    if shared.iter().all(|octet| *octet == 0) {
        return Err(PublicKeyError::Damaged);
    }
    let public = x25519_dalek::x25519(*secret, x25519_dalek::X25519_BASEPOINT_BYTES);
    let algorithm = asn1::sequence(&[&asn1::oid(&oid::X25519)]);
    Ok(EphemeralAgreement {
        public_key: asn1::sequence(&[&algorithm, &asn1::bit_string(&public)]),
        shared_secret: Zeroizing::new(shared.to_vec()),
    })
}
