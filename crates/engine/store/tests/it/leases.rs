//! One holder at a time, and a late one commits nothing.

use std::time::Duration;

use chancery_store::{Batch, CommitError, Store, args, lease, testing};

use crate::{ADD, SHELF, at, id};

const SPAN: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_lease_has_one_holder_until_it_ends() {
    for store in testing::stores(&[]).await {
        let first = lease::acquire(&store, "crl", id(1), at(100), SPAN).await;
        let first = first.unwrap().unwrap();
        assert_eq!((first.attempt, first.until), (1, at(130)));
        let refused = lease::acquire(&store, "crl", id(2), at(129), SPAN).await;
        assert_eq!(refused.unwrap(), None, "{store:?}");
        let other = lease::acquire(&store, "mail", id(2), at(129), SPAN).await;
        assert_eq!(other.unwrap().unwrap().attempt, 1, "{store:?}");
        let second = lease::acquire(&store, "crl", id(2), at(130), SPAN).await;
        assert_eq!(second.unwrap().unwrap().attempt, 2, "{store:?}");
        // The first has been overtaken.
        let late = lease::renew(&store, &first, at(131), SPAN).await.unwrap();
        assert_eq!(late, None, "{store:?}");
        lease::release(&store, first).await.unwrap();
        let held = lease::acquire(&store, "crl", id(3), at(140), SPAN).await;
        assert_eq!(held.unwrap(), None, "{store:?}: released by a late holder");
    }
}

#[tokio::test]
async fn renewing_keeps_and_releasing_frees() {
    for store in testing::stores(&[]).await {
        let held = lease::acquire(&store, "crl", id(1), at(100), SPAN).await;
        let held = held.unwrap().unwrap();
        let renewed = lease::renew(&store, &held, at(120), SPAN).await.unwrap();
        let renewed = renewed.unwrap();
        assert_eq!((renewed.attempt, renewed.until), (1, at(150)));
        let refused = lease::acquire(&store, "crl", id(2), at(140), SPAN).await;
        assert_eq!(refused.unwrap(), None, "{store:?}");
        lease::release(&store, renewed).await.unwrap();
        let next = lease::acquire(&store, "crl", id(2), at(141), SPAN).await;
        assert_eq!(next.unwrap().unwrap().attempt, 2, "{store:?}");
        // A holder that starts again takes its own lease anew.
        let again = lease::acquire(&store, "crl", id(2), at(142), SPAN).await;
        assert_eq!(again.unwrap().unwrap().attempt, 3, "{store:?}");
    }
}

#[tokio::test]
async fn a_late_holder_commits_nothing() {
    for store in testing::stores(&[SHELF]).await {
        let late = lease::acquire(&store, "crl", id(1), at(100), SPAN).await;
        let late = late.unwrap().unwrap();
        let work = |lease: &lease::Lease, book: u8| {
            let mut batch = Batch::new();
            batch.one(ADD, args![id(book), book.to_string(), 10, false]);
            lease.guard(&mut batch);
            batch
        };
        store.commit(work(&late, 1)).await.unwrap();
        let now = lease::acquire(&store, "crl", id(2), at(200), SPAN).await;
        let now = now.unwrap().unwrap();
        let refused = store.commit(work(&late, 2)).await.unwrap_err();
        assert!(
            matches!(refused, CommitError::Conflict { statement: 1, .. }),
            "{store:?}: {refused:?}"
        );
        store.commit(work(&now, 3)).await.unwrap();
        assert_eq!(crate::titles(&store).await, ["1", "3"], "{store:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_many_acquires() {
    for store in testing::stores(&[]).await {
        let mut running = tokio::task::JoinSet::new();
        for holder in 1..=20 {
            let store: Store = store.clone();
            running.spawn(
                async move { lease::acquire(&store, "crl", id(holder), at(100), SPAN).await },
            );
        }
        let outcomes = running.join_all().await;
        let held: Vec<_> = outcomes.into_iter().filter_map(Result::unwrap).collect();
        assert_eq!(held.len(), 1, "{store:?}: {held:?}");
        assert_eq!(held[0].attempt, 1, "{store:?}");
    }
}
