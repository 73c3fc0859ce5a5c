use chancery_ca::Search;
use chancery_keys::{KeyAlgorithm, SoftwareKey};
use chancery_ra::{
    ActivateError, CertificateField as F, CommonName, CsrCheck, CsrProblem, Field, Notice, Problem,
    Step, certificate_field,
};
use chancery_register::Principal;
use chancery_x509::pem;

use crate::world::{NOW, World, activation, csr, days, secs, states, world, worlds};

/// The distinguished name that an order's certificate gets with these choices.
async fn subject(
    world: &World,
    who: &Principal,
    product: &str,
    name: Option<CommonName>,
    fields: &[F],
) -> String {
    let order = world.ready(who, product, NOW).await;
    let mut chosen = activation(&order, &csr());
    chosen.common_name = name;
    chosen.fields = fields.to_vec();
    let id = world
        .ra
        .activate(who, order.id, &chosen, NOW)
        .await
        .unwrap();
    let record = world.ra.certificate(who, id).await.unwrap();
    assert_eq!(record.emails, ["post@example.cz"]);
    let days = i64::from(order.product.validity_days);
    let seconds = record.certificate.not_after() - record.certificate.not_before() + 1;
    assert_eq!(seconds, days * 86_400, "the last second counts");
    record.certificate.subject().to_string()
}

#[tokio::test]
async fn each_kind_certifies_what_was_verified() {
    let world = world().await;
    let jana = world.applicant().await;
    let all = [
        F::CountryName,
        F::LocalityName,
        F::StreetAddress,
        F::PostalCode,
        F::GivenName,
    ];
    let email = subject(
        &world,
        &jana,
        "smime-mailbox-730",
        Some(CommonName::Email),
        &[],
    )
    .await;
    assert_eq!(email, "CN=post@example.cz");
    let person = subject(
        &world,
        &jana,
        "smime-individual-365",
        Some(CommonName::Person),
        &[F::GivenName],
    )
    .await;
    assert!(person.contains("CN=Jana Nováková"), "{person}");
    assert!(!person.contains("O="), "{person}");
    let sponsor = subject(
        &world,
        &jana,
        "smime-sponsor-365",
        Some(CommonName::Person),
        &all,
    )
    .await;
    for part in ["CN=Jana Nováková", "NTRCZ-45274649", "C=CZ", "L=Praha"] {
        assert!(sponsor.contains(part), "{part} in {sponsor}");
    }
    let organization = subject(&world, &jana, "smime-organization-730", None, &[]).await;
    assert!(
        organization.contains("NTRCZ-45274649"),
        "mandatory: {organization}"
    );
    assert!(!organization.contains("CN="), "{organization}");
    assert!(
        !organization.contains("L=Praha"),
        "not wanted: {organization}"
    );
}

