use std::collections::BTreeSet;

use chancery_audit::Actor;
use chancery_ca::{CertificateState, IssueError, testing};
use chancery_keys::AwsLc;
use chancery_store::{Batch, args};
use chancery_x509::CertificateList;

use crate::support::{
    DAY, Files, NOW, person, pkilint, run, text, today, wanted, world, world_today, worlds,
};

#[tokio::test]
async fn a_certificate_is_recorded_with_everything_beside_it() {
    for world in worlds().await {
        let mut request = wanted("jana@mail-example.com", testing::request().1);
        request.holder = Some(person(1));
        request.order = Some(person(2));
        request.actor = Actor::Person {
            id: person(1),
            role: "subscriber",
            from: None,
        };
        request.also = Box::new(|issued| {
            let mut batch = Batch::new();
            batch.one(
                "insert into ceremony (id, held_at, record) values ($1, $2, $3)",
                args![issued.id, NOW, &issued.serial],
            );
            Ok(batch)
        });
        let issued = world.ca.issue(request, NOW).await.unwrap();
        let issuing = world.ca.authorities().remove(1);
        assert_eq!(issued.chain.len(), 2);
        assert_eq!(issued.chain[0], issuing.certificate);
        let key = issuing.certificate.public_key();
        assert_eq!(issued.certificate.verify_signature(key, &AwsLc), Ok(()));
        assert_eq!(issued.certificate.not_before(), NOW.as_secs());
        let end = NOW.plus(DAY * 365).as_secs() - 1;
        assert_eq!(issued.certificate.not_after(), end);

        let record = world.ca.certificate(issued.id).await.unwrap().unwrap();
        assert_eq!(record.certificate, issued.certificate);
        assert_eq!(record.serial.to_hex(), issued.serial);
        assert_eq!(record.emails, ["jana@mail-example.com"]);
        assert_eq!(record.holder, Some(person(1)));
        assert_eq!(record.order, Some(person(2)));
        assert_eq!(record.authority, "smime-g1");
        let by = format!("person:{} (subscriber)", person(1));
        assert_eq!(record.issued_by, by);
        assert_eq!(record.state(NOW), CertificateState::Valid);
        assert_eq!(record.state(record.not_after), CertificateState::Valid);
        assert_eq!(record.state(NOW.plus(DAY * 365)), CertificateState::Expired);
        let by_serial = world.ca.certificate(record.serial).await.unwrap();
        assert_eq!(by_serial, Some(record));

        let sql = "select record from ceremony where id = $1";
        let beside = world.store.rows(sql, args![issued.id]).await.unwrap();
        assert_eq!(beside[0].text(0).unwrap(), issued.serial);
        let entries =
            chancery_audit::of_object(&world.store, "certificate", &issued.serial, 10).await;
        let entries = entries.unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].action, "certificate.issue");
        let shown = format!("{entries:?}");
        assert!(!shown.contains("jana"), "personal data in the log: {shown}");
    }
}

#[tokio::test]
async fn nothing_remains_of_an_issuance_that_conflicts() {
    for world in worlds().await {
        let before = world.count("select count(*) from certificate").await;
        let terms = world.count("select count(*) from certificate_term").await;
        let mut request = wanted("jana@mail-example.com", testing::request().1);
        request.also = Box::new(|_| {
            let mut batch = Batch::new();
            batch.one("delete from ceremony where record = $1", args!["absent"]);
            Ok(batch)
        });
        let outcome = world.ca.issue(request, NOW).await;
        assert!(
            matches!(outcome, Err(IssueError::Superseded)),
            "{outcome:?}"
        );

        let mut request = wanted("jana@mail-example.com", testing::request().1);
        request.also = Box::new(|_| Err("no".into()));
        let outcome = world.ca.issue(request, NOW).await;
        assert!(matches!(outcome, Err(IssueError::Also(_))), "{outcome:?}");

        let after = world.count("select count(*) from certificate").await;
        assert_eq!(after, before);
        let after = world.count("select count(*) from certificate_term").await;
        assert_eq!(after, terms);
    }
}

