use std::collections::HashSet;

use chancery_ra::{
    ActivateError, ConfirmEmailError, DocumentError, DraftError, OrderNumber, PlaceOrderError,
    Policy, ReadError, ReuseError, SendEmailError, Step, SubmitError,
};
use chancery_register::Language;
use chancery_store::Id;

use crate::world::{
    NOW, PDF, activation, csr, data, states, submission, upload, world, world_with, worlds,
};

#[tokio::test]
async fn anothers_order_is_not_found_by_a_changed_id() {
    let world = world().await;
    let jana = world.applicant().await;
    let eva = world.stranger().await;
    let ra = &world.ra;
    let order = world.ready(&jana, "smime-organization-365", NOW).await;
    let next = ra.place_order(&jana, "smime-organization-365", NOW).await;
    let open = next.unwrap();
    let (id, other) = (order.id, open.id);
    let csr = csr();
    let chosen = activation(&order, &csr);

    let read = ra.order(&eva, id, NOW).await;
    assert!(matches!(read, Err(ReadError::NotFound)), "{read:?}");
    let done = ra.save_draft(&eva, other, &data(), NOW).await;
    assert!(matches!(done, Err(DraftError::NotFound)), "{done:?}");
    for done in [
        ra.check_data(&eva, other, &submission(&open), NOW)
            .await
            .map(drop),
        ra.submit_data(&eva, other, &submission(&open), NOW).await,
    ] {
        assert!(matches!(done, Err(SubmitError::NotFound)), "{done:?}");
    }
    let done = ra.add_document(&eva, other, upload(PDF, None), NOW).await;
    assert!(matches!(done, Err(DocumentError::NotFound)), "{done:?}");
    let done = ra.reusable(&eva, other, NOW).await;
    assert!(matches!(done, Err(ReadError::NotFound)), "{done:?}");
    let done = ra.reuse_data(&eva, other, id, &[], Language::En, NOW).await;
    assert!(matches!(done, Err(ReuseError::NotFound)), "{done:?}");
    let done = ra
        .send_email_verification(&eva, id, "eva@example.cz", NOW)
        .await;
    assert!(matches!(done, Err(SendEmailError::NotFound)), "{done:?}");
    let done = ra.confirm_email_code(&eva, id, &"A".repeat(28), NOW).await;
    assert!(matches!(done, Err(ConfirmEmailError::NotFound)), "{done:?}");
    let done = ra.activation(&eva, id, NOW).await.map(drop);
    assert!(matches!(done, Err(ActivateError::NotFound)), "{done:?}");
    let done = ra.check_csr(&eva, id, &csr, NOW).await.map(drop);
    assert!(matches!(done, Err(ActivateError::NotFound)), "{done:?}");
    let done = ra.preview(&eva, id, &chosen, NOW).await.map(drop);
    assert!(matches!(done, Err(ActivateError::NotFound)), "{done:?}");
    let done = ra.activate(&eva, id, &chosen, NOW).await;
    assert!(matches!(done, Err(ActivateError::NotFound)), "{done:?}");

    let view = world.order(&jana, &order, NOW).await;
    assert_eq!(view.order, order, "nothing was changed");
    assert_eq!(world.order(&jana, &open, NOW).await.draft, None);
    assert!(ra.orders(&eva, 1).await.unwrap().items.is_empty());
    assert!(ra.events(&eva, 100).await.unwrap().is_empty());
    // An id that nobody has gets the same answer.
    let nobody = ra.order(&eva, Id::from_bytes([9; 16]), NOW).await;
    assert!(matches!(nobody, Err(ReadError::NotFound)));
}

#[tokio::test]
async fn numbers_differ_however_many_order_at_once() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let mut orders = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let (ra, jana) = (world.ra.clone(), jana.clone());
            orders.spawn(async move { ra.place_order(&jana, "smime-mailbox-365", NOW).await });
        }
        let numbers: HashSet<String> = orders
            .join_all()
            .await
            .into_iter()
            .map(|order| order.unwrap().number)
            .collect();
        assert_eq!(numbers.len(), 12);
        for number in numbers {
            let parsed: OrderNumber = number.parse().unwrap();
            assert_eq!(parsed.to_string(), number);
        }
        let page = world.ra.orders(&jana, 1).await.unwrap();
        assert_eq!(page.total, 12);
        assert!(world.ra.orders(&jana, 2).await.unwrap().items.is_empty());
    }
}

