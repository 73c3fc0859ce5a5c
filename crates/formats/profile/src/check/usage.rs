//! Rules for key usage bits and key purposes.

use const_oid::ObjectIdentifier;
use toml::Spanned;

use super::extensions::{needed, only_email_protection};
use crate::error::{Problem, ProfileError};
use crate::file::ProfileFile;
use crate::parse::Source;
use crate::usage::{self as oids, KeyUsageBit as Bit};
use crate::{Generation, Kind};

/// What the key usage extension is for: which bits a kind of key can carry out at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Rsa,
    Ec,
    Ed25519,
}

impl Family {
    const fn key(self) -> &'static str {
        match self {
            Self::Rsa => "key-usage.rsa",
            Self::Ec => "key-usage.ec",
            Self::Ed25519 => "key-usage.ed25519",
        }
    }

    /// RFC 3279 section 2.3.1, RFC 8813 section 3, RFC 9295 section 3.
    const fn can(self, bit: Bit) -> bool {
        match bit {
            Bit::DigitalSignature | Bit::NonRepudiation | Bit::KeyCertSign | Bit::CrlSign => true,
            Bit::KeyEncipherment | Bit::DataEncipherment => matches!(self, Self::Rsa),
            Bit::KeyAgreement | Bit::EncipherOnly | Bit::DecipherOnly => matches!(self, Self::Ec),
        }
    }
}

/// The bits for RSA, elliptic-curve and Ed25519 keys.
pub(super) fn key_usage(
    source: &Source<'_>,
    kind: Kind,
    file: &ProfileFile,
) -> Result<[Vec<Bit>; 3], ProfileError> {
    let section = &file.extensions.get_ref().key_usage;
    let (usage, allowed) = (section.get_ref(), file.key.get_ref());
    let mut found = [Vec::new(), Vec::new(), Vec::new()];
    for (slot, (family, key_allowed, entry)) in found.iter_mut().zip([
        (Family::Rsa, allowed.rsa_bits.is_some(), &usage.rsa),
        (Family::Ec, !allowed.curves.is_empty(), &usage.ec),
        (Family::Ed25519, allowed.ed25519, &usage.ed25519),
    ]) {
        match entry {
            None if key_allowed => {
                let reason = "[key] allows such keys, so their usage must be said";
                let problem = Problem::Needed {
                    kind: kind.name(),
                    key: family.key(),
                    reason,
                };
                return Err(source.at(section, problem));
            }
            None => {}
            Some(bits) => {
                bits_fit(source, kind, family, bits)?;
                slot.clone_from(bits.get_ref());
            }
        }
    }
    Ok(found)
}

fn bits_fit(
    source: &Source<'_>,
    kind: Kind,
    family: Family,
    bits: &Spanned<Vec<Bit>>,
) -> Result<(), ProfileError> {
    let key = family.key();
    let listed = bits.get_ref();
    if listed.is_empty() {
        return Err(source.at(bits, Problem::Empty { key }));
    }
    for (index, bit) in listed.iter().enumerate() {
        let value = bit.name().to_owned();
        if listed.iter().take(index).any(|earlier| earlier == bit) {
            return Err(source.at(bits, Problem::Repeated { key, value }));
        }
        let reason = if !family.can(*bit) {
            "a key of this kind cannot do that (RFC 3279 section 2.3.1, RFC 8813, RFC 9295)"
        } else if let Some(reason) = forbidden(kind, *bit) {
            reason
        } else {
            continue;
        };
        return Err(source.at(bits, Problem::ForbiddenUsage { key, value, reason }));
    }
    let missing = match kind {
        Kind::Root | Kind::Issuing => [Bit::KeyCertSign, Bit::CrlSign]
            .into_iter()
            .find(|bit| !listed.contains(bit))
            .map(|bit| {
                (
                    bit.name(),
                    "an authority signs certificates and CRLs (S/MIME BR 7.1.2.1 b, 7.1.2.2 e)",
                )
            }),
        Kind::OcspResponder | Kind::TlsServer | Kind::Device => {
            (!listed.contains(&Bit::DigitalSignature)).then_some((
                "digitalSignature",
                "the key signs (RFC 5280 section 4.2.1.12)",
            ))
        }
        Kind::Smime { .. } => {
            let manages =
                listed.contains(&Bit::KeyEncipherment) || listed.contains(&Bit::KeyAgreement);
            (!manages && !listed.contains(&Bit::DigitalSignature)).then_some((
                "digitalSignature",
                "the key must sign, or manage keys, or both (S/MIME BR 7.1.2.3 e)",
            ))
        }
    };
    match missing {
        None => Ok(()),
        Some((value, reason)) => Err(source.at(bits, Problem::MissingUsage { key, value, reason })),
    }
}

fn forbidden(kind: Kind, bit: Bit) -> Option<&'static str> {
    match (kind, bit) {
        (Kind::Root | Kind::Issuing, Bit::KeyCertSign | Bit::CrlSign | Bit::DigitalSignature) => {
            None
        }
        (Kind::Root | Kind::Issuing, _) => {
            Some("an authority's key signs certificates and CRLs and nothing else")
        }
        (_, Bit::KeyCertSign | Bit::CrlSign) => {
            Some("only authorities sign certificates and CRLs (RFC 5280 section 4.2.1.3)")
        }
        (Kind::OcspResponder, Bit::DigitalSignature) => None,
        (Kind::OcspResponder, _) => Some("a responder's key signs answers and nothing else"),
        (
            Kind::Smime {
                generation: Generation::Strict,
                ..
            },
            Bit::DataEncipherment,
        ) => Some("not in the strict generation (S/MIME BR 7.1.2.3 e)"),
        _ => None,
    }
}

