use chancery_register::{CertificateError, DirectoryError, MAX_FOUND, RegisteredCertificateId};

use super::{made::*, members::verified};
use crate::world::*;

async fn add_made(
    scene: &Scene,
    holder: &Holder,
) -> Result<RegisteredCertificateId, CertificateError> {
    let enrol = scene.for_jana(holder.certificate.as_der());
    scene.certificates.enrol(&scene.jana, &enrol, NOW).await
}

#[tokio::test]
async fn the_directory_has_those_who_agreed() {
    for scene in scenes().await {
        let eva = scene.world.subscriber("eva@example.cz").await;
        let person = scene.world.register.person(scene.jana.person).await;
        let number = person.unwrap().unwrap().registration_number.to_string();
        let found = async |who: &str, now| {
            let found = scene.certificates.look_up(&eva, who, now).await.unwrap();
            found
                .entries
                .into_iter()
                .map(|one| one.certificate.id)
                .collect::<Vec<_>>()
        };
        let encrypts = Spec::encryption().by(&scene.root);
        let id = add_made(&scene, &encrypts).await.unwrap();
        let signs = Spec::signing().serial(8).by(&scene.root);
        let signing = add_made(&scene, &signs).await.unwrap();
        assert!(found("jana@example.cz", NOW).await.is_empty());
        let list = async |id, listed| {
            scene
                .certificates
                .set_listed(&scene.jana, id, listed, NOW)
                .await
        };
        list(id, true).await.unwrap();
        let refused = list(signing, true).await;
        assert!(matches!(refused, Err(CertificateError::NoSuchCertificate)));
        let refused = scene.certificates.set_listed(&eva, id, false, NOW).await;
        assert!(matches!(refused, Err(CertificateError::NoSuchCertificate)));
        assert_eq!(found("JANA@example.cz", NOW).await, [id]);
        assert_eq!(found(&number, NOW).await, [id]);
        assert!(found("nobody@example.cz", NOW).await.is_empty());
        let nothing = scene.certificates.look_up(&eva, "?", NOW).await;
        assert!(matches!(nothing, Err(DirectoryError::TooShort { .. })));
        let late = NOW.plus(secs(301 * 86_400));
        assert!(found("jana@example.cz", late).await.is_empty());
        list(id, false).await.unwrap();
        assert!(found("jana@example.cz", NOW).await.is_empty());
    }
}

#[tokio::test]
async fn it_is_searched_by_name_and_organisation_and_not_by_pieces_of_addresses() {
    for scene in scenes().await {
        let eva = scene.world.subscriber("eva@example.cz").await;
        let id = add_made(&scene, &Spec::encryption().by(&scene.root))
            .await
            .unwrap();
        let listed = scene.certificates.set_listed(&scene.jana, id, true, NOW);
        listed.await.unwrap();
        let found = async |who: &str| {
            let found = scene.certificates.look_up(&eva, who, NOW).await.unwrap();
            let told = found.entries.into_iter();
            told.map(|one| (one.full_name, one.email.shown().clone(), one.organizations))
                .collect::<Vec<_>>()
        };
        let jana = |organizations: &[&str]| {
            let names = organizations.iter().map(|name| (*name).to_owned());
            vec![(
                "Petr Svoboda".to_owned(),
                "jana@example.cz".to_owned(),
                names.collect::<Vec<_>>(),
            )]
        };
        assert_eq!(found("svob petr").await, jana(&[]));
        assert_eq!(found("SVOBODA").await, jana(&[]));
        assert!(found("svoboda novak").await.is_empty());
        assert!(found("jana example").await.is_empty());
        assert!(found("ČEZ").await.is_empty());

        let organization = verified(&scene, scene.jana.person).await;
        let register = &scene.world.register;
        register
            .bring_in(&scene.jana, organization, NOW)
            .await
            .unwrap();
        assert_eq!(found("ČEZ").await, jana(&["ČEZ, a. s."]));
        assert_eq!(found("čez petr").await, jana(&["ČEZ, a. s."]));
        let short = scene.certificates.look_up(&eva, "p s", NOW).await;
        assert!(matches!(short, Err(DirectoryError::TooShort { least: 3 })));
        register
            .set_disabled(scene.jana.person, true, operator(), NOW)
            .await
            .unwrap();
        assert!(found("ČEZ").await.is_empty());
        let gone = scene.certificates.listed(&eva, id, NOW).await.unwrap();
        assert!(gone.is_none());
    }
}

#[tokio::test]
async fn a_download_needs_the_holders_consent() {
    for scene in scenes().await {
        let eva = scene.world.subscriber("eva@example.cz").await;
        let id = add_made(&scene, &Spec::encryption().by(&scene.root))
            .await
            .unwrap();
        let get = async |now| scene.certificates.listed(&eva, id, now).await.unwrap();
        assert!(get(NOW).await.is_none());
        let listed = scene.certificates.set_listed(&scene.jana, id, true, NOW);
        listed.await.unwrap();
        assert_eq!(get(NOW).await.unwrap().id, id);
        assert!(get(NOW.plus(secs(301 * 86_400))).await.is_none());
        let nobody = RegisteredCertificateId::new(chancery_store::Id::from_bytes([7; 16]));
        let nobody = scene.certificates.listed(&eva, nobody, NOW).await.unwrap();
        assert!(nobody.is_none());
    }
}

#[tokio::test]
async fn nobody_copies_the_directory() {
    for scene in scenes().await {
        let eva = scene.world.subscriber("eva@example.cz").await;
        let asked = async |now| scene.certificates.look_up(&eva, "svoboda", now).await;
        for _ in 0..41 {
            asked(NOW).await.unwrap();
        }
        assert!(matches!(asked(NOW).await, Err(DirectoryError::Wait(_))));
        // One person's limit is not another's, and it passes.
        let other = scene
            .certificates
            .look_up(&scene.jana, "svoboda", NOW)
            .await;
        other.unwrap();
        asked(NOW.plus(secs(5))).await.unwrap();
    }
}

#[tokio::test]
async fn one_look_up_tells_of_ten_people() {
    for scene in scenes().await {
        for at in 0..=MAX_FOUND {
            let who = scene.world.subscriber(&format!("p{at}@example.cz")).await;
            let serial = u8::try_from(at).unwrap() + 20;
            let leaf = Spec::encryption().serial(serial).by(&scene.root);
            let enrol = enrol(who.person, leaf.certificate.as_der());
            let id = scene.certificates.enrol(&who, &enrol, NOW).await.unwrap();
            let listed = scene.certificates.set_listed(&who, id, true, NOW);
            listed.await.unwrap();
        }
        let found = scene.certificates.look_up(&scene.jana, "svoboda", NOW);
        let found = found.await.unwrap();
        assert_eq!((found.entries.len(), found.more), (MAX_FOUND, true));
    }
}
