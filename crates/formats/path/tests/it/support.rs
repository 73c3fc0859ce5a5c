//! Certificates, lists and responses of every shape, the wrong ones too.

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_path::{
    FailureKind, InvalidPath, PathCertificate, Revocation, Settings, Store, TrustAnchor,
    ValidatedPath, validate,
};
use chancery_x509::asn1::{self, tag, tlv};
use chancery_x509::extension::{self, BasicConstraints, ExtensionValue, KeyUsage};
use chancery_x509::{
    Attribute, AttributeKind, Certificate, Extension, Name, ObjectIdentifier, PublicKeyInfo, oid,
    time,
};

/// 2026-11-20T05:33:53Z.
pub const NOW: i64 = 1_795_152_833;
pub const DAY: i64 = 86_400;

pub fn named(common_name: &str) -> Name {
    Name::new([Attribute::new(AttributeKind::CommonName, common_name)]).unwrap()
}

pub fn key() -> SoftwareKey {
    SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap()
}

pub fn key_id(key: &SoftwareKey) -> Vec<u8> {
    spki(key).key_identifier(&AwsLc)
}

pub fn spki(key: &SoftwareKey) -> PublicKeyInfo {
    PublicKeyInfo::from_der(key.public_key()).unwrap()
}

/// An RSASSA-PSS key of so many bits that nobody holds.
pub fn pss_key(bits: usize) -> Vec<u8> {
    let mut modulus = vec![0xa5; bits / 8];
    modulus.insert(0, 0);
    let key = asn1::sequence(&[&tlv(tag::INTEGER, &modulus), &tlv(tag::INTEGER, &[1, 0, 1])]);
    asn1::sequence(&[
        &asn1::sequence(&[&asn1::oid(&oid::RSASSA_PSS)]),
        &asn1::bit_string(&key),
    ])
}

/// What a certificate shall say; nothing is checked.
#[derive(Clone)]
pub struct Spec {
    pub version: u64,
    /// The content of the INTEGER.
    pub serial: Vec<u8>,
    pub subject: Vec<u8>,
    /// Of the issuer where empty.
    pub issuer: Vec<u8>,
    pub not_before: i64,
    pub not_after: i64,
    /// authorityKeyIdentifier comes on top unless `no_authority_key`.
    pub extensions: Vec<Extension>,
    pub no_authority_key: bool,
    /// `SubjectPublicKeyInfo`; of the holder's key where empty.
    pub public_key: Vec<u8>,
}

/// A key with a certificate.
pub struct Holder {
    pub key: SoftwareKey,
    pub name: Vec<u8>,
    pub der: Vec<u8>,
}

impl Spec {
    pub fn leaf(common_name: &str) -> Self {
        Self {
            version: 3,
            serial: vec![1, 2, 3, 4, 5, 6, 7, 8],
            subject: named(common_name).as_der().to_vec(),
            issuer: Vec::new(),
            not_before: NOW - DAY,
            not_after: NOW + DAY,
            extensions: Vec::new(),
            no_authority_key: false,
            public_key: Vec::new(),
        }
    }

    pub fn authority(common_name: &str) -> Self {
        Self::leaf(common_name)
            .with(extension::basic_constraints(true, None))
            .with(extension::key_usage(
                KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN,
            ))
    }

    /// With this extension, in the place of one of its kind.
    pub fn with(mut self, extension: Extension) -> Self {
        self = self.without(extension.oid);
        self.extensions.push(extension);
        self
    }

    pub fn without(mut self, oid: ObjectIdentifier) -> Self {
        self.extensions.retain(|extension| extension.oid != oid);
        self
    }

    pub fn serial(mut self, content: &[u8]) -> Self {
        self.serial = content.to_vec();
        self
    }

    pub fn by(&self, issuer: &Holder) -> Holder {
        self.make(key(), Some(issuer))
    }

    pub fn by_itself(&self) -> Holder {
        self.make(key(), None)
    }

