//! Messages that were cut, altered or put together by somebody else release nothing that was not encrypted.

use std::sync::OnceLock;

use chancery_cms::enveloped::{
    ContentCipher, ContentSecrets, DecryptError, Ending, Envelope, Integrity, Opened, Status,
    Unverified, encrypt,
};
use chancery_keys::{AwsLc, Entropy, SystemEntropy};
use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::crypto::Cipher;
use chancery_x509::{Crypto, ObjectIdentifier};
use proptest::prelude::*;

use super::holders::{Kind, seal, secrets};

const CONTENT: &[u8] = b"pay 100 to Jana; the rest is for later, at another place";

fn message(kind: Kind, cipher: ContentCipher) -> Vec<u8> {
    seal(vec![kind.holder().addressee()], cipher, CONTENT)
}

#[test]
fn a_message_cut_anywhere_releases_nothing() {
    for cipher in ContentCipher::ALL {
        let whole = message(Kind::P256, cipher);
        for length in 0..whole.len() {
            let outcome = Kind::P256.holder().open(&whole[..length]);
            assert!(outcome.is_err(), "{cipher} cut to {length}");
        }
        let longer = [whole.as_slice(), b"\0"].concat();
        assert!(
            Kind::P256.holder().open(&longer).is_err(),
            "{cipher} with an octet more"
        );
    }
}

/// Every octet of a message under an authenticating cipher, altered in several ways: nothing comes out but what went in, however
/// little of the message the cipher covers.
#[test]
fn an_authenticated_message_altered_anywhere_releases_nothing_else() {
    // An RSA decryption takes ten times as long in wasm.
    let changes: &[u8] = if cfg!(target_arch = "wasm32") {
        &[0x80]
    } else {
        &[0x01, 0x80, 0xff]
    };
    for (kind, cipher) in [
        (Kind::P256, ContentCipher::Aes256Gcm),
        (Kind::X25519, ContentCipher::ChaCha20Poly1305),
        (Kind::Rsa, ContentCipher::Aes128Gcm),
    ] {
        let whole = message(kind, cipher);
        let mut refused = 0;
        for at in 0..whole.len() {
            for change in changes {
                let mut altered = whole.clone();
                altered[at] ^= change;
                match kind.holder().open(&altered) {
                    Err(_) => refused += 1,
                    Ok((plain, _)) => assert_eq!(plain, CONTENT, "{kind:?} {cipher} at {at}"),
                }
            }
        }
        // The versions are read over, and an RSA decryption takes some milliseconds each: all else is refused.
        let tried = whole.len() * changes.len();
        assert!(refused + 12 >= tried, "{refused} of {tried}");
    }
}

/// CBC lets alterations pass: what comes out is marked as such, or nothing does.
#[test]
fn a_message_without_a_tag_is_marked_however_it_was_altered() {
    let whole = message(Kind::P256, ContentCipher::Aes128Cbc);
    for at in 0..whole.len() {
        let mut altered = whole.clone();
        altered[at] ^= 0x01;
        if let Ok((_, opened)) = Kind::P256.holder().open(&altered) {
            assert_eq!(opened.integrity(), Integrity::Unauthenticated, "at {at}");
        }
    }
}

