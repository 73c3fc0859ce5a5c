//! What is shown again and again must not cost more because there are more orders.

use crate::world::world;

/// The desk's list of everything submitted: its page is read off an index, not sorted out of all there is.
#[tokio::test]
async fn the_desk_sorts_nothing() {
    let world = world().await;
    let plan = "explain query plan
        select w.*, q.at as changed_at from ra_steps q join ra_orders w on w.id = q.order_id
            where q.step = 'data-verification' and q.state in
                ('waiting-for-verification', 'verified', 'rejected')
            order by q.at desc, q.order_id limit 50 offset 0";
    for row in world.store.rows(plan, vec![]).await.unwrap() {
        let step = row.text(3).unwrap();
        let sorts = step.starts_with("SCAN") || step.contains("TEMP B-TREE");
        assert!(!sorts, "{step}");
    }
}
