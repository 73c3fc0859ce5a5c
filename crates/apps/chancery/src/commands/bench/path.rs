//! `chancery bench path`.

use std::hint::black_box;

use chancery_keys::{AwsLc, KeyAlgorithm, Signer};
use chancery_path::{PathCertificate, Settings, Store, TrustAnchor, validate};
use chancery_x509::extension::{self, KeyUsage};
use chancery_x509::{Certificate, CertificateList, Crypto, PublicKeyInfo, TbsCertList};

use super::{
    measure,
    party::{DAY, NOW, Party},
    print,
};
use crate::{cli::Bench, failure::Failure};

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
        store.add_list(list(&root)?);
        store.add_list(list(&authority)?);
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

/// A list of an authority, on which nobody stands.
fn list(issuer: &Party) -> Result<CertificateList, Failure> {
    let refused = |error: &dyn std::error::Error| Failure::because("no list", error);
    let tbs = TbsCertList {
        signature: issuer.key.algorithm(),
        issuer: issuer.name.clone(),
        this_update: NOW - DAY,
        next_update: NOW + DAY,
        number: 1,
        authority_key_identifier: issuer.public_key.key_identifier(&AwsLc),
        issuing_distribution_point: None,
    };
    let der = tbs.to_der([]).map_err(|error| refused(&error))?;
    let signature = issuer.key.sign(&der).map_err(|error| refused(&error))?;
    let list = CertificateList::assemble(&der, issuer.key.algorithm(), &signature);
    CertificateList::from_der(&list).map_err(|error| refused(&error))
}