/// EFAIL's gadget (CVE-2017-17689): whoever knows a block of the plain text writes blocks of their own choice before it. The cipher
/// cannot see that; the reader is told that nobody vouches for the text.
#[test]
fn a_cbc_gadget_is_marked_and_a_gcm_one_has_no_place() {
    let known: [u8; 16] = CONTENT[..16].try_into().unwrap();
    let wanted = b"<img src=\"evil/ ";
    let cbc = message(Kind::P256, ContentCipher::Aes128Cbc);
    // The vector stands in the algorithm's parameters, behind the identifier of AES-128-CBC.
    let mark = b"\x60\x86\x48\x01\x65\x03\x04\x01\x02\x04\x10";
    let at = cbc
        .windows(mark.len())
        .position(|window| window == mark)
        .unwrap()
        + mark.len();
    let mut gadget = cbc;
    for (octet, (known, wanted)) in gadget[at..at + 16].iter_mut().zip(known.iter().zip(wanted)) {
        *octet ^= known ^ wanted;
    }
    let (plain, opened) = Kind::P256.holder().open(&gadget).unwrap();
    assert!(plain.starts_with(wanted), "the gadget works");
    assert_eq!(opened.integrity(), Integrity::Unauthenticated);

    // A message in counter mode said to be in CBC mode has no place in an `AuthEnvelopedData`.
    let gcm = message(Kind::P256, ContentCipher::Aes128Gcm);
    let oid = b"\x60\x86\x48\x01\x65\x03\x04\x01\x06";
    let at = gcm
        .windows(oid.len())
        .position(|window| window == oid)
        .unwrap();
    let mut downgraded = gcm;
    downgraded[at + 8] = 0x02;
    assert!(Kind::P256.holder().open(&downgraded).is_err());
}

