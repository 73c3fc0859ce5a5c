use std::time::Duration;

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chancery_ca::Issued;
use chancery_keys::AwsLc;
use chancery_x509::{
    DigestAlgorithm,
    ocsp::{self, CertId, CertStatus, Response, ResponseStatus},
};

use crate::{Answer, world};

pub fn request(issued: &Issued, nonce: Option<Vec<u8>>) -> Vec<u8> {
    let above = &issued.chain[0];
    let serial = issued.certificate.serial();
    let id = CertId::new(DigestAlgorithm::Sha1, above, serial, &AwsLc);
    ocsp::Request {
        cert_ids: vec![id],
        nonce,
    }
    .to_der()
}

pub fn path(issued: &Issued) -> String {
    let text = STANDARD.encode(request(issued, None));
    format!("/ocsp/{text}")
}

fn post(content_type: &str, body: Vec<u8>) -> Request<Body> {
    Request::post("/ocsp")
        .header("content-type", content_type)
        .body(Body::from(body))
        .unwrap()
}

fn status(answer: &Answer) -> CertStatus {
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/ocsp-response");
    let response = Response::from_der(&answer.body).unwrap();
    response.basic.unwrap().data.responses[0].status
}

fn refusal(answer: &Answer) -> ResponseStatus {
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "no-store");
    Response::from_der(&answer.body).unwrap().status
}

#[tokio::test]
async fn get_and_post_tell_of_a_revocation_at_once() {
    let world = world().await;
    let issued = world.issue("jana@mail-example.com").await;
    let path = path(&issued);
    let kind = "application/ocsp-request";
    let good = world.get(&path).await;
    assert_eq!(status(&good), CertStatus::Good);
    assert_eq!(
        good.header("cache-control"),
        "public, max-age=600, no-transform, must-revalidate"
    );
    assert_eq!(good.header("expires"), "Fri, 20 Nov 2026 22:00:00 GMT");
    let posted = world.send(post(kind, request(&issued, None))).await;
    assert_eq!(status(&posted), CertStatus::Good);
    assert_eq!(posted.header("cache-control"), "no-store");
    let tag = good.header("etag").to_owned();
    world.wait(Duration::from_mins(1));
    let same = world.get_if(&path, "if-none-match", &tag).await;
    assert_eq!(same.status, StatusCode::NOT_MODIFIED);

    world.revoke(&issued).await;
    let after = world.get_if(&path, "if-none-match", &tag).await;
    assert!(matches!(status(&after), CertStatus::Revoked { .. }));
    let posted = world.send(post(kind, request(&issued, None))).await;
    assert!(matches!(status(&posted), CertStatus::Revoked { .. }));
}

#[tokio::test]
async fn get_takes_the_forms_that_clients_send() {
    let world = world().await;
    // Serial numbers and hashes differ with each, and so do the characters of their requests.
    let (mut plus, mut slash, mut double) = (0, 0, 0);
    for n in 0..400 {
        if n >= 24 && plus > 0 && slash > 0 {
            break;
        }
        let issued = world.issue(&format!("p{n}@mail-example.com")).await;
        let text = STANDARD.encode(request(&issued, None));
        plus += text.matches('+').count();
        slash += text.matches('/').count();
        double += text.matches("//").count();
        let encoded = text
            .replace('+', "%2B")
            .replace('/', "%2F")
            .replace('=', "%3D");
        for form in [
            format!("/ocsp/{text}"),
            format!("/ocsp/{encoded}"),
            format!("/ocsp//{text}"),
            format!("/ocsp/{}", text.trim_end_matches('=')),
            format!("/ocsp/{}", text.replace('+', "%20")),
            format!("/ocsp/{}", text.replace("//", "/")),
        ] {
            let answer = world.get(&form).await;
            assert_eq!(status(&answer), CertStatus::Good, "{form}");
        }
    }
    println!("{plus} plus signs, {slash} slashes, {double} double slashes");
    assert!(plus > 0 && slash > 0);
}

#[tokio::test]
async fn answers_with_a_nonce_are_nobody_elses() {
    let world = world().await;
    let issued = world.issue("jana@mail-example.com").await;
    let text = STANDARD.encode(request(&issued, Some(vec![5; 16])));
    let answer = world.get(&format!("/ocsp/{text}")).await;
    assert_eq!(status(&answer), CertStatus::Good);
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn what_is_no_request_is_said() {
    let world = world().await;
    for path in ["/ocsp/AAAA", "/ocsp/!!!!", "/ocsp/%zz", "/ocsp//"] {
        let answer = world.get(path).await;
        assert_eq!(refusal(&answer), ResponseStatus::MalformedRequest, "{path}");
    }
    let kind = "application/ocsp-request";
    for body in [vec![], vec![0; 100], b"<html>".to_vec()] {
        let answer = world.send(post(kind, body)).await;
        assert_eq!(refusal(&answer), ResponseStatus::MalformedRequest);
    }
    let answer = world.send(post("application/json", vec![])).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let answer = world
        .send(post("application/ocsp-request; x=y", vec![]))
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    let answer = world.send(post(kind, vec![0; 64 * 1024 + 1])).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let answer = world.send(post(kind, vec![0; 64 * 1024])).await;
    assert_eq!(refusal(&answer), ResponseStatus::MalformedRequest);
}
