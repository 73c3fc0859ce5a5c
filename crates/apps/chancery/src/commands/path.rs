//! `chancery path`.

use std::path::Path;

use chancery_keys::AwsLc;
use chancery_path::{
    AlgorithmPolicy, Conformance, Failure as Reason, FailureKind, Finding, Identity, InvalidPath,
    PathCertificate, PolicyInputs, Purpose, Report, Revocation, Settings, Step, Store, TrustAnchor,
    ValidatedPath, Validation, validate as validate_path,
};
use chancery_x509::pem::{self, Label};
use chancery_x509::{Certificate, ParseError, time};
use serde::Serialize;

use crate::{cli::PathValidate, failure::Failure, fetch::Fetcher, files, os, terminal};

/// What is printed with `--json`.
#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    report: Report,
    /// Inputs that were passed over.
    notes: Vec<String>,
}

/// Validates a certificate's path.
pub fn validate(words: &PathValidate) -> Result<(), Failure> {
    let settings = settings(words)?;
    let mut inputs = Inputs::default();
    inputs.read(words)?;
    let leaf = inputs.leaf(&words.leaf)?;
    let result = match leaf {
        Err(failures) => Err(failures),
        Ok(leaf) => {
            let store = std::mem::take(&mut inputs.store);
            let result = if words.fetch {
                let fetcher = Fetcher {
                    private: words.fetch_private,
                };
                let validation = Validation::new(leaf, store, settings.clone());
                complete(validation, fetcher, &mut inputs.notes)?
            } else {
                validate_path(&leaf, &store, &settings, &AwsLc)
            };
            result.map_err(|invalid| invalid.failures().to_vec())
        }
    };
    let report = match &result {
        Ok(path) => Report::valid(path, &AwsLc),
        Err(failures) => Report::failed(failures, settings.at, settings.purpose),
    };
    if words.json {
        let answer = Answer {
            report,
            notes: inputs.notes.clone(),
        };
        super::print_json(&answer)?;
    }
    match result {
        Ok(_) if words.json => Ok(()),
        Ok(path) => super::print(&in_words(&path, &inputs.notes)),
        Err(failures) => Err(refusal(&failures, &inputs.notes, words)),
    }
}

/// Fetches what the validation asks for, one after the other.
fn complete(
    mut validation: Validation,
    fetcher: Fetcher,
    notes: &mut Vec<String>,
) -> Result<Result<ValidatedPath, InvalidPath>, Failure> {
    let runtime = os::runtime()?;
    let result = loop {
        let fetch = match validation.step(&AwsLc) {
            Step::Done(result) => break *result,
            Step::Need(fetch) => fetch,
        };
        match runtime.block_on(fetcher.fetch(&fetch)) {
            Ok(content) => validation.resume(Some(&unpacked(content))),
            Err(error) => {
                // Somebody else's text: shown so that it cannot steer the terminal.
                let failure = Failure::because(format!("{:?} was not fetched", fetch.url), &error);
                notes.push(failure.into_parts().0);
                validation.resume(None);
            }
        }
    };
    // The system may look for a name's address far longer than a fetch has time: nobody waits for that.
    runtime.shutdown_background();
    Ok(result)
}

/// The certificates of a certificates-only message, one after the other; anything else as it came.
fn unpacked(content: Vec<u8>) -> Vec<u8> {
    if !is_content_info(&content) {
        return content;
    }
    match chancery_cms::read_certificates(&content) {
        Ok(certificates) => certificates
            .iter()
            .flat_map(|certificate| certificate.as_der().to_vec())
            .collect(),
        Err(_) => content,
    }
}

