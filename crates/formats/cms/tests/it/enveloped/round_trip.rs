//! What is encrypted comes back, in every way that is offered.

use chancery_cms::enveloped::{
    ContentCipher, DecryptError, Encryptor, Ending, Envelope, Integrity, KeyDerivation,
    KeyManagement, KeyWrap, Recipient, SelectError, Status, Unverified, decrypt,
};
use chancery_cms::enveloped::{Decryptor, EncryptError};
use chancery_keys::AwsLc;
use chancery_x509::{DigestAlgorithm, KeyTransport, PublicKeyInfo};
use proptest::prelude::*;

use super::holders::{Holder, Kind, rejection_secret, seal, secrets};

const DIGESTS: [DigestAlgorithm; 5] = [
    DigestAlgorithm::Sha1,
    DigestAlgorithm::Sha224,
    DigestAlgorithm::Sha256,
    DigestAlgorithm::Sha384,
    DigestAlgorithm::Sha512,
];

fn managements(kind: Kind) -> Vec<KeyManagement> {
    let agreement = |derivation, wrap, ukm: Option<&[u8]>| KeyManagement::Agreement {
        derivation,
        wrap,
        user_keying_material: ukm.map(<[u8]>::to_vec),
    };
    let wraps = [
        None,
        Some(KeyWrap::Aes128),
        Some(KeyWrap::Aes192),
        Some(KeyWrap::Aes256),
    ];
    match kind {
        Kind::Rsa => [DIGESTS[0], DIGESTS[2], DIGESTS[3], DIGESTS[4]]
            .into_iter()
            .flat_map(|digest| {
                [Vec::new(), b"label".to_vec()].map(|label| {
                    KeyManagement::Transport(KeyTransport::Oaep {
                        digest,
                        mgf1: digest,
                        label,
                    })
                })
            })
            .chain([KeyManagement::Transport(KeyTransport::Pkcs1V15)])
            .collect(),
        Kind::X25519 => DIGESTS[2..]
            .iter()
            .map(|digest| KeyDerivation::Hkdf(*digest))
            .chain([KeyDerivation::X963(DigestAlgorithm::Sha256)])
            .flat_map(|derivation| {
                [
                    agreement(derivation, None, None),
                    agreement(derivation, None, Some(b"material")),
                ]
            })
            .collect(),
        _ => DIGESTS
            .into_iter()
            .zip(wraps.into_iter().cycle())
            .flat_map(|(digest, wrap)| {
                let derivation = KeyDerivation::X963(digest);
                [
                    agreement(derivation, wrap, None),
                    agreement(derivation, wrap, Some(b"material")),
                ]
            })
            .collect(),
    }
}

#[test]
fn every_key_opens_every_cipher_in_every_way() {
    let content = b"what nobody else may read";
    for kind in Kind::ALL {
        let holder = kind.holder();
        for (at, management) in managements(kind).into_iter().enumerate() {
            let cipher = ContentCipher::ALL[at % ContentCipher::ALL.len()];
            let by_name = holder.addressee_by(management.clone());
            for addressee in [by_name.clone(), by_name.by_key_identifier()] {
                let message = seal(vec![addressee], cipher, content);
                let (plain, opened) = holder
                    .open(&message)
                    .unwrap_or_else(|error| panic!("{kind:?} {management:?} {cipher}: {error}"));
                assert_eq!(plain, content);
                let vouched = opened.integrity() == Integrity::Authenticated;
                assert_eq!(vouched, cipher.is_authenticated(), "{cipher}");
            }
        }
    }
}

#[test]
fn each_of_several_recipients_opens_it_and_nobody_else() {
    let addressees = Kind::ALL.map(|kind| kind.holder().addressee()).to_vec();
    let message = seal(addressees, ContentCipher::Aes256Gcm, b"for five");
    for kind in Kind::ALL {
        assert_eq!(
            kind.holder().open(&message).unwrap().0,
            b"for five",
            "{kind:?}"
        );
        // Without a certificate: the only recipient with such a key.
        let public = PublicKeyInfo::from_der(kind.holder().key.subject_public_key_info()).unwrap();
        let bare = Decryptor::new(&AwsLc, Recipient::Key(Box::new(public)), rejection_secret());
        let opened = kind.holder().open_with(bare, &message);
        assert_eq!(opened.unwrap().0, b"for five", "{kind:?}");
    }
    let stranger = Holder::new(Kind::P256);
    // The same issuer and serial number would make it the same certificate: its key identifier tells the two apart.
    let message = seal(
        vec![
            Kind::P256.holder().addressee().by_key_identifier(),
            Kind::P384.holder().addressee().by_key_identifier(),
        ],
        ContentCipher::Aes256Gcm,
        b"not for you",
    );
    assert_eq!(
        stranger.open(&message).unwrap_err(),
        DecryptError::Recipient(SelectError::OtherRecipients { recipients: 2 })
    );
}

#[test]
fn a_key_alone_is_not_guessed_with_among_several_of_its_kind() {
    let [first, second] = [Holder::new(Kind::P256), Holder::new(Kind::P256)];
    let message = seal(
        vec![first.addressee(), second.addressee()],
        ContentCipher::Aes256Gcm,
        b"for two",
    );
    let public = PublicKeyInfo::from_der(second.key.subject_public_key_info()).unwrap();
    let bare = || {
        Decryptor::new(
            &AwsLc,
            Recipient::Key(Box::new(public.clone())),
            rejection_secret(),
        )
    };
    assert_eq!(
        second.open_with(bare(), &message).unwrap_err(),
        DecryptError::Recipient(SelectError::Ambiguous)
    );
    let message = seal(
        vec![first.addressee(), second.addressee().by_key_identifier()],
        ContentCipher::Aes256Gcm,
        b"for two",
    );
    assert_eq!(second.open_with(bare(), &message).unwrap().0, b"for two");
}

