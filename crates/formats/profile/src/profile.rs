//! A certificate profile: what a kind of certificate contains and which requests for it are refused.

use const_oid::ObjectIdentifier;

use crate::file::{AccessEntry, AltNameKind, Curve};
use crate::usage::KeyUsageBit;
use crate::{Generation, Presence, SmimeType, SubjectAttribute, SubjectData};

/// A certificate profile, read from its file by [`Profile::from_toml`] and checked against the rules of its kind.
#[derive(Clone, Debug)]
pub struct Profile {
    pub(crate) name: String,
    pub(crate) summary: String,
    pub(crate) kind: Kind,
    pub(crate) issued_by: Vec<IssuedBy>,
    pub(crate) default_days: u32,
    pub(crate) maximum_days: u32,
    pub(crate) key: KeyRules,
    pub(crate) attributes: Vec<(SubjectAttribute, Presence)>,
    pub(crate) extensions: ExtensionRules,
}

/// What a certificate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A root authority: signs itself and authorities below it.
    Root,
    /// An authority that issues to subscribers.
    Issuing,
    /// A delegated OCSP responder (RFC 6960 section 4.2.2.2).
    OcspResponder,
    /// A TLS server of the environment itself or of a participant; not for the public web.
    TlsServer,
    /// A person's device, which logs in for them (TLS client); short-lived, for it renews itself.
    Device,
    /// An S/MIME certificate.
    Smime {
        /// Who the subject is.
        subject_type: SmimeType,
        /// The generation of rules.
        generation: Generation,
    },
}

impl Kind {
    /// The word used in profile files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Issuing => "issuing",
            Self::OcspResponder => "ocsp-responder",
            Self::TlsServer => "tls-server",
            Self::Device => "device",
            Self::Smime { .. } => "smime",
        }
    }

    /// Whether certificates of this kind may sign other certificates.
    #[must_use]
    pub const fn is_authority(self) -> bool {
        matches!(self, Self::Root | Self::Issuing)
    }
}

/// A profile whose authorities may issue certificates of this one, and where the file says so.
#[derive(Clone, Debug)]
pub(crate) struct IssuedBy {
    pub name: String,
    pub line: usize,
    pub column: usize,
}

/// Which public keys are certified.
#[derive(Clone, Debug)]
pub struct KeyRules {
    /// Smallest and largest RSA modulus in bits, where RSA is allowed.
    pub rsa_bits: Option<(u32, u32)>,
    /// The curves allowed for ECDSA and ECDH.
    pub curves: Vec<Curve>,
    /// Whether Ed25519 is allowed.
    pub ed25519: bool,
}

/// What the extensions of a certificate hold.
#[derive(Clone, Debug)]
pub struct ExtensionRules {
    /// Whether `basicConstraints` is there, and its two fields.
    pub basic_constraints: Option<(bool, Option<u8>)>,
    /// Key usage bits of an RSA key.
    pub rsa_usage: Vec<KeyUsageBit>,
    /// Key usage bits of an elliptic-curve key.
    pub ec_usage: Vec<KeyUsageBit>,
    /// Key usage bits of an Ed25519 key.
    pub ed25519_usage: Vec<KeyUsageBit>,
    /// Key purposes; empty means no extension.
    pub purposes: Vec<ObjectIdentifier>,
    /// Certificate policies; empty means no extension.
    pub policies: Vec<ObjectIdentifier>,
    /// What the subject alternative name holds; empty means no extension.
    pub alt_names: Vec<AltNameKind>,
    /// Whether the address of the CRL is there.
    pub crl_distribution_point: bool,
    /// Which addresses of the issuer are there.
    pub access: Vec<AccessEntry>,
    /// Whether `id-pkix-ocsp-nocheck` is there (RFC 6960 section 4.2.2.2.1).
    pub ocsp_no_check: bool,
}

impl Profile {
    /// The name, which is the name of the file without `.toml`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One line that says what the certificate is for.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// What the certificate is for.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The names of the profiles whose authorities may issue this certificate.
    pub fn issued_by(&self) -> impl Iterator<Item = &str> {
        self.issued_by.iter().map(|issuer| issuer.name.as_str())
    }

    /// Days of validity when nobody asks for another number.
    #[must_use]
    pub const fn default_days(&self) -> u32 {
        self.default_days
    }

    /// The longest validity in days of 86,400 seconds.
    #[must_use]
    pub const fn maximum_days(&self) -> u32 {
        self.maximum_days
    }

    /// Which keys are certified.
    #[must_use]
    pub const fn key_rules(&self) -> &KeyRules {
        &self.key
    }

    /// What the extensions hold.
    #[must_use]
    pub const fn extension_rules(&self) -> &ExtensionRules {
        &self.extensions
    }

    /// The attributes of the subject in the order in which they stand, and whether each must be there.
    #[must_use]
    pub fn subject_attributes(&self) -> &[(SubjectAttribute, Presence)] {
        &self.attributes
    }

    /// The common names that the rules allow for this subject, the most telling first (S/MIME BR 7.1.4.2.2 a).
    ///
    /// A personal name may also be written in another form that the subject prefers, as long as it is a meaningful
    /// representation of the verified one; whoever verifies the data decides on that.
    #[must_use]
    pub fn common_name_choices(&self, subject: &SubjectData) -> Vec<String> {
        let mut choices: Vec<String> = Vec::new();
        match self.kind {
            Kind::Smime { subject_type, .. } => {
                match subject_type {
                    SmimeType::Mailbox => {}
                    SmimeType::Organization => choices.extend(subject.organization.clone()),
                    SmimeType::Sponsor | SmimeType::Individual => {
                        choices.extend(subject.personal_name());
                    }
                }
                choices.extend(subject.emails.iter().cloned());
            }
            Kind::TlsServer => {
                choices.extend(subject.dns_names.iter().cloned());
                choices.extend(subject.ip_addresses.iter().map(ToString::to_string));
            }
            Kind::Root | Kind::Issuing | Kind::OcspResponder | Kind::Device => {
                choices.extend(subject.common_name.clone());
            }
        }
        choices
    }
}
