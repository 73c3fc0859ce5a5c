//! The data verification of an order: filled in, kept as a draft, read once more, sent.

pub(crate) mod summary;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ra::{
    ApplicationData, Field, FieldError, OrderView, Problem, ReuseError, Submission, SubmitError,
    VerifiedData,
};
use chancery_store::{Id, Timestamp};

pub(crate) use self::summary::StatementBox;
use self::summary::{refuse_signature, reused, signable, signed};
use super::{
    data_form::{self, ANYWAY},
    documents::{self, Wanted},
    problems,
    views::{self, OrderHead},
};
use crate::{
    error::PageError,
    form::{Form, Upload},
    page::Page,
    pages::path_id,
    respond::{self, Remember as _},
    show::Choice,
    signing,
    state::Portal,
    visit::Peer,
};

#[derive(Template)]
#[template(path = "pages/order-data.html")]
pub(crate) struct Data {
    pub page: Page,
    pub order: OrderHead,
    pub form: Form,
    pub reusable: Vec<Reusable>,
    pub rejection: Option<String>,
    /// The number's check digits do not fit, and the person may say that it is right nevertheless.
    pub doubtful: bool,
    pub countries: Vec<Choice>,
    pub number_kinds: Vec<Choice>,
    pub identity_documents: Vec<Choice>,
    pub wanted: Vec<Wanted>,
}

/// A way to show that an organisation exists.
struct Proof {
    value: &'static str,
    /// The key of its name.
    label: &'static str,
    /// The key of what it means for the applicant.
    hint: &'static str,
}

impl Data {
    pub(crate) fn new(page: Page, view: &OrderView, form: Form, reusable: Vec<Reusable>) -> Self {
        Self {
            order: OrderHead::new(&page, view),
            reusable,
            rejection: views::rejection(&view.order),
            doubtful: data_form::is_doubtful(&form),
            countries: data_form::countries(page.language),
            number_kinds: data_form::number_kinds(&page),
            identity_documents: data_form::identity_documents(&page),
            wanted: documents::wanted(&page, view),
            page: page.with_problems(form.problems().len()),
            form,
        }
    }

    #[expect(
        clippy::unused_self,
        reason = "the template reaches it through the page"
    )]
    const fn proofs(&self) -> [Proof; 2] {
        [
            Proof {
                value: "registration-number",
                label: "data-proof-registration-number",
                hint: "data-proof-registration-number-help",
            },
            Proof {
                value: "document",
                label: "data-proof-document",
                hint: "data-proof-document-help",
            },
        ]
    }
}

/// Data of an earlier order that need no new verification.
pub(crate) struct Reusable {
    pub application: String,
    pub who: String,
    pub order_number: String,
    pub verified_at: Timestamp,
    pub usable_until: Timestamp,
}

impl Reusable {
    fn new(data: &VerifiedData) -> Self {
        let who = [
            format!(
                "{} {}",
                data.data.person.given_name, data.data.person.surname
            ),
            data.data.organization.name.clone(),
        ];
        let who: Vec<&str> = who
            .iter()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .collect();
        Self {
            application: data.application.to_string(),
            who: who.join(", "),
            order_number: data.order_number.clone(),
            verified_at: data.verified_at,
            usable_until: data.usable_until,
        }
    }
}

/// `GET /orders/{id}/data`
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
    let form = data_form::fill(&typed(&view));
    respond::page(&form_page(&portal, page, &view, form).await?)
}

/// `POST /orders/{id}/data`: whatever the button, what was typed and sent is kept first.
pub(crate) async fn save(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    let Upload { mut form, files } = upload;
    let data = data_form::read(&form);
    let now = portal.now();
    portal
        .ra
        .save_draft(page.principal()?, id, &data, now)
        .await?;
    let added = documents::store(&portal, &page, id, &mut form, files).await?;
    let view = portal.ra.order(page.principal()?, id, now).await?;
    let action = form.value("action").to_owned();
    if action == "add" && added == 0 && form.is_fine() {
        documents::none_chosen(&page, &mut form);
    }
    let removed = action.strip_prefix("remove-");
    if (action == "add" || removed.is_some()) && !form.is_fine() {
        return respond::refused(&form_page(&portal, page, &view, form).await?);
    }
    if let Some(document) = removed {
        let back = respond::see_other(&format!("/orders/{id}/data#documents"));
        return documents::take_back(&portal, &page, path_id(document)?, back).await;
    }
    if form.is_fine() {
        match action.as_str() {
            "draft" => {
                let back = respond::see_other(&format!("/orders/{id}"));
                return Ok(back.noticing("notice-draft-saved"));
            }
            "add" => {
                let back = respond::see_other(&format!("/orders/{id}/data#documents"));
                return Ok(back.noticing("notice-documents-added"));
            }
            _ => {}
        }
    }
    let submission = submission(&page, data, &form);
    match portal
        .ra
        .check_data(page.principal()?, id, &submission, now)
        .await
    {
        Ok(data) if form.is_fine() => {
            respond::page(&signable(&portal, page, &view, form, &data).await?)
        }
        Ok(_) => respond::refused(&form_page(&portal, page, &view, form).await?),
        Err(SubmitError::Fields(errors)) => {
            problems::note(&mut form, &page, &errors);
            respond::refused(&form_page(&portal, page, &view, form).await?)
        }
        Err(error) => elsewhere(id, error),
    }
}

