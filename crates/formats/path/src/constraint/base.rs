//! The base of a subtree, and what lies in it.

use chancery_x509::extension::{GeneralName, GeneralSubtree};
use chancery_x509::{ObjectIdentifier, oid};

use super::domain::{ascii_domain, is_host_name};
use super::subject::{Mailbox, SubjectName};
use crate::failure::FailureKind;
use crate::name::NameKey;

/// What a constraint names.
#[derive(Clone, Debug)]
pub(super) enum Base {
    Directory(NameKey),
    Dns(Domain),
    Email(EmailBase),
    Uri(Domain),
    Ip { address: Vec<u8>, mask: Vec<u8> },
    RegisteredId,
    Other(ObjectIdentifier),
    Unread(u8),
}

/// A domain, in lower case.
#[derive(Clone, Debug)]
pub(super) enum Domain {
    /// Everything.
    All,
    /// For dNSName this name and those below it, for other forms this host alone.
    Name(String),
    /// Names below this one; kept without the dot that it was written with.
    Below(String),
}

/// What an rfc822Name constraint names.
#[derive(Clone, Debug)]
pub(super) enum EmailBase {
    /// One mailbox.
    Mailbox(Mailbox),
    /// The mailboxes of a host or domain.
    Domain(Domain),
}

/// How a name lies to a subtree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Within,
    Outside,
    /// The subtree speaks of names of another form.
    OtherForm,
    /// Of the same form, which cannot be compared: the certificate is to be refused.
    Incomparable,
}

impl From<bool> for Relation {
    fn from(within: bool) -> Self {
        if within { Self::Within } else { Self::Outside }
    }
}

impl Base {
    pub(super) fn new(subtree: &GeneralSubtree, strict: bool) -> Result<Self, FailureKind> {
        let malformed = || FailureKind::MalformedConstraint {
            form: subtree.base.kind_name(),
            base: subtree.base.to_string(),
        };
        // "Within this profile, the minimum and maximum fields are not used with any name forms".
        if subtree.minimum != 0 || subtree.maximum.is_some() {
            return Err(malformed());
        }
        Ok(match &subtree.base {
            GeneralName::Directory(name) => Self::Directory(NameKey::new(name)),
            GeneralName::Dns(text) => {
                let domain = Domain::read(text).ok_or_else(malformed)?;
                if strict && matches!(domain, Domain::Below(_)) {
                    return Err(malformed());
                }
                Self::Dns(domain)
            }
            GeneralName::Rfc822(text) if text.contains('@') => Self::Email(EmailBase::Mailbox(
                Mailbox::read(text).ok_or_else(malformed)?,
            )),
            GeneralName::Rfc822(text) => {
                Self::Email(EmailBase::Domain(Domain::read(text).ok_or_else(malformed)?))
            }
            GeneralName::Uri(text) => Self::Uri(Domain::read(text).ok_or_else(malformed)?),
            GeneralName::Ip(octets) if matches!(octets.len(), 8 | 32) => {
                let (address, mask) = octets.split_at(octets.len() / 2);
                if strict && !is_prefix(mask) {
                    return Err(malformed());
                }
                Self::Ip {
                    address: address.to_vec(),
                    mask: mask.to_vec(),
                }
            }
            GeneralName::RegisteredId(_) => Self::RegisteredId,
            GeneralName::Other { kind, .. } => Self::Other(*kind),
            GeneralName::Unread { tag, .. } => Self::Unread(*tag),
            _ => return Err(malformed()),
        })
    }

