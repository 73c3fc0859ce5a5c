//! Acts are recorded with what they do, on every engine.
#![cfg(test)]

use std::net::IpAddr;

use chancery_audit::{Act, Actor, EntryActor, MIGRATIONS, Object, of_object, recent, record};
use chancery_keys::testing::SeededEntropy;
use chancery_store::{Batch, CommitError, Id, Timestamp, args, testing};
use serde_json::json;

fn act(actor: Actor, object: &str) -> Act {
    Act {
        action: "certificate.issue",
        actor,
        object: Object {
            kind: "certificate",
            id: object.to_owned(),
        },
        before: None,
        after: Some(json!({"profile": "smime-mailbox-multipurpose", "fields": ["email"]})),
        evidence: Some([9; 32]),
    }
}

#[tokio::test]
async fn an_entry_reads_as_it_was_recorded() {
    for store in testing::stores(&[MIGRATIONS]).await {
        let entropy = SeededEntropy::new(1);
        let address: IpAddr = "2001:db8::7".parse().unwrap();
        let actors = [
            (
                Actor::Person {
                    id: Id::from_bytes([4; 16]),
                    role: "ra-officer",
                    from: Some(address),
                },
                EntryActor::Person {
                    id: Id::from_bytes([4; 16]),
                    role: "ra-officer".to_owned(),
                    from: Some(address),
                },
            ),
            (
                Actor::Operator {
                    user: "ops".to_owned(),
                },
                EntryActor::Operator {
                    user: "ops".to_owned(),
                },
            ),
            (Actor::System, EntryActor::System),
        ];
        for (seconds, (actor, _)) in (1..).zip(&actors) {
            let mut batch = Batch::new();
            let act = act(actor.clone(), "0a0b");
            record(&mut batch, &entropy, &act, Timestamp::from_secs(seconds)).unwrap();
            store.commit(batch).await.unwrap();
        }
        let entries = of_object(&store, "certificate", "0a0b", 10).await.unwrap();
        let newest_first: Vec<_> = entries.iter().map(|entry| entry.actor.clone()).collect();
        let expected: Vec<_> = actors.into_iter().rev().map(|(_, read)| read).collect();
        assert_eq!(newest_first, expected);
        let newest = &entries[0];
        assert_eq!(newest.at, Timestamp::from_secs(3));
        assert_eq!(newest.action, "certificate.issue");
        assert_eq!(newest.before, None);
        assert_eq!(newest.after.as_ref().unwrap()["fields"], json!(["email"]));
        assert_eq!(newest.evidence, Some([9; 32]));
        assert_eq!(recent(&store, 2).await.unwrap(), entries[..2]);
        let other = of_object(&store, "certificate", "0a0c", 10).await.unwrap();
        assert_eq!(other, []);
    }
}

#[tokio::test]
async fn an_act_that_is_rolled_back_leaves_no_entry() {
    for store in testing::stores(&[MIGRATIONS]).await {
        let mut batch = Batch::new();
        let act = act(Actor::System, "0a0b");
        let now = Timestamp::from_secs(1);
        record(&mut batch, &SeededEntropy::new(1), &act, now).unwrap();
        batch.one(
            "update audit_pending set action = $1 where action = $2",
            args!["x", "nothing"],
        );
        let refused = store.commit(batch).await;
        assert!(
            matches!(refused, Err(CommitError::Conflict { statement: 1, .. })),
            "{refused:?}"
        );
        assert_eq!(recent(&store, 10).await.unwrap(), []);
    }
}