#[tokio::test]
async fn sixty_four_at_once_have_serials_of_their_own() {
    for world in worlds().await {
        let before = world.count("select count(*) from certificate").await;
        let tasks: Vec<_> = (0..64)
            .map(|n| {
                let ca = world.ca.clone();
                let request = wanted(&format!("p{n}@mail-example.com"), testing::request().1);
                tokio::spawn(async move { ca.issue(request, NOW).await.unwrap() })
            })
            .collect();
        let mut serials = BTreeSet::new();
        for task in tasks {
            let issued = task.await.unwrap();
            assert!(world.ca.certificate(issued.id).await.unwrap().is_some());
            serials.insert(issued.serial);
        }
        assert_eq!(serials.len(), 64);
        let after = world.count("select count(*) from certificate").await;
        assert_eq!(after, before + 64);
    }
}

#[tokio::test]
async fn a_preview_shows_what_will_stand() {
    let world = world().await;
    let wanted = wanted("jana@mail-example.com", testing::request().1);
    let (subject, request) = (&wanted.subject, &wanted.request);
    let preview = world
        .ca
        .check(
            &wanted.profile,
            subject,
            request,
            wanted.validity,
            None,
            NOW,
        )
        .await
        .unwrap();
    assert_eq!(world.count("select count(*) from certificate").await, 8);
    assert_eq!(preview.key.to_string(), "EC P-256");
    let issued = world.ca.issue(wanted, NOW).await.unwrap();
    assert_eq!(preview.subject, *issued.certificate.subject());
    assert_eq!(preview.emails, issued.certificate.emails());
    assert_eq!(preview.not_after.as_secs(), issued.certificate.not_after());
    assert_eq!(preview.tbs.extensions, issued.certificate.extensions());
}

#[tokio::test]
async fn a_holder_may_certify_a_key_again() {
    let world = world().await;
    let (key, _) = testing::request();
    for _ in 0..2 {
        let mut request = wanted("jana@mail-example.com", testing::request_by(&key));
        request.holder = Some(person(1));
        world.ca.issue(request, NOW).await.unwrap();
    }
}

#[tokio::test]
async fn openssl_accepts_the_certificate_with_its_list() {
    let world = world_today().await;
    let issued = world.issue("jana@mail-example.com", today()).await.unwrap();
    let files = Files::new();
    let mut chain = issued.chain.clone();
    let root = files.pem("root.pem", &[chain.pop().unwrap()]);
    let chain = files.pem("chain.pem", &chain);
    let leaf = files.pem("leaf.pem", std::slice::from_ref(&issued.certificate));
    let list = world.ca.crl("smime-g1", 0).unwrap();
    let list = CertificateList::from_der(&list.der).unwrap();
    let list = files.put("list.pem", list.to_pem());
    let args = [
        "verify",
        "-x509_strict",
        "-purpose",
        "smimesign",
        "-crl_check",
        "-CRLfile",
        &list,
        "-CAfile",
        &root,
        "-untrusted",
        &chain,
        &leaf,
    ];
    let Some(output) = run("openssl", &args) else {
        return;
    };
    assert!(output.status.success(), "{}", text(&output));
}

/// With everything that the authority adds: serial number, addresses, key identifiers.
#[tokio::test]
async fn pkilint_finds_nothing() {
    let world = world_today().await;
    let issued = world.issue("jana@mail-example.com", today()).await.unwrap();
    let files = Files::new();
    let leaf = files.pem("leaf.pem", &[issued.certificate]);
    let findings = pkilint("lint_cabf_smime_cert", &["-d"], &leaf);
    assert_eq!(findings.unwrap_or_default(), [""; 0]);
    for authority in world.ca.authorities() {
        let responder = files.pem("responder.pem", authority.responder.as_slice());
        for file in [responder, files.pem("ca.pem", &[authority.certificate])] {
            let findings = pkilint("lint_pkix_cert", &[], &file);
            assert_eq!(findings.unwrap_or_default(), [""; 0], "{}", authority.slug);
        }
    }
}
