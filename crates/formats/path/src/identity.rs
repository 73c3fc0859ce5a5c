//! Whom a certificate is made out to.

use std::net::IpAddr;

use chancery_x509::AttributeKind;
use chancery_x509::extension::GeneralName;
use thiserror::Error;

use crate::certificate::PathCertificate;
use crate::constraint::{ascii_domain, is_host_name};
use crate::failure::FailureKind;

/// A person's address or a host that a certificate must be made out to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity(Wanted);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    Email { local: String, host: String },
    Host(String),
    Address(IpAddr),
}

/// The text is no address or host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// No `local@host`.
    #[error("not an e-mail address: write it as jana@example.com")]
    Email,
    /// No domain name or IP address.
    #[error("not a host: write a domain name as www.example.com, or an IP address")]
    Host,
}

impl Identity {
    /// An e-mail address: the part before the at sign is compared as it stands, the host without regard to case (RFC 5280 section 7.5).
    pub fn email(address: &str) -> Result<Self, IdentityError> {
        let (local, host) = split(address).ok_or(IdentityError::Email)?;
        Ok(Self(Wanted::Email { local, host }))
    }

    /// A host, by domain name or IP address (RFC 9525).
    pub fn host(host: &str) -> Result<Self, IdentityError> {
        if let Ok(address) = host.parse() {
            return Ok(Self(Wanted::Address(address)));
        }
        let name = ascii_domain(host.strip_suffix('.').unwrap_or(host));
        match name.filter(|name| is_host_name(name)) {
            Some(name) => Ok(Self(Wanted::Host(name))),
            None => Err(IdentityError::Host),
        }
    }

    pub(crate) fn check(&self, leaf: &PathCertificate) -> Result<(), FailureKind> {
        let alternative = leaf.extensions().subject_alt_name.as_ref();
        let names = alternative.map_or(&[][..], |names| names.0.as_slice());
        match &self.0 {
            Wanted::Email { local, host } => {
                let is =
                    |address: &str| split(address).is_some_and(|(l, h)| l == *local && h == *host);
                let mut subject = leaf
                    .certificate()
                    .subject()
                    .all(AttributeKind::EmailAddress);
                let has = names.iter().filter_map(GeneralName::email).any(is)
                    // RFC 8550 section 3 wants addresses in the subject recognised too.
                    || subject.any(is);
                has.then_some(()).ok_or_else(|| FailureKind::EmailMismatch {
                    address: format!("{local}@{host}"),
                })
            }
            Wanted::Host(host) => names
                .iter()
                .any(|name| matches!(name, GeneralName::Dns(pattern) if covers(pattern, host)))
                .then_some(())
                .ok_or_else(|| FailureKind::HostMismatch { host: host.clone() }),
            Wanted::Address(address) => {
                let octets = match address {
                    IpAddr::V4(v4) => v4.octets().to_vec(),
                    IpAddr::V6(v6) => v6.octets().to_vec(),
                };
                names
                    .iter()
                    .any(|name| matches!(name, GeneralName::Ip(has) if *has == octets))
                    .then_some(())
                    .ok_or_else(|| FailureKind::HostMismatch {
                        host: address.to_string(),
                    })
            }
        }
    }
}

fn split(address: &str) -> Option<(String, String)> {
    let (local, host) = address.rsplit_once('@')?;
    let host = ascii_domain(host).filter(|host| is_host_name(host))?;
    (!local.is_empty()).then(|| (local.to_owned(), host))
}

/// Whether a dNSName covers a host: a wildcard is the whole leftmost label and stands for one (RFC 9525 section 6.3), and at least two
/// labels follow it.
fn covers(pattern: &str, host: &str) -> bool {
    if let Some(rest) = pattern.strip_prefix("*.") {
        let parent = host.split_once('.').map(|(_, parent)| parent);
        return rest.contains('.')
            && is_host_name(rest)
            && parent.is_some_and(|parent| parent.eq_ignore_ascii_case(rest));
    }
    pattern.eq_ignore_ascii_case(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_one_label() {
        for (pattern, host, expected) in [
            ("www.example.com", "WWW.example.com", true),
            ("*.example.com", "www.example.com", true),
            ("*.example.com", "a.www.example.com", false),
            ("*.example.com", "example.com", false),
            ("w*.example.com", "www.example.com", false),
            ("*.com", "example.com", false),
            ("www.*.com", "www.example.com", false),
            ("*", "example", false),
        ] {
            let host = host.to_ascii_lowercase();
            assert_eq!(covers(pattern, &host), expected, "{pattern} {host}");
        }
    }

    #[test]
    fn what_is_no_identity_is_refused() {
        for address in ["jana", "@example.com", "jana@", "jana@a b"] {
            assert_eq!(Identity::email(address), Err(IdentityError::Email));
        }
        for host in ["", "a b", "*.example.com", "-a.example"] {
            assert_eq!(Identity::host(host), Err(IdentityError::Host));
        }
        assert!(Identity::host("example.com.").is_ok() && Identity::host("::1").is_ok());
    }
}
