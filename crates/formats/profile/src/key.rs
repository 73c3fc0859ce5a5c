//! What makes a public key unfit, whatever the profile: S/MIME BR 6.1.1.3, 6.1.5 and 6.1.6.

mod number;
mod point;
mod rsa;

use chancery_x509::{EcCurve, PublicKeyInfo, PublicKeyKind};
use thiserror::Error;

use crate::file::Curve;

pub(crate) use rsa::{has_close_factors, has_roca_fingerprint, small_factor};

/// Why a public key must not be certified, whatever the profile says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KeyWeakness {
    /// The exponent is even or below 3.
    #[error("the RSA exponent must be odd and 3 or more (S/MIME BR 6.1.6)")]
    Exponent,
    /// The modulus has a factor that trial division finds.
    #[error("the RSA modulus is divisible by {factor} (S/MIME BR 6.1.6)")]
    SmallFactor {
        /// The factor.
        factor: u32,
    },
    /// The modulus comes from the library with the fault CVE-2017-15361 and can be factored.
    #[error("the RSA key comes from a faulty generator (ROCA, CVE-2017-15361) and can be broken")]
    Roca,
    /// The point is not on the curve.
    #[error("the public point does not lie on the curve {curve} (S/MIME BR 6.1.5)")]
    NotOnCurve {
        /// The curve.
        curve: EcCurve,
    },
}

/// The first weakness that a key has.
pub fn check_strength(key: &PublicKeyInfo) -> Result<(), KeyWeakness> {
    if let Some(rsa) = key.rsa() {
        if !rsa::exponent_is_sound(&rsa.exponent) {
            return Err(KeyWeakness::Exponent);
        }
        if let Some(factor) = small_factor(&rsa.modulus) {
            return Err(KeyWeakness::SmallFactor { factor });
        }
        if has_roca_fingerprint(&rsa.modulus) {
            return Err(KeyWeakness::Roca);
        }
    }
    if let PublicKeyKind::Ec { curve } = key.kind()
        && !is_on_curve(curve, key.subject_public_key())
    {
        return Err(KeyWeakness::NotOnCurve { curve });
    }
    Ok(())
}

/// Whether an encoded point lies on its curve; `false` for curves that are not known here.
pub(crate) fn is_on_curve(curve: EcCurve, point: &[u8]) -> bool {
    known_curve(curve).is_some_and(|curve| point::is_on_curve(curve, point))
}

/// The curve as profiles name it.
pub(crate) const fn known_curve(curve: EcCurve) -> Option<Curve> {
    match curve {
        EcCurve::P256 => Some(Curve::P256),
        EcCurve::P384 => Some(Curve::P384),
        EcCurve::P521 => Some(Curve::P521),
        _ => None,
    }
}
