//! Signed messages: found in files, verified, and a text signed for mail programs.

use chancery_keys::KeyAlgorithm;
use serde_json::{Value, json};

use crate::support::{P256, Person, RSA, Worker};

/// Within the validity of the test's certificates.
const AT: i64 = 1_800_000_000;

/// What a file is: the result, what is signed in the open, the structure, and the header.
fn unpack(file: &[u8], piece: usize) -> Result<(Value, [Vec<u8>; 3]), Value> {
    let mut worker = Worker::new(None);
    let (said, _) = worker.call(&json!({ "call": "unpack" }), &[]);
    let operation = &said["operation"];
    let mut out = [Vec::new(), Vec::new(), Vec::new()];
    let mut take = |parts: &chancery_browser::message::Parts| {
        for (to, part) in out.iter_mut().zip(parts) {
            to.extend_from_slice(part);
        }
    };
    for piece in file.chunks(piece) {
        let (said, parts) =
            worker.call(&json!({ "call": "feed", "operation": operation }), &[piece]);
        if said["step"] == "refused" {
            return Err(said);
        }
        take(&parts);
    }
    let (mut said, parts) = worker.call(&json!({ "call": "end", "operation": operation }), &[]);
    if said["step"] == "refused" {
        return Err(said);
    }
    take(&parts);
    Ok((said["result"].take(), out))
}

/// What is found about a structure; `content` lies beside it.
fn verify(
    person: &Person,
    header: &[u8],
    structure: &[u8],
    content: Option<&[u8]>,
    at: i64,
) -> Result<Value, Value> {
    let mut worker = Worker::new(None);
    let text = json!({ "call": "verify", "at": at, "anchors": 1 });
    let (said, _) = worker.call(&text, &[header, person.root.as_der()]);
    let operation = said["operation"].clone();
    let mut go_on = |call: &str, parts: &[&[u8]]| {
        let (said, _) = worker.call(&json!({ "call": call, "operation": operation }), parts);
        if said["step"] == "refused" {
            Err(said)
        } else {
            Ok(said)
        }
    };
    for piece in structure.chunks(999) {
        go_on("feed", &[piece])?;
    }
    let mut said = go_on("end", &[])?;
    if said["need"] == "content" {
        said = match content {
            None => go_on("resume", &[])?,
            Some(content) => {
                for piece in content.chunks(7) {
                    go_on("feed", &[piece])?;
                }
                go_on("end", &[])?
            }
        };
    }
    assert_eq!(said["step"], "done", "{said}");
    Ok(said["result"].take())
}

fn sign(person: &Person, content: &[u8], detached: bool) -> Vec<u8> {
    let text = json!({ "call": "sign", "signingTime": AT, "detached": detached });
    let parts = [person.certificate.as_der()];
    let mut worker = Worker::new(Some(&person.key));
    worker.run_over(&text, &parts, content, 100).unwrap().1
}

fn sign_mail(person: &Person, text: &str, subject: &str) -> Vec<u8> {
    let asked = json!({
        "call": "signMail", "signingTime": AT, "from": "jana@example.com", "to": "", "subject": subject,
        "date": "Fri, 15 Jan 2027 08:00:00 +0000",
    });
    let parts = [text.as_bytes(), person.certificate.as_der()];
    let (_, mut parts) = Worker::new(Some(&person.key)).run(&asked, &parts).unwrap();
    parts.pop().unwrap().to_vec()
}

fn base64(octets: &[u8]) -> Vec<u8> {
    use chancery_cms::smime::Base64Encoder;
    let (mut encoder, mut out) = (Base64Encoder::new(), Vec::new());
    encoder.update(octets, &mut out);
    encoder.finish(&mut out);
    out
}

