//! What the PKCS#12 writer needs, by aws-lc.

use std::num::NonZeroU32;

use aws_lc_rs::cipher::{AES_256, EncryptionContext, PaddedBlockEncryptingKey, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::{digest, hmac, pbkdf2};
use chancery_pkcs12::{PrimitiveError, Primitives};
use zeroize::Zeroizing;

use crate::AwsLc;

impl Primitives for AwsLc {
    fn sha256(&self, message: &[u8]) -> [u8; 32] {
        let mut out = [0; 32];
        for (to, from) in out
            .iter_mut()
            .zip(digest::digest(&digest::SHA256, message).as_ref())
        {
            *to = *from;
        }
        out
    }

    fn hmac_sha256(&self, key: &[u8], message: &[u8]) -> Result<[u8; 32], PrimitiveError> {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message);
        tag.as_ref().try_into().map_err(|_| PrimitiveError)
    }

    fn pbkdf2_sha256(
        &self,
        password: &[u8],
        salt: &[u8],
        rounds: u32,
    ) -> Result<Zeroizing<[u8; 32]>, PrimitiveError> {
        let rounds = NonZeroU32::new(rounds).ok_or(PrimitiveError)?;
        let mut key = Zeroizing::new([0; 32]);
        pbkdf2::derive(
            pbkdf2::PBKDF2_HMAC_SHA256,
            rounds,
            salt,
            password,
            key.as_mut_slice(),
        );
        Ok(key)
    }

    fn aes256_cbc_encrypt(
        &self,
        key: &[u8],
        iv: [u8; 16],
        plain: &[u8],
    ) -> Result<Vec<u8>, PrimitiveError> {
        let key = UnboundCipherKey::new(&AES_256, key).map_err(|_| PrimitiveError)?;
        let key = PaddedBlockEncryptingKey::cbc_pkcs7(key).map_err(|_| PrimitiveError)?;
        // Encrypted in place: what begins as the plain text ends as the cipher text. Room for the padding, lest a copy stay behind.
        let mut buffer = Vec::with_capacity(plain.len().saturating_add(16));
        buffer.extend_from_slice(plain);
        let context = EncryptionContext::Iv128(FixedLength::from(iv));
        key.less_safe_encrypt(&mut buffer, context)
            .map_err(|_| PrimitiveError)?;
        Ok(buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
            .collect()
    }

    #[test]
    fn known_answers() {
        // RFC 7914 section 11.
        let key = AwsLc.pbkdf2_sha256(b"passwd", b"salt", 1).unwrap();
        let expected = hex("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
        assert_eq!(key.as_slice(), expected);
        // RFC 4231 section 4.3.
        let mac = AwsLc.hmac_sha256(b"Jefe", b"what do ya want for nothing?");
        let expected = hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assert_eq!(mac.unwrap().as_slice(), expected);
        // NIST SP 800-38A appendix F.2.5, first block; a block of padding follows.
        let cipher = AwsLc
            .aes256_cbc_encrypt(
                &hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
                std::array::from_fn(|index| u8::try_from(index).unwrap()),
                &hex("6bc1bee22e409f96e93d7e117393172a"),
            )
            .unwrap();
        assert_eq!(cipher[..16], hex("f58c4c04d6e5f1ba779eabfb5f7bfbd6"));
        assert_eq!(cipher.len(), 32);
    }

    #[test]
    fn a_key_of_the_wrong_length_and_no_rounds_are_refused() {
        let outcome = AwsLc.aes256_cbc_encrypt(b"short", [0; 16], b"plain");
        assert_eq!(outcome, Err(PrimitiveError));
        let outcome = AwsLc.pbkdf2_sha256(b"password", b"salt", 0);
        assert_eq!(outcome.map(|key| *key), Err(PrimitiveError));
    }
}
