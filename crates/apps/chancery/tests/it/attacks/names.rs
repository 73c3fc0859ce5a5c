//! Names with markup, characters that turn or hide text, and lines that would end a header.

use std::process::Command;

use super::{
    production::Production,
    world::{ELENA, OFFICER, PIOTR, Sandbox, ids, settled},
};
use crate::support::{
    folder, has,
    http::{Browser, between},
    run,
    smtp::MailServer,
};

/// Names that nobody has, one for each kind of harm.
const HARMFUL: [&str; 14] = [
    "<script>alert(1)</script>",
    "Jana <b>Nováková</b>",
    "Jana\r\nBcc: victims@evil.test",
    "Jana\nNováková",
    "Jana\u{2028}Nováková",
    "Jana\0Nováková",
    "Jana\u{1b}[31m",
    "Jana \u{202e}avokávoN",
    "Jana \u{2066}x\u{2069}",
    "\u{200b}",
    "J\u{200d}\u{200d}",
    "Jana\u{fffd}",
    "\u{feff}Jana",
    "J\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}ana",
];

/// Characters of them that no page may show as they are.
const UNSEEN: [char; 8] = [
    '\u{202e}', '\u{2066}', '\u{2069}', '\u{200b}', '\u{2028}', '\u{1b}', '\0', '\u{feff}',
];

#[test]
fn harmful_names_are_refused_at_every_door() {
    let sandbox = Sandbox::start();
    let mut piotr = sandbox.as_person(PIOTR);
    let link = sandbox.invite("ra-officer", "petr@chancery.test");
    for (at, name) in (1..).zip(HARMFUL) {
        let mut browser = sandbox.browser().elsewhere([127, 0, 7, at]);
        let refused = |answer: crate::support::http::Answer| {
            assert_eq!(answer.status, 422, "{name:?}: {}", answer.text());
            let page = answer.text();
            assert!(page.contains("id=\"problems\""), "{name:?}: {page}");
            assert!(
                !page.contains("<script>alert") && !page.contains("<b>Nov"),
                "{name:?}"
            );
        };
        refused(browser.post(
            "/register",
            &[("full_name", name), ("email", "new@novy.test")],
        ));
        refused(piotr.post("/profile/name", &[("full_name", name)]));
        let password = super::world::PASSWORD;
        refused(browser.post(
            &link,
            &[
                ("full_name", name),
                ("password", password),
                ("again", password),
            ],
        ));
    }
    assert_eq!(sandbox.letters("new@novy.test", 0).len(), 0);
    assert!(piotr.get("/profile").text().contains(PIOTR));
}

#[test]
fn addresses_that_are_more_than_one_are_refused() {
    let sandbox = Sandbox::start();
    let mut elena = sandbox.as_person(ELENA);
    let order = ids(&elena.get("/orders").text(), "/orders/")
        .into_iter()
        .map(|id| format!("/orders/{id}/email"))
        .find(|path| elena.get(path).status == 200)
        .unwrap();
    for (at, email) in (1..).zip([
        "a@novy.test\r\nBcc: b@evil.test",
        "a@novy.test\nDATA",
        "a@novy.test, b@evil.test",
        "a@novy.test;b@evil.test",
        "\"a@novy.test\" <b@evil.test>",
        "a@novy.test> RCPT TO:<b@evil.test",
        "<script>@novy.test",
        "a@novy.test?bcc=b@evil.test",
        "a@novy.test#",
        "a@b@evil.test",
        "a@[127.0.0.1]",
        "a@localhost",
        "@novy.test",
        "a@",
        "a\u{202e}b@novy.test",
        "a@novy.test\0",
        "a @novy.test",
    ]) {
        let mut browser = sandbox.browser().elsewhere([127, 0, 7, at]);
        let answer = browser.post(
            "/register",
            &[("full_name", "Karel Nový"), ("email", email)],
        );
        assert_eq!(answer.status, 422, "{email:?}: {}", answer.text());
        let mut elena = elena.elsewhere([127, 0, 8, at]);
        let answer = elena.post(&order, &[("email", email)]);
        assert_eq!(answer.status, 422, "{email:?}: {}", answer.text());
    }
    let mailbox = sandbox.browser().get("/sandbox/mail").text();
    assert!(
        !mailbox.contains("evil.test") && !mailbox.contains("a@novy"),
        "{mailbox}"
    );
}

