use chancery_store::{Batch, args, outbox, testing};

#[tokio::test]
async fn smoke() {
    for store in testing::stores(&[]).await {
        let mut batch = Batch::new();
        let id = chancery_store::Id::from_bytes([7; 16]);
        let now = chancery_store::Timestamp::from_secs(5);
        outbox::enqueue(
            &mut batch,
            &outbox::Outgoing {
                id,
                topic: "mail",
                recipient: "a@b.example",
                body: vec![1],
                now,
            },
        );
        store.commit(batch).await.unwrap();
        let claimed = outbox::claim(&store, now, std::time::Duration::from_mins(1), 10)
            .await
            .unwrap();
        assert_eq!(claimed.len(), 1);
        outbox::delivered(&store, &claimed[0], now).await.unwrap();
        let rows = store
            .rows("select body from outbox where id = $1", args![id])
            .await
            .unwrap();
        assert_eq!(rows[0].opt_bytes(0), Ok(None));
    }
}
