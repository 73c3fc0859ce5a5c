//! Encrypted messages.

use chancery_cms::Attribute;
use chancery_cms::enveloped::{
    Addressee, ContentCipher, ContentSecrets, Envelope, KeyManagement, encrypt,
};
use chancery_keys::{AwsLc, KeyAlgorithm};
use chancery_x509::{DigestAlgorithm, KeyTransport, ObjectIdentifier, asn1};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::support::{P256, Person, RSA, Worker};

const SECRET: [u8; 32] = [9; 32];

fn envelope(addressee: Addressee, cipher: ContentCipher) -> Envelope {
    Envelope::new(vec![addressee], cipher, None)
}

fn seal(envelope: &Envelope, content: &[u8]) -> Vec<u8> {
    let secrets = ContentSecrets {
        key: Zeroizing::new(vec![1; envelope.cipher.key_len()]),
        iv: vec![2; envelope.cipher.iv_len()],
    };
    encrypt(&AwsLc, envelope, &secrets, content).unwrap()
}

fn transported(person: &Person, transport: KeyTransport) -> Addressee {
    let management = KeyManagement::Transport(transport);
    Addressee::with_management(person.certificate.clone(), management).unwrap()
}

fn oaep(digest: DigestAlgorithm, mgf1: DigestAlgorithm) -> KeyTransport {
    KeyTransport::Oaep {
        digest,
        mgf1,
        label: Vec::new(),
    }
}

fn worker(person: &Person) -> Worker<'_> {
    let mut worker = Worker::new(Some(&person.key));
    let text = json!({ "call": "write", "profile": "stored", "ofStore": true });
    let parts: [&[u8]; 3] = [b"", &person.pkcs8(), person.certificate.as_der()];
    worker.file = worker.run(&text, &parts).unwrap().1.remove(0).to_vec();
    worker.asked.clear();
    worker
}

fn open(person: &Person, message: &[u8], piece: usize) -> Result<(Value, Vec<u8>), Value> {
    let certificate = person.certificate.as_der();
    let text = json!({ "call": "decrypt" });
    worker(person).run_over(&text, &[certificate, &SECRET], message, piece)
}

#[test]
fn messages_decrypt_however_their_key_came() {
    let content = vec![b'x'; 5_000];
    let sha256 = DigestAlgorithm::Sha256;
    let sha1 = DigestAlgorithm::Sha1;
    for (person, addressee) in [
        (&*RSA, transported(&RSA, KeyTransport::Pkcs1V15)),
        (&*RSA, transported(&RSA, oaep(sha256, sha256))),
        (&*RSA, transported(&RSA, oaep(sha1, sha1))),
        (&*P256, Addressee::new(P256.certificate.clone()).unwrap()),
    ] {
        for (cipher, authenticated, piece) in [
            (ContentCipher::Aes256Cbc, false, 701),
            (ContentCipher::Aes256Gcm, true, 1 << 20),
        ] {
            let message = seal(&envelope(addressee.clone(), cipher), &content);
            let (result, plain) = open(person, &message, piece).unwrap();
            assert_eq!(plain, content);
            assert_eq!(result["authenticated"], authenticated);
            assert_eq!(result["contentType"], "1.2.840.113549.1.7.1");
        }
    }
}

/// Attributes behind the content that its tag covers: the content is wanted twice, the key once.
#[test]
fn content_is_asked_for_again_where_its_tag_covers_more() {
    let addressee = Addressee::new(P256.certificate.clone()).unwrap();
    let kind = ObjectIdentifier::new_unwrap("1.2.3.4");
    let attribute = Attribute::new(kind, asn1::utf8_string("more"));
    let envelope = Envelope {
        authenticated_attributes: vec![attribute],
        ..envelope(addressee, ContentCipher::Aes256Gcm)
    };
    let message = seal(&envelope, b"content");
    let mut worker = worker(&P256);
    let parts = [P256.certificate.as_der(), &SECRET];
    let opened = worker.run_over(&json!({ "call": "decrypt" }), &parts, &message, 64);
    assert_eq!(opened.unwrap().1, b"content");
    assert_eq!(worker.asked, ["agree", "again"]);
}

/// A wrong padding of the key, a wrong key and altered content are one refusal, after the same steps.
#[test]
fn what_does_not_decrypt_says_no_more_than_that() {
    let other = Person::new(KeyAlgorithm::Rsa2048);
    let cipher = ContentCipher::Aes256Gcm;
    for transport in [
        KeyTransport::Pkcs1V15,
        oaep(DigestAlgorithm::Sha256, DigestAlgorithm::Sha256),
    ] {
        let message = seal(
            &envelope(transported(&RSA, transport), cipher),
            &[b'x'; 100],
        );
        let mut wrong = worker(&RSA);
        wrong.key = Some(&other.key);
        wrong.file = worker(&other).file;
        let parts = [RSA.certificate.as_der(), &SECRET];
        let text = json!({ "call": "decrypt" });
        let by_wrong_key = wrong.run_over(&text, &parts, &message, 4_096);
        // Content and tag, at the end of the message.
        let mut altered = message.clone();
        let last = altered.len() - 40;
        altered[last] ^= 1;
        let by_right_key = open(&RSA, &altered, 4_096);
        let refusal = json!({ "step": "refused", "code": "notDecrypted" });
        assert_eq!(by_wrong_key.unwrap_err(), refusal);
        assert_eq!(by_right_key.unwrap_err(), refusal);
    }
}

/// Bad padding is no refusal but a plain text that nobody can predict, the same each time; only what everybody can see in the cipher
/// text is an answer without a part.
#[test]
fn bad_padding_is_an_answer() {
    let mut worker = worker(&RSA);
    let file = worker.file.clone();
    let mut unwrap = |cipher_text: &[u8]| {
        let text = json!({ "call": "unwrap" });
        worker.run(&text, &[&file, cipher_text]).unwrap().1
    };
    for octet in 1..4 {
        let answer = unwrap(&[octet; 256]);
        assert_eq!(answer.len(), 1);
        assert_eq!(unwrap(&[octet; 256]), answer);
    }
    for cipher_text in [vec![0xff; 256], vec![1; 255], vec![1; 257], Vec::new()] {
        assert!(unwrap(&cipher_text).is_empty());
    }
}

#[test]
fn what_cannot_be_opened_is_told_apart() {
    let message = seal(
        &envelope(
            transported(&RSA, KeyTransport::Pkcs1V15),
            ContentCipher::Aes256Cbc,
        ),
        b"content",
    );
    let refused = open(&P256, &message, 4_096).unwrap_err();
    assert_eq!(
        (&refused["code"], &refused["recipients"]),
        (&json!("otherRecipients"), &json!(1))
    );
    let refused = open(&P256, b"To: jana@example.com", 4_096).unwrap_err();
    assert_eq!(refused["code"], "notEncrypted");
    let refused = open(&RSA, &message[..message.len() - 1], 4_096).unwrap_err();
    assert_eq!(refused["code"], "notEncrypted");
    // Browsers take one digest for both.
    let mixed = oaep(DigestAlgorithm::Sha256, DigestAlgorithm::Sha1);
    let message = seal(
        &envelope(transported(&RSA, mixed), ContentCipher::Aes256Cbc),
        b"content",
    );
    let refused = open(&RSA, &message, 4_096).unwrap_err();
    assert_eq!(refused["name"], "RSA-OAEP with SHA-256 and MGF1 with SHA-1");
}
