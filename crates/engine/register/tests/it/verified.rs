use chancery_register::{
    DocumentKind, PersonId, Role, Timestamp, VerifiedIdentity, VerifiedOrganization,
    numbers::NumberKind,
};
use chancery_store::{Batch, args};

use crate::world::*;

fn organization(
    name: &str,
    number: &str,
    (representative, officer): (PersonId, PersonId),
    at: Timestamp,
) -> VerifiedOrganization {
    VerifiedOrganization {
        name: name.to_owned(),
        country: "CZ".to_owned(),
        state: None,
        locality: "Praha".to_owned(),
        street: "Duhová 1444/2".to_owned(),
        postal_code: "140 00".to_owned(),
        number_kind: NumberKind::CzIco,
        number: number.to_owned(),
        representative,
        verified_by: officer,
        verified_at: at,
    }
}

#[tokio::test]
async fn the_last_verification_of_a_number_counts_and_all_are_kept() {
    for world in worlds().await {
        let jana = world.person("jana@example.cz", &[Role::Subscriber]).await;
        let eva = world.person("eva@example.cz", &[Role::Subscriber]).await;
        let officer = world.person("officer@example.cz", &[Role::RaOfficer]).await;
        let mut batch = Batch::new();
        let mut verify = |name: &str, number: &str, whose, at| {
            let verified = organization(name, number, (whose, officer), at);
            let id = world.register.organization_verified(&mut batch, &verified);
            (id.unwrap(), verified)
        };
        let (old, former) = verify("ČEZ", "45274649", jana, NOW);
        let (new, present) = verify("ČEZ, a. s.", "45274649", jana, NOW.plus(secs(9)));
        let (other, _) = verify("Komerční banka", "45317054", jana, NOW.plus(secs(5)));
        verify("Škoda Auto", "00177041", eva, NOW);
        world.store.commit(batch).await.unwrap();
        let of_jana = world.register.organizations_of(jana).await.unwrap();
        assert_eq!(
            of_jana.iter().map(|o| o.id).collect::<Vec<_>>(),
            [new, other]
        );
        assert_eq!(of_jana[0].verified, present);
        let kept = world.register.organization(old).await.unwrap().unwrap();
        assert_eq!(kept.verified, former);
    }
}

#[tokio::test]
async fn the_number_of_a_document_is_sealed() {
    for world in worlds().await {
        let jana = world.person("jana@example.cz", &[Role::Subscriber]).await;
        let officer = world.person("officer@example.cz", &[Role::RaOfficer]).await;
        assert_eq!(world.register.identity_of(jana).await.unwrap(), None);
        let verified = VerifiedIdentity {
            person: jana,
            given_name: "Jana".to_owned(),
            surname: "Nováková".to_owned(),
            document_kind: DocumentKind::IdentityCard,
            document_country: "CZ".to_owned(),
            document_number: "998877665".to_owned(),
            verified_by: officer,
            verified_at: NOW,
        };
        assert!(!format!("{verified:?}").contains("998877665"));
        let mut batch = Batch::new();
        world
            .register
            .identity_verified(&mut batch, &verified)
            .unwrap();
        world.store.commit(batch).await.unwrap();
        let found = world.register.identity_of(jana).await.unwrap().unwrap();
        assert_eq!(found.verified, verified);
        let rows = world
            .store
            .rows("select document_number from register_identities", args![])
            .await
            .unwrap();
        let stored = rows[0].bytes(0).unwrap();
        assert!(!stored.windows(9).any(|w| w == b"998877665"));
    }
}
