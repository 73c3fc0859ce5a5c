//! Rules for the section `[extensions]`.

use std::collections::HashSet;

use const_oid::ObjectIdentifier;
use toml::Spanned;

use super::usage;
use crate::error::{Problem, ProfileError};
use crate::file::{AltNameKind, ExtensionsSection, ProfileFile};
use crate::parse::Source;
use crate::profile::ExtensionRules;
use crate::{Generation, Kind, smime};

/// Checks the section and turns it into rules.
pub(crate) fn extensions(
    source: &Source<'_>,
    kind: Kind,
    file: &ProfileFile,
) -> Result<ExtensionRules, ProfileError> {
    let section = file.extensions.get_ref();
    basic_constraints(source, kind, file)?;
    let [rsa_usage, ec_usage, ed25519_usage] = usage::key_usage(source, kind, file)?;
    let purposes = usage::purposes(source, kind, file)?;
    usage::consistent(source, kind, file, &purposes)?;
    let policies = policies(source, kind, file)?;
    alt_names(source, kind, file)?;
    status(source, kind, file)?;
    Ok(ExtensionRules {
        basic_constraints: section
            .basic_constraints
            .as_ref()
            .map(|entry| (entry.get_ref().ca, entry.get_ref().path_length)),
        rsa_usage,
        ec_usage,
        ed25519_usage,
        purposes,
        policies,
        alt_names: list(section.subject_alt_name.as_ref()),
        crl_distribution_point: flag(section.crl_distribution_point.as_ref()),
        access: list(section.authority_info_access.as_ref()),
        ocsp_no_check: flag(section.ocsp_no_check.as_ref()),
    })
}

fn list<T: Clone>(entry: Option<&Spanned<Vec<T>>>) -> Vec<T> {
    entry
        .map(|entry| entry.get_ref().clone())
        .unwrap_or_default()
}

fn flag(entry: Option<&Spanned<bool>>) -> bool {
    entry.is_some_and(|entry| *entry.get_ref())
}

/// An error for a key that is absent: it points at the section that should have it.
pub(super) fn needed(
    source: &Source<'_>,
    section: &Spanned<ExtensionsSection>,
    kind: Kind,
    key: &'static str,
    reason: &'static str,
) -> ProfileError {
    source.at(
        section,
        Problem::Needed {
            kind: kind.name(),
            key,
            reason,
        },
    )
}

fn basic_constraints(
    source: &Source<'_>,
    kind: Kind,
    file: &ProfileFile,
) -> Result<(), ProfileError> {
    let section = file.extensions.get_ref();
    let key = "basic-constraints";
    let Some(entry) = &section.basic_constraints else {
        if kind.is_authority() {
            let reason =
                "with ca = true (RFC 5280 section 4.2.1.9, S/MIME BR 7.1.2.1 a, 7.1.2.2 d)";
            return Err(needed(source, &file.extensions, kind, key, reason));
        }
        return Ok(());
    };
    let value = entry.get_ref();
    let reason = if value.ca != kind.is_authority() {
        "ca must be true for authorities and false for all others (S/MIME BR 7.1.2.3 d)"
    } else if value.path_length.is_some() && kind == Kind::Root {
        "a root should have no path-length (S/MIME BR 7.1.2.1 a)"
    } else if value.path_length.is_some() && !value.ca {
        "path-length is for authorities (RFC 5280 section 4.2.1.9)"
    } else {
        return Ok(());
    };
    Err(source.at(
        entry,
        Problem::Misplaced {
            kind: kind.name(),
            key,
            reason,
        },
    ))
}

fn policies(
    source: &Source<'_>,
    kind: Kind,
    file: &ProfileFile,
) -> Result<Vec<ObjectIdentifier>, ProfileError> {
    let key = "certificate-policies";
    let entry = file.extensions.get_ref().certificate_policies.as_ref();
    let mut found = Vec::new();
    for text in entry
        .map(|entry| entry.get_ref().as_slice())
        .unwrap_or_default()
    {
        let value = text.get_ref();
        let Ok(oid) = ObjectIdentifier::new(value) else {
            return Err(source.at(
                text,
                Problem::NotAnOid {
                    value: value.clone(),
                },
            ));
        };
        if found.contains(&oid) {
            return Err(source.at(
                text,
                Problem::Repeated {
                    key,
                    value: value.clone(),
                },
            ));
        }
        found.push(oid);
    }
    match kind {
        Kind::Root if !found.is_empty() => {
            let reason = "a root should have no policies (S/MIME BR 7.1.2.1 c)";
            let problem = Problem::Misplaced {
                kind: kind.name(),
                key,
                reason,
            };
            Err(source.error(entry.map(Spanned::span).unwrap_or_default(), problem))
        }
        Kind::Issuing if found.is_empty() => {
            let reason = "at least one identifier, or 2.5.29.32.0 for any (S/MIME BR 7.1.2.2 a)";
            Err(needed(source, &file.extensions, kind, key, reason))
        }
        Kind::Smime {
            subject_type,
            generation,
        } => {
            let expected = subject_type.policy(generation);
            let reserved: Vec<_> = found
                .iter()
                .filter(|oid| smime::in_reserved_arc(**oid))
                .collect();
            if reserved == [&expected] && !found.contains(&crate::usage::ANY_POLICY) {
                return Ok(found);
            }
            let problem = Problem::ReservedPolicy {
                expected: expected.to_string(),
            };
            let span = entry.map_or_else(|| file.extensions.span(), Spanned::span);
            Err(source.error(span, problem))
        }
        _ => Ok(found),
    }
}

