//! Tables are brought up to date once, and history does not change.

use chancery_store::{Batch, Migrations, OpenError, Store, args, testing};

use crate::{ADD, SHELF, id, titles};

const EXTENDED: Migrations = Migrations {
    component: "shelf",
    steps: &[
        SHELF.steps[0],
        (
            "V2__colour",
            "alter table book add column colour text; update book set colour = 'grey';",
        ),
    ],
};

#[tokio::test]
async fn a_step_runs_once_and_later_steps_keep_the_rows() {
    for store in testing::stores(&[SHELF]).await {
        let mut batch = Batch::new();
        batch.one(ADD, args![id(1), "a", 10, false]);
        store.commit(batch).await.unwrap();
        // The first step would fail on its own tables.
        let again = Store::open(store.config(), &[SHELF]).await.unwrap();
        assert_eq!(titles(&again).await, ["a"]);
        let extended = Store::open(store.config(), &[EXTENDED]).await.unwrap();
        let rows = extended.rows("select colour from book", vec![]).await;
        assert_eq!(rows.unwrap()[0].text(0).unwrap(), "grey");
    }
}

#[tokio::test]
async fn changed_history_is_refused() {
    const RENAMED: Migrations = Migrations {
        component: "shelf",
        steps: &[("V1__cupboard", SHELF.steps[0].1)],
    };
    const EDITED: Migrations = Migrations {
        component: "shelf",
        steps: &[("V1__shelf", "create table shelf (id bigint);")],
    };
    for store in testing::stores(&[EXTENDED]).await {
        for history in [RENAMED, EDITED, SHELF] {
            let refused = Store::open(store.config(), &[history]).await.map(drop);
            assert!(
                matches!(
                    refused,
                    Err(OpenError::Migration {
                        component: "shelf",
                        ..
                    })
                ),
                "{store:?}: {history:?}: {refused:?}"
            );
        }
        Store::open(store.config(), &[EXTENDED]).await.unwrap();
    }
}

#[tokio::test]
async fn a_step_that_fails_leaves_nothing_of_itself() {
    const BROKEN: Migrations = Migrations {
        component: "shelf",
        steps: &[
            SHELF.steps[0],
            (
                "V2__broken",
                "create table lamp (id bigint); insert into nowhere values (1);",
            ),
        ],
    };
    const MENDED: Migrations = Migrations {
        component: "shelf",
        steps: &[
            SHELF.steps[0],
            ("V2__lamp", "create table lamp (id bigint);"),
        ],
    };
    for store in testing::stores(&[]).await {
        let refused = Store::open(store.config(), &[BROKEN]).await.map(drop);
        assert!(
            matches!(refused, Err(OpenError::Migration { .. })),
            "{store:?}: {refused:?}"
        );
        Store::open(store.config(), &[MENDED]).await.unwrap();
    }
}

#[tokio::test]
async fn components_number_their_steps_without_each_other() {
    let lamp = Migrations {
        component: "lamp",
        steps: &[(
            "V1__lamp",
            "create table lamp (id bigint not null primary key, shelf bigint references shelf (id));",
        )],
    };
    for store in testing::stores(&[SHELF, lamp]).await {
        let mut batch = Batch::new();
        batch.one("insert into lamp (id, shelf) values ($1, $2)", args![7, 1]);
        store.commit(batch).await.unwrap();
    }
}

#[tokio::test]
async fn a_component_whose_name_is_no_table_name_is_refused() {
    let store = testing::sqlite(&[]).await;
    for component in ["", "Shelf", "a b", "a;drop"] {
        let history = Migrations {
            component,
            steps: &[],
        };
        let refused = Store::open(store.config(), &[history]).await.map(drop);
        assert!(
            matches!(refused, Err(OpenError::Migration { .. })),
            "{component}: {refused:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_together_do_not_run_a_step_twice() {
    for _ in 0..4 {
        start_together().await;
    }
}

async fn start_together() {
    for store in testing::stores(&[]).await {
        let mut starting = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let config = store.config().clone();
            starting.spawn(async move { Store::open(&config, &[EXTENDED]).await.map(drop) });
        }
        while let Some(started) = starting.join_next().await {
            started
                .unwrap()
                .unwrap_or_else(|error| panic!("{store:?}: {error:?}"));
        }
    }
}

#[tokio::test]
async fn what_is_no_database_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.db");
    std::fs::write(
        &path,
        "a text that is surely not a database, however long one reads it",
    )
    .unwrap();
    let missing = dir.path().join("missing/store.db");
    for path in [path, missing] {
        let config = chancery_store::StoreConfig::Sqlite { path };
        let refused = Store::open(&config, &[]).await.map(drop);
        assert!(
            matches!(refused, Err(OpenError::Database { .. })),
            "{refused:?}"
        );
    }
    let nowhere = chancery_store::StoreConfig::Postgres {
        url: format!("host={} user=nobody password=secret", dir.path().display()),
    };
    let refused = Store::open(&nowhere, &[]).await.map(drop).unwrap_err();
    assert!(matches!(refused, OpenError::Database { .. }), "{refused:?}");
    assert!(!format!("{refused:?} {nowhere:?}").contains("secret"));
}
