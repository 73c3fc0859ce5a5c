//! The data and the documents of an order.

use super::*;

#[tokio::test]
async fn data_are_kept_explained_checked_once_more_and_sent_once() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let order = place(&mut browser, "smime-organization-365").await;
    let data = format!("{order}/data");

    // A draft is kept as it was typed, even incomplete.
    browser.get(&data).await;
    let mut draft = organization("");
    draft.push(("action", "draft"));
    let kept = browser.post_files(&data, &draft, &[]).await;
    assert_eq!(kept.location(), order);
    let again = browser.get(&data).await;
    assert!(again.body.contains(r#"value="Ořechová Energy s.r.o.""#));

    // Uploading without a file says so and nothing else; the draft stays.
    draft.pop();
    draft.push(("action", "add"));
    let none = browser.post_files(&data, &draft, &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.title().starts_with("(1 error)"), "{}", none.title());
    assert!(none.body.contains("Choose at least one file"));
    assert!(none.body.contains(r#"value="Ořechová Energy s.r.o.""#));
    let file: [(&str, &str, &[u8]); 1] = [("document-other", "průkaz.png", PNG)];
    let added = browser.post_files(&data, &draft, &file).await;
    assert_eq!(added.location(), format!("{data}#documents"));

    // Taking a document back keeps what was typed meanwhile.
    let page = browser.get(&data).await;
    let document = between(&page.body, "value=\"remove-", "\"");
    let action = format!("remove-{document}");
    let mut typed = organization("");
    typed.retain(|(name, _)| *name != "organization.street");
    typed.extend([("organization.street", "Nová 1"), ("action", &action)]);
    let gone = browser.post_files(&data, &typed, &[]).await;
    assert_eq!(gone.location(), format!("{data}#documents"));
    let page = browser.get(&data).await;
    assert!(page.body.contains(r#"value="Nová 1""#), "{}", page.body);
    assert!(!page.body.contains("průkaz.png"));
    assert!(page.body.contains("The document is removed"));

    // A wrong check digit is explained, counted, and sent on only knowingly.
    let wrong = browser
        .post_files(&data, &organization("99999993"), &[])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.title().starts_with("(1 error)"), "{}", wrong.title());
    assert!(wrong.body.contains("check digits"), "{}", wrong.body);
    assert!(wrong.body.contains(r#"name="number-anyway""#));
    let mut anyway = organization("99999993");
    anyway.push(("number-anyway", "yes"));
    let summary = browser.post_files(&data, &anyway, &[]).await;
    assert_eq!(summary.status, StatusCode::OK, "{}", summary.body);

    // Without the statements nothing is sent.
    let submit = format!("{data}/submit");
    let unticked = browser
        .post(&submit, &[STATEMENTS[0], ("number-anyway", "yes")])
        .await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unticked.body.contains("cannot go on without"));

    let mut fields = STATEMENTS.to_vec();
    fields.push(("number-anyway", "yes"));
    let sent = browser.post(&submit, &fields).await;
    assert_eq!(sent.location(), order, "{}", sent.body);
    let page = browser.get(&order).await;
    assert!(page.body.contains("Nothing for you to do."));
    assert!(page.body.contains("waiting for verification"));

    // The same form once more changes nothing.
    let twice = browser.post(&submit, &fields).await;
    assert_eq!(twice.location(), order);
    let submitted = site
        .order_letters()
        .await
        .iter()
        .filter(|notice| matches!(notice, Notice::DataSubmitted { .. }))
        .count();
    assert_eq!(submitted, 1);
}

#[tokio::test]
async fn documents_are_judged_by_content_and_served_so_that_they_can_do_nothing() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let order = place(&mut browser, "smime-organization-365").await;
    let documents = format!("{order}/documents");
    browser.get(&documents).await;

    let page = b"<html><script>alert(1)</script></html>";
    let refused = browser
        .post_files(&documents, &[], &[("document-other", "scan.pdf", page)])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("is not a PDF, PNG or JPEG"));
    let none = browser.post_files(&documents, &[], &[]).await;
    assert!(none.body.contains("Choose at least one file"));

    let files: [(&str, &str, &[u8]); 2] = [
        ("document-register-extract", "výpis; x=1.pdf", PDF),
        ("document-other", "průkaz.png", PNG),
    ];
    let added = browser.post_files(&documents, &[], &files).await;
    assert_eq!(added.location(), documents, "{}", added.body);
    let list = browser.get(&documents).await;
    let document = format!(
        "/documents/{}",
        between(&list.body, "href=\"/documents/", "\"")
    );

    let shown = browser.get(&document).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(shown.header("content-type"), "application/pdf");
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
    let policy = shown.header("content-security-policy");
    assert!(
        policy.starts_with("sandbox; default-src 'none'"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'self'"));
    assert!(
        shown
            .header("content-disposition")
            .starts_with("inline; filename=\"")
    );

    // Whose it is, and an officer; nobody else learns that it exists.
    let stranger = subscriber(&site, "petr@example.com").await;
    let mut stranger = as_somebody(&site, stranger).await;
    assert_eq!(stranger.get(&document).await.status, StatusCode::NOT_FOUND);
    let officer = officer(&site).await;
    let mut officer = as_somebody(&site, officer).await;
    assert_eq!(officer.get(&document).await.status, StatusCode::OK);

    // Taken back before it was sent.
    browser.get(&documents).await;
    let id = document.trim_start_matches("/documents/");
    let back = browser
        .post(&format!("{documents}/remove"), &[("document", id)])
        .await;
    assert_eq!(back.location(), documents);
    assert_eq!(browser.get(&document).await.status, StatusCode::NOT_FOUND);
}
