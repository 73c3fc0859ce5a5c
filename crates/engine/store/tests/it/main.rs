//! The store's suite: every test runs on each engine that this machine has, unless it is about one.
#![cfg(test)]

mod batches;
mod blobs;
mod concurrency;
mod durability;
mod leases;
mod migrations;
mod outbox;
mod tls;
mod values;

use chancery_store::{Id, Migrations, Store, Timestamp};

/// A table to try things on.
const SHELF: Migrations = Migrations {
    component: "shelf",
    steps: &[(
        "V1__shelf",
        "
create table shelf (id bigint not null primary key);
create table book (
    id bytea not null primary key,
    shelf bigint references shelf (id),
    title text not null unique,
    pages bigint not null check (pages > 0),
    cover bytea,
    lent boolean not null,
    version bigint not null
);
insert into shelf (id) values (1);
",
    )],
};

const ADD: &str = "insert into book (id, shelf, title, pages, cover, lent, version)
    values ($1, 1, $2, $3, null, $4, 1)";

fn id(number: u8) -> Id {
    Id::from_bytes([number; 16])
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_secs(seconds)
}

async fn titles(store: &Store) -> Vec<String> {
    let rows = store
        .rows("select title from book order by title", vec![])
        .await
        .unwrap();
    rows.iter().map(|row| row.text(0).unwrap()).collect()
}
