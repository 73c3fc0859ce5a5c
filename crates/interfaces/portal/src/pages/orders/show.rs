//! `GET /orders/{id}`: where the order stands, and what to do.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ra::{OrderView, SendingState, Step, StepState};
use chancery_store::Timestamp;

use super::{
    application::Signed,
    dashboard,
    data_form::{self, Group},
    documents::DocumentLine,
    views::{self, Next, OrderHead, Wait},
};
use crate::{error::PageError, page::Page, pages::path_id, respond, state::Portal};

#[derive(Template)]
#[template(path = "pages/order.html")]
pub(crate) struct OrderPage {
    pub page: Page,
    pub id: String,
    pub order: OrderHead,
    pub stand: Stand,
    pub next: Option<Next>,
    /// What was sent for verification.
    pub groups: Vec<Group>,
    /// The signature under it.
    pub signed: Option<Signed>,
    pub documents: Vec<DocumentLine>,
}

/// Where the order stands, with what there is to say about it.
pub(crate) enum Stand {
    /// There are data to be given.
    Data,
    /// The officer has them.
    Waiting {
        since: Timestamp,
        wait: Option<Wait>,
    },
    /// The officer sent them back.
    Rejected { reason: String },
    /// The mailbox is to be shown.
    Email,
    /// A message went to the mailbox.
    EmailSent { to: String },
    /// Its link and code do not work any more.
    EmailOver { to: String },
    /// The certificate can be had.
    Activation,
    /// It was issued.
    Done,
    /// It ended without a certificate.
    Closed,
}

impl Stand {
    fn of(view: &OrderView, wait: Option<Wait>) -> Self {
        let order = &view.order;
        if order.closed {
            return Self::Closed;
        }
        let step = views::current(order);
        let state = step.and_then(|step| order.state(step));
        match (step, state) {
            (Some(Step::DataVerification), Some(StepState::Rejected { reason, .. })) => {
                Self::Rejected {
                    reason: reason.clone(),
                }
            }
            (Some(Step::DataVerification), Some(StepState::WaitingForVerification { since })) => {
                Self::Waiting {
                    since: *since,
                    wait,
                }
            }
            (Some(Step::DataVerification), _) => Self::Data,
            (Some(Step::EmailVerification), Some(StepState::WaitingForVerification { .. })) => {
                match &view.sending {
                    Some(sent) if sent.state == SendingState::Open => Self::EmailSent {
                        to: sent.email.clone(),
                    },
                    Some(sent) => Self::EmailOver {
                        to: sent.email.clone(),
                    },
                    None => Self::Email,
                }
            }
            (Some(Step::EmailVerification), _) => Self::Email,
            (Some(Step::Activation), _) => Self::Activation,
            (None, _) => Self::Done,
        }
    }
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let view = portal
        .ra
        .order(page.principal()?, path_id(&id)?, portal.now())
        .await?;
    let wait = dashboard::wait(&portal, &view.order).await?;
    respond::page(&OrderPage::new(page, &view, wait))
}

impl OrderPage {
    const fn is_done(&self) -> bool {
        matches!(self.stand, Stand::Done)
    }

    /// Whether a key may have been made for it in a browser, which has not got its certificate yet.
    const fn may_wait(&self) -> bool {
        matches!(self.stand, Stand::Activation | Stand::Done)
    }

    pub(crate) fn new(page: Page, view: &OrderView, wait: Option<Wait>) -> Self {
        let stand = Stand::of(view, wait);
        Self {
            id: view.order.id.to_string(),
            order: OrderHead::new(&page, view),
            next: views::next(&view.order, matches!(stand, Stand::EmailOver { .. })),
            stand,
            groups: view.submission.as_ref().map_or_else(Vec::new, |sent| {
                data_form::summary(&page, view.order.product.kind, &sent.data)
            }),
            signed: view
                .submission
                .as_ref()
                .and_then(|sent| sent.signature.as_ref())
                .map(Signed::new),
            documents: DocumentLine::all(&page, &view.documents),
            page,
        }
    }
}
