//! Certificates as people send them: `.cer`, PEM, DER, `.p7b`.

use chancery_cms::{CertificatesError, read_certificates};
use chancery_x509::pem::{self, Label, PemError};
use chancery_x509::{Certificate, ParseError};

/// Largest file that is read, in octets.
pub const MAX_FILE: usize = 512 * 1024;

/// Most certificates of one file that are looked at: a certificate with its chain has room.
const MAX_CERTIFICATES: usize = 32;

/// Why a file gives no certificates.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than any honest file.
    #[error("the file has {octets} octets; at most {limit} are read")]
    TooLarge {
        /// Its size.
        octets: usize,
        /// The size allowed.
        limit: usize,
    },
    /// A private key is in it, or a PKCS#12 file that is made to carry one. It was not kept: only the public part is registered.
    #[error("there is a private key in the file; it was not kept: only the certificate is wanted")]
    PrivateKey,
    /// The PEM text is damaged, or holds something else.
    #[error(transparent)]
    Pem(PemError),
    /// The PKCS#7 structure is damaged, or holds something else.
    #[error(transparent)]
    Pkcs7(CertificatesError),
    /// Not a certificate in DER, or damaged.
    #[error("this is not a certificate, or it is damaged")]
    Damaged(#[source] ParseError),
    /// More certificates than a chain has.
    #[error("there are {count} certificates in the file; at most {limit} are read")]
    TooMany {
        /// How many there are.
        count: usize,
        /// How many are read.
        limit: usize,
    },
}

/// All certificates of a file, at least one, in its order.
pub fn read(file: &[u8]) -> Result<Vec<Certificate>, FileError> {
    if file.len() > MAX_FILE {
        return Err(FileError::TooLarge {
            octets: file.len(),
            limit: MAX_FILE,
        });
    }
    if file.iter().all(u8::is_ascii_whitespace) {
        return Err(FileError::Empty);
    }
    let certificates = match std::str::from_utf8(file) {
        Ok(text) if text.contains("-----BEGIN") || !is_der(file) => from_text(text)?,
        _ => from_der(file)?,
    };
    if certificates.len() > MAX_CERTIFICATES {
        return Err(FileError::TooMany {
            count: certificates.len(),
            limit: MAX_CERTIFICATES,
        });
    }
    Ok(certificates)
}

fn is_der(file: &[u8]) -> bool {
    first_inner_tag(file).is_some()
}

fn from_text(text: &str) -> Result<Vec<Certificate>, FileError> {
    let blocks = match pem::decode_all(text, Label::Certificate) {
        Ok(blocks) => blocks,
        Err(PemError::WrongLabel { found, .. })
            if Label::from_text(&found) == Some(Label::Pkcs7) =>
        {
            return read_certificates(text.as_bytes()).map_err(of_pkcs7);
        }
        Err(error) => return Err(of_pem(error)),
    };
    let read = |der: &Vec<u8>| Certificate::from_der(der).map_err(FileError::Damaged);
    blocks.iter().map(read).collect()
}

fn from_der(file: &[u8]) -> Result<Vec<Certificate>, FileError> {
    match first_inner_tag(file) {
        // PKCS#8, PKCS#1, SEC 1 and PKCS#12 all begin with a version, certificates and CMS do not.
        Some(Inner::Version | Inner::EncryptedKey) => Err(FileError::PrivateKey),
        Some(Inner::ContentType) => read_certificates(file).map_err(of_pkcs7),
        Some(Inner::Other) | None => Certificate::from_der(file)
            .map(|certificate| vec![certificate])
            .map_err(FileError::Damaged),
    }
}

fn of_pem(error: PemError) -> FileError {
    match error {
        PemError::PrivateKey { .. } => FileError::PrivateKey,
        PemError::Empty => FileError::Empty,
        other => FileError::Pem(other),
    }
}

fn of_pkcs7(error: CertificatesError) -> FileError {
    match error {
        CertificatesError::Pem(error) => of_pem(error),
        other => FileError::Pkcs7(other),
    }
}

/// What the outer SEQUENCE begins with.
enum Inner {
    /// An INTEGER.
    Version,
    /// `AlgorithmIdentifier` and no more: `EncryptedPrivateKeyInfo` (RFC 5958 section 3).
    EncryptedKey,
    /// An OBJECT IDENTIFIER: `ContentInfo`.
    ContentType,
    Other,
}

/// Looks into the outer SEQUENCE, of definite or indefinite length; none where there is none.
fn first_inner_tag(file: &[u8]) -> Option<Inner> {
    let (inner, _) = inside(file)?;
    Some(match inner.first()? {
        0x02 => Inner::Version,
        0x06 => Inner::ContentType,
        0x30 => match inside(inner) {
            Some((algorithm, _)) if algorithm.first() == Some(&0x06) => Inner::EncryptedKey,
            _ => Inner::Other,
        },
        _ => Inner::Other,
    })
}

/// What follows the header of a SEQUENCE, and how long that header is.
fn inside(octets: &[u8]) -> Option<(&[u8], usize)> {
    let [0x30, length, ..] = octets else {
        return None;
    };
    let header = match length {
        0x00..=0x80 => 2_usize,
        0x81..=0x84 => usize::from(length & 0x7f).saturating_add(2),
        _ => return None,
    };
    octets.get(header..).map(|inner| (inner, header))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_is_told() {
        assert_eq!(read(b""), Err(FileError::Empty));
        assert_eq!(read(b" \r\n"), Err(FileError::Empty));
        assert!(matches!(
            read(b"hello, world"),
            Err(FileError::Pem(PemError::NotPem))
        ));
        assert!(matches!(read(&[0xff; 9]), Err(FileError::Damaged(_))));
        assert!(matches!(
            read(&[0x30, 3, 0x30, 1, 0]),
            Err(FileError::Damaged(_))
        ));
        assert!(matches!(
            read(&[0x30, 0x80, 0x06, 1, 1, 0, 0]),
            Err(FileError::Pkcs7(_))
        ));
        let large = vec![b'x'; MAX_FILE + 1];
        assert!(matches!(read(&large), Err(FileError::TooLarge { .. })));
    }

    #[test]
    fn words_before_a_block_are_not_taken_for_der() {
        let text = "0x1 my certificate\n-----BEGIN CERTIFICATE-----\nMAA=\n";
        let refused = read(text.as_bytes());
        assert!(matches!(
            refused,
            Err(FileError::Pem(PemError::MissingEnd { .. }))
        ));
    }

    #[test]
    fn a_private_key_in_any_wrapping_is_noticed() {
        let pem =
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
        assert_eq!(read(pem.as_bytes()), Err(FileError::PrivateKey));
        let key = chancery_keys::SoftwareKey::generate(chancery_keys::KeyAlgorithm::EcP256);
        let pkcs8 = key.unwrap().to_pkcs8().unwrap();
        assert_eq!(read(&pkcs8), Err(FileError::PrivateKey));
        // PKCS#12 of indefinite length, as NSS writes it.
        assert_eq!(read(&[0x30, 0x80, 2, 1, 3]), Err(FileError::PrivateKey));
        // EncryptedPrivateKeyInfo: SEQUENCE { SEQUENCE { OBJECT IDENTIFIER … } … }.
        let encrypted = [0x30, 6, 0x30, 2, 6, 0, 4, 0];
        assert_eq!(read(&encrypted), Err(FileError::PrivateKey));
    }
}
