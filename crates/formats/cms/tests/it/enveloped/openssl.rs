//! Both ways with OpenSSL: each scheme that it has.

use std::fs;
use std::path::Path;

use chancery_cms::enveloped::{
    ContentCipher, DecryptError, Encryptor, Envelope, Integrity, KeyDerivation, KeyManagement,
    KeyWrap,
};
use chancery_keys::AwsLc;
use chancery_x509::crypto::Cipher;
use chancery_x509::{DigestAlgorithm, KeyTransport, hex};
use tempfile::TempDir;

use super::holders::{Kind, openssl, run, seal, secrets};

const CONTENT: &[u8] = b"a line\r\nand another, of 37 octets in all\r\n";

/// A folder with a holder's files and the content, and whether openssl is there.
fn folder(kind: Kind) -> Option<TempDir> {
    let folder = TempDir::new().unwrap();
    kind.holder().write(folder.path());
    fs::write(folder.path().join("content"), CONTENT).unwrap();
    run("openssl", folder.path(), "version")?;
    Some(folder)
}

/// OpenSSL encrypts with these arguments; the message.
fn made(folder: &Path, arguments: &str) -> Vec<u8> {
    let command = format!(
        "cms -encrypt -binary -in content -outform DER -out m.der -recip cert.pem {arguments}"
    );
    openssl(folder, &command).unwrap();
    fs::read(folder.join("m.der")).unwrap()
}

/// OpenSSL decrypts what we made.
fn read(folder: &Path, message: &[u8]) -> Vec<u8> {
    fs::write(folder.join("ours.der"), message).unwrap();
    openssl(
        folder,
        "cms -decrypt -binary -in ours.der -inform DER -inkey key.der -keyform DER -recip cert.pem",
    )
    .unwrap()
}

const AGREEING: [Kind; 3] = [Kind::P256, Kind::P384, Kind::P521];

#[test]
fn every_cipher_of_openssl_is_read() {
    let Some(folder) = folder(Kind::Rsa) else {
        return;
    };
    for (word, cipher) in [
        ("-aes128", Cipher::Aes128Cbc),
        ("-aes192", Cipher::Aes192Cbc),
        ("-aes256", Cipher::Aes256Cbc),
        ("-aes-128-gcm", Cipher::Aes128Gcm),
        ("-aes-192-gcm", Cipher::Aes192Gcm),
        ("-aes-256-gcm", Cipher::Aes256Gcm),
        ("-des3", Cipher::DesEde3Cbc),
    ] {
        for how in ["", "-stream", "-keyid", "-stream -keyid"] {
            let message = made(folder.path(), &format!("{word} {how}"));
            let (plain, opened) = Kind::Rsa
                .holder()
                .open(&message)
                .unwrap_or_else(|error| panic!("{word} {how}: {error:?}"));
            assert_eq!(plain, CONTENT, "{word} {how}");
            assert_eq!(opened.cipher(), cipher);
            let vouched = opened.integrity() == Integrity::Authenticated;
            assert_eq!(vouched, word.ends_with("gcm"), "{word}");
        }
    }
}

#[test]
fn old_rc2_is_read() {
    let Some(folder) = folder(Kind::Rsa) else {
        return;
    };
    for (word, bits) in [("-rc2-40-cbc", 40), ("-rc2-64-cbc", 64), ("-rc2-cbc", 128)] {
        let message = made(
            folder.path(),
            &format!("-provider legacy -provider default {word}"),
        );
        let (plain, opened) = Kind::Rsa.holder().open(&message).unwrap();
        assert_eq!(plain, CONTENT, "{word}");
        let effective_bits = bits;
        assert_eq!(opened.cipher(), Cipher::Rc2Cbc { effective_bits });
        assert_eq!(opened.integrity(), Integrity::Unauthenticated);
    }
}

#[test]
fn single_des_is_refused_by_name() {
    let Some(folder) = folder(Kind::Rsa) else {
        return;
    };
    let message = made(folder.path(), "-provider legacy -provider default -des");
    let error = Kind::Rsa.holder().open(&message).unwrap_err();
    let DecryptError::ContentAlgorithm(cause) = error else {
        panic!("{error:?}")
    };
    assert!(cause.to_string().contains("1.3.14.3.2.7"), "{cause}");
}

