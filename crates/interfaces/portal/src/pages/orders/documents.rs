//! Documents of an order: added, listed, looked at, taken back.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ra::{
    ApplicationData, ContentError, Document, DocumentError, DocumentKind, ExistenceProof, Needed,
    OrderView, Product, RemoveDocumentError, Step, StepState, Upload as NewDocument,
};
use chancery_store::{Id, Timestamp};

use super::views::OrderHead;
use crate::{
    error::PageError,
    form::{File, Form, Upload},
    page::Page,
    pages::{download, path_id},
    respond::{self, Remember as _},
    state::Portal,
};

/// Several scans at once, each within the limit of one document.
pub(crate) const UPLOAD_OCTETS: usize = 48 * 1024 * 1024;

/// A document in a list.
pub(crate) struct DocumentLine {
    pub id: String,
    pub name: String,
    pub kind: &'static str,
    pub is_image: bool,
    pub size: String,
    pub added_at: Timestamp,
    /// Whether it may be taken back: it was not sent for verification yet.
    pub removable: bool,
}

impl DocumentLine {
    pub(crate) fn new(page: &Page, document: &Document) -> Self {
        Self {
            id: document.id.to_string(),
            name: document.name.clone(),
            kind: document.kind.name(),
            is_image: matches!(document.kind, DocumentKind::Png | DocumentKind::Jpeg),
            size: size(page, document.size),
            added_at: document.added_at,
            removable: false,
        }
    }

    /// The icon of its kind.
    pub(crate) const fn icon(&self) -> &'static str {
        if self.is_image { "photo" } else { "file-text" }
    }

    pub(crate) fn all(page: &Page, documents: &[Document]) -> Vec<Self> {
        documents
            .iter()
            .map(|document| Self::new(page, document))
            .collect()
    }
}

/// In units that say enough: nobody compares octets.
fn size(page: &Page, octets: u64) -> String {
    if octets < 1_000_000 {
        page.t("size-kilobytes")
            .with("size", octets.div_ceil(1000))
            .to_string()
    } else {
        let tenths = octets.div_ceil(100_000);
        page.t("size-megabytes")
            .with("whole", tenths / 10)
            .with("tenths", tenths % 10)
            .to_string()
    }
}

/// A document that the product asks for, with what was added for it.
pub(crate) struct Wanted {
    /// The name of the file field.
    pub field: String,
    pub name: String,
    pub hint: String,
    /// The key that says whether it has to be there.
    pub needed: &'static str,
    pub added: Vec<DocumentLine>,
}

/// The key of whether a document has to be there.
pub(crate) const fn needed(needed: Needed) -> &'static str {
    match needed {
        Needed::Always => "documents-needed-always",
        Needed::IfChosen => "documents-needed-if-chosen",
        Needed::Optional => "documents-needed-optional",
    }
}

/// Whether the data of this order can be verified by no other way than documents.
pub(crate) fn are_required(product: &Product, data: &ApplicationData) -> bool {
    product
        .documents
        .iter()
        .any(|document| match document.needed {
            Needed::Always => true,
            Needed::IfChosen => data.organization.proof == ExistenceProof::Document,
            Needed::Optional => false,
        })
}

/// What the product asks for, and a place for anything else at the end.
pub(crate) fn wanted(page: &Page, view: &OrderView) -> Vec<Wanted> {
    let language = page.language.tag();
    let order = &view.order;
    let open = order
        .state(Step::DataVerification)
        .is_some_and(StepState::is_open);
    let sent = view.submission.as_ref().map(|submission| submission.at);
    let added = |purpose: Option<&str>| {
        view.documents
            .iter()
            .filter(|document| document.purpose.as_deref() == purpose)
            .map(|document| DocumentLine {
                removable: open && sent.is_none_or(|sent| sent < document.added_at),
                ..DocumentLine::new(page, document)
            })
            .collect()
    };
    let mut wanted: Vec<Wanted> = order
        .product
        .documents
        .iter()
        .map(|document| Wanted {
            field: format!("document-{}", document.id),
            name: document.name.text(language).to_owned(),
            hint: document.hint.text(language).to_owned(),
            needed: needed(document.needed),
            added: added(Some(&document.id)),
        })
        .collect();
    wanted.push(Wanted {
        field: OTHER.to_owned(),
        name: page.text("documents-other"),
        hint: page.text("documents-other-hint"),
        needed: "documents-needed-optional",
        added: added(None),
    });
    wanted
}

/// Says that no file was chosen.
pub(crate) fn none_chosen(page: &Page, form: &mut Form) {
    let label = page.text("documents-other");
    form.refuse_named(OTHER, label, page.text("documents-error-none"));
}

const OTHER: &str = "document-other";

