//! Batches: all or nothing, counts, constraints, faults.

use chancery_store::{Batch, CommitError, Expect, ReadError, Statement, Timestamp, args, testing};

use crate::{ADD, SHELF, id, titles};

fn add(number: u8, title: &str) -> Batch {
    let mut batch = Batch::new();
    batch.one(ADD, args![id(number), title, 10, false]);
    batch
}

#[tokio::test]
async fn a_batch_is_read_back_as_soon_as_it_is_committed() {
    for store in testing::stores(&[SHELF]).await {
        let mut batch = add(1, "a");
        batch.append(add(2, "b"));
        store.commit(batch).await.unwrap();
        assert_eq!(titles(&store).await, ["a", "b"], "{store:?}");
    }
}

#[tokio::test]
async fn an_empty_batch_is_committed() {
    for store in testing::stores(&[SHELF]).await {
        store.commit(Batch::new()).await.unwrap();
    }
}

#[tokio::test]
async fn a_statement_sees_those_before_it_in_its_batch() {
    for store in testing::stores(&[SHELF]).await {
        let mut batch = add(1, "a");
        batch.one(
            "update book set title = $2, version = version + 1 where id = $1 and version = 1",
            args![id(1), "b"],
        );
        batch.one(
            "update book set title = $2 where id = $1 and version = 2",
            args![id(1), "c"],
        );
        store.commit(batch).await.unwrap();
        assert_eq!(titles(&store).await, ["c"], "{store:?}");
    }
}

#[tokio::test]
async fn another_count_than_expected_undoes_the_batch() {
    for store in testing::stores(&[SHELF]).await {
        store.commit(add(1, "a")).await.unwrap();
        let mut batch = add(2, "b");
        batch.one(
            "update book set title = $1 where id = $2 and version = $3",
            args!["c", id(1), 9],
        );
        batch.append(add(3, "d"));
        let refused = store.commit(batch).await.unwrap_err();
        assert!(
            matches!(
                refused,
                CommitError::Conflict {
                    statement: 1,
                    expected: 1,
                    actual: 0
                }
            ),
            "{store:?}: {refused:?}"
        );
        let mut too_many = add(2, "b");
        too_many.one("update book set lent = $1", args![true]);
        let refused = store.commit(too_many).await.unwrap_err();
        assert!(
            matches!(refused, CommitError::Conflict { actual: 2, .. }),
            "{store:?}: {refused:?}"
        );
        assert_eq!(titles(&store).await, ["a"], "{store:?}");
    }
}

#[tokio::test]
async fn constraints_are_told_apart_and_give_no_values_away() {
    let add =
        "insert into book (id, shelf, title, pages, lent, version) values ($1, $2, $3, $4, $5, 1)";
    for store in testing::stores(&[SHELF]).await {
        let secret = "secret title";
        let good = || args![id(1), 1, secret, 10, false];
        let mut first = Batch::new();
        first.one(add, good());
        store.commit(first).await.unwrap();
        let cases = [
            (args![id(1), 1, "other", 10, false], true),
            (args![id(2), 1, secret, 10, false], true),
            (args![id(2), 99, "other", 10, false], false),
            (args![id(2), 1, "other", 0, false], false),
            (args![id(2), 1, None::<&str>, 10, false], false),
        ];
        for (values, is_unique) in cases {
            let mut batch = Batch::new();
            batch.any("update book set lent = $1", args![true]);
            batch.one(add, values.clone());
            let refused = store.commit(batch).await.unwrap_err();
            let CommitError::Constraint {
                statement: 1,
                unique,
                ref source,
            } = refused
            else {
                panic!("{store:?}: {values:?}: {refused:?}");
            };
            assert_eq!(unique, is_unique, "{store:?}: {values:?}");
            let told = format!("{refused} {source} {source:?} {:?}", source.source());
            assert!(!told.contains(secret), "{told}");
        }
        let lent = "select lent from book";
        let rows = store.rows(lent, vec![]).await.unwrap();
        assert_eq!(rows[0].bool(0), Ok(false), "{store:?}");
    }
}

