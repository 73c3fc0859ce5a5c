//! What the store costs over the bare driver: `cargo bench -p chancery-store`.
//!
//! Rows committed each second, all durable: by rusqlite alone in transactions of 256 rows, by the store
//! from 256 callers with a row each, and with one caller, who waits for the disk each time. Then point
//! reads. Figures of one machine compare with each other only.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement for people"
)]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use chancery_store::{Batch, Migrations, Store, StoreConfig, args, testing};
use rusqlite::Connection;

const TABLE: &str = "create table entry (id bytea not null primary key, body text not null);";
const ENTRIES: Migrations = Migrations {
    component: "entries",
    steps: &[("V1__entry", TABLE)],
};
const INSERT: &str = "insert into entry (id, body) values ($1, $2)";
const SELECT: &str = "select body from entry where id = $1";
const BODY: &str =
    "a row about as long as one of an index of certificates: serial, issuer, subject, times";
const GROUP: u64 = 256;
const SPAN: Duration = Duration::from_secs(3);

/// Ids in the order of their numbers, as serial numbers are.
fn id(number: u64) -> [u8; 16] {
    (u128::from(number) << 64).to_be_bytes()
}

/// Counts what `work` does in about three seconds, and gives it by second.
async fn rate(mut work: impl AsyncFnMut(u64) -> u64) -> u64 {
    let start = Instant::now();
    let mut done = 0;
    while start.elapsed() < SPAN {
        done += work(done).await;
    }
    done * 1000 / u64::try_from(start.elapsed().as_millis()).unwrap()
}

async fn bare(path: &Path) -> u64 {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch("pragma journal_mode = wal; pragma synchronous = full;")
        .unwrap();
    connection.execute_batch(TABLE).unwrap();
    rate(async |done| {
        connection.execute_batch("begin immediate").unwrap();
        for number in done..done + GROUP {
            let mut insert = connection
                .prepare_cached("insert into entry (id, body) values (?1, ?2)")
                .unwrap();
            insert.execute((id(number), BODY)).unwrap();
        }
        connection.execute_batch("commit").unwrap();
        GROUP
    })
    .await
}

/// Rows by second from so many callers, each of whom commits one row at a time.
async fn commits(store: &Store, callers: u64) -> u64 {
    let start = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for caller in 0..callers {
        let store = store.clone();
        running.spawn(async move {
            let mut done = 0;
            while start.elapsed() < SPAN {
                let mut batch = Batch::new();
                // Another range for each number of callers.
                let number = (callers << 40) + done * callers + caller;
                batch.one(INSERT, args![id(number), BODY]);
                store.commit(batch).await.unwrap();
                done += 1;
            }
            done
        });
    }
    let done: u64 = running.join_all().await.into_iter().sum();
    done * 1000 / u64::try_from(start.elapsed().as_millis()).unwrap()
}

/// Point reads by second from so many callers.
async fn reads(store: &Store, callers: u64) -> u64 {
    let start = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..callers {
        let store = store.clone();
        running.spawn(async move {
            let mut done = 0;
            while start.elapsed() < SPAN {
                let number = (256 << 40) + done % 1000;
                let rows = store.rows(SELECT, args![id(number)]).await.unwrap();
                assert_eq!(rows.len(), 1);
                done += 1;
            }
            done
        });
    }
    let done: u64 = running.join_all().await.into_iter().sum();
    done * 1000 / u64::try_from(start.elapsed().as_millis()).unwrap()
}

#[tokio::main]
async fn main() {
    // In the target folder, for /tmp may be in memory, where a commit costs nothing.
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let bare = bare(&dir.path().join("bare.db")).await;
    println!("{bare:>9} rows/s  bare rusqlite, {GROUP} rows a transaction");
    let config = StoreConfig::Sqlite {
        path: dir.path().join("store.db"),
    };
    let sqlite = Store::open(&config, &[ENTRIES]).await.unwrap();
    let grouped = commits(&sqlite, GROUP).await;
    println!(
        "{grouped:>9} rows/s  SQLite, {GROUP} callers with a row each: {} % of the bare driver",
        grouped * 100 / bare
    );
    println!(
        "{:>9} rows/s  SQLite, one caller",
        commits(&sqlite, 1).await
    );
    println!(
        "{:>9} reads/s SQLite, {GROUP} callers",
        reads(&sqlite, GROUP).await
    );
    println!("{:>9} reads/s SQLite, one caller", reads(&sqlite, 1).await);
    if let Some(postgres) = testing::postgres(&[ENTRIES]).await {
        let grouped = commits(&postgres, GROUP).await;
        println!("{grouped:>9} rows/s  PostgreSQL without fsync, {GROUP} callers with a row each");
        println!(
            "{:>9} reads/s PostgreSQL, {GROUP} callers",
            reads(&postgres, GROUP).await
        );
    }
}
