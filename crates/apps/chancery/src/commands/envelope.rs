//! Encrypting and decrypting for `chancery cms` and `chancery smime`.

mod decrypt;
mod encrypt;
mod key_options;
mod secret;
mod words;

pub use decrypt::{Message, Reader, open, tell};
pub use encrypt::{envelope, seal, secrets};

use crate::{
    cli::{CmsDecrypt, CmsEncrypt},
    failure::Failure,
    streams::{Source, Target},
};
use chancery_cms::enveloped::ContentCipher;

/// `chancery cms encrypt`.
pub fn encrypt(words: &CmsEncrypt) -> Result<(), Failure> {
    let (mut source, size) = Source::content(words.input.as_deref())?;
    let envelope = envelope(&words.how, ContentCipher::Aes256Gcm, size)?;
    let mut target = Target::structure(words.out.as_deref(), words.outform)?;
    seal(&envelope, &mut source, &mut |octets| target.write(octets))?;
    target.keep()
}

/// `chancery cms decrypt`.
pub fn decrypt(words: &CmsDecrypt) -> Result<(), Failure> {
    let reader = Reader::read(&words.with)?;
    let source = Source::structure(words.input.as_deref(), words.inform)?;
    let mut target = Target::secret(words.out.as_deref())?;
    let opened = open(source, &reader, &mut target)?;
    target.keep()?;
    tell(&opened);
    Ok(())
}
