//! Where lists, issuers and responders are found.

use const_oid::ObjectIdentifier;

use super::ExtensionValue;
use super::general_name::{self, GeneralName};
use crate::asn1::{self, Reader, tag, tlv};
use crate::error::ParseError;
use crate::oid;

/// One `DistributionPoint` (RFC 5280 section 4.2.1.13).
///
/// ```asn1
/// DistributionPoint ::= SEQUENCE {
///     distributionPoint [0] DistributionPointName OPTIONAL,
///     reasons           [1] ReasonFlags           OPTIONAL,
///     cRLIssuer         [2] GeneralNames          OPTIONAL }
/// DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] RelativeDistinguishedName }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DistributionPoint {
    /// The full names; empty where the point has none or a relative one.
    pub full_name: Vec<GeneralName>,
    /// The attributes of the relative distinguished name, the content of its SET, where the name is given relative to the issuer's.
    pub relative: Option<Vec<u8>>,
    /// The content of the `reasons` BIT STRING, where the list covers only some.
    pub reasons: Option<Vec<u8>>,
    /// Who signs the list, where it is not the certificate's issuer.
    pub crl_issuer: Vec<GeneralName>,
}

impl DistributionPoint {
    /// A point with one address.
    #[must_use]
    pub fn from_uri(address: &str) -> Self {
        Self {
            full_name: vec![GeneralName::Uri(address.to_owned())],
            ..Self::default()
        }
    }

    fn read(mut reader: Reader<'_>) -> Result<Self, ParseError> {
        const WHAT: &str = "distribution point";
        let mut point = Self::default();
        if let Some(name) = reader.optional(tag::context_constructed(0), WHAT)? {
            (point.full_name, point.relative) = read_point_name(name)?;
        }
        point.reasons = reader.optional(tag::context(1), WHAT)?.map(<[u8]>::to_vec);
        if let Some(issuer) = reader.optional(tag::context_constructed(2), WHAT)? {
            point.crl_issuer = general_name::decode_all(issuer)?;
        }
        reader.finish()?;
        if point.full_name.is_empty() && point.relative.is_none() && point.crl_issuer.is_empty() {
            return Err(ParseError::Invalid {
                what: WHAT,
                clause: "RFC 5280 section 4.2.1.13",
            });
        }
        Ok(point)
    }

    fn encode(&self) -> Vec<u8> {
        let reasons = self
            .reasons
            .as_ref()
            .map_or_else(Vec::new, |reasons| asn1::implicit(1, reasons));
        let issuer = if self.crl_issuer.is_empty() {
            Vec::new()
        } else {
            tlv(
                tag::context_constructed(2),
                &general_name::encode_all(&self.crl_issuer),
            )
        };
        let name = encode_point_name(&self.full_name, self.relative.as_deref());
        asn1::sequence(&[&name, &reasons, &issuer])
    }
}

/// `[0] EXPLICIT DistributionPointName`, or nothing.
fn encode_point_name(full_name: &[GeneralName], relative: Option<&[u8]>) -> Vec<u8> {
    let name = match relative {
        Some(attributes) => tlv(tag::context_constructed(1), attributes),
        None if full_name.is_empty() => return Vec::new(),
        None => tlv(
            tag::context_constructed(0),
            &general_name::encode_all(full_name),
        ),
    };
    asn1::explicit(0, &name)
}

/// The content of `[0] EXPLICIT DistributionPointName`: full names, or the attributes of a relative one.
fn read_point_name(content: &[u8]) -> Result<(Vec<GeneralName>, Option<Vec<u8>>), ParseError> {
    const WHAT: &str = "distribution point name";
    let mut reader = Reader::new(content, WHAT);
    let found = match reader.any(WHAT)? {
        (0xa0, names) => (general_name::decode_all(names)?, None),
        (0xa1, attributes) => (Vec::new(), Some(attributes.to_vec())),
        _ => return Err(ParseError::Unexpected { what: WHAT }),
    };
    reader.finish()?;
    Ok(found)
}

/// `CRLDistributionPoints` (RFC 5280 section 4.2.1.13).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrlDistributionPoints(pub Vec<DistributionPoint>);

impl CrlDistributionPoints {
    /// All addresses in full names.
    pub fn uris(&self) -> impl Iterator<Item = &str> {
        let names = self.0.iter().flat_map(|point| &point.full_name);
        names.filter_map(|name| match name {
            GeneralName::Uri(uri) => Some(uri.as_str()),
            _ => None,
        })
    }
}

impl ExtensionValue for CrlDistributionPoints {
    const OID: ObjectIdentifier = oid::CRL_DISTRIBUTION_POINTS;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "cRLDistributionPoints";
        let mut reader = Reader::sequence(value, WHAT)?;
        let mut points = vec![DistributionPoint::read(reader.nested(WHAT)?)?];
        while !reader.is_empty() {
            points.push(DistributionPoint::read(reader.nested(WHAT)?)?);
        }
        Ok(Self(points))
    }

    fn encode(&self) -> Vec<u8> {
        let points: Vec<_> = self.0.iter().map(DistributionPoint::encode).collect();
        asn1::sequence_of(&points)
    }
}

/// `FreshestCRL` (RFC 5280 sections 4.2.1.15 and 5.2.6): where delta lists are found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FreshestCrl(pub CrlDistributionPoints);

impl ExtensionValue for FreshestCrl {
    const OID: ObjectIdentifier = oid::FRESHEST_CRL;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        CrlDistributionPoints::decode(value).map(Self)
    }

    fn encode(&self) -> Vec<u8> {
        self.0.encode()
    }
}