/// The downgrade that RFC 9709 section 1 tells of: whoever holds a message under AES-GCM puts its recipients before cipher text of their own
/// under AES-CBC. A block of the key stream, had from a guess at the plain text, decrypts to the counter if the guess is right.
/// The reader cannot see where the recipients came from; the message is marked, and refused where only authenticated ones are taken.
#[test]
fn a_gcm_message_made_a_cbc_one_is_marked_and_can_be_refused() {
    let holder = Kind::P256.holder();
    let secrets = secrets(ContentCipher::Aes128Gcm);
    let envelope = Envelope::new(vec![holder.addressee()], ContentCipher::Aes128Gcm, None);
    let gcm = encrypt(&AwsLc, &envelope, &secrets, CONTENT).unwrap();

    let mut info = Reader::sequence(&gcm, "m").unwrap();
    info.oid("type").unwrap();
    let explicit = info.read(tag::context_constructed(0), "content").unwrap();
    let mut body = Reader::sequence(explicit, "body").unwrap();
    body.raw(tag::INTEGER, "version").unwrap();
    let recipients = body.raw(tag::SET, "recipients").unwrap();
    let mut carrier = body.nested("carrier").unwrap();
    carrier.oid("type").unwrap();
    carrier.nested("algorithm").unwrap();
    let cipher_text = carrier.read(tag::context(0), "content").unwrap();

    // What an attacker tries until one has right padding; here it is made with the key.
    let counter = [secrets.iv.as_slice(), &[0, 0, 0, 2]].concat();
    let mut blocks = Vec::new();
    let mut cbc = AwsLc
        .encryptor(Cipher::Aes128Cbc, &secrets.key, &[0; 16])
        .unwrap();
    cbc.update(&counter, &mut blocks).unwrap();
    cbc.finish(&mut blocks).unwrap();
    let guess: Vec<u8> = cipher_text
        .iter()
        .zip(CONTENT)
        .map(|(a, b)| a ^ b)
        .collect();
    assert_eq!(
        blocks[..16],
        guess[..16],
        "all but the padding is had without the key"
    );

    let algorithm = asn1::sequence(&[
        &asn1::oid(&ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.2")),
        &asn1::octet_string(&[0; 16]),
    ]);
    let downgraded = asn1::sequence(&[
        &asn1::oid(&chancery_cms::oid::ENVELOPED_DATA),
        &asn1::explicit(
            0,
            &asn1::sequence(&[
                &asn1::integer_u64(2),
                recipients,
                &asn1::sequence(&[
                    &asn1::oid(&chancery_cms::oid::DATA),
                    &algorithm,
                    &asn1::implicit(0, &blocks),
                ]),
            ]),
        ),
    ]);
    let (plain, opened) = holder.open(&downgraded).unwrap();
    assert_eq!(plain, counter, "the guess is confirmed");
    assert_eq!(opened.integrity(), Integrity::Unauthenticated);
    assert_eq!(
        holder
            .open_with(holder.decryptor().authenticated_only(), &downgraded)
            .unwrap_err(),
        DecryptError::Unauthenticated {
            cipher: Cipher::Aes128Cbc
        }
    );
}

/// RFC 9709 appendix B.2.
#[test]
fn a_key_is_bound_as_the_standard_has_it() {
    let octets = |text: &str| -> Vec<u8> {
        let pairs = text.as_bytes().chunks(2);
        pairs
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    };
    let secrets = ContentSecrets {
        key: octets("c702e7d0a9e064b09ba55245fb733cf3").into(),
        iv: octets("651f722ffd512c52fe072e507d72b377"),
    };
    let bound = octets("9cd102c52f1e19ece8729b35bfeceb50");
    let cipher = ContentCipher::Aes128Cbc;
    let envelope = Envelope {
        bound_key: true,
        ..Envelope::new(vec![Kind::P256.holder().addressee()], cipher, None)
    };
    let message = encrypt(&AwsLc, &envelope, &secrets, CONTENT).unwrap();
    let mut expected = Vec::new();
    let mut cbc = AwsLc
        .encryptor(Cipher::Aes128Cbc, &bound, &secrets.iv)
        .unwrap();
    cbc.update(CONTENT, &mut expected).unwrap();
    cbc.finish(&mut expected).unwrap();
    assert!(message.ends_with(&expected));
}

/// A key that is bound to its cipher is of no use under another (RFC 9709), or where the binding is dropped.
#[test]
fn a_bound_key_decrypts_under_its_own_cipher_alone() {
    let holder = Kind::P256.holder();
    for cipher in ContentCipher::ALL {
        let envelope = Envelope {
            bound_key: true,
            ..Envelope::new(vec![holder.addressee()], cipher, None)
        };
        let message = encrypt(&AwsLc, &envelope, &secrets(cipher), CONTENT).unwrap();
        let (plain, opened) = holder.open(&message).unwrap();
        assert_eq!(plain, CONTENT);
        assert_eq!(opened.cipher().is_aead(), cipher.is_authenticated());
        if !cipher.is_authenticated() {
            let refused = holder.open_with(holder.decryptor().authenticated_only(), &message);
            assert!(matches!(refused, Err(DecryptError::Unauthenticated { .. })));
        }

        // The same with the cipher's own identifier, taken out of the one around it.
        let mut info = Reader::sequence(&message, "m").unwrap();
        let kind = info.oid("type").unwrap();
        let explicit = info.read(tag::context_constructed(0), "content").unwrap();
        let mut body = Reader::sequence(explicit, "body").unwrap();
        let version = body.raw(tag::INTEGER, "version").unwrap();
        let recipients = body.raw(tag::SET, "recipients").unwrap();
        let mut carrier = body.nested("carrier").unwrap();
        let content_type = carrier.raw(tag::OID, "type").unwrap();
        let mut around = carrier.nested("algorithm").unwrap();
        around.oid("derivation").unwrap();
        let unbound = asn1::sequence(&[content_type, around.rest(), carrier.rest()]);
        let unbound = asn1::sequence(&[version, recipients, &unbound, body.rest()]);
        let unbound = asn1::sequence(&[&asn1::oid(&kind), &asn1::explicit(0, &unbound)]);
        match holder.open(&unbound) {
            Err(error) => assert_eq!(error, DecryptError::NotDecrypted),
            // One wrong key in 256 leaves right padding.
            Ok((plain, _)) => assert_ne!(plain, CONTENT),
        }
    }
}

/// An authenticated message whose type is altered to `EnvelopedData` and whose tag is dropped: nothing may be decrypted without a tag.
#[test]
fn an_authenticating_cipher_without_its_tag_is_refused() {
    let whole = message(Kind::P256, ContentCipher::Aes256Gcm);
    let mut info = Reader::sequence(&whole, "m").unwrap();
    info.oid("type").unwrap();
    let explicit = info.read(tag::context_constructed(0), "content").unwrap();
    let mut body = Reader::sequence(explicit, "body").unwrap();
    let version = body.raw(tag::INTEGER, "version").unwrap();
    let recipients = body.raw(tag::SET, "recipients").unwrap();
    let carrier = body.raw(tag::SEQUENCE, "carrier").unwrap();
    let stripped = asn1::sequence(&[
        &asn1::oid(&chancery_cms::oid::ENVELOPED_DATA),
        &asn1::explicit(0, &asn1::sequence(&[version, recipients, carrier])),
    ]);
    assert!(matches!(
        Kind::P256.holder().open(&stripped).unwrap_err(),
        DecryptError::MisplacedCipher { .. }
    ));
}

/// What has come out before the end is not to be had: it is gone from the buffer when the end is wrong.
#[test]
fn plain_text_is_gone_when_the_end_is_wrong() {
    let content = vec![b'x'; 100_000];
    let holder = Kind::P256.holder();
    let mut message = seal(vec![holder.addressee()], ContentCipher::Aes256Gcm, &content);
    let last = message.len() - 1;
    message[last] ^= 1;
    let mut decryptor = holder.decryptor();
    let mut plain = Unverified::new();
    let mut rest = message.as_slice();
    while let Status::Need(need) = decryptor.push(&mut rest, &mut plain).unwrap() {
        decryptor.resume(holder.answer(&need)).unwrap();
    }
    assert!(!plain.is_empty(), "the content has passed by now");
    let Err(error) = decryptor.finish(&mut plain) else {
        panic!("the tag is wrong")
    };
    assert_eq!(error, DecryptError::NotDecrypted);
    assert!(plain.is_empty());
}

fn open_in_pieces(message: &[u8], piece: usize) -> Result<(Vec<u8>, Opened), DecryptError> {
    let holder = Kind::P256.holder();
    let mut decryptor = holder.decryptor();
    let mut plain = Unverified::new();
    for mut piece in message.chunks(piece) {
        while let Status::Need(need) = decryptor.push(&mut piece, &mut plain)? {
            decryptor.resume(holder.answer(&need))?;
        }
    }
    match decryptor.finish(&mut plain)? {
        Ending::Opened(opened) => Ok((plain.release(&opened).to_vec(), opened)),
        Ending::Again(_) => Err(DecryptError::Changed),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Any octets changed, taken out or put in: the same content under a tag, or nothing; and never a panic.
    #[test]
    fn damaged_messages_never_release_anything_else(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
        piece in 1_usize..600,
    ) {
        static MESSAGE: OnceLock<Vec<u8>> = OnceLock::new();
        let mut altered = MESSAGE
            .get_or_init(|| message(Kind::P256, ContentCipher::Aes256Gcm))
            .clone();
        for (index, octet, kind) in changes {
            let at = index.index(altered.len());
            match kind {
                0 => altered[at] = octet,
                1 => { altered.remove(at); }
                _ => altered.insert(at, octet),
            }
        }
        if let Ok((plain, _)) = open_in_pieces(&altered, piece) {
            prop_assert_eq!(plain, CONTENT);
        }
    }

    #[test]
    fn arbitrary_octets_are_refused(octets in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(open_in_pieces(&octets, 7).is_err());
    }
}

/// Random keys and vectors do not repeat: two messages of the same content have nothing in common behind their recipients.
#[test]
fn two_messages_of_one_content_differ() {
    let mut drawn = [0; 16];
    SystemEntropy.fill(&mut drawn).unwrap();
    let content = [drawn; 8].concat();
    let make = || {
        seal(
            vec![Kind::P256.holder().addressee()],
            ContentCipher::Aes256Cbc,
            &content,
        )
    };
    let (first, second) = (make(), make());
    assert_ne!(first[first.len() - 32..], second[second.len() - 32..]);
}
