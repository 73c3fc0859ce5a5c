//! `chancery smime verify` against those who sign validly and claim to be somebody else. Jana has a certificate; the bank's chief
//! is whom she would like to be.

use std::{fs, path::Path};

use chancery_cms::oid;
use chancery_cms::smime::{Base64Encoder, SmimeType, compose};
use chancery_x509::asn1::{self, Reader};
use serde_json::{Value, json};

use super::{command, community, json as report_of, openssl};
use crate::support::{file, run};

const TRUSTED: &str = "--CAfile root.pem --crl root.crl";
const CHIEF: &str = "From: ceo@bank.example\r\n";

/// What is found about a message: the exit code is asserted, and nothing must be written where it is not 0.
#[track_caller]
fn verified(path: &Path, name: &str, code: i32) -> Value {
    let report = report_of(
        path,
        &format!("smime verify --in {name} {TRUSTED} --out {name}.out"),
        code,
    );
    assert_eq!(report["valid"], code == 0, "{report}");
    assert_eq!(path.join(format!("{name}.out")).exists(), code == 0);
    report
}

#[track_caller]
fn signed(path: &Path, name: &str, message: &str, words: &str) {
    file(path, "message", message);
    let words =
        format!("smime sign --in message --signer jana.pem --inkey jana.key --out {name} {words}");
    run(&mut command(path, &words), 0);
}

/// An entity signed as it is, inside a message that says it is from the chief.
fn enclosed(path: &Path, name: &str, entity: &str) {
    file(path, "entity", entity);
    openssl(
        path,
        &format!(
            "smime -sign -nodetach -binary -in entity -signer jana.pem -inkey jana.key -from ceo@bank.example -out {name}"
        ),
    );
}

fn first_signer(report: &Value) -> &Value {
    &report["layers"][0]["signers"][0]
}

#[test]
fn a_signer_is_not_whoever_the_message_says() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    let differs = |name: &str| {
        let report = verified(path, name, 1);
        assert_eq!(
            first_signer(&report)["findings"],
            json!(["sender-differs"]),
            "{report}"
        );
        report
    };
    // Protected fields among which there is no From leave the one outside to be compared.
    let body = "Content-Type: text/plain; hp=\"clear\"\r\n\r\nPay.\r\n";
    signed(path, "none.eml", &format!("{CHIEF}{body}"), "--nodetach");
    let report = differs("none.eml");
    assert_eq!(
        first_signer(&report)["senders"],
        json!(["ceo@bank.example"])
    );
    // Text that only looks like a header, to whoever finds the end of a header elsewhere.
    enclosed(
        path,
        "text.eml",
        "Content-Language: en\n\nFrom: jana@example.com\nContent-Type: text/plain; hp=\"clear\"\r\n\r\nPay.\r\n",
    );
    assert_eq!(differs("text.eml")["header"], Value::Null);
    // A name that is no address, and two addresses in one mailbox.
    for from in ["The chief", "<ceo@bank.example> <jana@example.com>"] {
        let name = format!("{}.eml", from.len());
        let message = format!("From: {from}\r\n\r\nPay.\r\n");
        signed(path, &name, &message, "--nodetach");
        differs(&name);
    }
}

#[test]
fn fields_that_were_not_encrypted_are_not_confidential() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    enclosed(
        path,
        "cipher.eml",
        "From: jana@example.com\r\nContent-Type: text/plain; hp=\"cipher\"\r\n\r\nPay.\r\n",
    );
    let report = verified(path, "cipher.eml", 1);
    let from = &report["header"]["fields"][0];
    assert_eq!(
        (&from["confidential"], &from["agrees"]),
        (&json!(false), &json!(false))
    );
    let printed = run(
        &mut command(path, &format!("smime verify --in cipher.eml {TRUSTED}")),
        1,
    );
    assert!(
        printed.stdout.contains("ALTERED outside: ceo@bank.example"),
        "{}",
        printed.stdout
    );
}

#[test]
fn a_second_from_and_an_altered_one_are_refused() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    let letter = "From: jana@example.com\r\nSubject: Hello\r\n\r\nPay.\r\n";
    for (words, told) in [
        ("--nodetach", "the header field From occurs twice"),
        (
            "--protect-headers",
            "header fields outside say something else",
        ),
    ] {
        signed(path, "s.eml", letter, words);
        verified(path, "s.eml", 0);
        let message = fs::read_to_string(path.join("s.eml")).unwrap();
        file(path, "two.eml", format!("{CHIEF}{message}"));
        let printed = run(
            &mut command(path, &format!("smime verify --in two.eml {TRUSTED}")),
            1,
        );
        assert!(printed.stderr.contains(told), "{}", printed.stderr);
        for name in ["s.eml", "s.eml.out"] {
            fs::remove_file(path.join(name)).unwrap();
        }
    }
    signed(path, "s.eml", letter, "--protect-headers");
    let message = fs::read_to_string(path.join("s.eml")).unwrap();
    let altered = message.replacen("From: jana@example.com\r\n", CHIEF, 1);
    file(path, "altered.eml", altered);
    let report = verified(path, "altered.eml", 1);
    assert_eq!(report["header"]["fields"][0]["agrees"], false);
    assert_eq!(first_signer(&report)["valid"], true);
}

