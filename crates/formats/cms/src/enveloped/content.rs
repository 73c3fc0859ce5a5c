//! Content-encryption algorithms: RFC 3565 (AES-CBC), RFC 5084 (AES-GCM), RFC 8103 (ChaCha20-Poly1305), RFC 3370 (Triple DES and RC2).

use std::fmt;

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::crypto::Cipher;
use chancery_x509::{ObjectIdentifier, ParseError};

use super::oid;

/// A cipher that content is encrypted with here. Older ones are read only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentCipher {
    /// AES in CBC mode with a key of 128 bits: readable by every mail client, not authenticated.
    Aes128Cbc,
    /// AES in CBC mode with a key of 192 bits.
    Aes192Cbc,
    /// AES in CBC mode with a key of 256 bits.
    Aes256Cbc,
    /// AES-GCM with a key of 128 bits; the message is an `AuthEnvelopedData`.
    Aes128Gcm,
    /// AES-GCM with a key of 192 bits.
    Aes192Gcm,
    /// AES-GCM with a key of 256 bits.
    Aes256Gcm,
    /// ChaCha20-Poly1305.
    ChaCha20Poly1305,
}

impl ContentCipher {
    /// Every cipher that content is encrypted with here.
    pub const ALL: [Self; 7] = [
        Self::Aes128Cbc,
        Self::Aes192Cbc,
        Self::Aes256Cbc,
        Self::Aes128Gcm,
        Self::Aes192Gcm,
        Self::Aes256Gcm,
        Self::ChaCha20Poly1305,
    ];

    /// The cipher as the provider knows it.
    #[must_use]
    pub const fn cipher(self) -> Cipher {
        match self {
            Self::Aes128Cbc => Cipher::Aes128Cbc,
            Self::Aes192Cbc => Cipher::Aes192Cbc,
            Self::Aes256Cbc => Cipher::Aes256Cbc,
            Self::Aes128Gcm => Cipher::Aes128Gcm,
            Self::Aes192Gcm => Cipher::Aes192Gcm,
            Self::Aes256Gcm => Cipher::Aes256Gcm,
            Self::ChaCha20Poly1305 => Cipher::ChaCha20Poly1305,
        }
    }

    /// Octets of its key.
    #[must_use]
    pub const fn key_len(self) -> usize {
        match self {
            Self::Aes128Cbc | Self::Aes128Gcm => 16,
            Self::Aes192Cbc | Self::Aes192Gcm => 24,
            Self::Aes256Cbc | Self::Aes256Gcm | Self::ChaCha20Poly1305 => 32,
        }
    }

    /// Octets of its initialisation vector or nonce.
    #[must_use]
    pub const fn iv_len(self) -> usize {
        if self.is_authenticated() { NONCE } else { 16 }
    }

    /// Whether an alteration is seen.
    #[must_use]
    pub const fn is_authenticated(self) -> bool {
        !matches!(self, Self::Aes128Cbc | Self::Aes192Cbc | Self::Aes256Cbc)
    }

    const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Aes128Cbc => oid::AES128_CBC,
            Self::Aes192Cbc => oid::AES192_CBC,
            Self::Aes256Cbc => oid::AES256_CBC,
            Self::Aes128Gcm => oid::AES128_GCM,
            Self::Aes192Gcm => oid::AES192_GCM,
            Self::Aes256Gcm => oid::AES256_GCM,
            Self::ChaCha20Poly1305 => oid::CHACHA20_POLY1305,
        }
    }

    /// The `AlgorithmIdentifier` with this vector.
    pub(crate) fn to_der(self, iv: &[u8]) -> Vec<u8> {
        let parameters = match self {
            Self::Aes128Gcm | Self::Aes192Gcm | Self::Aes256Gcm => {
                asn1::sequence(&[&asn1::octet_string(iv), &asn1::integer_u64(TAG as u64)])
            }
            _ => asn1::octet_string(iv),
        };
        asn1::sequence(&[&asn1::oid(&self.oid()), &parameters])
    }

    /// The same inside id-alg-cek-hkdf-sha256 (RFC 9709 section 2).
    pub(crate) fn bound_to_der(self, iv: &[u8]) -> Vec<u8> {
        asn1::sequence(&[&asn1::oid(&oid::CEK_HKDF_SHA256), &self.to_der(iv)])
    }

    /// Octets of cipher text for this many of plain text, the tag not counted; nothing past 64 bits.
    pub(crate) fn cipher_text_len(self, plain: u64) -> Option<u64> {
        if self.is_authenticated() {
            return Some(plain);
        }
        // RFC 5652 section 6.3: one octet of padding at least.
        plain.checked_sub(plain % 16)?.checked_add(16)
    }
}

