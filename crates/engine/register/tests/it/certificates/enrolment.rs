use chancery_keys::KeyAlgorithm;
use chancery_register::{
    AnchorPurpose, AnchorTerms, AuthLevel, CertificateError, FileError, RegisteredCertificateId,
    RegisteredState, Uses,
};
use chancery_x509::extension::KeyUsage;
use chancery_x509::{RevocationReason, oid};

use super::made::*;
use crate::world::*;

async fn add(scene: &Scene, file: &[u8]) -> Result<RegisteredCertificateId, CertificateError> {
    let enrol = scene.for_jana(file);
    scene.certificates.enrol(&scene.jana, &enrol, NOW).await
}

async fn add_made(
    scene: &Scene,
    holder: &Holder,
) -> Result<RegisteredCertificateId, CertificateError> {
    add(scene, holder.certificate.as_der()).await
}

#[tokio::test]
async fn every_form_of_file_is_taken() {
    for scene in scenes().await {
        let chain = |leaf: &Holder| [leaf.certificate.clone(), scene.root.certificate.clone()];
        let der = Spec::signing().serial(1).by(&scene.root);
        add(&scene, der.certificate.as_der()).await.unwrap();
        let pem = Spec::encryption().serial(2).by(&scene.root);
        add(&scene, pem.certificate.to_pem().as_bytes())
            .await
            .unwrap();
        let p7b = Spec::signing().serial(3).by(&scene.root);
        let p7b = chancery_cms::certificates_only(&chain(&p7b));
        add(&scene, &p7b).await.unwrap();
        let text = Spec::signing().serial(4).by(&scene.root);
        let text = chancery_cms::certificates_only_pem(&chain(&text));
        add(&scene, text.as_bytes()).await.unwrap();
        let whole = Spec::encryption().serial(5).by(&scene.root);
        let whole: String = chain(&whole)
            .iter()
            .map(chancery_x509::Certificate::to_pem)
            .collect();
        add(&scene, whole.as_bytes()).await.unwrap();
        let listed = scene
            .certificates
            .certificates_of(&scene.jana, scene.jana.person, None)
            .await;
        let listed = listed.unwrap();
        let pairs: Vec<_> = listed.iter().map(|one| (one.pair, one.uses)).collect();
        let expected = [
            (1, Uses::SIGNING),
            (1, Uses::ENCRYPTION),
            (2, Uses::SIGNING),
            (2, Uses::ENCRYPTION),
            (3, Uses::SIGNING),
        ];
        assert_eq!(pairs, expected);
        assert!(
            listed
                .iter()
                .all(|one| one.state(NOW) == RegisteredState::Valid)
        );
        assert!(listed.iter().all(|one| one.checked_at == Some(NOW)));
    }
}

#[tokio::test]
async fn an_authority_between_is_taken_from_the_file_and_kept() {
    for scene in scenes().await {
        let issuing = Spec::authority("Issuing").serial(2).by(&scene.root);
        let leaf = Spec::signing().by(&issuing);
        let alone = add_made(&scene, &leaf).await;
        assert!(matches!(
            alone,
            Err(CertificateError::UnsupportedAuthority { .. })
        ));
        let both = [leaf.certificate.clone(), issuing.certificate.clone()];
        add(&scene, &chancery_cms::certificates_only(&both))
            .await
            .unwrap();
        let listed = scene
            .certificates
            .certificates_of(&scene.jana, scene.jana.person, None)
            .await;
        assert_eq!(listed.unwrap()[0].chain, [issuing.certificate]);
    }
}

