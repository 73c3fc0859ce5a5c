//! The subject's distinguished name and its alternative names.

use std::net::IpAddr;

use chancery_x509::extension::GeneralName;
use chancery_x509::{Attribute, AttributeKind, Name};

use super::PrepareError;
use crate::address::{normalize_host, normalize_mailbox};
use crate::file::AltNameKind;
use crate::text;
use crate::{
    Kind, OrganizationIdentifier, Presence, Profile, SmimeType, SubjectAttribute, SubjectData,
    country,
};

/// The subject with its addresses in the form that certificates hold; everything after works on this.
pub(super) fn normalized(
    profile: &Profile,
    given: &SubjectData,
) -> Result<SubjectData, PrepareError> {
    let mut subject = given.clone();
    let holds = |kind| profile.extensions.alt_names.contains(&kind);
    if !given.emails.is_empty() && !holds(AltNameKind::Email) {
        return Err(PrepareError::EmailNoPlace);
    }
    if given.emails.is_empty() && holds(AltNameKind::Email) {
        return Err(PrepareError::NoEmail);
    }
    if (!given.dns_names.is_empty() && !holds(AltNameKind::Dns))
        || (!given.ip_addresses.is_empty() && !holds(AltNameKind::Ip))
    {
        return Err(PrepareError::HostNoPlace);
    }
    let wants_host = holds(AltNameKind::Dns) || holds(AltNameKind::Ip);
    if wants_host && given.dns_names.is_empty() && given.ip_addresses.is_empty() {
        return Err(PrepareError::NoHost);
    }
    for (email, original) in subject.emails.iter_mut().zip(&given.emails) {
        *email = normalize_mailbox(original).ok_or_else(|| PrepareError::Email {
            found: original.clone(),
        })?;
        same_in_common_name(&mut subject.common_name, original, email);
    }
    for (name, original) in subject.dns_names.iter_mut().zip(&given.dns_names) {
        *name = normalize_host(original).ok_or_else(|| PrepareError::Host {
            found: original.clone(),
        })?;
        same_in_common_name(&mut subject.common_name, original, name);
    }
    distinct(&mut subject.emails);
    distinct(&mut subject.dns_names);
    Ok(subject)
}

/// A common name that was an address stays the same address (S/MIME BR 7.1.4.2.2 a).
fn same_in_common_name(common_name: &mut Option<String>, original: &str, normalized: &str) {
    if common_name.as_deref() == Some(original) {
        *common_name = Some(normalized.to_owned());
    }
}

fn distinct(values: &mut Vec<String>) {
    let mut seen = std::collections::HashSet::new();
    values.retain(|value| seen.insert(value.clone()));
}

/// The distinguished name, in the profile's order.
pub(super) fn distinguished_name(
    profile: &Profile,
    subject: &SubjectData,
) -> Result<Name, PrepareError> {
    for attribute in SubjectAttribute::ALL {
        let listed = profile
            .attributes
            .iter()
            .any(|(known, _)| *known == attribute);
        if !listed && !subject.values(attribute).is_empty() {
            return Err(PrepareError::NoPlace { attribute });
        }
    }
    let mut attributes = Vec::new();
    for (attribute, presence) in &profile.attributes {
        let values = subject.values(*attribute);
        if values.is_empty() && *presence == Presence::Required {
            return Err(PrepareError::Missing {
                attribute: *attribute,
            });
        }
        for value in values {
            check_value(*attribute, value)?;
            attributes.push(Attribute::new(kind(*attribute), value));
        }
    }
    check_organization(subject)?;
    check_common_name(profile, subject)?;
    Name::new(attributes).map_err(PrepareError::Name)
}

fn check_value(attribute: SubjectAttribute, value: &str) -> Result<(), PrepareError> {
    let (length, maximum) = (value.chars().count(), attribute.upper_bound());
    if length > maximum {
        return Err(PrepareError::TooLong {
            attribute,
            length,
            maximum,
        });
    }
    if let Some(character) = text::unfit_character(value) {
        return Err(PrepareError::Character {
            attribute,
            character,
        });
    }
    if value.trim() != value {
        return Err(PrepareError::Padded { attribute });
    }
    if !text::is_significant(value) {
        return Err(PrepareError::Insignificant { attribute });
    }
    if attribute == SubjectAttribute::CountryName && !country::is_assigned(value) {
        return Err(PrepareError::Country {
            found: value.to_owned(),
        });
    }
    Ok(())
}

fn check_organization(subject: &SubjectData) -> Result<(), PrepareError> {
    let Some(text) = &subject.organization_identifier else {
        return Ok(());
    };
    let identifier: OrganizationIdentifier =
        text.parse().map_err(PrepareError::OrganizationIdentifier)?;
    match (identifier.country_name(), &subject.country) {
        (Some(reference), Some(country)) if reference != country => {
            Err(PrepareError::CountryMismatch {
                reference: reference.to_owned(),
                country: country.clone(),
            })
        }
        _ => Ok(()),
    }
}

/// The common names of mailboxes and organisations are given exactly; a person's may be written in several ways.
fn check_common_name(profile: &Profile, subject: &SubjectData) -> Result<(), PrepareError> {
    let exact = matches!(
        profile.kind,
        Kind::TlsServer
            | Kind::Smime {
                subject_type: SmimeType::Mailbox | SmimeType::Organization,
                ..
            }
    );
    let Some(found) = subject.common_name.as_ref().filter(|_| exact) else {
        return Ok(());
    };
    let allowed = profile.common_name_choices(subject);
    if allowed.contains(found) {
        return Ok(());
    }
    Err(PrepareError::CommonName {
        found: found.clone(),
        allowed,
    })
}

/// The alternative names.
pub(super) fn alternative_names(subject: &SubjectData) -> Vec<GeneralName> {
    let emails = subject.emails.iter().cloned().map(GeneralName::Rfc822);
    let hosts = subject.dns_names.iter().cloned().map(GeneralName::Dns);
    let addresses = subject.ip_addresses.iter().map(|address| {
        GeneralName::Ip(match address {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets().to_vec(),
        })
    });
    emails.chain(hosts).chain(addresses).collect()
}

const fn kind(attribute: SubjectAttribute) -> AttributeKind {
    match attribute {
        SubjectAttribute::CommonName => AttributeKind::CommonName,
        SubjectAttribute::Surname => AttributeKind::Surname,
        SubjectAttribute::SerialNumber => AttributeKind::SerialNumber,
        SubjectAttribute::CountryName => AttributeKind::CountryName,
        SubjectAttribute::LocalityName => AttributeKind::LocalityName,
        SubjectAttribute::StateOrProvinceName => AttributeKind::StateOrProvinceName,
        SubjectAttribute::StreetAddress => AttributeKind::StreetAddress,
        SubjectAttribute::OrganizationName => AttributeKind::OrganizationName,
        SubjectAttribute::OrganizationalUnitName => AttributeKind::OrganizationalUnitName,
        SubjectAttribute::PostalCode => AttributeKind::PostalCode,
        SubjectAttribute::GivenName => AttributeKind::GivenName,
        SubjectAttribute::OrganizationIdentifier => AttributeKind::OrganizationIdentifier,
        SubjectAttribute::EmailAddress => AttributeKind::EmailAddress,
    }
}
