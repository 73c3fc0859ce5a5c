//! What was committed is there after the process is killed.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _, stdin, stdout},
    os::unix::fs::PermissionsExt as _,
    process::{Command, Stdio},
};

use chancery_store::{Batch, CommitError, Migrations, Store, StoreConfig, args, testing};

const HALVES: Migrations = Migrations {
    component: "halves",
    steps: &[(
        "V1__half",
        "create table half (number bigint not null, side bigint not null, primary key (number, side));",
    )],
};

#[tokio::test]
async fn the_database_is_for_its_owner_only() {
    let store = testing::sqlite(&[]).await;
    let StoreConfig::Sqlite { path } = store.config() else {
        panic!("{store:?}");
    };
    let files: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert!(
        files.len() >= 2,
        "no journal beside the database: {files:?}"
    );
    for file in files {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{file:?}");
    }
}

#[tokio::test]
async fn a_check_tells_whether_the_database_takes_commits() {
    for store in testing::stores(&[]).await {
        store.check().await.unwrap();
    }
    let Some(store) = testing::postgres(&[]).await else {
        return;
    };
    let StoreConfig::Postgres { url } = store.config() else {
        panic!("{store:?}");
    };
    let there = Store::open(&StoreConfig::Postgres { url: url.clone() }, &[]).await;
    let there = there.unwrap();
    drop(store);
    let gone = there.check().await.unwrap_err();
    assert!(matches!(gone, CommitError::Unavailable(_)), "{gone:?}");
}

/// Run by the test below in a process of its own: writes until it is killed, and says what was committed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "the other half of a test"]
async fn writes_until_killed() {
    let mut path = String::new();
    stdin().read_line(&mut path).unwrap();
    let config = StoreConfig::Sqlite {
        path: path.trim().into(),
    };
    let store = Store::open(&config, &[HALVES]).await.unwrap();
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..8_i64 {
        let store = store.clone();
        writers.spawn(async move {
            for number in (writer..).step_by(8) {
                let mut batch = Batch::new();
                for side in [0, 1] {
                    let sql = "insert into half (number, side) values ($1, $2)";
                    batch.one(sql, args![number, side]);
                }
                store.commit(batch).await.unwrap();
                writeln!(stdout(), "committed {number}").unwrap();
            }
        });
    }
    writers.join_all().await;
}

#[tokio::test]
async fn nothing_committed_is_lost_when_the_process_is_killed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.db");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "durability::writes_until_killed",
            "--ignored",
            "--nocapture",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{}", path.display()).unwrap();
    let mut committed = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        // The harness writes lines of its own, and the last line may be cut off.
        let line = line.unwrap();
        if let Some(number) = line.rsplit_once("committed ").map(|(_, number)| number) {
            committed.push(number.parse::<i64>().unwrap());
        }
        if committed.len() == 400 {
            child.kill().unwrap();
            break;
        }
    }
    child.wait().unwrap();
    assert_eq!(committed.len(), 400);

    let store = Store::open(&StoreConfig::Sqlite { path }, &[HALVES])
        .await
        .unwrap();
    let sql = "select number, count(*) from half group by number";
    let rows = store.rows(sql, vec![]).await.unwrap();
    let found: std::collections::HashMap<_, _> = rows
        .iter()
        .map(|row| (row.int(0).unwrap(), row.int(1).unwrap()))
        .collect();
    for number in committed {
        assert!(found.contains_key(&number), "{number} is lost");
    }
    assert!(found.values().all(|sides| *sides == 2), "half a batch");
}
