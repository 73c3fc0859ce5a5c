use chancery_register::{
    ASKED_LIFE, AnchorTerms, BroughtIn, CertificateError, CertificateLogInError, Language, Notice,
    OrganizationId, ParticipantError, ParticipantId, Permission, PersonId, Principal, Role,
    VerifiedOrganization, numbers::NumberKind,
};
use chancery_store::Batch;
use chancery_x509::extension::{self, GeneralName};

use super::made::*;
use crate::world::*;

pub async fn verified(scene: &Scene, representative: PersonId) -> OrganizationId {
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

/// Jana's organisation.
async fn brought_in(scene: &Scene) -> ParticipantId {
    let organization = verified(scene, scene.jana.person).await;
    let register = &scene.world.register;
    register
        .bring_in(&scene.jana, organization, NOW)
        .await
        .unwrap()
}

async fn ask(
    scene: &Scene,
    by: &Principal,
    participant: ParticipantId,
    who: &str,
    authorised: bool,
) -> Result<(), ParticipantError> {
    let register = &scene.world.register;
    register
        .ask_member(by, participant, who, authorised, Language::Cs, NOW)
        .await
}

/// Somebody who was asked by Jana and agreed.
async fn joined(
    scene: &Scene,
    participant: ParticipantId,
    address: &str,
    authorised: bool,
) -> Principal {
    let person = scene.world.subscriber(address).await;
    ask(scene, &scene.jana, participant, address, authorised)
        .await
        .unwrap();
    let joined = scene
        .world
        .register
        .join_participant(&person, participant, NOW);
    joined.await.unwrap();
    person
}

async fn register_for(
    scene: &Scene,
    who: &Principal,
    holder: PersonId,
    participant: ParticipantId,
    serial: u8,
) -> Result<chancery_register::RegisteredCertificateId, CertificateError> {
    let leaf = Spec::signing().serial(serial).by(&scene.root);
    let mut enrol = enrol(holder, leaf.certificate.as_der());
    enrol.participant = Some(participant);
    scene.certificates.enrol(who, &enrol, NOW).await
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

        let refused = register_for(&scene, jana, eva.person, participant, 10).await;
        assert!(matches!(refused, Err(CertificateError::NotTheirs)));
        for who in ["eva@example.cz", "nobody@example.cz"] {
            ask(&scene, jana, participant, who, false).await.unwrap();
        }
        // Asked is not agreed.
        let refused = register_for(&scene, jana, eva.person, participant, 10).await;
        assert!(matches!(refused, Err(CertificateError::NotTheirs)));
        assert_eq!(register.members(jana, participant).await.unwrap().len(), 1);

        let joined = register.join_participant(&eva, participant, NOW);
        joined.await.unwrap();
        scene.world.letters().await;
        register_for(&scene, jana, eva.person, participant, 10)
            .await
            .unwrap();
        let letters = scene.world.letters().await;
        assert_eq!(letters[0].to, email("eva@example.cz"));
        assert!(matches!(
            letters[0].notice,
            Notice::CertificateRegistered { by_other: true, .. }
        ));
        // Authority over others is not mutual.
        let refused = register_for(&scene, &eva, jana.person, participant, 11).await;
        assert!(matches!(refused, Err(CertificateError::NotTheirs)));
        let refused = register.members(&eva, participant).await;
        assert!(matches!(refused, Err(ParticipantError::NotAuthorised)));
        let (own, authorised) = register.membership(&eva, participant).await.unwrap();
        assert!(!own.authorised && own.joined_at.is_some());
        assert_eq!(authorised, ["Petr Svoboda"]);
        let of_eva = scene.certificates.certificates_of(&eva, eva.person, None);
        let of_eva = of_eva.await.unwrap();
        assert_eq!(of_eva.len(), 1);
        assert_eq!(of_eva[0].registered_by, jana.person);
        assert_eq!(of_eva[0].participant, Some(participant));
    }
}

