//! What was in a file.

use chancery_x509::{Certificate, ObjectIdentifier, ParseError};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::issuers::Issuers;
use crate::mac::MacScheme;
use crate::private_key;
use crate::scheme::Scheme;

/// The contents of a file, in its order.
#[derive(Default)]
pub struct Opened {
    /// Private keys.
    pub keys: Vec<KeyEntry>,
    /// Certificates: of the keys, of authorities, or merely trusted ones.
    pub certificates: Vec<CertificateEntry>,
    /// What was read over.
    pub skipped: Vec<Skipped>,
    /// How the file's integrity is protected; none if it is not.
    pub integrity: Option<MacScheme>,
}

/// A private key.
pub struct KeyEntry {
    /// DER `PrivateKeyInfo` (RFC 5208) or `OneAsymmetricKey` (RFC 5958). That its numbers make a key is not checked.
    pub private_key: Zeroizing<Vec<u8>>,
    /// The content of the `subjectPublicKey` BIT STRING that belongs to it, where known.
    pub public_key: Option<Vec<u8>>,
    /// The name under which programs list it.
    pub friendly_name: Option<String>,
    /// What ties it to its certificate, for programs that go by that.
    pub local_key_id: Option<Vec<u8>>,
    /// How it was encrypted; none if it was not.
    pub protection: Option<Scheme>,
}

impl KeyEntry {
    /// The kind of key, by its object identifier.
    #[must_use]
    pub fn algorithm(&self) -> Option<ObjectIdentifier> {
        private_key::algorithm(&self.private_key)
    }

    /// Whether the certificate is this key's: by the public key, or by `localKeyId` where that is not known.
    fn owns(&self, entry: &CertificateEntry) -> bool {
        match &self.public_key {
            Some(public_key) => {
                entry.certificate.public_key().subject_public_key() == public_key.as_slice()
            }
            None => self.local_key_id.is_some() && self.local_key_id == entry.local_key_id,
        }
    }
}

/// A certificate.
pub struct CertificateEntry {
    /// It.
    pub certificate: Certificate,
    /// The name under which programs list it.
    pub friendly_name: Option<String>,
    /// What ties it to its key, for programs that go by that.
    pub local_key_id: Option<Vec<u8>>,
    /// How it was encrypted; none if it was not.
    pub protection: Option<Scheme>,
}

/// Something that was read over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// What it is.
    pub kind: SkippedKind,
    /// The name under which programs list it.
    pub friendly_name: Option<String>,
}

/// What was read over.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SkippedKind {
    /// A certificate revocation list.
    #[error("a revocation list")]
    Crl,
    /// A secret, such as a symmetric key.
    #[error("a secret that is no private key")]
    Secret,
    /// A certificate that is not X.509.
    #[error("a certificate of the type {kind}")]
    OtherCertificate {
        /// Its type.
        kind: ObjectIdentifier,
    },
    /// A certificate that cannot be read.
    #[error("a certificate that cannot be read")]
    Certificate {
        /// What is wrong with it.
        #[source]
        source: ParseError,
    },
    /// Something unknown.
    #[error("an entry of the type {kind}")]
    Unknown {
        /// Its type.
        kind: ObjectIdentifier,
    },
}

/// The attributes of a bag (RFC 7292 section 4.2).
#[derive(Default)]
pub(crate) struct Attributes {
    pub friendly_name: Option<String>,
    pub local_key_id: Option<Vec<u8>>,
}

/// A private key with its certificate and what leads to the root, borrowed from [`Opened`].
pub struct OpenedIdentity<'a> {
    /// The key.
    pub key: &'a KeyEntry,
    /// Its certificate.
    pub certificate: &'a CertificateEntry,
    /// Each issuer behind what it issued, so far as they are in the file; by name, no signature is verified.
    pub chain: Vec<&'a Certificate>,
}

/// Why a file holds nobody's identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NoIdentity {
    /// Certificates only, or nothing.
    #[error("there is no private key in the file")]
    NoKey,
    /// Keys whose certificates are not in the file.
    #[error("no certificate in the file belongs to its private key")]
    NoCertificate,
}

impl Opened {
    /// The certificate of a key. Of several for the same key the one that programs would take: with the same `localKeyId`, or the first.
    #[must_use]
    pub fn certificate_of(&self, key: &KeyEntry) -> Option<&CertificateEntry> {
        let mut own = self.certificates.iter().filter(|entry| key.owns(entry));
        let first = own.clone().next()?;
        if key.local_key_id.is_none() {
            return Some(first);
        }
        Some(
            own.find(|entry| entry.local_key_id == key.local_key_id)
                .unwrap_or(first),
        )
    }

    /// What chains are put together from: every certificate of the file.
    #[must_use]
    pub fn issuers(&self) -> Issuers<'_> {
        Issuers::new(self.certificates.iter().map(|entry| &entry.certificate))
    }

    /// The keys that have a certificate; at least one.
    pub fn identities(&self) -> Result<Vec<OpenedIdentity<'_>>, NoIdentity> {
        if self.keys.is_empty() {
            return Err(NoIdentity::NoKey);
        }
        let issuers = self.issuers();
        let identity = |key| {
            let certificate = self.certificate_of(key)?;
            let chain = issuers.chain_of(&certificate.certificate);
            Some(OpenedIdentity {
                key,
                certificate,
                chain,
            })
        };
        let identities: Vec<_> = self.keys.iter().filter_map(identity).collect();
        if identities.is_empty() {
            return Err(NoIdentity::NoCertificate);
        }
        Ok(identities)
    }
}
