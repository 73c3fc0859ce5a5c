//! The desk with work and without, and an application in each state.

use chancery_ra::{ApplicationView, Outcome, QueueItem, StatementMade, StepState};
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

fn item(page: &Page, number: u8, seconds: i64, organization: Option<&str>) -> QueueItem {
    let since = ago(page, seconds);
    QueueItem {
        order: id(number),
        number: format!("O-2026-0001{number:02}-8"),
        product: product("smime-sponsor-365"),
        applicant: "Jana Ořechová".to_owned(),
        registration_number: "R-204718-3".to_owned(),
        organization: organization.map(str::to_owned),
        state: StepState::WaitingForVerification { since },
        since,
        revision: 1,
        own: number == 2,
    }
}

impl Samples for Queue {
    const TEMPLATE: &'static str = "pages/desk.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let organization = Some("Ořechová Energy s.r.o.");
        let mut decided = item(page, 5, 3 * DAY, None);
        decided.state = StepState::Rejected {
            by: id(7),
            at: ago(page, DAY),
            reason: String::new(),
        };
        let items = [
            item(page, 1, 9 * DAY, organization),
            item(page, 2, 2 * DAY, organization),
            item(page, 3, 5 * HOUR, None),
            item(page, 4, 120, organization),
            decided,
        ];
        let lines: Vec<Line> = items
            .iter()
            .map(|item| Line::new(page, item, LIMIT_DAYS))
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
    let mut sent = submitted(page, outcome);
    sent.statements = vec![StatementMade {
        statement: "data-are-true".to_owned(),
        version: "2026-11".to_owned(),
        language: "cs".to_owned(),
        text_hash: Vec::new(),
        at: ago(page, DAY),
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
        documents: documents(page),
        agreement: Vec::new(),
        events: events(page),
        own: false,
    })
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
            view.own = own;
            Self::new(page.clone(), &view, decisions, form)
        };
        let mut wrong = Form::filled([("reason", "old")]);
        let text = page.t("problem-too-short").with("min", 10).to_string();
        wrong.refuse_named("reason", page.text("application-reject-reason"), text);
        let mut doubtful = sample(
            At::Waiting,
            Outcome::Waiting,
            false,
            Vec::new(),
            Form::default(),
        );
        if let Some(sample) = &mut doubtful {
            sample.number_note = Some("application-number-wrong");
            sample.number_doubtful = true;
            sample.documents = Vec::new();
        }
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
            ("doubtful", doubtful),
        ]
        .into_iter()
        .filter_map(|(name, sample)| Some((name, sample?)))
        .collect()
    }
}
