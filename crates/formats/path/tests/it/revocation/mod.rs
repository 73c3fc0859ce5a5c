//! Revocation, where NIST's suite does not look.

mod lists;
mod newest;
mod ocsp;

use chancery_keys::Signer;
use chancery_path::{FailureKind, Settings, Unknown};
use chancery_x509::asn1::{self, tag, tlv};
use chancery_x509::crl::CrlNumber;
use chancery_x509::extension::{self, ExtensionValue};
use chancery_x509::{Extension, oid, time};

use crate::support::{DAY, Holder, NOW, Spec, World, key_id};

/// What a list shall say; nothing is checked.
#[derive(Clone)]
pub struct List {
    pub issuer: Vec<u8>,
    pub this_update: i64,
    pub next_update: Option<i64>,
    pub entries: Vec<Vec<u8>>,
    pub extensions: Vec<Extension>,
}

pub fn entry(serial: &[u8], extensions: &[Extension]) -> Vec<u8> {
    let extensions: Vec<_> = extensions.iter().map(Extension::to_der).collect();
    let extensions = if extensions.is_empty() {
        Vec::new()
    } else {
        asn1::sequence_of(&extensions)
    };
    asn1::sequence(&[
        &tlv(tag::INTEGER, serial),
        &time::encode(NOW - DAY).unwrap(),
        &extensions,
    ])
}

pub fn reason(code: u8) -> Extension {
    Extension {
        oid: oid::CRL_REASON,
        critical: false,
        value: tlv(tag::ENUMERATED, &[code]),
    }
}

/// The serial number that `Spec::leaf` gives.
pub const SERIAL: [u8; 8] = [1, 2, 3, 4, 5, 6, 7, 8];

impl List {
    pub fn new(issuer: &Holder) -> Self {
        Self {
            issuer: issuer.name.clone(),
            this_update: NOW - DAY,
            next_update: Some(NOW + DAY),
            entries: Vec::new(),
            extensions: vec![
                extension::authority_key_identifier(&key_id(&issuer.key)),
                CrlNumber(5).to_extension(false),
            ],
        }
    }

    pub fn with(mut self, extension: Extension) -> Self {
        self.extensions.retain(|one| one.oid != extension.oid);
        self.extensions.push(extension);
        self
    }

    pub fn entry(mut self, serial: &[u8], extensions: &[Extension]) -> Self {
        self.entries.push(entry(serial, extensions));
        self
    }

    pub fn by(&self, signer: &Holder) -> Vec<u8> {
        let revoked = if self.entries.is_empty() {
            Vec::new()
        } else {
            asn1::sequence_of(&self.entries)
        };
        let extensions: Vec<_> = self.extensions.iter().map(Extension::to_der).collect();
        let algorithm = signer.key.algorithm().to_der();
        let next = self.next_update.map(|at| time::encode(at).unwrap());
        let tbs = asn1::sequence(&[
            &asn1::integer_u64(1),
            &algorithm,
            &self.issuer,
            &time::encode(self.this_update).unwrap(),
            &next.unwrap_or_default(),
            &revoked,
            &asn1::explicit(0, &asn1::sequence_of(&extensions)),
        ]);
        let signature = signer.key.sign(&tbs).unwrap();
        asn1::sequence(&[&tbs, &algorithm, &asn1::bit_string(&signature)])
    }
}

/// A root that issued `leaf`, with these lists and responses.
pub struct Case {
    pub root: Holder,
    pub leaf: Holder,
}

impl Case {
    pub fn new(leaf: &Spec) -> Self {
        let root = Spec::authority("Root").by_itself();
        let leaf = leaf.by(&root);
        Self { root, leaf }
    }

    pub fn ask(
        &self,
        certificates: &[&Holder],
        lists: &[Vec<u8>],
        answers: &[Vec<u8>],
    ) -> Option<FailureKind> {
        let mut world = World::new(&self.root, certificates);
        world.settings = Settings::at(NOW);
        for list in lists {
            world.store.add_list_der(list).unwrap();
        }
        for answer in answers {
            world.store.add_answer_der(answer).unwrap();
        }
        world.reason(&self.leaf)
    }

    pub fn by_list(&self, list: &List) -> Option<FailureKind> {
        self.ask(&[], &[list.by(&self.root)], &[])
    }
}

pub fn unknown(kind: Option<FailureKind>) -> Unknown {
    match kind {
        Some(FailureKind::RevocationUnknown(unknown)) => unknown,
        other => panic!("{other:?}"),
    }
}
