//! The to-be-signed certificate from checked parts.

use chancery_x509::extension::{self, Extension, KeyUsage, PolicyInformation};
use chancery_x509::{Crypto, PublicKeyKind, TbsCertificate};

use super::{Context, Issuer, PrepareError, Prepared, Wanted, names};
use crate::address;
use crate::file::AccessEntry;
use crate::usage::KeyUsageBit;
use crate::{Kind, Profile, SubjectData};

pub(super) fn build(
    profile: &Profile,
    issuer: &Issuer<'_>,
    wanted: &Wanted<'_>,
    crypto: &dyn Crypto,
) -> Result<Prepared, PrepareError> {
    let data = names::normalized(profile, wanted.subject)?;
    let subject = names::distinguished_name(profile, &data)?;
    let key_identifier = wanted.public_key.key_identifier(crypto);
    let issuer_key_identifier = match issuer.certificate {
        None => None,
        Some(certificate) => Some(
            certificate
                .subject_key_identifier()
                .ok_or(PrepareError::IssuerWithoutKeyIdentifier)?,
        ),
    };
    let mut extensions = Vec::new();
    if let Some((ca, path_length)) = profile.extensions.basic_constraints {
        extensions.push(extension::basic_constraints(ca, path_length));
    }
    // A root needs no pointer to itself (RFC 5280 section 4.2.1.1).
    if let Some(identifier) = &issuer_key_identifier {
        extensions.push(extension::authority_key_identifier(identifier));
    }
    extensions.push(extension::subject_key_identifier(&key_identifier));
    extensions.push(extension::key_usage(key_usage(
        profile,
        wanted.public_key.kind(),
    )));
    if !profile.extensions.purposes.is_empty() {
        extensions.push(extension::extended_key_usage(&profile.extensions.purposes));
    }
    extensions.extend(from_rules(profile, issuer, &data, subject.is_empty()));

    let tbs = TbsCertificate {
        serial: wanted.serial,
        signature: issuer.signature,
        issuer: issuer
            .certificate
            .map_or_else(|| subject.clone(), |issuer| issuer.subject().clone()),
        not_before: wanted.not_before,
        not_after: wanted.not_after,
        subject,
        subject_public_key: wanted.public_key.clone(),
        extensions,
    };
    Ok(Prepared {
        tbs_der: tbs.to_der().map_err(PrepareError::Encode)?,
        signature: issuer.signature,
        context: Context {
            profile: profile.clone(),
            issuer_name: issuer
                .certificate
                .map(|issuer| issuer.subject().as_der().to_vec()),
            issuer_key: issuer.certificate.map_or_else(
                || wanted.public_key.clone(),
                |issuer| issuer.public_key().clone(),
            ),
            issuer_key_identifier,
            issuer: issuer.certificate.cloned(),
        },
    })
}

/// The extensions that depend on the profile and the issuer alone, and the alternative names.
fn from_rules(
    profile: &Profile,
    issuer: &Issuer<'_>,
    subject: &SubjectData,
    subject_is_empty: bool,
) -> Vec<Extension> {
    let rules = &profile.extensions;
    let mut extensions = Vec::new();
    if !rules.alt_names.is_empty() {
        let names = names::alternative_names(subject);
        extensions.push(extension::subject_alt_name(names, subject_is_empty));
    }
    if !rules.policies.is_empty() {
        let policies = rules
            .policies
            .iter()
            .copied()
            .map(PolicyInformation::new)
            .collect();
        extensions.push(extension::certificate_policies(policies));
    }
    if rules.crl_distribution_point {
        let crl = address::crl(issuer.status_url, issuer.slug, issuer.shard);
        extensions.push(extension::crl_distribution_points(&[crl]));
    }
    if !rules.access.is_empty() {
        let holds = |entry| rules.access.contains(&entry);
        let ocsp = holds(AccessEntry::Ocsp).then(|| address::ocsp(issuer.status_url));
        let certificate =
            holds(AccessEntry::CaIssuers).then(|| address::issuer(issuer.status_url, issuer.slug));
        extensions.push(extension::authority_info_access(
            ocsp.as_slice(),
            certificate.as_slice(),
        ));
    }
    if rules.ocsp_no_check && profile.kind == Kind::OcspResponder {
        extensions.push(extension::ocsp_no_check());
    }
    extensions
}

fn key_usage(profile: &Profile, key: PublicKeyKind) -> KeyUsage {
    let bits = match key {
        PublicKeyKind::Rsa { .. } => &profile.extensions.rsa_usage,
        PublicKeyKind::Ec { .. } => &profile.extensions.ec_usage,
        // The key was checked before: what is left is Ed25519.
        _ => &profile.extensions.ed25519_usage,
    };
    bits.iter()
        .fold(KeyUsage::default(), |usage, bit| usage | flag(*bit))
}

const fn flag(bit: KeyUsageBit) -> KeyUsage {
    match bit {
        KeyUsageBit::DigitalSignature => KeyUsage::DIGITAL_SIGNATURE,
        KeyUsageBit::NonRepudiation => KeyUsage::NON_REPUDIATION,
        KeyUsageBit::KeyEncipherment => KeyUsage::KEY_ENCIPHERMENT,
        KeyUsageBit::DataEncipherment => KeyUsage::DATA_ENCIPHERMENT,
        KeyUsageBit::KeyAgreement => KeyUsage::KEY_AGREEMENT,
        KeyUsageBit::KeyCertSign => KeyUsage::KEY_CERT_SIGN,
        KeyUsageBit::CrlSign => KeyUsage::CRL_SIGN,
        KeyUsageBit::EncipherOnly => KeyUsage::ENCIPHER_ONLY,
        KeyUsageBit::DecipherOnly => KeyUsage::DECIPHER_ONLY,
    }
}
