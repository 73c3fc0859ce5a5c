//! Orders in every state, as the pages of an order are looked at.

use std::sync::Arc;

use chancery_ra::{
    ApplicationData, CsrCheck, CsrProblem, Document, DocumentKind, Event, EventKind,
    ExistenceProof, Field, FieldError, Order, OrderView, OrganizationData, Outcome, PersonData,
    Problem, Product, Products, Sending, SendingState, Step, StepEvidence, StepState, StepView,
    Submitted,
};
use chancery_register::PersonId;
use chancery_store::{Id, Timestamp};

use super::{
    activation::{Activation, FieldBox, Named, SubjectLine, Summary as ActivationSummary},
    csr::Verdict,
    dashboard::Dashboard,
    data::{Data, Reusable, StatementBox, Summary as DataSummary},
    data_form,
    documents::Documents,
    email::{Email, email_page},
    link::{Link, VerifyEmail},
    list::{Line, Orders},
    place::NewOrder,
    problems,
    show::OrderPage,
    views::{EventLine, Issued, OrderHead, Tile, Wait},
};
use crate::{
    form::Form,
    page::Page,
    pages::paging::{Extent, Paging},
    samples::Samples,
};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

/// Where an order stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    Data,
    Waiting,
    Rejected,
    Email,
    EmailSent,
    Activation,
    Done,
}

impl At {
    pub(crate) const ALL: [Self; 7] = [
        Self::Data,
        Self::Waiting,
        Self::Rejected,
        Self::Email,
        Self::EmailSent,
        Self::Activation,
        Self::Done,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Waiting => "waiting",
            Self::Rejected => "rejected",
            Self::Email => "email",
            Self::EmailSent => "code-sent",
            Self::Activation => "activation",
            Self::Done => "done",
        }
    }
}

pub(crate) fn id(octet: u8) -> Id {
    Id::from_bytes([octet; 16])
}

pub(crate) fn ago(page: &Page, seconds: i64) -> Timestamp {
    Timestamp::from_secs(page.now.as_secs() - seconds)
}

pub(crate) fn product(code: &str) -> Arc<Product> {
    let products = Products::built_in().unwrap_or_default();
    match products.product(code) {
        Some(product) => Arc::clone(product),
        // The catalogue is built in, and its own tests read it.
        None => unreachable!("the catalogue has no {code}"),
    }
}

pub(crate) fn order(page: &Page, code: &str, at: At) -> Order {
    let verified = |days, evidence| StepState::Verified {
        by: Some(id(7)),
        at: ago(page, days * DAY),
        evidence,
    };
    let vetted = verified(2, StepEvidence::Vetted { revision: 1 });
    let mailbox = verified(
        1,
        StepEvidence::Mailbox {
            sending: id(8).to_string(),
            answer: chancery_ra::Answer::Link,
        },
    );
    let issued = verified(
        0,
        StepEvidence::Certificate {
            certificate: id(9).to_string(),
        },
    );
    let (data, email, activation) = match at {
        At::Data => (
            StepState::AwaitingData,
            StepState::NotAvailableYet,
            StepState::NotAvailableYet,
        ),
        At::Waiting => (
            StepState::WaitingForVerification {
                since: ago(page, DAY),
            },
            StepState::NotAvailableYet,
            StepState::NotAvailableYet,
        ),
        At::Rejected => (
            StepState::Rejected {
                by: id(7),
                at: ago(page, HOUR),
                reason: "The extract you sent is older than 3 months. Send a newer one.".to_owned(),
            },
            StepState::NotAvailableYet,
            StepState::NotAvailableYet,
        ),
        At::Email => (vetted, StepState::AwaitingData, StepState::NotAvailableYet),
        At::EmailSent => (
            vetted,
            StepState::WaitingForVerification {
                since: ago(page, HOUR),
            },
            StepState::NotAvailableYet,
        ),
        At::Activation => (vetted, mailbox, StepState::AwaitingData),
        At::Done => (vetted, mailbox, issued),
    };
    let product = product(code);
    let steps = product
        .steps
        .iter()
        .map(|step| StepView {
            step: *step,
            state: match step {
                Step::DataVerification => data.clone(),
                Step::EmailVerification => email.clone(),
                Step::Activation => activation.clone(),
            },
        })
        .collect();
    Order {
        id: id(3),
        number: "O-2026-000123-8".to_owned(),
        person: PersonId::new(id(1)),
        product,
        created_at: ago(page, 4 * DAY),
        version: 5,
        steps,
        email: matches!(at, At::EmailSent | At::Activation | At::Done)
            .then(|| "jana.orechova@energy.example".to_owned()),
        certificate: (at == At::Done).then(|| id(9)),
    }
}

