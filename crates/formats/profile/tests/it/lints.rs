//! Every lint passes good certificates and finds what it is there for.

mod cases;

use std::collections::BTreeMap;

use chancery_keys::KeyAlgorithm;
use chancery_profile::{Prepared, Severity, SubjectData, lints};

use crate::support::{self, Authority, Hierarchy, findings, listing};
use crate::tree::Tbs;

/// The good certificates that the cases bend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Base {
    Root,
    IssuingSmime,
    IssuingTls,
    IssuingDevice,
    Responder,
    Server,
    Device,
    Mailbox,
    Organization,
    Sponsor,
    Individual,
    /// As `Sponsor`, with an RSA key.
    SponsorRsa,
    /// An authority below one that allows none below it.
    BelowIssuing,
    /// A mailbox below a mailbox.
    BelowMailbox,
}

/// A lint, the certificate it is shown, and how that is bent.
pub struct Case {
    lint: &'static str,
    base: Base,
    bend: fn(&mut Tbs),
}

impl Base {
    const GOOD: [Self; 12] = [
        Self::Root,
        Self::IssuingSmime,
        Self::IssuingTls,
        Self::Responder,
        Self::IssuingDevice,
        Self::Server,
        Self::Device,
        Self::Mailbox,
        Self::Organization,
        Self::Sponsor,
        Self::Individual,
        Self::SponsorRsa,
    ];

    fn prepare(self, hierarchy: &Hierarchy) -> Prepared {
        let (profile, subject): (_, SubjectData) = match self {
            Self::Root => ("root", support::authority_subject("Chancery Demo Root")),
            Self::IssuingSmime => (
                "issuing-smime",
                support::authority_subject("Chancery Demo S/MIME"),
            ),
            Self::IssuingTls | Self::BelowIssuing => (
                "issuing-tls",
                support::authority_subject("Chancery Demo TLS"),
            ),
            Self::Responder => (
                "ocsp-responder",
                support::authority_subject("Chancery Demo OCSP"),
            ),
            Self::IssuingDevice => (
                "issuing-device",
                support::authority_subject("Chancery Demo Devices"),
            ),
            Self::Server => ("tls-server", support::server()),
            Self::Device => ("device", support::device()),
            Self::Mailbox | Self::BelowMailbox => {
                ("smime-mailbox-multipurpose", support::mailbox())
            }
            Self::Organization => ("smime-organization-multipurpose", support::organization()),
            Self::Sponsor | Self::SponsorRsa => ("smime-sponsor-multipurpose", support::sponsor()),
            Self::Individual => ("smime-individual-multipurpose", support::individual()),
        };
        let public_key = match self {
            Self::Root => support::public(&hierarchy.root.key),
            Self::SponsorRsa => support::public(&support::key(KeyAlgorithm::Rsa2048)),
            _ => support::public(&support::key(KeyAlgorithm::EcP256)),
        };
        match self {
            Self::BelowIssuing => {
                hierarchy.prepare_below(&hierarchy.smime, profile, &subject, &public_key)
            }
            Self::BelowMailbox => {
                let mailbox = Self::Mailbox.prepare(hierarchy);
                let certificate = support::sign(support::clean(mailbox), &hierarchy.smime.key);
                let key = support::key(KeyAlgorithm::EcP256);
                let above = Authority {
                    key,
                    certificate,
                    slug: "mailbox",
                };
                hierarchy.prepare_below(&above, profile, &subject, &public_key)
            }
            _ => hierarchy.prepare(profile, &subject, &public_key),
        }
        .unwrap()
    }
}

fn bases() -> BTreeMap<Base, Prepared> {
    let hierarchy = Hierarchy::new(KeyAlgorithm::EcP256);
    Base::GOOD
        .into_iter()
        .map(|base| (base, base.prepare(&hierarchy)))
        .collect()
}

#[test]
fn good_certificates_pass_every_lint() {
    for (base, prepared) in bases() {
        let findings = findings(prepared);
        assert!(findings.is_empty(), "{base:?}:\n{}", listing(&findings));
    }
}

