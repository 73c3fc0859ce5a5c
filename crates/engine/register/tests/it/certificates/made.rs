//! Authorities, certificates, lists and tokens, made here.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use chancery_keys::{AwsLc, KeyAlgorithm, SecretKey, Signer, SoftwareKey};
use chancery_path::Fetch;
use chancery_register::{
    AnchorTerms, Certificates, EnrolCertificate, Fetched, Fetcher, PersonId, Principal, Role,
};
use chancery_x509::extension::{self, KeyUsage, PolicyInformation};
use chancery_x509::{
    Attribute, AttributeKind, Certificate, CertificateList, Crypto, DigestAlgorithm, Extension,
    Name, ObjectIdentifier, PublicKeyInfo, RevocationReason, RevokedCertificate, SerialNumber,
    SignatureAlgorithm, TbsCertList, TbsCertificate, asn1, oid,
};
use zeroize::Zeroizing;

use crate::world::*;

pub const ORIGIN: &str = "https://portal.example";
pub const DAY: i64 = 86_400;
const CRL: &str = "http://status.example/root.crl";

/// A key with its certificate.
pub struct Holder {
    pub key: SoftwareKey,
    pub certificate: Certificate,
}

/// What a certificate shall say.
pub struct Spec {
    pub subject: &'static str,
    pub serial: u8,
    pub not_before: i64,
    pub not_after: i64,
    pub extensions: Vec<Extension>,
    pub key: KeyAlgorithm,
}

impl Spec {
    pub fn leaf(usage: KeyUsage, purposes: &[ObjectIdentifier]) -> Self {
        let mut extensions = vec![
            extension::key_usage(usage),
            extension::crl_distribution_points(&[CRL]),
        ];
        if !purposes.is_empty() {
            extensions.push(extension::extended_key_usage(purposes));
        }
        Self {
            subject: "Jana Nováková",
            serial: 7,
            not_before: NOW.as_secs() - DAY,
            not_after: NOW.as_secs() + 300 * DAY,
            extensions,
            key: KeyAlgorithm::EcP256,
        }
    }

    pub fn signing() -> Self {
        Self::leaf(
            KeyUsage::DIGITAL_SIGNATURE,
            &[oid::EKU_CLIENT_AUTH, oid::EKU_EMAIL_PROTECTION],
        )
    }

    pub fn encryption() -> Self {
        Self::leaf(KeyUsage::KEY_AGREEMENT, &[oid::EKU_EMAIL_PROTECTION])
    }

    pub fn dual() -> Self {
        Self::leaf(
            KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_AGREEMENT,
            &[oid::EKU_CLIENT_AUTH, oid::EKU_EMAIL_PROTECTION],
        )
    }

    pub fn authority(subject: &'static str) -> Self {
        Self {
            subject,
            serial: 1,
            not_before: NOW.as_secs() - 10 * DAY,
            not_after: NOW.as_secs() + 3000 * DAY,
            extensions: vec![
                extension::basic_constraints(true, None),
                extension::key_usage(KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN),
                extension::crl_distribution_points(&[CRL]),
            ],
            key: KeyAlgorithm::EcP256,
        }
    }

    pub fn with(mut self, extension: Extension) -> Self {
        self.extensions.push(extension);
        self
    }

    pub fn policy(self, policy: ObjectIdentifier) -> Self {
        self.with(extension::certificate_policies(vec![PolicyInformation {
            policy,
            qualifiers: Vec::new(),
        }]))
    }

    pub fn serial(mut self, serial: u8) -> Self {
        self.serial = serial;
        self
    }

    pub fn key(mut self, key: KeyAlgorithm) -> Self {
        self.key = key;
        self
    }

    pub fn validity(mut self, from_day: i64, to_day: i64) -> Self {
        self.not_before = NOW.as_secs() + from_day * DAY;
        self.not_after = NOW.as_secs() + to_day * DAY;
        self
    }

    pub fn by(self, issuer: &Holder) -> Holder {
        self.make(Some(issuer))
    }

    pub fn by_itself(self) -> Holder {
        self.make(None)
    }

    fn make(self, issuer: Option<&Holder>) -> Holder {
        let key = SoftwareKey::generate(self.key).unwrap();
        let public = PublicKeyInfo::from_der(key.public_key()).unwrap();
        let subject = Attribute::new(AttributeKind::CommonName, self.subject);
        let subject = Name::new([subject]).unwrap();
        let signer = issuer.map_or(&key, |issuer| &issuer.key);
        let issuer_name = issuer.map_or(&subject, |issuer| issuer.certificate.subject());
        let mut extensions = self.extensions;
        extensions.push(extension::subject_key_identifier(
            &public.key_identifier(&AwsLc),
        ));
        extensions.push(extension::authority_key_identifier(&key_id(signer)));
        let tbs = TbsCertificate {
            serial: SerialNumber::new(&[1, 2, 3, 4, 5, 6, 7, self.serial]).unwrap(),
            signature: signer.algorithm(),
            issuer: issuer_name.clone(),
            not_before: self.not_before,
            not_after: self.not_after,
            subject,
            subject_public_key: public,
            extensions,
        };
        let tbs = tbs.to_der().unwrap();
        let signature = signer.sign(&tbs).unwrap();
        let certificate = Certificate::assemble(&tbs, signer.algorithm(), &signature).unwrap();
        Holder { key, certificate }
    }
}

