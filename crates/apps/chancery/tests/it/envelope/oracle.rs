//! Somebody who may send messages, and sees exit codes, output and files, tries to learn what is encrypted.

use std::{fs, path::Path};

use super::{cms, holder, names, openssl};
use crate::support::has;

const MODULUS: usize = 256;

/// All that the sender of a message sees.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    code: Option<i32>,
    stdout: Vec<u8>,
    stderr: String,
    files: Vec<String>,
}

/// Has a message decrypted into a folder of its own.
fn ask(folder: &Path, message: &[u8], words: &str) -> Seen {
    let place = folder.join("asked");
    fs::create_dir(&place).unwrap();
    fs::write(place.join("m"), message).unwrap();
    let decrypt =
        format!("decrypt --in m --inkey ../rsa.key --recip ../rsa.pem --out plain {words}");
    let output = cms(&place, &decrypt).output().unwrap();
    let seen = Seen {
        code: output.status.code(),
        stdout: output.stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        files: names(&place),
    };
    fs::remove_dir_all(&place).unwrap();
    seen
}

/// Cipher texts that decrypt to these blocks, by whether the padding is right (RFC 8017 section 7.2.2).
fn encrypted_keys(folder: &Path, key_len: usize) -> Vec<(&'static str, bool, Vec<u8>)> {
    let block = |head: [u8; 2], filler: usize, separator: &[u8], key: usize| {
        [
            &head,
            vec![0xa5; filler].as_slice(),
            separator,
            &vec![0x5a; key],
        ]
        .concat()
    };
    let filler = MODULUS - 3 - key_len;
    [
        ("another key", true, block([0, 2], filler, &[0], key_len)),
        (
            "key one octet short",
            true,
            block([0, 2], filler + 1, &[0], key_len - 1),
        ),
        (
            "key one octet long",
            true,
            block([0, 2], filler - 1, &[0], key_len + 1),
        ),
        ("no key", true, block([0, 2], MODULUS - 3, &[0], 0)),
        (
            "leading octet 1",
            false,
            block([1, 2], filler, &[0], key_len),
        ),
        ("block type 1", false, block([0, 1], filler, &[0], key_len)),
        ("block type 0", false, block([0, 0], filler, &[0], key_len)),
        ("no separator", false, block([0, 2], MODULUS - 2, &[], 0)),
        (
            "separator after 7 octets",
            false,
            block([0, 2], 7, &[0], MODULUS - 10),
        ),
        (
            "separator at once",
            false,
            block([0, 2], 0, &[0], MODULUS - 3),
        ),
        ("all zeros", false, vec![0; MODULUS]),
    ]
    .into_iter()
    .map(|(what, right, block)| {
        assert_eq!(block.len(), MODULUS, "{what}");
        fs::write(folder.join("block"), block).unwrap();
        let raw =
            "pkeyutl -encrypt -certin -inkey rsa.pem -in block -pkeyopt rsa_padding_mode:none";
        (what, right, openssl(folder, raw))
    })
    .collect()
}

/// The same message with another encrypted key.
fn with_key(message: &[u8], encrypted_key: &[u8]) -> Vec<u8> {
    let mark = [0x04, 0x82, 1, 0];
    let at = message
        .windows(4)
        .position(|window| window == mark)
        .unwrap()
        + 4;
    let mut message = message.to_vec();
    message[at..at + MODULUS].copy_from_slice(encrypted_key);
    message
}

fn encrypt(folder: &Path, words: &str) -> Vec<u8> {
    let _ = fs::remove_file(folder.join("m"));
    let encrypt = format!("encrypt --in content --out m {words} rsa.pem");
    assert!(cms(folder, &encrypt).status().unwrap().success());
    fs::read(folder.join("m")).unwrap()
}

/// Bleichenbacher's attack needs one bit: whether the padding of an encrypted key was right.
#[test]
fn bleichenbacher_learns_nothing() {
    if !has("openssl") {
        return;
    }
    let folder = holder();
    let path = folder.path();
    // Under a tag, every such message is refused, and in the same way.
    let message = encrypt(path, "--aes-256-gcm");
    let mut seen: Vec<_> = encrypted_keys(path, 32)
        .into_iter()
        .map(|(what, _, key)| (what, ask(path, &with_key(&message, &key), "")))
        .collect();
    seen.push((
        "no cipher text",
        ask(path, &with_key(&message, &[0xff; MODULUS]), ""),
    ));
    let (_, expected) = seen.first().cloned().unwrap();
    assert_eq!(expected.code, Some(1));
    assert_eq!(expected.files, ["m"]);
    for (what, seen) in seen {
        assert_eq!(seen, expected, "{what}");
    }

    // Without one, some garbage has right padding by chance, one message in 256, whether the key's padding was right or not.
    // So the sender counts. That a message is answered the same each time leaves nothing to be had by repeating it.
    let mut accepted = 0;
    for (what, _, key) in encrypted_keys(path, 16) {
        for _ in 0..3 {
            let message = with_key(&encrypt(path, "--aes128"), &key);
            let answer = ask(path, &message, "");
            assert_eq!(ask(path, &message, ""), answer, "{what}");
            if answer.code == Some(0) {
                accepted += 1;
            } else {
                assert_eq!(answer, expected, "{what}");
            }
            // Who takes authenticated content only says so without looking at the key.
            let strict = ask(path, &message, "--authenticated-only");
            assert!(
                strict.stderr.contains("not authenticated"),
                "{}",
                strict.stderr
            );
        }
    }
    assert!(accepted <= 4, "{accepted} of 33");
}

/// Vaudenay's attack needs one bit as well: whether the padding of the content was right. A cipher without a tag shows it by the content that comes out;
/// all else that goes wrong has one face, a wrong key's, and whoever takes authenticated content only shows nothing.
#[test]
fn vaudenay_learns_nothing() {
    if !has("openssl") {
        return;
    }
    let folder = holder();
    let path = folder.path();
    let message = encrypt(path, "--aes128");
    let wrong_key = {
        let (_, _, key) = encrypted_keys(path, 16).swap_remove(0);
        let mut tried: Vec<_> = (0..3)
            .map(|_| ask(path, &with_key(&encrypt(path, "--aes128"), &key), ""))
            .filter(|seen| seen.code != Some(0))
            .collect();
        tried
            .pop()
            .expect("a wrong key fails, all but one time in 256")
    };
    let refused = ask(path, &message, "--authenticated-only");
    assert_eq!(
        (refused.code, refused.files.as_slice()),
        (Some(1), &["m".to_owned()][..])
    );
    let mut accepted = 0;
    // The octet before the last block that decides on the last octet of the padding.
    let at = message.len() - 17;
    for change in (1..=255_u8).step_by(6) {
        let mut altered = message.clone();
        altered[at] ^= change;
        let answer = ask(path, &altered, "");
        if answer.code == Some(0) {
            assert!(
                answer.stderr.contains("not authenticated"),
                "{}",
                answer.stderr
            );
            accepted += 1;
        } else {
            assert_eq!(answer, wrong_key, "{change:#x}");
        }
        assert_eq!(
            ask(path, &altered, "--authenticated-only"),
            refused,
            "{change:#x}"
        );
    }
    assert!(accepted <= 2, "{accepted}");
}