#[tokio::test]
async fn the_same_form_sent_again_orders_nothing_more() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let attempt = Id::from_bytes([7; 16]);
        let mut clicks = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let (ra, jana) = (world.ra.clone(), jana.clone());
            clicks.spawn(async move {
                ra.place_order_once(&jana, attempt, "smime-mailbox-365", NOW)
                    .await
            });
        }
        let ids: HashSet<Id> = clicks
            .join_all()
            .await
            .into_iter()
            .map(|order| order.unwrap().id)
            .collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(world.ra.orders(&jana, 1).await.unwrap().total, 1);
        // The attempt is the person's own, and does not give the order's id away.
        assert!(!ids.contains(&attempt));
        let other = world.stranger().await;
        let elsewhere = world
            .ra
            .place_order_once(&other, attempt, "smime-mailbox-365", NOW)
            .await
            .unwrap();
        assert!(!ids.contains(&elsewhere.id));
        let next = world
            .ra
            .place_order_once(&jana, Id::from_bytes([8; 16]), "smime-mailbox-365", NOW)
            .await
            .unwrap();
        assert!(!ids.contains(&next.id));
    }
}

#[tokio::test]
async fn orders_come_in_pages() {
    let policy = Policy {
        page_size: 2,
        ..Policy::default()
    };
    let world = world_with(policy).await;
    let jana = world.applicant().await;
    let mut placed = Vec::new();
    for second in 0..5 {
        let now = NOW.plus(crate::world::secs(second));
        let order = world
            .ra
            .place_order(&jana, "smime-individual-365", now)
            .await;
        placed.push(order.unwrap().id);
    }
    placed.reverse();
    let mut listed = Vec::new();
    for page in 1..=3 {
        let page = world.ra.orders(&jana, page).await.unwrap();
        assert_eq!((page.total, page.pages()), (5, 3));
        assert!(page.items.iter().all(|order| order.steps.len() == 3));
        listed.extend(page.items.iter().map(|order| order.id));
    }
    assert_eq!(listed, placed);
}

#[tokio::test]
async fn unfinished_orders_are_limited() {
    let policy = Policy {
        open_orders_per_person: 2,
        ..Policy::default()
    };
    let world = world_with(policy).await;
    let jana = world.applicant().await;
    let (_, id) = world.issued(&jana, "smime-mailbox-365", NOW).await;
    assert!(world.ca.certificate(id).await.unwrap().is_some());
    for _ in 0..2 {
        let placed = world.ra.place_order(&jana, "smime-mailbox-365", NOW).await;
        assert!(placed.is_ok(), "a finished order does not count");
    }
    let third = world.ra.place_order(&jana, "smime-mailbox-365", NOW).await;
    assert!(matches!(
        third,
        Err(PlaceOrderError::TooManyOpen { max: 2 })
    ));
    let eva = world.stranger().await;
    assert!(
        world
            .ra
            .place_order(&eva, "smime-mailbox-365", NOW)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn the_product_decides_the_steps() {
    let world = world().await;
    let jana = world.applicant().await;
    let unknown = world.ra.place_order(&jana, "smime-mailbox-9999", NOW).await;
    assert!(matches!(
        unknown,
        Err(PlaceOrderError::NoSuchProduct { .. })
    ));
    let order = world.ra.place_order(&jana, "smime-mailbox-365", NOW).await;
    let order = order.unwrap();
    assert_eq!(states(&order), ["awaiting-data", "not-available-yet"]);
    assert_eq!(order.next(), Some(Step::EmailVerification));
    let draft = world.ra.save_draft(&jana, order.id, &data(), NOW).await;
    assert!(matches!(draft, Err(DraftError::WrongState(_))), "{draft:?}");
    let document = world
        .ra
        .add_document(&jana, order.id, upload(PDF, None), NOW);
    let document = document.await;
    assert!(
        matches!(document, Err(DocumentError::NoneTaken)),
        "{document:?}"
    );
}