#[test]
fn oaep_of_openssl_is_read() {
    let Some(folder) = folder(Kind::Rsa) else {
        return;
    };
    for digest in ["sha1", "sha256", "sha384", "sha512"] {
        for label in ["", "-keyopt rsa_oaep_label:6c6162656c"] {
            let how = format!(
                "-aes-256-gcm -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:{digest} -keyopt rsa_mgf1_md:{digest} {label}"
            );
            let message = made(folder.path(), &how);
            assert_eq!(
                Kind::Rsa.holder().open(&message).unwrap().0,
                CONTENT,
                "{how}"
            );
        }
    }
}

#[test]
fn key_agreement_of_openssl_is_read() {
    for kind in AGREEING {
        let Some(folder) = folder(kind) else { return };
        for digest in ["sha1", "sha224", "sha256", "sha384", "sha512"] {
            for how in [
                "-aes128",
                "-aes256 -aes256-wrap",
                "-aes-192-gcm -aes192-wrap -keyid",
                "-aes-256-gcm -keyopt ecdh_cofactor_mode:1",
                "-des3",
            ] {
                let how = format!("{how} -keyopt ecdh_kdf_md:{digest}");
                let message = made(folder.path(), &how);
                let opened = kind.holder().open(&message);
                assert_eq!(opened.unwrap().0, CONTENT, "{kind:?} {how}");
            }
        }
    }
}

#[test]
fn several_recipients_of_openssl_each_read_it() {
    let Some(folder) = folder(Kind::Rsa) else {
        return;
    };
    for kind in AGREEING {
        let name = format!("{kind:?}.pem");
        fs::write(folder.path().join(name), kind.holder().certificate.to_pem()).unwrap();
    }
    let message = made(
        folder.path(),
        "-aes-256-gcm -recip P256.pem -recip P384.pem -recip P521.pem",
    );
    for kind in [Kind::Rsa, Kind::P256, Kind::P384, Kind::P521] {
        assert_eq!(kind.holder().open(&message).unwrap().0, CONTENT, "{kind:?}");
    }
}

#[test]
fn shared_secrets_are_told_as_unsupported() {
    let Some(folder) = folder(Kind::Rsa) else {
        return;
    };
    for (how, told) in [
        ("-pwri_password hunter2", "shared secret or a password"),
        (
            "-secretkey 000102030405060708090a0b0c0d0e0f -secretkeyid 0102",
            "shared secret or a password",
        ),
    ] {
        let command =
            format!("cms -encrypt -binary -in content -outform DER -out m.der -aes128 {how}");
        openssl(folder.path(), &command).unwrap();
        let message = fs::read(folder.path().join("m.der")).unwrap();
        let error = Kind::Rsa.holder().open(&message).unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
    }
    // Beside them, a recipient with a key reads on.
    let message = made(folder.path(), "-aes128 -pwri_password hunter2");
    assert_eq!(Kind::Rsa.holder().open(&message).unwrap().0, CONTENT);
}

#[test]
fn openssl_reads_every_cipher_that_it_has() {
    for kind in [Kind::Rsa, Kind::P256] {
        let Some(folder) = folder(kind) else { return };
        for cipher in ContentCipher::ALL {
            if cipher == ContentCipher::ChaCha20Poly1305 {
                // OpenSSL 3 knows it as a cipher, but not in CMS.
                continue;
            }
            let addressee = kind.holder().addressee();
            for addressee in [addressee.clone(), addressee.by_key_identifier()] {
                let message = seal(vec![addressee], cipher, CONTENT);
                assert_eq!(read(folder.path(), &message), CONTENT, "{kind:?} {cipher}");
            }
        }
    }
}

#[test]
fn openssl_reads_every_way_to_a_key() {
    let gcm = ContentCipher::Aes256Gcm;
    let oaep = [
        DigestAlgorithm::Sha1,
        DigestAlgorithm::Sha256,
        DigestAlgorithm::Sha384,
        DigestAlgorithm::Sha512,
    ];
    let Some(place) = folder(Kind::Rsa) else {
        return;
    };
    for digest in oaep {
        for label in [Vec::new(), b"label".to_vec()] {
            let transport = KeyTransport::Oaep {
                digest,
                mgf1: digest,
                label,
            };
            let management = KeyManagement::Transport(transport);
            let message = seal(
                vec![Kind::Rsa.holder().addressee_by(management)],
                gcm,
                CONTENT,
            );
            assert_eq!(read(place.path(), &message), CONTENT, "{digest}");
        }
    }
    for kind in AGREEING {
        let Some(place) = folder(kind) else { return };
        let digests = [DigestAlgorithm::Sha224].into_iter().chain(oaep);
        for (digest, wrap) in digests.zip(
            [KeyWrap::Aes128, KeyWrap::Aes192, KeyWrap::Aes256]
                .into_iter()
                .cycle(),
        ) {
            for ukm in [None, Some(b"material".to_vec())] {
                let management = KeyManagement::Agreement {
                    derivation: KeyDerivation::X963(digest),
                    wrap: Some(wrap),
                    user_keying_material: ukm,
                };
                let message = seal(vec![kind.holder().addressee_by(management)], gcm, CONTENT);
                assert_eq!(read(place.path(), &message), CONTENT, "{kind:?} {digest}");
            }
        }
    }
}

