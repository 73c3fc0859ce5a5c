//! Certificates ready for validation.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use chancery_x509::extension::{
    AuthorityInfoAccess, AuthorityKeyIdentifier, BasicConstraints, CertificatePolicies,
    CrlDistributionPoints, ExtendedKeyUsage, Extension, ExtensionValue, FreshestCrl,
    InhibitAnyPolicy, KeyUsage, NameConstraints, PolicyConstraints, PolicyMappings, SubjectAltName,
    SubjectKeyIdentifier,
};
use chancery_x509::name::escaped;
use chancery_x509::{Certificate, ObjectIdentifier, ParseError, oid};

use crate::deviation::Deviation;
use crate::failure::{FailureKind, Place};
use crate::name::NameKey;

/// Most unknown critical extensions that are told of one certificate.
const MAX_TOLD: usize = 16;

/// A certificate whose extensions were read once, cheap to clone. Reading never fails: what is wrong is told when the certificate is
/// met in a path.
#[derive(Clone, Debug)]
pub struct PathCertificate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    certificate: Certificate,
    subject: NameKey,
    issuer: NameKey,
    extensions: Extensions,
    // The subject in words, written at the first failure: it may be long and failures many.
    shown: OnceLock<String>,
}

/// The extensions that validation looks at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extensions {
    pub(crate) basic_constraints: Option<BasicConstraints>,
    pub(crate) key_usage: Option<KeyUsage>,
    pub(crate) extended_key_usage: Option<ExtendedKeyUsage>,
    pub(crate) extended_key_usage_critical: bool,
    pub(crate) subject_alt_name: Option<SubjectAltName>,
    pub(crate) name_constraints: Option<NameConstraints>,
    pub(crate) policies: Option<Vec<ObjectIdentifier>>,
    pub(crate) mappings: Option<PolicyMappings>,
    pub(crate) policy_constraints: Option<PolicyConstraints>,
    pub(crate) inhibit_any_policy: Option<InhibitAnyPolicy>,
    pub(crate) authority_key: Option<AuthorityKeyIdentifier>,
    pub(crate) subject_key: Option<Vec<u8>>,
    pub(crate) distribution_points: CrlDistributionPoints,
    pub(crate) freshest: CrlDistributionPoints,
    pub(crate) information: AuthorityInfoAccess,
    /// id-pkix-ocsp-nocheck.
    pub(crate) no_check: bool,
    /// noRevAvail (RFC 9608).
    pub(crate) no_revocation: bool,
    /// Critical ones that are not processed.
    pub(crate) unknown_critical: Vec<ObjectIdentifier>,
    /// The first that cannot be read.
    pub(crate) unreadable: Option<(ObjectIdentifier, ParseError)>,
    /// Wrong criticality.
    pub(crate) deviations: Vec<Deviation>,
}

impl PathCertificate {
    /// Makes a certificate ready.
    #[must_use]
    pub fn new(certificate: Certificate) -> Self {
        let subject = NameKey::new(certificate.subject());
        let issuer = if certificate.subject() == certificate.issuer() {
            subject.clone()
        } else {
            NameKey::new(certificate.issuer())
        };
        let extensions = Extensions::read(certificate.extensions());
        Self(Arc::new(Inner {
            certificate,
            subject,
            issuer,
            extensions,
            shown: OnceLock::new(),
        }))
    }

    /// The certificate.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.0.certificate
    }

    pub(crate) fn subject(&self) -> &NameKey {
        &self.0.subject
    }

    pub(crate) fn issuer(&self) -> &NameKey {
        &self.0.issuer
    }

    pub(crate) fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    /// Whether subject and issuer are the same name (RFC 5280 section 6.1).
    pub(crate) fn is_self_issued(&self) -> bool {
        self.0.subject == self.0.issuer
    }

    /// Whether basicConstraints make the subject an authority.
    pub(crate) fn is_ca(&self) -> bool {
        let constraints = self.0.extensions.basic_constraints;
        constraints.is_some_and(|constraints| constraints.ca)
    }

    /// What tells this certificate from others while it lives.
    pub(crate) fn id(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }

    pub(crate) fn place(&self, index: usize) -> Place {
        Place {
            index,
            subject: self.shown().to_owned(),
            serial: Some(self.0.certificate.serial().to_hex()),
        }
    }

    fn shown(&self) -> &str {
        self.0.shown.get_or_init(|| shown(&self.0.certificate))
    }

    /// The rules for those who make certificates that this one breaks.
    pub(crate) fn deviations(&self) -> Vec<Deviation> {
        let extensions = &self.0.extensions;
        let mut found = extensions.deviations.clone();
        let certificate = &self.0.certificate;
        let ca = self.is_ca();
        let names_issuer = extensions
            .authority_key
            .as_ref()
            .is_some_and(|id| id.key_identifier.is_some());
        if !names_issuer && !self.is_self_issued() {
            found.push(Deviation::MissingAuthorityKeyIdentifier);
        }
        if ca && extensions.subject_key.is_none() {
            found.push(Deviation::MissingSubjectKeyIdentifier);
        }
        if !ca && extensions.name_constraints.is_some() {
            found.push(Deviation::NameConstraintsInEndEntity);
        }
        if certificate.subject().is_empty() {
            let critical = certificate
                .extensions()
                .iter()
                .any(|extension| extension.oid == oid::SUBJECT_ALT_NAME && extension.critical);
            if ca {
                found.push(Deviation::EmptyAuthority);
            } else if !critical {
                found.push(Deviation::EmptySubject);
            }
        }
        let constraints = extensions.basic_constraints.unwrap_or_default();
        if !ca && constraints.path_len.is_some() {
            found.push(Deviation::PathLengthWithoutAuthority);
        }
        let signs = extensions
            .key_usage
            .is_some_and(|usage| usage.contains(KeyUsage::KEY_CERT_SIGN));
        if !ca && signs {
            found.push(Deviation::CertSignWithoutAuthority);
        }
        found
    }

    /// Extensions that cannot be read or are critical and not known.
    pub(crate) fn extension_failures(&self, understood: &[ObjectIdentifier]) -> Vec<FailureKind> {
        let extensions = &self.0.extensions;
        let unreadable =
            extensions
                .unreadable
                .iter()
                .map(|(oid, problem)| FailureKind::UnreadableExtension {
                    oid: *oid,
                    problem: problem.clone(),
                });
        let unknown = extensions
            .unknown_critical
            .iter()
            .filter(|oid| !understood.contains(oid))
            .take(MAX_TOLD)
            .map(|oid| FailureKind::UnknownCriticalExtension { oid: *oid });
        unreadable.chain(unknown).collect()
    }
}

