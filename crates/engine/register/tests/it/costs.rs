//! What is done again and again must not cost more because there are more people.

use chancery_register::MIGRATIONS;
use chancery_store::testing::sqlite;

#[tokio::test]
async fn deletions_find_their_rows_by_an_index() {
    let store = sqlite(&[MIGRATIONS]).await;
    for plan in [
        "explain query plan delete from register_people_words where person = x'00'",
        "explain query plan delete from register_sessions where ends_at <= 1 or seen_at <= 2",
        "explain query plan delete from register_networks where seen_at <= 1",
        "explain query plan delete from register_attempts where last_at <= 1 and blocked_until <= 2",
        "explain query plan delete from register_invitations where email = 'jana@example.cz'",
        "explain query plan select 1 from register_representatives where organization = x'00'",
    ] {
        let rows = store.rows(plan, vec![]).await.unwrap();
        for row in rows {
            let step = row.text(3).unwrap();
            assert!(!step.starts_with("SCAN"), "{plan}: {step}");
        }
    }
}
