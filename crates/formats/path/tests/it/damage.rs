//! Nothing that is signed can be changed unseen.

use chancery_keys::AwsLc;
use chancery_path::{PathCertificate, Settings, Store, validate};
use chancery_x509::Certificate;

use crate::revocation::List;
use crate::support::{Holder, NOW, Spec};

/// A chain with its lists, all DER.
struct Chain {
    root: Holder,
    parts: [Vec<u8>; 4],
}

impl Chain {
    fn new() -> Self {
        let root = Spec::authority("Root").by_itself();
        let authority = Spec::authority("CA").serial(&[9]).by(&root);
        let leaf = Spec::leaf("x").by(&authority);
        let lists = [
            List::new(&root).by(&root),
            List::new(&authority).by(&authority),
        ];
        let [upper, lower] = lists;
        Self {
            root,
            parts: [leaf.der, authority.der, upper, lower],
        }
    }

    fn is_valid(&self, [leaf, authority, upper, lower]: &[Vec<u8>; 4]) -> bool {
        let mut store = Store::new();
        store.add_anchor(self.root.anchor());
        // What cannot be read is passed over.
        let _ = store.add_certificate_der(authority);
        let _ = store.add_list_der(upper);
        let _ = store.add_list_der(lower);
        Certificate::from_der(leaf).is_ok_and(|leaf| {
            let leaf = PathCertificate::new(leaf);
            validate(&leaf, &store, &Settings::at(NOW), &AwsLc).is_ok()
        })
    }
}

#[test]
fn no_octet_can_be_changed_unseen() {
    let chain = Chain::new();
    assert!(chain.is_valid(&chain.parts));
    for part in 0..chain.parts.len() {
        for at in 0..chain.parts[part].len() {
            let mut parts = chain.parts.clone();
            parts[part][at] ^= 1 << (at % 8);
            assert!(!chain.is_valid(&parts), "octet {at} of part {part}");
        }
    }
}

#[test]
fn nothing_can_be_cut_short_unseen() {
    let chain = Chain::new();
    for part in 0..chain.parts.len() {
        for length in 0..chain.parts[part].len() {
            let mut parts = chain.parts.clone();
            parts[part].truncate(length);
            assert!(!chain.is_valid(&parts), "{length} octets of part {part}");
        }
    }
}
