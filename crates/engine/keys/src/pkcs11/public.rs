//! The public key of a token's key as `SubjectPublicKeyInfo`.

use chancery_x509::{
    ObjectIdentifier, PublicKeyInfo,
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
        let der = match self.kind? {
            KeyType::RSA if !self.modulus.is_empty() && !self.exponent.is_empty() => {
                let identifier = asn1::sequence(&[&asn1::oid(&oid::RSA_ENCRYPTION), &asn1::null()]);
                let key = asn1::sequence(&[
                    &asn1::integer(&self.modulus),
                    &asn1::integer(&self.exponent),
                ]);
                asn1::sequence(&[&identifier, &asn1::bit_string(&key)])
            }
            KeyType::EC if !self.curve.is_empty() && !self.point.is_empty() => {
                let identifier = asn1::sequence(&[&asn1::oid(&oid::EC_PUBLIC_KEY), &self.curve]);
                asn1::sequence(&[&identifier, &asn1::bit_string(&self.bare_point())])
            }
            kind @ (KeyType::EC_EDWARDS | KeyType::EC_MONTGOMERY)
                if self.bare_point().len() == 32 =>
            {
                // SoftHSM2 files X25519 under Edwards keys, and some tokens name curves by a PrintableString.
                let montgomery = asn1::oid(&oid::X25519);
                let edwards = asn1::oid(&oid::ED25519);
                if self.curve == montgomery
                    || (kind == KeyType::EC_MONTGOMERY && self.curve != edwards)
                {
                    self.curve25519(&oid::X25519)
                } else {
                    self.curve25519(&oid::ED25519)
                }
            }
            _ => self.info.clone(),
        };
        PublicKeyInfo::from_der(&der).ok()
    }

    fn curve25519(&self, algorithm: &ObjectIdentifier) -> Vec<u8> {
        let identifier = asn1::sequence(&[&asn1::oid(algorithm)]);
        asn1::sequence(&[&identifier, &asn1::bit_string(&self.bare_point())])
    }

    /// PKCS #11 wraps `CKA_EC_POINT` into an OCTET STRING (version 3.0 section 2.3.3); some tokens leave it bare, some
    /// write a BIT STRING.
    fn bare_point(&self) -> Vec<u8> {
        let mut reader = Reader::new(&self.point, "EC point");
        let content = match self.point.first() {
            Some(4) => reader.read(tag::OCTET_STRING, "EC point").ok(),
            Some(3) => reader.bit_string("EC point").ok(),
            _ => None,
        };
        match content {
            Some(content) if reader.finish().is_ok() => content.to_vec(),
            _ => self.point.clone(),
        }
    }
}
