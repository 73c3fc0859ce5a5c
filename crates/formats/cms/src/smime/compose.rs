//! Putting a message together around CMS (RFC 8551 section 3).

mod text;

use chancery_x509::{DigestAlgorithm, hex};

use super::error::SmimeError;
use super::reader::SmimeType;

pub use text::{TextEncoder, TextSurvey};

/// Longest line that every mail server carries (RFC 5322 section 2.1.1).
const MAX_LINE: usize = 998;

/// The `micalg` of a digest (RFC 8551 section 3.5.3.2).
#[must_use]
pub const fn micalg(digest: DigestAlgorithm) -> &'static str {
    match digest {
        DigestAlgorithm::Sha1 => "sha-1",
        DigestAlgorithm::Sha224 => "sha-224",
        DigestAlgorithm::Sha256 => "sha-256",
        DigestAlgorithm::Sha384 => "sha-384",
        DigestAlgorithm::Sha512 => "sha-512",
    }
}

/// A boundary from random octets, which no content can foresee.
#[must_use]
pub fn boundary(random: [u8; 16]) -> String {
    // With characters that occur in no base64 and no quoted-printable text (RFC 2045 section 6.7).
    format!("=_{}", hex::encode(&random, ""))
}

/// Header fields of an `application/pkcs7-mime` entity with the empty line; base64 text follows.
#[must_use]
pub fn cms_head(smime_type: SmimeType) -> String {
    let name = match smime_type {
        SmimeType::CertsOnly => "smime.p7c",
        SmimeType::CompressedData => "smime.p7z",
        _ => "smime.p7m",
    };
    format!(
        "Content-Type: application/pkcs7-mime; smime-type={}; name=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n",
        smime_type.name()
    )
}

/// Header fields of a `multipart/signed` with the empty line, and what stands before the signed part.
#[must_use]
pub fn clear_head(boundary: &str, digests: &[DigestAlgorithm]) -> String {
    let names: Vec<_> = digests.iter().map(|digest| micalg(*digest)).collect();
    format!(
        "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";\r\n \
         micalg=\"{}\"; boundary=\"{boundary}\"\r\n\r\n\
         This is an S/MIME signed message.\r\n--{boundary}\r\n",
        names.join(",")
    )
}

/// What stands between the signed part and the base64 text of the signature.
#[must_use]
pub fn clear_middle(boundary: &str) -> String {
    format!(
        "\r\n--{boundary}\r\n\
         Content-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n\
         Content-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"smime.p7s\"\r\n\r\n"
    )
}

/// What stands behind the signature.
#[must_use]
pub fn clear_tail(boundary: &str) -> String {
    format!("--{boundary}--\r\n")
}

/// Looks whether an entity in canonical form would reach its reader as it is: seven bits, lines that are not too long, no white space at the end of
/// lines, which gateways cut off, nothing that they take for the beginning of another message (RFC 8551 section 3.1.3).
#[derive(Clone, Copy, Debug)]
pub struct TransportCheck {
    line: usize,
    length: usize,
    last: u8,
    start: [u8; 5],
}

impl Default for TransportCheck {
    fn default() -> Self {
        Self::new()
    }
}

impl TransportCheck {
    /// Before the first octet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            line: 1,
            length: 0,
            last: 0,
            start: [0; 5],
        }
    }

    /// Looks at a piece.
    pub fn update(&mut self, piece: &[u8]) -> Result<(), SmimeError> {
        for octet in piece {
            match octet {
                b'\r' => {}
                b'\n' => {
                    if matches!(self.last, b' ' | b'\t') {
                        return self.refuse("white space at its end is cut off");
                    }
                    self.line = self.line.saturating_add(1);
                    self.length = 0;
                    self.last = 0;
                    continue;
                }
                0 => return self.refuse("it has a zero octet"),
                0x80.. => return self.refuse("it has octets beyond ASCII"),
                _ => {
                    if let Some(place) = self.start.get_mut(self.length) {
                        *place = *octet;
                    }
                    self.length = self.length.saturating_add(1);
                    if self.length > MAX_LINE {
                        return self.refuse("it is over 998 characters long");
                    }
                    if self.length == 5 && self.start == *b"From " {
                        return self.refuse("\"From \" at its beginning is altered");
                    }
                }
            }
            if *octet != b'\r' {
                self.last = *octet;
            }
        }
        Ok(())
    }

    const fn refuse(&self, why: &'static str) -> Result<(), SmimeError> {
        Err(SmimeError::NotTransportable {
            line: self.line,
            why,
        })
    }
}
