//! An order as pages show it: its tile, its steps and its history.

use chancery_ra::{Event, Kind, Order, OrderView, Step, StepState};
use chancery_store::Timestamp;

use crate::{
    page::Page,
    pages::catalogue,
    show::{Badge, StepMark},
};

/// The word, icon and colour of a step's state.
pub(crate) const fn badge(step: Step, state: &StepState) -> Badge {
    match state {
        StepState::NotAvailableYet => Badge::NotAvailableYet,
        StepState::AwaitingData => Badge::AwaitingData,
        // The code that was sent is waited for from the applicant, who is told so.
        StepState::WaitingForVerification { .. } if matches!(step, Step::EmailVerification) => {
            Badge::AwaitingData
        }
        StepState::WaitingForVerification { .. } => Badge::WaitingForVerification,
        StepState::Verified { .. } => Badge::Verified,
        StepState::Rejected { .. } => Badge::Rejected,
    }
}

/// The key of a step's name.
pub(crate) const fn step_words(step: Step) -> &'static str {
    match step {
        Step::DataVerification => "step-data-verification",
        Step::EmailVerification => "step-email-verification",
        Step::Activation => "step-activation",
    }
}

/// The page on which a step is done.
const fn step_page(step: Step) -> &'static str {
    match step {
        Step::DataVerification => "data",
        Step::EmailVerification => "email",
        Step::Activation => "activation",
    }
}

pub(crate) fn steps(order: &Order) -> Vec<StepMark> {
    let current = current(order);
    order
        .steps
        .iter()
        .map(|step| StepMark {
            words: step_words(step.step),
            badge: badge(step.step, &step.state),
            current: current == Some(step.step) && !order.closed,
            path: (can_act(step.step, &step.state) && !order.closed)
                .then(|| format!("/orders/{}/{}", order.id, step_page(step.step))),
        })
        .collect()
}

/// Whether the applicant has something to do in this step.
const fn can_act(step: Step, state: &StepState) -> bool {
    match state {
        StepState::AwaitingData | StepState::Rejected { .. } => true,
        // The code that was sent is waited for from the applicant.
        StepState::WaitingForVerification { .. } => matches!(step, Step::EmailVerification),
        StepState::NotAvailableYet | StepState::Verified { .. } => false,
    }
}

/// The first step that is not done: where the order stands.
pub(crate) fn current(order: &Order) -> Option<Step> {
    order
        .steps
        .iter()
        .find(|step| !step.state.is_verified())
        .map(|step| step.step)
}

/// The state of a whole order: that of the step it stands at.
pub(crate) fn order_badge(order: &Order) -> Badge {
    if order.closed {
        return Badge::Closed;
    }
    current(order)
        .and_then(|step| Some(badge(step, order.state(step)?)))
        .unwrap_or(Badge::Verified)
}

/// The one thing to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Next {
    /// The key of the words on the button.
    pub label: &'static str,
    pub address: String,
}

/// What the applicant is to do next, or nothing while somebody else is to act. `code_over` says that
/// the code that was sent can no longer be typed.
pub(crate) fn next(order: &Order, code_over: bool) -> Option<Next> {
    if let Some(certificate) = order.certificate {
        return Some(Next {
            label: "next-certificate",
            address: format!("/certificates/{certificate}"),
        });
    }
    if order.closed {
        return Some(Next {
            label: "next-closed",
            address: "/catalogue".to_owned(),
        });
    }
    let step = current(order)?;
    let state = order.state(step)?;
    if !can_act(step, state) {
        return None;
    }
    let label = match (step, state) {
        (Step::DataVerification, StepState::Rejected { .. }) => "next-correct",
        (Step::DataVerification, _) => "next-data",
        (Step::EmailVerification, StepState::WaitingForVerification { .. }) if code_over => {
            "email-send-again"
        }
        (Step::EmailVerification, StepState::WaitingForVerification { .. }) => "next-email-code",
        (Step::EmailVerification, _) => "next-email",
        (Step::Activation, _) => "next-activation",
    };
    Some(Next {
        label,
        address: format!("/orders/{}/{}", order.id, step_page(step)),
    })
}

