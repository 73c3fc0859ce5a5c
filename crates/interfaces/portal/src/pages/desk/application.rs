//! `GET /desk/orders/{id}`, `POST /desk/orders/{id}/decision`: one application on one screen.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ra::{ApplicationView, DecideError, Decision, Outcome, Step, StepState, Submitted};
use chancery_register::{
    Permission,
    numbers::{self, NumberCheck, NumberKind},
};
use chancery_store::{Id, Timestamp};

use super::queue::span;
use crate::{
    error::PageError,
    form::Form,
    page::Page,
    pages::{
        orders::{
            application::Signed,
            data_form::{self, Group},
            documents::{self, DocumentLine},
            problems,
            views::{self, EventLine},
        },
        path_id,
    },
    respond::{self, Remember as _},
    show::Badge,
    state::Portal,
};

#[derive(Template)]
#[template(path = "pages/application.html")]
pub(crate) struct Application {
    pub page: Page,
    pub form: Form,
    pub address: String,
    pub number: String,
    pub product: String,
    pub badge: Badge,
    pub applicant: Applicant,
    pub sent_at: Timestamp,
    /// How long it has waited, while it waits.
    pub waited: Option<String>,
    pub groups: Vec<Group>,
    /// The signature under it.
    pub signed: Option<Signed>,
    /// The key of what the check digits say.
    pub number_note: Option<&'static str>,
    pub number_doubtful: bool,
    pub statements: Vec<String>,
    pub documents: Vec<DocumentLine>,
    /// Whether the data cannot be verified without documents.
    pub documents_required: bool,
    pub version: i64,
    pub decision: Deciding,
    /// Whether codes can be given out: all that is left is the key.
    pub may_give_out: bool,
    pub former: Vec<Decided>,
    pub history: Vec<EventLine>,
}

/// Who applies.
pub(crate) struct Applicant {
    pub name: String,
    pub email: String,
    pub registration_number: String,
}

/// Whether there is anything to decide for this viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deciding {
    /// It waits, and the viewer may decide.
    Open,
    /// It is the viewer's own.
    Own,
    /// It does not wait, or the viewer may only look.
    Closed,
}

/// A decision that was made.
pub(crate) struct Decided {
    pub verified: bool,
    pub by: String,
    pub at: Timestamp,
    pub reason: Option<String>,
}

/// `GET /desk/orders/{id}`
pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    respond::page(&application(&portal, page, id, Form::default()).await?)
}

/// `POST /desk/orders/{id}/decision`
pub(crate) async fn decide(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    let (decision, notice) = match form.value("decision") {
        "verify" => (Decision::Verify, "notice-application-verified"),
        "reject" => (
            Decision::Reject {
                reason: form.value("reason").to_owned(),
            },
            "notice-application-rejected",
        ),
        _ => return Err(PageError::Malformed),
    };
    let version = form
        .value("version")
        .parse()
        .map_err(|_| PageError::Malformed)?;
    match portal
        .ra
        .decide(page.principal()?, id, decision, version, portal.now())
        .await
    {
        Ok(()) => Ok(respond::see_other("/desk").noticing(notice)),
        Err(DecideError::Reason(error)) => {
            problems::note(&mut form, &page, std::slice::from_ref(&error));
            respond::refused(&application(&portal, page, id, form).await?)
        }
        Err(DecideError::Changed { .. } | DecideError::Stale) => {
            let label = page.text("application-decision");
            form.refuse_named("decision", label, page.text("application-changed"));
            respond::refused(&application(&portal, page, id, form).await?)
        }
        // Sent twice, or decided by somebody else meanwhile: the page says by whom.
        Err(DecideError::WrongState(_) | DecideError::OwnApplication) => {
            Ok(respond::see_other(&format!("/desk/orders/{id}")))
        }
        Err(error) => Err(error.into()),
    }
}

async fn application(
    portal: &Portal,
    page: Page,
    id: Id,
    form: Form,
) -> Result<Application, PageError> {
    let view = portal.ra.application(page.principal()?, id).await?;
    let former = decisions(portal, &view).await?;
    Application::new(page, &view, former, form).ok_or(PageError::NotFound)
}

