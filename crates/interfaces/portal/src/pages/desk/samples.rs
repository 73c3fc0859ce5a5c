//! The desk with work and without, and an application in each state.

use chancery_ra::{
    ApplicationView, EventKind, OrderNumber, Outcome, QueueItem, StatementMade, StepState,
};
use chancery_register::{
    EmailAddress, Language, Person, PersonId, RegistrationNumber, Roles, Theme,
};

use super::{
    application::{Application, Decided},
    queue::{Line, Queue},
};
use crate::{
    form::Form,
    page::Page,
    pages::{
        orders::samples::{At, ago, documents, events, id, order, product, reason, submitted},
        paging::{Extent, Paging},
    },
    samples::Samples,
};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;
const LIMIT_DAYS: i64 = 7;

/// Who applies: name, registration number and organisation.
const APPLICANTS: [(&str, &str, Option<&str>); 5] = [
    (
        "Jana Ořechová",
        "R-204718-3",
        Some("Ořechová Energy s.r.o."),
    ),
    ("Petr Svoboda", "R-198034-5", Some("Ořechová Energy s.r.o.")),
    ("Žofie Malá", "R-310552-1", None),
    (
        "Nikos Papadopoulos",
        "R-287416-2",
        Some("Επιχείρηση Δείγμα Α.Ε."),
    ),
    ("Anna Kowalska", "R-265901-8", None),
];

fn item(page: &Page, row: usize, seconds: i64) -> Option<QueueItem> {
    let since = ago(page, seconds);
    let (applicant, registration_number, organization) = *APPLICANTS.get(row)?;
    let count = u8::try_from(row).ok()?;
    let code = match organization {
        Some(_) => "smime-sponsor-365",
        None => "smime-individual-730",
    };
    Some(QueueItem {
        order: id(0x20 + count),
        number: OrderNumber::new(2026, 101 + u32::from(count)).to_string(),
        product: product(code),
        applicant: applicant.to_owned(),
        registration_number: registration_number.to_owned(),
        organization: organization.map(str::to_owned),
        state: StepState::WaitingForVerification { since },
        since,
        revision: 1,
        own: applicant == "Petr Svoboda",
    })
}

impl Samples for Queue {
    const TEMPLATE: &'static str = "pages/desk.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let waiting = [9 * DAY, 2 * DAY, 5 * HOUR, 120]
            .into_iter()
            .enumerate()
            .filter_map(|(row, seconds)| item(page, row, seconds));
        let decided = item(page, 4, 3 * DAY).map(|item| QueueItem {
            state: StepState::Rejected {
                by: id(7),
                at: ago(page, DAY),
                reason: String::new(),
            },
            ..item
        });
        let lines: Vec<Line> = waiting
            .chain(decided)
            .map(|item| Line::new(page, &item, LIMIT_DAYS))
            .collect();
        let total = lines.len() as u64;
        let mut waiting = lines.clone();
        waiting.retain(|line| line.waited.is_some());
        let sample = |lines, text: &str, show: &str, total| {
            let extent = Extent::Known { pages: 1, total };
            let paging = Paging::new("/desk", &[], 1, extent);
            Self::new(page.clone(), lines, text, show, paging, LIMIT_DAYS)
        };
        vec![
            ("all", sample(lines.clone(), "", "all", total)),
            ("waiting", sample(waiting, "", "", total - 1)),
            ("empty", sample(Vec::new(), "", "", 0)),
            (
                "nothing-found",
                sample(Vec::new(), "O-2026-000999-1", "all", 0),
            ),
        ]
    }
}

