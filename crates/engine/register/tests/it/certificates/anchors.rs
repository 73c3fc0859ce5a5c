use chancery_register::{AnchorError, AnchorPurpose, AnchorTerms, FileError, Permission};
use chancery_x509::extension::{self, KeyUsage};
use chancery_x509::oid;

use super::made::*;
use crate::world::*;

#[tokio::test]
async fn an_authority_is_added_listed_and_removed_and_each_is_recorded() {
    for world in worlds().await {
        let scene = Scene::bare(world).await;
        let register = &scene.world.register;
        let terms = AnchorTerms {
            own: false,
            purposes: vec![AnchorPurpose::LogIn, AnchorPurpose::Sign],
            log_in_purpose: oid::EKU_EMAIL_PROTECTION,
            policies: vec![oid::ANY_POLICY, oid::EKU_ANY],
        };
        let id = scene.support(&scene.root, &terms).await;
        let listed = register.anchors().await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!((listed[0].id, &listed[0].terms), (id, &terms));
        assert_eq!(listed[0].certificate, scene.root.certificate);

        let granted = scene.operator.require(Permission::OperateAuthorities);
        let granted = granted.unwrap();
        let again = scene.root.certificate.to_pem();
        let again = register.add_anchor(&granted, again.as_bytes(), &terms, NOW);
        assert!(matches!(again.await, Err(AnchorError::AlreadyListed)));

        register.remove_anchor(&granted, id, NOW).await.unwrap();
        assert!(register.anchors().await.unwrap().is_empty());
        let again = register.remove_anchor(&granted, id, NOW).await;
        assert!(matches!(again, Err(AnchorError::NoSuchAnchor)));
        let object = id.to_string();
        let acts = chancery_audit::of_object(&scene.world.store, "anchor", &object, 9);
        let mut acts: Vec<_> = acts.await.unwrap().into_iter().map(|e| e.action).collect();
        acts.sort();
        assert_eq!(acts, ["anchor.add", "anchor.remove"]);
    }
}

#[tokio::test]
async fn what_is_no_supportable_authority_is_refused_by_reason() {
    for world in worlds().await {
        let scene = Scene::bare(world).await;
        let register = &scene.world.register;
        let granted = scene.operator.require(Permission::OperateAuthorities);
        let granted = granted.unwrap();
        let terms = AnchorTerms::new(false);
        let add = async |holder: &Holder, terms: &AnchorTerms| {
            let der = holder.certificate.as_der();
            register
                .add_anchor(&granted, der, terms, NOW)
                .await
                .unwrap_err()
        };
        let leaf = Spec::signing().by(&scene.root);
        assert!(matches!(add(&leaf, &terms).await, AnchorError::NoAuthority));
        let signs_nothing = Spec {
            extensions: vec![
                extension::basic_constraints(true, None),
                extension::key_usage(KeyUsage::CRL_SIGN),
            ],
            ..Spec::authority("Lists")
        };
        let refused = add(&signs_nothing.by_itself(), &terms).await;
        assert!(matches!(refused, AnchorError::MaySignNothing));
        let old = Spec::authority("Old").validity(-10, -1).by_itself();
        assert!(matches!(
            add(&old, &terms).await,
            AnchorError::Expired { .. }
        ));
        let new = Spec::authority("New").validity(1, 10).by_itself();
        assert!(matches!(
            add(&new, &terms).await,
            AnchorError::NotYetValid { .. }
        ));
        let nothing = AnchorTerms {
            purposes: Vec::new(),
            ..terms.clone()
        };
        let refused = add(&scene.root, &nothing).await;
        assert!(matches!(refused, AnchorError::NoPurpose));
        let many = AnchorTerms {
            policies: vec![oid::ANY_POLICY; 33],
            ..terms.clone()
        };
        let refused = add(&scene.root, &many).await;
        assert!(matches!(
            refused,
            AnchorError::TooManyPolicies { count: 33, .. }
        ));

        let both = [scene.root.certificate.to_pem(), old.certificate.to_pem()].concat();
        let refused = register
            .add_anchor(&granted, both.as_bytes(), &terms, NOW)
            .await;
        assert!(matches!(refused, Err(AnchorError::Several { count: 2 })));
        let refused = register.add_anchor(&granted, b"", &terms, NOW).await;
        assert!(matches!(refused, Err(AnchorError::File(FileError::Empty))));

        let reader = scene.operator.require(Permission::ReadAuthorities).unwrap();
        let der = scene.root.certificate.as_der();
        let refused = register.add_anchor(&reader, der, &terms, NOW).await;
        assert!(matches!(refused, Err(AnchorError::NotPermitted(_))));
        assert!(register.anchors().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_authority_that_another_issued_is_trusted_as_it_stands() {
    for world in worlds().await {
        let scene = Scene::bare(world).await;
        let issuing = Spec::authority("Issuing").serial(2).by(&scene.root);
        scene.support(&issuing, &AnchorTerms::new(false)).await;
        let leaf = Spec::signing().by(&issuing);
        scene.web.publish(issuing.list(&[]));
        let enrol = scene.for_jana(leaf.certificate.as_der());
        scene
            .certificates
            .enrol(&scene.jana, &enrol, NOW)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn own_authorities_are_supported_from_the_start_and_stay_off_once_taken_off() {
    for world in worlds().await {
        let scene = Scene::bare(world).await;
        let register = &scene.world.register;
        let own = [scene.root.certificate.clone()];
        assert_eq!(register.support_own(&own, NOW).await.unwrap(), 1);
        let listed = register.anchors().await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].terms, AnchorTerms::new(true));
        assert_eq!(register.support_own(&own, NOW).await.unwrap(), 0);
        assert_eq!(register.anchors().await.unwrap().len(), 1);
        let granted = scene.operator.require(Permission::OperateAuthorities);
        let granted = granted.unwrap();
        let removed = register.remove_anchor(&granted, listed[0].id, NOW);
        removed.await.unwrap();
        assert_eq!(register.support_own(&own, NOW).await.unwrap(), 0);
        assert!(register.anchors().await.unwrap().is_empty());
        // A later generation is an authority of its own.
        let next = [Spec::authority("Root 2").by_itself().certificate];
        assert_eq!(register.support_own(&next, NOW).await.unwrap(), 1);
    }
}