#[tokio::test]
async fn each_refusal_has_its_reason() {
    for scene in scenes().await {
        let stranger = Spec::authority("Stranger").by_itself();
        let refused = add_made(&scene, &Spec::signing().by(&stranger)).await;
        assert!(matches!(
            refused,
            Err(CertificateError::UnsupportedAuthority { .. })
        ));
        // The authority's name is no authority.
        let alike = Spec::authority("Root").by_itself();
        let refused = add_made(&scene, &Spec::signing().by(&alike)).await;
        assert!(matches!(
            refused,
            Err(CertificateError::UnsupportedAuthority { .. })
        ));
        let refused = add_made(&scene, &Spec::signing().by_itself()).await;
        assert!(matches!(
            refused,
            Err(CertificateError::UnsupportedAuthority { .. })
        ));

        let refused = add_made(&scene, &Spec::signing().validity(-9, -1).by(&scene.root)).await;
        assert!(matches!(refused, Err(CertificateError::Expired { .. })));
        let refused = add_made(&scene, &Spec::signing().validity(1, 9).by(&scene.root)).await;
        assert!(matches!(refused, Err(CertificateError::NotYetValid { .. })));

        let refused = add_made(&scene, &scene.root).await;
        assert!(matches!(refused, Err(CertificateError::OnlyAuthorities)));
        let two = [
            Spec::signing().by(&scene.root),
            Spec::encryption().by(&scene.root),
        ];
        let two: String = two.iter().map(|one| one.certificate.to_pem()).collect();
        let refused = add(&scene, two.as_bytes()).await;
        assert!(matches!(
            refused,
            Err(CertificateError::Several { count: 2 })
        ));

        let server = Spec::leaf(KeyUsage::DIGITAL_SIGNATURE, &[oid::EKU_SERVER_AUTH]);
        let refused = add_made(&scene, &server.by(&scene.root)).await;
        assert!(matches!(
            refused,
            Err(CertificateError::Unfit { wanted: None, .. })
        ));
        let nothing = Spec::leaf(KeyUsage::CRL_SIGN, &[]);
        let refused = add_made(&scene, &nothing.by(&scene.root)).await;
        assert!(matches!(refused, Err(CertificateError::Unfit { .. })));
        let signs_only = Spec::dual().key(KeyAlgorithm::Ed25519).by(&scene.root);
        let mut wanted = scene.for_jana(signs_only.certificate.as_der());
        wanted.uses = Some(Uses::BOTH);
        let refused = scene.certificates.enrol(&scene.jana, &wanted, NOW).await;
        assert!(matches!(
            refused,
            Err(CertificateError::Unfit {
                wanted: Some(Uses::BOTH),
                allowed: Uses::SIGNING
            })
        ));

        let leaf = Spec::signing().by(&scene.root);
        let with_key = format!(
            "{}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            leaf.certificate.to_pem()
        );
        let refused = add(&scene, with_key.as_bytes()).await;
        assert!(matches!(
            refused,
            Err(CertificateError::File(FileError::PrivateKey))
        ));

        for (reason, serial) in [
            (RevocationReason::KeyCompromise, 20),
            (RevocationReason::CertificateHold, 21),
        ] {
            let revoked = Spec::signing().serial(serial).by(&scene.root);
            scene
                .web
                .publish(scene.root.list(&[(&revoked.certificate, reason)]));
            let refused = add_made(&scene, &revoked).await;
            assert!(
                matches!(refused, Err(CertificateError::Revoked { reason: told, .. }) if told == reason)
            );
        }
        let listed = scene
            .certificates
            .certificates_of(&scene.jana, scene.jana.person, None)
            .await;
        assert!(listed.unwrap().is_empty());
    }
}

#[tokio::test]
async fn what_a_key_is_for_depends_on_its_kind() {
    for scene in scenes().await {
        let mail = &[oid::EKU_EMAIL_PROTECTION];
        let rsa = |usage, serial| {
            let spec = Spec::leaf(usage, mail).serial(serial);
            spec.key(KeyAlgorithm::Rsa2048).by(&scene.root)
        };
        let agrees = rsa(KeyUsage::KEY_AGREEMENT, 1);
        let refused = add_made(&scene, &agrees).await;
        assert!(matches!(refused, Err(CertificateError::Unfit { .. })));
        let both = KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_ENCIPHERMENT;
        add_made(&scene, &rsa(both, 2)).await.unwrap();
        let enciphers = Spec::leaf(KeyUsage::KEY_ENCIPHERMENT, mail).serial(3);
        let refused = add_made(&scene, &enciphers.by(&scene.root)).await;
        assert!(matches!(refused, Err(CertificateError::Unfit { .. })));
        let listed = scene
            .certificates
            .certificates_of(&scene.jana, scene.jana.person, None);
        let listed = listed.await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].uses, Uses::BOTH);
    }
}

