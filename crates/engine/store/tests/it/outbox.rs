//! Effects are claimed by one at a time, tried again, and forget their bodies.

use std::{collections::HashSet, time::Duration};

use chancery_store::{
    Batch, Id, Store, Timestamp, args,
    outbox::{
        self, Captured, Delivery, MAX_ATTEMPTS, Outgoing, SettleError, State, capture, captured,
        claim, counts, delivered, enqueue, failed, list, purge, retry,
    },
    testing,
};

use crate::{at, id};

const LEASE: Duration = Duration::from_mins(1);

async fn enqueue_at(store: &Store, id: Id, now: Timestamp) {
    let mut batch = Batch::new();
    let outgoing = Outgoing {
        id,
        topic: "mail",
        recipient: "a@b.example",
        body: b"sealed".to_vec(),
        now,
    };
    enqueue(&mut batch, &outgoing);
    store.commit(batch).await.unwrap();
}

async fn claim_one(store: &Store, now: Timestamp) -> Delivery {
    let mut claimed = claim(store, now, LEASE, 10).await.unwrap();
    assert_eq!(claimed.len(), 1, "{store:?}");
    claimed.remove(0)
}

async fn body(store: &Store, id: Id) -> Option<Vec<u8>> {
    let sql = "select body from outbox where id = $1";
    let rows = store.rows(sql, args![id]).await.unwrap();
    rows[0].opt_bytes(0).unwrap()
}

#[tokio::test]
async fn what_is_delivered_forgets_its_body() {
    for store in testing::stores(&[]).await {
        enqueue_at(&store, id(1), at(100)).await;
        assert_eq!(claim(&store, at(99), LEASE, 10).await.unwrap(), []);
        let delivery = claim_one(&store, at(100)).await;
        let expected = Delivery {
            id: id(1),
            topic: "mail".to_owned(),
            recipient: "a@b.example".to_owned(),
            body: b"sealed".to_vec(),
            attempt: 1,
        };
        assert_eq!(delivery, expected);
        assert_eq!(claim(&store, at(159), LEASE, 10).await.unwrap(), []);
        delivered(&store, &delivery, at(110)).await.unwrap();
        assert_eq!(body(&store, id(1)).await, None, "{store:?}");
        assert_eq!(claim(&store, at(999), LEASE, 10).await.unwrap(), []);
        let entries = list(&store, Some(State::Delivered), 10).await.unwrap();
        assert_eq!(entries[0].finished_at, Some(at(110)));
        assert_eq!(counts(&store).await.unwrap().waiting, 0);
        let twice = delivered(&store, &delivery, at(111)).await.unwrap_err();
        assert!(matches!(twice, SettleError::Superseded { attempt: 1 }));
    }
}

#[tokio::test]
async fn a_deliverer_that_is_late_settles_nothing() {
    for store in testing::stores(&[]).await {
        enqueue_at(&store, id(1), at(100)).await;
        let late = claim_one(&store, at(100)).await;
        let next = claim_one(&store, at(160)).await;
        assert_eq!(next.attempt, 2, "{store:?}");
        let outcomes = [
            delivered(&store, &late, at(161)).await,
            failed(&store, &late, Some(at(170)), "refused", at(161)).await,
            failed(&store, &late, None, "refused", at(161)).await,
        ];
        for outcome in outcomes {
            let superseded = matches!(outcome, Err(SettleError::Superseded { attempt: 1 }));
            assert!(superseded, "{store:?}: {outcome:?}");
        }
        delivered(&store, &next, at(162)).await.unwrap();
    }
}

#[tokio::test]
async fn a_failed_one_is_tried_again_until_it_is_dead() {
    for store in testing::stores(&[]).await {
        enqueue_at(&store, id(1), at(0)).await;
        for attempt in 1..=MAX_ATTEMPTS {
            let delivery = claim_one(&store, at(attempt * 100)).await;
            assert_eq!(delivery.attempt, attempt);
            let again = at(attempt * 100 + 100);
            let now = at(attempt * 100);
            failed(&store, &delivery, Some(again), "no answer", now)
                .await
                .unwrap();
            assert_eq!(
                claim(&store, at(attempt * 100 + 99), LEASE, 10)
                    .await
                    .unwrap(),
                []
            );
        }
        assert_eq!(claim(&store, at(1_000_000), LEASE, 10).await.unwrap(), []);
        let dead = list(&store, Some(State::Dead), 10).await.unwrap();
        assert_eq!(dead.len(), 1, "{store:?}");
        assert_eq!(dead[0].reason.as_deref(), Some("no answer"));
        assert_eq!(dead[0].attempt, MAX_ATTEMPTS);
        let count = counts(&store).await.unwrap();
        assert_eq!((count.waiting, count.dead), (0, 1));

        assert!(retry(&store, id(1), at(5000)).await.unwrap());
        assert!(!retry(&store, id(1), at(5000)).await.unwrap());
        let delivery = claim_one(&store, at(5000)).await;
        assert_eq!((delivery.attempt, delivery.body), (1, b"sealed".to_vec()));
    }
}

#[tokio::test]
async fn one_in_vain_is_dead_at_once() {
    for store in testing::stores(&[]).await {
        enqueue_at(&store, id(1), at(100)).await;
        let delivery = claim_one(&store, at(100)).await;
        failed(&store, &delivery, None, "no such mailbox", at(101))
            .await
            .unwrap();
        let dead = list(&store, Some(State::Dead), 10).await.unwrap();
        assert_eq!(dead[0].reason.as_deref(), Some("no such mailbox"));
        assert_eq!(dead[0].finished_at, Some(at(101)), "{store:?}");
    }
}

