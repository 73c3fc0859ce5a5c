use chancery_store::{Id, Timestamp};

use super::*;
use crate::{DocumentKind, Products};

fn product(code: &str) -> std::sync::Arc<Product> {
    std::sync::Arc::clone(Products::built_in().unwrap().product(code).unwrap())
}

fn acme() -> ApplicationData {
    ApplicationData {
        organization: OrganizationData {
            name: "  ČEZ,  a. s. ".into(),
            country: "cz".into(),
            locality: "Praha".into(),
            number_kind: "cz-ico".into(),
            number: "452 74 649".into(),
            ..OrganizationData::default()
        },
        person: PersonData::default(),
    }
}

fn jana() -> PersonData {
    PersonData {
        given_name: "Jana".into(),
        surname: "Nova\u{301}kova\u{301}".into(),
        document_kind: "passport".into(),
        document_country: "CZ".into(),
        document_number: "39012345".into(),
        role: "accountant".into(),
    }
}

fn document(purpose: Option<&str>) -> Document {
    Document {
        id: Id::from_bytes([1; 16]),
        order: Id::from_bytes([2; 16]),
        purpose: purpose.map(ToOwned::to_owned),
        name: "extract.pdf".into(),
        kind: DocumentKind::Pdf,
        size: 1,
        added_at: Timestamp::from_secs(0),
    }
}

fn errors(data: &ApplicationData) -> Vec<(Field, Problem)> {
    check(&product("smime-organization-365"), data, &[], false)
        .map(drop)
        .unwrap_err()
        .into_iter()
        .map(|error| (error.field, error.problem))
        .collect()
}

#[test]
fn data_are_kept_in_their_written_form() {
    let checked = check(&product("smime-organization-365"), &acme(), &[], false).unwrap();
    assert_eq!(checked.data.organization.name, "ČEZ, a. s.");
    assert_eq!(checked.data.organization.country, "CZ");
    assert_eq!(checked.data.organization.number, "45274649");
    assert!(!checked.number_wrong);
}

#[test]
fn what_nobody_verifies_is_dropped() {
    let mut data = acme();
    data.person = jana();
    let checked = check(&product("smime-organization-365"), &data, &[], false).unwrap();
    assert_eq!(checked.data.person, PersonData::default());
}

#[test]
fn every_missing_field_is_told_at_once() {
    let missing = errors(&ApplicationData::default());
    let fields: Vec<Field> = missing.iter().map(|(field, _)| *field).collect();
    assert_eq!(
        fields,
        [
            Field::OrganizationName,
            Field::Country,
            Field::NumberKind,
            Field::Locality
        ]
    );
    assert!(
        missing
            .iter()
            .all(|(_, problem)| *problem == Problem::Missing)
    );
}

#[test]
fn a_wrong_check_digit_is_sent_on_only_knowingly() {
    let mut data = acme();
    data.organization.number = "45274648".into();
    assert_eq!(errors(&data), [(Field::Number, Problem::WrongCheckDigit)]);
    let checked = check(&product("smime-organization-365"), &data, &[], true).unwrap();
    assert!(checked.number_wrong);
    data.organization.number = "4527464".repeat(3);
    let told = check(&product("smime-organization-365"), &data, &[], true).unwrap_err();
    assert_eq!(told[0].problem, Problem::WrongFormat { expected: "cz-ico" });
}

#[test]
fn an_lei_is_never_certified_with_wrong_check_digits() {
    let mut data = acme();
    data.organization.number_kind = "lei".into();
    data.organization.number = "529900T8BM49AURSDO54".into();
    for knowingly in [false, true] {
        let told = check(&product("smime-organization-365"), &data, &[], knowingly).unwrap_err();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].problem, Problem::WrongCheckDigit);
    }
}

#[test]
fn a_number_is_of_the_organisations_country() {
    let mut data = acme();
    data.organization.country = "PL".into();
    let expected = |country: &str| Problem::OtherCountry {
        expected: country.into(),
    };
    assert_eq!(errors(&data), [(Field::Country, expected("CZ"))]);
    data.organization.number_kind = "euid".into();
    data.organization.number = "CZOR.45274649".into();
    assert_eq!(errors(&data), [(Field::Country, expected("CZ"))]);
    data.organization.country = "QQ".into();
    data.organization.number_kind = "other".into();
    data.organization.number = "1234".into();
    assert_eq!(errors(&data), [(Field::Country, Problem::UnknownCountry)]);
}

