//! Profile files: what comes with the product is right, and what is wrong is named with its place.

use chancery_profile::{
    Kind, Presence, Profile, Profiles, SetError, SubjectAttribute, SubjectData, defaults,
};

fn text_of(name: &str) -> &'static str {
    defaults()
        .iter()
        .find(|(known, _)| *known == name)
        .unwrap()
        .1
}

/// Reads a standard profile after one replacement; the replaced text must be there.
fn error_after(name: &str, from: &str, to: &str) -> String {
    let text = text_of(name);
    assert!(text.contains(from), "{name} has no {from:?}");
    Profile::from_toml(name, &text.replacen(from, to, 1))
        .unwrap_err()
        .to_string()
}

fn set_error_after(name: &str, from: &str, to: &str) -> SetError {
    let text = text_of(name);
    assert!(text.contains(from), "{name} has no {from:?}");
    Profiles::with_overrides([(name, text.replacen(from, to, 1))]).unwrap_err()
}

#[test]
fn the_standard_profiles_fit_together() {
    let profiles = Profiles::standard().unwrap();
    assert_eq!(profiles.iter().count(), defaults().len());
    for profile in profiles.iter() {
        assert!(profile.default_days() <= profile.maximum_days());
        assert!(!profile.summary().is_empty());
    }
    let sponsor = profiles.get("smime-sponsor-multipurpose").unwrap();
    assert!(matches!(sponsor.kind(), Kind::Smime { .. }));
    assert_eq!(sponsor.issued_by().collect::<Vec<_>>(), ["issuing-smime"]);
    assert!(
        sponsor
            .subject_attributes()
            .contains(&(SubjectAttribute::OrganizationIdentifier, Presence::Required))
    );
}

#[test]
fn every_file_of_the_folder_comes_with_the_product() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../profiles");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert_eq!(text_of(name), std::fs::read_to_string(&path).unwrap());
    }
}

#[test]
fn an_error_names_file_line_and_column() {
    let text = text_of("smime-mailbox-multipurpose");
    let line = 1 + text
        .lines()
        .position(|line| line.starts_with("generation"))
        .unwrap();
    let error = error_after(
        "smime-mailbox-multipurpose",
        "\"multipurpose\"\n",
        "\"legacy\"\n",
    );
    assert_eq!(
        error,
        format!(
            "smime-mailbox-multipurpose.toml:{line}:14: certificates of the legacy generation must not be issued \
             since 15 July 2025 (S/MIME BR 7.1.6.1); allowed: multipurpose, strict"
        )
    );
}

#[test]
fn columns_count_characters_and_not_octets() {
    let error =
        Profile::from_toml("x", "kind = \"root\"\nsummary = \"žluťoučký\" oops\n").unwrap_err();
    assert_eq!((error.line, error.column), (2, 23));
}

#[test]
fn unknown_keys_and_values_say_what_is_allowed() {
    let error = error_after("root", "default-days", "defualt-days");
    assert!(
        error.contains("unknown field `defualt-days`, expected `default-days` or `maximum-days`"),
        "{error}"
    );
    let error = error_after("tls-server", "\"digitalSignature\"", "\"digitalSigntaure\"");
    assert!(
        error.contains("unknown variant `digitalSigntaure`, expected one of"),
        "{error}"
    );
    assert!(error.contains("`keyEncipherment`"), "{error}");
    let error = error_after("tls-server", "\"serverAuth\"", "\"sreverAuth\"");
    assert!(
        error.contains("\"sreverAuth\" is no key purpose; allowed: serverAuth"),
        "{error}"
    );
    let error = error_after(
        "smime-mailbox-multipurpose",
        "\"2.23.140.1.5.1.2\"",
        "\"mailbox\"",
    );
    assert!(
        error.contains("\"mailbox\" is no object identifier"),
        "{error}"
    );
    let error = error_after("root", "kind = \"root\"", "");
    assert!(error.contains("missing field `kind`"), "{error}");
}