fn key_id(key: &SoftwareKey) -> Vec<u8> {
    let public = PublicKeyInfo::from_der(key.public_key()).unwrap();
    public.key_identifier(&AwsLc)
}

impl Holder {
    /// A list of what this authority revoked.
    pub fn list(&self, revoked: &[(&Certificate, RevocationReason)]) -> Vec<u8> {
        let list = TbsCertList {
            signature: self.key.algorithm(),
            issuer: self.certificate.subject().clone(),
            this_update: NOW.as_secs() - 60,
            next_update: NOW.as_secs() + 400 * DAY,
            number: 1,
            authority_key_identifier: key_id(&self.key),
            issuing_distribution_point: None,
        };
        let entries = revoked
            .iter()
            .map(|(certificate, reason)| RevokedCertificate {
                serial: certificate.serial(),
                revoked_at: NOW.as_secs() - 30,
                reason: *reason,
                invalid_since: None,
            });
        let tbs = list.to_der(entries).unwrap();
        let signed = self.key.sign(&tbs).unwrap();
        CertificateList::assemble(&tbs, self.key.algorithm(), &signed)
    }

    /// A token as a card makes it with a key on P-256.
    pub fn token(&self, origin: &str, nonce: &str) -> String {
        self.token_for(&self.certificate, origin, nonce)
    }

    /// A token that claims this certificate, signed with this holder's key.
    pub fn token_for(&self, claimed: &Certificate, origin: &str, nonce: &str) -> String {
        let digest = |text: &str| AwsLc.digest(DigestAlgorithm::Sha256, text.as_bytes());
        let message = [digest(origin), digest(nonce)].concat();
        let algorithm = SignatureAlgorithm::EcdsaSha256;
        let signed = self.key.sign_with(algorithm, &message).unwrap();
        let mut both = asn1::Reader::sequence(&signed, "signature").unwrap();
        let mut raw = Vec::new();
        for _ in 0..2 {
            let number = both.integer("number").unwrap();
            let number = number.strip_prefix(&[0]).unwrap_or(number);
            raw.resize(raw.len() + 32 - number.len(), 0);
            raw.extend_from_slice(number);
        }
        serde_json::json!({
            "unverifiedCertificate": STANDARD.encode(claimed.as_der()),
            "algorithm": "ES256",
            "signature": STANDARD.encode(raw),
            "format": "web-eid:1.0",
            "appVersion": "chancery",
        })
        .to_string()
    }
}

/// The web, as far as it reaches: what is published where, and how often it was asked.
#[derive(Default)]
pub struct Web {
    pages: Mutex<HashMap<String, Vec<u8>>>,
    asked: Mutex<usize>,
}

impl Fetcher for Web {
    fn fetch<'a>(&'a self, fetch: &'a Fetch) -> Fetched<'a> {
        *self.asked.lock().unwrap() += 1;
        let page = self.pages.lock().unwrap().get(&fetch.url).cloned();
        Box::pin(async move { page })
    }
}

impl Web {
    pub fn publish(&self, list: Vec<u8>) {
        self.pages.lock().unwrap().insert(CRL.to_owned(), list);
    }

    pub fn go_dark(&self) {
        self.pages.lock().unwrap().clear();
    }

    pub fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

/// A register that supports one authority, which publishes an empty list.
pub struct Scene {
    pub world: World,
    pub certificates: Certificates,
    pub web: Arc<Web>,
    pub root: Holder,
    pub operator: Principal,
    pub jana: Principal,
}

pub async fn scenes() -> Vec<Scene> {
    let mut scenes = Vec::new();
    for world in worlds().await {
        let scene = Scene::bare(world).await;
        let terms = AnchorTerms::new(true);
        scene.support(&scene.root, &terms).await;
        scene.web.publish(scene.root.list(&[]));
        scenes.push(scene);
    }
    scenes
}

impl Scene {
    /// Supports nobody yet.
    pub async fn bare(world: World) -> Self {
        let web = Arc::new(Web::default());
        let certificates = Certificates::new(world.register.clone(), web.clone(), ORIGIN);
        let mut operator = world.subscriber("operator@example.cz").await;
        operator.roles = [Role::CaOperator].into_iter().collect();
        operator.level = chancery_register::AuthLevel::TwoFactor;
        let jana = world.subscriber("jana@example.cz").await;
        Self {
            root: Spec::authority("Root").by_itself(),
            certificates,
            web,
            operator,
            jana,
            world,
        }
    }

    pub async fn support(
        &self,
        authority: &Holder,
        terms: &AnchorTerms,
    ) -> chancery_register::AnchorId {
        let permission = chancery_register::Permission::OperateAuthorities;
        let granted = self.operator.require(permission).unwrap();
        let der = authority.certificate.as_der();
        let added = self.world.register.add_anchor(&granted, der, terms, NOW);
        added.await.unwrap()
    }

    pub fn for_jana(&self, file: &[u8]) -> EnrolCertificate {
        enrol(self.jana.person, file)
    }
}

pub fn enrol(holder: PersonId, file: &[u8]) -> EnrolCertificate {
    EnrolCertificate {
        holder,
        participant: None,
        file: Zeroizing::new(file.to_vec()),
        uses: None,
        proof: None,
    }
}
