//! Digests and HMAC.

use aws_lc_rs::{digest, hmac};
use chancery_x509::{DigestAlgorithm, crypto::Hasher};

/// The digest as aws-lc knows it.
pub(crate) const fn algorithm(algorithm: DigestAlgorithm) -> &'static digest::Algorithm {
    match algorithm {
        DigestAlgorithm::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        DigestAlgorithm::Sha224 => &digest::SHA224,
        DigestAlgorithm::Sha256 => &digest::SHA256,
        DigestAlgorithm::Sha384 => &digest::SHA384,
        DigestAlgorithm::Sha512 => &digest::SHA512,
    }
}

pub(super) fn digest(of: DigestAlgorithm, message: &[u8]) -> Vec<u8> {
    digest::digest(algorithm(of), message).as_ref().to_vec()
}

pub(super) fn hasher(of: DigestAlgorithm) -> Box<dyn Hasher> {
    Box::new(Running(digest::Context::new(algorithm(of))))
}

struct Running(digest::Context);

impl Hasher for Running {
    fn update(&mut self, message: &[u8]) {
        self.0.update(message);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.0.finish().as_ref().to_vec()
    }
}

pub(super) fn hmac(of: DigestAlgorithm, key: &[u8], message: &[u8]) -> Vec<u8> {
    let algorithm = match of {
        DigestAlgorithm::Sha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        DigestAlgorithm::Sha224 => hmac::HMAC_SHA224,
        DigestAlgorithm::Sha256 => hmac::HMAC_SHA256,
        DigestAlgorithm::Sha384 => hmac::HMAC_SHA384,
        DigestAlgorithm::Sha512 => hmac::HMAC_SHA512,
    };
    hmac::sign(&hmac::Key::new(algorithm, key), message)
        .as_ref()
        .to_vec()
}
