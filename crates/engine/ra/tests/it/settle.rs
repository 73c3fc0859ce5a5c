//! What earlier versions left is completed once.

use chancery_ra::MIGRATIONS;
use chancery_store::{Batch, Migrations, Store, args, testing};

/// The tables as they were before this step.
fn before(step: &str) -> Migrations {
    let end = MIGRATIONS.steps.iter().position(|(name, _)| *name == step);
    Migrations {
        component: MIGRATIONS.component,
        steps: &MIGRATIONS.steps[..end.unwrap()],
    }
}

fn id(last: u8) -> Vec<u8> {
    [[0; 15].as_slice(), &[last]].concat()
}

/// An order of somebody: what it renews, its certificate, and the states of its steps.
fn order(
    batch: &mut Batch,
    number: u8,
    renews: Option<u8>,
    certificate: Option<u8>,
    steps: [&str; 3],
) {
    batch.one(
        "insert into ra_orders (id, number, person, product, price, currency, created_at, version,
            certificate, finished, renews) values ($1, $2, $3, 'x', 1, 'EUR', 1, 1, $4, $5, $6)",
        args![
            id(number),
            number.to_string(),
            id(1),
            certificate.map(id),
            certificate.is_some(),
            renews.map(id)
        ],
    );
    let names = ["data-verification", "email-verification", "activation"];
    for (step, state) in names.into_iter().zip(steps) {
        batch.one(
            "insert into ra_steps (order_id, step, state, at, evidence) values ($1, $2, $3, 1, 'e')",
            args![id(number), step, state],
        );
    }
}

fn application(batch: &mut Batch, number: u8, of: u8, source: Option<u8>) {
    batch.one(
        "insert into ra_applications (id, order_id, revision, person, kind, data, number_wrong,
            submitted_at, state, decided_at, decided_by, source)
         values ($1, $2, 1, $3, 'sponsor', $1, $4, 1, $5, 7, $1, $6)",
        args![
            id(number),
            id(of),
            id(1),
            false,
            if source.is_some() {
                "reused"
            } else {
                "verified"
            },
            source.map(id)
        ],
    );
}

fn certificate(batch: &mut Batch, number: u8, of: u8, reason: Option<i64>) {
    batch.one(
        "insert into certificate (id, serial, authority, shard, profile, subject, emails, holder, order_id,
            key_digest, not_before, not_after, der, evidence, issued_at, issued_by, revoked_at, reason)
         values ($1, $1, 'a', 1, 'p', 's', 'e', $2, $3, $1, 1, 2, $1, 'e', 1, 'x', $4, $5)",
        args![id(number), id(1), id(of), reason.map(|_| 5_i64), reason],
    );
}

async fn states(store: &Store, order: u8) -> (bool, i64, Vec<String>) {
    let sql = "select o.finished, o.version, s.state from ra_orders o join ra_steps s on s.order_id = o.id
        where o.id = $1 order by case s.step when 'data-verification' then 1 when 'email-verification' then 2 else 3 end";
    let rows = store.rows(sql, args![id(order)]).await.unwrap();
    let states = rows.iter().map(|row| row.text(2).unwrap()).collect();
    (rows[0].bool(0).unwrap(), rows[0].int(1).unwrap(), states)
}

#[tokio::test]
async fn orders_on_untrue_data_ask_anew_and_renewals_of_revoked_certificates_end() {
    let others = [
        chancery_audit::MIGRATIONS,
        chancery_register::MIGRATIONS,
        chancery_ca::MIGRATIONS,
    ];
    let old = [&others[..], &[before("V5__withdrawn")]].concat();
    for store in testing::stores(&old).await {
        let mut batch = Batch::new();
        let done = ["verified"; 3];
        let ready = ["verified", "verified", "awaiting-data"];
        // Data (20) of an order whose certificate was revoked as untrue, by way of an order that took them over.
        order(&mut batch, 2, None, Some(30), done);
        application(&mut batch, 20, 2, None);
        certificate(&mut batch, 30, 2, None);
        order(&mut batch, 3, None, Some(31), done);
        application(&mut batch, 21, 3, Some(20));
        certificate(&mut batch, 31, 3, Some(9));
        // One that rests on them, and one at its mailbox.
        order(&mut batch, 4, None, None, ready);
        application(&mut batch, 22, 4, Some(20));
        order(
            &mut batch,
            5,
            None,
            None,
            ["verified", "awaiting-data", "not-available-yet"],
        );
        application(&mut batch, 23, 5, Some(20));
        // Others go on: superseded is not untrue.
        order(&mut batch, 6, None, Some(32), done);
        application(&mut batch, 24, 6, None);
        certificate(&mut batch, 32, 6, Some(4));
        order(&mut batch, 7, None, None, ready);
        application(&mut batch, 25, 7, Some(24));
        // A renewal of a revoked certificate, and of a good one.
        order(&mut batch, 8, Some(32), None, ready);
        order(&mut batch, 9, Some(30), None, ["awaiting-data"; 3]);
        store.commit(batch).await.unwrap();

        let new = [&others[..], &[MIGRATIONS]].concat();
        let store = Store::open(store.config(), &new).await.unwrap();
        let text = |states: [&str; 3]| states.map(str::to_owned).to_vec();
        let anew = text(["awaiting-data", "verified", "not-available-yet"]);
        assert_eq!(states(&store, 4).await, (false, 2, anew));
        let anew = text(["awaiting-data", "not-available-yet", "not-available-yet"]);
        assert_eq!(states(&store, 5).await, (false, 2, anew));
        assert_eq!(states(&store, 7).await, (false, 1, text(ready)));
        let closed = text(["verified", "verified", "not-available-yet"]);
        assert_eq!(states(&store, 8).await, (true, 2, closed));
        assert!(!states(&store, 9).await.0);
        assert_eq!(states(&store, 2).await, (true, 1, text(done)));
        let ended = store
            .rows(
                "select id from ra_applications where withdrawn_at is not null",
                vec![],
            )
            .await
            .unwrap();
        assert_eq!(ended.len(), 1);
        assert_eq!(ended[0].bytes(0).unwrap(), id(20));
    }
}
