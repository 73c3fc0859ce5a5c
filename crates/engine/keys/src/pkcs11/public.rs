//! The public key of a token's key as `SubjectPublicKeyInfo`.

use chancery_x509::{
    PublicKeyInfo,
    asn1::{self, Reader, tag},
    oid,
};
use cryptoki::{
    object::{Attribute, AttributeType, KeyType, ObjectHandle},
    session::Session,
};

/// Attributes of a key as far as they make a public key.
#[derive(Default)]
struct Parts {
    kind: Option<KeyType>,
    info: Vec<u8>,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
    curve: Vec<u8>,
    point: Vec<u8>,
}

/// Reads the public key from the attributes of the given objects (the public one, then the private one, which some
/// tokens give enough of); `None` where they do not make a key of a supported kind.
pub(super) fn read(
    session: &Session,
    objects: impl IntoIterator<Item = ObjectHandle>,
) -> Result<Option<PublicKeyInfo>, cryptoki::error::Error> {
    let wanted = [
        AttributeType::KeyType,
        AttributeType::Modulus,
        AttributeType::PublicExponent,
        AttributeType::EcParams,
        AttributeType::EcPoint,
        AttributeType::PublicKeyInfo,
    ];
    for object in objects {
        let mut parts = Parts::default();
        for attribute in session.get_attributes(object, &wanted)? {
            match attribute {
                Attribute::KeyType(kind) => parts.kind = Some(kind),
                Attribute::Modulus(octets) => parts.modulus = octets,
                Attribute::PublicExponent(octets) => parts.exponent = octets,
                Attribute::EcParams(octets) => parts.curve = octets,
                Attribute::EcPoint(octets) => parts.point = octets,
                Attribute::PublicKeyInfo(octets) => parts.info = octets,
                _ => {}
            }
        }
        if let Some(key) = parts.assemble() {
            return Ok(Some(key));
        }
    }
    Ok(None)
}

impl Parts {
    fn assemble(&self) -> Option<PublicKeyInfo> {
        let read = |der: Vec<u8>| PublicKeyInfo::from_der(&der).ok();
        match self.kind? {
            KeyType::RSA if !self.modulus.is_empty() && !self.exponent.is_empty() => {
                let identifier = asn1::sequence(&[&asn1::oid(&oid::RSA_ENCRYPTION), &asn1::null()]);
                let key = asn1::sequence(&[
                    &asn1::integer(&self.modulus),
                    &asn1::integer(&self.exponent),
                ]);
                read(asn1::sequence(&[&identifier, &asn1::bit_string(&key)]))
            }
            kind @ (KeyType::EC | KeyType::EC_EDWARDS | KeyType::EC_MONTGOMERY)
                if !self.point.is_empty() =>
            {
                let identifier = self.curve_identifier(kind);
                // The first that is as long as a point of this curve.
                self.points().into_iter().find_map(|point| {
                    read(asn1::sequence(&[&identifier, &asn1::bit_string(point)]))
                })
            }
            _ => read(self.info.clone()),
        }
    }

    /// The `AlgorithmIdentifier` of a key on a curve (RFC 5480 section 2.1.1, RFC 8410 section 3).
    fn curve_identifier(&self, kind: KeyType) -> Vec<u8> {
        if kind == KeyType::EC {
            return asn1::sequence(&[&asn1::oid(&oid::EC_PUBLIC_KEY), &self.curve]);
        }
        // SoftHSM2 files X25519 under Edwards keys, and some tokens name curves by a PrintableString.
        let named = |algorithm| self.curve == asn1::oid(algorithm);
        let montgomery =
            named(&oid::X25519) || (kind == KeyType::EC_MONTGOMERY && !named(&oid::ED25519));
        let algorithm = if montgomery {
            &oid::X25519
        } else {
            &oid::ED25519
        };
        asn1::sequence(&[&asn1::oid(algorithm)])
    }