/// The key purposes.
pub(super) fn purposes(
    source: &Source<'_>,
    kind: Kind,
    file: &ProfileFile,
) -> Result<Vec<ObjectIdentifier>, ProfileError> {
    let key = "extended-key-usage";
    let entry = file.extensions.get_ref().extended_key_usage.as_ref();
    let mut found = Vec::new();
    for text in entry
        .map(|entry| entry.get_ref().as_slice())
        .unwrap_or_default()
    {
        let value = text.get_ref().clone();
        let Some(oid) = oids::purpose(&value) else {
            let allowed = oids::PURPOSE_NAMES;
            return Err(source.at(text, Problem::UnknownPurpose { value, allowed }));
        };
        if found.contains(&oid) {
            return Err(source.at(text, Problem::Repeated { key, value }));
        }
        if let Some(reason) = forbidden_purpose(kind, oid) {
            return Err(source.at(text, Problem::ForbiddenUsage { key, value, reason }));
        }
        found.push(oid);
    }
    if found.contains(&oids::EMAIL_PROTECTION)
        && let Some(other) = [oids::SERVER_AUTH, oids::TIME_STAMPING, oids::CODE_SIGNING]
            .into_iter()
            .find(|other| found.contains(other))
    {
        let problem = Problem::ForbiddenUsage {
            key,
            value: oids::purpose_name(other),
            reason: "never beside emailProtection (S/MIME BR 7.1.2.2 g, 7.1.2.3 f)",
        };
        return Err(source.error(entry.map(Spanned::span).unwrap_or_default(), problem));
    }
    let expected = match kind {
        Kind::Issuing if found.is_empty() => {
            let reason = "an issuing authority names its purposes (S/MIME BR 7.1.2.2 g)";
            return Err(needed(source, &file.extensions, kind, key, reason));
        }
        Kind::Root | Kind::Issuing => return Ok(found),
        Kind::OcspResponder => (
            oids::OCSP_SIGNING,
            "OCSPSigning",
            "RFC 6960 section 4.2.2.2",
        ),
        Kind::TlsServer => (oids::SERVER_AUTH, "serverAuth", "RFC 5280 section 4.2.1.12"),
        Kind::Device => (oids::CLIENT_AUTH, "clientAuth", "RFC 5280 section 4.2.1.12"),
        Kind::Smime { .. } => (
            oids::EMAIL_PROTECTION,
            "emailProtection",
            "S/MIME BR 7.1.2.3 f",
        ),
    };
    if found.contains(&expected.0) {
        return Ok(found);
    }
    let problem = Problem::MissingUsage {
        key,
        value: expected.1,
        reason: expected.2,
    };
    let span = entry.map_or_else(|| file.extensions.span(), Spanned::span);
    Err(source.error(span, problem))
}

/// Each purpose of an end entity can be carried out with each kind of key that is allowed (RFC 5280 section 4.2.1.12).
pub(super) fn consistent(
    source: &Source<'_>,
    kind: Kind,
    file: &ProfileFile,
    purposes: &[ObjectIdentifier],
) -> Result<(), ProfileError> {
    if kind.is_authority() {
        return Ok(());
    }
    let usage = file.extensions.get_ref().key_usage.get_ref();
    for (family, entry) in [
        (Family::Rsa, &usage.rsa),
        (Family::Ec, &usage.ec),
        (Family::Ed25519, &usage.ed25519),
    ] {
        let Some(listed) = entry else {
            continue;
        };
        for purpose in purposes {
            let carried_out = oids::bits_for(*purpose)
                .is_none_or(|bits| bits.iter().any(|bit| listed.get_ref().contains(bit)));
            if !carried_out {
                let problem = Problem::UsageForPurpose {
                    key: family.key(),
                    purpose: oids::purpose_name(*purpose),
                };
                return Err(source.at(listed, problem));
            }
        }
    }
    Ok(())
}

fn forbidden_purpose(kind: Kind, oid: ObjectIdentifier) -> Option<&'static str> {
    if kind == Kind::Root {
        return Some("a root has no extended key usage (S/MIME BR 7.1.2.1 d)");
    }
    if oid == oids::ANY_PURPOSE {
        return Some("any purpose is never certified (S/MIME BR 7.1.2.2 g, 7.1.2.3 f)");
    }
    match kind {
        Kind::OcspResponder if oid != oids::OCSP_SIGNING => {
            Some("a responder signs answers and nothing else (RFC 6960 section 4.2.2.2)")
        }
        Kind::Smime { .. } if oid == oids::OCSP_SIGNING => {
            Some("subscribers do not sign OCSP answers (RFC 6960 section 4.2.2.2)")
        }
        _ if only_email_protection(kind) && oid != oids::EMAIL_PROTECTION => {
            Some("emailProtection alone in the strict generation (S/MIME BR 7.1.2.3 f)")
        }
        _ => None,
    }
}
