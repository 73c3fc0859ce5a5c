//! General names.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use const_oid::ObjectIdentifier;

use super::ExtensionValue;
use crate::asn1::{self, Reader, tag, tlv};
use crate::error::ParseError;
use crate::name::Name;
use crate::oid;

/// `GeneralName` (RFC 5280 section 4.2.1.6).
///
/// ```asn1
/// GeneralName ::= CHOICE {
///     otherName [0] OtherName, rfc822Name [1] IA5String, dNSName [2] IA5String, x400Address [3] ORAddress,
///     directoryName [4] Name, ediPartyName [5] EDIPartyName, uniformResourceIdentifier [6] IA5String,
///     iPAddress [7] OCTET STRING, registeredID [8] OBJECT IDENTIFIER }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GeneralName {
    /// An e-mail address, ASCII.
    Rfc822(String),
    /// A domain name, ASCII (internationalised ones as `xn--`).
    Dns(String),
    /// An address.
    Uri(String),
    /// A distinguished name.
    Directory(Name),
    /// An address of four or sixteen octets; twice as many in name constraints.
    Ip(Vec<u8>),
    /// A registered object identifier.
    RegisteredId(ObjectIdentifier),
    /// Another kind of name.
    Other {
        /// Which.
        kind: ObjectIdentifier,
        /// The DER inside `[0] EXPLICIT`.
        value: Vec<u8>,
    },
    /// An x400Address or ediPartyName, kept as it came.
    Unread {
        /// The identifier octet.
        tag: u8,
        /// The content.
        content: Vec<u8>,
    },
}

impl GeneralName {
    /// An e-mail address with characters beyond ASCII before the at sign: `SmtpUTF8Mailbox` (RFC 9598).
    #[must_use]
    pub fn smtp_utf8_mailbox(address: &str) -> Self {
        Self::Other {
            kind: oid::SMTP_UTF8_MAILBOX,
            value: asn1::utf8_string(address),
        }
    }

    /// The e-mail address, of either form.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        match self {
            Self::Rfc822(address) => Some(address),
            Self::Other { kind, value } if *kind == oid::SMTP_UTF8_MAILBOX => {
                let content = asn1::element(value, tag::UTF8_STRING, "SmtpUTF8Mailbox").ok()?;
                std::str::from_utf8(content).ok()
            }
            _ => None,
        }
    }

    /// The standard's name of its kind, `rfc822Name` and so on.
    #[must_use]
    pub const fn kind_name(&self) -> &'static str {
        match self {
            Self::Rfc822(_) => "rfc822Name",
            Self::Dns(_) => "dNSName",
            Self::Uri(_) => "uniformResourceIdentifier",
            Self::Directory(_) => "directoryName",
            Self::Ip(_) => "iPAddress",
            Self::RegisteredId(_) => "registeredID",
            Self::Other { .. } => "otherName",
            Self::Unread { .. } => "unread",
        }
    }

    /// `GeneralName`, DER.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        match self {
            Self::Rfc822(text) => asn1::implicit(1, text.as_bytes()),
            Self::Dns(text) => asn1::implicit(2, text.as_bytes()),
            Self::Uri(text) => asn1::implicit(6, text.as_bytes()),
            // A CHOICE is tagged explicitly (X.680 section 31.2.7).
            Self::Directory(name) => asn1::explicit(4, name.as_der()),
            Self::Ip(octets) => asn1::implicit(7, octets),
            Self::RegisteredId(oid) => asn1::implicit(8, oid.as_bytes()),
            Self::Other { kind, value } => tlv(
                tag::context_constructed(0),
                &[asn1::oid(kind), asn1::explicit(0, value)].concat(),
            ),
            Self::Unread { tag, content } => tlv(*tag, content),
        }
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, ParseError> {
        match Self::read_base(reader)? {
            Self::Rfc822(text) | Self::Dns(text) | Self::Uri(text) if text.is_empty() => {
                Err(ParseError::Invalid {
                    what: "general name",
                    clause: "RFC 5280 section 4.2.1.6",
                })
            }
            name => Ok(name),
        }
    }

    /// As the base of a constraint, where an empty text stands for all names of its form.
    pub(super) fn read_base(reader: &mut Reader<'_>) -> Result<Self, ParseError> {
        const WHAT: &str = "general name";
        let invalid = ParseError::Invalid {
            what: WHAT,
            clause: "RFC 5280 section 4.2.1.6",
        };
        let (found, content) = reader.any(WHAT)?;
        let ascii = |content: &[u8]| match std::str::from_utf8(content) {
            Ok(text) if text.is_ascii() => Ok(text.to_owned()),
            _ => Err(invalid.clone()),
        };
        Ok(match found {
            0x81 => Self::Rfc822(ascii(content)?),
            0x82 => Self::Dns(ascii(content)?),
            0x86 => Self::Uri(ascii(content)?),
            0xa4 => Self::Directory(Name::from_der(content)?),
            0x87 if matches!(content.len(), 4 | 8 | 16 | 32) => Self::Ip(content.to_vec()),
            0x88 => Self::RegisteredId(ObjectIdentifier::from_bytes(content).map_err(|_| invalid)?),
            0xa0 => {
                let mut other = Reader::new(content, "other name");
                let kind = other.oid("other name")?;
                let value = other.read(tag::context_constructed(0), "other name")?;
                other.finish()?;
                Self::Other {
                    kind,
                    value: value.to_vec(),
                }
            }
            0xa3 | 0xa5 => Self::Unread {
                tag: found,
                content: content.to_vec(),
            },
            _ => return Err(invalid),
        })
    }
}