pub(crate) fn data() -> ApplicationData {
    ApplicationData {
        organization: OrganizationData {
            name: "Ořechová Energy s.r.o.".to_owned(),
            country: "CZ".to_owned(),
            state: String::new(),
            locality: "Praha".to_owned(),
            street: "Dlouhá 12".to_owned(),
            postal_code: "110 00".to_owned(),
            number_kind: "cz-ico".to_owned(),
            number: "45274649".to_owned(),
            proof: ExistenceProof::RegistrationNumber,
        },
        person: PersonData {
            given_name: "Jana".to_owned(),
            surname: "Ořechová".to_owned(),
            document_kind: "identity-card".to_owned(),
            document_country: "CZ".to_owned(),
            document_number: "123456789".to_owned(),
            role: "jednatelka".to_owned(),
        },
    }
}

pub(crate) fn documents(page: &Page) -> Vec<Document> {
    let document = |octet, name: &str, kind, purpose: Option<&str>| Document {
        id: id(octet),
        order: id(3),
        purpose: purpose.map(str::to_owned),
        name: name.to_owned(),
        kind,
        size: u64::from(octet) * 73_214,
        added_at: ago(page, DAY),
    };
    vec![
        document(
            4,
            "výpis z rejstříku 2026-11.pdf",
            DocumentKind::Pdf,
            Some("register-extract"),
        ),
        document(5, "občanský průkaz.jpg", DocumentKind::Jpeg, None),
    ]
}

pub(crate) fn submitted(page: &Page, outcome: Outcome) -> Submitted {
    Submitted {
        application: id(6),
        revision: 1,
        data: data(),
        number_wrong_knowingly: false,
        at: ago(page, DAY),
        outcome,
        statements: Vec::new(),
    }
}

pub(crate) fn events(page: &Page) -> Vec<Event> {
    let event = |kind, hours: i64| Event {
        order: id(3),
        order_number: "O-2026-000123-8".to_owned(),
        product: "smime-sponsor-365".to_owned(),
        kind,
        at: ago(page, hours * HOUR),
        by: Some(PersonId::new(id(1))),
    };
    vec![
        event(EventKind::DataSubmitted, 24),
        event(EventKind::DocumentAdded, 25),
        event(EventKind::OrderPlaced, 96),
    ]
}

pub(crate) fn view(page: &Page, code: &str, at: At) -> OrderView {
    let order = order(page, code, at);
    let sent = !matches!(at, At::Data);
    OrderView {
        draft: None,
        submission: sent.then(|| submitted(page, Outcome::Waiting)),
        documents: if sent { documents(page) } else { Vec::new() },
        sending: (at == At::EmailSent).then(|| Sending {
            email: "jana.orechova@energy.example".to_owned(),
            sent_at: ago(page, HOUR),
            expires_at: ago(page, -23 * HOUR),
            tries_left: 5,
            state: SendingState::Open,
        }),
        events: events(page),
        order,
    }
}

const WAIT: Wait = Wait {
    lately: Some(2),
    limit: 7,
};

impl Samples for Dashboard {
    const TEMPLATE: &'static str = "pages/dashboard.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let tiles = At::ALL
            .into_iter()
            .filter(|at| *at != At::Email)
            .map(|at| {
                let wait = (at == At::Waiting).then_some(WAIT);
                let issued = (at == At::Done).then(|| Issued {
                    name: "Jana Ořechová".to_owned(),
                    not_after: page.now.as_secs() + 365 * DAY,
                });
                Tile::new(page, &order(page, "smime-sponsor-365", at), wait, issued)
            })
            .collect();
        let dashboard = |tiles, events: &[Event]| Self {
            page: page.clone(),
            name: "Jana Ořechová".to_owned(),
            tiles,
            more: !events.is_empty(),
            events: events.iter().map(EventLine::new).collect(),
        };
        vec![
            ("orders", dashboard(tiles, &events(page))),
            ("empty", dashboard(Vec::new(), &[])),
        ]
    }
}

impl Samples for Orders {
    const TEMPLATE: &'static str = "pages/orders.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let lines = At::ALL
            .into_iter()
            .map(|at| Line::new(page, &order(page, "smime-organization-730", at)))
            .collect();
        let orders = |lines, pages, total| Self {
            page: page.clone(),
            lines,
            paging: Paging::new("/orders", &[], 2, Extent::Known { pages, total }),
        };
        vec![
            ("list", orders(lines, 3, 107)),
            ("empty", orders(Vec::new(), 1, 0)),
        ]
    }
}