/// Why the data were sent back, if they were.
pub(crate) fn rejection(order: &Order) -> Option<String> {
    match order.state(Step::DataVerification) {
        Some(StepState::Rejected { reason, .. }) => Some(reason.clone()),
        _ => None,
    }
}

pub(crate) fn product_name(page: &Page, order: &Order) -> String {
    order.product.name.text(page.language.tag()).to_owned()
}

/// How long verification takes, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wait {
    pub lately: Option<u64>,
    pub limit: u64,
}

impl Wait {
    /// The sentence under "Nothing for you to do".
    pub(crate) fn text(self, page: &Page) -> String {
        match self.lately {
            Some(days) => page
                .t("next-wait-lately")
                .with("days", days)
                .with("limit", self.limit)
                .to_string(),
            None => page
                .t("next-wait-limit")
                .with("limit", self.limit)
                .to_string(),
        }
    }
}

/// An order on the dashboard.
#[derive(Clone)]
pub(crate) struct Tile {
    pub address: String,
    pub number: String,
    pub product: String,
    pub days: u32,
    pub placed_at: Timestamp,
    pub badge: Badge,
    pub steps: Vec<StepMark>,
    pub next: Option<Next>,
    /// Why the officer sent the data back.
    pub reason: Option<String>,
    /// How long applications of this kind took lately, where the order waits for an officer.
    pub wait: Option<Wait>,
    pub issued: Option<Issued>,
}

/// What an order in a list does not know of itself.
#[derive(Clone, Default)]
pub(crate) struct Standing {
    /// The code that was sent can no longer be typed.
    pub code_over: bool,
    pub issued: Option<Issued>,
}

impl Standing {
    /// The state of the order, or of what became of it.
    pub(crate) fn badge(&self, order: &Order) -> Badge {
        self.issued
            .as_ref()
            .map_or_else(|| order_badge(order), |issued| issued.badge)
    }
}

/// What became of an order.
#[derive(Clone)]
pub(crate) struct Issued {
    /// The certificate's state: it outlives the order's.
    pub badge: Badge,
    pub name: String,
    pub not_after: i64,
}

impl Tile {
    pub(crate) fn new(page: &Page, order: &Order, wait: Option<Wait>, standing: Standing) -> Self {
        Self {
            address: format!("/orders/{}", order.id),
            number: order.number.clone(),
            product: product_name(page, order),
            days: order.product.validity_days,
            placed_at: order.created_at,
            badge: standing.badge(order),
            steps: steps(order),
            next: next(order, standing.code_over),
            reason: rejection(order),
            wait,
            issued: standing.issued,
        }
    }
}

/// A line of the history of one order, or of the events of all.
#[derive(Clone)]
pub(crate) struct EventLine {
    /// The key of what happened.
    pub what: String,
    pub at: Timestamp,
    pub order: String,
    pub order_number: String,
}

impl EventLine {
    pub(crate) fn new(event: &Event) -> Self {
        Self {
            what: format!("event-{}", event.kind.id()),
            at: event.at,
            order: format!("/orders/{}", event.order),
            order_number: event.order_number.clone(),
        }
    }
}

/// What stands around the open step on each page of an order.
#[derive(Clone)]
pub(crate) struct OrderHead {
    pub address: String,
    pub number: String,
    pub product: String,
    pub kind: Kind,
    pub days: u32,
    pub price: String,
    pub placed_at: Timestamp,
    pub steps: Vec<StepMark>,
    pub history: Vec<EventLine>,
    /// Whether orders of this product carry documents at all, and how many this one does.
    pub has_documents: bool,
    pub documents: usize,
}

impl OrderHead {
    pub(crate) fn new(page: &Page, view: &OrderView) -> Self {
        let order = &view.order;
        Self {
            address: format!("/orders/{}", order.id),
            number: order.number.clone(),
            product: product_name(page, order),
            kind: order.product.kind,
            days: order.product.validity_days,
            price: catalogue::price(page, &order.product.price),
            placed_at: order.created_at,
            steps: steps(order),
            history: view.events.iter().map(EventLine::new).collect(),
            has_documents: order.product.has_step(Step::DataVerification),
            documents: view.documents.len(),
        }
    }
}
