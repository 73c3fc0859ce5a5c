//! Ciphers: AES by aws-lc, the rest by `chancery-rustcrypto`.

use aws_lc_rs::cipher::{
    AES_128, AES_192, AES_256, Algorithm, DecryptionContext, EncryptionContext,
    StreamingDecryptingKey, StreamingEncryptingKey, UnboundCipherKey,
};
use aws_lc_rs::iv::FixedLength;
use chancery_rustcrypto::cipher::{self as rustcrypto, KeyStream, gcm};
use chancery_x509::crypto::{Cipher, CipherError, Decryptor, Encryptor};
use zeroize::Zeroizing;

/// Octets that are worked on at a time, so that they are still in the cache when they are needed again.
const CHUNK: usize = 16 * 1024;
const BLOCK: usize = 16;

pub(super) fn encryptor(
    cipher: Cipher,
    key: &[u8],
    iv: &[u8],
) -> Result<Box<dyn Encryptor>, CipherError> {
    cipher.check(key, iv)?;
    match Mode::of(cipher, iv) {
        Some((Mode::Cbc, algorithm)) => {
            let (key, iv) = keyed(cipher, algorithm, key, iv)?;
            let stream =
                StreamingEncryptingKey::less_safe_cbc_pkcs7(key, EncryptionContext::Iv128(iv))
                    .map_err(|_| CipherError::Unsupported(cipher))?;
            Ok(Box::new(CbcEncryptor { cipher, stream }))
        }
        Some((Mode::Gcm, algorithm)) => {
            let (hash_key, stream) = begin_gcm(cipher, algorithm, key, iv)?;
            gcm::encryptor(cipher, &hash_key, stream)
        }
        None => rustcrypto::encryptor(cipher, key, iv),
    }
}

pub(super) fn decryptor(
    cipher: Cipher,
    key: &[u8],
    iv: &[u8],
) -> Result<Box<dyn Decryptor>, CipherError> {
    cipher.check(key, iv)?;
    match Mode::of(cipher, iv) {
        Some((Mode::Cbc, algorithm)) => {
            let (key, iv) = keyed(cipher, algorithm, key, iv)?;
            let stream = StreamingDecryptingKey::cbc_pkcs7(key, DecryptionContext::Iv128(iv))
                .map_err(|_| CipherError::Unsupported(cipher))?;
            Ok(Box::new(CbcDecryptor { cipher, stream }))
        }
        Some((Mode::Gcm, algorithm)) => {
            let (hash_key, stream) = begin_gcm(cipher, algorithm, key, iv)?;
            gcm::decryptor(cipher, &hash_key, stream)
        }
        None => rustcrypto::decryptor(cipher, key, iv),
    }
}

enum Mode {
    Cbc,
    Gcm,
}

impl Mode {
    /// What aws-lc does. With a nonce that is not 12 octets long GCM's counter may wrap in its last 32 bits, while aws-lc's counter mode
    /// carries on into the others.
    const fn of(cipher: Cipher, iv: &[u8]) -> Option<(Self, &'static Algorithm)> {
        match cipher {
            Cipher::Aes128Cbc => Some((Self::Cbc, &AES_128)),
            Cipher::Aes192Cbc => Some((Self::Cbc, &AES_192)),
            Cipher::Aes256Cbc => Some((Self::Cbc, &AES_256)),
            Cipher::Aes128Gcm if iv.len() == 12 => Some((Self::Gcm, &AES_128)),
            Cipher::Aes192Gcm if iv.len() == 12 => Some((Self::Gcm, &AES_192)),
            Cipher::Aes256Gcm if iv.len() == 12 => Some((Self::Gcm, &AES_256)),
            _ => None,
        }
    }
}

fn keyed(
    cipher: Cipher,
    algorithm: &'static Algorithm,
    key: &[u8],
    iv: &[u8],
) -> Result<(UnboundCipherKey, FixedLength<BLOCK>), CipherError> {
    let octets = key.len();
    let key = UnboundCipherKey::new(algorithm, key)
        .map_err(|_| CipherError::KeyLength { cipher, octets })?;
    let octets = iv.len();
    let iv = FixedLength::try_from(iv).map_err(|_| CipherError::IvLength { cipher, octets })?;
    Ok((key, iv))
}

/// GCM's hash key, and the key stream at its beginning.
type GcmStart = (Zeroizing<[u8; BLOCK]>, Box<dyn KeyStream>);