#[test]
fn rules_of_each_kind_hold_at_reading() {
    for (name, from, to, expected) in [
        (
            "root",
            "summary = \"Root certification authority\"",
            "summary = \" \"",
            "`summary` is empty",
        ),
        (
            "root",
            "{ ca = true }",
            "{ ca = false }",
            "ca must be true for authorities",
        ),
        (
            "root",
            "{ ca = true }",
            "{ ca = true, path-length = 1 }",
            "a root should have no path-length",
        ),
        (
            "root",
            "minimum = 4096",
            "minimum = 3072",
            "3072 is not allowed for `rsa-bits.minimum`",
        ),
        (
            "root",
            "minimum = 4096",
            "minimum = 4100",
            "4100 bits is no size",
        ),
        (
            "root",
            "\"keyCertSign\", \"cRLSign\"",
            "\"cRLSign\"",
            "keyCertSign is missing",
        ),
        (
            "root",
            "[extensions.key-usage]",
            "extended-key-usage = [\"clientAuth\"]\n[extensions.key-usage]",
            "a root has no extended key usage",
        ),
        (
            "root",
            "{ name = \"countryName\", presence = \"required\" },",
            "",
            "countryName must be listed",
        ),
        (
            "root",
            "default-days = 7305",
            "default-days = 9133",
            "from 1 to 9132",
        ),
        (
            "issuing-smime",
            "\"clientAuth\"",
            "\"serverAuth\"",
            "never beside emailProtection",
        ),
        (
            "issuing-smime",
            "[\"emailProtection\", \"clientAuth\"]",
            "[]",
            "an issuing authority names its purposes",
        ),
        (
            "issuing-smime",
            "crl-distribution-point = true",
            "",
            "needs `crl-distribution-point`",
        ),
        (
            "ocsp-responder",
            "ocsp-no-check = true",
            "ocsp-no-check = false",
            "needs `ocsp-no-check`",
        ),
        (
            "ocsp-responder",
            "\"OCSPSigning\"",
            "\"clientAuth\"",
            "a responder signs answers and nothing else",
        ),
        (
            "ocsp-responder",
            "maximum-days = 92",
            "maximum-days = 93",
            "from 1 to 92",
        ),
        (
            "tls-server",
            "[\"dns\", \"ip\"]",
            "[\"dns\", \"email\"]",
            "a server certificate has",
        ),
        (
            "tls-server",
            "[\"digitalSignature\"]\nec",
            "[\"keyAgreement\"]\nec",
            "a key of this kind cannot do that",
        ),
        (
            "tls-server",
            "kind = \"tls-server\"",
            "kind = \"smime\"",
            "needs `smime`",
        ),
        (
            "smime-mailbox-multipurpose",
            "kind = \"smime\"",
            "kind = \"tls-server\"",
            "`smime` has no place",
        ),
        (
            "smime-mailbox-multipurpose",
            "maximum-days = 825",
            "maximum-days = 826",
            "S/MIME BR 6.3.2",
        ),
        (
            "smime-mailbox-multipurpose",
            "5.1.2\"]",
            "5.2.2\"]",
            "2.23.140.1.5.1.2 for this type",
        ),
        (
            "smime-mailbox-multipurpose",
            "5.1.2\"]",
            "5.1.2\", \"2.23.140.1.5.2.2\"]",
            "exactly one reserved",
        ),
        (
            "smime-mailbox-multipurpose",
            "\"emailProtection\", ",
            "",
            "emailProtection is missing",
        ),
        (
            "smime-mailbox-multipurpose",
            "\"clientAuth\"",
            "\"codeSigning\"",
            "never beside emailProtection",
        ),
        (
            "smime-mailbox-multipurpose",
            "generation = \"multipurpose\"",
            "generation = \"strict\"",
            "alone in the strict generation",
        ),
        (
            "smime-mailbox-multipurpose",
            "\"serialNumber\"",
            "\"givenName\"",
            "givenName must not stand in this kind of certificate (S/MIME BR 7.1.4.2.3)",
        ),
        (
            "smime-mailbox-multipurpose",
            "[\"email\"]",
            "[\"email\", \"dns\"]",
            "and nothing else",
        ),
        (
            "smime-mailbox-multipurpose",
            "\"nonRepudiation\", \"keyEnc",
            "\"cRLSign\", \"keyEnc",
            "only authorities sign",
        ),
        (
            "smime-mailbox-multipurpose",
            "rsa = [\"digitalSignature\", \"nonRepudiation\", ",
            "rsa = [",
            "`key-usage.rsa` holds no usage for the key purpose clientAuth",
        ),
        (
            "smime-mailbox-multipurpose",
            "rsa = [\"digitalSignature\"",
            "#",
            "`key-usage.rsa`",
        ),
        (
            "smime-sponsor-multipurpose",
            "\"organizationIdentifier\", presence = \"required\"",
            "\"organizationIdentifier\", presence = \"optional\"",
            "organizationIdentifier must be listed",
        ),
        (
            "smime-sponsor-multipurpose",
            "{ name = \"surname\", presence = \"required\" },",
            "",
            "surname must be listed",
        ),
        (
            "smime-sponsor-multipurpose",
            "\"surname\"",
            "\"countryName\"",
            "\"countryName\" stands twice",
        ),
        (
            "smime-individual-multipurpose",
            "issued-by = [\"issuing-smime\"]",
            "issued-by = []",
            "`issued-by` is empty",
        ),
    ] {
        let error = error_after(name, from, to);
        assert!(
            error.contains(expected),
            "{name}: {from:?} -> {to:?}: {error}"
        );
    }
}