#[test]
fn a_match_by_sender_is_told() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    let body = "Sender: jana@example.com\r\n\r\nPay.\r\n";
    signed(path, "sent.eml", &format!("{CHIEF}{body}"), "--nodetach");
    let report = verified(path, "sent.eml", 0);
    let signer = first_signer(&report);
    assert_eq!(
        (
            &signer["sender_matches"],
            &signer["sender_field"],
            &signer["senders"]
        ),
        (&json!(true), &json!("Sender"), &json!(["ceo@bank.example"]))
    );
    let printed = run(
        &mut command(path, &format!("smime verify --in sent.eml {TRUSTED}")),
        0,
    );
    assert!(
        printed
            .stdout
            .contains("jana@example.com, by the field Sender; it says it is FROM ceo@bank.example"),
        "{}",
        printed.stdout
    );
    // Sender does not speak for an author whom nobody can read.
    signed(
        path,
        "nobody.eml",
        &format!("From: The chief\r\n{body}"),
        "--nodetach",
    );
    let report = verified(path, "nobody.eml", 1);
    assert_eq!(first_signer(&report)["findings"], json!(["sender-differs"]));
}

#[test]
fn what_is_written_is_what_was_signed() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    let entity = "Content-Type: text/plain\n\nSigned without returns,\nas binary content is.\n";
    file(path, "entity", entity);
    openssl(
        path,
        "smime -sign -binary -in entity -signer jana.pem -inkey jana.key -from jana@example.com -out exact.eml",
    );
    verified(path, "exact.eml", 0);
    assert_eq!(
        fs::read_to_string(path.join("exact.eml.out")).unwrap(),
        entity
    );
    // Signed with them and then stripped of them on the way: what was signed had them.
    signed(
        path,
        "s.eml",
        "From: jana@example.com\r\n\r\nSigned\r\nwith them.\r\n",
        "",
    );
    let stripped = fs::read_to_string(path.join("s.eml"))
        .unwrap()
        .replace('\r', "");
    file(path, "stripped.eml", stripped);
    verified(path, "stripped.eml", 0);
    assert_eq!(
        fs::read_to_string(path.join("stripped.eml.out")).unwrap(),
        "\r\nSigned\r\nwith them.\r\n"
    );
}

fn children(element: &[u8]) -> Vec<Vec<u8>> {
    let (_, content) = Reader::new(element, "element").any("element").unwrap();
    let mut reader = Reader::new(content, "content");
    let mut children = Vec::new();
    while let Some(tag) = reader.peek() {
        children.push(reader.raw(tag, "child").unwrap().to_vec());
    }
    children
}

/// An element whose last child is another.
fn with_last(element: &[u8], change: &dyn Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut children = children(element);
    let last = children.pop().unwrap();
    children.push(change(&last));
    asn1::tlv(element[0], &children.concat())
}

/// What `change` makes of the only signer of a structure.
fn with_signer(der: &[u8], change: &dyn Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    with_last(der, &|explicit| {
        with_last(explicit, &|data| {
            with_last(data, &|signers| with_last(signers, change))
        })
    })
}

fn signer_of(der: &[u8]) -> Vec<u8> {
    let last = |element: &[u8]| children(element).pop().unwrap();
    last(&last(&last(&last(der))))
}

#[test]
fn who_signs_a_signature_need_not_be_the_sender() {
    let Some(folder) = community() else { return };
    let path = folder.path();
    file(path, "entity", "\r\nHello.\r\n");
    run(
        &mut command(
            path,
            "cms sign --in entity --nodetach --signer jana.pem --inkey jana.key --out jana.p7m",
        ),
        0,
    );
    let der = fs::read(path.join("jana.p7m")).unwrap();
    let signature = children(&signer_of(&der)).pop().unwrap();
    let signature = asn1::element(&signature, asn1::tag::OCTET_STRING, "signature").unwrap();
    file(path, "signature", signature);
    openssl(
        path,
        "cms -sign -noattr -binary -in signature -signer eva.pem -inkey eva.key -outform DER -out eva.p7s",
    );
    let notary = signer_of(&fs::read(path.join("eva.p7s")).unwrap());
    let counter = asn1::sequence(&[
        &asn1::oid(&oid::COUNTERSIGNATURE),
        &asn1::set_of(vec![notary]),
    ]);
    let der = with_signer(&der, &|signer| {
        let mut parts = children(signer);
        parts.push(asn1::explicit(1, &counter));
        asn1::sequence_of(&parts)
    });
    let mut mail = format!(
        "From: jana@example.com\r\n{}",
        compose::cms_head(SmimeType::SignedData)
    )
    .into_bytes();
    let mut encoder = Base64Encoder::new();
    encoder.update(&der, &mut mail);
    encoder.finish(&mut mail);
    file(path, "notary.eml", mail);
    let report = report_of(
        path,
        "smime verify --in notary.eml --CAfile root.pem --certfile eva.pem --no-revocation",
        0,
    );
    let signer = first_signer(&report);
    let notary = &signer["counter_signatures"][0];
    assert_eq!(
        (&notary["findings"], &notary["sender_matches"]),
        (&json!([]), &Value::Null),
        "{report}"
    );
    assert_eq!(signer["sender_field"], "From");
}