#[test]
fn a_structure_is_found_in_whatever_it_comes_in() {
    let der = sign(&P256, b"content", false);
    let text = base64(&der);
    let around = |before: &[u8], after: &[u8]| [before, &text, after].concat();
    let pem = around(
        b"a note\r\n-----BEGIN CMS-----\r\n",
        b"-----END CMS-----\r\nmore",
    );
    let mail = around(
        b"From: a@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        b"",
    );
    for (form, file) in [
        ("der", der.clone()),
        ("base64", text.clone()),
        ("pem", pem.clone()),
        ("mime", mail),
    ] {
        for piece in [1, 64, 1 << 20] {
            let (result, [signed, structure, header]) = unpack(&file, piece).unwrap();
            assert_eq!(result["form"], form);
            assert_eq!(result["structure"], "signed", "{form}");
            assert_eq!(structure, der, "{form} in pieces of {piece}");
            assert!(signed.is_empty());
            assert_eq!(header.is_empty(), form != "mime");
        }
    }
    let cut = &pem[..pem.len() / 2];
    for (what, file) in [
        ("cut", cut),
        ("nothing", b""),
        ("a picture", b"\x89PNG\r\n\x1a\nxxxxxxxxxxxxxxxxxxxxx"),
        ("words", b"What is this? Some words."),
        ("half a structure", &der[..5]),
        ("another structure", b"\x30\x03\x02\x01\x01"),
    ] {
        assert_eq!(
            unpack(file, 100).unwrap_err()["code"],
            "notMessage",
            "{what}"
        );
    }
    let (plain, _) = unpack(b"From: a@example.com\r\n\r\nwords", 100).unwrap();
    assert_eq!(plain["structure"], Value::Null);
    assert_eq!(plain["from"], "a@example.com");
}

#[test]
fn signatures_are_verified_with_content_inside_and_beside() {
    for person in [&*RSA, &*P256] {
        let inside = sign(person, b"content", false);
        let beside = sign(person, b"content", true);
        for result in [
            verify(person, b"", &inside, None, AT).unwrap(),
            verify(person, b"", &beside, Some(b"content"), AT).unwrap(),
        ] {
            let signer = &result["signers"][0];
            assert_eq!(signer["right"], true, "{signer}");
            assert_eq!(signer["path"]["valid"], true, "{signer}");
            assert_eq!(signer["path"]["anchor"], "Test Root");
            assert_eq!(signer["claimedAt"], AT);
            assert_eq!(signer["bound"], true);
            assert_eq!(result["octets"], 7);
        }
        let altered = verify(person, b"", &beside, Some(b"cOntent"), AT).unwrap();
        let signer = &altered["signers"][0];
        assert_eq!(signer["right"], false);
        assert_eq!(signer["faults"][0]["code"], "altered");
        let missing = verify(person, b"", &beside, None, AT).unwrap();
        assert_eq!(missing["signers"][0]["faults"][0]["code"], "contentMissing");
    }
    // Text that has lost its carriage returns since, and text that has gained them.
    let beside = sign(&P256, b"one\r\ntwo\r\n", true);
    let lost = verify(&P256, b"", &beside, Some(b"one\ntwo\n"), AT).unwrap();
    assert_eq!(lost["signers"][0]["right"], true);
    let gained = sign(&P256, b"one\ntwo\n", true);
    let gained = verify(&P256, b"", &gained, Some(b"one\r\ntwo\r\n"), AT).unwrap();
    assert_eq!(gained["signers"][0]["faults"][0]["code"], "altered");
}

#[test]
fn whose_signature_it_is_stands_apart_from_whether_it_is_right() {
    let signed = sign(&P256, b"content", false);
    let other = Person::new(KeyAlgorithm::EcP256);
    let stranger = verify(&other, b"", &signed, None, AT).unwrap();
    let report = &stranger["signers"][0];
    assert_eq!(report["right"], true);
    assert_eq!(report["path"]["valid"], false);
    // An anchor of the same name with another key.
    assert_eq!(report["path"]["finding"], "bad-signature", "{report}");
    for (at, finding) in [(0, "not-yet-valid"), (2_000_000_000, "expired")] {
        let result = verify(&P256, b"", &signed, None, at).unwrap();
        let path = &result["signers"][0]["path"];
        assert_eq!(path["finding"], finding, "{path}");
    }
    // Damage anywhere is told or makes the signature wrong.
    for at in (0..signed.len()).step_by(13) {
        let mut damaged = signed.clone();
        damaged[at] ^= 0x20;
        match verify(&P256, b"", &damaged, None, AT) {
            Err(refusal) => assert_eq!(refusal["step"], "refused"),
            Ok(result) => {
                let signers = result["signers"].as_array().unwrap();
                let good =
                    |signer: &Value| signer["right"] == true && signer["path"]["valid"] == true;
                let unsigned = damaged_outside_signature(&signed, at);
                assert!(
                    signers.is_empty() || !signers.iter().any(good) || unsigned,
                    "{at}"
                );
            }
        }
    }
}

