//! A key stream with a polynomial authenticator, which GCM (NIST SP 800-38D) and `ChaCha20`-`Poly1305` (RFC 8439) both are.

use chancery_x509::crypto::{Cipher, CipherError, Decryptor, Encryptor};
use cipher::{Block, StreamCipher, consts::U16};
use ghash::universal_hash::UniversalHash;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, Zeroizing};

/// Octets that go through the key stream and the authenticator before the next ones, so that they are still in the cache.
const CHUNK: usize = 16 * 1024;

/// The shortest tag taken (RFC 5084 section 3.2: 12 to 16 octets).
const MIN_TAG: usize = 12;

/// A key stream being laid over a message.
pub trait KeyStream: Send {
    /// Lays the next octets of the key stream over `data`.
    fn mask(&mut self, data: &mut [u8]) -> Result<(), CipherError>;
}

impl<S: StreamCipher + Send> KeyStream for S {
    fn mask(&mut self, data: &mut [u8]) -> Result<(), CipherError> {
        // The lengths allowed are far below the end of the key stream.
        self.try_apply_keystream(data)
            .map_err(|_| CipherError::Mismatch)
    }
}

/// How the two lengths stand in the last block of the authenticator.
#[derive(Clone, Copy)]
pub(super) enum Lengths {
    /// In bits, big-endian: GCM.
    Bits,
    /// In octets, little-endian: `Poly1305`.
    Octets,
}

impl Lengths {
    /// The longest message under one nonce: 2^32 - 2 blocks of 16 octets (NIST SP 800-38D section 5.2.1.1), 2^32 - 1 blocks of 64
    /// (RFC 8439 section 2.8).
    const fn limit(self) -> u64 {
        match self {
            Self::Bits => (1 << 36) - 32,
            Self::Octets => (1 << 38) - 64,
        }
    }

    fn block(self, aad: u64, data: u64) -> [u8; 16] {
        let halves = match self {
            Self::Bits => [aad.saturating_mul(8), data.saturating_mul(8)].map(u64::to_be_bytes),
            Self::Octets => [aad, data].map(u64::to_le_bytes),
        };
        let mut block = [0; 16];
        for (to, from) in block.iter_mut().zip(halves.as_flattened()) {
            *to = *from;
        }
        block
    }
}

/// A message under way, in either direction.
pub struct Aead<S, M> {
    cipher: Cipher,
    stream: S,
    mac: Mac<M>,
    /// Laid over the authenticator's output: the tag.
    mask: Zeroizing<[u8; 16]>,
    lengths: Lengths,
    aad: u64,
    data: u64,
}

impl<S: KeyStream, M: UniversalHash<BlockSize = U16>> Aead<S, M> {
    pub(super) fn new(cipher: Cipher, stream: S, mac: M, mask: [u8; 16], lengths: Lengths) -> Self {
        Self {
            cipher,
            stream,
            mac: Mac {
                hash: mac,
                partial: Vec::with_capacity(16),
            },
            mask: Zeroizing::new(mask),
            lengths,
            aad: 0,
            data: 0,
        }
    }

    fn cover(&mut self, data: &[u8]) -> Result<(), CipherError> {
        if self.data > 0 {
            return Err(CipherError::Aad(self.cipher));
        }
        self.aad = self.aad.saturating_add(data.len() as u64);
        self.mac.update(data);
        Ok(())
    }

    /// Counts what comes; closes the data that is only authenticated before the first of the message.
    fn count(&mut self, octets: usize) -> Result<(), CipherError> {
        if self.data == 0 {
            self.mac.pad();
        }
        self.data = self.data.saturating_add(octets as u64);
        if self.data > self.lengths.limit() {
            return Err(CipherError::TooLong(self.cipher));
        }
        Ok(())
    }

    fn tag(mut self) -> Zeroizing<[u8; 16]> {
        self.mac.pad();
        self.mac.update(&self.lengths.block(self.aad, self.data));
        let mut tag = Zeroizing::new(self.mac.finish());
        match self.lengths {
            Lengths::Bits => {
                for (octet, mask) in tag.iter_mut().zip(self.mask.iter()) {
                    *octet ^= mask;
                }
            }
            Lengths::Octets => {}
        }
        tag
    }
}

impl<S, M> Encryptor for Aead<S, M>
where
    S: KeyStream,
    M: UniversalHash<BlockSize = U16> + Send,
{
    fn aad(&mut self, data: &[u8]) -> Result<(), CipherError> {
        self.cover(data)
    }

    fn update(&mut self, plain: &[u8], output: &mut Vec<u8>) -> Result<(), CipherError> {
        self.count(plain.len())?;
        output.reserve(plain.len());
        for chunk in plain.chunks(CHUNK) {
            let start = output.len();
            output.extend_from_slice(chunk);
            let masked = output.get_mut(start..).unwrap_or_default();
            self.stream.mask(masked)?;
            self.mac.update(masked);
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _output: &mut Vec<u8>) -> Result<Vec<u8>, CipherError> {
        Ok(self.tag().to_vec())
    }
}

impl<S, M> Decryptor for Aead<S, M>
where
    S: KeyStream,
    M: UniversalHash<BlockSize = U16> + Send,
{
    fn aad(&mut self, data: &[u8]) -> Result<(), CipherError> {
        self.cover(data)
    }

    fn update_unverified(
        &mut self,
        cipher_text: &[u8],
        output: &mut Vec<u8>,
    ) -> Result<(), CipherError> {
        self.count(cipher_text.len())?;
        output.reserve(cipher_text.len());
        for chunk in cipher_text.chunks(CHUNK) {
            self.mac.update(chunk);
            let start = output.len();
            output.extend_from_slice(chunk);
            self.stream
                .mask(output.get_mut(start..).unwrap_or_default())?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, tag: &[u8], _output: &mut Vec<u8>) -> Result<(), CipherError> {
        let shortest = match self.lengths {
            Lengths::Bits => MIN_TAG,
            Lengths::Octets => 16,
        };
        if !(shortest..=16).contains(&tag.len()) {
            return Err(CipherError::TagLength {
                cipher: self.cipher,
                octets: tag.len(),
            });
        }
        let expected = self.tag();
        let prefix = expected.get(..tag.len()).unwrap_or_default();
        if bool::from(prefix.ct_eq(tag)) {
            Ok(())
        } else {
            Err(CipherError::Mismatch)
        }
    }
}

/// An authenticator fed by pieces of any length: whole blocks go through, the rest waits.
struct Mac<M> {
    hash: M,
    /// Fewer than 16 octets.
    partial: Vec<u8>,
}

impl<M: UniversalHash<BlockSize = U16>> Mac<M> {
    fn update(&mut self, mut data: &[u8]) {
        if !self.partial.is_empty() {
            let wanted = 16_usize.saturating_sub(self.partial.len());
            let (head, rest) = data.split_at(wanted.min(data.len()));
            self.partial.extend_from_slice(head);
            data = rest;
            if self.partial.len() < 16 {
                return;
            }
            self.hash.update_padded(&self.partial);
            self.partial.clear();
        }
        let (blocks, tail) = Block::<M>::slice_as_chunks(data);
        self.hash.update(blocks);
        self.partial.extend_from_slice(tail);
    }

    /// Zeros up to the end of the block.
    fn pad(&mut self) {
        self.hash.update_padded(&self.partial);
        self.partial.clear();
    }

    fn finish(self) -> [u8; 16] {
        let mut block = self.hash.finalize();
        let tag = <[u8; 16]>::from(block);
        block.as_mut_slice().zeroize();
        tag
    }
}
