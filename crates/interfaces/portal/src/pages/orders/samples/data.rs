//! The data verification and its documents.

use chancery_ra::{ApplicationData, Field, FieldError, OrderView, Problem};

use super::{At, DAY, ago, data, id, view};
use crate::{
    form::Form,
    page::Page,
    pages::orders::{
        application::{self, Applicant},
        data::{Data, Reusable, summary::Summary as DataSummary},
        data_form,
        documents::Documents,
        problems,
    },
    samples::Samples,
    signing::Signable,
};

/// The form of a sponsored person, with what the registration authority says about it.
fn wrong_form(page: &Page) -> Form {
    let mut data = data();
    "99999993".clone_into(&mut data.organization.number);
    data.person.surname = String::new();
    "SK".clone_into(&mut data.organization.country);
    let mut form = data_form::fill(&data);
    let errors = [
        (Field::Number, Problem::WrongCheckDigit),
        (Field::Surname, Problem::Missing),
        (
            Field::Country,
            Problem::OtherCountry {
                expected: "CZ".to_owned(),
            },
        ),
    ]
    .map(|(field, problem)| FieldError { field, problem });
    problems::note(&mut form, page, &errors);
    form
}

impl Samples for Data {
    const TEMPLATE: &'static str = "pages/order-data.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let code = "smime-sponsor-365";
        let sample = |at, form, reusable| {
            let view = view(page, code, at);
            Self::new(page.clone(), &view, form, reusable)
        };
        vec![
            (
                "empty",
                sample(
                    At::Data,
                    data_form::fill(&ApplicationData::default()),
                    Vec::new(),
                ),
            ),
            (
                "reusable",
                sample(At::Data, data_form::fill(&data()), vec![reusable(page)]),
            ),
            ("wrong", sample(At::Rejected, wrong_form(page), Vec::new())),
        ]
    }
}

fn reusable(page: &Page) -> Reusable {
    Reusable {
        application: id(6).to_string(),
        who: "Jana Ořechová, Ořechová Energy s.r.o.".to_owned(),
        order_number: "O-2025-000087-1".to_owned(),
        verified_at: ago(page, 200 * DAY),
        usable_until: ago(page, -600 * DAY),
    }
}

impl Samples for DataSummary {
    const TEMPLATE: &'static str = "pages/order-data-summary.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let view = view(page, "smime-sponsor-365", At::Rejected);
        let mut form = Form::filled([("number-anyway", "yes")]);
        let wrong = FieldError {
            field: Field::Statements,
            problem: Problem::NotTicked {
                statement: "data-are-true".to_owned(),
            },
        };
        let fresh = Self {
            signable: Some(signable(page, &view)),
            ..Self::new(page.clone(), &view, Form::default())
        };
        let draft = |code| {
            let view = OrderView {
                draft: Some(data()),
                ..super::view(page, code, At::Data)
            };
            Self::new(page.clone(), &view, Form::default())
        };
        problems::note(&mut form, page, &[wrong]);
        vec![
            ("fresh", fresh),
            ("unticked", Self::new(page.clone(), &view, form)),
            (
                "reused",
                Self {
                    reused: Some(reusable(page)),
                    ..Self::new(page.clone(), &view, Form::default())
                },
            ),
            ("without-documents", draft("smime-sponsor-365")),
            ("no-documents-needed", draft("smime-organization-365")),
        ]
    }
}

fn signable(page: &Page, view: &OrderView) -> Signable {
    let applicant = Applicant {
        name: "Jana Ořechová".to_owned(),
        email: "jana.orechova@energy.example".to_owned(),
        registration_number: "R-2026-000042-7".to_owned(),
    };
    Signable {
        text: application::document(page, view, &applicant, &data(), false, page.now),
        name: application::file_name(view),
        drawn_up: page.now.as_secs(),
        registered: "0".repeat(64),
    }
}

impl Samples for Documents {
    const TEMPLATE: &'static str = "pages/order-documents.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |at, form: Form| {
            let view = view(page, "smime-organization-365", at);
            Self::new(page.clone(), &view, form)
        };
        let mut form = Form::default();
        let text = page
            .t("documents-error-kind")
            .with("name", "notes.docx")
            .to_string();
        form.refuse_named(
            "document-register-extract",
            page.text("data-documents"),
            text,
        );
        vec![
            ("waiting", sample(At::Waiting, Form::default())),
            ("wrong", sample(At::Rejected, form)),
            ("none", sample(At::Data, Form::default())),
        ]
    }
}
