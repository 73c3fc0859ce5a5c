//! The application as a document that its applicant signs, and what is said of it once it is signed.

use chancery_ra::{ApplicationData, ApplicationSignature, OrderView, StatementAt};
use chancery_register::text::visible;
use chancery_store::Timestamp;
use chancery_x509::Certificate;

use super::{data_form, documents::DocumentLine, views};
use crate::{
    page::Page,
    pages::{catalogue, registered::card::called},
    sheet::Sheet,
};

/// Who applies.
pub(crate) struct Applicant {
    pub name: String,
    pub email: String,
    pub registration_number: String,
}

/// The file name of the document.
pub(crate) fn file_name(view: &OrderView) -> String {
    format!(
        "application-{}-{}.txt",
        view.order.number, view.order.version
    )
}

/// The document: everything that is sent with the form, in words. It names the portal, the order and its version, so that no signature over it is one
/// over anything else, or a second time over the same.
pub(crate) fn document(
    page: &Page,
    view: &OrderView,
    applicant: &Applicant,
    data: &ApplicationData,
    number_knowingly: bool,
    drawn_up: Timestamp,
) -> String {
    let order = &view.order;
    let word = |key: &str| page.text(key);
    let mut sheet = Sheet::new(&word("application-document-title"));
    sheet.line(&word("application-document-number"), &order.number);
    sheet.line(
        &word("application-document-version"),
        &order.version.to_string(),
    );
    sheet.line(&word("application-document-portal"), &page.origin());
    let at = format!("{} ({})", page.date_time(drawn_up), page.iso(drawn_up));
    sheet.line(&word("application-document-at"), &at);

    sheet.section(&word("application-document-applicant"));
    sheet.line(&word("application-document-name"), &applicant.name);
    sheet.line(&word("application-document-email"), &applicant.email);
    let label = word("application-document-registration-number");
    sheet.line(&label, &applicant.registration_number);

    sheet.section(&word("application-document-product"));
    sheet.line(
        &word("application-document-certificate"),
        &views::product_name(page, order),
    );
    sheet.line(&word("application-document-code"), &order.product.code);
    let days = order.product.validity_days.to_string();
    sheet.line(&word("application-document-days"), &days);
    let price = catalogue::price(page, &order.product.price);
    sheet.line(&word("order-price"), &price);

    for group in data_form::summary(page, order.product.kind, data) {
        sheet.section(&word(group.title));
        for line in &group.lines {
            sheet.line(&word(line.label), &line.value);
        }
        if number_knowingly && group.title == "data-registration" {
            sheet.text(&word("application-document-number-anyway"));
        }
    }

    sheet.section(&word("order-documents"));
    if view.documents.is_empty() {
        sheet.text(&word("application-document-no-documents"));
    }
    for (at, document) in (1..).zip(&view.documents) {
        let line = DocumentLine::new(page, document);
        sheet.line(&at.to_string(), &line.name);
        let octets = document.size.to_string();
        sheet.under(&word("application-document-kind"), line.kind);
        sheet.under(&word("application-document-octets"), &octets);
        let added = page.iso(document.added_at);
        sheet.under(&word("application-document-added"), &added);
    }

    sheet.section(&word("data-statements"));
    let statements = order.product.statements_at(StatementAt::Data);
    for (at, statement) in (1..).zip(statements) {
        let text = statement.text.text(page.language.tag());
        // Statements are sentences; how their file breaks them into lines is nothing to a reader.
        let text: Vec<&str> = text.split_whitespace().collect();
        sheet.line(&at.to_string(), &text.join(" "));
        let reference = statement.reference().to_string();
        sheet.under(&word("application-document-statement"), &reference);
    }
    sheet.finish()
}

/// Who signed an application, with what, when.
pub(crate) struct Signed {
    pub document: String,
    pub signature: String,
    pub by: String,
    pub serial: String,
    pub authority: String,
    pub at: Timestamp,
}

/// What people call the certificate's holder; that of a mailbox may have no other name than the address.
fn signer(certificate: &Certificate) -> String {
    let name = called(certificate.subject());
    if name.is_empty() {
        certificate.emails().into_iter().next().unwrap_or(name)
    } else {
        name
    }
}

impl Signed {
    pub(crate) fn new(signature: &ApplicationSignature) -> Self {
        let certificate = &signature.certificate;
        Self {
            document: signature.document.to_string(),
            signature: signature.signature.to_string(),
            by: visible(&signer(certificate)),
            serial: certificate.serial().to_hex(),
            authority: visible(&called(certificate.issuer())),
            at: signature.at,
        }
    }
}
