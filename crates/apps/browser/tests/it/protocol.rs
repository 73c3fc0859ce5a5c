//! What no worker sends.

use chancery_browser::{Module, message};
use serde_json::{Value, json};

use crate::support::{P256, Worker};

#[test]
fn nonsense_is_refused() {
    let mut module = Module::default();
    for request in [&b""[..], b"\0\0\0\0", &[0xff; 100]] {
        let answer = module.call(request);
        let (text, _) = message::decode(&answer).unwrap();
        let text: Value = serde_json::from_slice(text).unwrap();
        assert_eq!(text, json!({ "step": "refused", "code": "protocol" }));
    }
    let mut worker = Worker::new(None);
    for text in [
        json!({}),
        json!({ "call": "nothing" }),
        json!({ "call": "open" }),
        json!(7),
    ] {
        assert_eq!(worker.run(&text, &[]).unwrap_err()["code"], "protocol");
    }
    // A part too few, and one too many.
    let open = json!({ "call": "open", "ofStore": false });
    assert_eq!(worker.run(&open, &[b"x"]).unwrap_err()["code"], "protocol");
    let certificate = P256.certificate.as_der();
    let refused = worker.run(&json!({ "call": "certificate" }), &[certificate, b""]);
    assert_eq!(refused.unwrap_err()["code"], "protocol");
}

#[test]
fn operations_end_once_and_there_are_not_too_many() {
    let mut worker = Worker::new(Some(&P256.key));
    let text = json!({ "call": "sign", "signingTime": 0, "detached": true });
    let mut numbers = Vec::new();
    let refused = loop {
        let (said, _) = worker.call(&text, &[P256.certificate.as_der()]);
        match said["operation"].as_u64() {
            Some(number) => numbers.push(number),
            None => break said,
        }
    };
    assert_eq!(refused["code"], "tooMany");
    assert_eq!(numbers.len(), 64);
    let first = numbers[0];
    let drop = json!({ "call": "drop", "operation": first });
    assert_eq!(worker.call(&drop, &[]).0["step"], "done");
    let feed = json!({ "call": "feed", "operation": first });
    assert_eq!(worker.call(&feed, &[b"x"]).0["code"], "notAsked");
    // Out of turn: nothing was asked for.
    let resume = json!({ "call": "resume", "operation": numbers[1] });
    assert_eq!(worker.call(&resume, &[b"x"]).0["code"], "notAsked");
    assert_eq!(worker.call(&resume, &[b"x"]).0["code"], "notAsked");
}
