//! Attributes beside the content, and content of other types.

use chancery_cms::enveloped::{
    ContentCipher, DecryptError, EncryptError, Encryptor, Ending, Envelope, Status, Unverified,
    encrypt,
};
use chancery_cms::{Attribute, oid};
use chancery_keys::AwsLc;
use chancery_x509::{ObjectIdentifier, asn1};

use super::holders::{Kind, secrets};

const KIND: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.3.4");

fn attribute(text: &str) -> Attribute {
    Attribute::new(KIND, asn1::utf8_string(text))
}

fn envelope(cipher: ContentCipher) -> Envelope {
    Envelope {
        unauthenticated_attributes: vec![attribute("anybody's")],
        ..Envelope::new(vec![Kind::P256.holder().addressee()], cipher, None)
    }
}

#[test]
fn attributes_travel_and_are_told_apart() {
    for cipher in ContentCipher::ALL {
        let mut envelope = envelope(cipher);
        if cipher.is_authenticated() {
            envelope.authenticated_attributes = vec![attribute("the sender's")];
        }
        let message = encrypt(&AwsLc, &envelope, &secrets(cipher), b"content").unwrap();
        let (plain, opened) = Kind::P256.holder().open(&message).unwrap();
        assert_eq!(plain, b"content");
        assert_eq!(
            opened.unauthenticated_attributes(),
            [attribute("anybody's")]
        );
        let vouched = opened.authenticated_attributes();
        assert_eq!(
            vouched.contains(&attribute("the sender's")),
            cipher.is_authenticated()
        );
    }
}

#[test]
fn a_cipher_without_a_tag_takes_no_authenticated_attributes() {
    let cipher = ContentCipher::Aes256Cbc;
    let envelope = Envelope {
        authenticated_attributes: vec![attribute("x")],
        ..envelope(cipher)
    };
    let outcome = encrypt(&AwsLc, &envelope, &secrets(cipher), b"content");
    assert!(matches!(outcome, Err(EncryptError::Attributes { .. })));
}

/// With attributes: an altered one, or one taken away, is seen.
#[test]
fn authenticated_attributes_cannot_be_altered() {
    let cipher = ContentCipher::Aes256Gcm;
    let envelope = Envelope {
        authenticated_attributes: vec![attribute("the sender's")],
        ..envelope(cipher)
    };
    let message = encrypt(&AwsLc, &envelope, &secrets(cipher), b"content").unwrap();
    let place = message
        .windows(12)
        .position(|window| window == b"the sender's")
        .unwrap();
    for at in place..place + 12 {
        let mut altered = message.clone();
        altered[at] ^= 1;
        assert_eq!(
            Kind::P256.holder().open(&altered).unwrap_err(),
            DecryptError::NotDecrypted
        );
    }
}

/// A message that says one thing at the first reading and another at the second.
#[test]
fn a_message_that_changes_between_readings_is_refused() {
    let cipher = ContentCipher::Aes256Gcm;
    let holder = Kind::P256.holder();
    let message = |text: &str| {
        let envelope = Envelope {
            authenticated_attributes: vec![attribute(text)],
            ..envelope(cipher)
        };
        encrypt(&AwsLc, &envelope, &secrets(cipher), b"content").unwrap()
    };
    let (first, second) = (message("one"), message("two"));
    let mut decryptor = holder.decryptor();
    let mut plain = Unverified::new();
    let mut rest = first.as_slice();
    while let Status::Need(need) = decryptor.push(&mut rest, &mut plain).unwrap() {
        decryptor.resume(holder.answer(&need)).unwrap();
    }
    let Ending::Again(mut decryptor) = decryptor.finish(&mut plain).unwrap() else {
        panic!("the attributes cover the content")
    };
    assert!(plain.is_empty());
    let outcome = decryptor.push(&mut second.as_slice(), &mut plain);
    assert_eq!(outcome, Err(DecryptError::Changed));
}

#[test]
fn another_content_type_is_vouched_for_or_refused() {
    let cipher = ContentCipher::Aes256Gcm;
    let envelope = Envelope {
        content_type: oid::SIGNED_DATA,
        ..envelope(cipher)
    };
    let message = encrypt(&AwsLc, &envelope, &secrets(cipher), b"content").unwrap();
    let (_, opened) = Kind::P256.holder().open(&message).unwrap();
    assert_eq!(opened.content_type(), oid::SIGNED_DATA);
    // id-signedData becomes id-data in the field that nothing covers.
    let signed = asn1::oid(&oid::SIGNED_DATA);
    let at = message
        .windows(signed.len())
        .position(|window| window == signed)
        .unwrap();
    let mut altered = message.clone();
    altered[at + signed.len() - 1] = 1;
    assert_eq!(
        Kind::P256.holder().open(&altered).unwrap_err(),
        DecryptError::ContentType
    );
}

#[test]
fn the_end_of_a_message_is_asked_for_only_after_its_key() {
    let message = super::holders::seal(
        vec![Kind::P256.holder().addressee()],
        ContentCipher::Aes128Gcm,
        b"content",
    );
    let mut decryptor = Kind::P256.holder().decryptor();
    let mut plain = Unverified::new();
    let mut rest = message.as_slice();
    let Status::Need(_) = decryptor.push(&mut rest, &mut plain).unwrap() else {
        panic!("the key is needed")
    };
    assert!(matches!(
        decryptor.finish(&mut plain),
        Err(DecryptError::KeyNotGiven)
    ));
    // An encryptor that is dropped half-way leaves no whole message.
    let cipher = ContentCipher::Aes128Gcm;
    let mut out = Vec::new();
    let mut encryptor =
        Encryptor::begin(&AwsLc, &envelope(cipher), &secrets(cipher), &mut out).unwrap();
    encryptor.update(b"half", &mut out).unwrap();
    drop(encryptor);
    assert!(Kind::P256.holder().open(&out).is_err());
}

/// A value of two octets takes many times as much in memory: more than an honest message has are not read.
#[test]
fn values_of_attributes_are_counted() {
    for (count, taken) in [(20, true), (21, false)] {
        let many = Attribute {
            oid: KIND,
            values: vec![asn1::null(); count],
        };
        for cipher in ContentCipher::ALL {
            let mut beside = Envelope {
                unauthenticated_attributes: vec![many.clone()],
                ..envelope(cipher)
            };
            let message = encrypt(&AwsLc, &beside, &secrets(cipher), b"content").unwrap();
            let outcome = Kind::P256.holder().open(&message);
            assert_eq!(outcome.is_ok(), taken, "{cipher} {count}");
            if !cipher.is_authenticated() {
                continue;
            }
            beside.authenticated_attributes = beside.unauthenticated_attributes.split_off(0);
            let message = encrypt(&AwsLc, &beside, &secrets(cipher), b"content").unwrap();
            match Kind::P256.holder().open(&message) {
                Ok(_) => assert!(taken, "{cipher} {count}"),
                Err(error) => {
                    assert!(
                        !taken && matches!(error, DecryptError::Damaged(_)),
                        "{error}"
                    );
                }
            }
        }
    }
}
