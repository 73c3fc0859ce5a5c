//! The same chains before OpenSSL: `openssl verify -x509_strict` must say what we say.

use std::process::Command;

use chancery_x509::asn1;
use chancery_x509::extension::{
    self, ExtensionValue, GeneralName, GeneralSubtree, KeyUsage, NameConstraints, SubjectAltName,
};
use chancery_x509::{Extension, oid, pem};

use crate::support::{DAY, Holder, NOW, Spec, World};

fn unknown() -> Extension {
    Extension {
        oid: "1.3.6.1.4.1.55555.1".parse().unwrap(),
        critical: true,
        value: asn1::null(),
    }
}

fn constraints(permitted: Option<GeneralName>, excluded: Option<GeneralName>) -> Extension {
    let subtree = |name: Option<GeneralName>| name.into_iter().map(GeneralSubtree::new).collect();
    NameConstraints {
        permitted: subtree(permitted),
        excluded: subtree(excluded),
    }
    .to_extension(true)
}

fn named(name: GeneralName) -> Spec {
    Spec::leaf("x").with(SubjectAltName(vec![name]).to_extension(false))
}

fn dns(name: &str) -> GeneralName {
    GeneralName::Dns(name.to_owned())
}

fn email(name: &str) -> GeneralName {
    GeneralName::Rfc822(name.to_owned())
}

fn shifted(mut spec: Spec, by: i64) -> Spec {
    spec.not_before += by;
    spec.not_after += by;
    spec
}

fn authorities() -> Vec<(&'static str, Spec)> {
    let plain = || Spec::authority("CA");
    let bare = || plain().without(oid::KEY_USAGE);
    vec![
        ("plain", plain()),
        (
            "without basicConstraints",
            bare().without(oid::BASIC_CONSTRAINTS),
        ),
        (
            "no authority",
            bare().with(extension::basic_constraints(false, None)),
        ),
        (
            "path length 0",
            plain().with(extension::basic_constraints(true, Some(0))),
        ),
        (
            "without keyCertSign",
            plain().with(extension::key_usage(KeyUsage::CRL_SIGN)),
        ),
        ("expired", shifted(plain(), -3 * DAY)),
        ("unknown critical extension", plain().with(unknown())),
        (
            "permits a domain",
            plain().with(constraints(Some(dns("example.com")), None)),
        ),
        (
            "excludes a domain",
            plain().with(constraints(None, Some(dns("example.com")))),
        ),
        (
            "permits mail",
            plain().with(constraints(Some(email("example.com")), None)),
        ),
        (
            "permits a network",
            plain().with(constraints(
                Some(GeneralName::Ip(vec![192, 0, 2, 0, 255, 255, 255, 0])),
                None,
            )),
        ),
    ]
}

fn leaves() -> Vec<(&'static str, Spec)> {
    vec![
        ("plain", Spec::leaf("x")),
        ("within the domain", named(dns("www.example.com"))),
        ("outside the domain", named(dns("example.test"))),
        ("wildcard within", named(dns("*.example.com"))),
        ("mail within", named(email("a@example.com"))),
        ("mail outside", named(email("a@mail.example.com"))),
        ("address within", named(GeneralName::Ip(vec![192, 0, 2, 1]))),
        (
            "address outside",
            named(GeneralName::Ip(vec![192, 0, 3, 1])),
        ),
        ("expired", shifted(Spec::leaf("x"), -3 * DAY)),
        ("not yet valid", shifted(Spec::leaf("x"), 3 * DAY)),
        (
            "unknown critical extension",
            Spec::leaf("x").with(unknown()),
        ),
    ]
}

struct Judge {
    folder: tempfile::TempDir,
}

impl Judge {
    fn write(&self, name: &str, holder: &Holder) {
        let text = pem::encode(pem::Label::Certificate, &holder.der);
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    fn accepts(&self) -> (bool, String) {
        let at = NOW.to_string();
        let output = Command::new("openssl")
            .current_dir(self.folder.path())
            .args([
                "verify",
                "-x509_strict",
                "-no-CAstore",
                "-no-CApath",
                "-attime",
                &at,
            ])
            .args(["-CAfile", "root.pem", "-untrusted", "ca.pem", "leaf.pem"])
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), told)
    }
}

#[test]
fn openssl_says_the_same() {
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("skipped: the openssl command is not installed");
        return;
    }
    let judge = Judge {
        folder: tempfile::tempdir().unwrap(),
    };
    let root = Spec::authority("Root").by_itself();
    judge.write("root.pem", &root);
    let stranger = Spec::authority("CA").by_itself();
    let mut differences = Vec::new();
    let mut accepted = 0;
    for (what, authority) in authorities() {
        let authority = authority.by(&root);
        judge.write("ca.pem", &authority);
        let world = World::new(&root, &[&authority]);
        let mut leaves: Vec<_> = leaves()
            .into_iter()
            .map(|(name, leaf)| (name, leaf.by(&authority)))
            .collect();
        leaves.push(("signed by a stranger", Spec::leaf("x").by(&stranger)));
        for (name, leaf) in leaves {
            judge.write("leaf.pem", &leaf);
            let ours = world.reason(&leaf);
            let (theirs, told) = judge.accepts();
            accepted += u32::from(theirs);
            if ours.is_none() != theirs {
                differences.push(format!(
                    "authority {what}, leaf {name}: {ours:?}; openssl: {theirs} {told}"
                ));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    // Both verdicts occur, or the comparison says nothing.
    assert!((20..110).contains(&accepted), "{accepted}");
}
