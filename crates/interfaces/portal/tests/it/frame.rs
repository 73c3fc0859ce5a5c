//! What all pages share: errors as pages, assets that are kept, menus by role.

use axum::http::{StatusCode, header};
use chancery_register::Role;

use crate::site::{PASSWORD, Site, between};

#[tokio::test]
async fn what_is_not_there_is_a_page_in_the_visitors_language() {
    let site = Site::production().await;
    let mut browser = site.browser();
    let english = browser.get("/no/such/page").await;
    assert_eq!(english.status, StatusCode::NOT_FOUND);
    assert!(english.body.contains("There is nothing here"));
    assert!(!english.body.contains("your dashboard"));
    browser
        .jar
        .insert("chancery-language".to_owned(), "cs".to_owned());
    let czech = browser.get("/no/such/page").await;
    assert!(czech.body.contains("Zde nic není"));
    let method = browser.post("/help", &[]).await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(method.body.contains("</html>"));
}

#[tokio::test]
async fn a_fault_shows_a_number_and_no_detail() {
    let site = Site::production().await;
    site.store
        .commit({
            let mut batch = chancery_store::Batch::new();
            batch.any("drop table register_sessions", Vec::new());
            batch
        })
        .await
        .unwrap();
    let mut browser = site.browser();
    browser.get("/login").await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let answer = browser.log_in("jana@example.com", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let event = between(&answer.body, r#"data-copy=""#, "\"");
    assert_eq!(event.len(), 10, "{}", answer.body);
    assert!(!answer.body.contains("register_sessions") && !answer.body.contains("SQL"));
}

#[tokio::test]
async fn assets_are_kept_for_ever_and_nothing_else_is_served() {
    let site = Site::production().await;
    let mut browser = site.browser();
    let page = browser.get("/").await;
    let sheet = format!(
        "/assets/colour-{}",
        between(&page.body, "/assets/colour-", "\"")
    );
    let answer = browser.get(&sheet).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("--environment:#14507a"));
    assert_eq!(
        answer.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    for path in [
        "/assets/colour-000000.css",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/none",
    ] {
        assert_eq!(
            browser.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_menu_shows_what_a_role_may_open() {
    let site = Site::production().await;
    site.person("jana@example.com", &[Role::Subscriber]).await;
    let mut browser = site.browser();
    let stranger = browser.get("/help").await;
    assert!(stranger.body.contains(r#"href="/login""#) && !stranger.body.contains("/logout"));
    browser.log_in("jana@example.com", PASSWORD).await;
    let page = browser.get("/help").await;
    assert!(page.body.contains("/logout") && page.body.contains("Subscriber"));
    assert!(!page.body.contains(r#"href="/desk""#));
    let links = page
        .body
        .split("href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned());
    let paths: Vec<String> = links.filter(|link| link.starts_with('/')).collect();
    for path in paths {
        let answer = browser.get(&path).await;
        assert!(
            answer.status == StatusCode::OK || answer.headers.contains_key(header::LOCATION),
            "{path}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn every_guide_and_product_opens() {
    let site = Site::production().await;
    let mut browser = site.browser();
    // The guide of the desk is offered to those who may open the desk.
    for (start, least) in [("/help", 10), ("/catalogue", 6)] {
        let index = browser.get(start).await;
        let mut opened = 0;
        for link in index.body.split("href=\"").skip(1) {
            let path = link.split('"').next().unwrap();
            if path.starts_with(&format!("{start}/")) {
                assert_eq!(browser.get(path).await.status, StatusCode::OK, "{path}");
                opened += 1;
            }
        }
        assert!(opened >= least, "{start}: {opened}");
        let missing = browser.get(&format!("{start}/no-such-thing")).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
    }
}

/// Codes of either kind find the page where they belong, from any page that asks for codes.
#[tokio::test]
async fn codes_find_their_page() {
    let site = Site::production().await;
    let mut browser = site.browser();
    for (path, links) in [
        ("/", ["/login?with=code", "/download"]),
        ("/login?with=code", ["/download", "/login"]),
        ("/download", ["/login?with=code", "/generator"]),
    ] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for link in links {
            let link = format!("href=\"{link}\"");
            assert!(page.body.contains(&link), "{path}: {link}");
        }
    }
}
