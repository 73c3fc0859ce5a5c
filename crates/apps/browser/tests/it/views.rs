//! Certificates as they are shown.

use chancery_cms::{certificates_only, certificates_only_pem};
use serde_json::{Value, json};

use crate::support::{P256, RSA, Worker};

fn certificates(file: &[u8]) -> Result<Vec<Value>, Value> {
    let (mut result, parts) = Worker::new(None).run(&json!({ "call": "certificates" }), &[file])?;
    let views: Vec<Value> = serde_json::from_value(result["certificates"].take()).unwrap();
    assert_eq!(views.len(), parts.len());
    Ok(views)
}

#[test]
fn a_certificate_is_shown_from_der_and_pem() {
    let certificate = &RSA.certificate;
    for file in [certificate.as_der(), certificate.to_pem().as_bytes()] {
        let (result, parts) = Worker::new(None)
            .run(&json!({ "call": "certificate" }), &[file])
            .unwrap();
        assert_eq!(parts[0].as_slice(), certificate.as_der());
        let view = &result["certificate"];
        assert_eq!(view["subject"], "CN=Jana Nováková");
        assert_eq!(view["authority"], "Test Root");
        assert_eq!(view["serial"], certificate.serial().to_hex());
        assert_eq!(view["notAfter"], 1_826_688_833);
        assert_eq!(view["keyName"], "RSA 2048");
        assert_eq!(
            (&view["signs"], &view["decrypts"]),
            (&json!(true), &json!(true))
        );
        assert_eq!(view["purposes"], Value::Null);
        let ids = result["fields"].as_array().unwrap().iter();
        assert!(ids.clone().any(|field| field["id"] == "keyUsage"));
    }
}

#[test]
fn certificates_come_out_of_every_kind_of_file() {
    let both = [P256.certificate.clone(), P256.root.clone()];
    let pem = format!("{}{}", both[0].to_pem(), both[1].to_pem());
    let collection = certificates_only(&both);
    let text = certificates_only_pem(&both);
    for file in [pem.as_bytes(), &collection, text.as_bytes()] {
        let views = certificates(file).unwrap();
        assert_eq!(views.len(), 2);
        assert!(views.iter().any(|view| view["isAuthority"] == true));
    }
    assert_eq!(certificates(both[0].as_der()).unwrap().len(), 1);
    for file in [&b""[..], b"-----BEGIN CERTIFICATE-----", &[0x30; 40]] {
        assert_eq!(certificates(file).unwrap_err()["code"], "notCertificate");
    }
}
