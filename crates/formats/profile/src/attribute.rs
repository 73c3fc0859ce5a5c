//! The attributes of a subject that a profile can place in a certificate.

use const_oid::ObjectIdentifier;
use serde::{Deserialize, Serialize};

/// An attribute of the subject's distinguished name, under the name that X.520 and the Baseline Requirements give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SubjectAttribute {
    /// `commonName`, 2.5.4.3
    CommonName,
    /// `surname`, 2.5.4.4
    Surname,
    /// `serialNumber` of the subject (not of the certificate), 2.5.4.5
    SerialNumber,
    /// `countryName`, 2.5.4.6
    CountryName,
    /// `localityName`, 2.5.4.7
    LocalityName,
    /// `stateOrProvinceName`, 2.5.4.8
    StateOrProvinceName,
    /// `streetAddress`, 2.5.4.9
    StreetAddress,
    /// `organizationName`, 2.5.4.10
    OrganizationName,
    /// `organizationalUnitName`, 2.5.4.11
    OrganizationalUnitName,
    /// `postalCode`, 2.5.4.17
    PostalCode,
    /// `givenName`, 2.5.4.42
    GivenName,
    /// `organizationIdentifier`, 2.5.4.97
    OrganizationIdentifier,
    /// `emailAddress` (PKCS #9), 1.2.840.113549.1.9.1
    EmailAddress,
}

impl SubjectAttribute {
    /// Every attribute, in the order of the object identifiers.
    pub const ALL: [Self; 13] = [
        Self::CommonName,
        Self::Surname,
        Self::SerialNumber,
        Self::CountryName,
        Self::LocalityName,
        Self::StateOrProvinceName,
        Self::StreetAddress,
        Self::OrganizationName,
        Self::OrganizationalUnitName,
        Self::PostalCode,
        Self::GivenName,
        Self::OrganizationIdentifier,
        Self::EmailAddress,
    ];

    /// The name used in profile files and in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CommonName => "commonName",
            Self::Surname => "surname",
            Self::SerialNumber => "serialNumber",
            Self::CountryName => "countryName",
            Self::LocalityName => "localityName",
            Self::StateOrProvinceName => "stateOrProvinceName",
            Self::StreetAddress => "streetAddress",
            Self::OrganizationName => "organizationName",
            Self::OrganizationalUnitName => "organizationalUnitName",
            Self::PostalCode => "postalCode",
            Self::GivenName => "givenName",
            Self::OrganizationIdentifier => "organizationIdentifier",
            Self::EmailAddress => "emailAddress",
        }
    }

    /// The object identifier.
    #[must_use]
    pub const fn oid(self) -> ObjectIdentifier {
        ObjectIdentifier::new_unwrap(match self {
            Self::CommonName => "2.5.4.3",
            Self::Surname => "2.5.4.4",
            Self::SerialNumber => "2.5.4.5",
            Self::CountryName => "2.5.4.6",
            Self::LocalityName => "2.5.4.7",
            Self::StateOrProvinceName => "2.5.4.8",
            Self::StreetAddress => "2.5.4.9",
            Self::OrganizationName => "2.5.4.10",
            Self::OrganizationalUnitName => "2.5.4.11",
            Self::PostalCode => "2.5.4.17",
            Self::GivenName => "2.5.4.42",
            Self::OrganizationIdentifier => "2.5.4.97",
            Self::EmailAddress => "1.2.840.113549.1.9.1",
        })
    }

    /// The attribute with this object identifier, where it is one that a profile knows.
    #[must_use]
    pub fn from_oid(oid: ObjectIdentifier) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|attribute| attribute.oid() == oid)
    }

    /// The longest value in characters (RFC 5280 appendix A.1; X.520 for the attributes that have no bound there or
    /// `ub-name`, which is 32,768 there).
    #[must_use]
    pub const fn upper_bound(self) -> usize {
        match self {
            Self::CommonName
            | Self::Surname
            | Self::GivenName
            | Self::SerialNumber
            | Self::OrganizationName
            | Self::OrganizationalUnitName => 64,
            Self::CountryName => 2,
            Self::LocalityName | Self::StateOrProvinceName | Self::StreetAddress => 128,
            Self::PostalCode => 40,
            // Unbounded in X.520; the references of ETSI EN 319 412-1 stay far below this.
            Self::OrganizationIdentifier => 256,
            Self::EmailAddress => 255,
        }
    }
}

impl std::fmt::Display for SubjectAttribute {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether an attribute stands in the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// Always; without it nothing is issued.
    Required,
    /// When there is a value and the subscriber wants it in.
    Optional,
}