fn view(page: &Page, code: &str, at: At, outcome: Outcome) -> Option<ApplicationView> {
    let mut sent = submitted(page, at, outcome);
    sent.statements = vec![StatementMade {
        statement: "data-are-true".to_owned(),
        version: "2026-11".to_owned(),
        language: "cs".to_owned(),
        text_hash: Vec::new(),
        at: sent.at,
    }];
    Some(ApplicationView {
        order: order(page, code, at),
        person: Person {
            id: PersonId::new(id(1)),
            registration_number: "R-204718-3".parse::<RegistrationNumber>().ok()?,
            full_name: "Jana Ořechová".to_owned(),
            email: "jana.orechova@energy.example"
                .parse::<EmailAddress>()
                .ok()?,
            language: Language::Cs,
            theme: Theme::System,
            roles: Roles::default(),
            has_password: true,
            has_second_factor: false,
            created_at: ago(page, 30 * DAY),
            disabled_at: None,
        },
        submissions: vec![sent],
        documents: documents(page, at),
        agreement: Vec::new(),
        events: events(page, code, at),
        own: false,
    })
}

/// The application of the officer who looks at it.
fn of_the_officer(view: &mut ApplicationView) -> Option<()> {
    view.own = true;
    "Petr Svoboda".clone_into(&mut view.person.full_name);
    view.person.email = "petr.svoboda@energy.example".parse().ok()?;
    let person = &mut view.submissions.first_mut()?.data.person;
    "Petr".clone_into(&mut person.given_name);
    "Svoboda".clone_into(&mut person.surname);
    "technik".clone_into(&mut person.role);
    Some(())
}

impl Samples for Application {
    const TEMPLATE: &'static str = "pages/application.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let by = PersonId::new(id(7));
        let at = ago(page, HOUR);
        let rejected = Outcome::Rejected {
            by,
            at,
            reason: reason(page).to_owned(),
        };
        let decided = |reason: Option<&str>, at| Decided {
            verified: reason.is_none(),
            by: "Petr Svoboda".to_owned(),
            at,
            reason: reason.map(str::to_owned),
        };
        let sample = |at, outcome, own, decisions, form| {
            let mut view = view(page, "smime-sponsor-365", at, outcome)?;
            if own {
                of_the_officer(&mut view)?;
            }
            Self::new(page.clone(), &view, decisions, form)
        };
        let mut wrong = Form::filled([("reason", "old")]);
        let text = page.t("problem-too-short").with("min", 10).to_string();
        wrong.refuse_named("reason", page.text("application-reject-reason"), text);
        let bare = |code, number: &str| {
            let mut view = view(page, code, At::Waiting, Outcome::Waiting)?;
            view.documents.clear();
            view.events
                .retain(|event| event.kind != EventKind::DocumentAdded);
            let sent = view.submissions.first_mut()?;
            number.clone_into(&mut sent.data.organization.number);
            Self::new(page.clone(), &view, Vec::new(), Form::default())
        };
        let reason = Some(reason(page));
        [
            (
                "waiting",
                sample(
                    At::Waiting,
                    Outcome::Waiting,
                    false,
                    Vec::new(),
                    Form::default(),
                ),
            ),
            (
                "again",
                sample(
                    At::Waiting,
                    Outcome::Waiting,
                    false,
                    vec![decided(reason, ago(page, 2 * DAY))],
                    wrong,
                ),
            ),
            (
                "own",
                sample(
                    At::Waiting,
                    Outcome::Waiting,
                    true,
                    Vec::new(),
                    Form::default(),
                ),
            ),
            (
                "rejected",
                sample(
                    At::Rejected,
                    rejected,
                    false,
                    vec![decided(reason, at)],
                    Form::default(),
                ),
            ),
            (
                "verified",
                sample(
                    At::Email,
                    Outcome::Verified { by, at },
                    false,
                    vec![decided(None, at)],
                    Form::default(),
                ),
            ),
            ("doubtful", bare("smime-sponsor-365", "99999993")),
            ("bare", bare("smime-organization-365", "99999994")),
        ]
        .into_iter()
        .filter_map(|(name, sample)| Some((name, sample?)))
        .collect()
    }
}

impl Samples for super::codes::GivenCodes {
    const TEMPLATE: &'static str = "pages/desk-codes.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        vec![(
            "given",
            Self {
                page: page.clone(),
                address: "/desk".to_owned(),
                code: "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345".to_owned(),
                email: "jana@example.com".to_owned(),
                expires_at: page.now.plus(std::time::Duration::from_hours(24 * 14)),
            },
        )]
    }
}
