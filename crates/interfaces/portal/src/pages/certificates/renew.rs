//! `/certificates/{id}/renew`: the code by mail, and then the activation of the order that renews the certificate.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ra::{
    ConfirmEmailError, Obstacle, RenewError, Renewal, RenewalStage, SendingState, StatementVersion,
};
use chancery_store::{Id, Timestamp};

use crate::{
    error::PageError,
    form::Form,
    page::Page,
    pages::{
        orders::{
            data::{StatementBox, ticked},
            problems,
        },
        path_id,
    },
    respond::{self, Remember as _},
    state::Portal,
};

#[derive(Template)]
#[template(path = "pages/certificate-renew.html")]
pub(crate) struct Renew {
    pub page: Page,
    /// The certificate's page.
    pub address: String,
    pub title: String,
    pub subject: String,
    pub serial: String,
    pub not_after: i64,
    /// The product of the successor, and how many days that is valid.
    pub product: String,
    pub days: u32,
    pub email: String,
    pub statements: Vec<StatementBox>,
    pub data_until: Option<Timestamp>,
    pub code: Option<Sent>,
    pub form: Form,
}

/// The code whose answer is awaited.
pub(crate) struct Sent {
    pub until: Timestamp,
    /// Whether it can still be typed.
    pub open: bool,
}

/// Why it cannot be renewed, and the way to what can be done.
#[derive(Template)]
#[template(path = "pages/certificate-renew-not.html")]
pub(crate) struct RenewNot {
    pub page: Page,
    pub address: String,
    /// The key of the reason.
    pub reason: &'static str,
    pub next: String,
    /// The key of what is there.
    pub next_label: &'static str,
}

impl RenewNot {
    pub(crate) fn new(page: Page, certificate: Id, obstacle: &Obstacle) -> Self {
        let catalogue = || "/catalogue".to_owned();
        let (reason, next, next_label) = match obstacle {
            Obstacle::Revoked => ("renew-not-revoked", catalogue(), "certificate-again"),
            Obstacle::NotOrdered => ("renew-not-ordered", catalogue(), "certificate-again"),
            Obstacle::NotOffered => ("renew-not-offered", catalogue(), "certificate-again"),
            Obstacle::DataTooOld { product } => (
                "renew-not-verified",
                format!("/orders/new/{product}"),
                "renew-order",
            ),
            Obstacle::Renewed { certificate } => (
                "renew-not-again",
                format!("/certificates/{certificate}"),
                "certificate-successor",
            ),
        };
        Self {
            address: format!("/certificates/{certificate}"),
            reason,
            next,
            next_label,
            page,
        }
    }
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    stand(&portal, page, id, Form::default()).await
}

/// `POST /certificates/{id}/renew`: sends the code, for the first time or again.
pub(crate) async fn send(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    let stated: Vec<StatementVersion> = ticked(&form);
    let language = page.language.tag().parse().unwrap_or_default();
    let principal = page.principal()?;
    let begun = portal
        .ra
        .begin_renewal(principal, id, &stated, language, portal.now())
        .await;
    match begun {
        Ok(()) => {
            let here = respond::see_other(&format!("/certificates/{id}/renew"));
            return Ok(here.noticing("notice-renewal-code-sent"));
        }
        Err(RenewError::Stale) => {
            return Ok(respond::see_other(&format!("/certificates/{id}/renew")));
        }
        Err(RenewError::Fields(errors)) => problems::note(&mut form, &page, &errors),
        Err(RenewError::TooManyCodes { max }) => {
            let text = page.t("email-too-many").with("max", max).to_string();
            form.refuse("send", text);
        }
        Err(RenewError::TooManyOpen { max }) => {
            let text = page.t("renew-too-many-open").with("max", max).to_string();
            form.refuse("send", text);
        }
        Err(RenewError::Obstacle(obstacle)) => {
            return respond::refused(&RenewNot::new(page, id, &obstacle));
        }
        Err(error) => return Err(error.into()),
    }
    stand(&portal, page, id, form).await
}

