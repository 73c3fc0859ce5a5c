//! The data once more before they are sent, with the document that may be signed.

use std::{net::IpAddr, sync::Arc};

use askama::Template;
use chancery_ra::{ApplicationData, OrderView, SignedApplication, Statement, StatementAt};
use chancery_store::{Id, Timestamp};

use super::{
    super::{
        application::{self, Applicant},
        data_form::{self, ANYWAY, Group},
        documents::{self, DocumentLine},
        views::OrderHead,
    },
    Reusable, typed,
};
use crate::{
    error::PageError,
    form::Form,
    page::Page,
    signing::{self, Signable},
    state::Portal,
};

#[derive(Template)]
#[template(path = "pages/order-data-summary.html")]
pub(crate) struct Summary {
    pub page: Page,
    pub order: OrderHead,
    pub form: Form,
    pub groups: Vec<Group>,
    pub statements: Vec<StatementBox>,
    pub documents: Vec<DocumentLine>,
    /// Whether the data cannot be verified without documents.
    pub documents_required: bool,
    /// The data were verified before.
    pub reused: Option<Reusable>,
    /// The document that may be signed.
    pub signable: Option<Signable>,
}

/// A statement to be ticked.
pub(crate) struct StatementBox {
    /// The name under which its problem is noted.
    pub field: String,
    /// Id and version.
    pub value: String,
    pub text: String,
}

impl StatementBox {
    pub(crate) fn new(page: &Page, statement: &Arc<Statement>) -> Self {
        Self {
            field: format!("statement-{}", statement.id),
            value: statement.reference().to_string(),
            text: statement.text.text(page.language.tag()).to_owned(),
        }
    }
}

impl Summary {
    pub(crate) fn new(page: Page, view: &OrderView, form: Form) -> Self {
        let data = typed(view);
        Self {
            order: OrderHead::new(&page, view),
            groups: data_form::summary(&page, view.order.product.kind, &data),
            statements: view
                .order
                .product
                .statements_at(StatementAt::Data)
                .map(|statement| StatementBox::new(&page, statement))
                .collect(),
            documents: DocumentLine::all(&page, &view.documents),
            documents_required: documents::are_required(&view.order.product, &data),
            reused: None,
            signable: None,
            page: page.with_problems(form.problems().len()),
            form,
        }
    }
}

/// The summary with the document that may be signed. `data` are those that would be kept.
pub(super) async fn signable(
    portal: &Portal,
    page: Page,
    view: &OrderView,
    form: Form,
    data: &ApplicationData,
) -> Result<Summary, PageError> {
    let text = document(portal, &page, view, &form, data, page.now).await?;
    let name = application::file_name(view);
    let signable = Signable::new(portal, &page, name, text).await?;
    Ok(Summary {
        signable: Some(signable),
        ..Summary::new(page, view, form)
    })
}

/// The summary of data that were verified before.
pub(super) async fn reused(
    portal: &Portal,
    page: Page,
    view: &OrderView,
    application: Id,
    form: Form,
) -> Result<Summary, PageError> {
    let reusable = portal
        .ra
        .reusable(page.principal()?, view.order.id, portal.now())
        .await?;
    let chosen = reusable
        .iter()
        .find(|data| data.application == application)
        .ok_or(PageError::NotFound)?;
    let groups = data_form::summary(&page, view.order.product.kind, &chosen.data);
    Ok(Summary {
        groups,
        reused: Some(Reusable::new(chosen)),
        ..Summary::new(page, view, form)
    })
}

/// What was signed, if it is what the person would submit now.
pub(super) async fn signed(
    portal: &Portal,
    page: &Page,
    from: IpAddr,
    view: &OrderView,
    form: &Form,
    data: &ApplicationData,
) -> Result<Result<SignedApplication, String>, PageError> {
    let Some(at) = signing::drawn_up(page, form) else {
        return Ok(Err(page.text("signing-refused-changed")));
    };
    let text = document(portal, page, view, form, data, at).await?;
    let verified = signing::verify(portal, page, from, form, text).await?;
    Ok(verified.map(|document| SignedApplication {
        document,
        version: view.order.version,
    }))
}

async fn document(
    portal: &Portal,
    page: &Page,
    view: &OrderView,
    form: &Form,
    data: &ApplicationData,
    at: Timestamp,
) -> Result<String, PageError> {
    let person = portal.register.person(page.principal()?.person).await?;
    let person = person.ok_or(PageError::NotFound)?;
    let applicant = Applicant {
        name: person.full_name,
        email: person.email.to_string(),
        registration_number: person.registration_number.to_string(),
    };
    let knowingly = form.has(ANYWAY);
    Ok(application::document(
        page, view, &applicant, data, knowingly, at,
    ))
}

pub(super) fn refuse_signature(form: &mut Form, page: &Page, words: String) {
    form.refuse_named(signing::SIGNATURE, page.text("signing-title"), words);
}