#[test]
fn openssl_reads_what_is_streamed() {
    let Some(folder) = folder(Kind::P256) else {
        return;
    };
    let content = vec![b'x'; 200_000];
    for cipher in [ContentCipher::Aes128Cbc, ContentCipher::Aes256Gcm] {
        let envelope = Envelope::new(vec![Kind::P256.holder().addressee()], cipher, None);
        let mut message = Vec::new();
        let mut encryptor =
            Encryptor::begin(&AwsLc, &envelope, &secrets(cipher), &mut message).unwrap();
        for piece in content.chunks(33_333) {
            encryptor.update(piece, &mut message).unwrap();
        }
        encryptor.finish(&mut message).unwrap();
        assert!(read(folder.path(), &message) == content, "{cipher}");
    }
}

/// The structure itself, as OpenSSL understands it.
#[test]
fn openssl_prints_what_is_meant() {
    let Some(folder) = folder(Kind::P256) else {
        return;
    };
    let message = seal(
        vec![
            Kind::P256.holder().addressee(),
            Kind::Rsa.holder().addressee().by_key_identifier(),
        ],
        ContentCipher::Aes256Gcm,
        CONTENT,
    );
    fs::write(folder.path().join("ours.der"), message).unwrap();
    let printed = openssl(
        folder.path(),
        "cms -cmsout -print -noout -in ours.der -inform DER",
    )
    .unwrap();
    let printed = String::from_utf8_lossy(&printed);
    for part in [
        "id-smime-ct-authEnvelopedData",
        "dhSinglePass-stdDH-sha256kdf-scheme",
        "subjectKeyIdentifier",
        "aes-256-gcm",
        "unauthAttrs:\n      <ABSENT>",
    ] {
        assert!(printed.contains(part), "{part} is missing: {printed}");
    }
}

/// X25519 is not in OpenSSL 3's CMS: the way to the key is walked with its primitives instead.
#[test]
fn x25519_is_what_rfc_8418_says() {
    let kind = Kind::X25519;
    let Some(folder) = folder(kind) else { return };
    let message = seal(
        vec![kind.holder().addressee()],
        ContentCipher::Aes128Gcm,
        CONTENT,
    );
    // OriginatorPublicKey: id-X25519 without parameters, then the key.
    let mark = b"\x30\x05\x06\x03\x2b\x65\x6e\x03\x21\x00";
    let at = message
        .windows(mark.len())
        .position(|window| window == mark)
        .unwrap();
    let spki = [b"\x30\x2a".as_slice(), &message[at..at + mark.len() + 32]].concat();
    fs::write(folder.path().join("peer.der"), spki).unwrap();
    openssl(
        folder.path(),
        "pkeyutl -derive -inkey key.der -keyform DER -peerkey peer.der -peerform DER -out secret",
    )
    .unwrap();
    let secret = hex::encode(&fs::read(folder.path().join("secret")).unwrap(), "");
    // ECC-CMS-SharedInfo with id-aes128-wrap and 128 bits.
    let info = "3015300b0609608648016503040105a206040400000080";
    let kek = openssl(
        folder.path(),
        &format!("kdf -keylen 16 -kdfopt digest:SHA256 -kdfopt hexkey:{secret} -kdfopt hexinfo:{info} -binary HKDF"),
    )
    .unwrap();
    // The wrapped key: an OCTET STRING of 24 octets at the end of the recipients.
    let mark = b"\x04\x18";
    let wrapped = message
        .windows(26)
        .filter(|window| window.starts_with(mark))
        .find_map(|window| chancery_x509::Crypto::unwrap_key(&AwsLc, &kek, &window[2..]).ok());
    assert_eq!(wrapped.expect("the key unwraps").len(), 16);
}