#[tokio::test]
async fn nobody_learns_who_else_has_it_and_nobody_touches_theirs() {
    for scene in scenes().await {
        let leaf = Spec::signing().by(&scene.root);
        let id = add_made(&scene, &leaf).await.unwrap();
        let again = add_made(&scene, &leaf).await;
        assert!(matches!(again, Err(CertificateError::AlreadyRegistered)));
        let eva = scene.world.subscriber("eva@example.cz").await;
        // Said by two, proved by nobody: neither is in the other's way.
        let theirs = enrol(eva.person, leaf.certificate.as_der());
        scene.certificates.enrol(&eva, &theirs, NOW).await.unwrap();
        let refused = scene.certificates.withdraw(&eva, id, NOW).await;
        assert!(matches!(refused, Err(CertificateError::NoSuchCertificate)));
        let refused = scene.certificates.own_certificate(&eva, id).await;
        assert!(matches!(refused, Err(CertificateError::NoSuchCertificate)));
        let refused = scene
            .certificates
            .certificates_of(&eva, scene.jana.person, None)
            .await;
        assert!(matches!(refused, Err(CertificateError::NotTheirs)));
        scene
            .certificates
            .withdraw(&scene.jana, id, NOW)
            .await
            .unwrap();
        let left = scene.certificates.certificates_of(&eva, eva.person, None);
        assert_eq!(left.await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn there_are_four_pairs_and_no_fifth() {
    for scene in scenes().await {
        let mut last = None;
        for serial in 1..=4 {
            let dual = Spec::dual().serial(serial).by(&scene.root);
            last = Some(add_made(&scene, &dual).await.unwrap());
        }
        for spec in [Spec::dual(), Spec::signing(), Spec::encryption()] {
            let refused = add_made(&scene, &spec.serial(9).by(&scene.root)).await;
            assert!(matches!(
                refused,
                Err(CertificateError::NoFreePair { limit: 4 })
            ));
        }
        let removed = scene.certificates.withdraw(&scene.jana, last.unwrap(), NOW);
        removed.await.unwrap();
        add_made(&scene, &Spec::signing().serial(10).by(&scene.root))
            .await
            .unwrap();
        add_made(&scene, &Spec::encryption().serial(11).by(&scene.root))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn at_once_no_two_certificates_take_the_same_place() {
    for scene in scenes().await {
        let mut made = Vec::new();
        for serial in 1..=6 {
            made.push(Spec::dual().serial(serial).by(&scene.root));
        }
        let all = tokio::join!(
            add_made(&scene, &made[0]),
            add_made(&scene, &made[1]),
            add_made(&scene, &made[2]),
            add_made(&scene, &made[3]),
            add_made(&scene, &made[4]),
            add_made(&scene, &made[5]),
        );
        let all = [all.0, all.1, all.2, all.3, all.4, all.5];
        let taken = all.iter().filter(|one| one.is_ok()).count();
        let listed = scene
            .certificates
            .certificates_of(&scene.jana, scene.jana.person, None)
            .await;
        let mut pairs: Vec<_> = listed.unwrap().iter().map(|one| one.pair).collect();
        assert_eq!(pairs.len(), taken);
        pairs.dedup();
        assert_eq!(pairs.len(), taken);
        assert!(taken <= 4);
    }
}

#[tokio::test]
async fn without_a_list_it_is_registered_as_unchecked() {
    for scene in scenes().await {
        scene.web.go_dark();
        add_made(&scene, &Spec::signing().by(&scene.root))
            .await
            .unwrap();
        let listed = scene
            .certificates
            .certificates_of(&scene.jana, scene.jana.person, None)
            .await;
        assert_eq!(listed.unwrap()[0].checked_at, None);
    }
}

#[tokio::test]
async fn policies_and_purposes_of_the_authority_count() {
    for world in worlds().await {
        let scene = Scene::bare(world).await;
        let policy = oid::EKU_DOCUMENT_SIGNING;
        let terms = AnchorTerms {
            purposes: vec![AnchorPurpose::Sign],
            policies: vec![policy],
            ..AnchorTerms::new(false)
        };
        scene.support(&scene.root, &terms).await;
        scene.web.publish(scene.root.list(&[]));
        let without = Spec::signing().serial(1).by(&scene.root);
        let refused = add_made(&scene, &without).await;
        assert!(matches!(
            refused,
            Err(CertificateError::UnsupportedAuthority { .. })
        ));
        let other = Spec::signing().serial(2).policy(oid::EKU_CODE_SIGNING);
        let refused = add_made(&scene, &other.by(&scene.root)).await;
        assert!(matches!(
            refused,
            Err(CertificateError::UnsupportedAuthority { .. })
        ));
        let with = Spec::signing().serial(3).policy(policy).by(&scene.root);
        add_made(&scene, &with).await.unwrap();
        let encrypts = Spec::encryption().serial(4).policy(policy).by(&scene.root);
        let refused = add_made(&scene, &encrypts).await;
        assert!(matches!(
            refused,
            Err(CertificateError::UnsupportedAuthority { .. })
        ));
    }
}

#[tokio::test]
async fn a_session_that_still_waits_registers_nothing() {
    for scene in scenes().await {
        let mut jana = scene.jana.clone();
        jana.level = AuthLevel::Code;
        let leaf = Spec::signing().by(&scene.root);
        let enrol = scene.for_jana(leaf.certificate.as_der());
        let refused = scene.certificates.enrol(&jana, &enrol, NOW).await;
        assert!(matches!(refused, Err(CertificateError::Denied(_))));
    }
}