#[tokio::test]
async fn faults_of_our_own_are_no_unavailability() {
    for store in testing::stores(&[SHELF]).await {
        let cases = [
            ("insert into nowhere (id) values ($1)", args![id(1)]),
            ("update book sett title = $1", args!["a"]),
            ("update book set title = $1", args![]),
            ("update book set title = $1", args!["a", "b"]),
            ("update book set title = $1", args!["zero \0 character"]),
        ];
        for (sql, values) in cases {
            let mut batch = add(1, "a");
            batch.any(sql, values.clone());
            let refused = store.commit(batch).await.unwrap_err();
            assert!(
                matches!(refused, CommitError::Fault { statement: 1, .. }),
                "{store:?}: {sql}: {refused:?}"
            );
        }
        for (sql, values) in [
            ("select id from nowhere", args![]),
            ("select id from book where title = $1", args![]),
            ("select id from book where title = $1", args!["\0"]),
        ] {
            let refused = store.rows(sql, values).await.unwrap_err();
            assert!(
                matches!(refused, ReadError::Fault(_)),
                "{store:?}: {sql}: {refused:?}"
            );
        }
        // The connections go on working.
        store.commit(add(1, "a")).await.unwrap();
        assert_eq!(titles(&store).await, ["a"], "{store:?}");
    }
}

#[tokio::test]
async fn a_read_cannot_write() {
    for store in testing::stores(&[SHELF]).await {
        store.commit(add(1, "a")).await.unwrap();
        let sql = "update book set title = $1 returning title";
        let refused = store.rows(sql, args!["b"]).await.unwrap_err();
        assert!(
            matches!(refused, ReadError::Fault(_)),
            "{store:?}: {refused:?}"
        );
        assert_eq!(titles(&store).await, ["a"], "{store:?}");
    }
}

#[tokio::test]
async fn returning_gives_the_rows_and_minds_their_number() {
    for store in testing::stores(&[SHELF]).await {
        store.commit(add(1, "a")).await.unwrap();
        store.commit(add(2, "b")).await.unwrap();
        let update = |expect| Statement {
            sql: "update book set lent = $1, version = version + 1 where pages = $2 returning title, version",
            args: args![true, 10],
            expect,
        };
        let refused = store.returning(update(Expect::Rows(1))).await.unwrap_err();
        assert!(
            matches!(refused, CommitError::Conflict { actual: 2, .. }),
            "{store:?}: {refused:?}"
        );
        let rows = store.returning(update(Expect::Rows(2))).await.unwrap();
        let mut lent: Vec<_> = rows
            .iter()
            .map(|row| (row.text(0).unwrap(), row.int(1).unwrap()))
            .collect();
        lent.sort();
        assert_eq!(
            lent,
            [("a".to_owned(), 2), ("b".to_owned(), 2)],
            "{store:?}"
        );
        let nothing = Statement {
            sql: "delete from book where pages = $1 returning id",
            args: args![11],
            expect: Expect::Any,
        };
        assert_eq!(store.returning(nothing).await.unwrap(), [], "{store:?}");
    }
}

#[tokio::test]
async fn a_failed_returning_commits_nothing() {
    for store in testing::stores(&[SHELF]).await {
        store.commit(add(1, "a")).await.unwrap();
        let clash = Statement {
            sql: ADD,
            args: args![id(1), "b", 10, false],
            expect: Expect::Rows(1),
        };
        let refused = store.returning(clash).await.unwrap_err();
        assert!(
            matches!(refused, CommitError::Constraint { unique: true, .. }),
            "{store:?}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_record_is_read_by_its_type() {
    struct Title(String, Timestamp);
    impl chancery_store::FromRow for Title {
        fn from_row(row: &chancery_store::Row) -> Result<Self, chancery_store::RowError> {
            Ok(Self(row.text(0)?, row.time(1)?))
        }
    }
    for store in testing::stores(&[SHELF]).await {
        let sql = "select title, pages from book where id = $1";
        assert!(
            store
                .first::<Title>(sql, args![id(1)])
                .await
                .unwrap()
                .is_none()
        );
        store.commit(add(1, "a")).await.unwrap();
        let found = store.first::<Title>(sql, args![id(1)]).await.unwrap();
        let Title(title, pages) = found.unwrap();
        assert_eq!((title.as_str(), pages.as_micros()), ("a", 10), "{store:?}");
        let wrong = store
            .all::<Title>("select pages, title from book", args![])
            .await;
        assert!(matches!(wrong, Err(ReadError::Row(error)) if error.column == 0));
    }
}