#[test]
fn what_is_odd_and_harmless_is_shown_as_it_is() {
    let sandbox = Sandbox::start();
    let name = "O'Brien \"Söhne\" & Co {{7*7}} ${x} %n";
    let mut browser = sandbox.subscriber(name, "obrien@novy.test");
    for path in ["/profile", "/profile/name", "/dashboard"] {
        let page = browser.get(path).text();
        assert!(page.contains("Söhne"), "{path}");
        assert!(
            !page.contains("\"Söhne\"") && !page.contains("& Co") && !page.contains(" 49 "),
            "{path}: {page}"
        );
    }
}

#[test]
fn an_organisation_with_markup_reaches_no_officer_and_harms_nobody() {
    let sandbox = Sandbox::start();
    let mut piotr = sandbox.as_person(PIOTR);
    let placed = piotr.post("/orders", &[("product", "smime-organization-365")]);
    let path = format!("{}/data", placed.location());
    for name in HARMFUL {
        for field in [
            "organization.name",
            "organization.street",
            "organization.locality",
            "organization.number",
        ] {
            let answer = piotr.upload(&path, &[(field, name), ("organization.country", "PL")], &[]);
            assert_eq!(answer.status, 422, "{field} {name:?}");
            let form = between(&answer.text(), "<main", "</main>");
            assert!(
                !form.contains("<script>alert") && !form.contains("<b>Nov"),
                "{field} {name:?}"
            );
        }
    }
    let answer = piotr.upload(
        &path,
        &[("organization.name", HARMFUL[0]), ("action", "draft")],
        &[],
    );
    assert_eq!(
        answer.status,
        303,
        "a draft is kept as it was typed: {}",
        answer.text()
    );
    let shown = piotr.get(&path).text();
    assert!(
        shown.contains("&#60;script&#62;") || shown.contains("&lt;script&gt;"),
        "{shown}"
    );
    assert!(!shown.contains("<script>alert"));
    assert!(
        !sandbox
            .as_person(OFFICER)
            .get("/desk?show=all")
            .text()
            .contains("script&"),
        "a draft is on the desk"
    );
}

#[test]
fn searching_shows_what_was_searched_and_runs_nothing() {
    let sandbox = Sandbox::start();
    for (person, path) in [
        (OFFICER, "/desk"),
        (OFFICER, "/desk/certificates"),
        (PIOTR, "/certificates"),
    ] {
        let mut browser = sandbox.as_person(person);
        for typed in [
            "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
            "%27%20or%201=1%20--",
            "%25",
            "_",
            "%5C",
            "%00",
            "%E2%80%AE",
        ] {
            let answer = browser.get(&format!("{path}?q={typed}&show=all&state=%3Cscript%3E"));
            assert_eq!(answer.status, 200, "{path} {typed}");
            assert!(!answer.text().contains("<script>"), "{path} {typed}");
        }
        for page in ["0", "-1", "99999999999999999999", "x", "4294967295"] {
            let answer = browser.get(&format!("{path}?page={page}"));
            assert!(
                [200, 400].contains(&answer.status),
                "{path} page {page}: {}",
                answer.status
            );
        }
    }
}