fn settings(words: &PathValidate) -> Result<Settings, Failure> {
    let at = words
        .at
        .map_or_else(|| os::now().as_secs(), jiff::Timestamp::as_second);
    let identity = match (&words.email, &words.host) {
        (Some(address), _) => Some(Identity::email(address)),
        (None, Some(host)) => Some(Identity::host(host)),
        (None, None) => None,
    };
    let identity = identity
        .transpose()
        .map_err(|error| Failure::usage(error.to_string()))?;
    let mut settings = Settings {
        purpose: words.purpose,
        identity,
        policies: PolicyInputs {
            user_initial: (!words.policy.is_empty()).then(|| words.policy.clone()),
            explicit: words.explicit_policy,
            inhibit_mapping: words.inhibit_mapping,
            inhibit_any: words.inhibit_any_policy,
        },
        algorithms: AlgorithmPolicy {
            sha1: words.allow_sha1,
            least_rsa_bits: words.least_rsa_bits,
        },
        ..Settings::at(at)
    };
    if words.no_revocation {
        settings.revocation = Revocation::Off;
    }
    if words.lenient {
        settings.conformance = Conformance::Algorithm;
    }
    Ok(settings)
}

/// The files that were named.
#[derive(Default)]
struct Inputs {
    store: Store,
    notes: Vec<String>,
}

impl Inputs {
    fn read(&mut self, words: &PathValidate) -> Result<(), Failure> {
        for file in &words.anchor {
            for der in contents(file, Label::Certificate)? {
                let anchor = TrustAnchor::from_der(&der);
                let added = anchor.map(|anchor| self.store.add_anchor(anchor));
                self.note(file, "trust anchor", added);
            }
        }
        for file in &words.intermediate {
            for der in contents(file, Label::Certificate)? {
                let added = self.store.add_certificate_der(&der);
                self.note(file, "intermediate certificate", added);
            }
        }
        for file in &words.crl {
            for der in contents(file, Label::X509Crl)? {
                let added = self.store.add_list_der(&der);
                self.note(file, "revocation list", added);
            }
        }
        for file in &words.ocsp {
            for der in ders(&named(files::read(file))?) {
                let added = self.store.add_answer_der(&der);
                self.note(file, "OCSP response", added);
            }
        }
        Ok(())
    }

    /// The certificate in question; one that cannot be read is an invalid one.
    fn leaf(&mut self, file: &Path) -> Result<Result<PathCertificate, Vec<Reason>>, Failure> {
        let mut all = contents(file, Label::Certificate)?.into_iter();
        let first = all.next().unwrap_or_default();
        for der in all {
            let added = self.store.add_certificate_der(&der);
            self.note(file, "intermediate certificate", added);
        }
        Ok(Certificate::from_der(&first)
            .map(PathCertificate::new)
            .map_err(|problem| {
                vec![Reason {
                    place: None,
                    kind: FailureKind::Unreadable { problem },
                }]
            }))
    }

    fn note(&mut self, file: &Path, what: &str, added: Result<(), ParseError>) {
        if let Err(error) = added {
            let file = file.display();
            self.notes
                .push(format!("{file}: the {what} was passed over: {error}"));
        }
    }
}

/// A file that was named and is not there is a fault of the command's words.
fn named(read: Result<Vec<u8>, Failure>) -> Result<Vec<u8>, Failure> {
    read.map_err(|failure| Failure::usage(failure.into_parts().0))
}

/// What a file holds, DER: the blocks of a PEM bundle, one structure, several one after the other, or the certificates of a PKCS#7 file.
fn contents(file: &Path, label: Label) -> Result<Vec<Vec<u8>>, Failure> {
    let content = named(match label {
        Label::X509Crl => files::read_lists(file),
        _ => files::read(file),
    })?;
    if let Ok(text) = std::str::from_utf8(&content)
        && text.contains("-----BEGIN")
    {
        let place = file.display();
        if text.contains("-----BEGIN PKCS7-----") && label == Label::Certificate {
            return pkcs7(file, &content);
        }
        return pem::decode_all(text, label).map_err(|error| {
            let failure = Failure::because(format!("{place} cannot be read"), &error);
            Failure::usage(failure.into_parts().0)
        });
    }
    // The first part of a ContentInfo is an object identifier, that of a certificate a SEQUENCE.
    if label == Label::Certificate && is_content_info(&content) {
        return pkcs7(file, &content);
    }
    Ok(ders(&content))
}

