//! How certificates are named.

use std::fmt;

use chancery_store::Id;
use chancery_x509::SerialNumber;

/// How a certificate is named in a request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CertificateKey {
    /// By row identifier.
    Id(Id),
    /// By serial number, which is unique in the environment.
    Serial(SerialNumber),
}

impl From<Id> for CertificateKey {
    fn from(id: Id) -> Self {
        Self::Id(id)
    }
}

impl From<SerialNumber> for CertificateKey {
    fn from(serial: SerialNumber) -> Self {
        Self::Serial(serial)
    }
}

impl fmt::Debug for CertificateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for CertificateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "id {id}"),
            Self::Serial(serial) => write!(f, "serial number {serial}"),
        }
    }
}