impl fmt::Display for ContentCipher {
    /// The name, as `AES-256-GCM`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Aes128Cbc => "AES-128-CBC",
            Self::Aes192Cbc => "AES-192-CBC",
            Self::Aes256Cbc => "AES-256-CBC",
            Self::Aes128Gcm => "AES-128-GCM",
            Self::Aes192Gcm => "AES-192-GCM",
            Self::Aes256Gcm => "AES-256-GCM",
            Self::ChaCha20Poly1305 => "ChaCha20-Poly1305",
        })
    }
}

/// Octets of a nonce (RFC 5084 section 3.2 recommends 12, RFC 8103 section 1.1 demands them).
const NONCE: usize = 12;

/// Octets of a whole tag.
pub(crate) const TAG: usize = 16;

const WHAT: &str = "content encryption algorithm";

/// A content-encryption algorithm as a message names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContentAlgorithm {
    pub(crate) cipher: Cipher,
    pub(crate) key_len: usize,
    pub(crate) iv: Vec<u8>,
    /// Octets of the tag; none for a cipher without.
    pub(crate) tag_len: Option<usize>,
    /// The identifier that the key is derived with (RFC 9709), where it does not serve as it is.
    pub(crate) bound: Option<Vec<u8>>,
}

impl ContentAlgorithm {
    /// Reads an `AlgorithmIdentifier`, or one inside id-alg-cek-hkdf-sha256.
    pub(crate) fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        let mut algorithm = Reader::sequence(der, WHAT)?;
        if algorithm.oid(WHAT)? != oid::CEK_HKDF_SHA256 {
            return Self::of_cipher(der);
        }
        let inside = algorithm.raw(tag::SEQUENCE, WHAT)?;
        algorithm.finish()?;
        Ok(Self {
            bound: Some(inside.to_vec()),
            ..Self::of_cipher(inside)?
        })
    }

    fn of_cipher(der: &[u8]) -> Result<Self, ParseError> {
        let mut algorithm = Reader::sequence(der, WHAT)?;
        let oid = algorithm.oid(WHAT)?;
        let read = match oid {
            oid::DES_EDE3_CBC => Self {
                cipher: Cipher::DesEde3Cbc,
                key_len: 24,
                iv: vector(&mut algorithm, 8)?,
                tag_len: None,
                bound: None,
            },
            oid::RC2_CBC => rc2(algorithm.nested("RC2 parameters")?)?,
            _ => {
                let cipher = ContentCipher::ALL
                    .into_iter()
                    .find(|cipher| cipher.oid() == oid)
                    .ok_or(ParseError::UnknownAlgorithm { oid })?;
                let (iv, tag_len) = match cipher {
                    ContentCipher::Aes128Cbc
                    | ContentCipher::Aes192Cbc
                    | ContentCipher::Aes256Cbc => (vector(&mut algorithm, 16)?, None),
                    ContentCipher::ChaCha20Poly1305 => (vector(&mut algorithm, NONCE)?, Some(TAG)),
                    _ => gcm(algorithm.nested("GCM parameters")?)?,
                };
                Self {
                    cipher: cipher.cipher(),
                    key_len: cipher.key_len(),
                    iv,
                    tag_len,
                    bound: None,
                }
            }
        };
        algorithm.finish()?;
        Ok(read)
    }
}

fn vector(reader: &mut Reader<'_>, length: usize) -> Result<Vec<u8>, ParseError> {
    let iv = reader.read(tag::OCTET_STRING, "initialisation vector")?;
    if iv.len() == length {
        Ok(iv.to_vec())
    } else {
        Err(ParseError::Invalid {
            what: "initialisation vector",
            clause: "RFC 3370 section 5, RFC 3565 section 2.3.1, RFC 5084 section 3.2 or RFC 8103 section 1.1",
        })
    }
}

