//! The signed messages of NIST's Public Key Interoperability Test Suite, from `../shared/suites/pkits` beside the workspace (or
//! `CHANCERY_SUITES`): their signatures, and the paths of their signers with nothing but what each message encloses.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use chancery_cms::signed::{
    ContentDigests, SignatureFault, SignedData, SignedDataReader, SignedEvent, VerifyPolicy,
};
use chancery_cms::smime::{Canonicalizer, MessageEvent, MessageKind, MessageReader};
use chancery_cms::stream::Limits;
use chancery_keys::AwsLc;
use chancery_path::{PathCertificate, PolicyInputs, Settings, Store, TrustAnchor, validate};
use serde_json::Value;

use crate::support::{NOW, only};

/// None, with a word about it, where the suite is not there.
fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/suites");
    let suites = std::env::var_os("CHANCERY_SUITES").map_or(beside, PathBuf::from);
    let folder = suites.join("pkits");
    if folder.join("smime").is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no NIST PKITS in {}", folder.display());
    None
}

/// The structure, and what is known of the part that it signs.
fn read(message: &[u8]) -> (SignedData, ContentDigests) {
    let mut reader = MessageReader::new();
    let mut events = Vec::new();
    for piece in message.chunks(100) {
        events.extend(reader.feed(piece).unwrap());
    }
    events.extend(reader.finish().unwrap());
    let mut structure = SignedDataReader::new(Limits::default(), &AwsLc);
    let (mut canonicalizer, mut content) = (Canonicalizer::new(), Vec::new());
    for event in events {
        match event {
            MessageEvent::Header(_, kind) => {
                assert!(matches!(kind, MessageKind::ClearSigned { .. }));
            }
            MessageEvent::Signed(piece) => canonicalizer.update(&piece, &mut content),
            MessageEvent::Cms(piece) => {
                let mut rest = &piece[..];
                while let Some(event) = structure.next(&mut rest).unwrap() {
                    assert_eq!(event, SignedEvent::End);
                }
            }
            MessageEvent::Body(_) => panic!("a body that is not signed"),
        }
    }
    let signed = structure.finish().unwrap();
    let digests = ContentDigests::of(&content, signed.digests(), &AwsLc);
    (signed, digests)
}

/// Policy inputs with the verdict under them, by the target's file.
fn policy_cases(folder: &Path) -> HashMap<String, Vec<(PolicyInputs, bool)>> {
    let mut cases: HashMap<String, Vec<(PolicyInputs, bool)>> = HashMap::new();
    let text = std::fs::read(folder.join("expected-policy-inputs.json")).unwrap();
    for row in serde_json::from_slice::<Vec<Value>>(&text).unwrap() {
        let inputs = &row["inputs"];
        let flag = |name: &str| inputs[name].as_bool().unwrap_or(false);
        let policies = inputs["policies"].as_array().map(|set| {
            set.iter()
                .map(|oid| oid.as_str().unwrap().parse().unwrap())
                .collect()
        });
        let inputs = PolicyInputs {
            user_initial: policies,
            explicit: flag("explicit_policy"),
            inhibit_mapping: flag("inhibit_mapping"),
            inhibit_any: flag("inhibit_any_policy"),
        };
        let target = row["target"].as_str().unwrap().to_owned();
        cases
            .entry(target)
            .or_default()
            .push((inputs, row["expect"] == "valid"));
    }
    cases
}

#[test]
fn every_signature_is_right_and_every_path_has_the_verdict_of_the_document() {
    let Some(folder) = folder() else { return };
    let cases = policy_cases(&folder);
    let names: HashMap<Vec<u8>, String> = std::fs::read_dir(folder.join("certs"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (
                std::fs::read(entry.path()).unwrap(),
                entry.file_name().into_string().unwrap(),
            )
        })
        .collect();
    let anchor = std::fs::read(folder.join("certs/TrustAnchorRootCertificate.crt")).unwrap();
    let anchor = TrustAnchor::from_der(&anchor).unwrap();
    let mut counted: BTreeMap<&str, u32> = BTreeMap::new();
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(folder.join("smime")).unwrap() {
        let entry = entry.unwrap();
        let file = entry.file_name().into_string().unwrap();
        let (signed, content) = read(&std::fs::read(entry.path()).unwrap());
        let report = only(signed.verify(Some(&content), &[], VerifyPolicy::default(), &AwsLc));
        let Some(certificate) = report.certificate.clone() else {
            // A signer's certificate that breaks DER itself.
            *counted
                .entry("certificate that cannot be read")
                .or_default() += 1;
            assert!(file.contains("Invalid"), "{file}: {:?}", report.faults);
            continue;
        };
        let target = names.get(certificate.as_der()).cloned().unwrap_or_default();
        if report.faults.iter().all(|fault| {
            matches!(
                fault,
                SignatureFault::UnsupportedSignature { .. }
                    | SignatureFault::WeakDigest { .. }
                    | SignatureFault::UnsupportedDigest { .. }
            )
        }) && !report.faults.is_empty()
        {
            assert!(file.contains("DSA"), "{file}: {:?}", report.faults);
            *counted.entry("unsupported").or_default() += 1;
            continue;
        }
        assert_eq!(report.faults, [], "{file}");
        *counted.entry("right").or_default() += 1;

        let mut store = Store::new();
        store.add_anchor(anchor.clone());
        for certificate in signed.certificates() {
            store.add_certificate(PathCertificate::new(certificate.clone()));
        }
        for list in signed.revocation_lists() {
            let _ = store.add_list_der(list);
        }
        let by_name = vec![(PolicyInputs::default(), !target.starts_with("Invalid"))];
        for (policies, valid) in cases.get(&target).unwrap_or(&by_name) {
            let settings = Settings {
                policies: policies.clone(),
                ..Settings::at(NOW)
            };
            let leaf = PathCertificate::new(certificate.as_ref().clone());
            let found = validate(&leaf, &store, &settings, &AwsLc);
            if found.is_ok() == *valid {
                *counted.entry("path").or_default() += 1;
            } else {
                wrong.push(format!(
                    "{file} ({target}): {:?}",
                    found.map(drop).map_err(|e| e.to_string())
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // DSA three times, and the certificate with a negative serial number.
    let expected = [
        ("certificate that cannot be read", 1),
        ("right", 220),
        ("unsupported", 3),
    ];
    for (what, number) in expected {
        assert_eq!(counted.get(what), Some(&number), "{what}");
    }
}
