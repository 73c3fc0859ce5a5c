//! The authorities of an environment.

use std::{
    fmt,
    str::FromStr,
    sync::{Arc, PoisonError, RwLock},
};

use chancery_keys::{AwsLc, Signer};
use chancery_store::{Id, ReadError, Store, Timestamp, args};
use chancery_x509::{Certificate, Crypto, DigestAlgorithm};
use serde::{Deserialize, Serialize};

use crate::{CrlFile, crl::CrlState, record, responder::Responder};

/// What an authority is for. One issuing authority a purpose (S/MIME BR 7.1.2.2 g).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// The root, which certifies the others.
    Root,
    /// Issues S/MIME certificates.
    Smime,
    /// Issues TLS certificates of this environment.
    Tls,
    /// Issues certificates to people's devices, for logging in.
    Device,
}

impl Purpose {
    /// The word in configuration and slugs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Smime => "smime",
            Self::Tls => "tls",
            Self::Device => "device",
        }
    }

    /// The profile of such an authority's certificate.
    #[must_use]
    pub const fn profile(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Smime => "issuing-smime",
            Self::Tls => "issuing-tls",
            Self::Device => "issuing-device",
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The text names no purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the purpose of an authority is root, smime, tls or device")]
pub struct UnknownPurpose;

impl FromStr for Purpose {
    type Err = UnknownPurpose;

    fn from_str(text: &str) -> Result<Self, UnknownPurpose> {
        [Self::Root, Self::Smime, Self::Tls, Self::Device]
            .into_iter()
            .find(|purpose| purpose.name() == text)
            .ok_or(UnknownPurpose)
    }
}

/// An authority as it is shown.
#[derive(Clone, Debug)]
pub struct AuthorityView {
    /// Its name in addresses; never changes.
    pub slug: String,
    /// Its common name.
    pub name: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Row identifier of its certificate.
    pub certificate_id: Id,
    /// Its certificate.
    pub certificate: Certificate,
    /// Slug of the authority above.
    pub parent: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Its current revocation list.
    pub crl: Option<Arc<CrlFile>>,
    /// Certificate of its OCSP responder.
    pub responder: Option<Certificate>,
}

/// An authority that can sign.
pub(crate) struct Authority {
    pub slug: String,
    pub name: String,
    pub purpose: Purpose,
    pub profile: String,
    pub parent: Option<String>,
    pub created_at: Timestamp,
    pub certificate_id: Id,
    pub certificate: Certificate,
    pub signer: Arc<dyn Signer>,
    /// How OCSP requests name it.
    pub hashes: [IssuerHashes; 2],
    pub responder: Slot<Responder>,
    pub crl: CrlState,
}

/// The hashes of an issuer in a `CertID` (RFC 6960 section 4.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IssuerHashes {
    pub algorithm: DigestAlgorithm,
    pub name: Vec<u8>,
    pub key: Vec<u8>,
}

impl IssuerHashes {
    pub(crate) fn of(certificate: &Certificate) -> [Self; 2] {
        [DigestAlgorithm::Sha1, DigestAlgorithm::Sha256].map(|algorithm| Self {
            algorithm,
            name: AwsLc.digest(algorithm, certificate.subject().as_der()),
            key: AwsLc.digest(algorithm, certificate.public_key().subject_public_key()),
        })
    }
}

/// A value that is replaced as a whole while others read it.
pub(crate) struct Slot<T>(RwLock<Option<Arc<T>>>);

impl<T> Slot<T> {
    pub(crate) fn new(value: Option<T>) -> Self {
        Self(RwLock::new(value.map(Arc::new)))
    }

    pub(crate) fn get(&self) -> Option<Arc<T>> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set(&self, value: Arc<T>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(value);
    }
}

impl Authority {
    pub(crate) fn view(&self) -> AuthorityView {
        AuthorityView {
            slug: self.slug.clone(),
            name: self.name.clone(),
            purpose: self.purpose,
            certificate_id: self.certificate_id,
            certificate: self.certificate.clone(),
            parent: self.parent.clone(),
            created_at: self.created_at,
            crl: self.crl.current(),
            responder: self
                .responder
                .get()
                .map(|responder| responder.certificate.clone()),
        }
    }
}

/// An authority as its rows tell.
pub(crate) struct AuthorityRow {
    pub slug: String,
    pub name: String,
    pub purpose: String,
    pub profile: String,
    pub parent: Option<String>,
    pub certificate_id: Id,
    pub created_at: Timestamp,
    pub certificate: Certificate,
}

/// All authorities, the oldest first; of one ceremony's, the root before those that it certifies.
pub(crate) async fn rows(store: &Store) -> Result<Vec<AuthorityRow>, ReadError> {
    let rows = store
        .rows(
            "select a.slug, a.name, a.purpose, a.profile, a.parent, a.certificate_id, a.created_at, c.der
                from authority a join certificate c on c.id = a.certificate_id
                order by a.created_at, case a.purpose when 'root' then 0 when 'smime' then 1
                    when 'tls' then 2 else 3 end, a.slug",
            args![],
        )
        .await?;
    let rows: Result<_, chancery_store::RowError> = rows
        .iter()
        .map(|row| {
            Ok(AuthorityRow {
                slug: row.text(0)?,
                name: row.text(1)?,
                purpose: row.text(2)?,
                profile: row.text(3)?,
                parent: row.opt_text(4)?,
                certificate_id: row.id(5)?,
                created_at: row.time(6)?,
                certificate: record::certificate(row, 7)?,
            })
        })
        .collect();
    Ok(rows?)
}
