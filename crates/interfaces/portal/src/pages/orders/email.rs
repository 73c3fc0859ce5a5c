//! `GET` and `POST /orders/{id}/email`: showing that the mailbox is the applicant's.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ra::{ConfirmEmailError, OrderView, SendEmailError, Sending, SendingState};
use chancery_store::{Id, Timestamp};

use super::{problems, views::OrderHead};
use crate::{
    error::PageError,
    form::Form,
    page::Page,
    pages::path_id,
    respond::{self, Remember as _},
    state::Portal,
};

#[derive(Template)]
#[template(path = "pages/order-email.html")]
pub(crate) struct Email {
    pub page: Page,
    pub order: OrderHead,
    pub form: Form,
    pub sent: Option<Sent>,
}

/// The message whose answer is awaited.
pub(crate) struct Sent {
    pub to: String,
    pub until: Timestamp,
    /// Whether its code can still be typed.
    pub open: bool,
}

impl Email {
    /// Whether a code that was sent can be typed.
    fn is_open(&self) -> bool {
        self.sent.as_ref().is_some_and(|sent| sent.open)
    }
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    let view = portal.ra.order(page.principal()?, id, portal.now()).await?;
    if !is_open(&portal, &view) {
        return Ok(respond::see_other(&format!("/orders/{id}")));
    }
    let address = address(&portal, &page, &view).await?;
    let form = Form::filled([("email", address.as_str())]);
    respond::page(&email_page(page, &view, form))
}

/// The address that was sent to before, else the one the person is known by.
async fn address(portal: &Portal, page: &Page, view: &OrderView) -> Result<String, PageError> {
    if let Some(sent) = &view.sending {
        return Ok(sent.email.clone());
    }
    let person = portal
        .register
        .person(page.principal()?.person)
        .await
        .map_err(PageError::fault)?;
    Ok(person.map_or_else(String::new, |person| person.email.to_string()))
}

/// `POST /orders/{id}/email`: sends the message.
pub(crate) async fn send(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    let sent = portal
        .ra
        .send_email_verification(page.principal()?, id, form.value("email"), portal.now())
        .await;
    let here = respond::see_other(&format!("/orders/{id}/email"));
    match sent {
        Ok(()) => Ok(here.noticing("notice-email-sent")),
        Err(SendEmailError::Stale | SendEmailError::WrongState(_)) => {
            Ok(respond::see_other(&format!("/orders/{id}")))
        }
        Err(SendEmailError::Fields(errors)) => {
            problems::note(&mut form, &page, &errors);
            again(&portal, page, id, form).await
        }
        Err(SendEmailError::TooMany { max }) => {
            let text = page.t("email-too-many").with("max", max).to_string();
            form.refuse_named("email", page.text("email-address"), text);
            again(&portal, page, id, form).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /orders/{id}/email/code`: the code from the message.
pub(crate) async fn confirm(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    let answer = portal
        .ra
        .confirm_email_code(page.principal()?, id, form.value("code"), portal.now())
        .await;
    let (field, label, problem) = match answer {
        Ok(()) => {
            return Ok(
                respond::see_other(&format!("/orders/{id}")).noticing("notice-email-verified")
            );
        }
        Err(ConfirmEmailError::Stale | ConfirmEmailError::WrongState(_)) => {
            return Ok(respond::see_other(&format!("/orders/{id}")));
        }
        Err(ConfirmEmailError::WrongCode { left }) => {
            let text = page.t("email-code-wrong").with("left", left).to_string();
            ("code", "email-code", text)
        }
        // From here on only a new message helps: its field is the one for the address.
        Err(ConfirmEmailError::UsedUp) => ("email", "email-address", page.text("email-code-used")),
        Err(ConfirmEmailError::Expired) => {
            ("email", "email-address", page.text("email-code-expired"))
        }
        Err(ConfirmEmailError::Blocked) => {
            ("email", "email-address", page.text("email-code-blocked"))
        }
        Err(error) => return Err(error.into()),
    };
    form.refuse_named(field, page.text(label), problem);
    again(&portal, page, id, form).await
}

async fn again(portal: &Portal, page: Page, id: Id, mut form: Form) -> Result<Response, PageError> {
    let view = portal.ra.order(page.principal()?, id, portal.now()).await?;
    if !form.has("email") {
        form.set("email", &address(portal, &page, &view).await?);
    }
    respond::refused(&email_page(page, &view, form))
}

pub(crate) fn email_page(page: Page, view: &OrderView, form: Form) -> Email {
    Email {
        order: OrderHead::new(&page, view),
        sent: awaited(view).map(|sent| Sent {
            to: sent.email.clone(),
            until: sent.expires_at,
            open: sent.state == SendingState::Open,
        }),
        page: page.with_problems(form.problems().len()),
        form,
    }
}

/// The last message, unless it was answered long ago and the answer has become too old.
fn awaited(view: &OrderView) -> Option<&Sending> {
    view.sending
        .as_ref()
        .filter(|sent| sent.state != SendingState::Answered)
}

/// Also where the mailbox was verified too long ago for a certificate.
fn is_open(portal: &Portal, view: &OrderView) -> bool {
    portal.ra.takes_mailbox(&view.order, portal.now())
}
