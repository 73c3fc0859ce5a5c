use std::time::Duration;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use chancery_status::PUBLIC;
use chancery_x509::{Certificate, CertificateList};

use crate::world;

#[tokio::test]
async fn a_list_is_served_and_replaced_by_a_revocation() {
    let world = world().await;
    let answer = world.get("/crl/smime-g1/0.crl").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/pkix-crl");
    assert_eq!(
        answer.header("cache-control"),
        "public, max-age=600, no-transform, must-revalidate"
    );
    assert_eq!(
        answer.header("last-modified"),
        "Fri, 20 Nov 2026 12:00:00 GMT"
    );
    assert_eq!(answer.header("expires"), "Fri, 27 Nov 2026 12:00:00 GMT");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    let list = CertificateList::from_der(&answer.body).unwrap();
    assert_eq!(list.entries().count(), 0);

    let tag = answer.header("etag").to_owned();
    let same = world
        .get_if("/crl/smime-g1/0.crl", "if-none-match", &tag)
        .await;
    assert_eq!(same.status, StatusCode::NOT_MODIFIED);
    assert!(same.body.is_empty());
    assert_eq!(same.header("etag"), tag);
    let since = "Fri, 20 Nov 2026 12:00:00 GMT";
    let same = world
        .get_if("/crl/smime-g1/0.crl", "if-modified-since", since)
        .await;
    assert_eq!(same.status, StatusCode::NOT_MODIFIED);

    let issued = world.issue("jana@mail-example.com").await;
    world.wait(Duration::from_mins(1));
    world.revoke(&issued).await;
    let after = world
        .get_if("/crl/smime-g1/0.crl", "if-none-match", &tag)
        .await;
    assert_eq!(after.status, StatusCode::OK);
    let list = CertificateList::from_der(&after.body).unwrap();
    assert!(list.find(issued.certificate.serial()).unwrap().is_some());
    let newer = world
        .get_if("/crl/smime-g1/0.crl", "if-modified-since", since)
        .await;
    assert_eq!(newer.status, StatusCode::OK);

    // A list that nobody renewed is served, and kept by nobody.
    world.wait(Duration::from_hours(8 * 24));
    let old = world.get("/crl/smime-g1/0.crl").await;
    assert_eq!(old.status, StatusCode::OK);
    assert_eq!(old.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn issuers_are_served_where_certificates_say() {
    let world = world().await;
    for slug in ["root-g1", "smime-g1", "tls-g1"] {
        let path = format!("/issuer/{slug}.cer");
        let answer = world.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), "application/pkix-cert");
        let certificate = Certificate::from_der(&answer.body).unwrap();
        assert_eq!(
            Some(certificate.as_der()),
            world.authority.ca.issuer_der(slug)
        );
        let same = world
            .get_if(&path, "if-none-match", answer.header("etag"))
            .await;
        assert_eq!(same.status, StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let world = world().await;
    for path in [
        "/crl/smime-g1/1.crl",
        "/crl/smime-g1/00.crl",
        "/crl/smime-g1/0",
        "/crl/smime-g1/0.crl/x",
        "/crl/none/0.crl",
        "/crl/..%2Fsmime-g1/0.crl",
        "/issuer/none.cer",
        "/issuer/smime-g1",
        "/issuer/smime-g1.crl",
        "/issuer/..%2f..%2fkeys%2fsmime-g1.cer",
        "/",
    ] {
        let answer = world.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn head_tells_the_same_without_content() {
    let world = world().await;
    let issued = world.issue("jana@mail-example.com").await;
    let ocsp = crate::ocsp::path(&issued);
    for path in ["/crl/smime-g1/0.crl", "/issuer/smime-g1.cer", &ocsp] {
        let get = world.get(path).await;
        let head = Request::head(path).body(Body::empty()).unwrap();
        let head = world.send(head).await;
        assert_eq!(head.status, get.status);
        assert!(head.body.is_empty());
        for name in [
            "etag",
            "cache-control",
            "content-type",
            "last-modified",
            "expires",
        ] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
        assert_eq!(head.header("content-length"), get.body.len().to_string());
    }
}

/// The table that others check against is the router's.
#[tokio::test]
async fn the_public_routes_are_all_there_is() {
    let world = world().await;
    for (method, path) in PUBLIC {
        let path = path
            .replace("{*request}", "AAAA")
            .replace("{authority}", "smime-g1")
            .replace("crl/smime-g1/{file}", "crl/smime-g1/0.crl")
            .replace("{file}", "smime-g1.cer");
        for other in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
            let request = Request::builder().method(&other).uri(&path);
            let answer = world.send(request.body(Body::empty()).unwrap()).await;
            let allowed = answer.status != StatusCode::METHOD_NOT_ALLOWED;
            assert_eq!(
                allowed,
                other == method,
                "{other} {path}: {}",
                answer.status
            );
        }
    }
}
