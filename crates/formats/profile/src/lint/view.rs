//! One reading of the to-be-signed bytes, shared by all lints. It is lenient where a lint has something to say and
//! strict where nothing more could be said.

use std::net::IpAddr;

use chancery_x509::asn1::{Reader, tag};
use chancery_x509::extension::{
    AuthorityInfoAccess, AuthorityKeyIdentifier, BasicConstraints, CertificatePolicies,
    CrlDistributionPoints, ExtendedKeyUsage, ExtensionValue, GeneralName, KeyUsage, SubjectAltName,
    SubjectKeyIdentifier,
};
use chancery_x509::{Crypto, ObjectIdentifier, ParseError, PublicKeyInfo};

use crate::SubjectAttribute;
use crate::prepare::Context;
use crate::usage::KeyUsageBit;

/// The parts of a to-be-signed certificate.
pub(super) struct View<'a> {
    /// The content of the version's INTEGER; `None` where the version is left out.
    pub version: Option<&'a [u8]>,
    /// Two's complement octets of the serial number.
    pub serial: &'a [u8],
    /// The `AlgorithmIdentifier`.
    pub signature: &'a [u8],
    /// The issuer's Name.
    pub issuer: &'a [u8],
    pub not_before: Time<'a>,
    pub not_after: Time<'a>,
    /// The subject's Name.
    pub subject_der: &'a [u8],
    /// The subject's attributes.
    pub subject: Vec<SubjectValue<'a>>,
    /// The `AlgorithmIdentifier` of the key.
    pub key_algorithm: &'a [u8],
    /// The key, or why it is none.
    pub key: Result<PublicKeyInfo, ParseError>,
    /// Whether issuerUniqueID or subjectUniqueID is there.
    pub unique_identifiers: bool,
    pub extensions: Vec<RawExtension<'a>>,
    pub decoded: Decoded,
    pub context: &'a Context,
    pub crypto: &'a dyn Crypto,
}

/// A `Time` as it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time<'a> {
    pub tag: u8,
    pub text: &'a [u8],
}

/// One attribute of the subject.
#[derive(Clone, Debug)]
pub(super) struct SubjectValue<'a> {
    /// Number of the relative distinguished name it stands in.
    pub rdn: usize,
    pub oid: ObjectIdentifier,
    pub tag: u8,
    pub content: &'a [u8],
}

/// One extension as it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawExtension<'a> {
    pub oid: ObjectIdentifier,
    pub critical: bool,
    pub value: &'a [u8],
}

/// The values of the extensions that are known; `None` for those absent or unreadable.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub basic_constraints: Option<BasicConstraints>,
    pub key_usage: Option<KeyUsage>,
    pub purposes: Option<Vec<ObjectIdentifier>>,
    pub policies: Option<CertificatePolicies>,
    pub alt_names: Option<Vec<GeneralName>>,
    pub authority_key: Option<AuthorityKeyIdentifier>,
    pub subject_key: Option<Vec<u8>>,
    pub crl_points: Option<CrlDistributionPoints>,
    pub access: Option<AuthorityInfoAccess>,
    /// Those that are there and cannot be read.
    pub unreadable: Vec<(ObjectIdentifier, ParseError)>,
}

impl<'a> View<'a> {
    pub(super) fn read(
        der: &'a [u8],
        context: &'a Context,
        crypto: &'a dyn Crypto,
    ) -> Result<Self, ParseError> {
        let mut tbs = Reader::sequence(der, "to-be-signed certificate")?;
        let version = match tbs.optional(tag::context_constructed(0), "version")? {
            None => None,
            Some(number) => Some(Reader::new(number, "version").integer("version")?),
        };
        let serial = tbs.read(tag::INTEGER, "serial number")?;
        let signature = tbs.raw(tag::SEQUENCE, "signature algorithm")?;
        let issuer = tbs.raw(tag::SEQUENCE, "issuer")?;
        let mut validity = tbs.nested("validity")?;
        let [not_before, not_after] = [time(&mut validity)?, time(&mut validity)?];
        validity.finish()?;
        let subject_der = tbs.raw(tag::SEQUENCE, "subject")?;
        let key_info = tbs.raw(tag::SEQUENCE, "public key")?;
        let key_algorithm =
            Reader::sequence(key_info, "public key")?.raw(tag::SEQUENCE, "public key algorithm")?;
        let mut unique_identifiers = false;
        for number in [1, 2] {
            unique_identifiers |= tbs
                .optional(tag::context(number), "unique identifier")?
                .is_some();
        }
        let extensions = match tbs.optional(tag::context_constructed(3), "extensions")? {
            None => Vec::new(),
            Some(sequence) => extensions(sequence)?,
        };
        tbs.finish()?;
        Ok(Self {
            version,
            serial,
            signature,
            issuer,
            not_before,
            not_after,
            subject_der,
            subject: subject(subject_der)?,
            key_algorithm,
            key: PublicKeyInfo::from_der(key_info),
            unique_identifiers,
            decoded: Decoded::read(&extensions),
            extensions,
            context,
            crypto,
        })
    }

