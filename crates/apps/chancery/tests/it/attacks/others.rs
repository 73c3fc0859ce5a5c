//! Another person's order, document or certificate, by its identifier.

use super::world::{
    AUDITOR, Belongings, ELENA, JANA, NOTHING, OFFICER, OPERATOR, PIOTR, SUPERVISOR, Sandbox,
    settled,
};
use crate::support::http::{Answer, Browser, between};

/// How, the part of the path behind the identifier, and fields.
type Act = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// Everything that can be asked or done about an order, with what an owner would send.
const ORDER: &[Act] = &[
    ("GET", "", &[]),
    ("GET", "/data", &[]),
    ("GET", "/documents", &[]),
    ("GET", "/email", &[]),
    ("GET", "/activation", &[]),
    (
        "UPLOAD",
        "/data",
        &[("organization.name", "Mallory s.r.o."), ("action", "draft")],
    ),
    ("POST", "/data/submit", &[("statement", "true")]),
    (
        "POST",
        "/data/reuse",
        &[("application", NOTHING), ("action", "take")],
    ),
    ("UPLOAD", "/documents", &[]),
    ("POST", "/documents/remove", &[("document", NOTHING)]),
    ("POST", "/email", &[("email", "mallory@evil.test")]),
    ("POST", "/email/code", &[("code", "AAAA-AAAA-AAAA-AAAA")]),
    (
        "UPLOAD",
        "/activation",
        &[("csr", "x"), ("action", "check")],
    ),
    ("POST", "/activation/change", &[("csr", "x")]),
    ("POST", "/activation/issue", &[("csr", "x")]),
    ("POST", "/csr-check", &[("csr", "x")]),
];

const CERTIFICATE: &[Act] = &[
    ("GET", "", &[]),
    ("GET", "/certificate.pem", &[]),
    ("GET", "/certificate.cer", &[]),
    ("GET", "/chain.pem", &[]),
    ("GET", "/chain.p7b", &[]),
    ("GET", "/revoke", &[]),
    (
        "POST",
        "/revoke",
        &[("reason", "key-compromise"), ("confirm", "yes")],
    ),
];

fn send(browser: &mut Browser, how: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    // Mails are limited by address, and each try here is one person's.
    match how {
        "GET" => browser.get(path),
        "POST" => browser.post(path, fields),
        _ => browser.upload(
            path,
            fields,
            &[("document-other", "x.pdf", b"%PDF-1.4\n%%EOF\n")],
        ),
    }
}

/// Everything that its owner sees of what they have.
fn seen(browser: &mut Browser, has: &Belongings) -> Vec<String> {
    let mut pages: Vec<String> = vec!["/orders".into(), "/certificates".into(), "/profile".into()];
    for order in &has.orders {
        pages.extend(
            ["", "/documents", "/data", "/email"].map(|part| format!("/orders/{order}{part}")),
        );
    }
    pages.extend(
        has.certificates
            .iter()
            .map(|id| format!("/certificates/{id}")),
    );
    pages
        .iter()
        .map(|path| settled(&browser.get(path).text()))
        .collect()
}

#[test]
fn nobody_learns_of_or_changes_what_another_person_has() {
    let sandbox = Sandbox::start();
    let people = [JANA, PIOTR, ELENA];
    let mut at = 0_u8;
    for owner in people {
        let mut owns = sandbox.as_person(owner);
        let has = Belongings::of(&mut owns);
        assert!(
            !has.orders.is_empty() && !has.documents.is_empty(),
            "{owner}: {has:?}"
        );
        let before = seen(&mut owns, &has);
        for stranger in people.into_iter().filter(|name| *name != owner) {
            for (kind, ids, acts) in [
                ("orders", &has.orders, ORDER),
                ("certificates", &has.certificates, CERTIFICATE),
            ] {
                for id in ids {
                    at = at.wrapping_add(1);
                    let mut browser = sandbox.as_person(stranger).elsewhere([127, 0, 3, at]);
                    for (how, part, fields) in acts {
                        let path = format!("/{kind}/{id}{part}");
                        let answer = send(&mut browser, how, &path, fields);
                        let what = format!("{stranger}: {how} {owner}'s {path}");
                        assert_eq!(answer.status, 404, "{what}: {}", answer.text());
                        // It looks as if there were nothing.
                        let nothing = send(
                            &mut browser,
                            how,
                            &format!("/{kind}/{NOTHING}{part}"),
                            fields,
                        );
                        assert_eq!(nothing.status, 404, "{what}");
                        assert_eq!(settled(&answer.text()), settled(&nothing.text()), "{what}");
                    }
                }
            }
            let mut browser = sandbox.as_person(stranger);
            for id in &has.documents {
                let answer = browser.get(&format!("/documents/{id}"));
                assert_eq!(answer.status, 404, "{stranger}: {owner}'s document");
            }
        }
        assert!(
            seen(&mut owns, &has) == before,
            "something of {owner}'s changed"
        );
    }
}

