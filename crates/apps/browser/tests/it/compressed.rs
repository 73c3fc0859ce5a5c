//! Compressed messages: what the browser gets to inflate.

use std::io::Read as _;

use chancery_cms::compressed::Compressor;
use chancery_x509::ObjectIdentifier;
use flate2::read::ZlibDecoder;
use serde_json::{Value, json};

use crate::support::Worker;

const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");

fn message(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut compressor = Compressor::begin(DATA, &mut out).unwrap();
    compressor.update(content, &mut out).unwrap();
    compressor.finish(&mut out).unwrap();
    out
}

fn octets(message: &[u8], piece: usize) -> Result<Vec<u8>, Value> {
    let text = json!({ "call": "compressed" });
    let said = Worker::new(None).run_over(&text, &[], message, piece)?;
    Ok(said.1)
}

#[test]
fn the_octets_of_a_compressed_message_come_out_untouched() {
    let content = "A line that is said again.\r\n".repeat(9_000);
    let message = message(content.as_bytes());
    for piece in [1, 37, message.len()] {
        let mut inflated = String::new();
        let octets = octets(&message, piece).unwrap();
        let mut decoder = ZlibDecoder::new(octets.as_slice());
        decoder.read_to_string(&mut inflated).unwrap();
        assert!(inflated == content, "in pieces of {piece}");
        assert_eq!(decoder.total_in(), octets.len() as u64);
    }
}

#[test]
fn what_is_not_whole_or_not_deflated_is_refused() {
    let message = message(b"content");
    for end in [0, 1, 20, message.len() - 1] {
        let said = octets(&message[..end], 7).unwrap_err();
        assert_eq!(said["code"], "damaged", "{end}: {said}");
    }
    let zlib = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.8");
    let at = message
        .windows(zlib.as_bytes().len())
        .position(|window| window == zlib.as_bytes())
        .unwrap();
    let mut other = message.clone();
    other[at + zlib.as_bytes().len() - 1] = 9;
    let said = octets(&other, 1_000).unwrap_err();
    assert_eq!(said["code"], "unsupported");
    assert_eq!(said["name"], "1.2.840.113549.1.9.16.3.9");

    let certificate = crate::support::P256.certificate.as_der();
    assert_eq!(octets(certificate, 1_000).unwrap_err()["code"], "damaged");
    let signed = json!({ "call": "sign", "signingTime": 1_800_000_000, "detached": false });
    let person = &crate::support::P256;
    let mut worker = Worker::new(Some(&person.key));
    let (_, signed) = worker
        .run_over(&signed, &[certificate], b"content", 100)
        .unwrap();
    assert_eq!(octets(&signed, 1_000).unwrap_err()["code"], "notMessage");
}
