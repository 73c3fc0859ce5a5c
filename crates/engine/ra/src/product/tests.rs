use std::collections::HashSet;

use super::*;

const TERMS: &str = r#"
[[statement]]
id = "true"
version = "1"
at = "data"
text.en = "It is true."
text.cs = "Je to pravda."

[[statement]]
id = "agreed"
version = "1"
at = "activation"
text.en = "I agree."
"#;

const PRODUCT: &str = r#"kind = "organization"
profile = "smime-organization-multipurpose"
steps = ["data-verification", "email-verification", "activation"]
statements = ["true", "agreed"]
name.en = "Organisation"
name.cs = "Organizace"
summary.en = "Summary."
policy.en = "Policy."

[[variant]]
code = "org-365"
validity_days = 365
price = "49.00 EUR"

[[document]]
id = "extract"
needed = "always"
name.en = "Extract"
hint.en = "New."
"#;

fn read(product: &str) -> Result<Products, ProductError> {
    Products::from_toml([("product.toml", product), ("terms.toml", TERMS)])
}

#[test]
fn a_product_is_read() {
    let products = read(PRODUCT).unwrap();
    let product = products.product("org-365").unwrap();
    assert_eq!(product.price.to_string(), "49.00 EUR");
    assert_eq!(product.name.text("cs"), "Organizace");
    assert_eq!(product.summary.text("cs"), "Summary.", "English stands in");
    let said: Vec<_> = product.statements_at(StatementAt::Data).collect();
    assert_eq!(said[0].reference().to_string(), "true@1");
    assert_ne!(said[0].text_hash("en"), said[0].text_hash("cs"));
    assert_eq!(products.product("org-366"), None);
}

#[test]
fn each_error_names_its_place() {
    let cases = [
        ("kind = \"organization\"", "kind = \"company\"", 1),
        ("validity_days = 365", "validity_days = 826", 12),
        ("validity_days = 365", "validity_days = 0", 12),
        ("price = \"49.00 EUR\"", "price = \"49 EUR\"", 13),
        ("price = \"49.00 EUR\"", "price = \"-1.00 EUR\"", 13),
        ("code = \"org-365\"", "code = \"Org 365\"", 11),
        ("\"true\", \"agreed\"", "\"true\", \"other\"", 4),
        ("\"true\", \"agreed\"", "\"true\"", 4),
        ("\"true\", \"agreed\"", "\"agreed\", \"agreed\"", 4),
        ("name.en = \"Organisation\"\n", "", 5),
        ("policy.en = \"Policy.\"", "policy.en = \" \"", 8),
        (
            "\"data-verification\", \"email-verification\"",
            "\"email-verification\", \"data-verification\"",
            3,
        ),
        ("\"data-verification\", ", "", 3),
        ("\"email-verification\", ", "", 3),
        (", \"activation\"]", "]", 3),
        ("hint.en = \"New.\"", "hint.en = \"New.\"\ncolour = 1", 20),
        ("needed = \"always\"", "needed = \"often\"", 17),
    ];
    for (from, to, line) in cases {
        let changed = PRODUCT.replacen(from, to, 1);
        assert_ne!(changed, PRODUCT, "{from}");
        let error = read(&changed).map(drop).expect_err(to);
        assert_eq!(error.place.file, "product.toml", "{error}");
        assert_eq!(error.place.line, line, "{to}: {error}");
    }
}

#[test]
fn a_place_counts_characters() {
    let error = read(&PRODUCT.replace("name.cs = \"Organizace\"", "name.cs = \"Žluťoučký\" x"))
        .map(drop)
        .unwrap_err();
    assert_eq!((error.place.line, error.place.column), (6, 23), "{error}");
}

#[test]
fn names_are_used_once() {
    let files = [
        ("a.toml", PRODUCT),
        ("b.toml", PRODUCT),
        ("terms.toml", TERMS),
    ];
    let error = Products::from_toml(files).map(drop).unwrap_err();
    assert_eq!(error.fault, ProductFault::Duplicate("org-365".to_owned()));
    assert_eq!(error.place.file, "b.toml");
    let twice = format!("{TERMS}{TERMS}");
    let error = Products::from_toml([("terms.toml", twice.as_str())])
        .map(drop)
        .unwrap_err();
    assert_eq!(error.fault, ProductFault::Duplicate("true".to_owned()));
}

#[test]
fn a_mailbox_product_vets_nothing() {
    let mailbox = PRODUCT.replace("\"organization\"", "\"mailbox\"");
    let error = read(&mailbox).map(drop).unwrap_err();
    assert_eq!(error.fault, ProductFault::NothingToVet);
}

#[test]
fn the_built_in_catalogue_is_whole() {
    let products = Products::built_in().unwrap();
    let codes: Vec<_> = products.iter().map(|p| p.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "smime-mailbox-365",
            "smime-mailbox-730",
            "smime-individual-365",
            "smime-individual-730",
            "smime-sponsor-365",
            "smime-sponsor-730",
            "smime-organization-365",
            "smime-organization-730",
        ]
    );
    for product in products.iter() {
        let mut texts = vec![&product.name, &product.summary, &product.policy];
        texts.extend(product.statements.iter().map(|s| &s.text));
        texts.extend(product.documents.iter().flat_map(|d| [&d.name, &d.hint]));
        for text in texts {
            let languages: HashSet<_> = text.languages().collect();
            assert_eq!(
                languages,
                HashSet::from(["en", "cs"]),
                "{}: {text:?}",
                product.code
            );
        }
        assert_eq!(
            product.has_step(Step::DataVerification),
            product.kind.has_data()
        );
        assert!(
            product.profile.contains(product.kind.id()),
            "{}",
            product.profile
        );
    }
}

#[test]
fn the_built_in_catalogue_fits_the_built_in_profiles() {
    let profiles = chancery_profile::Profiles::standard().unwrap();
    assert_eq!(
        Products::built_in().unwrap().check_profiles(&profiles),
        Ok(())
    );
    let missing = PRODUCT.replace("smime-organization-multipurpose", "smime-other");
    assert!(matches!(
        read(&missing).unwrap().check_profiles(&profiles),
        Err(ProductProfileError::Missing { .. })
    ));
    let other = PRODUCT.replace(
        "smime-organization-multipurpose",
        "smime-sponsor-multipurpose",
    );
    assert!(matches!(
        read(&other).unwrap().check_profiles(&profiles),
        Err(ProductProfileError::OtherKind {
            kind: Kind::Organization,
            ..
        })
    ));
}
