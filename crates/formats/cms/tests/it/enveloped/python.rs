//! Both ways with python's `cryptography`.

use std::fs;
use std::process::Command;

use chancery_cms::compressed::{Decompressor, InflateBudget, Inflation, compress};
use chancery_cms::enveloped::ContentCipher;
use chancery_x509::asn1::{self, Reader, tag};
use tempfile::TempDir;

use super::holders::{Kind, seal};
use crate::support::python;

const CONTENT: &[u8] = b"a line\r\nand another, of 37 octets in all\r\n";

/// What scripts need: the holder's certificate and key.
const PRELUDE: &str = "
import sys
try:
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.ciphers import algorithms
    from cryptography.hazmat.primitives.serialization import pkcs7
    pkcs7.PKCS7EnvelopeBuilder, pkcs7.pkcs7_decrypt_der
except (ImportError, AttributeError):
    sys.exit(77)
cert = x509.load_pem_x509_certificate(open('cert.pem', 'rb').read())
key = serialization.load_der_private_key(open('key.der', 'rb').read(), None)
";

/// What zlib is to python is zlib here (RFC 3274 section 2).
#[test]
fn python_and_we_compress_alike() {
    let folder = TempDir::new().unwrap();
    let content = CONTENT.repeat(500);
    fs::write(folder.path().join("content"), &content).unwrap();
    let message = compress(&content).unwrap();
    let mut info = Reader::sequence(&message, "m").unwrap();
    info.oid("type").unwrap();
    let explicit = info.read(tag::context_constructed(0), "content").unwrap();
    let mut body = Reader::sequence(explicit, "body").unwrap();
    let version = body.raw(tag::INTEGER, "version").unwrap();
    let algorithm = body.raw(tag::SEQUENCE, "algorithm").unwrap();
    let mut carrier = body.nested("carrier").unwrap();
    let kind = carrier.raw(tag::OID, "type").unwrap();
    let explicit = carrier
        .read(tag::context_constructed(0), "content")
        .unwrap();
    let ours = asn1::element(explicit, tag::OCTET_STRING, "content").unwrap();
    fs::write(folder.path().join("ours"), ours).unwrap();
    let script = "
import zlib
content = open('content', 'rb').read()
assert zlib.decompress(open('ours', 'rb').read()) == content
open('theirs', 'wb').write(zlib.compress(content, 9))
";
    let done = Command::new("python3")
        .args(["-c", script])
        .current_dir(folder.path())
        .output();
    let Ok(output) = done else {
        eprintln!("skipped: python is not installed");
        return;
    };
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let theirs = fs::read(folder.path().join("theirs")).unwrap();
    let content_info = asn1::sequence(&[kind, &asn1::explicit(0, &asn1::octet_string(&theirs))]);
    let body = asn1::sequence(&[version, algorithm, &content_info]);
    let message = asn1::sequence(&[
        &asn1::oid(&chancery_cms::oid::COMPRESSED_DATA),
        &asn1::explicit(0, &body),
    ]);
    let mut decompressor = Decompressor::new(InflateBudget::default());
    let (mut rest, mut out) = (message.as_slice(), Vec::new());
    while decompressor.push(&mut rest, &mut out).unwrap() == Inflation::More {}
    decompressor.finish(&mut out).unwrap();
    assert!(out == content);
}

#[test]
fn what_python_encrypts_is_read() {
    let folder = TempDir::new().unwrap();
    Kind::Rsa.holder().write(folder.path());
    fs::write(folder.path().join("content"), CONTENT).unwrap();
    let script = "
content = open('content', 'rb').read()
for name, algorithm in (('AES128', algorithms.AES128), ('AES256', algorithms.AES256)):
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(content).add_recipient(cert)
    builder = builder.set_content_encryption_algorithm(algorithm)
    open(name, 'wb').write(builder.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary]))
";
    if !python(folder.path(), PRELUDE, script) {
        return;
    }
    for name in ["AES128", "AES256"] {
        let message = fs::read(folder.path().join(name)).unwrap();
        assert_eq!(
            Kind::Rsa.holder().open(&message).unwrap().0,
            CONTENT,
            "{name}"
        );
    }
}

#[test]
fn python_reads_what_is_encrypted() {
    let folder = TempDir::new().unwrap();
    Kind::Rsa.holder().write(folder.path());
    for cipher in [ContentCipher::Aes128Cbc, ContentCipher::Aes256Cbc] {
        let message = seal(vec![Kind::Rsa.holder().addressee()], cipher, CONTENT);
        fs::write(folder.path().join("ours.der"), message).unwrap();
        let script = "
message = open('ours.der', 'rb').read()
open('plain', 'wb').write(pkcs7.pkcs7_decrypt_der(message, cert, key, []))
";
        if !python(folder.path(), PRELUDE, script) {
            return;
        }
        assert_eq!(
            fs::read(folder.path().join("plain")).unwrap(),
            CONTENT,
            "{cipher}"
        );
    }
}
