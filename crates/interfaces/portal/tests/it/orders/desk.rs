//! What an officer decides.

use super::*;

#[tokio::test]
async fn an_officer_decides_on_what_waits_and_never_on_their_own() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut applicant = as_somebody(&site, person).await;
    let both = site
        .person("both@example.com", &[Role::Subscriber, Role::RaOfficer])
        .await;
    let mut both = as_somebody(&site, both).await;
    let officer = officer(&site).await;
    let mut officer = as_somebody(&site, officer).await;

    for browser in [&mut applicant, &mut both] {
        let order = place(browser, "smime-organization-365").await;
        browser.get(&format!("{order}/data")).await;
        browser
            .post_files(&format!("{order}/data"), &organization("99999994"), &[])
            .await;
        let sent = browser
            .post(&format!("{order}/data/submit"), &STATEMENTS)
            .await;
        assert_eq!(sent.location(), order, "{}", sent.body);
    }
    let queue = officer.get("/desk").await;
    assert!(queue.body.contains("2 entries"), "{}", queue.body);
    assert!(queue.body.contains("Ořechová Energy s.r.o."));

    // One's own is shown and cannot be decided on.
    let own = both.get("/orders").await;
    let own = format!("/orders/{}", between(&own.body, "href=\"/orders/", "\""));
    let page = both.get(&format!("/desk{own}")).await;
    assert!(page.body.contains("your own application"), "{}", page.body);
    assert!(!page.body.contains(r#"value="verify""#));
    let forced = both
        .post(
            &format!("/desk{own}/decision"),
            &[("decision", "verify"), ("version", "2")],
        )
        .await;
    assert_eq!(forced.location(), format!("/desk{own}"));
    let still = both.get(&own).await;
    assert!(still.body.contains("waiting for verification"));

    // A rejection needs a reason, and the applicant reads exactly that.
    let theirs = applicant.get("/orders").await;
    let order = format!("/orders/{}", between(&theirs.body, "href=\"/orders/", "\""));
    let short = decide(
        &mut officer,
        &order,
        &[("decision", "reject"), ("reason", "no")],
    )
    .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.body.contains("at least 10 characters"));
    let reason = "The extract is older than 3 months. Send a newer one.";
    let fields = [("decision", "reject"), ("reason", reason)];
    let rejected = decide(&mut officer, &order, &fields).await;
    assert_eq!(rejected.location(), "/desk");
    let page = applicant.get(&order).await;
    assert!(page.body.contains(reason));
    assert!(page.body.contains("Correct the data"));

    // What was typed is still there; corrected, it is verified by name and time.
    let form = applicant.get(&format!("{order}/data")).await;
    assert!(form.body.contains(reason) && form.body.contains("Dlouhá 12"));
    vetted(&mut applicant, &mut officer, &order).await;
    let decided = officer.get(&format!("/desk{order}")).await;
    assert!(
        decided.body.contains("Verified by Jana Nováková"),
        "{}",
        decided.body
    );
    assert!(decided.body.contains("Rejected by Jana Nováková"));
    let late = officer
        .post(
            &format!("/desk{order}/decision"),
            &[("decision", "verify"), ("version", "3")],
        )
        .await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("changed while you were looking"));

    // The next order of the same person needs no new verification.
    let next = place(&mut applicant, "smime-organization-730").await;
    let form = applicant.get(&format!("{next}/data")).await;
    let application = between(&form.body, r#"name="application" value=""#, "\"").to_owned();
    let reuse = format!("{next}/data/reuse");
    let shown = applicant
        .post(&reuse, &[("application", &application)])
        .await;
    assert!(
        shown.body.contains("Ořechová Energy s.r.o."),
        "{}",
        shown.body
    );
    let mut fields = STATEMENTS.to_vec();
    fields.extend([("application", application.as_str()), ("action", "take")]);
    let taken = applicant.post(&reuse, &fields).await;
    assert_eq!(taken.location(), next, "{}", taken.body);
    let page = applicant.get(&next).await;
    assert!(page.body.contains("Show that the mailbox is yours"));
}

/// Whoever is sent from the key back to mailbox or data can show them again, and nobody is given codes meanwhile.
#[tokio::test]
async fn evidence_that_grew_too_old_is_given_again() {
    let site = Site::sandbox().await;
    let jana = subscriber(&site, "jana@example.com").await;
    let otto = officer(&site).await;
    let mut applicant = as_somebody(&site, jana).await;
    let mut officer = as_somebody(&site, otto).await;
    let order = place(&mut applicant, "smime-organization-365").await;
    vetted(&mut applicant, &mut officer, &order).await;
    mailbox_shown(&site, &mut applicant, &order, "obchod@example.com").await;
    let closed = applicant.get(&format!("{order}/data")).await;
    assert_eq!(closed.location(), order, "they are verified");

    // The mailbox first, by a month.
    site.later(31 * 24 * 60 * 60);
    let mut applicant = as_somebody(&site, jana).await;
    let email = format!("{order}/email");
    assert_eq!(
        applicant
            .get(&format!("{order}/activation"))
            .await
            .location(),
        email
    );
    let form = applicant.get(&email).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.location());
    assert!(form.body.contains("Too much time has passed"));
    mailbox_shown(&site, &mut applicant, &order, "obchod@example.com").await;
    assert_eq!(applicant.get(&email).await.location(), order);
    let ready = applicant.get(&format!("{order}/activation")).await;
    assert_eq!(ready.status, StatusCode::OK);

    site.later(826 * 24 * 60 * 60);
    let mut applicant = as_somebody(&site, jana).await;
    let mut officer = as_somebody(&site, otto).await;
    officer.get(&format!("/desk{order}")).await;
    let codes = officer.post(&format!("/desk{order}/codes"), &[]).await;
    assert_eq!(codes.location(), format!("/desk{order}"));
    let told = officer.get(&format!("/desk{order}")).await;
    assert!(told.body.contains("No codes were given out"));
    assert!(site.order_letters().await.is_empty());

    let led = applicant.get(&format!("{order}/activation")).await;
    assert_eq!(led.location(), format!("{order}/data"));
    let form = applicant.get(&format!("{order}/data")).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.location());
    assert!(form.body.contains("Too much time has passed"));
    vetted(&mut applicant, &mut officer, &order).await;
    let page = applicant.get(&order).await;
    assert!(page.body.contains("Data to be verified again"));
}