#[tokio::test]
async fn one_that_always_ends_its_deliverer_dies() {
    for store in testing::stores(&[]).await {
        enqueue_at(&store, id(1), at(0)).await;
        for attempt in 1..=MAX_ATTEMPTS {
            let delivery = claim_one(&store, at(attempt * 100)).await;
            assert_eq!(delivery.attempt, attempt);
        }
        assert_eq!(claim(&store, at(10_000), LEASE, 10).await.unwrap(), []);
        let dead = list(&store, Some(State::Dead), 10).await.unwrap();
        assert_eq!(
            dead[0].reason.as_deref(),
            Some("never settled"),
            "{store:?}"
        );
    }
}

#[tokio::test]
async fn the_oldest_comes_first() {
    for store in testing::stores(&[]).await {
        for (number, seconds) in [(1, 30), (2, 10), (3, 20), (4, 40)] {
            enqueue_at(&store, id(number), at(seconds)).await;
        }
        let oldest = counts(&store).await.unwrap().oldest_due_at;
        assert_eq!(oldest, Some(at(10)));
        let claimed = claim(&store, at(100), LEASE, 3).await.unwrap();
        let ids: Vec<_> = claimed.iter().map(|delivery| delivery.id).collect();
        assert_eq!(ids, [id(2), id(3), id(1)], "{store:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_two_claim_the_same() {
    const ALL: u64 = 1000;
    for store in testing::stores(&[]).await {
        let mut batch = Batch::new();
        for number in 0..ALL {
            let mut octets = [0; 16];
            octets[..8].copy_from_slice(&number.to_be_bytes());
            let outgoing = Outgoing {
                id: Id::from_bytes(octets),
                topic: "mail",
                recipient: "a@b.example",
                body: vec![1],
                now: at(0),
            };
            enqueue(&mut batch, &outgoing);
        }
        store.commit(batch).await.unwrap();
        let mut running = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let store: Store = store.clone();
            running.spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let claimed = claim(&store, at(1000), LEASE, 40).await.unwrap();
                    mine.extend(claimed);
                    if counts(&store).await.unwrap().oldest_due_at > Some(at(1000)) {
                        break mine;
                    }
                }
            });
        }
        let claimed: Vec<_> = running.join_all().await.into_iter().flatten().collect();
        let distinct: HashSet<_> = claimed.iter().map(|delivery| delivery.id).collect();
        let all = usize::try_from(ALL).unwrap();
        assert_eq!((claimed.len(), distinct.len()), (all, all), "{store:?}");
        assert!(claimed.iter().all(|delivery| delivery.attempt == 1));
    }
}

#[tokio::test]
async fn what_is_finished_is_purged_in_time() {
    for store in testing::stores(&[]).await {
        for number in 1..=3 {
            enqueue_at(&store, id(number), at(0)).await;
        }
        let claimed = claim(&store, at(0), LEASE, 2).await.unwrap();
        delivered(&store, &claimed[0], at(100)).await.unwrap();
        failed(&store, &claimed[1], None, "no such mailbox", at(200))
            .await
            .unwrap();
        let keep = Duration::from_secs(50);
        let left = async || list(&store, None, 10).await.unwrap().len();
        purge(&store, at(150), keep).await.unwrap();
        assert_eq!(left().await, 3, "{store:?}");
        purge(&store, at(151), keep).await.unwrap();
        assert_eq!(left().await, 2, "{store:?}");
        purge(&store, at(9999), keep).await.unwrap();
        assert_eq!(left().await, 1, "{store:?}: what waits was purged");
    }
}

#[tokio::test]
async fn an_effect_goes_with_its_cause() {
    for store in testing::stores(&[]).await {
        let mut batch = Batch::new();
        let outgoing = Outgoing {
            id: id(1),
            topic: "mail",
            recipient: "a@b.example",
            body: vec![1],
            now: at(1),
        };
        enqueue(&mut batch, &outgoing);
        batch.one("delete from outbox where id = $1", args![id(9)]);
        store.commit(batch).await.unwrap_err();
        assert_eq!(
            claim(&store, at(9), LEASE, 9).await.unwrap(),
            [],
            "{store:?}"
        );
    }
}

#[tokio::test]
async fn a_captured_message_is_kept_once() {
    for store in testing::stores(&[]).await {
        let message = |number, seconds| Captured {
            id: id(number),
            recipient: "a@b.example".to_owned(),
            subject: "Váš přístupový kód".to_owned(),
            text: "text".to_owned(),
            html: (number == 1).then(|| "<p>text</p>".to_owned()),
            at: at(seconds),
        };
        for (number, seconds) in [(1, 10), (2, 20), (1, 30)] {
            let mut batch = Batch::new();
            capture(&mut batch, message(number, seconds));
            store.commit(batch).await.unwrap();
        }
        let mailbox = captured(&store, 10).await.unwrap();
        assert_eq!(mailbox, [message(2, 20), message(1, 10)], "{store:?}");
        let one = outbox::captured_message(&store, id(1)).await.unwrap();
        assert_eq!(one, Some(message(1, 10)));
        assert_eq!(outbox::captured_message(&store, id(3)).await.unwrap(), None);
    }
}
