//! `chancery bench path`.

use std::hint::black_box;

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_path::{PathCertificate, Settings, Store, TrustAnchor, validate};
use chancery_x509::extension::{self, KeyUsage};
use chancery_x509::{
    Attribute, AttributeKind, Certificate, CertificateList, Crypto, Extension, Name, PublicKeyInfo,
    SerialNumber, TbsCertList, TbsCertificate,
};

use super::{measure, print};
use crate::{cli::Bench, failure::Failure};

/// 2026-11-20T05:33:53Z: any time will do.
const NOW: i64 = 1_795_152_833;
const DAY: i64 = 86_400;

/// Validates a path of three certificates, trust anchor included, with both lists at hand; the end entity's certificate is read anew each
/// time. It needs two signatures verified.
pub fn path(words: &Bench) -> Result<(), Failure> {
    for (name, algorithm) in [
        ("path/rsa-2048", KeyAlgorithm::Rsa2048),
        ("path/ec-p256", KeyAlgorithm::EcP256),
    ] {
        let chain = Chain::new(algorithm)?;
        let settings = Settings::at(NOW);
        let work = || {
            let leaf = Certificate::from_der(&chain.leaf)
                .map_err(|error| Failure::because("the certificate", &error))?;
            let leaf = PathCertificate::new(leaf);
            let path = validate(&leaf, &chain.store, &settings, &AwsLc)
                .map_err(|error| Failure::because("the path", &error))?;
            black_box(path);
            Ok(())
        };
        let bare = || {
            for (certificate, issuer) in &chain.signatures {
                let algorithm = certificate
                    .signature_algorithm()
                    .map_err(|error| Failure::because("the algorithm", &error))?;
                AwsLc
                    .verify(
                        algorithm,
                        issuer.as_der(),
                        certificate.tbs_der(),
                        certificate.signature(),
                    )
                    .map_err(|error| Failure::because("the signature", &error))?;
            }
            Ok(())
        };
        print(&measure(name, words.seconds, work, bare)?, words.json)?;
    }
    Ok(())
}

/// What is validated, and the signatures that this needs verified.
struct Chain {
    leaf: Vec<u8>,
    store: Store,
    signatures: [(Certificate, PublicKeyInfo); 2],
}

impl Chain {
    fn new(algorithm: KeyAlgorithm) -> Result<Self, Failure> {
        let root = Party::new("Bench Root", algorithm)?;
        let authority = Party::new("Bench Authority", algorithm)?;
        let person = Party::new("Bench Person", algorithm)?;
        let is_authority = [
            extension::basic_constraints(true, None),
            extension::key_usage(KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN),
        ];
        let root_certificate = root.certify(&root, &is_authority)?;
        let authority_certificate = root.certify(&authority, &is_authority)?;
        let usages = [extension::key_usage(KeyUsage::DIGITAL_SIGNATURE)];
        let leaf = authority.certify(&person, &usages)?;
        let mut store = Store::new();
        store.add_anchor(TrustAnchor::from_certificate(&root_certificate));
        store.add_certificate(authority_certificate.clone());
        store.add_list(root.list()?);
        store.add_list(authority.list()?);
        Ok(Self {
            leaf: leaf.as_der().to_vec(),
            store,
            signatures: [
                (authority_certificate, root.public_key),
                (leaf, authority.public_key),
            ],
        })
    }
}

struct Party {
    name: Name,
    key: SoftwareKey,
    public_key: PublicKeyInfo,
}

impl Party {
    fn new(name: &str, algorithm: KeyAlgorithm) -> Result<Self, Failure> {
        let refused = |error: &dyn std::error::Error| Failure::because("no key", error);
        let key = SoftwareKey::generate(algorithm).map_err(|error| refused(&error))?;
        let name = [
            Attribute::new(AttributeKind::CountryName, "CZ"),
            Attribute::new(AttributeKind::OrganizationName, "Příklad a.s."),
            Attribute::new(AttributeKind::CommonName, name),
        ];
        Ok(Self {
            name: Name::new(name).map_err(|error| refused(&error))?,
            public_key: PublicKeyInfo::from_der(key.public_key())
                .map_err(|error| refused(&error))?,
            key,
        })
    }

    fn certify(&self, subject: &Self, extensions: &[Extension]) -> Result<Certificate, Failure> {
        let refused = |error: &dyn std::error::Error| Failure::because("no certificate", error);
        let identifier = |party: &Self| party.public_key.key_identifier(&AwsLc);
        let mut extensions = extensions.to_vec();
        extensions.push(extension::subject_key_identifier(&identifier(subject)));
        extensions.push(extension::authority_key_identifier(&identifier(self)));
        let tbs = TbsCertificate {
            serial: SerialNumber::new(&[1, 2, 3, 4, 5, 6, 7, 8])
                .map_err(|error| refused(&error))?,
            signature: self.key.algorithm(),
            issuer: self.name.clone(),
            not_before: NOW - DAY,
            not_after: NOW + DAY,
            subject: subject.name.clone(),
            subject_public_key: subject.public_key.clone(),
            extensions,
        };
        let der = tbs.to_der().map_err(|error| refused(&error))?;
        let signature = self.key.sign(&der).map_err(|error| refused(&error))?;
        Certificate::assemble(&der, self.key.algorithm(), &signature)
            .map_err(|error| refused(&error))
    }

    fn list(&self) -> Result<CertificateList, Failure> {
        let refused = |error: &dyn std::error::Error| Failure::because("no list", error);
        let tbs = TbsCertList {
            signature: self.key.algorithm(),
            issuer: self.name.clone(),
            this_update: NOW - DAY,
            next_update: NOW + DAY,
            number: 1,
            authority_key_identifier: self.public_key.key_identifier(&AwsLc),
            issuing_distribution_point: None,
        };
        let der = tbs.to_der([]).map_err(|error| refused(&error))?;
        let signature = self.key.sign(&der).map_err(|error| refused(&error))?;
        let list = CertificateList::assemble(&der, self.key.algorithm(), &signature);
        CertificateList::from_der(&list).map_err(|error| refused(&error))
    }
}
