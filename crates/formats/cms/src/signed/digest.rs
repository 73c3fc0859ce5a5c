//! The content as it passes.

use chancery_x509::asn1::{Reader, tag};
use chancery_x509::crypto::Hasher;
use chancery_x509::{Crypto, DigestAlgorithm};

use super::attribute::Attributes;
use crate::oid;

/// How much of the beginning of the content is kept, for signatures without attributes.
pub(super) const MAX_KEPT: usize = 1 << 20;

/// Digests content that comes in pieces.
pub struct ContentDigester {
    hashers: Vec<(DigestAlgorithm, Box<dyn Hasher>)>,
    head: Vec<u8>,
    octets: u64,
}

impl ContentDigester {
    /// With these digests, each once.
    #[must_use]
    pub fn new(algorithms: impl IntoIterator<Item = DigestAlgorithm>, crypto: &dyn Crypto) -> Self {
        let mut hashers: Vec<(DigestAlgorithm, Box<dyn Hasher>)> = Vec::new();
        for algorithm in algorithms {
            if !hashers.iter().any(|(present, _)| *present == algorithm) {
                hashers.push((algorithm, crypto.hasher(algorithm)));
            }
        }
        Self {
            hashers,
            head: Vec::new(),
            octets: 0,
        }
    }

    /// More of the content.
    pub fn update(&mut self, piece: &[u8]) {
        for (_, hasher) in &mut self.hashers {
            hasher.update(piece);
        }
        let room = MAX_KEPT.saturating_sub(self.head.len());
        self.head
            .extend_from_slice(piece.get(..room).unwrap_or(piece));
        self.octets = self.octets.saturating_add(piece.len() as u64);
    }

    /// The end of the content.
    #[must_use]
    pub fn finish(self) -> ContentDigests {
        let finish =
            |(algorithm, hasher): (DigestAlgorithm, Box<dyn Hasher>)| (algorithm, hasher.finish());
        ContentDigests {
            digests: self.hashers.into_iter().map(finish).collect(),
            head: self.head,
            octets: self.octets,
        }
    }
}

/// What is known of content that has passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentDigests {
    digests: Vec<(DigestAlgorithm, Vec<u8>)>,
    head: Vec<u8>,
    octets: u64,
}

impl ContentDigests {
    /// Of content at hand.
    #[must_use]
    pub fn of(
        content: &[u8],
        algorithms: impl IntoIterator<Item = DigestAlgorithm>,
        crypto: &dyn Crypto,
    ) -> Self {
        let mut digester = ContentDigester::new(algorithms, crypto);
        digester.update(content);
        digester.finish()
    }

    /// One digest, if it was taken.
    #[must_use]
    pub fn digest(&self, algorithm: DigestAlgorithm) -> Option<&[u8]> {
        self.digests
            .iter()
            .find(|(present, _)| *present == algorithm)
            .map(|(_, digest)| digest.as_slice())
    }

    /// Octets of content.
    #[must_use]
    pub const fn octets(&self) -> u64 {
        self.octets
    }

    /// The content itself, where it is small.
    pub(super) fn whole(&self) -> Option<&[u8]> {
        (self.head.len() as u64 == self.octets).then_some(&self.head)
    }

    /// Whether the content could be the DER of signed attributes. A signature over those is a signature over such content too, if the
    /// content is signed without attributes: an attacker drops the attributes and passes them off as the message.
    pub(super) fn looks_like_attributes(&self) -> bool {
        if self.head.first() != Some(&tag::SET) {
            return false;
        }
        let Some(whole) = self.whole() else {
            // Honest attributes are never this large, and honest content of this size may begin with any octet.
            return false;
        };
        let mut reader = Reader::new(whole, "content");
        let Ok(content) = reader.read(tag::SET, "content") else {
            return false;
        };
        reader.is_empty()
            && Attributes::from_content(content)
                .is_ok_and(|attributes| attributes.values(oid::MESSAGE_DIGEST).next().is_some())
    }
}
