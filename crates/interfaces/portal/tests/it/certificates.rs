//! Certificates: found, downloaded and revoked by their holder and by staff, and by nobody else.

use axum::http::StatusCode;

use crate::{
    matrix::as_somebody,
    orders::{issued, officer, subscriber},
    site::{Site, between},
};

#[tokio::test]
async fn a_holder_downloads_every_form_under_a_safe_name() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let certificate = issued(&site, &mut browser, "jana@example.com").await;
    for (file, kind, ending) in [
        ("certificate.pem", "application/x-pem-file", ".pem\""),
        ("certificate.cer", "application/pkix-cert", ".cer\""),
        ("chain.pem", "application/x-pem-file", "-chain.pem\""),
        ("chain.p7b", "application/x-pkcs7-certificates", ".p7b\""),
    ] {
        let answer = browser.get(&format!("{certificate}/{file}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let name = answer.header("content-disposition");
        assert!(name.starts_with("attachment; filename=\""), "{name}");
        assert!(name.contains(ending), "{name}");
        assert!(!answer.body.is_empty());
    }
    let chain = browser.get(&format!("{certificate}/chain.pem")).await;
    assert_eq!(chain.body.matches("BEGIN CERTIFICATE").count(), 3);
    let none = browser.get(&format!("{certificate}/private.key")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_certificate_is_found_by_what_people_know_of_it() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let certificate = issued(&site, &mut browser, "jana@example.com").await;
    let page = browser.get(&certificate).await;
    // As it is copied, without the groups in which it is read.
    let serial = page
        .body
        .split("data-copy=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|copied| copied.len() == 40 && copied.bytes().all(|o| o.is_ascii_hexdigit()))
        .expect("the serial number can be copied")
        .to_owned();
    let other = subscriber(&site, "petr@example.com").await;
    let mut other = as_somebody(&site, other).await;
    let staff = officer(&site).await;
    let mut staff = as_somebody(&site, staff).await;
    for text in ["jana@example.com", &serial, &serial[..16], ""] {
        let query = format!("?q={}&state=valid", crate::site::encode(text));
        let own = browser.get(&format!("/certificates{query}")).await;
        assert!(own.body.contains(&certificate), "{text}");
        let theirs = other.get(&format!("/certificates{query}")).await;
        assert!(!theirs.body.contains(&certificate), "{text}");
        let all = staff.get(&format!("/desk/certificates{query}")).await;
        assert!(all.body.contains(&certificate), "{text}");
    }
    let nothing = browser.get("/certificates?q=somebody+else").await;
    assert!(nothing.body.contains("Nothing found"));
    let revoked = browser.get("/certificates?state=revoked").await;
    assert!(!revoked.body.contains(&certificate));
}

#[tokio::test]
async fn revoking_asks_why_and_once_more() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut browser = as_somebody(&site, person).await;
    let certificate = issued(&site, &mut browser, "jana@example.com").await;
    let revoke = format!("{certificate}/revoke");

    let unsaid = browser.fill(&revoke, &[]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = browser.post(&revoke, &[("reason", "key-compromise")]).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.body.contains("This cannot be undone"));
    assert!(
        browser
            .get(&certificate)
            .await
            .body
            .contains("Revoke this certificate")
    );

    browser.get(&revoke).await;
    let sure = [("reason", "key-compromise"), ("confirm", "yes")];
    let done = browser.post(&revoke, &sure).await;
    assert_eq!(done.location(), certificate, "{}", done.body);
    let page = browser.get(&certificate).await;
    assert!(page.body.contains("This certificate is revoked"));
    assert!(!page.body.contains("Revoke this certificate"));
    let twice = browser.post(&revoke, &sure).await;
    assert_eq!(twice.location(), certificate);
    let list = browser.get("/certificates?state=revoked").await;
    assert!(list.body.contains(&certificate));

    // The page of the store in the browser learns of it without saying what is in the store; nobody else's does.
    let store = browser.get("/settings/store").await;
    let fingerprint = between(&store.body, "data-revoked=\"", "\"");
    let pairs: Vec<_> = fingerprint
        .as_bytes()
        .chunks(2)
        .map(|pair| String::from_utf8_lossy(pair).to_uppercase())
        .collect();
    assert_eq!(pairs.len(), 32, "{fingerprint}");
    assert!(page.body.contains(&pairs.join(":")));
    let stranger = subscriber(&site, "petr@example.com").await;
    let mut stranger = as_somebody(&site, stranger).await;
    for page in [
        stranger.get("/settings/store").await,
        site.browser().get("/settings/store").await,
    ] {
        assert!(page.body.contains("data-revoked=\"\""));
    }
}

#[tokio::test]
async fn another_persons_certificate_does_not_exist_and_staff_may_revoke_it() {
    let site = Site::sandbox().await;
    let person = subscriber(&site, "jana@example.com").await;
    let mut owner = as_somebody(&site, person).await;
    let certificate = issued(&site, &mut owner, "jana@example.com").await;
    let stranger = subscriber(&site, "petr@example.com").await;
    let mut stranger = as_somebody(&site, stranger).await;
    for page in ["", "/certificate.pem", "/chain.p7b", "/revoke"] {
        let answer = stranger.get(&format!("{certificate}{page}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
    }
    let sure = [("reason", "superseded"), ("confirm", "yes")];
    stranger.get("/certificates").await;
    let forced = stranger.post(&format!("{certificate}/revoke"), &sure).await;
    assert_eq!(forced.status, StatusCode::NOT_FOUND);

    let staff = officer(&site).await;
    let mut staff = as_somebody(&site, staff).await;
    let page = staff.get(&certificate).await;
    assert!(
        page.body.contains("Revoke this certificate"),
        "{}",
        page.body
    );
    assert!(
        !page.body.contains("/help/thunderbird"),
        "installing is the holder's"
    );
    staff.get(&format!("{certificate}/revoke")).await;
    let sure = [("reason", "privilege-withdrawn"), ("confirm", "yes")];
    let done = staff.post(&format!("{certificate}/revoke"), &sure).await;
    assert_eq!(done.location(), certificate, "{}", done.body);
}

#[tokio::test]
async fn everybody_sees_the_authorities_and_their_lists() {
    let site = Site::production().await;
    let mut browser = site.browser();
    let page = browser.get("/authorities").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body
            .contains("Trust the chain, not a single certificate")
    );
    assert!(page.body.contains("Chancery Test Root"));
    let slug = between(&page.body, "<section class=\"card\" id=\"", "\"");
    let slug = slug.to_owned();
    for (file, kind) in [
        ("certificate.cer", "application/pkix-cert"),
        ("certificate.pem", "application/x-pem-file"),
        ("list.crl", "application/pkix-crl"),
    ] {
        let answer = browser.get(&format!("/authorities/{slug}/{file}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
        assert_eq!(answer.header("content-type"), kind);
    }
    let none = browser.get("/authorities/no-such/certificate.cer").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
