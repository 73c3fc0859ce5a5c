use chancery_register::{
    CertificateError, Notice, OrganizationId, ParticipantError, PersonId, Principal, Role,
    VerifiedOrganization, numbers::NumberKind,
};
use chancery_store::Batch;

use super::made::*;
use crate::world::*;

async fn verified(scene: &Scene, representative: PersonId) -> OrganizationId {
    let organization = VerifiedOrganization {
        name: "ČEZ, a. s.".to_owned(),
        country: "CZ".to_owned(),
        state: None,
        locality: "Praha".to_owned(),
        street: "Duhová 1444/2".to_owned(),
        postal_code: "140 00".to_owned(),
        number_kind: NumberKind::CzIco,
        number: "45274649".to_owned(),
        representative,
        verified_by: scene.operator.person,
        verified_at: NOW,
    };
    let mut batch = Batch::new();
    let register = &scene.world.register;
    let id = register.organization_verified(&mut batch, &organization);
    scene.world.store.commit(batch).await.unwrap();
    id.unwrap()
}

async fn register_for(
    scene: &Scene,
    who: &Principal,
    holder: PersonId,
    serial: u8,
) -> Result<(), CertificateError> {
    let leaf = Spec::signing().serial(serial).by(&scene.root);
    let enrol = enrol(holder, leaf.certificate.as_der());
    scene.certificates.enrol(who, &enrol, NOW).await.map(|_| ())
}

#[tokio::test]
async fn an_authorised_person_registers_for_those_who_agreed() {
    for scene in scenes().await {
        let register = &scene.world.register;
        let eva = scene.world.subscriber("eva@example.cz").await;
        let jana = &scene.jana;
        let organization = verified(&scene, jana.person).await;
        let refused = register.bring_in(&eva, organization, NOW).await;
        assert!(matches!(refused, Err(ParticipantError::NotRepresentative)));
        let participant = register.bring_in(jana, organization, NOW).await.unwrap();
        let again = register.bring_in(jana, organization, NOW).await.unwrap();
        assert_eq!(participant, again);

        let refused = register_for(&scene, jana, eva.person, 10).await;
        assert!(matches!(refused, Err(CertificateError::NotTheirs)));
        for who in ["eva@example.cz", "nobody@example.cz"] {
            let asked = register.ask_member(jana, participant, who, false, NOW);
            asked.await.unwrap();
        }
        let refused = register_for(&scene, jana, eva.person, 10).await;
        assert!(matches!(refused, Err(CertificateError::NotTheirs)));
        let members = register.members(jana, participant).await.unwrap();
        let of_eva = members.iter().find(|one| one.person == eva.person).unwrap();
        assert_eq!(
            (of_eva.full_name.as_deref(), of_eva.joined_at),
            (None, None)
        );

        register
            .join_participant(&eva, participant, NOW)
            .await
            .unwrap();
        scene.world.letters().await;
        register_for(&scene, jana, eva.person, 10).await.unwrap();
        let letters = scene.world.letters().await;
        assert_eq!(letters[0].to, email("eva@example.cz"));
        assert!(matches!(
            letters[0].notice,
            Notice::CertificateRegistered { by_other: true, .. }
        ));
        // Authority over others is not mutual.
        let refused = register_for(&scene, &eva, jana.person, 11).await;
        assert!(matches!(refused, Err(CertificateError::NotTheirs)));
        let refused = register.members(&eva, participant).await;
        assert!(matches!(refused, Err(ParticipantError::NotAuthorised)));
        let of_eva = scene.certificates.certificates_of(&eva, eva.person).await;
        let of_eva = of_eva.unwrap();
        assert_eq!(of_eva.len(), 1);
        assert_eq!(of_eva[0].registered_by, jana.person);

        register
            .leave_participant(&eva, participant, NOW)
            .await
            .unwrap();
        let gone = scene.certificates.withdraw(jana, of_eva[0].id, NOW).await;
        assert!(matches!(gone, Err(CertificateError::NoSuchCertificate)));
        scene
            .certificates
            .withdraw(&eva, of_eva[0].id, NOW)
            .await
            .unwrap();
        let again = register.join_participant(&eva, participant, NOW).await;
        assert!(matches!(again, Err(ParticipantError::NoSuchMember)));
    }
}

#[tokio::test]
async fn nobody_registers_for_staff() {
    for scene in scenes().await {
        let register = &scene.world.register;
        let organization = verified(&scene, scene.jana.person).await;
        let participant = register.bring_in(&scene.jana, organization, NOW);
        let participant = participant.await.unwrap();
        let eva = scene.world.subscriber("eva@example.cz").await;
        let asked = register.ask_member(&scene.jana, participant, "eva@example.cz", true, NOW);
        asked.await.unwrap();
        register
            .join_participant(&eva, participant, NOW)
            .await
            .unwrap();
        register_for(&scene, &scene.jana, eva.person, 10)
            .await
            .unwrap();
        let roles = [Role::Subscriber, Role::RaOfficer].into_iter().collect();
        let promoted = register.set_roles(eva.person, &roles, operator(), NOW);
        promoted.await.unwrap();
        let refused = register_for(&scene, &scene.jana, eva.person, 11).await;
        assert!(matches!(refused, Err(CertificateError::NotTheirs)));
    }
}
