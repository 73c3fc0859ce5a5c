//! The activation of an order: fields, request, the certificate as it will stand, agreement, issuance.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ca::Preview;
use chancery_ra::{
    ActivateError, ActivationData, ActivationView, CommonName, CsrCheck, KeyPlace, LogInChoice,
    OrderView, Step,
};
use chancery_store::{Id, Timestamp};

use super::{
    csr::{self, Verdict},
    data::{StatementBox, ticked},
    problems,
    views::OrderHead,
};
use crate::{
    error::PageError,
    form::{Form, Upload},
    page::Page,
    pages::path_id,
    respond::{self, Remember as _},
    state::Portal,
};

/// A request is some kilobytes, whatever the key.
pub(crate) const UPLOAD_OCTETS: usize = 256 * 1024;

#[derive(Template)]
#[template(path = "pages/order-activation.html")]
pub(crate) struct Activation {
    pub page: Page,
    pub order: OrderHead,
    pub form: Form,
    /// The verified mailbox, which always stands in the certificate.
    pub email: String,
    pub common_names: Vec<Named>,
    /// Whether the common name is left out, where it may be.
    pub no_common_name: Option<bool>,
    pub fields: Vec<FieldBox>,
    /// Whether the key is to be made in the browser; a page that is fresh leaves that to its script.
    pub browser: bool,
    pub fresh: bool,
    pub verdict: Option<Verdict>,
}

/// A name that may stand as the common name.
pub(crate) struct Named {
    pub id: &'static str,
    pub value: String,
    pub chosen: bool,
}

/// A verified value that may or must stand in the certificate.
pub(crate) struct FieldBox {
    pub id: &'static str,
    /// The key of the field's name.
    pub label: String,
    pub value: String,
    pub mandatory: bool,
    pub chosen: bool,
}

/// `GET /orders/{id}/activation`
pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let at = At::find(&portal, &page, &id).await?;
    match at {
        Found::Ready(at) => respond::page(&at.form_page(page, Form::default(), None)),
        Found::Elsewhere(response) => Ok(response),
    }
}

