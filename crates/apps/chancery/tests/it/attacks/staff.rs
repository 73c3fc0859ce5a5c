//! Staff against the rules for staff: one's own application, decisions out of turn.

use super::world::{Belongings, JANA, OFFICER, PASSWORD, SUPERVISOR, Sandbox, enrol, settled};
use crate::support::http::{Browser, between};

const ORGANIZATION: &[(&str, &str)] = &[
    ("organization.name", "Malá Energetika s.r.o."),
    ("organization.country", "CZ"),
    ("organization.street", "Na Příkladě 5"),
    ("organization.postal_code", "602 00"),
    ("organization.locality", "Brno"),
    ("organization.number_kind", "cz-ico"),
    ("organization.number", "99999994"),
    ("organization.proof", "registration-number"),
];

/// Applies for a certificate of an organisation; gives the order's identifier.
fn apply(browser: &mut Browser) -> String {
    let placed = browser.post("/orders", &[("product", "smime-organization-365")]);
    let order = placed.location().to_owned();
    let summary = browser.upload(&format!("{order}/data"), ORGANIZATION, &[]);
    assert_eq!(summary.status, 200, "{}", summary.text());
    let text = summary.text();
    let statements: Vec<(&str, &str)> = text
        .split("name=\"statement\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|value| ("statement", value))
        .collect();
    let sent = browser.post(&format!("{order}/data/submit"), &statements);
    assert_eq!(sent.status, 303, "{}", sent.text());
    order.trim_start_matches("/orders/").to_owned()
}

fn decide(browser: &mut Browser, order: &str, decision: &str) -> u16 {
    let page = browser.get(&format!("/desk/orders/{order}")).text();
    let shown = between(&page, "name=\"version\" value=\"", "\"");
    // Whoever is shown no form guesses.
    let versions: Vec<String> = if shown.is_empty() {
        (0..8).map(|version| version.to_string()).collect()
    } else {
        vec![shown]
    };
    let mut status = 0;
    for version in versions {
        let fields = [
            ("decision", decision),
            ("reason", "Because."),
            ("version", version.as_str()),
        ];
        status = browser
            .post(&format!("/desk/orders/{order}/decision"), &fields)
            .status;
    }
    status
}

#[test]
fn nobody_decides_on_their_own_application() {
    let sandbox = Sandbox::start();
    let email = "karel@novy.test";
    let mut karel = sandbox.subscriber("Karel Nový", email);
    let order = apply(&mut karel);
    let link = sandbox.invite("ra-officer", email);
    // The invitation of somebody who has an account wants their password, not a new one.
    let wrong = sandbox
        .browser()
        .post(&link, &[("password", "jiny-velbloud-pod-okapem-8")]);
    assert_eq!(wrong.status, 422, "{}", wrong.text());
    let mut karel = sandbox.browser();
    assert_eq!(
        karel.post(&link, &[("password", PASSWORD)]).location(),
        "/login/totp/enrol"
    );
    enrol(&mut karel);

    let page = karel.get(&format!("/desk/orders/{order}"));
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(
        !page.text().contains("value=\"verify\""),
        "no buttons for one's own"
    );
    for decision in ["verify", "reject"] {
        decide(&mut karel, &order, decision);
        let shown = karel.get(&format!("/orders/{order}/email"));
        assert_eq!(shown.status, 303, "the next step was opened by {decision}");
    }
    // Somebody else's decision is one, or this would prove nothing.
    let mut officer = sandbox.as_person(OFFICER);
    assert_eq!(decide(&mut officer, &order, "verify"), 303);
    assert_eq!(karel.get(&format!("/orders/{order}/email")).status, 200);
}

#[test]
fn a_decision_is_made_once_on_what_was_seen() {
    let sandbox = Sandbox::start();
    let mut jana = sandbox.as_person(JANA);
    let mut officer = sandbox.as_person(OFFICER);
    let mut supervisor = sandbox.as_person(SUPERVISOR);
    let orders = Belongings::of(&mut jana).orders;
    let order = orders
        .iter()
        .find(|id| {
            officer
                .get(&format!("/desk/orders/{id}"))
                .text()
                .contains("value=\"verify\"")
        })
        .unwrap();
    let path = format!("/desk/orders/{order}/decision");
    let page = officer.get(&format!("/desk/orders/{order}")).text();
    let version = between(&page, "name=\"version\" value=\"", "\"");
    let stale = (version.parse::<i64>().unwrap() - 1).to_string();
    for (decision, version, status) in [
        ("", version.as_str(), 400),
        ("approve", &version, 400),
        ("verify", "", 400),
        ("verify", "-1", 422),
        ("verify", "99999999999999999999", 400),
        ("verify", &stale, 422),
        ("reject", &version, 422),
    ] {
        let answer = officer.post(
            &path,
            &[("decision", decision), ("version", version), ("reason", "")],
        );
        assert_eq!(
            answer.status,
            status,
            "{decision:?} on {version:?}: {}",
            answer.text()
        );
    }
    assert!(
        officer
            .get(&format!("/desk/orders/{order}"))
            .text()
            .contains("value=\"verify\"")
    );
    let verify = [("decision", "verify"), ("version", version.as_str())];
    assert_eq!(officer.post(&path, &verify).status, 303);
    let decided = settled(&jana.get(&format!("/orders/{order}")).text());
    let reject = [
        ("decision", "reject"),
        ("version", version.as_str()),
        ("reason", "No."),
    ];
    supervisor.post(&path, &reject);
    officer.post(&path, &verify);
    assert_eq!(
        settled(&jana.get(&format!("/orders/{order}")).text()),
        decided
    );
}
