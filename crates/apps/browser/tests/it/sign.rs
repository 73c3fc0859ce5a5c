//! Signatures: CMS, requests, tokens.

use chancery_cms::read_certificates;
use chancery_keys::{AwsLc, KeyAlgorithm, Signer};
use chancery_x509::{Certificate, CertificationRequest, Crypto, DigestAlgorithm, asn1};
use serde_json::{Value, json};

use crate::support::{P256, Person, RSA, Worker};

const AT: i64 = 1_800_000_000;

fn sign(person: &Person, content: &[u8], piece: usize, detached: bool) -> Result<Vec<u8>, Value> {
    let mut worker = Worker::new(Some(&person.key));
    let text = json!({ "call": "sign", "signingTime": AT, "detached": detached });
    let parts = [person.certificate.as_der(), person.root.as_der()];
    let signed = worker.run_over(&text, &parts, content, piece);
    signed.map(|(_, signed)| signed)
}

#[test]
fn content_is_signed_in_pieces_of_any_size() {
    let content = vec![0x5a; 100_000];
    // RSA signs the same octets twice alike.
    let whole = sign(&RSA, &content, content.len(), true).unwrap();
    assert_eq!(sign(&RSA, &content, 999, true).unwrap(), whole);
    assert_eq!(read_certificates(&whole).unwrap().len(), 2);
    assert!(whole.len() < content.len(), "the content is not inside");
    let around = sign(&RSA, &content, 999, false).unwrap();
    assert!(around.len() > content.len());
    assert!(sign(&RSA, b"", 1, true).is_ok());
}

#[test]
fn every_kind_of_key_signs() {
    for algorithm in [
        KeyAlgorithm::EcP384,
        KeyAlgorithm::EcP521,
        KeyAlgorithm::Ed25519,
    ] {
        let person = Person::new(algorithm);
        // The module verifies each signature under the certificate before it leaves.
        assert!(sign(&person, b"content", 3, true).is_ok(), "{algorithm}");
    }
    assert!(sign(&P256, b"content", 3, true).is_ok());
}

#[test]
fn a_signature_by_another_key_does_not_leave() {
    let other = Person::new(KeyAlgorithm::EcP256);
    let mut worker = Worker::new(Some(&other.key));
    let certificate = P256.certificate.as_der();
    let text = json!({ "call": "sign", "signingTime": AT, "detached": true });
    let refused = worker.run_over(&text, &[certificate], b"content", 9);
    assert_eq!(refused.unwrap_err()["code"], "wrongSignature");
    let text = json!({ "call": "token", "origin": "https://a.example", "nonce": "n" });
    let refused = worker.run(&text, &[certificate]).unwrap_err();
    assert_eq!(refused["code"], "wrongSignature");
    let text = json!({ "call": "request", "subject": [], "emails": ["a@b.example"] });
    let spki = P256.certificate.public_key().as_der();
    let refused = worker.run(&text, &[spki]).unwrap_err();
    assert_eq!(refused["code"], "wrongSignature");
}

/// Web eID 1.0: hash(origin) || hash(nonce), with the hash of the algorithm, under the names of RFC 7518.
#[test]
fn tokens_sign_origin_and_nonce() {
    for (key, name, digest) in [
        (KeyAlgorithm::Rsa2048, "RS256", DigestAlgorithm::Sha256),
        (KeyAlgorithm::EcP256, "ES256", DigestAlgorithm::Sha256),
        (KeyAlgorithm::EcP384, "ES384", DigestAlgorithm::Sha384),
        (KeyAlgorithm::EcP521, "ES512", DigestAlgorithm::Sha512),
    ] {
        let person = Person::new(key);
        let text = json!({ "call": "token", "origin": "https://ca.example", "nonce": "a nonce of the server's" });
        let certificate = person.certificate.as_der();
        let (result, parts) = Worker::new(Some(&person.key))
            .run(&text, &[certificate])
            .unwrap();
        assert_eq!(result["algorithm"], name);
        assert_eq!(parts[1].as_slice(), certificate);
        let signature = if key == KeyAlgorithm::Rsa2048 {
            parts[0].to_vec()
        } else {
            let (r, s) = parts[0].split_at(parts[0].len() / 2);
            asn1::sequence(&[&asn1::integer(r), &asn1::integer(s)])
        };
        let message = [
            AwsLc.digest(digest, b"https://ca.example"),
            AwsLc.digest(digest, b"a nonce of the server's"),
        ]
        .concat();
        let public_key = person.key.public_key();
        AwsLc
            .verify(person.key.algorithm(), public_key, &message, &signature)
            .unwrap();
    }
    for (origin, nonce) in [
        ("", "n"),
        ("https://a.example", ""),
        ("o", &*"n".repeat(2_000)),
    ] {
        let text = json!({ "call": "token", "origin": origin, "nonce": nonce });
        let refused = Worker::new(Some(&P256.key)).run(&text, &[P256.certificate.as_der()]);
        assert_eq!(refused.unwrap_err()["code"], "protocol");
    }
}

#[test]
fn requests_prove_possession() {
    let text = json!({
        "call": "request",
        "subject": [
            { "kind": "C", "value": "CZ" },
            { "kind": "commonName", "value": "Jana Nováková" },
        ],
        "emails": ["jana@example.com"],
    });
    for person in [&*RSA, &*P256] {
        let spki = person.certificate.public_key().as_der();
        let (result, parts) = Worker::new(Some(&person.key)).run(&text, &[spki]).unwrap();
        let request = CertificationRequest::from_der(&parts[0]).unwrap();
        request.verify(&AwsLc).unwrap();
        assert_eq!(request.subject().to_string(), "CN=Jana Nováková,C=CZ");
        assert_eq!(request.requested_emails(), ["jana@example.com"]);
        let pem = result["pem"].as_str().unwrap();
        assert_eq!(
            CertificationRequest::from_pem_or_der(pem.as_bytes()).unwrap(),
            request
        );
    }
}

#[test]
fn names_that_cannot_be_written_are_refused() {
    for (subject, emails) in [
        (json!([{ "kind": "C", "value": "Czechia" }]), json!([])),
        (
            json!([{ "kind": "no such thing", "value": "x" }]),
            json!([]),
        ),
        (json!([{ "kind": "CN", "value": "" }]), json!([])),
        (json!([]), json!(["nobody"])),
        (json!([]), json!(["a b@example.com"])),
    ] {
        let text = json!({ "call": "request", "subject": subject, "emails": emails });
        let spki = P256.certificate.public_key().as_der();
        let refused = Worker::new(Some(&P256.key))
            .run(&text, &[spki])
            .unwrap_err();
        assert_eq!(refused["code"], "name", "{text}");
    }
}

/// A key without its certificate lies in the store behind one that it signed itself.
#[test]
fn a_placeholder_is_of_the_key_and_never_valid() {
    let spki = P256.certificate.public_key().as_der();
    let (result, parts) = Worker::new(Some(&P256.key))
        .run(&json!({ "call": "placeholder" }), &[spki])
        .unwrap();
    let certificate = Certificate::from_der(&parts[0]).unwrap();
    assert_eq!(certificate.public_key(), P256.certificate.public_key());
    certificate
        .verify_signature(certificate.public_key(), &AwsLc)
        .unwrap();
    assert_eq!((certificate.not_before(), certificate.not_after()), (0, 0));
    let (own, _) = Worker::new(None)
        .run(
            &json!({ "call": "certificate" }),
            &[P256.certificate.as_der()],
        )
        .unwrap();
    assert_eq!(result["certificate"]["keyId"], own["certificate"]["keyId"]);
}