impl Samples for NewOrder {
    const TEMPLATE: &'static str = "pages/order-new.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        ["smime-sponsor-365", "smime-mailbox-365"]
            .into_iter()
            .zip(["sponsor", "mailbox"])
            .map(|(code, name)| {
                let new = Self {
                    page: page.clone(),
                    product: product(code),
                };
                (name, new)
            })
            .collect()
    }
}

impl Samples for OrderPage {
    const TEMPLATE: &'static str = "pages/order.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        At::ALL
            .into_iter()
            .map(|at| {
                let wait = (at == At::Waiting).then_some(WAIT);
                let view = view(page, "smime-sponsor-365", at);
                (at.name(), Self::new(page.clone(), &view, wait))
            })
            .collect()
    }
}

/// The form of a sponsored person, with what the registration authority says about it.
fn wrong_form(page: &Page) -> Form {
    let mut data = data();
    "45274648".clone_into(&mut data.organization.number);
    data.person.surname = String::new();
    let mut form = data_form::fill(&data);
    let errors = [
        (Field::Number, Problem::WrongCheckDigit),
        (Field::Surname, Problem::Missing),
        (
            Field::PostalCode,
            Problem::OtherCountry {
                expected: "PL".to_owned(),
            },
        ),
    ]
    .map(|(field, problem)| FieldError { field, problem });
    problems::note(&mut form, page, &errors);
    form
}

impl Samples for Data {
    const TEMPLATE: &'static str = "pages/order-data.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let code = "smime-sponsor-365";
        let sample = |at, form, reusable| {
            let view = view(page, code, at);
            Self::new(page.clone(), &view, form, reusable)
        };
        vec![
            (
                "empty",
                sample(
                    At::Data,
                    data_form::fill(&ApplicationData::default()),
                    Vec::new(),
                ),
            ),
            (
                "reusable",
                sample(At::Data, data_form::fill(&data()), vec![reusable(page)]),
            ),
            ("wrong", sample(At::Rejected, wrong_form(page), Vec::new())),
        ]
    }
}

fn reusable(page: &Page) -> Reusable {
    Reusable {
        application: id(6).to_string(),
        who: "Jana Ořechová, Ořechová Energy s.r.o.".to_owned(),
        order_number: "O-2025-000087-1".to_owned(),
        verified_at: ago(page, 200 * DAY),
        usable_until: ago(page, -600 * DAY),
    }
}

impl Samples for DataSummary {
    const TEMPLATE: &'static str = "pages/order-data-summary.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let view = view(page, "smime-sponsor-365", At::Rejected);
        let mut form = Form::filled([("number-anyway", "yes")]);
        let wrong = FieldError {
            field: Field::Statements,
            problem: Problem::NotTicked {
                statement: "data-are-true".to_owned(),
            },
        };
        let fresh = Self::new(page.clone(), &view, Form::default());
        problems::note(&mut form, page, &[wrong]);
        vec![
            ("fresh", fresh),
            ("unticked", Self::new(page.clone(), &view, form)),
            (
                "reused",
                Self {
                    reused: Some(reusable(page)),
                    ..Self::new(page.clone(), &view, Form::default())
                },
            ),
            (
                "without-documents",
                Self {
                    documents: Vec::new(),
                    ..Self::new(page.clone(), &view, Form::default())
                },
            ),
        ]
    }
}

impl Samples for Documents {
    const TEMPLATE: &'static str = "pages/order-documents.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |at, form: Form| {
            let view = view(page, "smime-organization-365", at);
            Self::new(page.clone(), &view, form)
        };
        let mut form = Form::default();
        let text = page
            .t("documents-error-kind")
            .with("name", "notes.docx")
            .to_string();
        form.refuse("document-register-extract", text);
        vec![
            ("waiting", sample(At::Waiting, Form::default())),
            ("wrong", sample(At::Rejected, form)),
            ("none", sample(At::Data, Form::default())),
        ]
    }
}

impl Samples for Email {
    const TEMPLATE: &'static str = "pages/order-email.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let filled = || Form::filled([("email", "jana.orechova@energy.example")]);
        let mut wrong = filled();
        let text = page.t("email-code-wrong").with("left", 3).to_string();
        wrong.refuse("code", text);
        let mut over = view(page, "smime-sponsor-365", At::EmailSent);
        if let Some(sending) = &mut over.sending {
            sending.state = SendingState::Expired;
        }
        let sent = view(page, "smime-sponsor-365", At::EmailSent);
        let fresh = view(page, "smime-mailbox-365", At::Email);
        vec![
            ("fresh", email_page(page.clone(), &fresh, filled())),
            ("sent", email_page(page.clone(), &sent, filled())),
            ("wrong", email_page(page.clone(), &sent, wrong)),
            ("over", email_page(page.clone(), &over, filled())),
        ]
    }
}