#[test]
fn every_lint_finds_what_it_is_there_for() {
    let hierarchy = Hierarchy::new(KeyAlgorithm::EcP256);
    let mut bases = bases();
    for base in [Base::BelowIssuing, Base::BelowMailbox] {
        bases.insert(base, base.prepare(&hierarchy));
    }
    let mut wrong = Vec::new();
    for case in cases::all() {
        let prepared = bases[&case.base].clone();
        let mut tbs = Tbs::parse(prepared.tbs_der());
        assert_eq!(
            tbs.0.to_der(),
            prepared.tbs_der(),
            "the tree writes what it read"
        );
        (case.bend)(&mut tbs);
        let findings = findings(prepared.with_tbs_der(tbs.0.to_der()));
        if !findings.iter().any(|finding| finding.lint == case.lint) {
            wrong.push(format!(
                "{} on {:?}:\n{}",
                case.lint,
                case.base,
                listing(&findings)
            ));
        }
    }
    assert!(wrong.is_empty(), "not found:\n{}", wrong.join("\n\n"));
}

#[test]
fn every_lint_has_a_case_and_every_case_a_lint() {
    let cases: Vec<&str> = cases::all().iter().map(|case| case.lint).collect();
    let missing: Vec<&str> = lints()
        .map(|lint| lint.name)
        .filter(|name| !cases.contains(name))
        .collect();
    assert!(missing.is_empty(), "no failing certificate for {missing:?}");
    let unknown: Vec<&&str> = cases
        .iter()
        .filter(|name| !lints().any(|lint| lint.name == **name) && **name != "readable")
        .collect();
    assert!(unknown.is_empty(), "no lint called {unknown:?}");
}

#[test]
fn names_are_unique_and_clauses_are_named() {
    let names: std::collections::HashSet<_> = lints().map(|lint| lint.name).collect();
    assert_eq!(names.len(), lints().count());
    for lint in lints() {
        let known = ["RFC ", "S/MIME BR ", "Profile, ", "Unicode "];
        assert!(
            known.iter().any(|start| lint.clause.starts_with(start)),
            "{}",
            lint.name
        );
    }
}

#[test]
fn an_error_refuses_and_a_warning_stays_with_the_token() {
    let bases = bases();
    let bent = |base: Base, bend: fn(&mut Tbs)| {
        let prepared = bases[&base].clone();
        let mut tbs = Tbs::parse(prepared.tbs_der());
        bend(&mut tbs);
        chancery_profile::lint(prepared.with_tbs_der(tbs.0.to_der()), &chancery_keys::AwsLc)
    };
    let refused = bent(Base::Mailbox, |tbs| tbs.version().content = vec![0]).unwrap_err();
    assert!(
        refused
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    );
    let linted = bent(Base::Mailbox, |tbs| tbs.set_critical("2.5.29.17", true)).unwrap();
    assert_eq!(linted.warnings()[0].lint, "alternative_name_not_critical");
    assert_eq!(linted.warnings()[0].severity, Severity::Warning);
}

#[test]
fn whatever_the_octets_are_nothing_panics_and_nothing_passes() {
    use proptest::prelude::*;

    let prepared = bases().remove(&Base::Sponsor).unwrap();
    let original = prepared.tbs_der().to_vec();
    let octets = (any::<prop::sample::Index>(), any::<u8>());
    proptest!(ProptestConfig::with_cases(512), |(changes in prop::collection::vec(octets, 1..4))| {
        let mut der = original.clone();
        for (index, octet) in &changes {
            let at = index.index(der.len());
            der[at] = *octet;
        }
        // Bytes that cannot be read as a certificate must never come out as a token.
        if let Ok(linted) = chancery_profile::lint(prepared.clone().with_tbs_der(der), &chancery_keys::AwsLc) {
            prop_assert!(chancery_x509::TbsCertificate::from_der(linted.tbs_der()).is_ok());
        }
    });
}