    /// How `name` lies to this subtree. For an `excluded` one, a name that stands for several lies within if any of them does.
    pub(super) fn compare(&self, name: &SubjectName, excluded: bool) -> Relation {
        match (self, name) {
            #[cfg(not(feature = "unicode"))]
            (Self::Directory(base), SubjectName::Directory { key, .. })
                if !base.is_prepared() || !key.is_prepared() =>
            {
                Relation::Incomparable
            }
            (Self::Directory(base), SubjectName::Directory { key, .. }) => {
                key.is_within(base).into()
            }
            (Self::Dns(domain), SubjectName::Dns(name)) => {
                (domain.holds_name(name) || (excluded && domain.meets_wildcard(name))).into()
            }
            (Self::Email(base), SubjectName::Email(mailbox)) => base.holds(mailbox).into(),
            (
                Self::Uri(domain),
                SubjectName::Uri {
                    host: Some(host), ..
                },
            ) => domain.holds_host(host).into(),
            (Self::Ip { address, mask }, SubjectName::Ip(ip)) => {
                if address.len() != ip.len() {
                    return Relation::Outside;
                }
                let mut octets = address.iter().zip(mask).zip(ip);
                octets
                    .all(|((base, mask), octet)| base & mask == octet & mask)
                    .into()
            }
            // "If a constraint is applied to the uniformResourceIdentifier and a subject alternative name extension has one
            // that does not include an authority component with a host name, then the application MUST reject".
            // Mailboxes of both forms are constrained as rfc822Name (RFC 9598 section 6); what the other form would name is not defined.
            (Self::Uri(_), SubjectName::Uri { host: None, .. })
            | (Self::Other(oid::SMTP_UTF8_MAILBOX), SubjectName::Email(_))
            | (Self::RegisteredId, SubjectName::RegisteredId(_)) => Relation::Incomparable,
            (Self::Other(base), SubjectName::Other { kind, .. }) if base == kind => {
                Relation::Incomparable
            }
            (Self::Unread(base), SubjectName::Unread(tag)) if base == tag => Relation::Incomparable,
            _ => Relation::OtherForm,
        }
    }
}

/// Whether a mask is ones followed by zeros (RFC 4632).
fn is_prefix(mask: &[u8]) -> bool {
    let mut zero = false;
    mask.iter().all(|octet| {
        let ordered = octet.leading_ones() + octet.trailing_zeros() == 8;
        let fits = ordered && (!zero || *octet == 0);
        zero |= *octet != 0xff;
        fits
    })
}

impl Domain {
    fn read(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::All);
        }
        let (below, name) = match text.strip_prefix('.') {
            Some(name) => (true, name),
            None => (false, text),
        };
        let name = ascii_domain(name)?;
        if !is_host_name(&name) {
            return None;
        }
        Some(if below {
            Self::Below(name)
        } else {
            Self::Name(name)
        })
    }

    /// By the rule for dNSName: labels may be added to the left.
    fn holds_name(&self, name: &str) -> bool {
        let Some(name) = name.strip_prefix("*.") else {
            return self.holds_host_or_below(name);
        };
        // All that the wildcard stands for lies below the rest of the name.
        match self {
            Self::All => true,
            Self::Name(base) | Self::Below(base) => name == base || is_below(name, base),
        }
    }

    fn holds_host_or_below(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Name(base) => name == base || is_below(name, base),
            Self::Below(base) => is_below(name, base),
        }
    }

    /// Whether a wildcard stands for a name in this subtree, although not all that it stands for lies there.
    fn meets_wildcard(&self, name: &str) -> bool {
        let (Some(rest), Self::Name(base)) = (name.strip_prefix("*."), self) else {
            return false;
        };
        // The wildcard stands for one label: it meets subtrees one label below the rest of the name.
        base.strip_suffix(rest)
            .and_then(|label| label.strip_suffix('.'))
            .is_some_and(|label| !label.is_empty() && !label.contains('.'))
    }

    /// By the rule for rfc822Name and URI: a host is that host alone, a domain is what lies below it.
    fn holds_host(&self, host: &str) -> bool {
        match self {
            Self::All => true,
            Self::Name(base) => host == base,
            Self::Below(base) => is_below(host, base),
        }
    }
}

impl EmailBase {
    fn holds(&self, mailbox: &Mailbox) -> bool {
        match self {
            Self::Mailbox(base) => base == mailbox,
            Self::Domain(domain) => domain.holds_host(&mailbox.host),
        }
    }
}

fn is_below(name: &str, base: &str) -> bool {
    name.strip_suffix(base)
        .and_then(|labels| labels.strip_suffix('.'))
        .is_some_and(|labels| !labels.is_empty())
}
