//! Orders in every state, as the pages of an order are looked at.

use std::sync::Arc;

use chancery_ra::{
    ApplicationData, ApplicationSignature, Document, DocumentKind, Event, EventKind,
    ExistenceProof, Order, OrderNumber, OrderView, OrganizationData, Outcome, PersonData, Product,
    Products, Sending, SendingState, Step, StepEvidence, StepState, StepView, Submitted,
};
use chancery_register::PersonId;
use chancery_store::{Id, Timestamp};

use crate::{page::Page, pages::certificates};

mod activation;
mod data;
mod mailbox;
mod order;

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
    EmailOver,
    Activation,
    Done,
    Closed,
}

impl At {
    pub(crate) const ALL: [Self; 9] = [
        Self::Data,
        Self::Waiting,
        Self::Rejected,
        Self::Email,
        Self::EmailSent,
        Self::EmailOver,
        Self::Activation,
        Self::Done,
        Self::Closed,
    ];

    /// The number of the order that stands there.
    pub(crate) fn number(self) -> String {
        OrderNumber::new(2026, 116 + self as u32).to_string()
    }

    /// Its id.
    const fn id(self) -> Id {
        id(0x30 + self as u8)
    }

    /// Whether data have been sent for verification.
    fn has_sent(self) -> bool {
        self != Self::Data
    }

    /// How long ago the data were sent.
    const fn sent(self) -> i64 {
        match self {
            Self::Data | Self::Waiting | Self::Rejected => DAY,
            _ => 3 * DAY,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Waiting => "waiting",
            Self::Rejected => "rejected",
            Self::Email => "email",
            Self::EmailSent => "code-sent",
            Self::EmailOver => "code-over",
            Self::Activation => "activation",
            Self::Done => "done",
            Self::Closed => "closed",
        }
    }
}

pub(crate) const fn id(octet: u8) -> Id {
    Id::from_bytes([octet; 16])
}

pub(crate) fn ago(page: &Page, seconds: i64) -> Timestamp {
    Timestamp::from_secs(page.now.as_secs() - seconds)
}

/// What an officer writes, in the language of the applicant.
pub(crate) fn reason(page: &Page) -> &'static str {
    match page.language.tag() {
        "cs" => "Výpis, který jste poslali, je starší než 3 měsíce. Pošlete novější.",
        _ => "The extract you sent is older than 3 months. Send a newer one.",
    }
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
                reason: reason(page).to_owned(),
            },
            StepState::NotAvailableYet,
            StepState::NotAvailableYet,
        ),
        At::Email => (vetted, StepState::AwaitingData, StepState::NotAvailableYet),
        At::EmailSent | At::EmailOver => (
            vetted,
            StepState::WaitingForVerification {
                since: ago(page, HOUR),
            },
            StepState::NotAvailableYet,
        ),
        At::Activation => (vetted, mailbox, StepState::AwaitingData),
        At::Closed => (vetted, mailbox, StepState::NotAvailableYet),
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
        id: at.id(),
        number: at.number(),
        person: PersonId::new(id(1)),
        product,
        created_at: ago(page, 4 * DAY),
        version: 5,
        steps,
        email: matches!(
            at,
            At::EmailSent | At::EmailOver | At::Activation | At::Done | At::Closed
        )
        .then(|| "jana.orechova@energy.example".to_owned()),
        certificate: (at == At::Done).then(|| id(9)),
        renews: (at == At::Closed).then(|| id(9)),
        key_place: None,
        closed: at == At::Closed,
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
            number: "99999994".to_owned(),
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

