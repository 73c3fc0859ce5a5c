//! Nobody learns from a reader why an encrypted key or a content was wrong (RFC 3218; Bleichenbacher 1998, Vaudenay 2002).

use std::cell::RefCell;
use std::convert::Infallible;
use std::fs;

use chancery_cms::enveloped::{
    ContentCipher, DecryptError, DecryptWholeError, Decryptor, Recipient, RejectionSecret, decrypt,
};
use chancery_keys::AwsLc;
use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::crypto::{
    self, Cipher, CipherError, EphemeralAgreement, Hasher, PublicKeyError,
};
use chancery_x509::{
    Crypto, DigestAlgorithm, KeyNeed, KeyTransport, SignatureAlgorithm, VerifyError, oid,
};
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::holders::{Holder, Kind, openssl, run, seal};

/// Octets of the test key's modulus.
const MODULUS: usize = 256;

/// The ways in which a block can be no PKCS#1 v1.5 block of a key of this length (RFC 8017 section 7.2.2), and two in which it can.
fn blocks(key_len: usize) -> Vec<(&'static str, Vec<u8>)> {
    let block = |head: [u8; 2], filler: usize, separator: &[u8], key: usize| {
        let mut block = head.to_vec();
        block.extend(vec![0xa5; filler]);
        block.extend(separator);
        block.extend(vec![0x5a; key]);
        assert_eq!(block.len(), MODULUS);
        block
    };
    let filler = MODULUS - 3 - key_len;
    vec![
        (
            "right padding, another key",
            block([0, 2], filler, &[0], key_len),
        ),
        ("leading octet 1", block([1, 2], filler, &[0], key_len)),
        ("block type 1", block([0, 1], filler, &[0], key_len)),
        ("block type 0", block([0, 0], filler, &[0], key_len)),
        ("no separator", block([0, 2], MODULUS - 2, &[], 0)),
        (
            "separator after 7 octets",
            block([0, 2], 7, &[0], MODULUS - 10),
        ),
        ("separator at once", block([0, 2], 0, &[0], MODULUS - 3)),
        (
            "key one octet short",
            block([0, 2], filler + 1, &[0], key_len - 1),
        ),
        (
            "key one octet long",
            block([0, 2], filler - 1, &[0], key_len + 1),
        ),
        ("no key", block([0, 2], MODULUS - 3, &[0], 0)),
        ("all zeros", vec![0; MODULUS]),
        ("the number 1", [vec![0; MODULUS - 1], vec![1]].concat()),
    ]
}

/// `block` to the power of the public exponent: what arrives decrypted as this block.
fn raw(folder: &TempDir, block: &[u8]) -> Option<Vec<u8>> {
    fs::write(folder.path().join("block"), block).unwrap();
    openssl(
        folder.path(),
        "pkeyutl -encrypt -certin -inkey cert.pem -in block -pkeyopt rsa_padding_mode:none",
    )
}

/// The same message with another encrypted key.
fn with_key(message: &[u8], encrypted_key: &[u8]) -> Vec<u8> {
    let mark = [tag::OCTET_STRING, 0x82, 1, 0];
    let at = message
        .windows(4)
        .position(|window| window == mark)
        .unwrap()
        + 4;
    let mut message = message.to_vec();
    message[at..at + MODULUS].copy_from_slice(encrypted_key);
    message
}

/// Everything that a reader does that another program could time or see.
#[derive(Debug, Default, PartialEq, Eq)]
struct Work {
    key_operations: usize,
    hmacs: usize,
    unwraps: usize,
    ciphers: usize,
}

/// AWS-LC with an account of what is asked of it.
#[derive(Default)]
struct Counting {
    work: std::sync::Mutex<Work>,
}

impl Counting {
    fn count(&self, what: impl FnOnce(&mut Work)) {
        what(&mut self.work.lock().unwrap());
    }
}

impl Crypto for Counting {
    fn digest(&self, algorithm: DigestAlgorithm, message: &[u8]) -> Vec<u8> {
        AwsLc.digest(algorithm, message)
    }

    fn hasher(&self, algorithm: DigestAlgorithm) -> Box<dyn Hasher> {
        AwsLc.hasher(algorithm)
    }

    fn hmac(&self, algorithm: DigestAlgorithm, key: &[u8], message: &[u8]) -> Vec<u8> {
        self.count(|work| work.hmacs += 1);
        AwsLc.hmac(algorithm, key, message)
    }

    fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        spki: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        AwsLc.verify(algorithm, spki, message, signature)
    }

    fn verify_digest(
        &self,
        algorithm: SignatureAlgorithm,
        spki: &[u8],
        digest: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        AwsLc.verify_digest(algorithm, spki, digest, signature)
    }

    fn encryptor(
        &self,
        cipher: Cipher,
        key: &[u8],
        iv: &[u8],
    ) -> Result<Box<dyn crypto::Encryptor>, CipherError> {
        AwsLc.encryptor(cipher, key, iv)
    }

    fn decryptor(
        &self,
        cipher: Cipher,
        key: &[u8],
        iv: &[u8],
    ) -> Result<Box<dyn crypto::Decryptor>, CipherError> {
        self.count(|work| work.ciphers += 1);
        AwsLc.decryptor(cipher, key, iv)
    }

    fn wrap_key(&self, kek: &[u8], key: &[u8]) -> Result<Vec<u8>, CipherError> {
        AwsLc.wrap_key(kek, key)
    }

    fn unwrap_key(&self, kek: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, CipherError> {
        self.count(|work| work.unwraps += 1);
        AwsLc.unwrap_key(kek, wrapped)
    }

    fn encrypt_to(
        &self,
        transport: &KeyTransport,
        spki: &[u8],
        key: &[u8],
    ) -> Result<Vec<u8>, PublicKeyError> {
        AwsLc.encrypt_to(transport, spki, key)
    }

    fn agree_with(&self, peer_spki: &[u8]) -> Result<EphemeralAgreement, PublicKeyError> {
        AwsLc.agree_with(peer_spki)
    }
}

/// Opens a message and keeps an account of the work.
fn open(
    holder: &Holder,
    secret: [u8; 32],
    message: &[u8],
) -> (Result<Vec<u8>, DecryptError>, Work) {
    let counting = Counting::default();
    let recipient = Recipient::Certificate(Box::new(holder.certificate.clone()));
    let decryptor = Decryptor::new(&counting, recipient, RejectionSecret::new(secret));
    let asked = RefCell::new(0);
    let outcome = decrypt(decryptor, message, |need: &KeyNeed| {
        *asked.borrow_mut() += 1;
        Ok::<_, Infallible>(holder.answer(need))
    });
    let outcome = match outcome {
        Ok((plain, _)) => Ok(plain.to_vec()),
        Err(DecryptWholeError::Message(error)) => Err(error),
        Err(DecryptWholeError::Key(never)) => match never {},
    };
    let mut work = counting.work.into_inner().unwrap();
    work.key_operations = asked.into_inner();
    (outcome, work)
}

#[test]
fn every_bad_padding_of_a_key_is_one_error_after_the_same_work() {
    let folder = TempDir::new().unwrap();
    let holder = Kind::Rsa.holder();
    holder.write(folder.path());
    if run("openssl", folder.path(), "version").is_none() {
        return;
    }
    for cipher in [
        ContentCipher::Aes128Gcm,
        ContentCipher::Aes256Gcm,
        ContentCipher::ChaCha20Poly1305,
    ] {
        let message = seal(vec![holder.addressee()], cipher, b"content");
        let (good, expected) = open(holder, [1; 32], &message);
        assert_eq!(good.unwrap(), b"content");
        let mut cases: Vec<_> = blocks(cipher.key_len())
            .into_iter()
            .map(|(what, block)| (what, raw(&folder, &block).unwrap()))
            .collect();
        // No cipher texts at all: as large as the modulus and larger, and zero.
        cases.push(("zero", vec![0; MODULUS]));
        cases.push(("all ones", vec![0xff; MODULUS]));
        for (what, encrypted_key) in cases {
            let (outcome, work) = open(holder, [1; 32], &with_key(&message, &encrypted_key));
            assert_eq!(outcome, Err(DecryptError::NotDecrypted), "{cipher}: {what}");
            assert_eq!(work, expected, "{cipher}: {what}");
        }
    }
}

/// CBC: a message under a replaced key comes out as the replacement decrypts it, right padding by chance included, exactly as one
/// under a wrong key does. So there is nothing to tell bad padding by, however many contents are tried.
#[test]
fn without_a_tag_a_bad_padding_looks_like_any_wrong_key() {
    let folder = TempDir::new().unwrap();
    let holder = Kind::Rsa.holder();
    holder.write(folder.path());
    if run("openssl", folder.path(), "version").is_none() {
        return;
    }
    let cipher = ContentCipher::Aes128Cbc;
    let secret = [1; 32];
    let (_, expected) = open(
        holder,
        secret,
        &seal(vec![holder.addressee()], cipher, b"content"),
    );
    for (what, block) in blocks(cipher.key_len()).into_iter().skip(1) {
        let encrypted_key = raw(&folder, &block).unwrap();
        let mut replacement = AwsLc.hmac(DigestAlgorithm::Sha256, &secret, &encrypted_key);
        replacement.truncate(16);
        let mut accepted = 0;
        for number in 0..40_u8 {
            let message = seal(vec![holder.addressee()], cipher, &[number; 20]);
            let message = with_key(&message, &encrypted_key);
            let (iv, content) = parts(&message);
            let directly = AwsLc.decrypt(Cipher::Aes128Cbc, &replacement, &iv, &[], &content, &[]);
            let (outcome, work) = open(holder, secret, &message);
            assert_eq!(work, expected, "{what}");
            match (outcome, directly) {
                (Ok(plain), Ok(directly)) => {
                    assert_eq!(plain, directly.to_vec(), "{what}");
                    accepted += 1;
                }
                (Err(error), Err(_)) => assert_eq!(error, DecryptError::NotDecrypted, "{what}"),
                (outcome, _) => panic!("{what}: {outcome:?} is not what the replacement gives"),
            }
            // The same message gives the same answer each time.
            assert_eq!(
                open(holder, secret, &message).0,
                open(holder, secret, &message).0
            );
        }
        assert!(
            accepted <= 5,
            "{what}: one content in 256 has right padding by chance"
        );
    }
}

