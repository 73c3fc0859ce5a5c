//! Values come back as they went in.

use chancery_store::{Batch, Migrations, Row, Value, args, testing};

const VALUES: Migrations = Migrations {
    component: "vals",
    steps: &[(
        "V1__vals",
        "create table val (id bigint not null primary key, n bigint, t text, b bytea, f boolean);",
    )],
};

const INSERT: &str = "insert into val (id, n, t, b, f) values ($1, $2, $3, $4, $5)";

#[tokio::test]
async fn every_value_comes_back() {
    let rows = [
        args![1, i64::MIN, "", Vec::new(), false],
        args![
            2,
            i64::MAX,
            "příliš žluťoučký 🐴 ' \" \\ $1 ?",
            vec![0, 255, 0],
            true
        ],
        args![3, 0, " \t\n", vec![b'x'; 100_000], true],
        args![4, None::<i64>, None::<&str>, None::<Vec<u8>>, None::<bool>],
        // A text that looks like a number, and octets that look like text.
        args![5, -1, "007", b"007".to_vec(), false],
    ];
    for store in testing::stores(&[VALUES]).await {
        let mut batch = Batch::new();
        for row in &rows {
            batch.one(INSERT, row.clone());
        }
        store.commit(batch).await.unwrap();
        let sql = "select id, n, t, b, f from val order by id";
        let read = store.rows(sql, vec![]).await.unwrap();
        assert_eq!(read.len(), rows.len());
        for (read, wrote) in read.iter().zip(&rows) {
            assert_eq!(read.opt_int(1), as_int(&wrote[1]), "{store:?}");
            assert_eq!(read.opt_text(2), as_text(&wrote[2]), "{store:?}");
            assert_eq!(read.opt_bytes(3), as_bytes(&wrote[3]), "{store:?}");
            if wrote[4] != Value::Null {
                assert_eq!(Value::Bool(read.bool(4).unwrap()), wrote[4], "{store:?}");
            }
        }
    }
}

fn as_int(value: &Value) -> Result<Option<i64>, chancery_store::RowError> {
    Row::new(vec![value.clone()]).opt_int(0)
}

fn as_text(value: &Value) -> Result<Option<String>, chancery_store::RowError> {
    Row::new(vec![value.clone()]).opt_text(0)
}

fn as_bytes(value: &Value) -> Result<Option<Vec<u8>>, chancery_store::RowError> {
    Row::new(vec![value.clone()]).opt_bytes(0)
}

#[tokio::test]
async fn arguments_go_by_number_and_not_by_appearance() {
    for store in testing::stores(&[VALUES]).await {
        let mut batch = Batch::new();
        batch.one(
            "insert into val (t, n, id) values ($3, $2, $1)",
            args![1, 2, "three"],
        );
        batch.one(
            "insert into val (id, n, t) values ($1 + 1, $1 + 1, $2)",
            args![1, "twice"],
        );
        batch.one("update val set t = $2 where t = $1", args!["three", "3"]);
        store.commit(batch).await.unwrap();
        let sql = "select id, n, t from val where t <> $2 and id >= $1 order by id";
        let read = store.rows(sql, args![1, "$1"]).await.unwrap();
        let read: Vec<_> = read
            .iter()
            .map(|row| {
                (
                    row.int(0).unwrap(),
                    row.int(1).unwrap(),
                    row.text(2).unwrap(),
                )
            })
            .collect();
        let expected = [(1, 2, "3".to_owned()), (2, 2, "twice".to_owned())];
        assert_eq!(read, expected, "{store:?}");
    }
}

#[tokio::test]
async fn both_engines_agree_on_what_use_cases_rely_on() {
    for store in testing::stores(&[VALUES]).await {
        let mut batch = Batch::new();
        for (id, text) in [(1, "abc"), (2, "ABC"), (3, "a%c"), (4, "Žabc")] {
            batch.one(INSERT, args![id, id, text, None::<Vec<u8>>, id > 2]);
        }
        // What is there already is left alone, or replaced.
        batch.any(
            "insert into val (id, t) values ($1, $2) on conflict (id) do nothing",
            args![1, "new"],
        );
        batch.one(
            "insert into val (id, t, f) values ($1, $2, $3) on conflict (id) do update set n = $4, f = excluded.f",
            args![2, "new", false, 20],
        );
        store.commit(batch).await.unwrap();
        let ids = async |sql: &'static str, values| {
            let rows = store.rows(sql, values).await.unwrap();
            rows.iter()
                .map(|row| row.int(0).unwrap())
                .collect::<Vec<_>>()
        };
        let like = r"select id from val where t like $1 escape '\' order by id";
        assert_eq!(ids(like, args!["a%"]).await, [1, 3], "{store:?}");
        assert_eq!(ids(like, args![r"a\%c"]).await, [3], "{store:?}");
        assert_eq!(ids(like, args!["_abc"]).await, [4], "{store:?}");
        let flag = "select id from val where f = $1 order by id limit $2";
        assert_eq!(ids(flag, args![true, 1]).await, [3], "{store:?}");
        let either = "select id from val where (f = $1 or n = $2) and id in (select id from val where id < $3) order by id desc";
        assert_eq!(ids(either, args![true, 20, 4]).await, [3, 2], "{store:?}");
        let counted = "select count(*), cast(sum(n) as bigint), min(n), length(min(t)) from val";
        assert_eq!(ids(counted, args![]).await, [4], "{store:?}");
        let rows = store.rows(counted, args![]).await.unwrap();
        let numbers: Vec<_> = (0..4).map(|column| rows[0].int(column).unwrap()).collect();
        assert_eq!(numbers, [4, 28, 1, 3], "{store:?}");
    }
}
