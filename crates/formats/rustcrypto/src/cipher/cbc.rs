//! CBC with the padding of RFC 5652 section 6.3.

use cbc::{Decryptor as CbcDecryptor, Encryptor as CbcEncryptor};
use chancery_x509::crypto::{Cipher, CipherError, Decryptor, Encryptor};
use cipher::{
    Block, BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt,
    BlockSizeUser, InnerIvInit, typenum::Unsigned,
};
use subtle::{ConstantTimeEq, ConstantTimeLess};
use zeroize::Zeroizing;

/// A message being encrypted.
pub(super) struct Encrypt<C: BlockCipherEncrypt> {
    cipher: Cipher,
    mode: CbcEncryptor<C>,
    /// Less than a block of plain text.
    pending: Zeroizing<Vec<u8>>,
}

impl<C: BlockCipherEncrypt> Encrypt<C> {
    pub(super) fn new(cipher: Cipher, block_cipher: C, iv: &[u8]) -> Option<Self> {
        Some(Self {
            cipher,
            mode: CbcEncryptor::inner_iv_slice_init(block_cipher, iv).ok()?,
            pending: Zeroizing::new(Vec::with_capacity(C::BlockSize::USIZE)),
        })
    }
}

impl<C: BlockCipherEncrypt + Send> Encryptor for Encrypt<C> {
    fn aad(&mut self, _data: &[u8]) -> Result<(), CipherError> {
        Err(CipherError::Aad(self.cipher))
    }

    fn update(&mut self, plain: &[u8], output: &mut Vec<u8>) -> Result<(), CipherError> {
        let start = output.len();
        output.extend_from_slice(&self.pending);
        output.extend_from_slice(plain);
        self.pending.clear();
        let added = output.get_mut(start..).unwrap_or_default();
        let (blocks, rest) = Block::<C>::slice_as_chunks_mut(added);
        self.mode.encrypt_blocks(blocks);
        self.pending.extend_from_slice(rest);
        let whole = output.len().saturating_sub(self.pending.len());
        output.truncate(whole);
        Ok(())
    }

    fn finish(mut self: Box<Self>, output: &mut Vec<u8>) -> Result<Vec<u8>, CipherError> {
        let pad = C::BlockSize::U8.saturating_sub(u8::try_from(self.pending.len()).unwrap_or(0));
        let padding = vec![pad; pad.into()];
        self.update(&padding, output)?;
        Ok(Vec::new())
    }
}

/// A message being decrypted.
pub(super) struct Decrypt<C: BlockCipherDecrypt> {
    cipher: Cipher,
    mode: CbcDecryptor<C>,
    /// Cipher text: up to a block, since the last one may be the padding.
    pending: Vec<u8>,
}

impl<C: BlockCipherDecrypt> Decrypt<C> {
    pub(super) fn new(cipher: Cipher, block_cipher: C, iv: &[u8]) -> Option<Self> {
        Some(Self {
            cipher,
            mode: CbcDecryptor::inner_iv_slice_init(block_cipher, iv).ok()?,
            pending: Vec::with_capacity(C::BlockSize::USIZE),
        })
    }
}

impl<C: BlockCipherDecrypt + Send> Decryptor for Decrypt<C> {
    fn aad(&mut self, _data: &[u8]) -> Result<(), CipherError> {
        Err(CipherError::Aad(self.cipher))
    }

    fn update_unverified(
        &mut self,
        cipher_text: &[u8],
        output: &mut Vec<u8>,
    ) -> Result<(), CipherError> {
        if cipher_text.is_empty() {
            return Ok(());
        }
        let size = C::BlockSize::USIZE;
        let total = self.pending.len().saturating_add(cipher_text.len());
        let kept = match total % size {
            0 => size,
            rest => rest,
        };
        let start = output.len();
        output.extend_from_slice(&self.pending);
        output.extend_from_slice(cipher_text);
        let end = output.len().saturating_sub(kept);
        self.pending.clear();
        self.pending
            .extend_from_slice(output.get(end..).unwrap_or_default());
        output.truncate(end);
        let added = output.get_mut(start..).unwrap_or_default();
        let (blocks, _) = Block::<C>::slice_as_chunks_mut(added);
        self.mode.decrypt_blocks(blocks);
        Ok(())
    }

    fn finish(mut self: Box<Self>, tag: &[u8], output: &mut Vec<u8>) -> Result<(), CipherError> {
        super::no_tag(self.cipher, tag)?;
        let mut block =
            Block::<C>::try_from(self.pending.as_slice()).map_err(|_| CipherError::Padding)?;
        self.mode.decrypt_block(&mut block);
        let block = Zeroizing::new(block.to_vec());
        let length = unpadded::<C>(&block).ok_or(CipherError::Padding)?;
        output.extend(block.iter().take(length));
        Ok(())
    }
}

/// Octets before the padding. Every octet of the block is looked at, whatever stands there: time tells no more than the outcome.
fn unpadded<C: BlockSizeUser>(block: &[u8]) -> Option<usize> {
    let size = C::BlockSize::U8;
    let pad = block.last().copied().unwrap_or(0);
    let mut good = !pad.ct_eq(&0) & pad.ct_lt(&size.saturating_add(1));
    for (left, octet) in (1..=size).zip(block.iter().rev()) {
        let is_padding = left.ct_lt(&pad.saturating_add(1));
        good &= !is_padding | octet.ct_eq(&pad);
    }
    bool::from(good).then(|| usize::from(size.saturating_sub(pad)))
}