    /// The extension, readable or not.
    pub(super) fn extension(&self, oid: ObjectIdentifier) -> Option<&RawExtension<'a>> {
        self.extensions
            .iter()
            .find(|extension| extension.oid == oid)
    }

    /// Whether a bit of the key usage is set.
    pub(super) fn uses(&self, bit: KeyUsageBit) -> bool {
        self.usage_bits().contains(&bit)
    }

    /// The bits of the key usage.
    pub(super) fn usage_bits(&self) -> Vec<KeyUsageBit> {
        let Some(usage) = self.decoded.key_usage else {
            return Vec::new();
        };
        KeyUsageBit::ALL
            .into_iter()
            .filter(|bit| usage.names().any(|name| name == bit.name()))
            .collect()
    }

    /// Whether a purpose is among the extended key usages.
    pub(super) fn has_purpose(&self, oid: ObjectIdentifier) -> bool {
        self.purposes().contains(&oid)
    }

    /// The extended key usages.
    pub(super) fn purposes(&self) -> &[ObjectIdentifier] {
        self.decoded.purposes.as_deref().unwrap_or_default()
    }

    /// The policy identifiers.
    pub(super) fn policies(&self) -> Vec<ObjectIdentifier> {
        let policies = self
            .decoded
            .policies
            .iter()
            .flat_map(|policies| &policies.0);
        policies.map(|information| information.policy).collect()
    }

    /// The alternative names.
    pub(super) fn alt_names(&self) -> &[GeneralName] {
        self.decoded.alt_names.as_deref().unwrap_or_default()
    }

    /// The mailboxes among the alternative names, of both forms.
    pub(super) fn mailboxes(&self) -> Vec<&str> {
        self.alt_names()
            .iter()
            .filter_map(GeneralName::email)
            .collect()
    }

    /// Host names and addresses among the alternative names, as text.
    pub(super) fn hosts(&self) -> Vec<String> {
        self.alt_names()
            .iter()
            .filter_map(|name| match name {
                GeneralName::Dns(host) => Some(host.clone()),
                GeneralName::Ip(octets) => ip(octets).map(|address| address.to_string()),
                _ => None,
            })
            .collect()
    }

    /// The readable values of an attribute of the subject.
    pub(super) fn values(&self, attribute: SubjectAttribute) -> Vec<String> {
        self.subject
            .iter()
            .filter(|value| value.oid == attribute.oid())
            .filter_map(SubjectValue::text)
            .collect()
    }

    /// Whether an attribute is there, readable or not.
    pub(super) fn has(&self, attribute: SubjectAttribute) -> bool {
        self.subject
            .iter()
            .any(|value| value.oid == attribute.oid())
    }

    /// Addresses in CRL distribution points and in authority information access.
    pub(super) fn status_addresses(&self) -> Vec<&GeneralName> {
        let points = self.decoded.crl_points.iter().flat_map(|points| &points.0);
        let access = self.decoded.access.iter().flat_map(|access| &access.0);
        points
            .flat_map(|point| &point.full_name)
            .chain(access.map(|description| &description.location))
            .collect()
    }
}

/// An address of four or sixteen octets.
pub(super) fn ip(octets: &[u8]) -> Option<IpAddr> {
    <[u8; 4]>::try_from(octets)
        .map(IpAddr::from)
        .or_else(|_| <[u8; 16]>::try_from(octets).map(IpAddr::from))
        .ok()
}

impl SubjectValue<'_> {
    /// The value as text, where its type of string is one that certificates may use.
    pub(super) fn text(&self) -> Option<String> {
        let ascii_only = match self.tag {
            tag::UTF8_STRING => false,
            tag::PRINTABLE_STRING | tag::IA5_STRING => true,
            _ => return None,
        };
        std::str::from_utf8(self.content)
            .ok()
            .filter(|text| !ascii_only || text.is_ascii())
            .map(str::to_owned)
    }

    /// The attribute's name, or its object identifier.
    pub(super) fn label(&self) -> String {
        SubjectAttribute::from_oid(self.oid).map_or_else(
            || self.oid.to_string(),
            |attribute| attribute.name().to_owned(),
        )
    }
}

