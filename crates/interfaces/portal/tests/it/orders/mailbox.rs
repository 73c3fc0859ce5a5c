//! Showing that a mailbox is theirs.

use super::*;

#[tokio::test]
async fn a_mailbox_is_shown_by_link_or_code_and_a_link_scanner_spends_nothing() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let order = place(&mut browser, "smime-mailbox-365").await;
    let email = format!("{order}/email");

    browser.get(&email).await;
    let wrong = browser.post(&email, &[("email", "jana at example")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("not an e-mail address"));
    assert!(wrong.body.contains(r#"value="jana at example""#));

    let fields = [("email", "jana@example.com")];
    assert_eq!(browser.post(&email, &fields).await.location(), email);
    let (first, _) = sent_secrets(&site).await;
    site.later(60);
    browser.get(&email).await;
    assert_eq!(browser.post(&email, &fields).await.location(), email);
    let (token, code) = sent_secrets(&site).await;

    let mut holder = site.browser();
    let gone = holder.get(&format!("/verify-email/{first}")).await;
    assert_eq!(gone.status, StatusCode::GONE);
    let link = format!("/verify-email/{token}");
    for _ in 0..3 {
        assert_eq!(holder.get(&link).await.status, StatusCode::OK);
    }

    browser.get(&email).await;
    let code_page = format!("{email}/code");
    // A slip costs nothing, a guess costs a try.
    let slip = browser.post(&code_page, &[("code", "0000-0000")]).await;
    assert!(slip.body.contains("5 tries are left"), "{}", slip.body);
    let guess = [("code", "0000-0000-0000-0000-0000-0000-0000")];
    let bad = browser.post(&code_page, &guess).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("4 tries are left"), "{}", bad.body);
    let typed = code.to_lowercase().replace('-', " ");
    let good = browser.post(&code_page, &[("code", &typed)]).await;
    assert_eq!(good.location(), order, "{}", good.body);
    assert_eq!(holder.get(&link).await.status, StatusCode::GONE);
    let page = browser.get(&order).await;
    assert!(page.body.contains("Activate the certificate"));
}

#[tokio::test]
async fn a_code_that_is_over_leads_to_a_new_message_everywhere() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let order = place(&mut browser, "smime-mailbox-365").await;
    let email = format!("{order}/email");
    browser.get(&email).await;
    browser.post(&email, &[("email", "jana@example.com")]).await;

    // It is the applicant's turn, not anybody else's.
    for path in ["/dashboard", "/orders", &order] {
        let page = browser.get(path).await;
        assert!(page.body.contains("Enter the code"), "{path}");
        assert!(page.body.contains("awaiting data"), "{path}");
        assert!(!page.body.contains("waiting for verification"), "{path}");
        assert!(!page.body.contains("Nothing for you to do"), "{path}");
    }
    let guess = [("code", "0000-0000-0000-0000-0000-0000-0000")];
    for _ in 0..5 {
        browser.get(&email).await;
        browser.post(&format!("{email}/code"), &guess).await;
    }
    for path in ["/dashboard", "/orders", &order] {
        let page = browser.get(path).await;
        assert!(page.body.contains("Send a new message"), "{path}");
        assert!(!page.body.contains("Enter the code"), "{path}");
    }
    let page = browser.get(&email).await;
    assert!(page.body.contains("do not work any more"));
    assert!(!page.body.contains("Nothing arrived?"));
    assert!(!page.body.contains(r#"name="code""#));
}
