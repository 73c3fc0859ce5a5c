//! `--keyopt`, in the words of `openssl cms`.

use chancery_cms::enveloped::{KeyDerivation, KeyManagement, KeyWrap};
use chancery_x509::{Certificate, DigestAlgorithm, KeyTransport, PublicKeyKind};

use crate::failure::Failure;

/// What was asked for, for keys of either kind.
#[derive(Debug, Default)]
pub struct KeyOptions {
    oaep: bool,
    oaep_digest: Option<DigestAlgorithm>,
    mgf1_digest: Option<DigestAlgorithm>,
    label: Vec<u8>,
    derivation: Option<DigestAlgorithm>,
}

impl KeyOptions {
    pub fn parse(words: &[String]) -> Result<Self, Failure> {
        let mut options = Self::default();
        for word in words {
            let (name, value) = word.split_once(':').unwrap_or((word, ""));
            match (name, value) {
                ("rsa_padding_mode", "pkcs1") => options.oaep = false,
                ("rsa_padding_mode", "oaep") => options.oaep = true,
                ("rsa_oaep_md", _) => options.oaep_digest = Some(digest(word, value)?),
                ("rsa_mgf1_md", _) => options.mgf1_digest = Some(digest(word, value)?),
                ("rsa_oaep_label", _) => options.label = hexadecimal(word, value)?,
                ("ecdh_kdf_md", _) => options.derivation = Some(digest(word, value)?),
                _ => return Err(unknown(word)),
            }
        }
        let only_oaep = options.oaep_digest.is_some()
            || options.mgf1_digest.is_some()
            || !options.label.is_empty();
        if only_oaep && !options.oaep {
            return Err(Failure::usage(
                "--keyopt: rsa_oaep_md, rsa_mgf1_md and rsa_oaep_label are for OAEP",
            )
            .hint("add --keyopt rsa_padding_mode:oaep"));
        }
        Ok(options)
    }

    /// How a key reaches the holder of this certificate.
    pub fn management(
        &self,
        certificate: &Certificate,
        wrap: Option<KeyWrap>,
    ) -> Result<KeyManagement, chancery_cms::enveloped::EncryptError> {
        let kind = certificate.public_key().kind();
        Ok(match KeyManagement::usual(kind)? {
            KeyManagement::Transport(_) if self.oaep => {
                let digest = self.oaep_digest.unwrap_or(DigestAlgorithm::Sha256);
                KeyManagement::Transport(KeyTransport::Oaep {
                    digest,
                    mgf1: self.mgf1_digest.unwrap_or(digest),
                    label: self.label.clone(),
                })
            }
            KeyManagement::Agreement { derivation, .. } => KeyManagement::Agreement {
                derivation: match (self.derivation, kind) {
                    (Some(digest), PublicKeyKind::X25519) => KeyDerivation::Hkdf(digest),
                    (Some(digest), _) => KeyDerivation::X963(digest),
                    (None, _) => derivation,
                },
                wrap,
                user_keying_material: None,
            },
            usual => usual,
        })
    }
}

fn digest(word: &str, name: &str) -> Result<DigestAlgorithm, Failure> {
    Ok(match name.to_ascii_lowercase().replace('-', "").as_str() {
        "sha1" => DigestAlgorithm::Sha1,
        "sha224" => DigestAlgorithm::Sha224,
        "sha256" => DigestAlgorithm::Sha256,
        "sha384" => DigestAlgorithm::Sha384,
        "sha512" => DigestAlgorithm::Sha512,
        _ => {
            return Err(Failure::usage(format!("--keyopt {word}: not a digest"))
                .hint("take sha1, sha224, sha256, sha384 or sha512"));
        }
    })
}

fn hexadecimal(word: &str, digits: &str) -> Result<Vec<u8>, Failure> {
    let octets: Option<Vec<u8>> = digits
        .as_bytes()
        .chunks(2)
        .map(|pair| {
            let pair = std::str::from_utf8(pair)
                .ok()
                .filter(|pair| pair.len() == 2)?;
            u8::from_str_radix(pair, 16).ok()
        })
        .collect();
    octets
        .ok_or_else(|| Failure::usage(format!("--keyopt {word}: not pairs of hexadecimal digits")))
}

fn unknown(word: &str) -> Failure {
    Failure::usage(format!("--keyopt {word}: not an option of keys")).hint(
        "take rsa_padding_mode:pkcs1, rsa_padding_mode:oaep, rsa_oaep_md:MD, rsa_mgf1_md:MD, rsa_oaep_label:HEX or ecdh_kdf_md:MD",
    )
}