#[test]
fn identifiers_follow_their_schemes() {
    for (kind, country, number, identifier) in [
        (NumberKind::CzIco, "CZ", "45274649", "NTRCZ-45274649"),
        (NumberKind::PlNip, "PL", "5260250995", "VATPL-5260250995"),
        (NumberKind::PlKrs, "PL", "0000028860", "NTRPL-0000028860"),
        (NumberKind::BgEik, "BG", "831902088", "NTRBG-831902088"),
        (
            NumberKind::Lei,
            "CZ",
            "529900T8BM49AURSDO55",
            "LEIXG-529900T8BM49AURSDO55",
        ),
        (
            NumberKind::Euid,
            "DE",
            "DEK1101R.HRB116737",
            "NTRDE-DEK1101R.HRB116737",
        ),
        (NumberKind::Other, "AT", "FN 56247 t", "NTRAT-FN 56247 t"),
    ] {
        let made = super::identifier(kind, country, number).unwrap();
        assert_eq!(made.to_string(), identifier);
    }
    assert_eq!(
        super::identifier(NumberKind::PlRegon, "PL", "123456785").unwrap_err(),
        NoIdentifier::Scheme
    );
}

#[test]
fn names_that_deceive_are_refused() {
    for (name, problem) in [
        ("<b>ACME</b>", Problem::Markup),
        ("ACME\u{202e}MOC", Problem::ForbiddenCharacter),
        ("ACME\nBcc: x@y.example", Problem::ForbiddenCharacter),
        ("ACME\0", Problem::ForbiddenCharacter),
        ("12345", Problem::NoLetter),
        (&"a".repeat(65), Problem::TooLong { max: 64 }),
    ] {
        let mut data = acme();
        data.organization.name = name.into();
        assert_eq!(
            errors(&data),
            [(Field::OrganizationName, problem)],
            "{name:?}"
        );
    }
}

#[test]
fn a_person_has_a_document() {
    let individual = product("smime-individual-365");
    let attached = [document(Some("identity-document"))];
    let mut data = ApplicationData {
        person: jana(),
        ..ApplicationData::default()
    };
    let checked = check(&individual, &data, &attached, false).unwrap();
    assert_eq!(checked.data.person.surname, "Nováková", "composed");
    assert_eq!(
        checked.data.person.role, "",
        "an individual has no role here"
    );
    // Some people have a single name.
    data.person.given_name = " ".into();
    assert!(check(&individual, &data, &attached, false).is_ok());
    data.person.document_kind = "library-card".into();
    data.person.document_number = "no digits".into();
    let told = check(&individual, &data, &[], false).unwrap_err();
    assert_eq!(
        told.iter().map(|error| error.field).collect::<Vec<_>>(),
        [Field::DocumentKind, Field::DocumentNumber, Field::Documents]
    );
    let sponsor = check(&product("smime-sponsor-365"), &data, &attached, false).unwrap_err();
    assert!(sponsor.iter().all(|error| error.field != Field::Role));
}

#[test]
fn documents_are_counted_by_what_they_are_for() {
    use ExistenceProof::{Document as ByDocument, RegistrationNumber as ByNumber};

    let sponsor = product("smime-sponsor-365");
    let missing = |proof, documents: &[Document]| missing_documents(&sponsor, proof, documents);
    assert_eq!(missing(ByNumber, &[]), ["identity-document", "affiliation"]);
    assert_eq!(missing(ByDocument, &[]).len(), 3);
    assert_eq!(
        missing(ByNumber, &[document(Some("affiliation"))]),
        ["identity-document"]
    );
    // Which of them it is, the officer sees.
    assert_eq!(missing(ByNumber, &[document(None)]).len(), 1);
    assert!(missing(ByNumber, &[document(None), document(None)]).is_empty());
}
