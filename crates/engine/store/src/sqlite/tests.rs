//! What only SQLite does: its settings, and a disk that is full.

use rusqlite::Connection;
use tokio::sync::mpsc;

use super::{Sqlite, connect_reader, connect_writer, reader, writer};
use crate::{CommitError, Expect, Statement, args, store::Answer};

fn setting(connection: &Connection, name: &str) -> String {
    connection
        .query_row(&format!("select * from pragma_{name}"), [], |row| {
            row.get::<_, rusqlite::types::Value>(0)
        })
        .map(|value| match value {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => format!("{other:?}"),
        })
        .unwrap()
}

#[test]
fn a_commit_is_on_the_disk_and_keys_are_checked() {
    let dir = tempfile::tempdir().unwrap();
    let connection = connect_writer(&dir.path().join("store.db")).unwrap();
    let settings = [
        ("journal_mode", "wal"),
        // 2 is FULL: with WAL, anything less may lose a commit when the power fails.
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("trusted_schema", "0"),
        ("busy_timeout", "5000"),
        // 2 is FAST.
        ("secure_delete", "2"),
    ];
    for (name, value) in settings {
        assert_eq!(setting(&connection, name), value, "{name}");
    }
}

fn insert(octets: usize) -> Vec<Statement> {
    vec![Statement {
        sql: "insert into sack (content) values ($1)",
        args: args![vec![1_u8; octets]],
        expect: Expect::Rows(1),
    }]
}

#[tokio::test]
async fn a_full_disk_is_told_and_spares_the_neighbours() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.db");
    let connection = connect_writer(&path).unwrap();
    connection
        .execute_batch("create table sack (content bytea); pragma max_page_count = 100;")
        .unwrap();
    let reads = reader::Readers::start(vec![connect_reader(&path).unwrap()]).unwrap();
    let (writes, waiting) = mpsc::channel(16);
    let sqlite = Sqlite { writes, reads };

    // All three wait before the writer starts, so they form one group.
    let small = sqlite.write(insert(10), Answer::Nothing);
    let large = sqlite.write(insert(10_000_000), Answer::Nothing);
    let also_small = sqlite.write(insert(20), Answer::Nothing);
    let start = async { writer::start(connection, waiting).unwrap() };
    let (small, large, also_small, ()) = tokio::join!(small, large, also_small, start);

    small.unwrap();
    also_small.unwrap();
    let large = large.unwrap_err();
    assert!(matches!(large, CommitError::Unavailable(_)), "{large:?}");
    let rows = sqlite
        .read("select length(content) from sack order by 1", vec![])
        .await
        .unwrap();
    let lengths: Vec<_> = rows.iter().map(|row| row.int(0).unwrap()).collect();
    assert_eq!(lengths, [10, 20]);
}
