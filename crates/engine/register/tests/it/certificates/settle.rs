//! What earlier versions left is completed once.

use chancery_register::{MIGRATIONS, RegisteredCertificateId};
use chancery_store::{Batch, Migrations, Store, args, testing};

use super::made::*;
use super::members::verified;
use crate::world::*;

/// The tables as they were before this step.
fn before(step: &str) -> Migrations {
    let end = MIGRATIONS.steps.iter().position(|(name, _)| *name == step);
    Migrations {
        component: MIGRATIONS.component,
        steps: &MIGRATIONS.steps[..end.unwrap()],
    }
}

async fn count(store: &Store, sql: &'static str) -> i64 {
    store.rows(sql, args![]).await.unwrap()[0].int(0).unwrap()
}

#[tokio::test]
async fn who_was_asked_stays_asked_and_sessions_without_proof_end() {
    for store in testing::stores(&[before("V7__settled"), chancery_audit::MIGRATIONS]).await {
        let id = |last: u8| [[0; 15].as_slice(), &[last]].concat();
        let mut batch = Batch::new();
        for (last, email) in [(1_u8, "jana@example.cz"), (2, "eva@example.cz")] {
            batch.one(
                "insert into register_people (id, registration_number, full_name, email, email_folded,
                    language, theme, roles, staff, created_at, version)
                 values ($1, $2, 'X', $3, $3, 'cs', 'auto', 'subscriber', $4, 1, 1)",
                args![id(last), last.to_string(), email, false],
            );
        }
        batch.one(
            "insert into register_participants (id, name, number_kind, number, created_at)
             values ($1, 'ČEZ', 'cz-ico', '45274649', 1)",
            args![id(3)],
        );
        for (person, joined) in [(1_u8, Some(NOW)), (2, None)] {
            batch.one(
                "insert into register_members (participant, person, authorised, asked_at, joined_at)
                 values ($1, $2, $3, $4, $5)",
                args![id(3), id(person), person == 1, NOW, joined],
            );
        }
        for (last, proved) in [(4_u8, None), (5, Some(NOW))] {
            batch.one(
                "insert into register_certificates (id, fingerprint, person, subject, der, not_before,
                    not_after, pair, signing, encryption, listed, registered_at, registered_by,
                    tried_at, proved_at)
                 values ($1, $1, $2, 'CN=x', $1, 1, 2, $3, $4, $4, $5, $6, $2, 1, $7)",
                args![id(last), id(1), i64::from(last) - 3, true, false, NOW, proved],
            );
            batch.one(
                "insert into register_sessions (id, token, person, level, created_at, seen_at, ends_at,
                    second_factor, certificate, handshake)
                 values ($1, $1, $2, 'certificate', 1, 1, 2, $3, $1, $3)",
                args![id(last), id(1), false],
            );
        }
        store.commit(batch).await.unwrap();

        let store = Store::open(store.config(), &[MIGRATIONS, chancery_audit::MIGRATIONS]).await;
        let store = store.unwrap();
        assert_eq!(
            count(&store, "select count(*) from register_members").await,
            1
        );
        let asked = "select who, authorised, asked_at from register_asked";
        let asked = store.rows(asked, args![]).await.unwrap();
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].text(0).unwrap(), "eva@example.cz");
        assert!(!asked[0].bool(1).unwrap());
        assert_eq!(asked[0].time(2).unwrap(), NOW);
        let left = store
            .rows("select id from register_sessions", args![])
            .await;
        let left = left.unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].bytes(0).unwrap(), id(5));
        // The one of before is to be settled, the other is proved.
        let unsettled = store
            .rows("select certificate from register_unsettled", args![])
            .await;
        let unsettled = unsettled.unwrap();
        assert_eq!(unsettled.len(), 1);
        assert_eq!(unsettled[0].bytes(0).unwrap(), id(4));
    }
}

#[tokio::test]
async fn organisations_of_before_are_found_after() {
    for scene in scenes().await {
        let register = &scene.world.register;
        let organization = verified(&scene, scene.jana.person).await;
        let brought_in = register.bring_in(&scene.jana, organization, NOW).await;
        brought_in.unwrap();
        let store = &scene.world.store;
        let sql = "select word from register_participants_words order by word";
        let words = async || {
            let rows = store.rows(sql, args![]).await.unwrap();
            let words = rows.iter().map(|row| row.bytes(0).unwrap());
            words.collect::<Vec<_>>()
        };
        let of_today = words().await;
        assert!(of_today.contains(&b"45274649".to_vec()));
        assert_eq!(register.settle_participants().await.unwrap(), 0);
        let mut batch = Batch::new();
        batch.any("delete from register_participants_words", args![]);
        store.commit(batch).await.unwrap();
        assert_eq!(register.settle_participants().await.unwrap(), 1);
        assert_eq!(words().await, of_today);
    }
}

#[tokio::test]
async fn what_was_issued_here_counts_as_proved_and_nothing_else() {
    for scene in scenes().await {
        let register = &scene.world.register;
        let mut ids: Vec<RegisteredCertificateId> = Vec::new();
        let mut batch = Batch::new();
        for serial in [1, 2] {
            let leaf = Spec::signing().serial(serial).by(&scene.root);
            let file = scene.for_jana(leaf.certificate.as_der());
            let id = scene.certificates.enrol(&scene.jana, &file, NOW).await;
            ids.push(id.unwrap());
            let sql = "insert into register_unsettled (certificate) values ($1)";
            batch.one(sql, args![ids[ids.len() - 1]]);
        }
        scene.world.store.commit(batch).await.unwrap();
        let unsettled = register.unsettled_certificates().await.unwrap();
        assert_eq!(unsettled.len(), 2);
        register.settle_certificate(ids[0], true).await.unwrap();
        register.settle_certificate(ids[1], false).await.unwrap();
        assert!(register.unsettled_certificates().await.unwrap().is_empty());
        for (id, proved) in ids.iter().zip([Some(NOW), None]) {
            let own = scene.certificates.own_certificate(&scene.jana, *id).await;
            assert_eq!(own.unwrap().proved_at, proved);
        }
    }
}