#[test]
fn the_subject_of_a_request_is_shown_harmlessly_and_certifies_nothing() {
    if !has("openssl") {
        return;
    }
    let sandbox = Sandbox::start();
    let folder = folder();
    let mut elena = sandbox.as_person(ELENA);
    let order = ids(&elena.get("/orders").text(), "/orders/")
        .into_iter()
        .map(|id| format!("/orders/{id}"))
        .find(|path| elena.get(&format!("{path}/activation")).status == 200)
        .unwrap();
    for subject in [
        "/CN=<script>alert(1)<\\/script>",
        "/CN=\u{202e}avonavI/O=\u{200b}\u{2066}x",
        "/CN=a\u{1b}[31m\nb",
        "/CN=\"><img src=x onerror=alert(1)>",
        "/CN=Mallory/O=Vitosha Trade EOOD/emailAddress=ceo@vitosha.test",
    ] {
        let mut request = Command::new("openssl");
        request.current_dir(folder.path());
        request.args([
            "req",
            "-new",
            "-utf8",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
        ]);
        run(
            request.args(["-keyout", "k.pem", "-out", "r.pem", "-subj", subject]),
            0,
        );
        let csr = std::fs::read_to_string(folder.path().join("r.pem")).unwrap();
        let live = elena.post(&format!("{order}/csr-check"), &[("csr", &csr)]);
        assert_eq!(live.status, 200, "{subject:?}: {}", live.text());
        assert_eq!(live.header("content-type"), "application/json");
        let fields = [("csr", csr.as_str()), ("action", "check")];
        let page = elena.upload(&format!("{order}/activation"), &fields, &[]);
        for text in [live.text(), page.text()] {
            assert!(!text.contains(UNSEEN), "{subject:?}: {text}");
        }
        for markup in ["<script>alert", "<img src=x"] {
            assert!(!page.text().contains(markup), "{subject:?}");
        }
    }
    // A request is not the place to ask for names: what was verified is what will stand.
    let csr = std::fs::read_to_string(folder.path().join("r.pem")).unwrap();
    let summary = elena.upload(
        &format!("{order}/activation"),
        &[("csr", &csr), ("common_name", "organization")],
        &[],
    );
    let shown = settled(&summary.text());
    assert_eq!(summary.status, 200, "{shown}");
    let main = between(&shown, "<main", "</main>");
    assert!(
        main.contains("Vitosha Trade EOOD")
            && !main.contains("Mallory")
            && !main.contains("ceo@vitosha"),
        "{main}"
    );
}

#[test]
fn letters_have_the_headers_that_they_should_and_one_reader() {
    let mail = MailServer::start();
    let section = format!(
        "from = \"chancery@example.com\"\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"",
        mail.port
    );
    let environment = Production::start("127.0.0.1:0", &section);
    let door = environment.plain();
    let names = [
        "Jana, victims@evil.example",
        "=?utf-8?q?Jana=0D=0ABcc:_x@evil.example?=",
        "Bcc: x@evil.example",
        "\"Jana\" (x@evil.example)",
        "Jana % \\r\\n Bcc: x@evil.example",
    ];
    for (at, name) in (1..).zip(names) {
        let mut browser = Browser::at(&door).elsewhere([127, 0, 9, at]);
        let email = format!("jana{at}@example.com");
        let answer = browser.post("/register", &[("full_name", name), ("email", &email)]);
        assert!(
            [200, 422].contains(&answer.status),
            "{name}: {}",
            answer.text()
        );
        if answer.status == 422 {
            continue;
        }
        let letters = mail.taken(1);
        let letter = letters
            .iter()
            .rfind(|letter| letter.message.contains(&email));
        // Others may come first: wait for this one.
        let letter = letter.cloned().unwrap_or_else(|| {
            let mut expected = letters.len();
            loop {
                expected += 1;
                let letters = mail.taken(expected);
                if let Some(letter) = letters
                    .iter()
                    .find(|letter| letter.message.contains(&email))
                {
                    return letter.clone();
                }
            }
        });
        assert_eq!(letter.recipients, [format!("RCPT TO:<{email}>")], "{name}");
        let headers = letter.headers();
        let allowed = [
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "auto-submitted",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "content-language",
        ];
        for line in &headers {
            let header = line
                .split(':')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            assert!(allowed.contains(&header.as_str()), "{name}: {line}");
        }
        let to: Vec<&String> = headers
            .iter()
            .filter(|line| line.starts_with("To:"))
            .collect();
        assert_eq!(to, [&format!("To: {email}")], "{name}");
    }
}
