//! The words of `chancery cms encrypt` and `decrypt`: those of `openssl cms` where it has them.

use std::path::PathBuf;

use chancery_cms::enveloped::{ContentCipher, KeyWrap};
use clap::Args;

use crate::streams::Form;

#[derive(Debug, Args)]
pub struct CmsEncrypt {
    /// What to encrypt [default: standard input]
    #[arg(long = "in", value_name = "FILE")]
    pub input: Option<PathBuf>,
    /// Where the message goes [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// How the message is written
    #[arg(long, value_enum, ignore_case = true, default_value = "DER")]
    pub outform: Form,
    #[command(flatten)]
    pub how: EncryptWords,
}

/// For whom and how to encrypt; the same for CMS and S/MIME.
#[derive(Debug, Args)]
pub struct EncryptWords {
    /// Certificate of a recipient, PEM or DER (repeatable)
    #[arg(long, value_name = "FILE")]
    pub recip: Vec<PathBuf>,
    /// Certificates of further recipients
    #[arg(value_name = "CERT", required_unless_present = "recip")]
    pub certificates: Vec<PathBuf>,
    /// Name recipients by their keys' identifiers instead of issuer and serial number
    #[arg(long)]
    pub keyid: bool,
    #[command(flatten)]
    pub cipher: CipherWords,
    #[command(flatten)]
    pub wrap: WrapWords,
    #[arg(
        long,
        value_name = "NAME:VALUE",
        help = "How keys are encrypted: rsa_padding_mode:pkcs1|oaep, rsa_oaep_md:MD, rsa_mgf1_md:MD, rsa_oaep_label:HEX, \
                ecdh_kdf_md:MD, for every recipient with such a key (repeatable) [default: pkcs1; MD sha256, with larger \
                curves sha384 or sha512]"
    )]
    pub keyopt: Vec<String>,
    /// Write lengths as the content comes (BER), even where its size is known
    #[arg(long)]
    pub stream: bool,
    /// Encrypt the octets as they are, which is always done
    #[arg(long)]
    pub binary: bool,
}

/// The content's cipher.
#[derive(Clone, Copy, Debug, Args)]
#[group(multiple = false)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one word a cipher, of which one is given, as in openssl"
)]
pub struct CipherWords {
    /// AES-128 in CBC mode: every mail client reads it, but no reader sees an alteration
    #[arg(long, visible_alias = "aes-128-cbc")]
    pub aes128: bool,
    /// AES-192 in CBC mode
    #[arg(long, visible_alias = "aes-192-cbc")]
    pub aes192: bool,
    /// AES-256 in CBC mode
    #[arg(long, visible_alias = "aes-256-cbc")]
    pub aes256: bool,
    /// AES-128 in GCM
    #[arg(long)]
    pub aes_128_gcm: bool,
    /// AES-192 in GCM
    #[arg(long)]
    pub aes_192_gcm: bool,
    /// AES-256 in GCM [default]
    #[arg(long)]
    pub aes_256_gcm: bool,
    /// ChaCha20-Poly1305
    #[arg(long, visible_alias = "chacha20")]
    pub chacha20_poly1305: bool,
}

impl CipherWords {
    /// The cipher that was named.
    pub const fn named(self) -> Option<ContentCipher> {
        Some(if self.aes128 {
            ContentCipher::Aes128Cbc
        } else if self.aes192 {
            ContentCipher::Aes192Cbc
        } else if self.aes256 {
            ContentCipher::Aes256Cbc
        } else if self.aes_128_gcm {
            ContentCipher::Aes128Gcm
        } else if self.aes_192_gcm {
            ContentCipher::Aes192Gcm
        } else if self.aes_256_gcm {
            ContentCipher::Aes256Gcm
        } else if self.chacha20_poly1305 {
            ContentCipher::ChaCha20Poly1305
        } else {
            return None;
        })
    }
}

/// The key wrap of a key agreement.
#[derive(Clone, Copy, Debug, Args)]
#[group(multiple = false)]
pub struct WrapWords {
    /// Wrap keys that were agreed on with AES-128 [default: as long as the content's key]
    #[arg(long)]
    pub aes128_wrap: bool,
    /// … with AES-192
    #[arg(long)]
    pub aes192_wrap: bool,
    /// … with AES-256
    #[arg(long)]
    pub aes256_wrap: bool,
}

impl WrapWords {
    /// The key wrap that was named.
    pub const fn named(self) -> Option<KeyWrap> {
        if self.aes128_wrap {
            Some(KeyWrap::Aes128)
        } else if self.aes192_wrap {
            Some(KeyWrap::Aes192)
        } else if self.aes256_wrap {
            Some(KeyWrap::Aes256)
        } else {
            None
        }
    }
}

#[derive(Debug, Args)]
pub struct CmsDecrypt {
    /// The message [default: standard input]
    #[arg(long = "in", value_name = "FILE")]
    pub input: Option<PathBuf>,
    /// Where its content goes once all of it is right [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// How the message is written [default: found out]
    #[arg(long, value_enum, ignore_case = true)]
    pub inform: Option<Form>,
    #[command(flatten)]
    pub with: DecryptWords,
}

/// With what to decrypt; the same for CMS and S/MIME.
#[derive(Debug, Args)]
pub struct DecryptWords {
    /// The recipient's private key: PKCS#8, PKCS#1 or SEC 1, PEM or DER, encrypted or not; PKCS#12; or the URI of one that is in a token, pkcs11:…
    #[arg(long, value_name = "FILE|URI", required_unless_present = "recip")]
    pub inkey: Option<PathBuf>,
    /// File whose first line is the PIN of the token that holds the key
    #[arg(long, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
    /// The recipient's certificate, needed where several recipients have keys of one kind; without --inkey with the key beside it
    #[arg(long, value_name = "FILE")]
    pub recip: Option<PathBuf>,
    /// File whose first line is the password of an encrypted key [default: ask on the terminal]
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Refuse content whose cipher lets alterations pass unseen (CBC)
    #[arg(long)]
    pub authenticated_only: bool,
}
