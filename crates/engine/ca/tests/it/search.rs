use chancery_audit::Actor;
use chancery_ca::{Search, StateFilter, testing};
use chancery_keys::AwsLc;
use chancery_profile::SubjectData;
use chancery_store::{Batch, Timestamp};
use chancery_x509::{DigestAlgorithm, RevocationReason, hex};

use crate::support::{DAY, NOW, World, person, wanted, worlds};

async fn found(world: &World, search: Search, now: Timestamp) -> Vec<String> {
    let page = world.ca.search(&search, now).await.unwrap();
    page.items
        .into_iter()
        .flat_map(|record| record.emails)
        .collect()
}

fn text(text: &str) -> Search {
    Search {
        text: text.to_owned(),
        ..Search::default()
    }
}

#[tokio::test]
async fn by_words_address_serial_and_fingerprint() {
    for world in worlds().await {
        let mut request = wanted("jana@mail-example.com", testing::request().1);
        request.profile = "smime-individual-multipurpose".to_owned();
        request.subject = SubjectData {
            common_name: Some("Jana Nováková".to_owned()),
            given_name: Some("Jana".to_owned()),
            surname: Some("Nováková".to_owned()),
            country: Some("CZ".to_owned()),
            emails: vec!["jana@mail-example.com".to_owned()],
            ..SubjectData::default()
        };
        let jana = world.ca.issue(request, NOW).await.unwrap();
        world.issue("petr@mail-example.com", NOW).await.unwrap();
        world.issue("petra@other-example.com", NOW).await.unwrap();

        let hits = |query: String| found(&world, text(&query), NOW);
        let only_jana = ["jana@mail-example.com"];
        let sha1 = jana.certificate.fingerprint(DigestAlgorithm::Sha1, &AwsLc);
        let sha256 = jana
            .certificate
            .fingerprint(DigestAlgorithm::Sha256, &AwsLc);
        for query in [
            "novakova".to_owned(),
            "JANA".to_owned(),
            "Novák jan".to_owned(),
            "jana@mail-example.com".to_owned(),
            "Jana@".to_owned(),
            jana.serial.clone(),
            jana.serial.to_uppercase(),
            hex::fingerprint(&sha1),
            hex::fingerprint(&sha256),
            hex::encode(&sha256, "")[..16].to_owned(),
        ] {
            assert_eq!(hits(query.clone()).await, only_jana, "{query}");
        }
        assert_eq!(hits("petr".to_owned()).await.len(), 2);
        assert_eq!(
            hits("petr other".to_owned()).await,
            ["petra@other-example.com"]
        );
        assert_eq!(hits("mail-example.com".to_owned()).await.len(), 2);
        for query in ["nobody", "%", "' or 1=1 --", "jana petr", "…"] {
            assert!(hits(query.to_owned()).await.is_empty(), "{query}");
        }
    }
}

#[tokio::test]
async fn by_state_holder_and_page() {
    for world in worlds().await {
        for n in 1..=5_u8 {
            let mut request = wanted(&format!("p{n}@mail-example.com"), testing::request().1);
            request.holder = Some(person(if n == 5 { 2 } else { 1 }));
            if n == 2 {
                request.validity = DAY * 10;
            }
            let at = NOW.plus(DAY * u32::from(n));
            let issued = world.ca.issue(request, at).await.unwrap();
            if n == 3 {
                let reason = RevocationReason::Superseded;
                let revoked = world
                    .ca
                    .revoke(issued.id, reason, &Actor::System, Batch::new(), at);
                revoked.await.unwrap();
            }
        }
        let now = NOW.plus(DAY * 14);
        let mine = |state, text: &str| Search {
            text: text.to_owned(),
            state,
            holder: Some(person(1)),
            ..Search::default()
        };
        for text in ["", "mail"] {
            let hits = |state| found(&world, mine(state, text), now);
            assert_eq!(
                hits(StateFilter::Any).await,
                [
                    "p4@mail-example.com",
                    "p3@mail-example.com",
                    "p2@mail-example.com",
                    "p1@mail-example.com"
                ]
            );
            assert_eq!(
                hits(StateFilter::Valid).await,
                ["p4@mail-example.com", "p1@mail-example.com"]
            );
            assert_eq!(hits(StateFilter::Expired).await, ["p2@mail-example.com"]);
            assert_eq!(hits(StateFilter::Revoked).await, ["p3@mail-example.com"]);
        }
        let all = |state| Search {
            state,
            ..Search::default()
        };
        assert_eq!(
            found(&world, all(StateFilter::Revoked), now).await,
            ["p3@mail-example.com"]
        );
        assert_eq!(
            found(&world, all(StateFilter::Expired), now).await,
            ["p2@mail-example.com"]
        );

        let page = |page| Search {
            page,
            per_page: 3,
            ..mine(StateFilter::Any, "")
        };
        let first = world.ca.search(&page(1), now).await.unwrap();
        assert_eq!((first.items.len(), first.page, first.more), (3, 1, true));
        let second = world.ca.search(&page(2), now).await.unwrap();
        assert_eq!(
            (second.items.len(), second.page, second.more),
            (1, 2, false)
        );
        assert_eq!(second.items[0].emails, ["p1@mail-example.com"]);
        let zero = world.ca.search(&page(0), now).await.unwrap();
        assert_eq!(zero.items, first.items);
    }
}

#[tokio::test]
async fn certificates_of_one_key_are_found_by_each_other() {
    for world in worlds().await {
        let (key, _) = testing::request();
        let mut ids = Vec::new();
        for _ in 0..3 {
            let request = wanted("jana@mail-example.com", testing::request_by(&key));
            ids.push(world.ca.issue(request, NOW).await.unwrap().id);
        }
        world.issue("jana@mail-example.com", NOW).await.unwrap();
        let reason = RevocationReason::Superseded;
        let revoked = world
            .ca
            .revoke(ids[1], reason, &Actor::System, Batch::new(), NOW);
        revoked.await.unwrap();
        let first = world.ca.certificate(ids[0]).await.unwrap().unwrap();
        let same = world.ca.with_same_key(&first, NOW).await.unwrap();
        let same: Vec<_> = same.iter().map(|record| record.id).collect();
        assert_eq!(same, [ids[2]]);
    }
}
