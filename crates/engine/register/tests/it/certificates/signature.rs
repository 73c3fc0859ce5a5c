//! Forms that are signed as documents.

use chancery_cms::signed::{
    AttributeOptions, SignStep, SignedDataOptions, SignedDataWriter, SignerOptions,
};
use chancery_cms::{Attribute, certificates_only, oid as cms};
use chancery_keys::{AwsLc, SecretKey, SoftwareKey};
use chancery_register::{
    AnchorPurpose, AnchorTerms, CertificateLogInError, MAX_SIGNATURE, Principal, SignatureError,
    SignedDocument, Uses,
};
use chancery_store::{Batch, CommitError};
use chancery_x509::extension::KeyUsage;
use chancery_x509::{KeyNeed, RevocationReason, SignatureAlgorithm, asn1, oid};

use super::made::*;
use crate::world::*;

const FORM: &[u8] = "Žádost o certifikát\nČíslo: O-2026-000001-1\n".as_bytes();

type Result = std::result::Result<SignedDocument, SignatureError>;

/// How a form is signed.
struct Signing<'a> {
    by: Vec<(&'a SoftwareKey, SignerOptions)>,
    options: SignedDataOptions,
}

impl<'a> Signing<'a> {
    /// As the page of the portal does.
    fn by(holder: &'a Holder) -> Self {
        let signer = SignerOptions {
            certificate: holder.certificate.clone(),
            algorithm: SignatureAlgorithm::EcdsaSha256,
            by_key_identifier: false,
            attributes: Some(AttributeOptions::at(NOW.as_secs() - 5)),
        };
        Self {
            by: vec![(&holder.key, signer)],
            options: SignedDataOptions {
                detached: true,
                certificates: vec![holder.certificate.clone()],
                ..SignedDataOptions::default()
            },
        }
    }

    fn attributes(mut self, change: impl FnOnce(&mut AttributeOptions)) -> Self {
        change(self.by[0].1.attributes.as_mut().unwrap());
        self
    }

    fn options(mut self, change: impl FnOnce(&mut SignedDataOptions)) -> Self {
        change(&mut self.options);
        self
    }

    fn and(mut self, other: Self) -> Self {
        self.by.extend(other.by);
        self.options.certificates.extend(other.options.certificates);
        self
    }

    fn over(self, content: &[u8]) -> Vec<u8> {
        let (keys, signers): (Vec<_>, Vec<_>) = self.by.into_iter().unzip();
        let mut writer = SignedDataWriter::new(signers, self.options, &AwsLc).unwrap();
        let mut out = Vec::new();
        writer.content(content, &mut out).unwrap();
        let (mut signing, mut step) = writer.finish().unwrap();
        loop {
            match step {
                SignStep::Need { signer, need } => {
                    let KeyNeed::Sign { algorithm, message } = need else {
                        panic!("another use of the key");
                    };
                    let signature = keys[signer].sign_with(algorithm, &message).unwrap();
                    step = signing.resume(&signature).unwrap();
                }
                SignStep::Done(rest) => {
                    out.extend(rest);
                    return out;
                }
                SignStep::Stamp { .. } => panic!("no time-stamp was asked for"),
            }
        }
    }
}

impl Scene {
    async fn verified(&self, who: &Principal, signature: Vec<u8>) -> Result {
        self.certificates
            .verify_document(who, FORM.to_vec(), signature, NOW)
            .await
    }

    async fn signed_by(&self, holder: &Holder) -> Result {
        self.verified(&self.jana, Signing::by(holder).over(FORM))
            .await
    }
}

