//! The names of a certificate, ready to be compared with constraints.

use chancery_x509::extension::{GeneralName, SubjectAltName};
use chancery_x509::{AttributeKind, Certificate, ObjectIdentifier};

use super::domain::{ascii_domain, is_host_name};
use crate::failure::FailureKind;
use crate::name::NameKey;

/// One name of a certificate.
#[derive(Clone, Debug)]
pub(crate) enum SubjectName {
    /// The subject, or a directoryName.
    Directory {
        /// To compare.
        key: NameKey,
        /// To show.
        shown: String,
    },
    /// In lower case; may begin with `*.`.
    Dns(String),
    /// rfc822Name, `SmtpUTF8Mailbox`, or emailAddress of the subject.
    Email(Mailbox),
    /// A URI, with its host where that is a domain name.
    Uri {
        /// As it came.
        shown: String,
        /// In lower case; none for an address, or none at all.
        host: Option<String>,
    },
    /// Four or sixteen octets.
    Ip(Vec<u8>),
    /// Not compared.
    RegisteredId(ObjectIdentifier),
    /// Not compared.
    Other {
        /// Which.
        kind: ObjectIdentifier,
    },
    /// x400Address or ediPartyName: not compared.
    Unread(u8),
}

/// An e-mail address: the part before the at sign as it stands, the host in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mailbox {
    pub(super) local: String,
    pub(super) host: String,
}

impl Mailbox {
    /// None for what is no address (RFC 5321 section 4.1.2).
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (local, host) = text.rsplit_once('@')?;
        let quoted = local.len() >= 2 && local.starts_with('"') && local.ends_with('"');
        let plain = !local.contains(|c: char| c.is_whitespace() || "\"@<>()[],;:\\".contains(c));
        let host = ascii_domain(host)?;
        let right = !local.is_empty()
            && !local.chars().any(char::is_control)
            && (quoted || plain)
            && is_host_name(&host);
        right.then(|| Self {
            local: local.to_owned(),
            host,
        })
    }
}

impl SubjectName {
    /// All names of a certificate that constraints speak of: the subject, the e-mail addresses in it, and subjectAltName.
    pub(crate) fn all(
        certificate: &Certificate,
        subject: &NameKey,
        alternative: Option<&SubjectAltName>,
    ) -> Result<Vec<Self>, FailureKind> {
        let mut names = Vec::new();
        if !subject.is_empty() {
            names.push(Self::Directory {
                key: subject.clone(),
                shown: certificate.subject().one_line(),
            });
        }
        // "When the certificate does not include a subject alternative name": here always, since mail programs take addresses from either.
        for address in certificate.subject().all(AttributeKind::EmailAddress) {
            names.push(Self::Email(mailbox("emailAddress", address)?));
        }
        for name in alternative.into_iter().flat_map(|names| &names.0) {
            names.push(Self::new(name)?);
        }
        Ok(names)
    }

    fn new(name: &GeneralName) -> Result<Self, FailureKind> {
        let malformed = || FailureKind::MalformedName {
            form: name.kind_name(),
            name: name.to_string(),
        };
        Ok(match name {
            GeneralName::Directory(name) => Self::Directory {
                key: NameKey::new(name),
                shown: name.one_line(),
            },
            GeneralName::Dns(text) => {
                let lower = text.to_ascii_lowercase();
                if !is_host_name(lower.strip_prefix("*.").unwrap_or(&lower)) {
                    return Err(malformed());
                }
                Self::Dns(lower)
            }
            GeneralName::Uri(text) => Self::Uri {
                shown: text.clone(),
                host: uri_host(text),
            },
            GeneralName::Ip(octets) => {
                if !matches!(octets.len(), 4 | 16) {
                    return Err(malformed());
                }
                Self::Ip(octets.clone())
            }
            GeneralName::RegisteredId(oid) => Self::RegisteredId(*oid),
            GeneralName::Unread { tag, .. } => Self::Unread(*tag),
            GeneralName::Other { kind, .. } => match name.email() {
                Some(address) => Self::Email(mailbox("SmtpUTF8Mailbox", address)?),
                None if *kind == chancery_x509::oid::SMTP_UTF8_MAILBOX => return Err(malformed()),
                None => Self::Other { kind: *kind },
            },
            GeneralName::Rfc822(address) => Self::Email(mailbox("rfc822Name", address)?),
            _ => return Err(malformed()),
        })
    }

    /// The form, named as in the standard.
    pub(crate) const fn form(&self) -> &'static str {
        match self {
            Self::Directory { .. } => "directoryName",
            Self::Dns(_) => "dNSName",
            Self::Email(_) => "rfc822Name",
            Self::Uri { .. } => "uniformResourceIdentifier",
            Self::Ip(_) => "iPAddress",
            Self::RegisteredId(_) => "registeredID",
            Self::Other { .. } => "otherName",
            Self::Unread(_) => "x400Address or ediPartyName",
        }
    }

    /// As it is shown.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Directory { shown, .. } | Self::Uri { shown, .. } => shown.clone(),
            Self::Dns(name) => name.clone(),
            Self::Email(mailbox) => format!("{}@{}", mailbox.local, mailbox.host),
            Self::Ip(octets) => GeneralName::Ip(octets.clone()).to_string(),
            Self::RegisteredId(kind) | Self::Other { kind } => kind.to_string(),
            Self::Unread(_) => String::new(),
        }
    }
}

fn mailbox(form: &'static str, address: &str) -> Result<Mailbox, FailureKind> {
    Mailbox::read(address).ok_or_else(|| FailureKind::MalformedName {
        form,
        name: address.to_owned(),
    })
}

/// The host of a URI where it is a domain name (RFC 3986 section 3.2).
fn uri_host(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = match authority.rsplit_once('@') {
        Some((_, host)) => host,
        None => authority,
    };
    // An IPv6 address stands in brackets, which no host name has.
    let host = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|octet| octet.is_ascii_digit()) => host,
        _ => host,
    };
    let host = ascii_domain(host)?;
    let numeric = host
        .split('.')
        .next_back()?
        .bytes()
        .all(|octet| octet.is_ascii_digit());
    (is_host_name(&host) && !numeric).then_some(host)
}
