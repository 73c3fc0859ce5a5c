//! `chancery smime`: both ways with OpenSSL, layer by layer.

use std::fs;

use chancery_cms::compressed::compress;
use chancery_cms::smime::{Base64Encoder, SmimeType, compose};
use serde_json::json;

use super::{command, community, json as report_of, openssl};
use crate::support::{file, run};

const LETTER: &str = "From: \"Eva\" <jana@example.com>\r\nTo: eva@example.com\r\nSubject: Hello\r\n\
Content-Type: text/plain; charset=us-ascii\r\n\r\nDear Eva,\r\nthis is signed.\r\n";

#[test]
fn mail_is_signed_and_verified_both_ways() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    file(path, "letter", LETTER);
    let trusted = "--CAfile root.pem --crl root.crl";
    for (at, words) in [
        "",
        "--nodetach",
        "--protect-headers",
        "--nodetach --protect-headers",
    ]
    .into_iter()
    .enumerate()
    {
        let signed = format!("s{at}.eml");
        run(
            &mut command(
                path,
                &format!(
                    "smime sign --in letter --signer jana.pem --inkey jana.key --out {signed} {words}"
                ),
            ),
            0,
        );
        openssl(
            path,
            &format!("smime -verify -in {signed} -CAfile root.pem -out back"),
        );
        let back = String::from_utf8(fs::read(path.join("back")).unwrap()).unwrap();
        assert!(
            back.ends_with("\r\n\r\nDear Eva,\r\nthis is signed.\r\n"),
            "{back}"
        );
        let report = report_of(
            path,
            &format!("smime verify --in {signed} {trusted} --out inner{at}"),
            0,
        );
        assert_eq!(report["layers"][0]["signers"][0]["sender_matches"], true);
        assert_eq!(
            report["header"].is_object(),
            words.contains("--protect-headers")
        );
        assert_eq!(
            fs::read(path.join(format!("inner{at}"))).unwrap(),
            back.as_bytes()
        );
    }
    for (at, words) in ["", "-nodetach", "-text", "-crlfeol"]
        .into_iter()
        .enumerate()
    {
        file(path, "body", "a body\nof lines\n");
        openssl(
            path,
            &format!(
                "smime -sign -in body -signer jana.pem -inkey jana.key -from jana@example.com -to eva@example.com -out t{at}.eml {words}"
            ),
        );
        let report = report_of(path, &format!("smime verify --in t{at}.eml {trusted}"), 0);
        assert_eq!(
            report["layers"][0]["signers"][0]["sender_matches"], true,
            "{words}"
        );
    }
}

#[test]
fn another_sender_and_altered_mail_are_told() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    file(path, "letter", LETTER);
    let trusted = "--CAfile root.pem --crl root.crl";
    run(
        &mut command(
            path,
            "smime sign --in letter --protect-headers --signer jana.pem --inkey jana.key --out s.eml",
        ),
        0,
    );
    let signed = fs::read_to_string(path.join("s.eml")).unwrap();
    // The body, a header field outside, the sender outside: the protected ones inside are those that count.
    file(path, "body.eml", signed.replace("Dear Eva", "Dear Eve"));
    file(
        path,
        "subject.eml",
        signed.replacen("Subject: Hello", "Subject: Pay", 1),
    );
    let report = report_of(
        path,
        &format!("smime verify --in body.eml {trusted} --out nothing"),
        1,
    );
    assert_eq!(
        report["layers"][0]["signers"][0]["findings"],
        json!(["content-altered"])
    );
    let report = report_of(
        path,
        &format!("smime verify --in subject.eml {trusted} --out nothing"),
        1,
    );
    assert_eq!(
        (&report["valid"], &report["layers"][0]["valid"]),
        (&false.into(), &true.into())
    );
    assert!(!path.join("nothing").exists());
    // Somebody else's name in front of the right address, and somebody else's address.
    file(path, "other", LETTER.replace("<jana@", "<mallory@"));
    let printed = run(
        &mut command(
            path,
            "smime sign --in other --signer jana.pem --inkey jana.key --out o.eml",
        ),
        0,
    );
    assert!(
        printed.stderr.contains("mallory@example.com"),
        "{}",
        printed.stderr
    );
    let report = report_of(path, &format!("smime verify --in o.eml {trusted}"), 1);
    assert_eq!(
        report["layers"][0]["signers"][0]["findings"],
        json!(["sender-differs"])
    );
    run(
        &mut command(
            path,
            &format!("smime verify --in o.eml --any-sender {trusted}"),
        ),
        0,
    );
    // What mail servers would break is not signed in the open; as text it is encoded first.
    file(path, "czech", "Dobrý den, \nEvo.\n");
    file(
        path,
        "czech.eml",
        "From: jana@example.com\r\n\r\nDobrý den\r\n",
    );
    let who = "--signer jana.pem --inkey jana.key";
    let printed = run(
        &mut command(
            path,
            &format!("smime sign --in czech.eml {who} --out c.eml"),
        ),
        1,
    );
    assert!(printed.stderr.contains("--nodetach"), "{}", printed.stderr);
    run(
        &mut command(
            path,
            &format!("smime sign --in czech --text --from jana@example.com {who} --out c.eml"),
        ),
        0,
    );
    run(
        &mut command(path, &format!("smime verify --in c.eml {trusted}")),
        0,
    );
    openssl(path, "smime -verify -in c.eml -CAfile root.pem -out back");
}