impl Time<'_> {
    /// Seconds since 1970-01-01T00:00:00Z, where the form is one that RFC 5280 section 4.1.2.5 allows.
    pub(super) fn seconds(&self) -> Option<i64> {
        let digits = self.text.strip_suffix(b"Z")?;
        let (year, rest) = match (self.tag, digits.len()) {
            (tag::UTC_TIME, 12) => {
                let (year, rest) = digits.split_at_checked(2)?;
                let year = number(year)?;
                (if year < 50 { 2000 + year } else { 1900 + year }, rest)
            }
            (tag::GENERALIZED_TIME, 14) => {
                let (year, rest) = digits.split_at_checked(4)?;
                (number(year)?, rest)
            }
            _ => return None,
        };
        let mut parts = rest.chunks(2).map(number);
        let mut next = |range: std::ops::RangeInclusive<i64>| {
            parts.next().flatten().filter(|value| range.contains(value))
        };
        let (month, day) = (next(1..=12)?, next(1..=31)?);
        let (hour, minute, second) = (next(0..=23)?, next(0..=59)?, next(0..=59)?);
        if day > days_in_month(year, month) {
            return None;
        }
        Some(days_from_epoch(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second)
    }
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |value, digit| {
        digit
            .is_ascii_digit()
            .then(|| value * 10 + i64::from(digit - b'0'))
    })
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_from_epoch(year: i64, month: i64, day: i64) -> i64 {
    // Leap days up to the end of a year.
    let leaps = |year: i64| year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let before_year = (year - 1970) * 365 + leaps(year - 1) - leaps(1969);
    let before_month: i64 = (1..month).map(|earlier| days_in_month(year, earlier)).sum();
    before_year + before_month + day - 1
}

fn time<'a>(validity: &mut Reader<'a>) -> Result<Time<'a>, ParseError> {
    let (tag, text) = validity.any("validity")?;
    Ok(Time { tag, text })
}

fn subject(name: &[u8]) -> Result<Vec<SubjectValue<'_>>, ParseError> {
    let mut rdns = Reader::sequence(name, "subject")?;
    let mut values = Vec::new();
    let mut rdn = 0;
    while !rdns.is_empty() {
        let mut set = Reader::new(rdns.read(tag::SET, "relative name")?, "relative name");
        while !set.is_empty() {
            let mut attribute = set.nested("name attribute")?;
            let oid = attribute.oid("name attribute type")?;
            let (tag, content) = attribute.any("name attribute value")?;
            attribute.finish()?;
            values.push(SubjectValue {
                rdn,
                oid,
                tag,
                content,
            });
        }
        rdn += 1;
    }
    Ok(values)
}

fn extensions(content: &[u8]) -> Result<Vec<RawExtension<'_>>, ParseError> {
    let mut reader = Reader::sequence(content, "extensions")?;
    let mut extensions = Vec::new();
    while !reader.is_empty() {
        let mut one = reader.nested("extension")?;
        let oid = one.oid("extension identifier")?;
        let critical = one.boolean_default_false("extension criticality")?;
        let value = one.read(tag::OCTET_STRING, "extension value")?;
        one.finish()?;
        extensions.push(RawExtension {
            oid,
            critical,
            value,
        });
    }
    Ok(extensions)
}

impl Decoded {
    fn read(extensions: &[RawExtension<'_>]) -> Self {
        let mut decoded = Self::default();
        let mut unreadable = Vec::new();
        decoded.basic_constraints = value(extensions, &mut unreadable);
        decoded.key_usage = value(extensions, &mut unreadable);
        decoded.purposes =
            value(extensions, &mut unreadable).map(|usage: ExtendedKeyUsage| usage.0);
        decoded.policies = value(extensions, &mut unreadable);
        decoded.alt_names = value(extensions, &mut unreadable).map(|names: SubjectAltName| names.0);
        decoded.authority_key = value(extensions, &mut unreadable);
        decoded.subject_key =
            value(extensions, &mut unreadable).map(|id: SubjectKeyIdentifier| id.0);
        decoded.crl_points = value(extensions, &mut unreadable);
        decoded.access = value(extensions, &mut unreadable);
        decoded.unreadable = unreadable;
        decoded
    }
}

fn value<T: ExtensionValue>(
    extensions: &[RawExtension<'_>],
    unreadable: &mut Vec<(ObjectIdentifier, ParseError)>,
) -> Option<T> {
    let extension = extensions
        .iter()
        .find(|extension| extension.oid == T::OID)?;
    T::decode(extension.value)
        .map_err(|error| unreadable.push((T::OID, error)))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_the_clause_says() {
        let seconds = |tag, text: &str| {
            Time {
                tag,
                text: text.as_bytes(),
            }
            .seconds()
        };
        assert_eq!(seconds(tag::UTC_TIME, "700101000000Z"), Some(0));
        assert_eq!(seconds(tag::UTC_TIME, "500101000000Z"), Some(-631_152_000));
        assert_eq!(seconds(tag::UTC_TIME, "000229235959Z"), Some(951_868_799));
        assert_eq!(
            seconds(tag::GENERALIZED_TIME, "20500101000000Z"),
            Some(2_524_608_000)
        );
        assert_eq!(
            seconds(tag::GENERALIZED_TIME, "99991231235959Z"),
            Some(253_402_300_799)
        );
        for (tag, text) in [
            (tag::UTC_TIME, "7001010000Z"),
            (tag::UTC_TIME, "700101000000+0100"),
            (tag::UTC_TIME, "700132000000Z"),
            (tag::UTC_TIME, "010229000000Z"),
            (tag::UTC_TIME, "70010100000xZ"),
            (tag::GENERALIZED_TIME, "20500101000000.5Z"),
            (tag::UTF8_STRING, "700101000000Z"),
        ] {
            assert_eq!(seconds(tag, text), None, "{text}");
        }
    }
}
