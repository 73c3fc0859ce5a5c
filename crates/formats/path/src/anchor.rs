//! Trust anchors (RFC 5280 section 6.1.1 (d), RFC 5937).

use chancery_x509::extension::{self, KeyUsage};
use chancery_x509::{Certificate, Name, ObjectIdentifier, ParseError, PublicKeyInfo, oid};

use crate::certificate::Extensions;
use crate::constraint::Constraints;
use crate::deviation::Deviation;
use crate::failure::{FailureKind, Place};
use crate::loose::Loose;
use crate::name::NameKey;
use crate::purpose::Purpose;
use crate::settings::{Conformance, PolicyInputs, Settings};

/// A name and key that are trusted, with the limits of that trust.
#[derive(Clone, Debug)]
pub struct TrustAnchor {
    subject: Name,
    key: NameKey,
    public_key: PublicKeyInfo,
    purposes: Option<Vec<Purpose>>,
    certificate: Option<AnchorCertificate>,
}

#[derive(Clone, Debug)]
struct AnchorCertificate {
    der: Vec<u8>,
    version: u8,
    not_before: i64,
    not_after: i64,
    extensions: Extensions,
}

impl TrustAnchor {
    /// A trust anchor given as name and key: nothing limits it but [`TrustAnchor::for_purposes`].
    #[must_use]
    pub fn from_key(subject: Name, public_key: PublicKeyInfo) -> Self {
        Self {
            key: NameKey::new(&subject),
            subject,
            public_key,
            purposes: None,
            certificate: None,
        }
    }

    /// A trust anchor given as a certificate, which limits it (RFC 5937 section 3).
    #[must_use]
    pub fn from_certificate(certificate: &Certificate) -> Self {
        Self {
            key: NameKey::new(certificate.subject()),
            subject: certificate.subject().clone(),
            public_key: certificate.public_key().clone(),
            purposes: None,
            certificate: Some(AnchorCertificate {
                der: certificate.as_der().to_vec(),
                version: certificate.version(),
                not_before: certificate.not_before(),
                not_after: certificate.not_after(),
                extensions: Extensions::read(certificate.extensions()),
            }),
        }
    }