impl Samples for VerifyEmail {
    const TEMPLATE: &'static str = "pages/verify-email.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let email = "jana.orechova@energy.example".to_owned();
        let sample = |state| Self {
            page: page.clone(),
            state,
        };
        vec![
            (
                "ready",
                sample(Link::Ready {
                    email: email.clone(),
                    order_number: "O-2026-000123-8".to_owned(),
                    address: "/verify-email/0123456789abcdef".to_owned(),
                }),
            ),
            ("done", sample(Link::Done { email })),
            ("gone", sample(Link::Gone)),
        ]
    }
}

const CSR: &str = "-----BEGIN CERTIFICATE REQUEST-----\nMIIBUTCB+AIBADAxMRcwFQYDVQQD…\n-----END CERTIFICATE REQUEST-----\n";

fn activation(page: &Page, form: Form, verdict: Option<Verdict>) -> Activation {
    let field = |id: &'static str, value: &str, mandatory, chosen| FieldBox {
        id,
        label: format!("field-{id}"),
        value: value.to_owned(),
        mandatory,
        chosen,
    };
    let name = |id, value: &str, chosen| Named {
        id,
        value: value.to_owned(),
        chosen,
    };
    Activation {
        order: OrderHead::new(page, &view(page, "smime-sponsor-365", At::Activation)),
        email: "jana.orechova@energy.example".to_owned(),
        common_names: vec![
            name("person", "Jana Ořechová", true),
            name("email", "jana.orechova@energy.example", false),
        ],
        no_common_name: Some(false),
        fields: vec![
            field("givenName", "Jana", true, true),
            field("surname", "Ořechová", true, true),
            field("organizationName", "Ořechová Energy s.r.o.", true, true),
            field("organizationIdentifier", "NTRCZ-45274649", true, true),
            field("localityName", "Praha", false, true),
            field("countryName", "CZ", false, false),
        ],
        verdict,
        page: page.clone().with_problems(form.problems().len()),
        form,
    }
}

impl Samples for Activation {
    const TEMPLATE: &'static str = "pages/order-activation.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let correct = Verdict::new(
            page,
            &CsrCheck::Correct {
                key: "RSA 3072".to_owned(),
                bits: Some(3072),
                subject: "CN=Jana Ořechová, O=Ořechová Energy s.r.o.".to_owned(),
                emails: Vec::new(),
            },
        );
        let wrong = Verdict::new(
            page,
            &CsrCheck::Wrong(CsrProblem {
                id: "not-base64",
                args: vec![("character", "…".to_owned())],
                line: Some(2),
            }),
        );
        let filled = || Form::filled([("csr", CSR), ("common_name", "person")]);
        let mut form = filled();
        form.refuse("csr", wrong.problem().unwrap_or_default());
        vec![
            ("fresh", activation(page, Form::default(), None)),
            ("correct", activation(page, filled(), Some(correct))),
            ("wrong", activation(page, form, Some(wrong))),
        ]
    }
}

impl Samples for ActivationSummary {
    const TEMPLATE: &'static str = "pages/order-activation-summary.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |form: Form| {
            let product = product("smime-sponsor-365");
            let line = |attribute: &str, value: &str| SubjectLine {
                label: format!("field-{attribute}"),
                value: value.to_owned(),
            };
            Self {
                order: OrderHead::new(page, &view(page, "smime-sponsor-365", At::Activation)),
                subject: vec![
                    line("commonName", "Jana Ořechová"),
                    line("givenName", "Jana"),
                    line("surname", "Ořechová"),
                    line("organizationName", "Ořechová Energy s.r.o."),
                    line("organizationIdentifier", "NTRCZ-45274649"),
                ],
                emails: vec!["jana.orechova@energy.example".to_owned()],
                key: "RSA 3072".to_owned(),
                not_after: ago(page, -365 * DAY),
                issuer: "Chancery Sandbox S/MIME Issuing 2026".to_owned(),
                statements: product
                    .statements_at(chancery_ra::StatementAt::Activation)
                    .map(|statement| StatementBox::new(page, statement))
                    .collect(),
                page: page.clone().with_problems(form.problems().len()),
                form,
            }
        };
        let mut form = Form::filled([("csr", CSR), ("field", "localityName")]);
        let wrong = FieldError {
            field: Field::Statements,
            problem: Problem::NotTicked {
                statement: "subscriber-agreement".to_owned(),
            },
        };
        problems::note(&mut form, page, &[wrong]);
        vec![
            ("fresh", sample(Form::filled([("csr", CSR)]))),
            ("unticked", sample(form)),
        ]
    }
}