#[test]
fn layers_nest() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    file(path, "letter", LETTER);
    let trusted = "--CAfile root.pem --crl root.crl";
    let sign = |input: &str, out: &str| {
        run(
            &mut command(
                path,
                &format!(
                    "smime sign --in {input} --nodetach --signer jana.pem --inkey jana.key --out {out}"
                ),
            ),
            0,
        );
    };
    // Signed twice.
    sign("letter", "one.eml");
    sign("one.eml", "two.eml");
    let report = report_of(
        path,
        &format!("smime verify --in two.eml {trusted} --out inner"),
        0,
    );
    assert_eq!(report["layers"].as_array().unwrap().len(), 2);
    assert!(
        fs::read_to_string(path.join("inner"))
            .unwrap()
            .contains("Dear Eva")
    );
    // Triple wrapping (RFC 2634 section 1.1): signed, encrypted, signed.
    for cipher in ["--aes256", "--aes-256-gcm"] {
        for made in [
            "sealed.eml",
            "three.eml",
            "opened.eml",
            "layer.p7m",
            "theirs",
        ] {
            let _ = fs::remove_file(path.join(made));
        }
        run(
            &mut command(
                path,
                &format!(
                    "smime encrypt --in one.eml --protect-headers {cipher} --out sealed.eml jana.pem"
                ),
            ),
            0,
        );
        let sealed = fs::read_to_string(path.join("sealed.eml")).unwrap();
        assert!(
            sealed.contains("Subject: [...]") && !sealed.contains("Hello"),
            "{sealed}"
        );
        openssl(
            path,
            "cms -decrypt -in sealed.eml -recip jana.pem -inkey jana.key -out theirs",
        );
        sign("sealed.eml", "three.eml");
        let report = report_of(
            path,
            &format!("smime verify --in three.eml {trusted} --out layer.p7m"),
            0,
        );
        assert_eq!(report["inside"], "an encrypted message");
        run(
            &mut command(
                path,
                "smime decrypt --in layer.p7m --inkey jana.key --out opened.eml",
            ),
            0,
        );
        assert_eq!(
            fs::read(path.join("opened.eml")).unwrap(),
            fs::read(path.join("theirs")).unwrap()
        );
        let report = report_of(path, &format!("smime verify --in opened.eml {trusted}"), 0);
        assert_eq!(report["layers"].as_array().unwrap().len(), 1);
    }
    // Encrypted mail is not signed.
    let printed = run(
        &mut command(path, &format!("smime verify --in sealed.eml {trusted}")),
        1,
    );
    assert!(
        printed.stderr.contains("an encrypted message"),
        "{}",
        printed.stderr
    );
}

#[test]
fn compressed_mail_is_looked_into() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    file(path, "letter", LETTER);
    let words =
        "smime sign --in letter --nodetach --signer jana.pem --inkey jana.key --out one.eml";
    run(&mut command(path, words), 0);
    let compressed = compress(&fs::read(path.join("one.eml")).unwrap()).unwrap();
    let mut encoder = Base64Encoder::new();
    let mut mail = compose::cms_head(SmimeType::CompressedData).into_bytes();
    encoder.update(&compressed, &mut mail);
    encoder.finish(&mut mail);
    file(path, "small.eml", mail);
    let report = report_of(
        path,
        "smime verify --any-sender --in small.eml --CAfile root.pem --crl root.crl",
        0,
    );
    assert_eq!(report["layers"].as_array().unwrap().len(), 1);
}
