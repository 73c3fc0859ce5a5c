use chancery_path::{
    PathCertificate, PolicyInputs, Report, Settings, Step, Store, TrustAnchor, Validation,
};
use chancery_x509::asn1::Reader;
use chancery_x509::{Certificate, CertificateList, ObjectIdentifier};

use crate::provider::CRYPTO;

/// Certificates, lists and responses one after the other, as they come: the first is to be validated, the last certificate is the anchor.
/// What is asked for is answered with what is there.
pub fn path(data: &[u8]) {
    let mut reader = Reader::new(data, "elements");
    let mut elements = Vec::new();
    while elements.len() < 24 {
        let before = reader.rest();
        if reader.any("element").is_err() {
            break;
        }
        elements.push(&before[..before.len() - reader.rest().len()]);
    }
    let mut certificates: Vec<Certificate> = elements
        .iter()
        .filter_map(|der| Certificate::from_der(der).ok())
        .collect();
    if certificates.len() < 2 {
        return;
    }
    let mut store = Store::new();
    if let Some(anchor) = certificates.pop() {
        store.add_anchor(TrustAnchor::from_certificate(&anchor));
    }
    let leaf = PathCertificate::new(certificates.remove(0));
    for certificate in certificates {
        store.add_certificate(certificate);
    }
    for der in &elements {
        if CertificateList::from_der(der).is_ok() {
            let _ = store.add_list_der(der);
        } else {
            let _ = store.add_answer_der(der);
        }
    }
    // PKITS is valid from 2010 to 2030; its first policy.
    let mut settings = Settings::at(1_300_000_000);
    settings.policies = PolicyInputs {
        user_initial: Some(vec![ObjectIdentifier::new_unwrap(
            "2.16.840.1.101.3.2.1.48.1",
        )]),
        explicit: data.len() % 2 == 0,
        ..PolicyInputs::default()
    };
    let mut validation = Validation::new(leaf, store, settings);
    let mut answers = elements.iter().cycle();
    let result = loop {
        match validation.step(&CRYPTO) {
            Step::Need(_) => validation.resume(answers.next().copied()),
            Step::Done(result) => break result,
        }
    };
    match &*result {
        Ok(valid) => {
            let report = Report::valid(valid, &CRYPTO);
            assert!(!valid.checks().is_empty(), "{report:?}");
        }
        Err(invalid) => assert!(!invalid.failures().is_empty()),
    }
}