#[test]
fn another_persons_things_are_not_reached_through_ones_own() {
    let sandbox = Sandbox::start();
    let mut jana = sandbox.as_person(JANA);
    let has = Belongings::of(&mut jana);
    let mut piotr = sandbox.as_person(PIOTR);
    let own = Belongings::of(&mut piotr);
    let before = seen(&mut jana, &has);

    // Her documents, from the page of his order.
    for order in &own.orders {
        for document in &has.documents {
            let path = format!("/orders/{order}/documents/remove");
            let answer = piotr.post(&path, &[("document", document)]);
            assert_eq!(answer.status, 404, "{}", answer.text());
        }
    }
    assert!(
        has.documents
            .iter()
            .all(|id| jana.get(&format!("/documents/{id}")).status == 200)
    );

    // Her verified data, for his order. A new order of hers offers them to her.
    let placed = jana.post("/orders", &[("product", "smime-organization-365")]);
    let page = jana.get(&format!("{}/data", placed.location())).text();
    let application = between(&page, "name=\"application\" value=\"", "\"");
    assert_eq!(application.len(), 32, "{page}");
    let placed = piotr.post("/orders", &[("product", "smime-organization-365")]);
    let path = format!("{}/data/reuse", placed.location());
    assert!(
        !piotr
            .get(&format!("{}/data", placed.location()))
            .text()
            .contains(&application)
    );
    for action in ["show", "take"] {
        let answer = piotr.post(&path, &[("application", &application), ("action", action)]);
        assert_eq!(answer.status, 404, "{}", answer.text());
        assert!(!answer.text().contains("Elektra"), "{}", answer.text());
    }
    // The list has her new order and is otherwise as it was.
    assert!(
        seen(&mut jana, &has)[3..] == before[3..],
        "something of hers changed"
    );
}

#[test]
fn staff_see_what_their_role_is_for_and_act_for_nobody() {
    let sandbox = Sandbox::start();
    let mut jana = sandbox.as_person(JANA);
    let has = Belongings::of(&mut jana);
    let before = seen(&mut jana, &has);
    for (at, (name, documents, certificates, revoking)) in (1..).zip([
        (OFFICER, true, true, true),
        (SUPERVISOR, true, true, true),
        (OPERATOR, false, true, true),
        (AUDITOR, true, true, false),
    ]) {
        let mut browser = sandbox.as_person(name).elsewhere([127, 0, 4, at]);
        for id in &has.orders {
            for (how, part, fields) in ORDER {
                let answer = send(&mut browser, how, &format!("/orders/{id}{part}"), fields);
                assert_eq!(answer.status, 403, "{name}: {how} /orders/{id}{part}");
            }
        }
        for id in &has.documents {
            let status = browser.get(&format!("/documents/{id}")).status;
            assert_eq!(
                status,
                if documents { 200 } else { 403 },
                "{name}: a document"
            );
        }
        for id in &has.certificates {
            for (how, part, _) in CERTIFICATE.iter().filter(|(how, _, _)| *how == "GET") {
                let status =
                    send(&mut browser, how, &format!("/certificates/{id}{part}"), &[]).status;
                let allowed = certificates && (revoking || *part != "/revoke");
                // What is revoked already leads back to its page.
                let expected: &[u16] = if allowed { &[200, 303] } else { &[403] };
                assert!(expected.contains(&status), "{name}: {part}: {status}");
            }
            if !revoking {
                let fields = [("reason", "key-compromise"), ("confirm", "yes")];
                let answer = browser.post(&format!("/certificates/{id}/revoke"), &fields);
                assert_eq!(answer.status, 403, "{name}");
            }
        }
    }
    assert!(
        seen(&mut jana, &has) == before,
        "something of Jana's changed"
    );
}