/// The vector and the cipher text of a CBC message.
fn parts(message: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut info = Reader::sequence(message, "m").unwrap();
    info.oid("type").unwrap();
    let explicit = info.read(tag::context_constructed(0), "content").unwrap();
    let mut body = Reader::sequence(explicit, "body").unwrap();
    body.integer("version").unwrap();
    body.read(tag::SET, "recipients").unwrap();
    let mut carrier = body.nested("carrier").unwrap();
    carrier.oid("type").unwrap();
    let mut algorithm = carrier.nested("algorithm").unwrap();
    algorithm.oid("algorithm").unwrap();
    let iv = algorithm.read(tag::OCTET_STRING, "iv").unwrap().to_vec();
    (
        iv,
        carrier.read(tag::context(0), "content").unwrap().to_vec(),
    )
}

/// Vaudenay's oracle: every last octet before a block, so that one of them makes the padding right and the others wrong. Whoever
/// asks sees one error for all that fail, and from a wrong key the same one.
#[test]
fn bad_padding_of_content_is_the_error_of_a_wrong_key() {
    let holder = Kind::P256.holder();
    let stranger = Holder {
        certificate: holder.certificate.clone(),
        ..Holder::new(Kind::P256)
    };
    let message = seal(
        vec![holder.addressee()],
        ContentCipher::Aes128Cbc,
        &[b'x'; 40],
    );
    let (_, expected) = open(holder, [1; 32], &message);
    let mut passed = 0;
    for change in 1..=255_u8 {
        // The last octet of the last block but one.
        let mut altered = message.clone();
        let at = altered.len() - 17;
        altered[at] ^= change;
        let (outcome, work) = open(holder, [1; 32], &altered);
        assert_eq!(work, expected);
        match outcome {
            Ok(_) => passed += 1,
            Err(error) => assert_eq!(error, DecryptError::NotDecrypted),
        }
        let (outcome, work) = open(&stranger, [1; 32], &altered);
        assert_eq!(
            (outcome, work),
            (
                Err(DecryptError::NotDecrypted),
                Work {
                    key_operations: expected.key_operations,
                    hmacs: expected.hmacs,
                    unwraps: expected.unwraps,
                    ciphers: expected.ciphers,
                }
            )
        );
    }
    // The cipher has no more to say than whether padding is right: such content is Unauthenticated (see `altered`).
    assert!(passed <= 2, "{passed}");
}

/// Key agreement and OAEP: a wrong key, a wrapped key that was altered, a peer's point that is none.
#[test]
fn what_a_key_refuses_is_the_error_of_a_wrong_key() {
    for kind in [Kind::P256, Kind::P384, Kind::P521, Kind::X25519] {
        let holder = kind.holder();
        for cipher in [ContentCipher::Aes256Gcm, ContentCipher::Aes256Cbc] {
            let message = seal(vec![holder.addressee()], cipher, b"content");
            let (_, expected) = open(holder, [1; 32], &message);
            // The wrapped key and the ephemeral key stand behind these marks.
            let wrapped = message
                .windows(2)
                .rposition(|window| window == [tag::OCTET_STRING, 0x28])
                .unwrap();
            let algorithm = match kind {
                Kind::X25519 => asn1::oid(&oid::X25519),
                _ => asn1::oid(&oid::EC_PUBLIC_KEY),
            };
            let ephemeral = message
                .windows(algorithm.len())
                .position(|window| window == algorithm)
                .unwrap()
                + algorithm.len();
            for at in [wrapped + 2, wrapped + 20, wrapped + 41, ephemeral + 30] {
                let mut altered = message.clone();
                altered[at] ^= 1;
                let (outcome, work) = open(holder, [1; 32], &altered);
                match outcome {
                    Err(DecryptError::NotDecrypted) => assert_eq!(work, expected, "{kind:?} {at}"),
                    other => panic!("{kind:?} {cipher} at {at}: {other:?}"),
                }
            }
        }
    }
}