#[tokio::test]
async fn who_registers_their_own_key_for_a_member_is_not_let_in_as_them() {
    for scene in scenes().await {
        let participant = brought_in(&scene).await;
        let eva = joined(&scene, participant, "eva@example.cz", false).await;
        let log_in = async |leaf: &Holder| {
            let entered = scene.with(leaf).await;
            entered.map(|log_in| log_in.token().expose().to_owned())
        };
        let register_it = async |leaf: &Holder| {
            let mut enrol = enrol(eva.person, leaf.certificate.as_der());
            enrol.participant = Some(participant);
            let enrolled = scene.certificates.enrol(&scene.jana, &enrol, NOW).await;
            enrolled.unwrap()
        };
        // Jana holds the key of each; none is Eva's until she proves it, whatever name of Jana's stands there.
        let plain = Spec::signing().serial(20).by(&scene.root);
        let named = vec![GeneralName::Rfc822("jana@example.cz".to_owned())];
        let named = extension::subject_alt_name(named, false);
        let own_name = Spec::signing().serial(21).with(named).by(&scene.root);
        let id = register_it(&plain).await;
        register_it(&own_name).await;
        for leaf in [&plain, &own_name] {
            let refused = log_in(leaf).await;
            assert!(matches!(refused, Err(CertificateLogInError::NotProved)));
        }
        let refused = scene
            .certificates
            .log_in_by_handshake(&plain.certificate, HOME, NOW);
        assert!(matches!(
            refused.await,
            Err(CertificateLogInError::NotProved)
        ));
        // Nor does the authorised person prove it in her stead.
        let proof = scene.proof(&scene.jana, &plain).await;
        let refused = scene.certificates.prove(&scene.jana, id, &proof, NOW).await;
        assert!(matches!(refused, Err(CertificateError::NoSuchCertificate)));
        // Eva with the key does; and a certificate that names her opens as it was registered.
        let proof = scene.proof(&eva, &plain).await;
        scene
            .certificates
            .prove(&eva, id, &proof, NOW)
            .await
            .unwrap();
        log_in(&plain).await.unwrap();
        let named = vec![GeneralName::Rfc822("eva@example.cz".to_owned())];
        let named = extension::subject_alt_name(named, false);
        let hers = Spec::signing().serial(22).with(named).by(&scene.root);
        register_it(&hers).await;
        log_in(&hers).await.unwrap();
    }
}

#[tokio::test]
async fn what_is_not_the_organisations_is_not_its_authorised_persons() {
    for scene in scenes().await {
        let jana = &scene.jana;
        let participant = brought_in(&scene).await;
        let eva = joined(&scene, participant, "eva@example.cz", false).await;
        let theirs = register_for(&scene, jana, eva.person, participant, 10);
        let theirs = theirs.await.unwrap();
        let leaf = Spec::signing().serial(11).by(&scene.root);
        let own = enrol(eva.person, leaf.certificate.as_der());
        let own = scene.certificates.enrol(&eva, &own, NOW).await.unwrap();

        let seen = scene
            .certificates
            .certificates_of(jana, eva.person, Some(participant));
        let seen: Vec<_> = seen.await.unwrap().iter().map(|one| one.id).collect();
        assert_eq!(seen, [theirs]);
        let refused = scene
            .certificates
            .certificates_of(jana, eva.person, None)
            .await;
        assert!(matches!(refused, Err(CertificateError::NotTheirs)));
        let refused = scene.certificates.withdraw(jana, own, NOW).await;
        assert!(matches!(refused, Err(CertificateError::NoSuchCertificate)));
        // Another organisation's authorised person has no part in it.
        let other = ParticipantId::new(chancery_store::Id::from_bytes([9; 16]));
        let refused = register_for(&scene, jana, eva.person, other, 12).await;
        assert!(matches!(refused, Err(CertificateError::NotTheirs)));

        scene.world.letters().await;
        scene
            .certificates
            .withdraw(jana, theirs, NOW)
            .await
            .unwrap();
        let letters = scene.world.letters().await;
        assert_eq!(letters[0].to, email("eva@example.cz"));
        assert!(matches!(
            letters[0].notice,
            Notice::CertificateRemoved { .. }
        ));
        scene.certificates.withdraw(&eva, own, NOW).await.unwrap();
        assert!(scene.world.letters().await.is_empty());
    }
}