    /// A trust anchor given as a DER certificate. What does not concern trust is read over, such as a serial number of zero, which
    /// well-known roots have.
    pub fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        if let Ok(certificate) = Certificate::from_der(der) {
            return Ok(Self::from_certificate(&certificate));
        }
        let loose = Loose::read(der)?;
        Ok(Self {
            key: NameKey::new(&loose.subject),
            subject: loose.subject,
            public_key: PublicKeyInfo::from_der(loose.public_key)?,
            purposes: None,
            certificate: Some(AnchorCertificate {
                der: der.to_vec(),
                version: loose.version,
                not_before: loose.not_before,
                not_after: loose.not_after,
                extensions: Extensions::read(&match loose.extensions {
                    Some(list) => extension::decode_all(list)?,
                    None => Vec::new(),
                }),
            }),
        })
    }

    /// Trusts it for these purposes only. Paths for [`Purpose::Any`] stay possible: who asks so, does not care.
    #[must_use]
    pub fn for_purposes(mut self, purposes: impl IntoIterator<Item = Purpose>) -> Self {
        self.purposes = Some(purposes.into_iter().collect());
        self
    }

    /// The name.
    #[must_use]
    pub fn subject(&self) -> &Name {
        &self.subject
    }

    /// The key.
    #[must_use]
    pub fn public_key(&self) -> &PublicKeyInfo {
        &self.public_key
    }

    /// The certificate, where the anchor was given as one.
    #[must_use]
    pub fn certificate_der(&self) -> Option<&[u8]> {
        self.certificate
            .as_ref()
            .map(|certificate| certificate.der.as_slice())
    }

    pub(crate) fn name(&self) -> &NameKey {
        &self.key
    }

    pub(crate) fn place(&self, index: usize) -> Place {
        Place {
            index,
            subject: self.subject.one_line(),
            serial: None,
        }
    }

    fn extensions(&self) -> Option<&Extensions> {
        let certificate = self.certificate.as_ref()?;
        Some(&certificate.extensions)
    }

    /// Whether its key may sign revocation lists.
    pub(crate) fn may_sign_lists(&self) -> bool {
        let usage = self
            .extensions()
            .and_then(|extensions| extensions.key_usage);
        usage.is_none_or(|usage| usage.contains(KeyUsage::CRL_SIGN))
    }

    /// What forbids to begin a path here. `is_leaf` says that the end entity is this very certificate, trusted for itself.
    pub(crate) fn failures(
        &self,
        settings: &Settings,
        purpose: Purpose,
        is_leaf: bool,
    ) -> Vec<FailureKind> {
        let mut found = Vec::new();
        if let Some(purposes) = &self.purposes
            && purpose != Purpose::Any
            && !purposes.contains(&purpose)
        {
            found.push(FailureKind::AnchorNotForPurpose { purpose });
        }
        let Some(certificate) = &self.certificate else {
            return found;
        };
        if !settings.anchors_limit_path {
            return found;
        }
        found.extend(validity(certificate.not_before, certificate.not_after, settings.at).err());
        if is_leaf {
            return found;
        }
        let extensions = &certificate.extensions;
        if let Some((oid, problem)) = &extensions.unreadable {
            found.push(FailureKind::UnreadableExtension {
                oid: *oid,
                problem: problem.clone(),
            });
        }
        let unknown = extensions.unknown_critical.iter();
        found.extend(
            unknown
                .filter(|oid| !settings.understood_extensions.contains(oid))
                .map(|oid| FailureKind::UnknownCriticalExtension { oid: *oid }),
        );
        let strict = settings.conformance == Conformance::Profile;
        match extensions.basic_constraints {
            Some(constraints) if !constraints.ca => found.push(FailureKind::NotAnAuthority),
            // Anchors of version 1 are older than the extension.
            None if strict && certificate.version == 3 => {
                found.push(FailureKind::MissingBasicConstraints);
            }
            _ => {}
        }
        if extensions
            .key_usage
            .is_some_and(|usage| !usage.contains(KeyUsage::KEY_CERT_SIGN))
        {
            found.push(FailureKind::KeyUsage {
                needed: "keyCertSign",
            });
        }
        if strict {
            let deviations = extensions.deviations.iter().copied();
            found.extend(deviations.map(FailureKind::Deviation));
            if certificate.version == 3 && extensions.subject_key.is_none() {
                let missing = Deviation::MissingSubjectKeyIdentifier;
                found.push(FailureKind::Deviation(missing));
            }
        }
        if settings.issuers_limit_purpose
            && !purpose.allows_issuer(extensions.extended_key_usage.as_ref())
        {
            found.push(FailureKind::WrongPurpose { purpose });
        }
        found
    }

    /// pathLenConstraint of its certificate (RFC 5937 section 3.2).
    pub(crate) fn path_len(&self) -> Option<u8> {
        self.extensions()?.basic_constraints?.path_len
    }

    /// The name constraints of its certificate (RFC 5937 section 3.2).
    pub(crate) fn constraints(&self, strict: bool) -> Result<Option<Constraints>, FailureKind> {
        let names = self
            .extensions()
            .and_then(|extensions| extensions.name_constraints.as_ref());
        names
            .map(|names| Constraints::new(names, strict))
            .transpose()
    }

    /// The policy inputs, narrowed by its certificate (RFC 5937 section 3.2).
    pub(crate) fn narrow(&self, inputs: &PolicyInputs) -> PolicyInputs {
        let mut inputs = inputs.clone();
        let Some(extensions) = self.extensions() else {
            return inputs;
        };
        if let Some(constraints) = extensions.policy_constraints {
            inputs.explicit |= constraints.require_explicit_policy.is_some();
            inputs.inhibit_mapping |= constraints.inhibit_policy_mapping.is_some();
        }
        inputs.inhibit_any |= extensions.inhibit_any_policy.is_some();
        let listed = extensions.policies.as_deref().unwrap_or(&[oid::ANY_POLICY]);
        if !listed.contains(&oid::ANY_POLICY) {
            let allowed = |policy: &ObjectIdentifier| listed.contains(policy);
            inputs.user_initial = Some(match &inputs.user_initial {
                None => listed.to_vec(),
                Some(initial) => initial.iter().copied().filter(allowed).collect(),
            });
        }
        inputs
    }
}

/// Step (a)(2) of section 6.1.3.
pub(crate) fn validity(not_before: i64, not_after: i64, at: i64) -> Result<(), FailureKind> {
    if at < not_before {
        Err(FailureKind::NotYetValid { not_before, at })
    } else if at > not_after {
        Err(FailureKind::Expired { not_after, at })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_validity_belong_to_it() {
        for (at, valid) in [(9, false), (10, true), (20, true), (21, false)] {
            assert_eq!(validity(10, 20, at).is_ok(), valid, "{at}");
        }
    }
}
