//! Ciphers under way: see [`Crypto::encryptor`](chancery_x509::Crypto::encryptor).

mod aead;
mod cbc;
pub mod gcm;
mod stream;

use aes::{Aes128, Aes192, Aes256};
use chacha20::ChaCha20;
use chancery_x509::crypto::{Cipher, CipherError, Decryptor, Encryptor};
use cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit, KeyIvInit};
use ctr::Ctr32BE;
use des::{TdesEde2, TdesEde3};
use rc2::Rc2;
use rc4::Rc4;

pub use aead::KeyStream;

/// Begins to encrypt.
pub fn encryptor(cipher: Cipher, key: &[u8], iv: &[u8]) -> Result<Box<dyn Encryptor>, CipherError> {
    cipher.check(key, iv)?;
    Ok(match cipher {
        Cipher::Aes128Cbc => cbc_encryptor::<Aes128>(cipher, keyed(cipher, key)?, iv)?,
        Cipher::Aes192Cbc => cbc_encryptor::<Aes192>(cipher, keyed(cipher, key)?, iv)?,
        Cipher::Aes256Cbc => cbc_encryptor::<Aes256>(cipher, keyed(cipher, key)?, iv)?,
        Cipher::DesEde3Cbc => cbc_encryptor::<TdesEde3>(cipher, keyed(cipher, key)?, iv)?,
        Cipher::DesEde2Cbc => cbc_encryptor::<TdesEde2>(cipher, keyed(cipher, key)?, iv)?,
        Cipher::Rc2Cbc { effective_bits } => {
            let rc2 = Rc2::new_with_eff_key_len(key, effective_bits.into());
            cbc_encryptor(cipher, rc2, iv)?
        }
        Cipher::Aes128Gcm => Box::new(gcm::<Aes128>(cipher, key, iv)?),
        Cipher::Aes192Gcm => Box::new(gcm::<Aes192>(cipher, key, iv)?),
        Cipher::Aes256Gcm => Box::new(gcm::<Aes256>(cipher, key, iv)?),
        Cipher::ChaCha20Poly1305 => Box::new(chacha20_poly1305(key, iv)?),
        Cipher::Rc4 => Box::new(stream::Plain(keyed::<Rc4>(cipher, key)?)),
    })
}

/// Begins to decrypt.
pub fn decryptor(cipher: Cipher, key: &[u8], iv: &[u8]) -> Result<Box<dyn Decryptor>, CipherError> {
    cipher.check(key, iv)?;
    Ok(match cipher {
        Cipher::Aes128Cbc => cbc_decryptor::<Aes128>(cipher, keyed(cipher, key)?, iv)?,
        Cipher::Aes192Cbc => cbc_decryptor::<Aes192>(cipher, keyed(cipher, key)?, iv)?,
        Cipher::Aes256Cbc => cbc_decryptor::<Aes256>(cipher, keyed(cipher, key)?, iv)?,
        Cipher::DesEde3Cbc => cbc_decryptor::<TdesEde3>(cipher, keyed(cipher, key)?, iv)?,
        Cipher::DesEde2Cbc => cbc_decryptor::<TdesEde2>(cipher, keyed(cipher, key)?, iv)?,
        Cipher::Rc2Cbc { effective_bits } => {
            let rc2 = Rc2::new_with_eff_key_len(key, effective_bits.into());
            cbc_decryptor(cipher, rc2, iv)?
        }
        Cipher::Aes128Gcm => Box::new(gcm::<Aes128>(cipher, key, iv)?),
        Cipher::Aes192Gcm => Box::new(gcm::<Aes192>(cipher, key, iv)?),
        Cipher::Aes256Gcm => Box::new(gcm::<Aes256>(cipher, key, iv)?),
        Cipher::ChaCha20Poly1305 => Box::new(chacha20_poly1305(key, iv)?),
        Cipher::Rc4 => Box::new(stream::Plain(keyed::<Rc4>(cipher, key)?)),
    })
}

fn keyed<C: KeyInit>(cipher: Cipher, key: &[u8]) -> Result<C, CipherError> {
    C::new_from_slice(key).map_err(|_| key_length(cipher, key))
}

const fn key_length(cipher: Cipher, key: &[u8]) -> CipherError {
    CipherError::KeyLength {
        cipher,
        octets: key.len(),
    }
}

const fn iv_length(cipher: Cipher, iv: &[u8]) -> CipherError {
    CipherError::IvLength {
        cipher,
        octets: iv.len(),
    }
}

fn cbc_encryptor<C: BlockCipherEncrypt + Send + 'static>(
    cipher: Cipher,
    block_cipher: C,
    iv: &[u8],
) -> Result<Box<dyn Encryptor>, CipherError> {
    let encryptor =
        cbc::Encrypt::new(cipher, block_cipher, iv).ok_or_else(|| iv_length(cipher, iv))?;
    Ok(Box::new(encryptor))
}

fn cbc_decryptor<C: BlockCipherDecrypt + Send + 'static>(
    cipher: Cipher,
    block_cipher: C,
    iv: &[u8],
) -> Result<Box<dyn Decryptor>, CipherError> {
    let decryptor =
        cbc::Decrypt::new(cipher, block_cipher, iv).ok_or_else(|| iv_length(cipher, iv))?;
    Ok(Box::new(decryptor))
}

fn gcm<C>(cipher: Cipher, key: &[u8], iv: &[u8]) -> Result<gcm::Gcm<Ctr32BE<C>>, CipherError>
where
    C: BlockCipherEncrypt<BlockSize = cipher::consts::U16> + KeyInit + Send + 'static,
    Ctr32BE<C>: KeyIvInit + KeyStream,
{
    let block_cipher: C = keyed(cipher, key)?;
    let mut hash_key = cipher::Block::<C>::default();
    block_cipher.encrypt_block(&mut hash_key);
    let hash_key = zeroize::Zeroizing::new(<[u8; 16]>::from(hash_key));
    let counter = gcm::first_counter(&hash_key, iv);
    let stream =
        Ctr32BE::<C>::new_from_slices(key, &counter).map_err(|_| key_length(cipher, key))?;
    gcm::begin(cipher, &hash_key, stream)
}

fn chacha20_poly1305(
    key: &[u8],
    iv: &[u8],
) -> Result<aead::Aead<ChaCha20, poly1305::Poly1305>, CipherError> {
    const CIPHER: Cipher = Cipher::ChaCha20Poly1305;
    let mut stream = ChaCha20::new_from_slices(key, iv).map_err(|_| iv_length(CIPHER, iv))?;
    // RFC 8439 section 2.6: the first block of the key stream gives the one-time key, its second half is not used.
    let mut first = zeroize::Zeroizing::new([0; 64]);
    stream.mask(first.as_mut_slice())?;
    let (one_time, _) = first.split_at(32);
    let mac = poly1305::Poly1305::new_from_slice(one_time).map_err(|_| key_length(CIPHER, key))?;
    Ok(aead::Aead::new(
        CIPHER,
        stream,
        mac,
        [0; 16],
        aead::Lengths::Octets,
    ))
}

/// Refuses a tag for a cipher that makes none.
const fn no_tag(cipher: Cipher, tag: &[u8]) -> Result<(), CipherError> {
    if tag.is_empty() {
        Ok(())
    } else {
        Err(CipherError::TagLength {
            cipher,
            octets: tag.len(),
        })
    }
}
