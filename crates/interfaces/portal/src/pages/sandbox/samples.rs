//! Typical contents of the sandbox's pages.

use chancery_register::{Language, Person, PersonId, RegistrationNumber, Role, Roles, Theme};
use chancery_store::{Id, Timestamp, outbox::Captured};

use super::{DoorPage, MailboxPage, MessagePage};
use crate::{page::Page, samples::Samples};

impl Samples for DoorPage {
    const TEMPLATE: &'static str = "pages/sandbox.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let people = [
            (
                "Jana Nováková",
                "jana.novakova@example.com",
                Role::Subscriber,
            ),
            ("Petr Svoboda", "petr.svoboda@example.com", Role::RaOfficer),
            (
                "Eva Dvořáková",
                "eva.dvorakova@example.com",
                Role::RaSupervisor,
            ),
            ("Tomáš Černý", "tomas.cerny@example.com", Role::CaOperator),
            (
                "Alena Procházková",
                "alena.prochazkova@example.com",
                Role::Auditor,
            ),
        ]
        .into_iter()
        .filter_map(|(name, email, role)| person(name, email, role))
        .collect();
        let sample = |people| Self {
            page: page.clone(),
            people,
        };
        vec![("people", sample(people)), ("nobody", sample(Vec::new()))]
    }
}

fn person(name: &str, email: &str, role: Role) -> Option<Person> {
    Some(Person {
        id: PersonId::new(Id::from_bytes([1; 16])),
        registration_number: (0..10).find_map(|check| {
            format!("R-204718-{check}")
                .parse::<RegistrationNumber>()
                .ok()
        })?,
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

fn mail(number: u8) -> Captured {
    Captured {
        id: Id::from_bytes([number; 16]),
        recipient: "jana.novakova@example.com".to_owned(),
        subject: "Your registration number and access code".to_owned(),
        text: "You registered at Sandbox.\n\nRegistration number: R-204718-3\nAccess code: K7QZ-X4M9-PTRW-HE3D\n\nLog in here: https://127.0.0.1:8443/login?with=code\n"
            .to_owned(),
        html: None,
        at: Timestamp::from_secs(1_795_166_000 + i64::from(number)),
    }
}

impl Samples for MailboxPage {
    const TEMPLATE: &'static str = "pages/sandbox-mail.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |mails| Self {
            page: page.clone(),
            mails,
        };
        vec![
            ("mails", sample(vec![mail(1), mail(2), mail(3)])),
            ("empty", sample(Vec::new())),
        ]
    }
}

impl Samples for MessagePage {
    const TEMPLATE: &'static str = "pages/sandbox-message.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let page = page.clone();
        vec![(
            "code",
            Self {
                page,
                mail: mail(1),
            },
        )]
    }
}
