//! What wraps the content's key under an agreed one: AES (RFC 3394), and Triple DES (RFC 3217) to read.

use chancery_x509::crypto::Cipher;
use chancery_x509::{Crypto, DigestAlgorithm, ObjectIdentifier};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::oid;

/// A key wrap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyWrap {
    /// AES with a key of 128 bits.
    Aes128,
    /// AES with a key of 192 bits.
    Aes192,
    /// AES with a key of 256 bits.
    Aes256,
    /// Triple DES with three keys (RFC 3370 section 4.3.1): read, never written.
    DesEde3,
}

impl KeyWrap {
    pub(crate) fn from_oid(oid: &ObjectIdentifier) -> Option<Self> {
        [Self::Aes128, Self::Aes192, Self::Aes256, Self::DesEde3]
            .into_iter()
            .find(|wrap| wrap.oid() == *oid)
    }

    /// The one whose key is as long as the key that it wraps.
    pub(crate) const fn for_key(octets: usize) -> Self {
        match octets {
            0..=16 => Self::Aes128,
            17..=24 => Self::Aes192,
            _ => Self::Aes256,
        }
    }

    pub(crate) const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Aes128 => oid::AES128_WRAP,
            Self::Aes192 => oid::AES192_WRAP,
            Self::Aes256 => oid::AES256_WRAP,
            Self::DesEde3 => oid::DES_EDE3_WRAP,
        }
    }

    /// Octets of its key.
    #[must_use]
    pub const fn key_len(self) -> usize {
        match self {
            Self::Aes128 => 16,
            Self::Aes192 | Self::DesEde3 => 24,
            Self::Aes256 => 32,
        }
    }

    /// The wrapped key; none where the wrapping is not right.
    pub(crate) fn unwrap(
        self,
        crypto: &dyn Crypto,
        kek: &[u8],
        wrapped: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::Aes128 | Self::Aes192 | Self::Aes256 => crypto.unwrap_key(kek, wrapped).ok(),
            Self::DesEde3 => unwrap_des_ede3(crypto, kek, wrapped),
        }
    }
}

/// RFC 3217 section 3.2: decrypt, reverse, decrypt, compare the checksum.
fn unwrap_des_ede3(crypto: &dyn Crypto, kek: &[u8], wrapped: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    const VECTOR: [u8; 8] = [0x4a, 0xdd, 0xa2, 0x2c, 0x79, 0xe8, 0x21, 0x05];
    if wrapped.len() != 40 {
        return None;
    }
    let mut reversed = decrypt(crypto, kek, &VECTOR, wrapped)?;
    reversed.reverse();
    let (vector, inner) = reversed.split_at_checked(8)?;
    let mut key = decrypt(crypto, kek, vector, inner)?;
    let checksum = Zeroizing::new(key.split_off(24));
    let digest = Zeroizing::new(crypto.digest(DigestAlgorithm::Sha1, &key));
    let right: bool = digest.get(..8)?.ct_eq(&checksum).into();
    right.then_some(key)
}

/// Triple DES in CBC mode without padding.
fn decrypt(
    crypto: &dyn Crypto,
    key: &[u8],
    iv: &[u8],
    cipher_text: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let mut decryptor = crypto.decryptor(Cipher::DesEde3Cbc, key, iv).ok()?;
    let mut plain = Zeroizing::new(Vec::with_capacity(cipher_text.len() + 8));
    decryptor.update_unverified(cipher_text, &mut plain).ok()?;
    // The provider keeps a last block back for its padding; one more block makes it a block like any other.
    decryptor.update_unverified(&[0; 8], &mut plain).ok()?;
    plain.truncate(cipher_text.len());
    (plain.len() == cipher_text.len()).then_some(plain)
}