/// GCM out of aws-lc's counter mode and `RustCrypto`'s GHASH: aws-lc-rs has no GCM for messages that do not fit into memory.
fn begin_gcm(
    cipher: Cipher,
    algorithm: &'static Algorithm,
    key: &[u8],
    iv: &[u8],
) -> Result<GcmStart, CipherError> {
    // The zero block encrypted is what counter mode lays over zeros first.
    let mut hash_key = Zeroizing::new([0; BLOCK]);
    CounterMode::new(cipher, algorithm, key, [0; BLOCK])?.mask(hash_key.as_mut_slice())?;
    let counter = gcm::first_counter(&hash_key, iv);
    let stream = CounterMode::new(cipher, algorithm, key, counter)?;
    Ok((hash_key, Box::new(stream)))
}

/// AES in counter mode.
struct CounterMode {
    cipher: Cipher,
    stream: StreamingEncryptingKey,
    /// aws-lc wants a block more room than it fills.
    scratch: Zeroizing<Vec<u8>>,
}

impl CounterMode {
    fn new(
        cipher: Cipher,
        algorithm: &'static Algorithm,
        key: &[u8],
        counter: [u8; BLOCK],
    ) -> Result<Self, CipherError> {
        let (key, counter) = keyed(cipher, algorithm, key, &counter)?;
        let stream = StreamingEncryptingKey::less_safe_ctr(key, EncryptionContext::Iv128(counter))
            .map_err(|_| CipherError::Unsupported(cipher))?;
        Ok(Self {
            cipher,
            stream,
            scratch: Zeroizing::new(Vec::new()),
        })
    }
}

impl KeyStream for CounterMode {
    fn mask(&mut self, data: &mut [u8]) -> Result<(), CipherError> {
        for chunk in data.chunks_mut(CHUNK) {
            let room = chunk.len().saturating_add(BLOCK);
            if self.scratch.len() < room {
                self.scratch.resize(room, 0);
            }
            let masked = self
                .stream
                .update(chunk, &mut self.scratch)
                .map_err(|_| CipherError::Unsupported(self.cipher))?;
            chunk.copy_from_slice(
                masked
                    .written()
                    .get(..chunk.len())
                    .ok_or(CipherError::Unsupported(self.cipher))?,
            );
        }
        Ok(())
    }
}

struct CbcEncryptor {
    cipher: Cipher,
    stream: StreamingEncryptingKey,
}

impl Encryptor for CbcEncryptor {
    fn aad(&mut self, _data: &[u8]) -> Result<(), CipherError> {
        Err(CipherError::Aad(self.cipher))
    }

    fn update(&mut self, plain: &[u8], output: &mut Vec<u8>) -> Result<(), CipherError> {
        output.reserve(plain.len().saturating_add(BLOCK));
        for chunk in plain.chunks(CHUNK) {
            append(output, chunk.len(), |room| {
                Some(self.stream.update(chunk, room).ok()?.written().len())
            })
            .ok_or(CipherError::Unsupported(self.cipher))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, output: &mut Vec<u8>) -> Result<Vec<u8>, CipherError> {
        let Self { cipher, stream } = *self;
        append(output, 0, |room| {
            Some(stream.finish(room).ok()?.1.written().len())
        })
        .ok_or(CipherError::Unsupported(cipher))?;
        Ok(Vec::new())
    }
}

struct CbcDecryptor {
    cipher: Cipher,
    stream: StreamingDecryptingKey,
}

impl Decryptor for CbcDecryptor {
    fn aad(&mut self, _data: &[u8]) -> Result<(), CipherError> {
        Err(CipherError::Aad(self.cipher))
    }

    fn update_unverified(
        &mut self,
        cipher_text: &[u8],
        output: &mut Vec<u8>,
    ) -> Result<(), CipherError> {
        output.reserve(cipher_text.len().saturating_add(BLOCK));
        for chunk in cipher_text.chunks(CHUNK) {
            append(output, chunk.len(), |room| {
                Some(self.stream.update(chunk, room).ok()?.written().len())
            })
            .ok_or(CipherError::Unsupported(self.cipher))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, tag: &[u8], output: &mut Vec<u8>) -> Result<(), CipherError> {
        let Self { cipher, stream } = *self;
        if !tag.is_empty() {
            return Err(CipherError::TagLength {
                cipher,
                octets: tag.len(),
            });
        }
        append(output, 0, |room| {
            Some(stream.finish(room).ok()?.written().len())
        })
        .ok_or(CipherError::Padding)
    }
}

/// Gives `fill` room for `octets` and a block at the end of `output`, and keeps as many as it says.
fn append(
    output: &mut Vec<u8>,
    octets: usize,
    fill: impl FnOnce(&mut [u8]) -> Option<usize>,
) -> Option<()> {
    let start = output.len();
    output.resize(start.saturating_add(octets).saturating_add(BLOCK), 0);
    let filled = fill(output.get_mut(start..)?);
    output.truncate(start.saturating_add(filled.unwrap_or(0)));
    filled.map(drop)
}