pub(crate) fn documents(page: &Page, at: At) -> Vec<Document> {
    if !at.has_sent() {
        return Vec::new();
    }
    let document = |octet, name: &str, kind, purpose: Option<&str>| Document {
        id: id(octet),
        order: at.id(),
        purpose: purpose.map(str::to_owned),
        name: name.to_owned(),
        kind,
        size: u64::from(octet) * 73_214,
        added_at: ago(page, at.sent() + HOUR),
    };
    let mut documents = vec![
        document(
            4,
            "výpis z rejstříku 2026-11.pdf",
            DocumentKind::Pdf,
            Some("register-extract"),
        ),
        document(5, "občanský průkaz.jpg", DocumentKind::Jpeg, None),
    ];
    if at == At::Rejected {
        // Added since: it can be taken back.
        let name = "výpis z rejstříku 2026-12, který je v opravdu velmi dlouhém souboru.pdf";
        documents.push(Document {
            added_at: ago(page, HOUR / 2),
            ..document(12, name, DocumentKind::Pdf, Some("register-extract"))
        });
    }
    documents
}

pub(crate) fn submitted(page: &Page, at: At, outcome: Outcome) -> Submitted {
    Submitted {
        application: id(6),
        revision: 1,
        data: data(),
        number_wrong_knowingly: false,
        at: ago(page, at.sent()),
        outcome,
        statements: Vec::new(),
        signature: signature(page, at),
    }
}

/// All but one were signed.
fn signature(page: &Page, at: At) -> Option<ApplicationSignature> {
    let certificate = certificates::samples::certificate().filter(|_| at != At::Rejected)?;
    Some(ApplicationSignature {
        document: id(13),
        signature: id(14),
        certificate,
        at: ago(page, at.sent()),
    })
}

/// What happened to the order until it came to stand there, the last first.
pub(crate) fn events(page: &Page, code: &str, at: At) -> Vec<Event> {
    let order = order(page, code, at);
    let mut happened = vec![(EventKind::OrderPlaced, 4 * DAY)];
    if order.product.has_step(Step::DataVerification) && at.has_sent() {
        happened.push((EventKind::DocumentAdded, at.sent() + HOUR));
        happened.push((EventKind::DataSubmitted, at.sent()));
        if at != At::Rejected {
            happened.push((EventKind::DataSigned, at.sent()));
        }
        match at {
            At::Waiting => {}
            At::Rejected => happened.extend([
                (EventKind::DataRejected, HOUR),
                (EventKind::DocumentAdded, HOUR / 2),
            ]),
            _ => happened.push((EventKind::DataVerified, 2 * DAY)),
        }
    }
    match at {
        At::EmailSent => happened.push((EventKind::CodeSent, HOUR)),
        At::EmailOver => happened.push((EventKind::CodeSent, 30 * HOUR)),
        At::Activation | At::Done => happened.extend([
            (EventKind::CodeSent, 25 * HOUR),
            (EventKind::EmailVerified, DAY),
        ]),
        _ => {}
    }
    if at == At::Done {
        happened.push((EventKind::CertificateIssued, 0));
    }
    happened
        .into_iter()
        .rev()
        .map(|(kind, seconds)| Event {
            order: order.id,
            order_number: order.number.clone(),
            product: code.to_owned(),
            kind,
            at: ago(page, seconds),
            by: Some(PersonId::new(id(1))),
        })
        .collect()
}

pub(crate) fn view(page: &Page, code: &str, at: At) -> OrderView {
    let order = order(page, code, at);
    let has_data = order.product.has_step(Step::DataVerification) && at.has_sent();
    OrderView {
        draft: None,
        submission: has_data.then(|| submitted(page, at, Outcome::Waiting)),
        documents: if has_data {
            documents(page, at)
        } else {
            Vec::new()
        },
        sending: match at {
            At::EmailSent => Some((HOUR, SendingState::Open)),
            At::EmailOver => Some((30 * HOUR, SendingState::Expired)),
            _ => None,
        }
        .map(|(age, state)| Sending {
            email: "jana.orechova@energy.example".to_owned(),
            sent_at: ago(page, age),
            expires_at: ago(page, age - DAY),
            tries_left: 5,
            state,
        }),
        events: events(page, code, at),
        order,
    }
}
