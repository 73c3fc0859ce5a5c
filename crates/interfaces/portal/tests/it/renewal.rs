//! Renewal on its pages: the code, the way on, and what is told where it cannot be.

use axum::http::StatusCode;
use chancery_ra::Notice;

use crate::{
    matrix::as_somebody,
    orders::{issued, subscriber},
    site::{Site, between},
};

async fn code(site: &Site) -> String {
    let letters = site.order_letters().await;
    let code = letters.into_iter().rev().find_map(|letter| match letter {
        Notice::EmailVerification { code, renews, .. } => renews.map(|_| code),
        _ => None,
    });
    code.expect("a code was sent")
}

#[tokio::test]
async fn a_certificate_is_renewed_by_a_code_and_says_so_afterwards() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let certificate = issued(&site, &mut browser, "jana@example.com").await;
    let renew = format!("{certificate}/renew");
    let page = browser.get(&certificate).await;
    assert!(page.body.contains(&format!("href=\"{renew}\"")));

    let page = browser.get(&renew).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("jana@example.com"));
    let sent = browser.post(&renew, &[]).await;
    assert_eq!(sent.location(), renew);
    let code = code(&site).await;
    browser.get(&renew).await;
    let wrong = "0".repeat(28);
    let refused = browser
        .post(&format!("{renew}/code"), &[("code", &wrong)])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("4 tries"), "{}", refused.body);
    let confirmed = browser
        .post(&format!("{renew}/code"), &[("code", &code)])
        .await;
    let activation = confirmed.location().to_owned();
    assert!(activation.ends_with("/activation"), "{activation}");
    assert_eq!(browser.get(&renew).await.location(), activation);

    // The browser's key comes last: the summary shows everything without one.
    let page = browser.get(&activation).await;
    assert!(page.body.contains("data-island=\"activation-key\""));
    let fields = [("key", "browser"), ("common_name", "email"), ("csr", "")];
    let summary = browser.post_files(&activation, &fields, &[]).await;
    assert_eq!(summary.status, StatusCode::OK, "{}", summary.body);
    assert!(summary.body.contains("data-island=\"activation-issue\""));
    let statement = between(&summary.body, "name=\"statement\" value=\"", "\"").to_owned();
    let request = chancery_ca::testing::request().1.to_pem();
    let mut fields = vec![
        ("key", "browser"),
        ("common_name", "email"),
        ("statement", statement.as_str()),
        ("register", "yes"),
    ];
    // Without the request there is no certificate, whatever else is agreed to.
    let nothing = browser.post(&format!("{activation}/issue"), &fields).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    fields.push(("csr", &request));
    let done = browser.post(&format!("{activation}/issue"), &fields).await;
    let successor = done.location().to_owned();
    assert!(successor.starts_with("/certificates/"), "{successor}");
    let page = browser.get(&successor).await;
    assert!(page.body.contains("data-place=\"browser\""));
    let former = browser.get(&renew).await;
    assert!(former.body.contains("renewed already"), "{}", former.body);
    assert!(former.body.contains(&successor));
    let page = browser.get(&certificate).await;
    assert!(page.body.contains(&successor));
}

#[tokio::test]
async fn nobody_renews_anothers_certificate_or_one_that_is_revoked() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut owner = as_somebody(&site, person).await;
    let certificate = issued(&site, &mut owner, "jana@example.com").await;
    let renew = format!("{certificate}/renew");
    let stranger = subscriber(&site, "petr@example.com").await;
    let mut stranger = as_somebody(&site, stranger).await;
    assert_eq!(stranger.get(&renew).await.status, StatusCode::NOT_FOUND);
    stranger.get("/certificates").await;
    for (path, fields) in [
        (renew.clone(), vec![]),
        (format!("{renew}/code"), vec![("code", "x")]),
    ] {
        let forced = stranger.post(&path, &fields).await;
        assert_eq!(forced.status, StatusCode::NOT_FOUND, "{path}");
    }
    let sure = [("reason", "superseded"), ("confirm", "yes")];
    owner.get(&format!("{certificate}/revoke")).await;
    owner.post(&format!("{certificate}/revoke"), &sure).await;
    let page = owner.get(&renew).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("cannot be renewed"), "{}", page.body);
    assert!(page.body.contains("/catalogue"));
}

#[tokio::test]
async fn what_stands_in_a_list_leads_to_its_renewal_once_it_ends_soon() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let certificate = issued(&site, &mut browser, "jana@example.com").await;
    let link = format!("href=\"{certificate}/renew\"");
    assert!(!browser.get("/certificates").await.body.contains(&link));
    site.later(340 * 86_400);
    let mut browser = as_somebody(&site, person).await;
    assert!(browser.get("/certificates").await.body.contains(&link));
}

#[tokio::test]
async fn what_is_revoked_during_its_renewal_says_what_to_do_instead() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let certificate = issued(&site, &mut browser, "jana@example.com").await;
    let renew = format!("{certificate}/renew");
    browser.get(&renew).await;
    browser.post(&renew, &[]).await;
    let code = code(&site).await;
    browser.get(&renew).await;
    let confirmed = browser
        .post(&format!("{renew}/code"), &[("code", &code)])
        .await;
    let activation = confirmed.location().to_owned();
    let sure = [("reason", "superseded"), ("confirm", "yes")];
    browser.get(&format!("{certificate}/revoke")).await;
    browser.post(&format!("{certificate}/revoke"), &sure).await;
    assert_eq!(browser.get(&activation).await.location(), renew);
    browser.get(&renew).await;
    let request = chancery_ca::testing::request().1.to_pem();
    let fields = [("key", "elsewhere"), ("csr", request.as_str())];
    let issue = format!("{activation}/issue");
    assert_eq!(browser.post(&issue, &fields).await.location(), renew);
    let page = browser.get(&renew).await;
    assert!(page.body.contains("It is revoked"), "{}", page.body);
    assert!(page.body.contains("/catalogue"));
    // Its order is over, and says so wherever it stands.
    let order = activation.strip_suffix("/activation").unwrap();
    let page = browser.get(order).await;
    assert!(page.body.contains("This order is closed"), "{}", page.body);
    let list = browser.get("/orders").await;
    assert!(list.body.contains("closed"), "{}", list.body);
    for step in ["data", "email", "activation"] {
        let page = browser.get(&format!("{order}/{step}")).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{step}");
    }
}