/// One `AccessDescription`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessDescription {
    /// What is found there: [`oid::ACCESS_OCSP`], [`oid::ACCESS_CA_ISSUERS`].
    pub method: ObjectIdentifier,
    /// Where.
    pub location: GeneralName,
}

/// `AuthorityInfoAccessSyntax` (RFC 5280 section 4.2.2.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorityInfoAccess(pub Vec<AccessDescription>);

impl AuthorityInfoAccess {
    /// The addresses for one method.
    pub fn uris(&self, method: ObjectIdentifier) -> impl Iterator<Item = &str> {
        let of_method = self.0.iter().filter(move |access| access.method == method);
        of_method.filter_map(|access| match &access.location {
            GeneralName::Uri(uri) => Some(uri.as_str()),
            _ => None,
        })
    }
}

impl ExtensionValue for AuthorityInfoAccess {
    const OID: ObjectIdentifier = oid::AUTHORITY_INFO_ACCESS;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "authorityInfoAccess";
        let mut reader = Reader::sequence(value, WHAT)?;
        let mut descriptions = Vec::new();
        // At least one.
        while descriptions.is_empty() || !reader.is_empty() {
            let mut one = reader.nested(WHAT)?;
            let method = one.oid(WHAT)?;
            let location = GeneralName::read(&mut one)?;
            one.finish()?;
            descriptions.push(AccessDescription { method, location });
        }
        Ok(Self(descriptions))
    }

    fn encode(&self) -> Vec<u8> {
        let descriptions: Vec<_> = self
            .0
            .iter()
            .map(|access| asn1::sequence(&[&asn1::oid(&access.method), &access.location.to_der()]))
            .collect();
        asn1::sequence_of(&descriptions)
    }
}

/// `IssuingDistributionPoint` of a revocation list (RFC 5280 section 5.2.5).
///
/// ```asn1
/// IssuingDistributionPoint ::= SEQUENCE {
///     distributionPoint          [0] DistributionPointName OPTIONAL,
///     onlyContainsUserCerts      [1] BOOLEAN DEFAULT FALSE,
///     onlyContainsCACerts        [2] BOOLEAN DEFAULT FALSE,
///     onlySomeReasons            [3] ReasonFlags OPTIONAL,
///     indirectCRL                [4] BOOLEAN DEFAULT FALSE,
///     onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IssuingDistributionPoint {
    /// Where the list is found, as certificates name it.
    pub full_name: Vec<GeneralName>,
    /// The attributes of the relative distinguished name, where the point's name is given relative to the issuer's.
    pub relative: Option<Vec<u8>>,
    /// Which certificates it covers.
    pub scope: ListScope,
    /// The content of the `onlySomeReasons` BIT STRING.
    pub only_some_reasons: Option<Vec<u8>>,
    /// Entries of other issuers too.
    pub indirect: bool,
}

/// The certificates that a list covers; the three flags of the extension exclude each other (RFC 5280 section 5.2.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListScope {
    /// All of the issuer's.
    #[default]
    All,
    /// `onlyContainsUserCerts`.
    UserCertificates,
    /// `onlyContainsCACerts`.
    CaCertificates,
    /// `onlyContainsAttributeCerts`.
    AttributeCertificates,
}

impl ExtensionValue for IssuingDistributionPoint {
    const OID: ObjectIdentifier = oid::ISSUING_DISTRIBUTION_POINT;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "issuingDistributionPoint";
        let mut reader = Reader::sequence(value, WHAT)?;
        let (full_name, relative) = match reader.optional(tag::context_constructed(0), WHAT)? {
            Some(name) => read_point_name(name)?,
            None => (Vec::new(), None),
        };
        let flag =
            |reader: &mut Reader<'_>, number| match reader.optional(tag::context(number), WHAT)? {
                None => Ok(false),
                Some([0xff]) => Ok(true),
                Some(_) => Err(ParseError::Invalid {
                    what: WHAT,
                    clause: "X.690 section 11.5",
                }),
            };
        let user = flag(&mut reader, 1)?;
        let ca = flag(&mut reader, 2)?;
        let only_some_reasons = reader.optional(tag::context(3), WHAT)?.map(<[u8]>::to_vec);
        let indirect = flag(&mut reader, 4)?;
        let attribute = flag(&mut reader, 5)?;
        reader.finish()?;
        let scope = match (user, ca, attribute) {
            (false, false, false) => ListScope::All,
            (true, false, false) => ListScope::UserCertificates,
            (false, true, false) => ListScope::CaCertificates,
            (false, false, true) => ListScope::AttributeCertificates,
            _ => {
                return Err(ParseError::Invalid {
                    what: WHAT,
                    clause: "RFC 5280 section 5.2.5",
                });
            }
        };
        Ok(Self {
            full_name,
            relative,
            scope,
            only_some_reasons,
            indirect,
        })
    }

    fn encode(&self) -> Vec<u8> {
        let flag = |number, value| {
            if value {
                asn1::implicit(number, &[0xff])
            } else {
                Vec::new()
            }
        };
        let reasons = self
            .only_some_reasons
            .as_ref()
            .map_or_else(Vec::new, |reasons| asn1::implicit(3, reasons));
        asn1::sequence(&[
            &encode_point_name(&self.full_name, self.relative.as_deref()),
            &flag(1, self.scope == ListScope::UserCertificates),
            &flag(2, self.scope == ListScope::CaCertificates),
            &reasons,
            &flag(4, self.indirect),
            &flag(5, self.scope == ListScope::AttributeCertificates),
        ])
    }
}
