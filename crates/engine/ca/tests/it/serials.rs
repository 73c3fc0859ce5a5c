use std::collections::BTreeSet;

use chancery_ca::Ca;

use crate::support::{NOW, World, issue, worlds};

/// Whoever stops without a word and starts again never repeats a number, and burns what was left.
#[tokio::test]
async fn a_restart_never_reuses_a_block() {
    for World { authority, store } in worlds().await {
        let mut blocks = BTreeSet::new();
        let mut serials = BTreeSet::new();
        let mut ca = authority.ca.clone();
        for round in 0..3 {
            for n in 0..3 {
                let email = format!("p{round}-{n}@mail-example.com");
                let issued = issue(&ca, &email, NOW).await.unwrap();
                // Block and index are octets 1 to 6; the index is their last ten bits.
                let position = u64::from_str_radix(&issued.serial[2..14], 16).unwrap();
                blocks.insert((round, position >> 10));
                assert!(serials.insert(issued.serial));
            }
            ca = Ca::open(authority.config.clone(), NOW).await.unwrap();
        }
        let distinct: BTreeSet<u64> = blocks.iter().map(|(_, block)| *block).collect();
        assert_eq!(blocks.len(), 3, "{blocks:?}");
        assert_eq!(distinct.len(), 3, "{blocks:?}");
        let sql = "select count(*) from serial_block where closed_at is null";
        let open = store.rows(sql, vec![]).await.unwrap();
        assert_eq!(open[0].int(0).unwrap(), 0);
    }
}

/// Two servers on one database take turns in the same second.
#[tokio::test]
async fn two_servers_never_share_a_block() {
    for World { authority, store } in worlds().await {
        let second = Ca::open(authority.config.clone(), NOW).await.unwrap();
        let tasks: Vec<_> = (0..16)
            .map(|n| {
                let ca = if n % 2 == 0 { &authority.ca } else { &second }.clone();
                let email = format!("p{n}@mail-example.com");
                tokio::spawn(async move { issue(&ca, &email, NOW).await.unwrap().serial })
            })
            .collect();
        let mut serials = BTreeSet::new();
        for task in tasks {
            serials.insert(task.await.unwrap());
        }
        assert_eq!(serials.len(), 16);
        drop(store);
    }
}
