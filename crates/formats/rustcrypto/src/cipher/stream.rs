//! A key stream alone: RC4.

use chancery_x509::crypto::{Cipher, CipherError, Decryptor, Encryptor};
use rc4::Rc4;

use super::aead::KeyStream;

/// A message under way, in either direction.
pub(super) struct Plain(pub Rc4);

impl Plain {
    fn apply(&mut self, input: &[u8], output: &mut Vec<u8>) -> Result<(), CipherError> {
        let start = output.len();
        output.extend_from_slice(input);
        self.0.mask(output.get_mut(start..).unwrap_or_default())
    }
}

impl Encryptor for Plain {
    fn aad(&mut self, _data: &[u8]) -> Result<(), CipherError> {
        Err(CipherError::Aad(Cipher::Rc4))
    }

    fn update(&mut self, plain: &[u8], output: &mut Vec<u8>) -> Result<(), CipherError> {
        self.apply(plain, output)
    }

    fn finish(self: Box<Self>, _output: &mut Vec<u8>) -> Result<Vec<u8>, CipherError> {
        Ok(Vec::new())
    }
}

impl Decryptor for Plain {
    fn aad(&mut self, _data: &[u8]) -> Result<(), CipherError> {
        Err(CipherError::Aad(Cipher::Rc4))
    }

    fn update_unverified(
        &mut self,
        cipher_text: &[u8],
        output: &mut Vec<u8>,
    ) -> Result<(), CipherError> {
        self.apply(cipher_text, output)
    }

    fn finish(self: Box<Self>, tag: &[u8], _output: &mut Vec<u8>) -> Result<(), CipherError> {
        super::no_tag(Cipher::Rc4, tag)
    }
}
