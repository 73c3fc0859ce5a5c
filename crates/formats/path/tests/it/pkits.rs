//! NIST's Public Key Interoperability Test Suite, sections 4.1 to 4.16, from `../shared/suites/pkits` beside the workspace
//! (or `CHANCERY_SUITES`): every test with its inputs, all certificates and lists of the suite in one store.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chancery_keys::AwsLc;
use chancery_path::{
    Failure, FailureKind, Finding, PathCertificate, PolicyInputs, Settings, Store, TrustAnchor,
    validate,
};
use chancery_x509::Certificate;
use serde_json::Value;

/// 2026-11-20T05:33:53Z.
const NOW: i64 = 1_795_152_833;

/// The tests that neither file of verdicts has, from the names in the NIST document; `Valid` and `Invalid` are in the file names.
const BY_NAME: [(&str, &[&str]); 4] = [
    ("4.1", &["ValidDSAParameterInheritanceTest5EE.crt"]),
    ("4.10", &["ValidPolicyMappingTest11EE.crt"]),
    (
        "4.14",
        &[
            "ValiddistributionPointTest1EE.crt",
            "InvaliddistributionPointTest2EE.crt",
            "InvaliddistributionPointTest3EE.crt",
            "ValiddistributionPointTest4EE.crt",
            "ValiddistributionPointTest5EE.crt",
            "InvaliddistributionPointTest6EE.crt",
            "ValiddistributionPointTest7EE.crt",
            "InvaliddistributionPointTest8EE.crt",
            "InvaliddistributionPointTest9EE.crt",
            "ValidNoissuingDistributionPointTest10EE.crt",
            "InvalidonlyContainsUserCertsTest11EE.crt",
            "InvalidonlyContainsCACertsTest12EE.crt",
            "ValidonlyContainsCACertsTest13EE.crt",
            "InvalidonlyContainsAttributeCertsTest14EE.crt",
            "InvalidonlySomeReasonsTest15EE.crt",
            "InvalidonlySomeReasonsTest16EE.crt",
            "InvalidonlySomeReasonsTest17EE.crt",
            "ValidonlySomeReasonsTest18EE.crt",
            "ValidonlySomeReasonsTest19EE.crt",
            "InvalidonlySomeReasonsTest20EE.crt",
            "InvalidonlySomeReasonsTest21EE.crt",
            "ValidIDPwithindirectCRLTest22EE.crt",
            "InvalidIDPwithindirectCRLTest23EE.crt",
            "ValidIDPwithindirectCRLTest24EE.crt",
            "ValidIDPwithindirectCRLTest25EE.crt",
            "InvalidIDPwithindirectCRLTest26EE.crt",
            "InvalidcRLIssuerTest27EE.crt",
            "ValidcRLIssuerTest28EE.crt",
            "ValidcRLIssuerTest29EE.crt",
            "ValidcRLIssuerTest30EE.crt",
            "InvalidcRLIssuerTest31EE.crt",
            "InvalidcRLIssuerTest32EE.crt",
            "ValidcRLIssuerTest33EE.crt",
            "InvalidcRLIssuerTest34EE.crt",
            "InvalidcRLIssuerTest35EE.crt",
        ],
    ),
    (
        "4.15",
        &[
            "InvaliddeltaCRLIndicatorNoBaseTest1EE.crt",
            "ValiddeltaCRLTest2EE.crt",
            "InvaliddeltaCRLTest3EE.crt",
            "InvaliddeltaCRLTest4EE.crt",
            "ValiddeltaCRLTest5EE.crt",
            "InvaliddeltaCRLTest6EE.crt",
            "ValiddeltaCRLTest7EE.crt",
            "ValiddeltaCRLTest8EE.crt",
            "InvaliddeltaCRLTest9EE.crt",
            "InvaliddeltaCRLTest10EE.crt",
        ],
    ),
];

/// One test: a certificate, inputs, and the verdict of the NIST document.
struct Case {
    section: String,
    target: String,
    inputs: PolicyInputs,
    valid: bool,
}

/// None, with a word about it, where the suite is not there.
pub fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/suites");
    let suites = std::env::var_os("CHANCERY_SUITES").map_or(beside, PathBuf::from);
    let folder = suites.join("pkits");
    if folder.join("certs").is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no NIST PKITS in {}", folder.display());
    None
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect();
    all.sort();
    all
}

/// Every certificate that is not the target of a test, and every list.
pub fn store(folder: &Path) -> Store {
    let mut store = Store::new();
    for (name, der) in files(&folder.join("certs")) {
        if name == "TrustAnchorRootCertificate.crt" {
            store.add_anchor(TrustAnchor::from_der(&der).unwrap());
        } else if !name.contains("Test") {
            let added = store.add_certificate_der(&der);
            assert_eq!(added, Ok(()), "{name}");
        }
    }
    for (name, der) in files(&folder.join("crls")) {
        let added = store.add_list_der(&der);
        assert_eq!(added, Ok(()), "{name}");
    }
    store
}