impl fmt::Display for GeneralName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rfc822(text) | Self::Dns(text) | Self::Uri(text) => f.write_str(text),
            Self::Directory(name) => f.write_str(&name.one_line()),
            Self::Ip(octets) => match (
                <[u8; 4]>::try_from(octets.as_slice()),
                <[u8; 16]>::try_from(octets.as_slice()),
            ) {
                (Ok(v4), _) => write!(f, "{}", Ipv4Addr::from(v4)),
                (_, Ok(v6)) => write!(f, "{}", Ipv6Addr::from(v6)),
                _ => f.write_str(&crate::hex::encode(octets, ":")),
            },
            Self::RegisteredId(oid) => write!(f, "{oid}"),
            Self::Other { kind, value } => match self.email() {
                Some(address) => f.write_str(address),
                None => write!(f, "{kind}: {}", crate::hex::encode(value, "")),
            },
            Self::Unread { content, .. } => f.write_str(&crate::hex::encode(content, "")),
        }
    }
}

/// The content of `GeneralNames`.
pub(super) fn encode_all(names: &[GeneralName]) -> Vec<u8> {
    names
        .iter()
        .map(GeneralName::to_der)
        .collect::<Vec<_>>()
        .concat()
}

/// Reads the content of `GeneralNames`: at least one.
pub(super) fn decode_all(content: &[u8]) -> Result<Vec<GeneralName>, ParseError> {
    let mut reader = Reader::new(content, "general names");
    let mut names = vec![GeneralName::read(&mut reader)?];
    while !reader.is_empty() {
        names.push(GeneralName::read(&mut reader)?);
    }
    Ok(names)
}

/// `SubjectAltName` (RFC 5280 section 4.2.1.6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectAltName(pub Vec<GeneralName>);

impl SubjectAltName {
    /// The e-mail addresses, of both forms.
    pub fn emails(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(GeneralName::email)
    }
}

impl ExtensionValue for SubjectAltName {
    const OID: ObjectIdentifier = oid::SUBJECT_ALT_NAME;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        let content = asn1::element(value, tag::SEQUENCE, "subjectAltName")?;
        decode_all(content).map(Self)
    }

    fn encode(&self) -> Vec<u8> {
        tlv(tag::SEQUENCE, &encode_all(&self.0))
    }
}