#[tokio::test]
async fn whoever_goes_takes_nothing_of_the_organisations_along() {
    for scene in scenes().await {
        let register = &scene.world.register;
        let jana = &scene.jana;
        let participant = brought_in(&scene).await;
        for leaves in [true, false] {
            let eva = format!("eva{leaves}@example.cz");
            let eva = joined(&scene, participant, &eva, true).await;
            let theirs = register_for(&scene, jana, eva.person, participant, 10).await;
            theirs.unwrap();
            // Whom they asked goes with them.
            ask(&scene, &eva, participant, "accomplice@example.cz", true)
                .await
                .unwrap();
            scene.world.letters().await;
            if leaves {
                register
                    .leave_participant(&eva, participant, NOW)
                    .await
                    .unwrap();
                assert!(scene.world.letters().await.is_empty());
            } else {
                let removed = register.remove_member(jana, participant, eva.person, NOW);
                removed.await.unwrap();
                let letters = scene.world.letters().await;
                assert!(matches!(letters[0].notice, Notice::MembershipEnded { .. }));
            }
            let left = scene.certificates.certificates_of(&eva, eva.person, None);
            assert!(left.await.unwrap().is_empty());
            assert!(
                register
                    .asked(jana, participant, NOW)
                    .await
                    .unwrap()
                    .is_empty()
            );
            let refused = register_for(&scene, jana, eva.person, participant, 12).await;
            assert!(matches!(refused, Err(CertificateError::NotTheirs)));
            let again = register.join_participant(&eva, participant, NOW).await;
            assert!(matches!(again, Err(ParticipantError::NoSuchMember)));
            let gone = register.leave_participant(&eva, participant, NOW).await;
            assert!(matches!(gone, Err(ParticipantError::NoSuchMember)));
        }
    }
}

