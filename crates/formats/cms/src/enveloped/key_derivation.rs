//! From a shared secret to the key that wraps the content's key: X9.63 (RFC 5753 section 7.2) and HKDF (RFC 8418 section 2.2).

use chancery_x509::asn1;
use chancery_x509::{Crypto, DigestAlgorithm, ObjectIdentifier};
use zeroize::{Zeroize, Zeroizing};

use super::key_wrap::KeyWrap;
use super::oid;

/// How a shared secret becomes a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyDerivation {
    /// The key derivation function of ANSI X9.63 (SEC 1 section 3.6.1).
    X963(DigestAlgorithm),
    /// HKDF (RFC 5869).
    Hkdf(DigestAlgorithm),
}

/// Object identifiers of the schemes with what they stand for: derivation, cofactor variant.
const SCHEMES: [(ObjectIdentifier, KeyDerivation, bool); 13] = {
    use DigestAlgorithm::{Sha1, Sha224, Sha256, Sha384, Sha512};
    use KeyDerivation::{Hkdf, X963};
    [
        (oid::STD_DH_SHA1_KDF, X963(Sha1), false),
        (oid::STD_DH_SHA224_KDF, X963(Sha224), false),
        (oid::STD_DH_SHA256_KDF, X963(Sha256), false),
        (oid::STD_DH_SHA384_KDF, X963(Sha384), false),
        (oid::STD_DH_SHA512_KDF, X963(Sha512), false),
        (oid::COFACTOR_DH_SHA1_KDF, X963(Sha1), true),
        (oid::COFACTOR_DH_SHA224_KDF, X963(Sha224), true),
        (oid::COFACTOR_DH_SHA256_KDF, X963(Sha256), true),
        (oid::COFACTOR_DH_SHA384_KDF, X963(Sha384), true),
        (oid::COFACTOR_DH_SHA512_KDF, X963(Sha512), true),
        (oid::STD_DH_HKDF_SHA256, Hkdf(Sha256), false),
        (oid::STD_DH_HKDF_SHA384, Hkdf(Sha384), false),
        (oid::STD_DH_HKDF_SHA512, Hkdf(Sha512), false),
    ]
};

impl KeyDerivation {
    pub(crate) fn from_scheme(scheme: &ObjectIdentifier) -> Option<(Self, bool)> {
        SCHEMES
            .iter()
            .find(|(oid, ..)| oid == scheme)
            .map(|(_, derivation, cofactor)| (*derivation, *cofactor))
    }

    /// Whether there is an object identifier for it: HKDF has none with SHA-1 or SHA-224.
    pub(crate) fn has_scheme(self) -> bool {
        SCHEMES.iter().any(|(_, derivation, _)| *derivation == self)
    }

    /// The scheme that is written: standard ECDH. Asked only of what [has one](Self::has_scheme).
    pub(crate) fn scheme(self) -> ObjectIdentifier {
        SCHEMES
            .iter()
            .find(|(_, derivation, cofactor)| *derivation == self && !cofactor)
            .map_or(oid::STD_DH_HKDF_SHA256, |(oid, ..)| *oid)
    }

    /// The key-encryption key.
    pub(crate) fn derive(
        self,
        crypto: &dyn Crypto,
        secret: &[u8],
        ukm: Option<&[u8]>,
        wrap: KeyWrap,
        wrap_der: &[u8],
    ) -> Zeroizing<Vec<u8>> {
        let info = shared_info(wrap, wrap_der, ukm);
        let length = wrap.key_len();
        match self {
            Self::X963(digest) => x963(crypto, digest, secret, &info, length),
            // RFC 8418 section 2.2: the user keying material is the salt, where there is one.
            Self::Hkdf(digest) => hkdf(
                crypto,
                digest,
                ukm.unwrap_or_default(),
                secret,
                &info,
                length,
            ),
        }
    }
}

/// The content's key bound to the cipher that it is for: as many octets, useless under another identifier (RFC 9709 section 2).
pub(crate) fn bind(crypto: &dyn Crypto, key: &[u8], algorithm_der: &[u8]) -> Zeroizing<Vec<u8>> {
    hkdf(
        crypto,
        DigestAlgorithm::Sha256,
        b"The Cryptographic Message Syntax",
        key,
        algorithm_der,
        key.len(),
    )
}

/// What the derived key is bound to.
///
/// ```asn1
/// ECC-CMS-SharedInfo ::= SEQUENCE {
///     keyInfo AlgorithmIdentifier,
///     entityUInfo [0] EXPLICIT OCTET STRING OPTIONAL,
///     suppPubInfo [2] EXPLICIT OCTET STRING }  -- bits of the key, 32-bit big-endian
/// ```
fn shared_info(wrap: KeyWrap, wrap_der: &[u8], ukm: Option<&[u8]>) -> Vec<u8> {
    let entity = ukm
        .map(|ukm| asn1::explicit(0, &asn1::octet_string(ukm)))
        .unwrap_or_default();
    let bits = u32::try_from(wrap.key_len() * 8).unwrap_or(u32::MAX);
    let length = asn1::explicit(2, &asn1::octet_string(&bits.to_be_bytes()));
    asn1::sequence(&[wrap_der, &entity, &length])
}

fn x963(
    crypto: &dyn Crypto,
    digest: DigestAlgorithm,
    secret: &[u8],
    info: &[u8],
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let mut key = Zeroizing::new(Vec::with_capacity(
        length.saturating_add(digest.output_len()),
    ));
    let mut counter = 1_u32;
    while key.len() < length {
        let input = Zeroizing::new([secret, &counter.to_be_bytes(), info].concat());
        let mut block = crypto.digest(digest, &input);
        key.extend_from_slice(&block);
        block.zeroize();
        counter = counter.wrapping_add(1);
    }
    key.truncate(length);
    key
}

fn hkdf(
    crypto: &dyn Crypto,
    digest: DigestAlgorithm,
    salt: &[u8],
    secret: &[u8],
    info: &[u8],
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let extracted = Zeroizing::new(crypto.hmac(digest, salt, secret));
    let mut key = Zeroizing::new(Vec::with_capacity(
        length.saturating_add(digest.output_len()),
    ));
    let mut block = Zeroizing::new(Vec::new());
    let mut counter = 1_u8;
    while key.len() < length {
        let input = Zeroizing::new([block.as_slice(), info, &[counter]].concat());
        block = Zeroizing::new(crypto.hmac(digest, &extracted, &input));
        key.extend_from_slice(&block);
        counter = counter.wrapping_add(1);
    }
    key.truncate(length);
    key
}