#[test]
fn a_set_that_does_not_fit_together_is_refused() {
    let error = set_error_after(
        "tls-server",
        "issued-by = [\"issuing-tls\"]",
        "issued-by = [\"issuing\"]",
    );
    assert!(error.to_string().contains("there is no profile \"issuing\" to issue this one; there are: issuing-device, issuing-smime, issuing-tls, root"), "{error}");
    let error = set_error_after(
        "tls-server",
        "issued-by = [\"issuing-tls\"]",
        "issued-by = [\"tls-server\"]",
    );
    assert!(
        error.to_string().contains("cannot issue certificates"),
        "{error}"
    );
    let error = set_error_after(
        "tls-server",
        "issued-by = [\"issuing-tls\"]",
        "issued-by = [\"issuing-smime\"]",
    );
    assert!(error.to_string().contains("carry the key purpose serverAuth, which authorities of profile \"issuing-smime\" do not"), "{error}");
    let error = set_error_after(
        "issuing-smime",
        "  \"2.23.140.1.5.3.2\", # sponsor-validated, multipurpose\n",
        "",
    );
    assert!(
        error
            .to_string()
            .contains("carry the policy 2.23.140.1.5.3.2"),
        "{error}"
    );
    let root = text_of("root").replace("path", "p");
    let error = Profiles::with_overrides([("tls-server", root)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "profile \"tls-server\" must be of kind \"tls-server\", it is \"root\""
    );
    let error = Profiles::new([]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "profile \"root\" is missing; the authority cannot work without it"
    );
    let twice = [0, 1].map(|_| Profile::from_toml("root", text_of("root")).unwrap());
    assert_eq!(
        Profiles::new(twice).unwrap_err().to_string(),
        "profile \"root\" is given twice"
    );
}

#[test]
fn further_profiles_may_be_added() {
    let strict = text_of("smime-mailbox-multipurpose")
        .replace("generation = \"multipurpose\"", "generation = \"strict\"")
        .replace("\"emailProtection\", \"clientAuth\"", "\"emailProtection\"")
        .replace("2.23.140.1.5.1.2", "2.23.140.1.5.1.3");
    let profiles = Profiles::with_overrides([("smime-mailbox-strict", strict)]).unwrap();
    assert!(profiles.get("smime-mailbox-strict").is_some());
}

#[test]
fn common_names_are_offered_as_the_rules_allow() {
    let profiles = Profiles::standard().unwrap();
    let subject = SubjectData {
        given_name: Some("Jana".to_owned()),
        surname: Some("Nováková".to_owned()),
        organization: Some("Mlýn s.r.o.".to_owned()),
        emails: vec!["jana@mlyn-demo.cz".to_owned()],
        ..SubjectData::default()
    };
    let choices = |name| profiles.get(name).unwrap().common_name_choices(&subject);
    assert_eq!(choices("smime-mailbox-multipurpose"), ["jana@mlyn-demo.cz"]);
    assert_eq!(
        choices("smime-organization-multipurpose"),
        ["Mlýn s.r.o.", "jana@mlyn-demo.cz"]
    );
    assert_eq!(
        choices("smime-sponsor-multipurpose"),
        ["Jana Nováková", "jana@mlyn-demo.cz"]
    );
}

#[test]
fn no_text_makes_the_reader_panic() {
    use proptest::prelude::*;

    let all: Vec<&str> = defaults().iter().map(|(_, text)| *text).collect();
    let change = (
        any::<prop::sample::Index>(),
        prop_oneof!["[\\[\\]{}=\"#,.0-9a-z-]", ".{0,12}"],
    );
    proptest!(ProptestConfig::with_cases(512), |(which in 0..all.len(), changes in prop::collection::vec(change, 1..4))| {
        let mut characters: Vec<char> = all[which].chars().collect();
        for (index, text) in &changes {
            let at = index.index(characters.len());
            characters.splice(at..=at, text.chars());
        }
        let text: String = characters.into_iter().collect();
        if let Err(error) = Profile::from_toml("changed", &text) {
            prop_assert!(error.line >= 1 && error.line <= text.lines().count() + 1);
            prop_assert!(error.column >= 1);
        }
    });
}