#[tokio::test]
async fn only_what_is_offered_can_be_chosen() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ready(&jana, "smime-organization-365", NOW).await;
    let page = world.ra.activation(&jana, order.id, NOW).await.unwrap();
    let mandatory: Vec<F> = page
        .fields
        .iter()
        .filter(|choice| choice.mandatory)
        .map(|choice| choice.field)
        .collect();
    assert_eq!(mandatory, [F::OrganizationName, F::OrganizationIdentifier]);
    assert!(page.fields.iter().all(|choice| {
        !choice.value.is_empty() && certificate_field(choice.field.name()) == Some(choice.field)
    }));
    assert!(
        page.fields
            .iter()
            .all(|choice| choice.field != F::StateOrProvinceName),
        "there is no value for it"
    );
    assert_eq!(page.statements.len(), 1);
    assert_eq!(page.email_until, NOW.plus(days(30)));
    assert_eq!(page.data_until, Some(NOW.plus(days(825))));
    for (name, fields) in [
        (CommonName::Person, vec![]),
        (CommonName::Email, vec![F::Surname]),
        (CommonName::Email, vec![F::OrganizationalUnitName]),
        (CommonName::Email, vec![F::StateOrProvinceName]),
    ] {
        let mut chosen = activation(&order, &csr());
        chosen.common_name = Some(name);
        chosen.fields = fields;
        let refused = world.ra.activate(&jana, order.id, &chosen, NOW).await;
        assert!(
            matches!(&refused, Err(ActivateError::Fields(errors)) if errors[0].problem == Problem::NotOffered),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn nothing_is_issued_without_agreement() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ready(&jana, "smime-mailbox-365", NOW).await;
    let mut chosen = activation(&order, &csr());
    chosen.agreed[0].version = "2019-01".to_owned();
    let changed = world.ra.activate(&jana, order.id, &chosen, NOW).await;
    let Err(ActivateError::Fields(errors)) = changed else {
        panic!("{changed:?}");
    };
    assert_eq!(errors[0].field, Field::Statements);
    assert!(matches!(errors[0].problem, Problem::NewVersion { .. }));
    chosen.agreed.clear();
    let unsaid = world.ra.activate(&jana, order.id, &chosen, NOW).await;
    assert!(
        matches!(&unsaid, Err(ActivateError::Fields(errors)) if matches!(errors[0].problem, Problem::NotTicked { .. })),
        "{unsaid:?}"
    );
    // Looking is free.
    assert!(
        world
            .ra
            .preview(&jana, order.id, &chosen, NOW)
            .await
            .is_ok()
    );
    assert_eq!(
        world.order(&jana, &order, NOW).await.order.certificate,
        None
    );
}

fn wrong(check: CsrCheck) -> CsrProblem {
    match check {
        CsrCheck::Wrong(problem) => problem,
        CsrCheck::Correct { .. } => panic!("{check:?}"),
    }
}

#[tokio::test]
async fn a_request_is_correct_or_it_is_said_what_is_wrong_and_where() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ready(&jana, "smime-mailbox-365", NOW).await;
    let check = async |text: &str| {
        let check = world.ra.check_csr(&jana, order.id, text, NOW).await;
        check.unwrap()
    };
    let good = csr();
    let CsrCheck::Correct {
        key, bits, subject, ..
    } = check(&good).await
    else {
        panic!();
    };
    assert_eq!(bits, Some(256));
    assert!(key.contains("P-256"), "{key}");
    assert_eq!(subject, "CN=ignored");

    assert_eq!(wrong(check("").await).id, "empty");
    let broken = good.replacen('\n', "\n!", 2);
    let problem = wrong(check(&broken).await);
    assert_eq!((problem.id, problem.line), ("not-base64", Some(2)));
    let authority = &world.ca.authorities()[0].certificate;
    let certificate = pem::encode(pem::Label::Certificate, authority.as_der());
    assert_eq!(wrong(check(&certificate).await).id, "is-certificate");
    // Altered after it was signed.
    let mut der = chancery_ca::testing::request().1.as_der().to_vec();
    let last = der.len() - 1;
    der[last] ^= 1;
    let altered = pem::encode(pem::Label::CertificateRequest, &der);
    assert_eq!(wrong(check(&altered).await).id, "signature-mismatch");
    let ed25519 = SoftwareKey::generate(KeyAlgorithm::Ed25519).unwrap();
    let edwards = chancery_ca::testing::request_by(&ed25519).to_pem();
    assert_eq!(wrong(check(&edwards).await).id, "key-kind");
    // And what the check says holds when the form is sent.
    let refused = world
        .ra
        .activate(&jana, order.id, &activation(&order, &altered), NOW)
        .await;
    assert!(
        matches!(&refused, Err(ActivateError::Csr(problem)) if problem.id == "signature-mismatch"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_key_belongs_to_one_person() {
    let world = world().await;
    let jana = world.applicant().await;
    let eva = world.stranger().await;
    let csr = csr();
    let one = world.ready(&jana, "smime-mailbox-365", NOW).await;
    world
        .ra
        .activate(&jana, one.id, &activation(&one, &csr), NOW)
        .await
        .unwrap();
    let two = world.ready(&eva, "smime-mailbox-365", NOW).await;
    let check = world.ra.check_csr(&eva, two.id, &csr, NOW).await.unwrap();
    assert_eq!(wrong(check).id, "key-of-another");
    let refused = world
        .ra
        .activate(&eva, two.id, &activation(&two, &csr), NOW)
        .await;
    assert!(
        matches!(&refused, Err(ActivateError::Csr(problem)) if problem.id == "key-of-another"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_form_posted_twice_at_once_is_one_certificate() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let order = world.ready(&jana, "smime-organization-365", NOW).await;
        world.letters().await;
        let same = activation(&order, &csr());
        let other = activation(&order, &csr());
        let mut posts = tokio::task::JoinSet::new();
        for form in [&same, &same, &other, &same, &other] {
            let (ra, jana, id, form) = (world.ra.clone(), jana.clone(), order.id, form.clone());
            posts.spawn(async move { ra.activate(&jana, id, &form, NOW).await });
        }
        let mut issued = Vec::new();
        let mut told = Vec::new();
        for answer in posts.join_all().await {
            match answer {
                Ok(id) => issued.push(id),
                Err(ActivateError::AlreadyIssued { certificate }) => told.push(certificate),
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(issued.len(), 1);
        assert_eq!(told, [issued[0]; 4], "the others are led to it");
        let found = world.ca.search(&Search::default(), NOW).await.unwrap();
        let of_order = found
            .items
            .iter()
            .filter(|record| record.order == Some(order.id));
        assert_eq!(of_order.count(), 1);
        let letters = world.letters().await;
        assert!(
            matches!(&letters[..], [(_, Notice::CertificateIssued { .. })]),
            "{letters:?}"
        );
        let again = world.ra.activate(&jana, order.id, &same, NOW).await;
        assert!(
            matches!(again, Err(ActivateError::AlreadyIssued { .. })),
            "{again:?}"
        );
        let agreed = world
            .store
            .rows(
                "select 1 from ra_statements where application is null",
                vec![],
            )
            .await;
        assert_eq!(agreed.unwrap().len(), 1, "agreed once");
    }
}

#[tokio::test]
async fn the_answer_of_a_mailbox_grows_old() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ready(&jana, "smime-mailbox-365", NOW).await;
    let chosen = activation(&order, &csr());
    let end = NOW.plus(days(30));
    for refused in [
        world
            .ra
            .activate(&jana, order.id, &chosen, end)
            .await
            .map(drop),
        world
            .ra
            .preview(&jana, order.id, &chosen, end)
            .await
            .map(drop),
        world.ra.activation(&jana, order.id, end).await.map(drop),
    ] {
        assert!(
            matches!(
                refused,
                Err(ActivateError::EvidenceTooOld { step: Step::EmailVerification, ended_at })
                    if ended_at == end
            ),
            "{refused:?}"
        );
    }
    let last = end.minus(secs(1));
    assert!(
        world
            .ra
            .preview(&jana, order.id, &chosen, last)
            .await
            .is_ok()
    );
    let (token, _) = world.send(&jana, &order, "post@example.cz", end).await;
    world
        .ra
        .confirm_email_link(&token, None, end)
        .await
        .unwrap();
    assert!(
        world
            .ra
            .activate(&jana, order.id, &chosen, end)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn nothing_is_activated_before_its_time() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.submitted(&jana, "smime-individual-365", NOW).await;
    let chosen = activation(&order, &csr());
    for refused in [
        world.ra.activation(&jana, order.id, NOW).await.map(drop),
        world
            .ra
            .check_csr(&jana, order.id, &chosen.csr, NOW)
            .await
            .map(drop),
        world
            .ra
            .preview(&jana, order.id, &chosen, NOW)
            .await
            .map(drop),
        world
            .ra
            .activate(&jana, order.id, &chosen, NOW)
            .await
            .map(drop),
    ] {
        assert!(
            matches!(refused, Err(ActivateError::WrongState(_))),
            "{refused:?}"
        );
    }
    assert_eq!(
        states(&world.order(&jana, &order, NOW).await.order)[2],
        "not-available-yet"
    );
}

/// No combination of offered fields may fail at issuance: what cannot stand together is not offered apart.
#[tokio::test]
async fn every_choice_of_fields_can_be_issued() {
    let world = world().await;
    let jana = world.applicant().await;
    for product in [
        "smime-mailbox-365",
        "smime-individual-365",
        "smime-sponsor-365",
        "smime-organization-365",
    ] {
        let order = world.ready(&jana, product, NOW).await;
        let page = world.ra.activation(&jana, order.id, NOW).await.unwrap();
        let optional: Vec<F> = page
            .fields
            .iter()
            .filter(|choice| !choice.mandatory)
            .map(|choice| choice.field)
            .collect();
        let names: Vec<Option<CommonName>> = page
            .common_names
            .iter()
            .map(|name| Some(name.choice))
            .chain([None])
            .collect();
        let csr = csr();
        for choice in 0..(1_u32 << optional.len()) {
            for name in &names {
                let mut chosen = activation(&order, &csr);
                chosen.common_name = *name;
                chosen.fields = optional
                    .iter()
                    .enumerate()
                    .filter(|(position, _)| choice & (1 << position) != 0)
                    .map(|(_, field)| *field)
                    .collect();
                let preview = world.ra.preview(&jana, order.id, &chosen, NOW).await;
                let preview = preview.map(|preview| preview.subject.to_string());
                assert!(
                    preview.is_ok(),
                    "{product} {name:?} {:?}: {preview:?}",
                    chosen.fields
                );
            }
        }
    }
}