/// Versions and announced digests are not signed (RFC 5652 section 5.4): damage there changes nothing that is said.
fn damaged_outside_signature(signed: &[u8], at: usize) -> bool {
    let content = signed
        .windows(7)
        .position(|window| window == b"content")
        .unwrap();
    at < content
}

#[test]
fn a_text_becomes_a_message_whose_header_is_signed_too() {
    let text = "Dobrý den,\n.\nFrom here on: žluťoučký kůň \n";
    for person in [&*RSA, &*P256] {
        let mail = sign_mail(
            person,
            text,
            "Přehled za říjen, který je delší než jedno zakódované slovo",
        );
        assert!(mail.is_ascii());
        assert!(
            mail.split(|octet| *octet == b'\n')
                .all(|line| line.len() < 998)
        );
        let (result, [signed, structure, header]) = unpack(&mail, 50).unwrap();
        assert_eq!(result["clear"], true);
        assert_eq!(result["from"], "jana@example.com");
        assert!(
            result["subject"]
                .as_str()
                .unwrap()
                .starts_with("=?utf-8?B?")
        );
        let verified = verify(person, &header, &structure, Some(&signed), AT).unwrap();
        let report = &verified["signers"][0];
        assert_eq!(report["right"], true, "{report}");
        // The test's certificates are made out to nobody's address.
        assert_eq!(report["sender"], "other");
        assert_eq!(verified["mail"]["from"], json!(["jana@example.com"]));
        let fields = verified["mail"]["protected"].as_array().unwrap();
        assert!(
            fields.iter().all(|field| field["agrees"] == true),
            "{fields:?}"
        );
        assert_eq!(fields.len(), 3);
        // Another sender outside shows.
        let forged = String::from_utf8(header.clone()).unwrap();
        let forged = forged.replace("jana@", "eva@");
        let verified = verify(person, forged.as_bytes(), &structure, Some(&signed), AT).unwrap();
        assert_eq!(verified["signers"][0]["right"], true);
        assert_eq!(verified["mail"]["protected"][0]["agrees"], false);
        // Mail programs on the way may change line ends, and nothing else.
        let unix: Vec<u8> = signed
            .iter()
            .copied()
            .filter(|octet| *octet != b'\r')
            .collect();
        let verified = verify(person, &header, &structure, Some(&unix), AT).unwrap();
        assert_eq!(verified["signers"][0]["right"], true);
    }
    let plain = sign_mail(&P256, "words\n", "x");
    assert!(String::from_utf8(plain).unwrap().contains("Subject: x\r\n"));
}

#[test]
fn what_is_no_text_is_not_signed_as_one() {
    let asked = json!({ "call": "signMail", "signingTime": AT, "from": "", "to": "", "subject": "", "date": "" });
    let parts = [&b"\xff\xfe"[..], P256.certificate.as_der()];
    let refused = Worker::new(Some(&P256.key))
        .run(&asked, &parts)
        .unwrap_err();
    assert_eq!(refused["code"], "notUtf8");
    // A line break in a field would begin another field.
    let mail = sign_mail(&P256, "x", "a\r\nBcc: eva@example.com");
    let (_, [_, _, header]) = unpack(&mail, 100).unwrap();
    assert!(!String::from_utf8(header).unwrap().contains("\nBcc"));
}
