//! Digests and HMAC.

use chancery_x509::DigestAlgorithm;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

/// The digest of these parts one after the other.
pub(crate) fn digest(algorithm: DigestAlgorithm, parts: &[&[u8]]) -> Vec<u8> {
    fn all<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
        let mut digest = D::new();
        for part in parts {
            digest.update(part);
        }
        digest.finalize().to_vec()
    }
    match algorithm {
        DigestAlgorithm::Sha1 => all::<Sha1>(parts),
        DigestAlgorithm::Sha224 => all::<Sha224>(parts),
        DigestAlgorithm::Sha256 => all::<Sha256>(parts),
        DigestAlgorithm::Sha384 => all::<Sha384>(parts),
        DigestAlgorithm::Sha512 => all::<Sha512>(parts),
    }
}

#[cfg(feature = "provider")]
pub(crate) use running::{hasher, hmac};

#[cfg(feature = "provider")]
mod running {
    use chancery_x509::{DigestAlgorithm, crypto::Hasher};
    use hmac::{EagerHash, Hmac, KeyInit, Mac};
    use sha1::Sha1;
    use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

    struct Running<D>(D);

    impl<D: Digest + Send> Hasher for Running<D> {
        fn update(&mut self, message: &[u8]) {
            self.0.update(message);
        }

        fn finish(self: Box<Self>) -> Vec<u8> {
            self.0.finalize().to_vec()
        }
    }

    pub(crate) fn hasher(algorithm: DigestAlgorithm) -> Box<dyn Hasher> {
        match algorithm {
            DigestAlgorithm::Sha1 => Box::new(Running(Sha1::new())),
            DigestAlgorithm::Sha224 => Box::new(Running(Sha224::new())),
            DigestAlgorithm::Sha256 => Box::new(Running(Sha256::new())),
            DigestAlgorithm::Sha384 => Box::new(Running(Sha384::new())),
            DigestAlgorithm::Sha512 => Box::new(Running(Sha512::new())),
        }
    }

    pub(crate) fn hmac(algorithm: DigestAlgorithm, key: &[u8], message: &[u8]) -> Vec<u8> {
        fn of<D: EagerHash>(key: &[u8], message: &[u8]) -> Vec<u8>
        where
            Hmac<D>: Mac + KeyInit,
        {
            // HMAC takes keys of any length: the error cannot occur.
            <Hmac<D> as KeyInit>::new_from_slice(key)
                .map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec())
                .unwrap_or_default()
        }
        match algorithm {
            DigestAlgorithm::Sha1 => of::<Sha1>(key, message),
            DigestAlgorithm::Sha224 => of::<Sha224>(key, message),
            DigestAlgorithm::Sha256 => of::<Sha256>(key, message),
            DigestAlgorithm::Sha384 => of::<Sha384>(key, message),
            DigestAlgorithm::Sha512 => of::<Sha512>(key, message),
        }
    }
}