fn is_content_info(der: &[u8]) -> bool {
    let mut outer = chancery_x509::asn1::Reader::new(der, "file");
    let inner = outer.nested("file");
    inner.is_ok_and(|inner| inner.peek() == Some(chancery_x509::asn1::tag::OID))
}

fn pkcs7(file: &Path, content: &[u8]) -> Result<Vec<Vec<u8>>, Failure> {
    let certificates = chancery_cms::read_certificates(content).map_err(|error| {
        let failure = Failure::because(format!("{} cannot be read", file.display()), &error);
        Failure::usage(failure.into_parts().0)
    })?;
    let der = |certificate: &Certificate| certificate.as_der().to_vec();
    Ok(certificates.iter().map(der).collect())
}

/// DER structures one after the other; what does not split is one that cannot be read.
fn ders(content: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = chancery_x509::asn1::Reader::new(content, "file");
    let mut found = Vec::new();
    while !reader.is_empty() {
        let Ok(der) = reader.raw(chancery_x509::asn1::tag::SEQUENCE, "file") else {
            found.push(reader.rest().to_vec());
            break;
        };
        found.push(der.to_vec());
    }
    found
}

fn in_words(path: &ValidatedPath, notes: &[String]) -> String {
    let purpose = match path.purpose() {
        Purpose::Any => "any purpose",
        purpose => purpose.name(),
    };
    let at = time::display(path.at());
    let mut text = format!("valid for {purpose} at {at}\n");
    let count = path.certificates().len();
    let anchor = terminal::line(&path.anchor().subject().one_line());
    text.push_str(&format!("trust anchor\n  {anchor}\n"));
    for (index, certificate) in path.certificates().iter().enumerate().rev() {
        let subject = terminal::line(&certificate.certificate().subject().one_line());
        let what = if index == 0 {
            "certificate"
        } else {
            "authority"
        };
        text.push_str(&format!("{what} {index} of {count}\n  {subject}\n"));
        let checks = path.checks().iter();
        for check in checks.filter(|check| check.certificate == index) {
            let kind = terminal::line(&check.kind.to_string());
            text.push_str(&format!("    {kind} ({})\n", check.kind.clause()));
        }
    }
    if let Some(policies) = path.policies() {
        let mut named: Vec<_> = policies.user.iter().map(ToString::to_string).collect();
        if policies.any {
            named.push("any".to_owned());
        }
        text.push_str(&format!("policies\n  {}\n", named.join(", ")));
    }
    for note in notes {
        text.push_str(&format!("note: {}\n", terminal::line(note)));
    }
    text
}

fn refusal(failures: &[Reason], notes: &[String], words: &PathValidate) -> Failure {
    let finding = failures.first().map_or(Finding::Untrusted, Reason::finding);
    let failures = failures.iter().map(ToString::to_string);
    let notes = notes.iter().map(|note| format!("note: {note}"));
    let lines: Vec<_> = failures
        .chain(notes)
        .map(|line| terminal::line(&line))
        .collect();
    let failure = Failure::new(format!("not valid, {finding}: {}", lines.join("\n       ")));
    match finding {
        Finding::Untrusted if words.anchor.is_empty() => {
            failure.hint("no trust anchor was given: name one with --anchor")
        }
        Finding::Untrusted => failure.hint(
            "name the trust anchor with --anchor and the authorities between with --intermediate",
        ),
        Finding::RevocationUnknown => failure.hint(
            "give current lists with --crl or responses with --ocsp, let them be fetched with --fetch, or leave revocation out with --no-revocation",
        ),
        Finding::Malformed => {
            failure.hint("ask whoever issued it for one that keeps the rules, or try --lenient")
        }
        _ => failure,
    }
}
