//! Ways that a link of ours could lead elsewhere.

use super::world::{JANA, PASSWORD, Sandbox};
use crate::support::http::{Answer, between, urlencoded};

const ELSEWHERE: [&str; 20] = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    ".evil.example",
    "@evil.example",
    ":80@evil.example",
    "http:evil.example",
    "/x\r\nSet-Cookie: a=b",
    "/x\r\n\r\n<script>",
    "/\u{2215}evil.example",
];

#[track_caller]
fn stays(answer: &Answer, what: &str) {
    let there = answer.location();
    assert!(
        there.starts_with('/')
            && !there.starts_with("//")
            && !there.contains('\\')
            && there.is_ascii(),
        "{what:?} leads to {there}"
    );
    assert!(!there.contains("evil"), "{what:?} leads to {there}");
    assert!(
        answer.cookies().all(|cookie| !cookie.starts_with("a=")),
        "{what:?}"
    );
}

#[test]
fn the_way_on_after_a_log_in_is_ours() {
    let sandbox = Sandbox::start();
    sandbox.subscriber("Karel Nový", "karel@novy.test");
    for (at, next) in (1..).zip(ELSEWHERE) {
        let mut browser = sandbox.browser().elsewhere([127, 0, 10, at]);
        let page = browser.get(&format!("/login?{}", urlencoded(&[("next", next)])));
        assert!([200, 400].contains(&page.status), "{next:?}");
        assert!(
            !page.text().contains("href=\"javascript") && !page.text().contains("<script>"),
            "{next:?}"
        );
        let fields = [
            ("login", "karel@novy.test"),
            ("secret", PASSWORD),
            ("next", next),
        ];
        let answer = browser.post("/login", &fields);
        assert_eq!(answer.status, 303, "{next:?}: {}", answer.text());
        stays(&answer, next);
    }
    // A path of ours is followed, or there would be nothing to guard.
    let mut browser = sandbox.browser();
    let fields = [
        ("login", "karel@novy.test"),
        ("secret", PASSWORD),
        ("next", "/orders?x=1"),
    ];
    assert_eq!(browser.post("/login", &fields).location(), "/orders?x=1");
}

#[test]
fn the_way_through_every_step_of_a_log_in_is_ours() {
    let sandbox = Sandbox::start();
    let mut staff = sandbox.half_officer("ra-officer", "petr@chancery.test");
    for next in ELSEWHERE {
        let query = urlencoded(&[("next", next)]);
        for path in ["/login/totp", "/login/totp/enrol", "/login/code"] {
            let answer = staff.get(&format!("{path}?{query}"));
            if answer.status == 303 {
                stays(&answer, next);
            } else {
                assert!(
                    !between(&answer.text(), "<main", "</main>").contains("href=\"//evil"),
                    "{path} {next:?}"
                );
            }
        }
    }
    let (app, _) = super::world::enrol(&mut staff);
    let mut half = sandbox.browser();
    let fields = [
        ("login", "petr@chancery.test"),
        ("secret", PASSWORD),
        ("next", "//evil.example"),
    ];
    stays(&half.post("/login", &fields), "//evil.example");
    let code = super::world::code_at(&app, 1);
    stays(
        &half.post(
            "/login/totp",
            &[("code", &code), ("next", "//evil.example")],
        ),
        "//evil.example",
    );
}

#[test]
fn switching_language_or_theme_leads_back_to_us() {
    let sandbox = Sandbox::start();
    let mut browser = sandbox.as_person(JANA);
    for back in ELSEWHERE {
        for (path, name, value) in [
            ("/settings/language", "language", "cs"),
            ("/settings/theme", "theme", "dark"),
        ] {
            let answer = browser.post(path, &[(name, value), ("back", back)]);
            assert_eq!(answer.status, 303, "{back:?}");
            stays(&answer, back);
        }
    }
    for (path, name) in [
        ("/settings/language", "language"),
        ("/settings/theme", "theme"),
    ] {
        for value in [
            "",
            "xx",
            "en\r\nSet-Cookie: a=b",
            "en; Domain=evil.example",
            "../../etc/passwd",
        ] {
            let answer = browser.post(path, &[(name, value)]);
            assert_eq!(answer.status, 400, "{value:?}");
            assert_eq!(answer.cookies().count(), 0, "{value:?}");
        }
    }
}

#[test]
fn a_page_that_needs_a_log_in_leads_back_to_itself_at_most() {
    let sandbox = Sandbox::start();
    for path in [
        "/orders",
        "/orders?x=//evil.example",
        "//evil.example/orders",
        "/orders/..//evil.example",
        "/dashboard?next=https://evil.example",
    ] {
        let mut browser = sandbox.browser();
        let answer = browser.get(path);
        if answer.status == 303 {
            let there = answer.location();
            assert!(there.starts_with("/login"), "{path} leads to {there}");
            assert!(
                !there.contains("next=//")
                    && !there.contains("next=%2F%2F")
                    && !there.contains("next=http"),
                "{there}"
            );
        } else {
            assert_eq!(answer.status, 404, "{path}");
            assert!(!answer.text().contains("value=\"//evil"), "{path}");
        }
    }
}