#[test]
fn another_key_than_the_recipients_opens_nothing() {
    for kind in Kind::ALL {
        for cipher in [ContentCipher::Aes256Gcm, ContentCipher::ChaCha20Poly1305] {
            let message = seal(vec![kind.holder().addressee()], cipher, b"content");
            // The certificate of the recipient, but somebody else's key.
            let other = Holder {
                certificate: kind.holder().certificate.clone(),
                ..Holder::new(kind)
            };
            assert_eq!(
                other.open(&message).unwrap_err(),
                DecryptError::NotDecrypted,
                "{kind:?}"
            );
        }
    }
}

#[test]
fn content_without_a_tag_is_refused_before_the_key_is_asked() {
    for cipher in ContentCipher::ALL {
        let holder = Kind::P256.holder();
        let message = seal(vec![holder.addressee()], cipher, b"content");
        let mut decryptor = holder.decryptor().authenticated_only();
        let outcome = decryptor.push(&mut message.as_slice(), &mut Unverified::new());
        match outcome {
            Ok(Status::Need(_)) => assert!(cipher.is_authenticated()),
            Err(DecryptError::Unauthenticated { .. }) => assert!(!cipher.is_authenticated()),
            other => panic!("{cipher}: {other:?}"),
        }
    }
}

#[test]
fn keys_that_cannot_receive_are_refused() {
    let holder = Kind::P256.holder();
    let wrong = KeyManagement::Transport(KeyTransport::Pkcs1V15);
    let refused =
        chancery_cms::enveloped::Addressee::with_management(holder.certificate.clone(), wrong);
    assert!(matches!(refused, Err(EncryptError::KeyKind { .. })));
    let envelope = Envelope::new(Vec::new(), ContentCipher::Aes128Cbc, None);
    let begun = Encryptor::begin(
        &AwsLc,
        &envelope,
        &secrets(ContentCipher::Aes128Cbc),
        &mut Vec::new(),
    );
    assert_eq!(begun.err(), Some(EncryptError::NoRecipient));
    let envelope = Envelope::new(vec![holder.addressee()], ContentCipher::Aes128Cbc, None);
    let begun = Encryptor::begin(
        &AwsLc,
        &envelope,
        &secrets(ContentCipher::Aes256Cbc),
        &mut Vec::new(),
    );
    assert!(matches!(begun.err(), Some(EncryptError::Secrets { .. })));
}

/// Encrypts and decrypts in pieces of these sizes; `known` says whether the length is told beforehand.
fn stream(
    cipher: ContentCipher,
    content: &[u8],
    into: usize,
    back: usize,
    known: bool,
) -> (Vec<u8>, Vec<u8>) {
    let holder = Kind::P256.holder();
    let length = known.then_some(content.len() as u64);
    let envelope = Envelope::new(vec![holder.addressee()], cipher, length);
    let mut message = Vec::new();
    let mut encryptor =
        Encryptor::begin(&AwsLc, &envelope, &secrets(cipher), &mut message).unwrap();
    for piece in content.chunks(into) {
        encryptor.update(piece, &mut message).unwrap();
    }
    encryptor.finish(&mut message).unwrap();

    let mut decryptor = holder.decryptor();
    let mut plain = Unverified::new();
    let mut needs = 0;
    for mut piece in message.chunks(back) {
        while let Status::Need(need) = decryptor.push(&mut piece, &mut plain).unwrap() {
            needs += 1;
            decryptor.resume(holder.answer(&need)).unwrap();
        }
        assert!(piece.is_empty());
    }
    assert_eq!(needs, 1);
    let Ending::Opened(opened) = decryptor.finish(&mut plain).unwrap() else {
        panic!("there are no attributes")
    };
    (plain.release(&opened).to_vec(), message)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn content_comes_back_in_any_pieces(
        cipher in proptest::sample::select(ContentCipher::ALL.to_vec()),
        content in proptest::collection::vec(any::<u8>(), 0..5_000),
        into in 1_usize..3_000,
        back in 1_usize..3_000,
        known in any::<bool>(),
    ) {
        let (plain, message) = stream(cipher, &content, into, back, known);
        prop_assert_eq!(plain, content);
        // DER throughout where the length is known: no indefinite length outside.
        prop_assert_eq!(message[1] == 0x80, !known);
    }
}

#[test]
fn a_length_that_was_said_and_not_kept_is_an_error() {
    let holder = Kind::P256.holder();
    for said in [99, 101, 5_000] {
        let cipher = ContentCipher::Aes256Gcm;
        let envelope = Envelope::new(vec![holder.addressee()], cipher, Some(said));
        let mut message = Vec::new();
        let mut encryptor =
            Encryptor::begin(&AwsLc, &envelope, &secrets(cipher), &mut message).unwrap();
        let outcome = encryptor
            .update(&[0; 100], &mut message)
            .and_then(|()| encryptor.finish(&mut message));
        assert!(matches!(outcome, Err(EncryptError::Stream(_))), "{said}");
    }
}

/// A buffer that grows leaves copies of the plain text that nothing wipes: there is room for all of it from the first.
#[test]
fn plain_text_at_hand_never_moves() {
    let holder = Kind::P256.holder();
    for cipher in ContentCipher::ALL {
        let message = seal(vec![holder.addressee()], cipher, &vec![b'x'; 100_000]);
        let (plain, _) = decrypt(holder.decryptor(), &message, |need| {
            Ok::<_, std::convert::Infallible>(holder.answer(need))
        })
        .unwrap();
        assert_eq!(plain.len(), 100_000);
        assert_eq!(plain.capacity(), message.len(), "{cipher}");
    }
}