/// `POST /orders/{id}/activation`: checks the request, or goes on to the summary.
pub(crate) async fn check(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, PageError> {
    let at = match At::find(&portal, &page, &id).await? {
        Found::Ready(at) => at,
        Found::Elsewhere(response) => return Ok(response),
    };
    let mut form = csr::with_file(upload);
    let order = at.view.order.id;
    let mut verdict = None;
    if key_place(&form) == KeyPlace::Browser {
        // It is made when everything is agreed to; whatever was pasted before another mind does not count.
        form.set("csr", "");
        if at.choices.log_in == LogInChoice::Offered {
            form.set("register", "yes");
        }
    } else {
        let checked = csr::check(&portal, &page, order, form.value("csr")).await?;
        if let Some(problem) = checked.problem() {
            form.refuse_named("csr", page.text("activation-csr"), problem);
            return respond::refused(&at.form_page(page, form, Some(checked)));
        }
        verdict = Some(checked);
        if form.value("action") == "check" {
            return respond::page(&at.form_page(page, form, verdict));
        }
    }
    let data = at.read(&page, &form);
    let preview = portal
        .ra
        .preview(page.principal()?, order, &data, portal.now())
        .await;
    match preview {
        Ok(preview) => respond::page(&at.summary(&portal, page, &preview, form)),
        Err(error) => {
            note(&mut form, &page, error)?;
            respond::refused(&at.form_page(page, form, verdict))
        }
    }
}

/// `POST /orders/{id}/activation/change`: back from the summary, with everything as it was.
pub(crate) async fn change(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    match At::find(&portal, &page, &id).await? {
        Found::Ready(at) => respond::page(&at.form_page(page, form, None)),
        Found::Elsewhere(response) => Ok(response),
    }
}

/// `POST /orders/{id}/activation/issue`: what the summary showed, agreed to.
pub(crate) async fn issue(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let at = match At::find(&portal, &page, &id).await? {
        Found::Ready(at) => at,
        Found::Elsewhere(response) => return Ok(response),
    };
    let order = at.view.order.id;
    let now = portal.now();
    let data = at.read(&page, &form);
    let refused = match portal
        .ra
        .activate(page.principal()?, order, &data, now)
        .await
    {
        Ok(certificate) => {
            let there = respond::see_other(&format!("/certificates/{certificate}"));
            return Ok(there.noticing("notice-certificate-issued"));
        }
        Err(error) => error,
    };
    if let Some(elsewhere) = elsewhere(order, &refused) {
        return Ok(elsewhere);
    }
    note(&mut form, &page, refused)?;
    match portal
        .ra
        .preview(page.principal()?, order, &data, now)
        .await
    {
        Ok(preview) => respond::refused(&at.summary(&portal, page, &preview, form)),
        // What is wrong is on the page before.
        Err(_) => respond::refused(&at.form_page(page, form, None)),
    }
}

/// An order that can be activated, and what can be chosen.
struct At {
    view: OrderView,
    choices: ActivationView,
}

enum Found {
    Ready(Box<At>),
    Elsewhere(Response),
}

/// The same form sent twice finds its work done, and a step that is not open is no error of the person's.
fn elsewhere(order: Id, error: &ActivateError) -> Option<Response> {
    match error {
        ActivateError::AlreadyIssued { certificate } => {
            Some(respond::see_other(&format!("/certificates/{certificate}")))
        }
        ActivateError::WrongState(_) | ActivateError::Stale => {
            Some(respond::see_other(&format!("/orders/{order}")))
        }
        // That page says why, and what to do instead.
        ActivateError::FormerRevoked { former } => {
            Some(respond::see_other(&format!("/certificates/{former}/renew")))
        }
        ActivateError::EvidenceTooOld { step, .. } => {
            let page = match step {
                Step::DataVerification => "data",
                Step::EmailVerification | Step::Activation => "email",
            };
            let there = respond::see_other(&format!("/orders/{order}/{page}"));
            Some(there.noticing("notice-evidence-too-old"))
        }
        _ => None,
    }
}

impl At {
    async fn find(portal: &Portal, page: &Page, id: &str) -> Result<Found, PageError> {
        let id = path_id(id)?;
        let now = portal.now();
        let view = portal.ra.order(page.principal()?, id, now).await?;
        match portal.ra.activation(page.principal()?, id, now).await {
            Ok(choices) => Ok(Found::Ready(Box::new(Self { view, choices }))),
            Err(error) => match elsewhere(id, &error) {
                Some(response) => Ok(Found::Elsewhere(response)),
                None => Err(error.into()),
            },
        }
    }

    fn form_page(&self, page: Page, form: Form, verdict: Option<Verdict>) -> Activation {
        // A form that was sent says what is chosen; before, the order of the choices does.
        let sent = form.has("csr");
        let wanted = form.value("common_name").to_owned();
        let common_names = self
            .choices
            .common_names
            .iter()
            .enumerate()
            .map(|(at, choice)| Named {
                id: choice.choice.id(),
                value: choice.value.clone(),
                chosen: if sent {
                    wanted == choice.choice.id()
                } else {
                    at == 0
                },
            })
            .collect();
        let fields = self
            .choices
            .fields
            .iter()
            .map(|field| FieldBox {
                id: field.field.name(),
                label: label(field.field.name()),
                value: field.value.clone(),
                mandatory: field.mandatory,
                chosen: field.mandatory
                    || if sent {
                        form.ticked("field", field.field.name())
                    } else {
                        field.chosen
                    },
            })
            .collect();
        Activation {
            order: OrderHead::new(&page, &self.view),
            email: self.choices.email.clone(),
            common_names,
            no_common_name: (!self.choices.common_name_mandatory)
                .then_some(sent && wanted.is_empty()),
            fields,
            browser: key_place(&form) == KeyPlace::Browser,
            fresh: !sent,
            verdict,
            page: page.with_problems(form.problems().len()),
            form,
        }
    }

    /// What the form says.
    fn read(&self, page: &Page, form: &Form) -> ActivationData {
        ActivationData {
            common_name: CommonName::from_id(form.value("common_name")),
            fields: self
                .choices
                .fields
                .iter()
                .map(|choice| choice.field)
                .filter(|field| form.ticked("field", field.name()))
                .collect(),
            key_place: key_place(form),
            csr: form.value("csr").to_owned(),
            register: form.ticked("register", "yes"),
            agreed: ticked(form),
            language: page.language.tag().parse().unwrap_or_default(),
        }
    }

    fn summary(&self, portal: &Portal, page: Page, preview: &Preview, form: Form) -> Summary {
        let issuer = portal
            .ca
            .authorities()
            .into_iter()
            .find(|authority| authority.slug == preview.authority)
            .map_or_else(|| preview.authority.clone(), |authority| authority.name);
        Summary {
            browser: key_place(&form) == KeyPlace::Browser,
            id: self.view.order.id.to_string(),
            log_in: self.choices.log_in,
            order: OrderHead::new(&page, &self.view),
            subject: preview
                .subject
                .attributes()
                .map(|attribute| SubjectLine {
                    label: label(attribute.kind.long_name().unwrap_or("other")),
                    value: attribute.value.clone(),
                })
                .collect(),
            emails: preview.emails.clone(),
            key: preview.key.to_string(),
            not_after: preview.not_after,
            issuer,
            statements: self
                .choices
                .statements
                .iter()
                .map(|statement| StatementBox::new(&page, statement))
                .collect(),
            page: page.with_problems(form.problems().len()),
            form,
        }
    }
}

/// Where the form says that the key is made.
fn key_place(form: &Form) -> KeyPlace {
    KeyPlace::from_id(form.value("key")).unwrap_or_default()
}

/// The key of the name of an attribute; see the locale file of the certificate's fields.
pub(crate) fn label(attribute: &str) -> String {
    match attribute {
        "serialNumber" => "field-subjectSerialNumber".to_owned(),
        other => format!("field-{other}"),
    }
}

/// Notes what the person can mend; everything else is no answer to a form.
fn note(form: &mut Form, page: &Page, error: ActivateError) -> Result<(), PageError> {
    match error {
        ActivateError::Fields(errors) => problems::note(form, page, &errors),
        ActivateError::Csr(problem) => {
            let verdict = Verdict::new(page, &CsrCheck::Wrong(problem));
            form.refuse_named(
                "csr",
                page.text("activation-csr"),
                verdict.problem().unwrap_or_default(),
            );
        }
        // The words of the profile: they name the field and the value.
        ActivateError::Refused(cause) => {
            let reason = std::error::Error::source(cause.as_ref())
                .map_or_else(|| cause.to_string(), ToString::to_string);
            let text = page
                .t("activation-refused")
                .with("reason", reason)
                .to_string();
            form.refuse_named("csr", page.text("activation-csr"), text);
        }
        other => return Err(other.into()),
    }
    Ok(())
}

#[derive(Template)]
#[template(path = "pages/order-activation-summary.html")]
pub(crate) struct Summary {
    pub page: Page,
    pub order: OrderHead,
    /// What was chosen before goes on in hidden fields.
    pub form: Form,
    pub subject: Vec<SubjectLine>,
    pub emails: Vec<String>,
    pub key: String,
    pub not_after: Timestamp,
    pub issuer: String,
    pub statements: Vec<StatementBox>,
    /// The order, for its key to be found again in the browser.
    pub id: String,
    /// Whether the key is made in the browser, once all of this is agreed to.
    pub browser: bool,
    pub log_in: LogInChoice,
}

/// An attribute of the subject as it will stand.
pub(crate) struct SubjectLine {
    /// The key of the attribute's name.
    pub label: String,
    pub value: String,
}