/// Stores what was sent, and notes beside each field what could not be taken.
pub(crate) async fn store(
    portal: &Portal,
    page: &Page,
    order: Id,
    form: &mut Form,
    files: Vec<File>,
) -> Result<usize, PageError> {
    let mut stored = 0;
    for File {
        field,
        name,
        octets,
    } in files
    {
        let Some(purpose) = field.strip_prefix("document-") else {
            continue;
        };
        let purpose = (field != OTHER).then(|| purpose.to_owned());
        let upload = NewDocument {
            file_name: name.clone(),
            content: octets,
            purpose,
        };
        match portal
            .ra
            .add_document(page.principal()?, order, upload, portal.now())
            .await
        {
            Ok(_) => stored += 1,
            Err(error) => {
                let key = refusal(error)?;
                let text = page.t(key).with("name", name).to_string();
                form.refuse_named(&field, page.text("data-documents"), text);
            }
        }
    }
    Ok(stored)
}

/// What the person can do something about, as a key; the rest is no answer to a form.
fn refusal(error: DocumentError) -> Result<&'static str, PageError> {
    Ok(match error {
        DocumentError::Empty => "documents-error-empty",
        DocumentError::TooLarge { .. } => "documents-error-size",
        DocumentError::TooMany { .. } => "documents-error-many",
        DocumentError::NoneTaken => "documents-error-closed",
        DocumentError::Stale => "documents-error-again",
        DocumentError::Content(content) => match content {
            ContentError::NotADocument => "documents-error-kind",
            ContentError::Damaged { .. } => "documents-error-damaged",
            ContentError::Polyglot { .. } => "documents-error-hidden",
            ContentError::Active => "documents-error-active",
            ContentError::TooManyPixels { .. } => "documents-error-pixels",
        },
        DocumentError::UnknownPurpose { .. } | DocumentError::NotFound => {
            return Err(PageError::NotFound);
        }
        DocumentError::Denied(denied) => return Err(denied.into()),
        DocumentError::Fault(fault) => return Err(fault.into()),
    })
}

#[derive(Template)]
#[template(path = "pages/order-documents.html")]
pub(crate) struct Documents {
    pub page: Page,
    pub order: OrderHead,
    pub form: Form,
    pub wanted: Vec<Wanted>,
}

impl Documents {
    pub(crate) fn new(page: Page, view: &OrderView, form: Form) -> Self {
        Self {
            order: OrderHead::new(&page, view),
            wanted: wanted(&page, view),
            page: page.with_problems(form.problems().len()),
            form,
        }
    }
}

/// `GET /orders/{id}/documents`
pub(crate) async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let documents = documents(&portal, page, path_id(&id)?, Form::default()).await?;
    respond::page(&documents)
}

/// `POST /orders/{id}/documents`
pub(crate) async fn add(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, PageError> {
    let id = path_id(&id)?;
    let Upload { mut form, files } = upload;
    if files.is_empty() {
        none_chosen(&page, &mut form);
    }
    store(&portal, &page, id, &mut form, files).await?;
    if form.is_fine() {
        let back = respond::see_other(&format!("/orders/{id}/documents"));
        return Ok(back.noticing("notice-documents-added"));
    }
    respond::refused(&documents(&portal, page, id, form).await?)
}

async fn documents(
    portal: &Portal,
    page: Page,
    id: Id,
    form: Form,
) -> Result<Documents, PageError> {
    let view = portal.ra.order(page.principal()?, id, portal.now()).await?;
    Ok(Documents::new(page, &view, form))
}

/// `GET /documents/{id}`: the applicant's own, or for an officer.
pub(crate) async fn view(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let (document, content) = portal
        .ra
        .document(page.principal()?, path_id(&id)?, portal.now())
        .await?;
    let show = if document.kind.is_signed_application() {
        download::attachment
    } else {
        download::document
    };
    Ok(show(
        document.kind.media_type(),
        &document.name,
        content.to_vec(),
    ))
}

/// `POST /orders/{id}/documents/remove`: takes one back that was not sent yet.
pub(crate) async fn remove(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let back = respond::see_other(&format!("/orders/{}/documents", path_id(&id)?));
    let document = path_id(form.value("document"))?;
    take_back(&portal, &page, document, back).await
}

/// Removes a document, and says on the page `back` what became of it.
pub(crate) async fn take_back(
    portal: &Portal,
    page: &Page,
    document: Id,
    back: Response,
) -> Result<Response, PageError> {
    match portal
        .ra
        .remove_document(page.principal()?, document, portal.now())
        .await
    {
        Ok(()) => Ok(back.noticing("notice-document-removed")),
        Err(RemoveDocumentError::Submitted | RemoveDocumentError::Stale) => {
            Ok(back.noticing("notice-document-kept"))
        }
        Err(error) => Err(error.into()),
    }
}
