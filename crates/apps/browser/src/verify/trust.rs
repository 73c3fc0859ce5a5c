//! Whose signature it is: paths to the trust anchors that the page knows.

use chancery_path::{
    Conformance, Failure, Limits, PathCertificate, Purpose, Revocation, Settings, Store,
    TrustAnchor, validate,
};
use chancery_x509::Certificate;
use serde_json::{Value, json};

use crate::certificate::called;
use crate::operation::Given;
use crate::provider::CRYPTO;
use crate::{Refusal, refusal};

/// Most paths that are looked for, all signers and time-stamps of a message together.
const MAX_PATHS: u32 = 16;

pub(super) struct Trust {
    at: i64,
    anchors: Vec<TrustAnchor>,
    certificates: Vec<Certificate>,
    paths: u32,
}

impl Trust {
    /// Takes the anchors, and whatever is left as certificates that may be missing in a message.
    pub fn new(at: i64, anchors: usize, mut given: Given) -> Result<Self, Refusal> {
        let anchors = (0..anchors)
            .map(|_| {
                let der = given.next()?;
                TrustAnchor::from_der(&der).map_err(|error| Refusal::certificate(&error))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            at,
            anchors,
            certificates: given.certificates()?,
            paths: 0,
        })
    }

    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// What the path of a certificate is like, now or at another time.
    pub fn path(
        &mut self,
        leaf: &Certificate,
        enclosed: &[Certificate],
        purpose: Purpose,
        at: Option<i64>,
    ) -> Value {
        let at = at.unwrap_or(self.at);
        self.paths = self.paths.saturating_add(1);
        if self.paths > MAX_PATHS {
            return json!({ "valid": false, "finding": "budget", "at": at, "failures": [] });
        }
        let mut store = Store::new();
        for anchor in &self.anchors {
            store.add_anchor(anchor.clone());
        }
        for certificate in enclosed.iter().chain(&self.certificates) {
            store.add_certificate(PathCertificate::new(certificate.clone()));
        }
        let settings = Settings {
            purpose,
            revocation: Revocation::Off,
            // Whether an authority keeps every rule for certificates is not what a reader of mail asks.
            conformance: Conformance::Algorithm,
            limits: Limits {
                signatures: 64,
                steps: 2_000,
                paths: 32,
                ..Limits::default()
            },
            ..Settings::at(at)
        };
        match validate(
            &PathCertificate::new(leaf.clone()),
            &store,
            &settings,
            &CRYPTO,
        ) {
            Ok(path) => {
                let certificates = path.certificates().iter();
                let names = certificates.map(|one| called(one.certificate().subject()));
                json!({
                    "valid": true,
                    "at": at,
                    "path": names.collect::<Vec<_>>(),
                    "anchor": called(path.anchor().subject()),
                })
            }
            Err(problem) => {
                let failures = problem.failures();
                json!({
                    "valid": false,
                    "at": at,
                    "finding": failures.first().map(|failure| failure.finding().name()),
                    "failures": failures.iter().map(words).collect::<Vec<_>>(),
                })
            }
        }
    }
}

fn words(failure: &Failure) -> Value {
    json!({
        "finding": failure.finding().name(),
        "certificate": failure.place.as_ref().map(|place| &place.subject),
        "detail": refusal::chain(&failure.kind),
        "clause": failure.clause(),
    })
}