/// `POST /orders/{id}/data/submit`: what the summary showed, with the statements, and perhaps signed.
pub(crate) async fn submit(
    State(portal): State<Portal>,
    page: Page,
    Peer(from): Peer,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    let now = portal.now();
    let principal = page.principal()?;
    let view = portal.ra.order(principal, id, now).await?;
    let data = typed(&view);
    let submission = submission(&page, data.clone(), &form);
    let checked = portal.ra.check_data(principal, id, &submission, now).await;
    let is_signed = signing::is_signed(&form);
    let (answer, kept) = match checked {
        // What was signed is never sent without its signature.
        Err(error) if is_signed => (Err(error), data.clone()),
        Ok(kept) if is_signed => {
            let signed = match signed(&portal, &page, from, &view, &form, &kept).await? {
                Ok(signed) => signed,
                Err(words) => {
                    refuse_signature(&mut form, &page, words);
                    return respond::refused(&signable(&portal, page, &view, form, &kept).await?);
                }
            };
            let ra = &portal.ra;
            let submitted = ra.submit_signed(principal, id, &submission, &signed, now);
            (submitted.await, kept)
        }
        checked => {
            let submitted = portal.ra.submit_data(principal, id, &submission, now).await;
            (submitted, checked.unwrap_or_else(|_| data.clone()))
        }
    };
    match answer {
        Ok(()) => {
            let notice = if is_signed {
                "notice-data-signed"
            } else {
                "notice-data-submitted"
            };
            Ok(respond::see_other(&format!("/orders/{id}")).noticing(notice))
        }
        Err(SubmitError::Fields(errors)) if errors.iter().all(is_statement) => {
            problems::note(&mut form, &page, &errors);
            respond::refused(&signable(&portal, page, &view, form, &kept).await?)
        }
        Err(SubmitError::Stale) if is_signed => {
            let view = portal.ra.order(principal, id, now).await?;
            if !is_open(&portal, &view) {
                return Ok(respond::see_other(&format!("/orders/{id}")));
            }
            let words = page.text("signing-refused-changed");
            refuse_signature(&mut form, &page, words);
            respond::refused(&signable(&portal, page, &view, form, &kept).await?)
        }
        Err(SubmitError::Fields(errors)) => {
            let mut form = data_form::fill(&data);
            problems::note(&mut form, &page, &errors);
            respond::refused(&form_page(&portal, page, &view, form).await?)
        }
        Err(error) => elsewhere(id, error),
    }
}

/// `POST /orders/{id}/data/reuse`: data that were verified before, first shown, then taken over.
pub(crate) async fn reuse(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    let now = portal.now();
    let view = portal.ra.order(page.principal()?, id, now).await?;
    if !is_open(&portal, &view) {
        return Ok(respond::see_other(&format!("/orders/{id}")));
    }
    let application = path_id(form.value("application"))?;
    if form.value("action") != "take" {
        return respond::page(&reused(&portal, page, &view, application, form).await?);
    }
    let answer = portal
        .ra
        .reuse_data(
            page.principal()?,
            id,
            application,
            &ticked(&form),
            page.language.tag().parse().unwrap_or_default(),
            now,
        )
        .await;
    match answer {
        Ok(()) => Ok(respond::see_other(&format!("/orders/{id}")).noticing("notice-data-reused")),
        Err(ReuseError::Fields(errors)) => {
            problems::note(&mut form, &page, &errors);
            respond::refused(&reused(&portal, page, &view, application, form).await?)
        }
        Err(ReuseError::WrongState(_) | ReuseError::Stale) => {
            Ok(respond::see_other(&format!("/orders/{id}")))
        }
        Err(error) => Err(error.into()),
    }
}

async fn form_page(
    portal: &Portal,
    page: Page,
    view: &OrderView,
    form: Form,
) -> Result<Data, PageError> {
    let reusable = portal
        .ra
        .reusable(page.principal()?, view.order.id, portal.now())
        .await?;
    let reusable = reusable.iter().map(Reusable::new).collect();
    Ok(Data::new(page, view, form, reusable))
}

/// What there is of the data: the draft, else what was sent before.
fn typed(view: &OrderView) -> ApplicationData {
    view.draft
        .clone()
        .or_else(|| view.submission.as_ref().map(|sent| sent.data.clone()))
        .unwrap_or_default()
}

/// Whether data can be given; also where those that were verified are too old by now.
fn is_open(portal: &Portal, view: &OrderView) -> bool {
    portal.ra.takes_data(&view.order, portal.now())
}

fn is_statement(error: &FieldError) -> bool {
    error.field == Field::Statements
        || matches!(
            error.problem,
            Problem::NotTicked { .. } | Problem::NewVersion { .. }
        )
}

fn submission(page: &Page, data: ApplicationData, form: &Form) -> Submission {
    Submission {
        data,
        wrong_number_knowingly: form.has(ANYWAY),
        ticked: ticked(form),
        language: page.language.tag().parse().unwrap_or_default(),
    }
}

/// The statements whose boxes are ticked; what is no reference ticks nothing.
pub(crate) fn ticked(form: &Form) -> Vec<chancery_ra::StatementVersion> {
    form.values("statement")
        .filter_map(|value| value.parse().ok())
        .collect()
}

/// A form sent twice finds its work done: the order page shows it.
fn elsewhere(id: Id, error: SubmitError) -> Result<Response, PageError> {
    match error {
        SubmitError::WrongState(_) | SubmitError::Stale => {
            Ok(respond::see_other(&format!("/orders/{id}")))
        }
        other => Err(other.into()),
    }
}