    /// What may be the point: PKCS #11 wraps it into an OCTET STRING (version 3.0 section 2.3.3), some tokens write a BIT
    /// STRING, and some leave it bare. A bare point may happen to look like either wrapping.
    fn points(&self) -> Vec<&[u8]> {
        let mut points = Vec::new();
        for bits in [false, true] {
            let mut reader = Reader::new(&self.point, "EC point");
            let content = if bits {
                reader.bit_string("EC point")
            } else {
                reader.read(tag::OCTET_STRING, "EC point")
            };
            if let Ok(content) = content
                && reader.finish().is_ok()
            {
                points.push(content);
            }
        }
        points.push(&self.point);
        points
    }
}

#[cfg(test)]
mod tests {
    use chancery_x509::PublicKeyKind;

    use super::*;
    use crate::{KeyAlgorithm, Signer, SoftwareKey};

    fn key(algorithm: KeyAlgorithm) -> PublicKeyInfo {
        let key = SoftwareKey::generate(algorithm).unwrap();
        PublicKeyInfo::from_der(key.public_key()).unwrap()
    }

    #[test]
    fn points_are_read_as_tokens_write_them() {
        let expected = key(KeyAlgorithm::EcP384);
        let point = expected.subject_public_key();
        for written in [
            asn1::octet_string(point),
            point.to_vec(),
            asn1::bit_string(point),
        ] {
            let parts = Parts {
                kind: Some(KeyType::EC),
                curve: asn1::oid(&oid::SECP384R1),
                point: written,
                ..Parts::default()
            };
            assert_eq!(parts.assemble().as_ref(), Some(&expected));
        }
        let edwards = key(KeyAlgorithm::Ed25519);
        for curve in [
            asn1::oid(&oid::ED25519),
            asn1::printable_string("edwards25519"),
        ] {
            let parts = Parts {
                kind: Some(KeyType::EC_EDWARDS),
                curve,
                point: edwards.subject_public_key().to_vec(),
                ..Parts::default()
            };
            assert_eq!(parts.assemble().as_ref(), Some(&edwards));
        }
    }

    /// One bare point in 256 begins like an OCTET STRING of just its length.
    #[test]
    fn a_bare_point_that_looks_wrapped_stays_what_it_is() {
        let mut misleading = [7; 32];
        misleading[..2].copy_from_slice(&[4, 30]);
        let parts = Parts {
            kind: Some(KeyType::EC_MONTGOMERY),
            curve: asn1::printable_string("curve25519"),
            point: misleading.to_vec(),
            ..Parts::default()
        };
        let read = parts.assemble().unwrap();
        assert_eq!(read.subject_public_key(), misleading);
        assert_eq!(read.kind(), PublicKeyKind::X25519);

        let misleading = [&[4, 63][..], &[7; 63]].concat();
        let parts = Parts {
            kind: Some(KeyType::EC),
            curve: asn1::oid(&oid::SECP256R1),
            point: misleading.clone(),
            ..Parts::default()
        };
        let read = parts.assemble().unwrap();
        assert_eq!(read.subject_public_key(), misleading);
    }

    #[test]
    fn numbers_and_whole_keys_are_read_too() {
        let expected = key(KeyAlgorithm::Rsa2048);
        let numbers = expected.rsa().unwrap();
        let parts = Parts {
            kind: Some(KeyType::RSA),
            // Some tokens put the zero of the INTEGER before it.
            modulus: [&[0], numbers.modulus.as_slice()].concat(),
            exponent: numbers.exponent.clone(),
            ..Parts::default()
        };
        assert_eq!(parts.assemble().as_ref(), Some(&expected));
        let whole = Parts {
            kind: Some(KeyType::RSA),
            info: expected.as_der().to_vec(),
            ..Parts::default()
        };
        assert_eq!(whole.assemble().as_ref(), Some(&expected));
        assert_eq!(Parts::default().assemble(), None);
    }
}