fn of_certificate(result: Result) -> CertificateLogInError {
    match result {
        Err(SignatureError::Certificate(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_form_is_signed_with_a_registered_certificate() {
    for scene in scenes().await {
        for spec in [Spec::signing(), Spec::dual().serial(8)] {
            let holder = scene.registered(spec).await;
            let signature = Signing::by(&holder).over(FORM);
            let signed = scene.verified(&scene.jana, signature.clone()).await;
            let signed = signed.unwrap();
            assert_eq!(signed.document(), FORM);
            assert_eq!(signed.signature(), signature);
            assert_eq!(signed.signer(), scene.jana.person);
            assert_eq!(signed.certificate(), &holder.certificate);
            assert_eq!(signed.claimed_at().as_secs(), NOW.as_secs() - 5);
        }
    }
}

#[tokio::test]
async fn another_document_is_told_from_a_wrong_signature() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let other = Signing::by(&holder).over(&FORM[1..]);
        let refused = scene.verified(&scene.jana, other).await;
        assert!(matches!(refused, Err(SignatureError::OtherDocument)));

        let mut altered = Signing::by(&holder).over(FORM);
        let last = altered.len() - 1;
        altered[last] ^= 1;
        let refused = scene.verified(&scene.jana, altered).await;
        assert!(
            matches!(refused, Err(SignatureError::Wrong(_))),
            "{refused:?}"
        );
        // Wrong, over another document.
        let mut altered = Signing::by(&holder).over(b"another");
        let last = altered.len() - 1;
        altered[last] ^= 1;
        let refused = scene.verified(&scene.jana, altered).await;
        assert!(
            matches!(refused, Err(SignatureError::Wrong(_))),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn only_one_signature_beside_the_document_will_do() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let second = scene.registered(Spec::signing().serial(8)).await;
        let jana = &scene.jana;
        let sign = || Signing::by(&holder);

        let embedded = sign()
            .options(|options| options.detached = false)
            .over(FORM);
        let refused = scene.verified(jana, embedded).await;
        assert!(matches!(refused, Err(SignatureError::Embedded)));
        let empty = sign().options(|options| options.detached = false).over(b"");
        let refused = scene.verified(jana, empty).await;
        assert!(matches!(refused, Err(SignatureError::Embedded)));

        let both = sign().and(Signing::by(&second)).over(FORM);
        let refused = scene.verified(jana, both).await;
        assert!(matches!(refused, Err(SignatureError::Signers { count: 2 })));
        let nobody = certificates_only(std::slice::from_ref(&holder.certificate));
        let refused = scene.verified(jana, nobody).await;
        assert!(matches!(refused, Err(SignatureError::Signers { count: 0 })));

        let crl = scene.root.list(&[]);
        let others = (30..40).map(|serial| Spec::signing().serial(serial).by(&scene.root));
        let mut many: Vec<_> = others.map(|other| other.certificate).collect();
        many.push(holder.certificate.clone());
        let mut bare = sign();
        bare.by[0].1.attributes = None;
        for profile in [
            bare,
            sign().attributes(|attributes| attributes.signing_certificate = false),
            sign().attributes(|attributes| attributes.signing_time = None),
            sign().options(|options| options.content_type = cms::SIGNED_DATA),
            sign().options(|options| options.revocation_lists = vec![crl.clone()]),
            sign().options(|options| options.certificates = many.clone()),
        ] {
            let refused = scene.verified(jana, profile.over(FORM)).await;
            assert!(
                matches!(refused, Err(SignatureError::Profile(_))),
                "{refused:?}"
            );
        }
        let added = with_unsigned_attribute(&sign().over(FORM));
        let refused = scene.verified(jana, added).await;
        assert!(
            matches!(refused, Err(SignatureError::Profile(_))),
            "{refused:?}"
        );

        let nameless = sign().options(|options| options.certificates.clear());
        let refused = scene.verified(jana, nameless.over(FORM)).await;
        assert!(
            matches!(refused, Err(SignatureError::Wrong(_))),
            "{refused:?}"
        );

        let mut trailing = sign().over(FORM);
        trailing.push(0);
        for unreadable in [Vec::new(), b"signed, Jana".to_vec(), trailing] {
            let refused = scene.verified(jana, unreadable).await;
            assert!(
                matches!(refused, Err(SignatureError::Unreadable(_))),
                "{refused:?}"
            );
        }
        let huge = vec![0x30; MAX_SIGNATURE + 1];
        let refused = scene.verified(jana, huge).await;
        assert!(matches!(refused, Err(SignatureError::TooLarge { .. })));
    }
}

/// What anybody can hang on a signature.
fn with_unsigned_attribute(signature: &[u8]) -> Vec<u8> {
    let attribute = Attribute::new(cms::CONTENT_TYPE, asn1::oid(&cms::DATA));
    let unsigned = asn1::tlv(asn1::tag::context_constructed(1), &attribute.to_der());
    let signed = inside(inside(signature, &[asn1::tag::OID]).0, &[]).0;
    let mut fields = asn1::Reader::sequence(signed, "signed data").unwrap();
    let mut parts = Vec::new();
    while let Some(tag) = fields.peek() {
        parts.push(fields.raw(tag, "field").unwrap().to_vec());
    }
    let last = parts.pop().unwrap();
    let (only, _) = inside(&last, &[]);
    let content = asn1::Reader::new(only, "signer")
        .read(asn1::tag::SEQUENCE, "signer")
        .unwrap();
    let extended = asn1::sequence(&[content, &unsigned]);
    parts.push(asn1::tlv(asn1::tag::SET, &extended));
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    let signed = asn1::explicit(0, &asn1::sequence(&parts));
    asn1::sequence(&[&asn1::oid(&cms::SIGNED_DATA), &signed])
}

/// What is in an element, behind these.
fn inside<'a>(der: &'a [u8], skipped: &[u8]) -> (&'a [u8], u8) {
    let mut outer = asn1::Reader::new(der, "element");
    let tag = outer.peek().unwrap();
    let mut reader = asn1::Reader::new(outer.read(tag, "element").unwrap(), "content");
    for tag in skipped {
        reader.read(*tag, "skipped").unwrap();
    }
    (reader.rest(), tag)
}

#[tokio::test]
async fn only_the_persons_own_registered_certificates_sign() {
    for scene in scenes().await {
        let jana = &scene.jana;
        let strange = Spec::signing().serial(20).by(&scene.root);
        let refused = scene.signed_by(&strange).await;
        assert!(matches!(refused, Err(SignatureError::NotTheirs)));

        let petr = scene.world.subscriber("petr@example.cz").await;
        let his = Spec::signing().serial(21).by(&scene.root);
        scene.prove_anew(&petr, &his).await;
        let refused = scene.signed_by(&his).await;
        assert!(matches!(refused, Err(SignatureError::NotTheirs)));
        // Nor does she by saying that it is hers.
        let said = enrol(jana.person, his.certificate.as_der());
        assert!(scene.certificates.enrol(jana, &said, NOW).await.is_err());

        // Look-alikes: the same names and numbers, from an authority of the same name.
        let holder = scene.registered(Spec::signing()).await;
        let forged_root = Spec::authority("Root").by_itself();
        let look_alike = Spec::signing().by(&forged_root);
        let refused = scene.signed_by(&look_alike).await;
        assert!(matches!(refused, Err(SignatureError::NotTheirs)));
        // Her certificate, his key.
        let forged = Signing::by(&look_alike)
            .options(|options| options.certificates = vec![holder.certificate.clone()]);
        let refused = scene.verified(jana, forged.over(FORM)).await;
        assert!(matches!(refused, Err(SignatureError::Wrong(_))));
        // The signer's certificate is hers, the attribute binds to it; his is beside it.
        let beside = Signing::by(&holder).options(|options| {
            options
                .certificates
                .insert(0, look_alike.certificate.clone());
        });
        let signed = scene.verified(jana, beside.over(FORM)).await.unwrap();
        assert_eq!(signed.certificate(), &holder.certificate);
        // And another person submits nothing with it.
        let signature = Signing::by(&holder).over(FORM);
        let refused = scene.verified(&petr, signature).await;
        assert!(matches!(refused, Err(SignatureError::NotTheirs)));
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_proved_to_hold_signs_nothing() {
    for scene in scenes().await {
        let leaf = Spec::signing().by(&scene.root);
        let said = scene.for_jana(leaf.certificate.as_der());
        let enrolled = scene.certificates.enrol(&scene.jana, &said, NOW).await;
        enrolled.unwrap();
        assert!(matches!(
            of_certificate(scene.signed_by(&leaf).await),
            CertificateLogInError::NotProved
        ));

        let usage = KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_AGREEMENT;
        let spec = Spec::leaf(usage, &[oid::EKU_EMAIL_PROTECTION]).serial(9);
        let for_mail = spec.by(&scene.root);
        let mut enrol = scene.for_jana(for_mail.certificate.as_der());
        enrol.uses = Some(Uses {
            signing: false,
            encryption: true,
        });
        enrol.proof = Some(scene.proof(&scene.jana, &for_mail).await);
        let enrolled = scene.certificates.enrol(&scene.jana, &enrol, NOW).await;
        enrolled.unwrap();
        let refused = scene.signed_by(&for_mail).await;
        assert!(matches!(refused, Err(SignatureError::NotTheirs)));
    }
}

#[tokio::test]
async fn a_certificate_must_be_good_on_that_day_and_made_for_it() {
    for scene in scenes().await {
        let log_in_only = Spec::leaf(KeyUsage::DIGITAL_SIGNATURE, &[oid::EKU_CLIENT_AUTH]);
        let holder = scene.registered(log_in_only).await;
        assert!(matches!(
            of_certificate(scene.signed_by(&holder).await),
            CertificateLogInError::PurposeMissing
        ));

        let holder = scene.registered(Spec::signing().serial(8)).await;
        let signature = Signing::by(&holder).over(FORM);
        let late = NOW.plus(std::time::Duration::from_hours(301 * 24));
        let verify = async |now| {
            let certificates = &scene.certificates;
            let (form, signature) = (FORM.to_vec(), signature.clone());
            certificates
                .verify_document(&scene.jana, form, signature, now)
                .await
        };
        assert!(matches!(
            of_certificate(verify(late).await),
            CertificateLogInError::Expired { .. }
        ));

        scene.web.go_dark();
        assert!(matches!(
            of_certificate(verify(NOW).await),
            CertificateLogInError::RevocationUnknown(_)
        ));
        let held = [(&holder.certificate, RevocationReason::CertificateHold)];
        scene.web.publish(scene.root.list(&held));
        assert!(matches!(
            of_certificate(verify(NOW).await),
            CertificateLogInError::Suspended { .. }
        ));
        scene.web.publish(scene.root.list(&[]));
        let before = verify(NOW).await.unwrap();

        let revoked = [(&holder.certificate, RevocationReason::KeyCompromise)];
        scene.web.publish(scene.root.list(&revoked));
        assert!(matches!(
            of_certificate(verify(NOW).await),
            CertificateLogInError::Revoked { .. }
        ));
        // What was verified a moment before is not kept any more, either.
        let mut batch = Batch::new();
        before.guard(&mut batch);
        let kept = scene.world.store.commit(batch).await;
        assert!(
            matches!(kept, Err(CommitError::Conflict { .. })),
            "{kept:?}"
        );
    }
}

#[tokio::test]
async fn an_authority_must_be_supported_for_signing() {
    for world in worlds().await {
        let scene = Scene::bare(world).await;
        let anchor = scene.support(&scene.root, &AnchorTerms::new(true)).await;
        scene.web.publish(scene.root.list(&[]));
        let holder = scene.registered(Spec::signing()).await;
        scene.signed_by(&holder).await.unwrap();
        let permission = chancery_register::Permission::OperateAuthorities;
        let granted = scene.operator.require(permission).unwrap();
        let terms = AnchorTerms {
            purposes: vec![AnchorPurpose::LogIn, AnchorPurpose::Encrypt],
            ..AnchorTerms::new(true)
        };
        let register = &scene.world.register;
        let changed = register.change_anchor(&granted, anchor, &terms, NOW).await;
        changed.unwrap();
        assert!(matches!(
            of_certificate(scene.signed_by(&holder).await),
            CertificateLogInError::UnsupportedAuthority { .. }
        ));
    }
}