    pub fn make(&self, key: SoftwareKey, issuer: Option<&Holder>) -> Holder {
        let signer = issuer.map_or(&key, |issuer| &issuer.key);
        let issuer_name = match issuer {
            _ if !self.issuer.is_empty() => &self.issuer,
            Some(issuer) => &issuer.name,
            None => &self.subject,
        };
        let mut extensions = self.extensions.clone();
        let is_ca = BasicConstraints::find(&extensions).ok().flatten();
        let has_own = extensions
            .iter()
            .any(|one| one.oid == oid::SUBJECT_KEY_IDENTIFIER);
        if is_ca.is_some_and(|constraints| constraints.ca) && !has_own {
            extensions.push(extension::subject_key_identifier(&key_id(&key)));
        }
        if !self.no_authority_key && issuer.is_some() {
            extensions.push(extension::authority_key_identifier(&key_id(signer)));
        }
        let extensions: Vec<_> = extensions
            .iter()
            .filter(|extension| !extension.value.is_empty())
            .map(Extension::to_der)
            .collect();
        let (version, extensions) = match self.version {
            1 => (Vec::new(), Vec::new()),
            version if extensions.is_empty() => (
                asn1::explicit(0, &asn1::integer_u64(version - 1)),
                Vec::new(),
            ),
            version => (
                asn1::explicit(0, &asn1::integer_u64(version - 1)),
                asn1::explicit(3, &asn1::sequence_of(&extensions)),
            ),
        };
        let algorithm = signer.algorithm().to_der();
        let tbs = asn1::sequence(&[
            &version,
            &tlv(tag::INTEGER, &self.serial),
            &algorithm,
            issuer_name,
            &asn1::sequence(&[
                &time::encode(self.not_before).unwrap(),
                &time::encode(self.not_after).unwrap(),
            ]),
            &self.subject,
            if self.public_key.is_empty() {
                key.public_key()
            } else {
                &self.public_key
            },
            &extensions,
        ]);
        let signature = signer.sign(&tbs).unwrap();
        let der = asn1::sequence(&[&tbs, &algorithm, &asn1::bit_string(&signature)]);
        Holder {
            key,
            name: self.subject.clone(),
            der,
        }
    }
}

impl Holder {
    pub fn certificate(&self) -> Certificate {
        Certificate::from_der(&self.der).unwrap()
    }

    pub fn ready(&self) -> PathCertificate {
        PathCertificate::new(self.certificate())
    }

    pub fn anchor(&self) -> TrustAnchor {
        TrustAnchor::from_der(&self.der).unwrap()
    }
}

/// Another certificate for the same name and key, by another issuer.
pub fn cross(of: &Holder, spec: &Spec, issuer: &Holder) -> Holder {
    let key = SoftwareKey::from_pkcs8(&of.key.to_pkcs8().unwrap()).unwrap();
    spec.make(key, Some(issuer))
}

/// What is at hand, and how it is asked.
pub struct World {
    pub store: Store,
    pub settings: Settings,
}

impl World {
    /// Trusts the root and knows these; revocation is not looked at.
    pub fn new(root: &Holder, others: &[&Holder]) -> Self {
        let mut store = Store::new();
        store.add_anchor(root.anchor());
        for other in others {
            // One that cannot be read is noted there.
            let _ = store.add_certificate_der(&other.der);
        }
        let settings = Settings {
            revocation: Revocation::Off,
            ..Settings::at(NOW)
        };
        Self { store, settings }
    }

    pub fn validate(&self, leaf: &Holder) -> Result<ValidatedPath, InvalidPath> {
        validate(&leaf.ready(), &self.store, &self.settings, &AwsLc)
    }

    /// The first reason; none where the path is valid.
    pub fn reason(&self, leaf: &Holder) -> Option<FailureKind> {
        let result = self.validate(leaf);
        result
            .err()
            .map(|invalid| invalid.failures()[0].kind.clone())
    }
}

/// Root, authority and what the authority's certificate shall say.
pub fn chain(authority: Spec) -> (Holder, Holder) {
    let root = Spec::authority("Root").by_itself();
    let authority = authority.by(&root);
    (root, authority)
}

/// What validation says of this leaf under this authority.
pub fn verdict(authority: Spec, leaf: Spec) -> Option<FailureKind> {
    let (root, authority) = chain(authority);
    let leaf = leaf.by(&authority);
    World::new(&root, &[&authority]).reason(&leaf)
}
