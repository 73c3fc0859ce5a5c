//! PEM (RFC 7468): reading that says what is wrong and on which line, and writing.
//!
//! For public structures only: decoding takes time that depends on the text, and a text with a private key in it is refused as such.

mod base64;
mod error;
mod scan;

pub use error::PemError;

/// Longest text that is read as PEM: a list of about three million entries.
pub const MAX_TEXT: usize = 256 * 1024 * 1024;

/// What a PEM block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Label {
    /// `CERTIFICATE`.
    Certificate,
    /// `CERTIFICATE REQUEST`; `NEW CERTIFICATE REQUEST` is read too.
    CertificateRequest,
    /// `X509 CRL`.
    X509Crl,
    /// `PKCS7`.
    Pkcs7,
    /// `PUBLIC KEY`.
    PublicKey,
}

impl Label {
    /// The words between the dashes.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Certificate => "CERTIFICATE",
            Self::CertificateRequest => "CERTIFICATE REQUEST",
            Self::X509Crl => "X509 CRL",
            Self::Pkcs7 => "PKCS7",
            Self::PublicKey => "PUBLIC KEY",
        }
    }

    /// By the words between the dashes, older ones included (RFC 7468 sections 5 to 8).
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "CERTIFICATE" | "X509 CERTIFICATE" | "X.509 CERTIFICATE" => Some(Self::Certificate),
            "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => Some(Self::CertificateRequest),
            "X509 CRL" | "CRL" => Some(Self::X509Crl),
            "PKCS7" | "CMS" | "PKCS #7 SIGNED DATA" => Some(Self::Pkcs7),
            "PUBLIC KEY" => Some(Self::PublicKey),
            _ => None,
        }
    }
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}

/// A PEM text of lines of 64 characters.
#[must_use]
pub fn encode(label: Label, der: &[u8]) -> String {
    let body = base64::encode(der);
    let mut out = String::with_capacity(body.len().saturating_add(body.len() / 64 + 80));
    out.push_str("-----BEGIN ");
    out.push_str(label.text());
    out.push_str("-----\n");
    let mut rest = body.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at_checked(64).unwrap_or((rest, ""));
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    out.push_str("-----END ");
    out.push_str(label.text());
    out.push_str("-----\n");
    out
}

/// The content of the one block of a PEM text, which must have this label.
pub fn decode(text: &str, label: Label) -> Result<Vec<u8>, PemError> {
    let mut blocks = decode_all(text, label)?;
    match (blocks.pop(), blocks.is_empty()) {
        (Some(block), true) => Ok(block),
        _ => Err(PemError::Several {
            count: blocks.len().saturating_add(1),
        }),
    }
}

/// The contents of all blocks of a PEM text, which must have this label; at least one. Text outside blocks is skipped
/// (RFC 7468 section 2).
pub fn decode_all(text: &str, label: Label) -> Result<Vec<Vec<u8>>, PemError> {
    if text.len() > MAX_TEXT {
        return Err(PemError::TooLarge {
            octets: text.len(),
            limit: MAX_TEXT,
        });
    }
    scan::blocks(text)?
        .into_iter()
        .map(|block| {
            if Label::from_text(block.label) == Some(label) {
                base64::decode(&block.lines)
            } else {
                Err(PemError::WrongLabel {
                    expected: label,
                    found: block.label.to_owned(),
                    line: block.begin,
                })
            }
        })
        .collect()
}