impl Application {
    /// Nothing where nothing was sent yet.
    pub(crate) fn new(
        page: Page,
        view: &ApplicationView,
        former: Vec<Decided>,
        form: Form,
    ) -> Option<Self> {
        let sent = view.submissions.first()?;
        let state = view.order.state(Step::DataVerification)?;
        let waiting = matches!(state, StepState::WaitingForVerification { .. });
        let number_note = number_note(sent);
        Some(Self {
            address: format!("/desk/orders/{}", view.order.id),
            number: view.order.number.clone(),
            product: views::product_name(&page, &view.order),
            badge: views::badge(Step::DataVerification, state),
            applicant: Applicant {
                name: view.person.full_name.clone(),
                email: view.person.email.to_string(),
                registration_number: view.person.registration_number.to_string(),
            },
            sent_at: sent.at,
            waited: waiting.then(|| span(&page, page.now.as_secs() - sent.at.as_secs())),
            groups: data_form::digest(&page, view.order.product.kind, &sent.data),
            signed: sent.signature.as_ref().map(Signed::new),
            number_note,
            number_doubtful: number_note == Some("application-number-wrong"),
            statements: statements(&page, view, sent),
            documents: DocumentLine::all(&page, &view.documents),
            documents_required: documents::are_required(&view.order.product, &sent.data),
            version: view.order.version,
            may_give_out: !view.own
                && page.may(Permission::DecideApplications)
                && view.order.state(Step::Activation) == Some(&StepState::AwaitingData),
            decision: match (waiting, view.own) {
                (true, true) => Deciding::Own,
                (true, false) if page.may(Permission::DecideApplications) => Deciding::Open,
                _ => Deciding::Closed,
            },
            former,
            history: view.events.iter().map(EventLine::new).collect(),
            page: page.with_problems(form.problems().len()),
            form,
        })
    }
}

/// What the check digits say of the number that was sent.
fn number_note(sent: &Submitted) -> Option<&'static str> {
    let kind: NumberKind = sent.data.organization.number_kind.parse().ok()?;
    Some(match numbers::check(kind, &sent.data.organization.number) {
        NumberCheck::Correct { .. } => "application-number-ok",
        NumberCheck::FormatOnly { .. } => "application-number-format",
        NumberCheck::WrongCheckDigit { .. } | NumberCheck::WrongFormat { .. } => {
            "application-number-wrong"
        }
    })
}

/// The statements as they read now, each with the version that was confirmed.
fn statements(page: &Page, view: &ApplicationView, sent: &Submitted) -> Vec<String> {
    sent.statements
        .iter()
        .map(|made| {
            let text = view
                .order
                .product
                .statements
                .iter()
                .find(|statement| {
                    statement.id == made.statement && statement.version == made.version
                })
                .map_or(made.statement.as_str(), |statement| {
                    statement.text.text(page.language.tag())
                });
            let version = page
                .t("application-statement-version")
                .with("version", made.version.as_str())
                .with("at", page.date_time(made.at))
                .to_string();
            format!("{text} ({version})")
        })
        .collect()
}

/// Who decided on what was sent, and when; the last first.
async fn decisions(portal: &Portal, view: &ApplicationView) -> Result<Vec<Decided>, PageError> {
    let mut decisions = Vec::new();
    for sent in &view.submissions {
        let (by, at, reason) = match &sent.outcome {
            Outcome::Waiting => continue,
            Outcome::Verified { by, at } | Outcome::Reused { by, at, .. } => (by, at, None),
            Outcome::Rejected { by, at, reason } => (by, at, Some(reason.clone())),
        };
        let officer = portal.register.person(*by).await?;
        decisions.push(Decided {
            verified: reason.is_none(),
            by: officer.map_or_else(|| by.to_string(), |officer| officer.full_name),
            at: *at,
            reason,
        });
    }
    Ok(decisions)
}
