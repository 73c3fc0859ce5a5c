//! The rules that a profile must keep, checked when its file is read, so that a wrong profile stops the start and not
//! an issuance. The lints check every certificate again.

mod extensions;
mod usage;

use std::collections::HashSet;

pub(crate) use extensions::extensions;

use crate::error::{Problem, ProfileError};
use crate::file::{KeySection, SubjectSection, ValiditySection};
use crate::parse::Source;
use crate::smime::Rule;
use crate::{Kind, Presence, SmimeType, SubjectAttribute};

/// Forty years: longer than any root that is trusted anywhere.
const LONGEST_AUTHORITY_DAYS: u32 = 14_610;
/// What public TLS certificates had before the period began to shrink; a sane bound for internal ones.
const LONGEST_SERVER_DAYS: u32 = 398;
/// Delegated responders cannot be revoked in a useful way (`id-pkix-ocsp-nocheck`), so they live shortly.
const LONGEST_RESPONDER_DAYS: u32 = 92;

/// Devices renew themselves whenever they are used; one that was lost and that nobody revokes ends soon.
const LONGEST_DEVICE_DAYS: u32 = 31;

pub(crate) fn validity(
    source: &Source<'_>,
    kind: Kind,
    section: &ValiditySection,
) -> Result<(), ProfileError> {
    let (longest, clause) = match kind {
        Kind::Root | Kind::Issuing => (LONGEST_AUTHORITY_DAYS, "forty years"),
        Kind::OcspResponder => (LONGEST_RESPONDER_DAYS, "RFC 6960 section 4.2.2.2.1"),
        Kind::TlsServer => (
            LONGEST_SERVER_DAYS,
            "internal server certificates renew themselves",
        ),
        Kind::Device => (
            LONGEST_DEVICE_DAYS,
            "certificates of devices renew themselves",
        ),
        Kind::Smime { generation, .. } => (generation.maximum_days(), "S/MIME BR 6.3.2"),
    };
    let maximum = *section.maximum_days.get_ref();
    if !(1..=longest).contains(&maximum) {
        let problem = Problem::OutOfRange {
            key: "maximum-days",
            value: maximum,
            minimum: 1,
            maximum: longest,
            clause,
        };
        return Err(source.at(&section.maximum_days, problem));
    }
    let default = *section.default_days.get_ref();
    if !(1..=maximum).contains(&default) {
        let problem = Problem::OutOfRange {
            key: "default-days",
            value: default,
            minimum: 1,
            maximum,
            clause: "maximum-days of this profile",
        };
        return Err(source.at(&section.default_days, problem));
    }
    Ok(())
}

pub(crate) fn key(
    source: &Source<'_>,
    kind: Kind,
    section: &toml::Spanned<KeySection>,
) -> Result<(), ProfileError> {
    let rules = section.get_ref();
    if rules.rsa_bits.is_none() && rules.curves.is_empty() && !rules.ed25519 {
        return Err(source.at(section, Problem::NoKeyAllowed));
    }
    let mut seen = HashSet::new();
    for curve in &rules.curves {
        if !seen.insert(*curve) {
            let problem = Problem::Repeated {
                key: "curves",
                value: format!("{curve:?}").to_lowercase(),
            };
            return Err(source.at(section, problem));
        }
    }
    let Some(bits) = &rules.rsa_bits else {
        return Ok(());
    };
    let (smallest, clause) = if kind.is_authority() {
        (
            4096,
            "S/MIME BR 6.1.5, for keys of authorities made after 15 September 2026",
        )
    } else {
        (2048, "S/MIME BR 6.1.5")
    };
    let range = bits.get_ref();
    for (key, value, minimum) in [
        ("rsa-bits.minimum", range.minimum, smallest),
        ("rsa-bits.maximum", range.maximum, range.minimum),
    ] {
        if !(minimum..=16_384).contains(&value) {
            let problem = Problem::OutOfRange {
                key,
                value,
                minimum,
                maximum: 16_384,
                clause,
            };
            return Err(source.at(bits, problem));
        }
        if value % 8 != 0 {
            return Err(source.at(bits, Problem::OddModulusSize { value }));
        }
    }
    Ok(())
}

pub(crate) fn subject(
    source: &Source<'_>,
    kind: Kind,
    section: &SubjectSection,
) -> Result<(), ProfileError> {
    let mut seen = HashSet::new();
    for entry in section.attributes.get_ref() {
        let attribute = entry.get_ref().name;
        if !seen.insert(attribute) {
            let problem = Problem::Repeated {
                key: "attributes",
                value: attribute.name().to_owned(),
            };
            return Err(source.at(entry, problem));
        }
        if let Kind::Smime {
            subject_type,
            generation,
        } = kind
            && subject_type.rule(generation, attribute) == Rule::Forbidden
        {
            let problem = Problem::ForbiddenAttribute {
                attribute,
                clause: subject_type.clause(),
            };
            return Err(source.at(entry, problem));
        }
    }
    let required = |attribute: SubjectAttribute| {
        section.attributes.get_ref().iter().any(|entry| {
            let entry = entry.get_ref();
            entry.name == attribute && entry.presence == Presence::Required
        })
    };
    let missing = match kind {
        Kind::Root | Kind::Issuing => [
            SubjectAttribute::CommonName,
            SubjectAttribute::OrganizationName,
            SubjectAttribute::CountryName,
        ]
        .into_iter()
        .find(|attribute| !required(*attribute))
        .map(|attribute| (attribute, "S/MIME BR 7.1.4.3.1")),
        Kind::Smime {
            subject_type,
            generation,
        } => SubjectAttribute::ALL
            .into_iter()
            .find(|attribute| {
                subject_type.rule(generation, *attribute) == Rule::Required && !required(*attribute)
            })
            .map(|attribute| (attribute, subject_type.clause())),
        Kind::OcspResponder | Kind::Device => (!required(SubjectAttribute::CommonName))
            .then_some((SubjectAttribute::CommonName, "RFC 5280 section 4.1.2.6")),
        Kind::TlsServer => None,
    };
    if let Some((attribute, clause)) = missing {
        return Err(source.at(
            &section.attributes,
            Problem::RequiredAttribute { attribute, clause },
        ));
    }
    // A subject with a single legal name has it in surname, so that is the one that can be asked of everybody.
    if let Kind::Smime {
        subject_type: kind @ (SmimeType::Sponsor | SmimeType::Individual),
        ..
    } = kind
        && !required(SubjectAttribute::Surname)
    {
        let problem = Problem::NoPersonalName {
            clause: kind.clause(),
        };
        return Err(source.at(&section.attributes, problem));
    }
    Ok(())
}