fn alt_names(source: &Source<'_>, kind: Kind, file: &ProfileFile) -> Result<(), ProfileError> {
    let key = "subject-alt-name";
    let Some(entry) = &file.extensions.get_ref().subject_alt_name else {
        return match kind {
            Kind::Smime { .. } => {
                let reason = "[\"email\"] (S/MIME BR 7.1.4.2.1)";
                Err(needed(source, &file.extensions, kind, key, reason))
            }
            Kind::TlsServer => {
                let reason =
                    "[\"dns\"], and \"ip\" where addresses are certified (RFC 9525 section 6)";
                Err(needed(source, &file.extensions, kind, key, reason))
            }
            _ => Ok(()),
        };
    };
    let mut seen = HashSet::new();
    for name in entry.get_ref() {
        if !seen.insert(*name) {
            let value = format!("{name:?}").to_lowercase();
            return Err(source.at(entry, Problem::Repeated { key, value }));
        }
    }
    let reason = match kind {
        Kind::Smime { .. } if *entry.get_ref() != [AltNameKind::Email] => {
            "an S/MIME certificate has e-mail addresses there and nothing else: [\"email\"] (S/MIME BR 7.1.4.2.1)"
        }
        Kind::TlsServer if seen.contains(&AltNameKind::Email) || seen.is_empty() => {
            "a server certificate has \"dns\" and \"ip\" there"
        }
        Kind::Root | Kind::Issuing | Kind::OcspResponder | Kind::Device => {
            "authorities, responders and devices are named by their subject"
        }
        Kind::Smime { .. } | Kind::TlsServer => return Ok(()),
    };
    Err(source.at(
        entry,
        Problem::Misplaced {
            kind: kind.name(),
            key,
            reason,
        },
    ))
}

/// Where the certificate's status is learnt.
fn status(source: &Source<'_>, kind: Kind, file: &ProfileFile) -> Result<(), ProfileError> {
    let section = file.extensions.get_ref();
    if !flag(section.crl_distribution_point.as_ref())
        && matches!(kind, Kind::Issuing | Kind::Smime { .. })
    {
        let reason = "must be true (S/MIME BR 7.1.2.2 b, 7.1.2.3 b)";
        return Err(needed(
            source,
            &file.extensions,
            kind,
            "crl-distribution-point",
            reason,
        ));
    }
    if let Some(entry) = &section.crl_distribution_point
        && *entry.get_ref()
        && kind == Kind::Root
    {
        let reason = "nobody above a root revokes it";
        let key = "crl-distribution-point";
        return Err(source.at(
            entry,
            Problem::Misplaced {
                kind: kind.name(),
                key,
                reason,
            },
        ));
    }
    if let Some(entry) = &section.authority_info_access {
        let mut seen = HashSet::new();
        for access in entry.get_ref() {
            if !seen.insert(*access) {
                let value = format!("{access:?}").to_lowercase();
                let key = "authority-info-access";
                return Err(source.at(entry, Problem::Repeated { key, value }));
            }
        }
        if kind == Kind::Root && !seen.is_empty() {
            let reason = "nobody above a root issued it";
            let key = "authority-info-access";
            return Err(source.at(
                entry,
                Problem::Misplaced {
                    kind: kind.name(),
                    key,
                    reason,
                },
            ));
        }
    }
    let no_check = flag(section.ocsp_no_check.as_ref());
    if kind == Kind::OcspResponder && !no_check {
        let reason = "must be true (RFC 6960 section 4.2.2.2.1, S/MIME BR 4.9.9)";
        return Err(needed(
            source,
            &file.extensions,
            kind,
            "ocsp-no-check",
            reason,
        ));
    }
    if let Some(entry) = &section.ocsp_no_check
        && no_check
        && kind != Kind::OcspResponder
    {
        let reason = "only a delegated OCSP responder is exempt from revocation checks (RFC 6960)";
        let key = "ocsp-no-check";
        return Err(source.at(
            entry,
            Problem::Misplaced {
                kind: kind.name(),
                key,
                reason,
            },
        ));
    }
    Ok(())
}

/// Whether any other key purpose than e-mail protection may stand (S/MIME BR 7.1.2.3 f).
pub(super) const fn only_email_protection(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Smime {
            generation: Generation::Strict,
            ..
        }
    )
}
