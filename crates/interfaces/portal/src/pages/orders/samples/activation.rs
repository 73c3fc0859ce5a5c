//! The activation and its summary.

use chancery_ra::{CsrCheck, CsrProblem, Field, FieldError, LogInChoice, Problem};

use super::{At, DAY, ago, product, view};
use crate::{
    form::Form,
    page::Page,
    pages::orders::{
        activation::{Activation, FieldBox, Named, SubjectLine, Summary as ActivationSummary},
        csr::Verdict,
        data::StatementBox,
        problems,
        views::OrderHead,
    },
    samples::Samples,
};

const CSR: &str = "-----BEGIN CERTIFICATE REQUEST-----\nMIIBUTCB+AIBADAxMRcwFQYDVQQD…\n-----END CERTIFICATE REQUEST-----\n";

fn activation(page: &Page, form: Form, browser: bool, verdict: Option<Verdict>) -> Activation {
    let field = |id: &'static str, value: &str, mandatory, chosen| FieldBox {
        id,
        label: format!("field-{id}"),
        value: value.to_owned(),
        mandatory,
        chosen,
    };
    let name = |id, value: &str, chosen| Named {
        id,
        value: value.to_owned(),
        chosen,
    };
    Activation {
        order: OrderHead::new(page, &view(page, "smime-sponsor-365", At::Activation)),
        email: "jana.orechova@energy.example".to_owned(),
        common_names: vec![
            name("person", "Jana Ořechová", true),
            name("email", "jana.orechova@energy.example", false),
        ],
        no_common_name: Some(false),
        fields: vec![
            field("givenName", "Jana", true, true),
            field("surname", "Ořechová", true, true),
            field("organizationName", "Ořechová Energy s.r.o.", true, true),
            field("organizationIdentifier", "NTRCZ-99999994", true, true),
            field("localityName", "Praha", false, true),
            field("countryName", "CZ", false, false),
        ],
        browser,
        fresh: !form.has("csr"),
        verdict,
        page: page.clone().with_problems(form.problems().len()),
        form,
    }
}

impl Samples for Activation {
    const TEMPLATE: &'static str = "pages/order-activation.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let correct = Verdict::new(
            page,
            &CsrCheck::Correct {
                key: "RSA 3072".to_owned(),
                bits: Some(3072),
                subject: "CN=Jana Ořechová, O=Ořechová Energy s.r.o.".to_owned(),
                emails: Vec::new(),
            },
        );
        let wrong = Verdict::new(
            page,
            &CsrCheck::Wrong(CsrProblem {
                id: "not-base64",
                args: vec![("character", "~".to_owned())],
                line: Some(2),
            }),
        );
        let filled = || Form::filled([("csr", CSR), ("common_name", "person")]);
        let mut form = filled();
        form.set("csr", &CSR.replace("MIIBUT", "MIIB~T"));
        form.refuse_named(
            "csr",
            page.text("activation-csr"),
            wrong.problem().unwrap_or_default(),
        );
        vec![
            ("fresh", activation(page, Form::default(), false, None)),
            ("browser", activation(page, filled(), true, None)),
            ("correct", activation(page, filled(), false, Some(correct))),
            ("wrong", activation(page, form, false, Some(wrong))),
        ]
    }
}

impl Samples for ActivationSummary {
    const TEMPLATE: &'static str = "pages/order-activation-summary.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |form: Form, browser, log_in| {
            let product = product("smime-sponsor-365");
            let line = |attribute: &str, value: &str| SubjectLine {
                label: format!("field-{attribute}"),
                value: value.to_owned(),
            };
            Self {
                order: OrderHead::new(page, &view(page, "smime-sponsor-365", At::Activation)),
                subject: vec![
                    line("commonName", "Jana Ořechová"),
                    line("givenName", "Jana"),
                    line("surname", "Ořechová"),
                    line("organizationName", "Ořechová Energy s.r.o."),
                    line("organizationIdentifier", "NTRCZ-99999994"),
                ],
                emails: vec!["jana.orechova@energy.example".to_owned()],
                key: "RSA 3072".to_owned(),
                not_after: ago(page, -365 * DAY),
                issuer: "Chancery Sandbox S/MIME Issuing 2026".to_owned(),
                statements: product
                    .statements_at(chancery_ra::StatementAt::Activation)
                    .map(|statement| StatementBox::new(page, statement))
                    .collect(),
                id: "03".repeat(16),
                browser,
                log_in,
                page: page.clone().with_problems(form.problems().len()),
                form,
            }
        };
        let mut form = Form::filled([("csr", CSR), ("field", "localityName")]);
        let wrong = FieldError {
            field: Field::Statements,
            problem: Problem::NotTicked {
                statement: "subscriber-agreement".to_owned(),
            },
        };
        problems::note(&mut form, page, &[wrong]);
        vec![
            (
                "fresh",
                sample(Form::filled([("csr", CSR)]), false, LogInChoice::Offered),
            ),
            ("unticked", sample(form, false, LogInChoice::NoPlace)),
            (
                "browser",
                sample(
                    Form::filled([("register", "yes")]),
                    true,
                    LogInChoice::Offered,
                ),
            ),
            (
                "renewal",
                sample(Form::default(), true, LogInChoice::AsBefore),
            ),
        ]
    }
}