/// `POST /certificates/{id}/renew/code`: the code from the message.
pub(crate) async fn confirm(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    let now = portal.now();
    let here = || respond::see_other(&format!("/certificates/{id}/renew"));
    let order = match portal.ra.renewal(page.principal()?, id, now).await {
        Ok(Renewal {
            stage: RenewalStage::Code { order, .. },
            ..
        }) => order,
        // Answered in another window, or by the link.
        Ok(_) | Err(RenewError::Obstacle(_)) => return Ok(here()),
        Err(error) => return Err(error.into()),
    };
    let answer = portal
        .ra
        .confirm_email_code(page.principal()?, order, form.value("code"), now)
        .await;
    let problem = match answer {
        Ok(()) => {
            let there = respond::see_other(&format!("/orders/{order}/activation"));
            return Ok(there.noticing("notice-renewal-confirmed"));
        }
        Err(ConfirmEmailError::Stale | ConfirmEmailError::WrongState(_)) => return Ok(here()),
        Err(ConfirmEmailError::WrongCode { left }) => {
            page.t("email-code-wrong").with("left", left).to_string()
        }
        Err(ConfirmEmailError::UsedUp) => page.text("email-code-used"),
        Err(ConfirmEmailError::Expired) => page.text("email-code-expired"),
        Err(ConfirmEmailError::Blocked) => page.text("email-code-blocked"),
        Err(error) => return Err(error.into()),
    };
    form.refuse_named("code", page.text("email-code"), problem);
    stand(&portal, page, id, form).await
}

/// The page as the renewal stands.
async fn stand(portal: &Portal, page: Page, id: Id, form: Form) -> Result<Response, PageError> {
    let renewal = match portal.ra.renewal(page.principal()?, id, portal.now()).await {
        Ok(renewal) => renewal,
        Err(RenewError::Obstacle(obstacle)) => {
            return respond::page(&RenewNot::new(page, id, &obstacle));
        }
        Err(error) => return Err(error.into()),
    };
    match renewal.stage {
        RenewalStage::Activation { order } => {
            return Ok(respond::see_other(&format!("/orders/{order}/activation")));
        }
        // The order says what is asked for.
        RenewalStage::Data { order } => {
            return Ok(respond::see_other(&format!("/orders/{order}")));
        }
        RenewalStage::Begin | RenewalStage::Code { .. } => {}
    }
    let fine = form.is_fine();
    let page = Renew::new(page, &renewal, form);
    if fine {
        respond::page(&page)
    } else {
        respond::refused(&page)
    }
}

impl Renew {
    pub(crate) fn new(page: Page, renewal: &Renewal, form: Form) -> Self {
        let record = &renewal.certificate;
        Self {
            address: format!("/certificates/{}", record.id),
            title: super::title(record),
            subject: record.subject.clone(),
            serial: super::grouped(&record.serial.to_hex()),
            not_after: record.certificate.not_after(),
            product: renewal.product.name.text(page.language.tag()).to_owned(),
            days: renewal.product.validity_days,
            email: renewal.email.clone(),
            statements: renewal
                .statements
                .iter()
                .map(|statement| StatementBox::new(&page, statement))
                .collect(),
            data_until: renewal.data_until,
            code: match &renewal.stage {
                RenewalStage::Code { sending, .. } => Some(Sent {
                    until: sending.expires_at,
                    open: sending.state == SendingState::Open,
                }),
                RenewalStage::Begin
                | RenewalStage::Data { .. }
                | RenewalStage::Activation { .. } => None,
            },
            page: page.with_problems(form.problems().len()),
            form,
        }
    }

    /// Whether a code that was sent can be typed.
    fn is_open(&self) -> bool {
        self.code.as_ref().is_some_and(|sent| sent.open)
    }
}