fn json(path: &Path) -> Vec<Value> {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn cases(folder: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    for row in json(&folder.join("expected-policy-inputs.json")) {
        let inputs = &row["inputs"];
        let flag = |name: &str| inputs[name].as_bool().unwrap_or(false);
        let policies = inputs["policies"].as_array();
        cases.push(Case {
            section: row["section"].as_str().unwrap().to_owned(),
            target: row["target"].as_str().unwrap().to_owned(),
            inputs: PolicyInputs {
                user_initial: policies.map(|set| {
                    let oids = set.iter().map(|oid| oid.as_str().unwrap().parse().unwrap());
                    oids.collect()
                }),
                explicit: flag("explicit_policy"),
                inhibit_mapping: flag("inhibit_mapping"),
                inhibit_any: flag("inhibit_any_policy"),
            },
            valid: row["expect"] == "valid",
        });
    }
    let plain = |section: &str, target: &str, valid| Case {
        section: section.to_owned(),
        target: target.to_owned(),
        inputs: PolicyInputs::default(),
        valid,
    };
    for row in json(&folder.join("expected-nss-policy-default.json")) {
        let section = row["section"].as_str().unwrap_or("NIST PKITS Section 4.1:");
        let section = section["NIST PKITS Section ".len()..]
            .split(':')
            .next()
            .unwrap();
        // Policies are not looked at by default in the program whose verdicts these are: those sections come from the other file.
        if matches!(section, "4.8" | "4.9" | "4.10" | "4.11" | "4.12") {
            continue;
        }
        let target = row["certs"][0].as_str().unwrap();
        // The document's verdict is in the name; that program does not look for the issuers of lists (4.4.20 and 4.4.21).
        let valid = !target.starts_with("Invalid");
        let known = [
            "InvalidSeparateCertificateandCRLKeysTest20EE.crt",
            "InvalidSeparateCertificateandCRLKeysTest21EE.crt",
        ];
        assert!(
            valid == (row["expect"] == "valid") || known.contains(&target),
            "{target}"
        );
        cases.push(plain(section, target, valid));
    }
    for (section, targets) in BY_NAME {
        cases.extend(
            targets
                .iter()
                .map(|target| plain(section, target, target.starts_with("Valid"))),
        );
    }
    cases
}

#[test]
fn every_test_has_the_verdict_of_the_document() {
    let Some(folder) = folder() else { return };
    let store = store(&folder);
    let mut right: BTreeMap<(u32, String), u32> = BTreeMap::new();
    let mut unsupported = 0;
    let mut wrong = Vec::new();
    let mut targets = Vec::new();
    for case in cases(&folder) {
        let der = std::fs::read(folder.join("certs").join(&case.target)).unwrap();
        let settings = Settings {
            policies: case.inputs.clone(),
            ..Settings::at(NOW)
        };
        let found = match Certificate::from_der(&der) {
            Ok(leaf) => validate(&PathCertificate::new(leaf), &store, &settings, &AwsLc)
                .map(drop)
                .map_err(|invalid| invalid.failures()[0].clone()),
            Err(problem) => Err(Failure {
                place: None,
                kind: FailureKind::Unreadable { problem },
            }),
        };
        targets.push(case.target.clone());
        // DSA with SHA-1, in 4.1.4 to 4.1.6.
        if case.target.contains("DSA") {
            let failure = found.expect_err(&case.target);
            assert!(
                matches!(failure.kind, FailureKind::UnsupportedAlgorithm { .. }),
                "{failure}"
            );
            assert_eq!(failure.finding(), Finding::Algorithm);
            unsupported += 1;
            continue;
        }
        let number = case.section[2..].parse().unwrap();
        *right.entry((number, case.section.clone())).or_default() +=
            u32::from(found.is_ok() == case.valid);
        if found.is_ok() != case.valid {
            let (section, target) = (&case.section, &case.target);
            wrong.push(format!("{section} {target} {:?}: {found:?}", case.inputs));
        } else if let Err(failure) = found {
            println!("{:5} {:60} {failure}", case.section, case.target);
        }
    }
    for ((_, section), count) in &right {
        println!("section {section}: {count} right");
    }
    println!(
        "all: {} right, {unsupported} of an algorithm that is not supported",
        right.values().sum::<u32>()
    );
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert_eq!(unsupported, 3);
    // No end entity of the suite was left out.
    let names = files(&folder.join("certs"))
        .into_iter()
        .map(|(name, _)| name);
    let missed: Vec<_> = names
        .filter(|name| name.contains("Test") && !targets.contains(name))
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
}