#[tokio::test]
async fn somebody_stays_authorised_while_there_are_members() {
    for scene in scenes().await {
        let register = &scene.world.register;
        let jana = &scene.jana;
        let participant = brought_in(&scene).await;
        let eva = joined(&scene, participant, "eva@example.cz", false).await;
        let last = register.leave_participant(jana, participant, NOW).await;
        assert!(matches!(last, Err(ParticipantError::LastAuthorised)));
        let set = async |by: &Principal, who: &Principal, authorised| {
            register
                .set_authorised(by, participant, who.person, authorised, NOW)
                .await
        };
        let last = set(jana, jana, false).await;
        assert!(matches!(last, Err(ParticipantError::LastAuthorised)));
        let refused = set(&eva, &eva, true).await;
        assert!(matches!(refused, Err(ParticipantError::NotAuthorised)));
        scene.world.letters().await;
        set(jana, &eva, true).await.unwrap();
        let letters = scene.world.letters().await;
        assert!(matches!(
            letters[0].notice,
            Notice::AuthorisationChanged {
                authorised: true,
                ..
            }
        ));
        set(&eva, jana, false).await.unwrap();
        let refused = register.members(jana, participant).await;
        assert!(matches!(refused, Err(ParticipantError::NotAuthorised)));
        // Who represented the organisation once comes in by asking, like anybody.
        register
            .leave_participant(jana, participant, NOW)
            .await
            .unwrap();
        let organization = register.organizations_of(jana.person).await.unwrap()[0].id;
        let refused = register.bring_in(jana, organization, NOW).await;
        assert!(matches!(refused, Err(ParticipantError::AlreadyIn)));
        // The only one may go.
        register
            .leave_participant(&eva, participant, NOW)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn who_is_asked_is_told_and_nobody_learns_who_has_an_account() {
    for scene in scenes().await {
        let register = &scene.world.register;
        let jana = &scene.jana;
        let participant = brought_in(&scene).await;
        let eva = scene.world.subscriber("eva@example.cz").await;
        scene.world.letters().await;
        ask(&scene, jana, participant, "EVA@example.cz", false)
            .await
            .unwrap();
        ask(&scene, jana, participant, "nobody@example.cz", true)
            .await
            .unwrap();
        let letters = scene.world.letters().await;
        let told: Vec<_> = letters
            .iter()
            .map(|letter| match &letter.notice {
                Notice::MembershipAsked { registered, .. } => {
                    (letter.to.shown().clone(), *registered)
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(told.contains(&("eva@example.cz".to_owned(), true)));
        assert!(told.contains(&("nobody@example.cz".to_owned(), false)));
        let asked = register.asked(jana, participant, NOW).await.unwrap();
        let mut asked: Vec<_> = asked.iter().map(|one| one.who.as_str()).collect();
        asked.sort_unstable();
        assert_eq!(asked, ["eva@example.cz", "nobody@example.cz"]);

        let refused = ask(&scene, jana, participant, "Eva Nová", false).await;
        assert!(matches!(refused, Err(ParticipantError::NobodysName)));
        let refused = ask(&scene, &eva, participant, "x@example.cz", false).await;
        assert!(matches!(refused, Err(ParticipantError::NotAuthorised)));
        // The address is not written to again and again.
        ask(&scene, jana, participant, "eva@example.cz", false)
            .await
            .unwrap();
        ask(&scene, jana, participant, "eva@example.cz", false)
            .await
            .unwrap();
        let refused = ask(&scene, jana, participant, "eva@example.cz", false).await;
        assert!(matches!(refused, Err(ParticipantError::Wait(_))));

        // The one who was asked, and nobody else, sees it and may join; but not for ever.
        let open = register.memberships(&eva).await.unwrap();
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].joined_at, None);
        let late = register.join_participant(&eva, participant, NOW.plus(ASKED_LIFE));
        assert!(matches!(late.await, Err(ParticipantError::NoSuchMember)));
        let other = scene.world.subscriber("other@example.cz").await;
        assert!(register.memberships(&other).await.unwrap().is_empty());
        let refused = register.join_participant(&other, participant, NOW).await;
        assert!(matches!(refused, Err(ParticipantError::NoSuchMember)));
        register
            .decline_participant(&eva, participant, NOW)
            .await
            .unwrap();
        assert!(register.memberships(&eva).await.unwrap().is_empty());
        let withdrawn = register.withdraw_asked(jana, participant, "nobody@example.cz", NOW);
        withdrawn.await.unwrap();
        // Whoever gets the address later finds nothing.
        let nobody = scene.world.subscriber("nobody@example.cz").await;
        assert!(register.memberships(&nobody).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_registration_authority_brings_in_and_asks() {
    for scene in scenes().await {
        let register = &scene.world.register;
        let eva = scene.world.subscriber("eva@example.cz").await;
        let organization = verified(&scene, scene.jana.person).await;
        let mut supervisor = scene.world.subscriber("tomas@example.cz").await;
        supervisor.roles = [Role::RaSupervisor].into_iter().collect();
        supervisor.level = chancery_register::AuthLevel::TwoFactor;
        let granted = supervisor.require(Permission::ManageParticipants).unwrap();
        let found = register.organizations_to_bring_in(&granted, "čez 4527");
        assert_eq!(found.await.unwrap().0.len(), 1);
        let bring_in = async |granted, who: &str| {
            register
                .bring_in_for(granted, organization, who, Language::En, NOW)
                .await
        };
        let other = supervisor.require(Permission::ReadPeople).unwrap();
        let refused = bring_in(&other, "eva@example.cz").await;
        assert!(matches!(refused, Err(ParticipantError::NotPermitted(_))));
        let refused = bring_in(&granted, "tomas@example.cz").await;
        assert!(matches!(refused, Err(ParticipantError::Oneself)));
        let refused = bring_in(&granted, "Eva").await;
        assert!(matches!(refused, Err(ParticipantError::NobodysName)));
        let Ok(BroughtIn::Asked(id)) = bring_in(&granted, "eva@example.cz").await else {
            panic!("asked")
        };
        let found = register.organizations_to_bring_in(&granted, "");
        assert!(found.await.unwrap().0.is_empty());
        let refused = register.members(&eva, id).await;
        assert!(matches!(refused, Err(ParticipantError::NotAuthorised)));
        register.join_participant(&eva, id, NOW).await.unwrap();
        let members = register.members(&eva, id).await.unwrap();
        assert!(members[0].authorised);
        let (listed, more) = register.participants(&other, "čez").await.unwrap();
        assert_eq!((listed.len(), more), (1, false));
        assert_eq!(
            (listed[0].members, listed[0].authorised, listed[0].asked),
            (1, 1, 0)
        );
        // The verified representative is let in by it now, not by themselves.
        let refused = register.bring_in(&scene.jana, organization, NOW).await;
        assert!(matches!(refused, Err(ParticipantError::AlreadyIn)));

        let petr = scene.world.subscriber("petr@example.cz").await;
        let asked = register.ask_member(&eva, id, "petr@example.cz", false, Language::En, NOW);
        asked.await.unwrap();
        register.join_participant(&petr, id, NOW).await.unwrap();
        let named = register.authorise_for(&granted, id, "petr@example.cz", Language::En, NOW);
        assert_eq!(named.await.unwrap(), BroughtIn::Authorised(id));
        register.members(&petr, id).await.unwrap();
    }
}

#[tokio::test]
async fn nobody_registers_for_staff() {
    for scene in scenes().await {
        let register = &scene.world.register;
        let participant = brought_in(&scene).await;
        let eva = joined(&scene, participant, "eva@example.cz", true).await;
        register_for(&scene, &scene.jana, eva.person, participant, 10)
            .await
            .unwrap();
        let roles = [Role::Subscriber, Role::RaOfficer].into_iter().collect();
        let promoted = register.set_roles(eva.person, &roles, operator(), NOW);
        promoted.await.unwrap();
        let refused = register_for(&scene, &scene.jana, eva.person, participant, 11).await;
        assert!(matches!(refused, Err(CertificateError::NotTheirs)));
    }
}

#[tokio::test]
async fn an_authoritys_terms_change_and_its_certificates_are_counted() {
    for scene in scenes().await {
        let register = &scene.world.register;
        let granted = scene.operator.require(Permission::OperateAuthorities);
        let granted = granted.unwrap();
        let anchor = register.anchors().await.unwrap().remove(0);
        assert!(register.registered_under().await.unwrap().is_empty());
        for serial in [1, 2] {
            let leaf = Spec::signing().serial(serial).by(&scene.root);
            let enrol = scene.for_jana(leaf.certificate.as_der());
            let done = scene.certificates.enrol(&scene.jana, &enrol, NOW).await;
            done.unwrap();
        }
        let counted = register.registered_under().await.unwrap();
        assert_eq!(counted.get(&anchor.id), Some(&2));
        let terms = AnchorTerms {
            purposes: vec![chancery_register::AnchorPurpose::Encrypt],
            ..AnchorTerms::new(true)
        };
        let changed = register.change_anchor(&granted, anchor.id, &terms, NOW);
        changed.await.unwrap();
        assert_eq!(register.anchors().await.unwrap()[0].terms, terms);
        let nothing = AnchorTerms {
            purposes: Vec::new(),
            ..terms.clone()
        };
        let refused = register
            .change_anchor(&granted, anchor.id, &nothing, NOW)
            .await;
        assert!(matches!(
            refused,
            Err(chancery_register::AnchorError::NoPurpose)
        ));
        let gone = chancery_register::AnchorId::new(chancery_store::Id::from_bytes([7; 16]));
        let refused = register.change_anchor(&granted, gone, &terms, NOW).await;
        assert!(matches!(
            refused,
            Err(chancery_register::AnchorError::NoSuchAnchor)
        ));
        let reader = scene.operator.require(Permission::ReadAuthorities).unwrap();
        let refused = register
            .change_anchor(&reader, anchor.id, &terms, NOW)
            .await;
        assert!(matches!(
            refused,
            Err(chancery_register::AnchorError::NotPermitted(_))
        ));
    }
}
