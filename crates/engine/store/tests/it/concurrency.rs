//! Many batches at once.

use std::{future::poll_fn, task::Poll};

use chancery_store::{Batch, CommitError, Store, args, testing};

use crate::{ADD, SHELF, id, titles};

fn numbered(number: u32) -> [u8; 16] {
    let mut octets = [0; 16];
    octets[..4].copy_from_slice(&number.to_be_bytes());
    octets
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_batch_does_not_hurt_its_neighbours() {
    for store in testing::stores(&[SHELF]).await {
        let mut running = tokio::task::JoinSet::new();
        for number in 0..300_u32 {
            let store: Store = store.clone();
            running.spawn(async move {
                let mut batch = Batch::new();
                let title = format!("{number:03}");
                batch.one(ADD, args![numbered(number), &title, 10, false]);
                match number % 5 {
                    // Conflicts behind a good insert.
                    1 => batch.one("delete from book where title = $1", args!["none"]),
                    // Breaks a constraint behind a good insert.
                    2 => batch.one(ADD, args![numbered(number), "x", 10, false]),
                    // Is wrong behind a good insert.
                    3 => batch.one("delete from nowhere", args![]),
                    _ => batch.one(
                        "update book set version = 2 where id = $1",
                        args![numbered(number)],
                    ),
                };
                (number, store.commit(batch).await)
            });
        }
        let mut expected = Vec::new();
        while let Some(done) = running.join_next().await {
            let (number, outcome) = done.unwrap();
            match (number % 5, outcome) {
                (0 | 4, Ok(())) => expected.push(format!("{number:03}")),
                (1, Err(CommitError::Conflict { statement: 1, .. }))
                | (2, Err(CommitError::Constraint { statement: 1, .. }))
                | (3, Err(CommitError::Fault { statement: 1, .. })) => {}
                (_, outcome) => panic!("{store:?}: {number}: {outcome:?}"),
            }
        }
        expected.sort();
        assert_eq!(expected.len(), 120);
        assert_eq!(titles(&store).await, expected, "{store:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_many_wins_a_version() {
    for store in testing::stores(&[SHELF]).await {
        let mut first = Batch::new();
        first.one(ADD, args![id(1), "0", 10, false]);
        store.commit(first).await.unwrap();
        let mut running = tokio::task::JoinSet::new();
        for number in 1..=40_i64 {
            let store: Store = store.clone();
            running.spawn(async move {
                let mut batch = Batch::new();
                batch.one(
                    "update book set title = $1, version = 2 where id = $2 and version = 1",
                    args![number.to_string(), id(1)],
                );
                (number, store.commit(batch).await)
            });
        }
        let mut winners = Vec::new();
        while let Some(done) = running.join_next().await {
            match done.unwrap() {
                (number, Ok(())) => winners.push(number.to_string()),
                (_, Err(CommitError::Conflict { actual: 0, .. })) => {}
                (number, outcome) => panic!("{store:?}: {number}: {outcome:?}"),
            }
        }
        assert_eq!(winners.len(), 1, "{store:?}");
        assert_eq!(titles(&store).await, winners, "{store:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_in_each_others_way_are_all_committed() {
    let touch = "update book set pages = pages + 1 where id = $1";
    // Long enough for the other batch to lock its first book.
    let linger = "update book set pages = pages + 1
        where id = $1 and cast(pg_sleep(0.3) as text) is not null";
    for store in testing::stores(&[SHELF]).await {
        let mut books = Batch::new();
        for number in 1..=4 {
            books.one(ADD, args![id(number), number.to_string(), 10, false]);
        }
        store.commit(books).await.unwrap();
        let linger = if store.engine() == "PostgreSQL" {
            linger
        } else {
            touch
        };
        let batch = |order: [u8; 3]| {
            let mut batch = Batch::new();
            batch.one(touch, args![id(order[0])]);
            batch.one(linger, args![id(order[1])]);
            batch.one(touch, args![id(order[2])]);
            batch
        };
        // Each waits for what the other holds; PostgreSQL ends one of them as a deadlock.
        let (one, other) = tokio::join!(
            store.commit(batch([1, 3, 2])),
            store.commit(batch([2, 4, 1]))
        );
        one.unwrap();
        other.unwrap();
        let sql = "select pages from book order by title";
        let rows = store.rows(sql, vec![]).await.unwrap();
        let pages: Vec<_> = rows.iter().map(|row| row.int(0).unwrap()).collect();
        assert_eq!(pages, [12, 12, 11, 11], "{store:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_stops_waiting_leaves_no_half_batch() {
    for store in testing::stores(&[SHELF]).await {
        for number in 0..50_u32 {
            let mut batch = Batch::new();
            for half in [0, 1000] {
                let title = format!("{number} {half}");
                batch.one(ADD, args![numbered(number + half), title, 10, false]);
            }
            let mut commit = Box::pin(store.commit(batch));
            // Sent off, then forgotten.
            poll_fn(|context| Poll::Ready(commit.as_mut().poll(context).is_ready())).await;
        }
        let mut last = Batch::new();
        last.one(ADD, args![numbered(9999), "last", 10, false]);
        store.commit(last).await.unwrap();
        // On PostgreSQL the forgotten ones run beside the last; each must be there in the end, and whole.
        let mut patience = 1500;
        while titles(&store).await.len() < 101 && patience > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            patience -= 1;
            assert_eq!(titles(&store).await.len() % 2, 1, "{store:?}: half a batch");
        }
        assert_eq!(titles(&store).await.len(), 101, "{store:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_is_reached_again_after_its_connections_are_gone() {
    let Some(store) = testing::postgres(&[SHELF]).await else {
        return;
    };
    for round in 0..3 {
        let mut batch = Batch::new();
        batch.one(ADD, args![id(round), round.to_string(), 10, false]);
        store.commit(batch).await.unwrap();
        let sql = "select cast(count(pg_terminate_backend(pid)) as bigint) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()";
        let ended = store.rows(sql, vec![]).await.unwrap();
        assert!(ended[0].int(0).unwrap() > 0, "no connection was ended");
    }
    assert_eq!(titles(&store).await, ["0", "1", "2"]);
}