impl PartialEq for PathCertificate {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.certificate == other.0.certificate
    }
}

impl Eq for PathCertificate {}

impl Hash for PathCertificate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.certificate.as_der().hash(state);
    }
}

impl From<Certificate> for PathCertificate {
    fn from(certificate: Certificate) -> Self {
        Self::new(certificate)
    }
}

/// The subject, or the names of subjectAltName where it is empty.
fn shown(certificate: &Certificate) -> String {
    if !certificate.subject().is_empty() {
        return certificate.subject().one_line();
    }
    let names = certificate.extension::<SubjectAltName>().ok().flatten();
    let names = names.unwrap_or_default();
    // What a name holds is somebody else's text: it must not steer where it is shown.
    let texts: Vec<_> = names
        .0
        .iter()
        .map(|name| escaped(&name.to_string()))
        .collect();
    texts.join(", ")
}

impl Extensions {
    pub(crate) fn read(extensions: &[Extension]) -> Self {
        let mut read = Self::default();
        for extension in extensions {
            if let Err(problem) = read.add(extension)
                && read.unreadable.is_none()
            {
                read.unreadable = Some((extension.oid, problem));
            }
        }
        read
    }

    fn add(&mut self, extension: &Extension) -> Result<(), ParseError> {
        let value = extension.value.as_slice();
        match extension.oid {
            oid::BASIC_CONSTRAINTS => {
                self.basic_constraints = Some(BasicConstraints::decode(value)?);
            }
            oid::KEY_USAGE => self.key_usage = Some(KeyUsage::decode(value)?),
            oid::EXTENDED_KEY_USAGE => {
                self.extended_key_usage = Some(ExtendedKeyUsage::decode(value)?);
                self.extended_key_usage_critical = extension.critical;
            }
            oid::SUBJECT_ALT_NAME => self.subject_alt_name = Some(SubjectAltName::decode(value)?),
            oid::NAME_CONSTRAINTS => self.name_constraints = Some(NameConstraints::decode(value)?),
            oid::CERTIFICATE_POLICIES => {
                let policies = CertificatePolicies::decode(value)?.0;
                self.policies = Some(policies.into_iter().map(|one| one.policy).collect());
            }
            oid::POLICY_MAPPINGS => self.mappings = Some(PolicyMappings::decode(value)?),
            oid::POLICY_CONSTRAINTS => {
                // To be critical (section 4.2.1.11); much of NIST's test suite is not.
                self.policy_constraints = Some(PolicyConstraints::decode(value)?);
            }
            oid::INHIBIT_ANY_POLICY => {
                self.inhibit_any_policy = Some(InhibitAnyPolicy::decode(value)?);
                self.must(extension, true, "RFC 5280 section 4.2.1.14");
            }
            oid::AUTHORITY_KEY_IDENTIFIER => {
                self.authority_key = Some(AuthorityKeyIdentifier::decode(value)?);
                self.must(extension, false, "RFC 5280 section 4.2.1.1");
            }
            oid::SUBJECT_KEY_IDENTIFIER => {
                self.subject_key = Some(SubjectKeyIdentifier::decode(value)?.0);
                self.must(extension, false, "RFC 5280 section 4.2.1.2");
            }
            oid::CRL_DISTRIBUTION_POINTS => {
                self.distribution_points = CrlDistributionPoints::decode(value)?;
            }
            oid::FRESHEST_CRL => {
                self.freshest = FreshestCrl::decode(value)?.0;
                self.must(extension, false, "RFC 5280 section 4.2.1.15");
            }
            oid::AUTHORITY_INFO_ACCESS => {
                self.information = AuthorityInfoAccess::decode(value)?;
                self.must(extension, false, "RFC 5280 section 4.2.2.1");
            }
            oid::OCSP_NO_CHECK => self.no_check = true,
            oid::NO_REVOCATION_AVAILABLE => self.no_revocation = true,
            unknown if extension.critical => self.unknown_critical.push(unknown),
            _ => {}
        }
        Ok(())
    }

    fn must(&mut self, extension: &Extension, critical: bool, clause: &'static str) {
        let oid = extension.oid;
        match (extension.critical, critical) {
            (true, false) => {
                let deviation = Deviation::MustNotBeCritical { oid, clause };
                self.deviations.push(deviation);
            }
            (false, true) => {
                let deviation = Deviation::MustBeCritical { oid, clause };
                self.deviations.push(deviation);
            }
            _ => {}
        }
    }
}
