//! AES key wrap (RFC 3394).

use aes_kw::{AesKw, KeyInit, KwAes128, KwAes192, KwAes256};
use chancery_x509::crypto::CipherError;
use zeroize::Zeroizing;

enum Kek {
    Aes128(KwAes128),
    Aes192(KwAes192),
    Aes256(KwAes256),
}

impl Kek {
    fn new(kek: &[u8]) -> Result<Self, CipherError> {
        let wrong = |_| CipherError::WrapKeyLength { octets: kek.len() };
        match kek.len() {
            16 => AesKw::new_from_slice(kek).map(Self::Aes128),
            24 => AesKw::new_from_slice(kek).map(Self::Aes192),
            _ => AesKw::new_from_slice(kek).map(Self::Aes256),
        }
        .map_err(wrong)
    }
}

/// As [`Crypto::wrap_key`](chancery_x509::Crypto::wrap_key).
pub fn wrap(kek: &[u8], key: &[u8]) -> Result<Vec<u8>, CipherError> {
    check_length(key.len(), key.len())?;
    let mut out = vec![0; key.len().saturating_add(8)];
    match Kek::new(kek)? {
        Kek::Aes128(kw) => kw.wrap_key(key, &mut out).map(drop),
        Kek::Aes192(kw) => kw.wrap_key(key, &mut out).map(drop),
        Kek::Aes256(kw) => kw.wrap_key(key, &mut out).map(drop),
    }
    .map_err(|_| CipherError::WrappedLength { octets: key.len() })?;
    Ok(out)
}

/// As [`Crypto::unwrap_key`](chancery_x509::Crypto::unwrap_key).
pub fn unwrap(kek: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, CipherError> {
    let octets = wrapped.len().saturating_sub(8);
    check_length(octets, wrapped.len())?;
    let mut out = Zeroizing::new(vec![0; octets]);
    match Kek::new(kek)? {
        Kek::Aes128(kw) => kw.unwrap_key(wrapped, &mut out).map(drop),
        Kek::Aes192(kw) => kw.unwrap_key(wrapped, &mut out).map(drop),
        Kek::Aes256(kw) => kw.unwrap_key(wrapped, &mut out).map(drop),
    }
    .map_err(|_| CipherError::Mismatch)?;
    Ok(out)
}

/// RFC 3394 section 2: two or more blocks of 64 bits; keys that are wrapped here are far below a kilobyte.
fn check_length(key: usize, told: usize) -> Result<(), CipherError> {
    if key.is_multiple_of(8) && (16..=1024).contains(&key) {
        Ok(())
    } else {
        Err(CipherError::WrappedLength { octets: told })
    }
}