/// ```asn1
/// GCMParameters ::= SEQUENCE { aes-nonce OCTET STRING, aes-ICVlen INTEGER (12 | 13 | 14 | 15 | 16) DEFAULT 12 }
/// ```
fn gcm(mut parameters: Reader<'_>) -> Result<(Vec<u8>, Option<usize>), ParseError> {
    // RFC 5084 section 3.2 recommends 12 octets and allows any number.
    let iv = parameters.read(tag::OCTET_STRING, "nonce")?;
    if !(1..=128).contains(&iv.len()) {
        return Err(ParseError::Invalid {
            what: "nonce",
            clause: "RFC 5084 section 3.2",
        });
    }
    let tag_len = if parameters.is_empty() {
        12
    } else {
        parameters.integer_u64("tag length")?
    };
    parameters.finish()?;
    match usize::try_from(tag_len) {
        Ok(octets @ 12..=TAG) => Ok((iv.to_vec(), Some(octets))),
        _ => Err(ParseError::Invalid {
            what: "tag length",
            clause: "RFC 5084 section 3.2",
        }),
    }
}

/// ```asn1
/// RC2CBCParameter ::= SEQUENCE { rc2ParameterVersion INTEGER, iv OCTET STRING }
/// ```
fn rc2(mut parameters: Reader<'_>) -> Result<ContentAlgorithm, ParseError> {
    // RFC 2268 section 6 numbers the usual lengths by a table of its own.
    let effective_bits: u16 = match parameters.integer_u64("RC2 version")? {
        160 => 40,
        120 => 64,
        58 => 128,
        _ => {
            return Err(ParseError::Invalid {
                what: "RC2 version",
                clause: "RFC 3370 section 5.2",
            });
        }
    };
    let iv = vector(&mut parameters, 8)?;
    parameters.finish()?;
    Ok(ContentAlgorithm {
        cipher: Cipher::Rc2Cbc { effective_bits },
        key_len: usize::from(effective_bits / 8),
        iv,
        tag_len: None,
        bound: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for cipher in ContentCipher::ALL {
            let iv = vec![7; cipher.iv_len()];
            let read = ContentAlgorithm::from_der(&cipher.to_der(&iv)).unwrap();
            assert_eq!(read.cipher, cipher.cipher(), "{cipher}");
            assert_eq!((read.iv, read.key_len), (iv, cipher.key_len()));
            assert_eq!(read.tag_len.is_some(), cipher.is_authenticated());
        }
    }

    #[test]
    fn a_bound_algorithm_holds_one_that_is_not() {
        for cipher in ContentCipher::ALL {
            let iv = vec![7; cipher.iv_len()];
            let plain = ContentAlgorithm::from_der(&cipher.to_der(&iv)).unwrap();
            assert_eq!(plain.bound, None);
            let bound = ContentAlgorithm::from_der(&cipher.bound_to_der(&iv)).unwrap();
            assert_eq!(bound.bound, Some(cipher.to_der(&iv)));
            let same = ContentAlgorithm {
                bound: None,
                ..bound
            };
            assert_eq!(same, plain);
            let twice =
                asn1::sequence(&[&asn1::oid(&oid::CEK_HKDF_SHA256), &cipher.bound_to_der(&iv)]);
            assert!(ContentAlgorithm::from_der(&twice).is_err());
        }
    }

    #[test]
    fn vectors_and_tags_of_wrong_length_are_refused() {
        for cipher in ContentCipher::ALL {
            let gcm = matches!(cipher.to_string().as_bytes(), [.., b'G', b'C', b'M']);
            for length in [0, 8, 11, 13, 15, 17, 32, 129] {
                let taken = gcm && (1..=128).contains(&length);
                let der = cipher.to_der(&vec![0; length]);
                let read = ContentAlgorithm::from_der(&der);
                assert_eq!(read.is_ok(), taken, "{cipher} {length}");
            }
        }
        for (octets, taken) in [(0, false), (11, false), (12, true), (16, true), (17, false)] {
            let parameters =
                asn1::sequence(&[&asn1::octet_string(&[0; 12]), &asn1::integer_u64(octets)]);
            let der = asn1::sequence(&[&asn1::oid(&oid::AES256_GCM), &parameters]);
            assert_eq!(ContentAlgorithm::from_der(&der).is_ok(), taken, "{octets}");
        }
    }

    #[test]
    fn cipher_text_has_the_length_said() {
        for (plain, padded) in [(0, 16), (1, 16), (15, 16), (16, 32), (17, 32)] {
            assert_eq!(
                ContentCipher::Aes128Cbc.cipher_text_len(plain),
                Some(padded)
            );
            assert_eq!(ContentCipher::Aes128Gcm.cipher_text_len(plain), Some(plain));
        }
        assert_eq!(ContentCipher::Aes256Cbc.cipher_text_len(u64::MAX), None);
    }
}
