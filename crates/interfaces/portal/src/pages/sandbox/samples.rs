//! Typical contents of the sandbox's pages.

use chancery_register::{Language, Person, PersonId, RegistrationNumber, Role, Roles, Theme};
use chancery_store::{Id, Timestamp, outbox::Captured};

use super::{DoorPage, MailboxPage, MessagePage};
use crate::{
    page::Page,
    pages::orders::samples::{At, product},
    samples::Samples,
};

/// Name, mailbox, registration number and role.
const PEOPLE: [(&str, &str, &str, Role); 5] = [
    (
        "Jana Nováková",
        "jana.novakova@example.com",
        "R-204718-3",
        Role::Subscriber,
    ),
    (
        "Petr Svoboda",
        "petr.svoboda@example.com",
        "R-198034-5",
        Role::RaOfficer,
    ),
    (
        "Eva Dvořáková",
        "eva.dvorakova@example.com",
        "R-231650-0",
        Role::RaSupervisor,
    ),
    (
        "Tomáš Černý",
        "tomas.cerny@example.com",
        "R-176093-7",
        Role::CaOperator,
    ),
    (
        "Alena Procházková",
        "alena.prochazkova@example.com",
        "R-259317-3",
        Role::Auditor,
    ),
];

impl Samples for DoorPage {
    const TEMPLATE: &'static str = "pages/sandbox.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let people = PEOPLE
            .into_iter()
            .enumerate()
            .filter_map(|(row, known)| person(u8::try_from(row).ok()?, known))
            .collect();
        let sample = |people| Self {
            page: page.clone(),
            people,
        };
        vec![("people", sample(people)), ("nobody", sample(Vec::new()))]
    }
}

fn person(row: u8, (name, email, number, role): (&str, &str, &str, Role)) -> Option<Person> {
    Some(Person {
        id: PersonId::new(Id::from_bytes([1 + row; 16])),
        registration_number: number.parse::<RegistrationNumber>().ok()?,
        full_name: name.to_owned(),
        email: email.parse().ok()?,
        language: Language::En,
        theme: Theme::System,
        roles: Roles::new([role]),
        has_password: true,
        has_second_factor: role.is_staff(),
        created_at: Timestamp::from_secs(1_790_000_000),
        disabled_at: None,
    })
}

/// A letter as it is written today, in the language of the page.
fn mail(page: &Page, number: u8, letter: &str, facts: &[(&str, &str)], link: &str) -> Captured {
    let words = |part: &str| {
        page.t(format!("mail-{letter}-{part}"))
            .with("environment", page.environment.name.as_str())
            .with("number", At::Email.number())
            .with(
                "product",
                product("smime-mailbox-365").name.text(page.language.tag()),
            )
            .to_string()
    };
    let facts: Vec<String> = facts
        .iter()
        .map(|(fact, value)| format!("{}: {value}", page.t(format!("mail-fact-{fact}"))))
        .collect();
    let footer = page
        .t("mail-footer")
        .with("environment", page.environment.name.as_str());
    Captured {
        id: Id::from_bytes([number; 16]),
        recipient: "jana.novakova@example.com".to_owned(),
        subject: words("subject"),
        text: format!(
            "{}\n\n{}\n\n{}\n\n{}:\n{}{link}\n\n{}\n\n-- \n{footer}\n",
            words("why"),
            words("text"),
            facts.join("\n"),
            words("link"),
            page.environment.public_url,
            words("not-you"),
        ),
        html: None,
        at: Timestamp::from_secs(page.now.as_secs() - 600 * i64::from(number)),
    }
}

fn mails(page: &Page) -> Vec<Captured> {
    let code = [
        ("registration-number", "R-204718-3"),
        ("access-code", "K7QZ-X4M9-PTRW-HE3D"),
    ];
    let verification = [("verification-code", "K7QZX-4M9PT-RWHE3-D2VBN-8CAYF")];
    vec![
        mail(
            page,
            1,
            "email-verification",
            &verification,
            "/verify-email/4f2a90c1",
        ),
        mail(page, 2, "new-access-code", &code, "/login?with=code"),
        mail(page, 3, "access-code", &code, "/login?with=code"),
    ]
}

impl Samples for MailboxPage {
    const TEMPLATE: &'static str = "pages/sandbox-mail.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |mails| Self {
            page: page.clone(),
            mails,
        };
        vec![
            ("mails", sample(mails(page))),
            ("empty", sample(Vec::new())),
        ]
    }
}

impl Samples for MessagePage {
    const TEMPLATE: &'static str = "pages/sandbox-message.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        mails(page)
            .pop()
            .map(|mail| {
                let page = page.clone();
                ("code", Self { page, mail })
            })
            .into_iter()
            .collect()
    }
}
