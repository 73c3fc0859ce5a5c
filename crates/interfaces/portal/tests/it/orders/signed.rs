//! Applications that are signed as documents.

use base64::{Engine, engine::general_purpose::STANDARD};
use chancery_cms::signed::{
    AttributeOptions, SignStep, SignedDataOptions, SignedDataWriter, SignerOptions,
};
use chancery_keys::{AwsLc, SecretKey};
use chancery_x509::{KeyNeed, SignatureAlgorithm};

use super::*;
use crate::{by_certificate::Holder, site::HOST};

const PRODUCT: &str = "smime-organization-365";
const CHANGED: &str = "What was signed is not what would be sent now";

/// The document on a summary.
fn document(page: &Answer) -> String {
    let (_, rest) = page
        .body
        .split_once(r#"<pre class="sheet""#)
        .expect("a document");
    let text = between(rest, ">", "</pre>");
    let plain = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
    ];
    plain.iter().fold(text.to_owned(), |text, (entity, sign)| {
        text.replace(entity, sign)
    })
}

fn drawn_up(page: &Answer) -> String {
    between(&page.body, r#"name="drawn-up" value=""#, "\"").to_owned()
}

/// As the page's script signs.
fn signature(holder: &Holder, text: &str) -> Vec<u8> {
    let signer = SignerOptions {
        certificate: holder.certificate.clone(),
        algorithm: SignatureAlgorithm::EcdsaSha256,
        by_key_identifier: false,
        attributes: Some(AttributeOptions::at(1_795_000_000)),
    };
    let options = SignedDataOptions {
        detached: true,
        certificates: vec![holder.certificate.clone()],
        ..SignedDataOptions::default()
    };
    let mut out = Vec::new();
    let mut writer = SignedDataWriter::new(vec![signer], options, &AwsLc).unwrap();
    writer.content(text.as_bytes(), &mut out).unwrap();
    let (mut signing, mut step) = writer.finish().unwrap();
    loop {
        step = match step {
            SignStep::Need {
                need: KeyNeed::Sign { algorithm, message },
                ..
            } => {
                let value = holder.key.sign_with(algorithm, &message).unwrap();
                signing.resume(&value).unwrap()
            }
            SignStep::Done(rest) => {
                out.extend(rest);
                return out;
            }
            other => panic!("{other:?}"),
        };
    }
}

async fn summary(browser: &mut Browser<'_>, order: &str, number: &str) -> Answer {
    browser.get(&format!("{order}/data")).await;
    let summary = browser
        .post_files(&format!("{order}/data"), &organization(number), &[])
        .await;
    assert_eq!(summary.status, StatusCode::OK, "{}", summary.body);
    summary
}

async fn send(browser: &mut Browser<'_>, order: &str, drawn_up: &str, signed: &[u8]) -> Answer {
    let encoded = STANDARD.encode(signed);
    let mut fields = STATEMENTS.to_vec();
    fields.extend([("drawn-up", drawn_up), ("signature", encoded.as_str())]);
    browser.post(&format!("{order}/data/submit"), &fields).await
}

#[track_caller]
fn refused(answer: &Answer, words: &str) {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    assert_eq!(answer.status, status, "{}", answer.body);
    assert!(answer.body.contains(words), "{}", answer.body);
    // What was ticked is kept, and there is a document to sign anew.
    assert_eq!(
        answer.body.matches(" checked").count(),
        2,
        "{}",
        answer.body
    );
    assert!(document(answer).contains("data-are-true@2026-11"));
}

#[tokio::test]
async fn a_signed_application_is_kept_with_its_signature() {
    let site = Site::sandbox().await;
    let holder = Holder::registered(&site, &[Role::Subscriber]).await;
    let mut browser = as_somebody(&site, holder.person).await;
    let order = place(&mut browser, PRODUCT).await;
    let page = summary(&mut browser, &order, "99999994").await;
    let text = document(&page);
    let number = between(&text, "Order number: ", "\n").to_owned();
    let expected = [
        "Application for a certificate\n=============================\n",
        &format!("Portal: https://{HOST}\n"),
        "Name: Jana Nováková\nE-mail: jana@example.com\n",
        "Certificate: S/MIME Organisation\nCode: smime-organization-365\nValidity in days: 365\n",
        ": Ořechová Energy s.r.o.\n",
        ": Dlouhá 12\n",
        ": 99999994\n",
        "Documents\n---------\nNone\n",
        "   Statement and version: may-act-for-organization@2026-11\n",
    ];
    for words in expected {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    assert!(!text.contains('⟦') && text.ends_with('\n'), "{text}");

    let signed = signature(&holder, &text);
    let sent = send(&mut browser, &order, &drawn_up(&page), &signed).await;
    assert_eq!(sent.location(), order, "{}", sent.body);
    let page = browser.get(&order).await;
    let serial = holder.certificate.serial().to_hex();
    assert!(
        page.body.contains("The application is signed"),
        "{}",
        page.body
    );
    assert!(
        page.body
            .contains("Signed by jana@example.com, certificate "),
        "{}",
        page.body
    );
    assert!(page.body.contains(&serial), "{}", page.body);

    let links: Vec<String> = page
        .body
        .split("href=\"/documents/")
        .skip(1)
        .map(|rest| format!("/documents/{}", rest.split('"').next().unwrap()))
        .collect();
    assert_eq!(links.len(), 2, "attached documents are listed apart");
    let officer = officer(&site).await;
    let mut officer = as_somebody(&site, officer).await;
    let stranger = subscriber(&site, "petr@example.com").await;
    let mut stranger = as_somebody(&site, stranger).await;
    let seen = officer.get(&format!("/desk{order}")).await;
    assert!(
        seen.body.contains("Signed by jana@example.com"),
        "{}",
        seen.body
    );
    assert!(seen.body.contains("Application signed"), "{}", seen.body);
    let kinds = ["text/plain; charset=utf-8", "application/pkcs7-signature"];
    for ((link, kind), octets) in links.iter().zip(kinds).zip([text.as_bytes(), &signed]) {
        assert!(seen.body.contains(link), "the desk leads to {link}");
        for browser in [&mut browser, &mut officer] {
            let file = browser.get(link).await;
            assert_eq!(file.header("content-type"), kind);
            assert_eq!(file.header("x-content-type-options"), "nosniff");
            let disposition = file.header("content-disposition");
            let named = format!("attachment; filename=\"application-{number}-");
            assert!(disposition.starts_with(&named), "{disposition}");
            assert_eq!(file.body, String::from_utf8_lossy(octets));
        }
        assert_eq!(stranger.get(link).await.status, StatusCode::NOT_FOUND);
        // Sent back, the data can be changed; what was signed stays.
        browser.get(&format!("{order}/documents")).await;
        let id = link.trim_start_matches("/documents/");
        let remove = format!("{order}/documents/remove");
        browser.post(&remove, &[("document", id)]).await;
        assert_eq!(browser.get(link).await.status, StatusCode::OK);
    }

    // The same signature over the same data again, when they were sent back: it was good once.
    let rejected = [("decision", "reject"), ("reason", "The street, please.")];
    decide(&mut officer, &order, &rejected).await;
    let page = summary(&mut browser, &order, "99999994").await;
    for link in &links {
        let id = link.trim_start_matches("/documents/");
        let remove = format!("{order}/documents/remove");
        browser.post(&remove, &[("document", id)]).await;
        assert_eq!(browser.get(link).await.status, StatusCode::OK);
    }
    browser.page.clone_from(&page.body);
    let replayed = send(&mut browser, &order, &drawn_up(&page), &signed).await;
    refused(&replayed, CHANGED);
    let again = signature(&holder, &document(&replayed));
    let sent = send(&mut browser, &order, &drawn_up(&replayed), &again).await;
    assert_eq!(sent.location(), order, "{}", sent.body);
}

#[tokio::test]
async fn what_was_signed_is_what_is_sent_or_nothing_is() {
    let site = Site::sandbox().await;
    let holder = Holder::registered(&site, &[Role::Subscriber]).await;
    let mut browser = as_somebody(&site, holder.person).await;
    let other = place(&mut browser, PRODUCT).await;
    let other = summary(&mut browser, &other, "99999994").await;
    let order = place(&mut browser, PRODUCT).await;
    let page = summary(&mut browser, &order, "99999994").await;
    let (at, text) = (drawn_up(&page), document(&page));
    let signed = signature(&holder, &text);

    // Of another order, with the same data; another time than was signed; long ago; not yet.
    let elsewhere = signature(&holder, &document(&other));
    refused(&send(&mut browser, &order, &at, &elsewhere).await, CHANGED);
    let seconds: i64 = at.parse().unwrap();
    for at in [
        seconds - 60,
        seconds - 90_000,
        seconds + 60,
        i64::MIN,
        i64::MAX,
    ] {
        refused(
            &send(&mut browser, &order, &at.to_string(), &signed).await,
            CHANGED,
        );
    }
    refused(&send(&mut browser, &order, "now", &signed).await, CHANGED);

    // Statements that are not ticked are told, and nothing is sent.
    let encoded = STANDARD.encode(&signed);
    let fields = [STATEMENTS[0], ("drawn-up", &at), ("signature", &encoded)];
    let unticked = browser.post(&format!("{order}/data/submit"), &fields).await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unticked.body.contains("cannot go on without"));

    // Another tab changes the draft, or adds a document.
    summary(&mut browser, &order, "27074358").await;
    let changed = send(&mut browser, &order, &at, &signed).await;
    refused(&changed, CHANGED);
    assert!(document(&changed).contains(": 27074358\n"));
    summary(&mut browser, &order, "99999994").await;
    let documents = format!("{order}/documents");
    browser.get(&documents).await;
    let added = [("document-other", "průkaz \u{202e}gnp.png", PNG)];
    browser.post_files(&documents, &[], &added).await;
    let changed = send(&mut browser, &order, &at, &signed).await;
    refused(&changed, CHANGED);
    let text = document(&changed);
    assert!(text.contains("1: průkaz"), "{text}");
    assert!(!text.contains('\u{202e}'), "{text}");

    // What is no signature, or too large to be one.
    let at = drawn_up(&changed);
    for nonsense in [&b"signed, Jana"[..], &vec![0x30; 34 << 10]] {
        refused(
            &send(&mut browser, &order, &at, nonsense).await,
            "cannot be read",
        );
    }
    let huge = send(&mut browser, &order, &at, &vec![0; 50 << 10]).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
    browser.get(&documents).await;
    let fields = [
        ("drawn-up", at.as_str()),
        ("signature", "?"),
        STATEMENTS[0],
        STATEMENTS[1],
    ];
    let unencoded = browser.post(&format!("{order}/data/submit"), &fields).await;
    refused(&unencoded, "cannot be read");

    // A certificate that was revoked since.
    let signed = signature(&holder, &text);
    let revoke = format!("{}/revoke", holder.page);
    let reason = [("reason", "superseded"), ("confirm", "yes")];
    browser.fill(&revoke, &reason).await;
    browser.get(&documents).await;
    let revoked = send(&mut browser, &order, &at, &signed).await;
    refused(&revoked, "The certificate has been revoked since");

    // And without a signature the same form is sent as ever.
    let sent = browser
        .post(&format!("{order}/data/submit"), &STATEMENTS)
        .await;
    assert_eq!(sent.location(), order, "{}", sent.body);
    let page = browser.get(&order).await;
    assert!(!page.body.contains("Signed by"), "{}", page.body);
}

#[tokio::test]
async fn a_certificate_that_is_not_registered_signs_nothing() {
    let site = Site::sandbox().await;
    let holder = Holder::unregistered(&site, &[Role::Subscriber]).await;
    let mut browser = as_somebody(&site, holder.person).await;
    let order = place(&mut browser, PRODUCT).await;
    let page = summary(&mut browser, &order, "99999994").await;
    assert!(page.body.contains(r#"data-registered="""#), "{}", page.body);
    let signed = signature(&holder, &document(&page));
    let sent = send(&mut browser, &order, &drawn_up(&page), &signed).await;
    refused(&sent, "not registered as yours");
}
