//! What the registration authority finds wrong with a field, in the words of the page.

use chancery_ra::{Field, FieldError, Problem};
use chancery_register::numbers::NumberKind;

use super::data_form;
use crate::{form::Form, page::Page};

/// Notes each problem beside its field, in the order of the page.
pub(crate) fn note(form: &mut Form, page: &Page, errors: &[FieldError]) {
    let mut errors: Vec<&FieldError> = errors.iter().collect();
    errors.sort_by_key(|error| error.field);
    for error in errors {
        let text = match (error.field, &error.problem) {
            (
                Field::Country
                | Field::NumberKind
                | Field::DocumentKind
                | Field::DocumentCountry
                | Field::CommonName,
                Problem::Missing,
            ) => page.text("problem-missing-choice"),
            (_, problem) => text(page, problem),
        };
        match &error.problem {
            // These belong to one of several boxes.
            Problem::NotTicked { statement } | Problem::NewVersion { statement } => {
                let field = format!("statement-{statement}");
                form.refuse_named(&field, page.text("data-statements"), text);
            }
            Problem::DocumentMissing { document } => {
                let field = format!("document-{document}");
                form.refuse_named(&field, page.text("data-documents"), text);
            }
            _ => {
                let label = page.text(label(error.field));
                form.refuse_named(error.field.id(), label, text);
            }
        }
    }
}

/// The key of what a field is called.
const fn label(field: Field) -> &'static str {
    match field {
        Field::OrganizationName => "data-organization",
        Field::Country => "data-country",
        Field::State => "data-state",
        Field::Locality => "data-locality",
        Field::Street => "data-street",
        Field::PostalCode => "data-postal-code",
        Field::NumberKind => "data-number-kind",
        Field::Number => "data-number",
        Field::GivenName => "data-given-name",
        Field::Surname => "data-surname",
        Field::DocumentKind => "data-identity-kind",
        Field::DocumentCountry => "data-identity-country",
        Field::DocumentNumber => "data-identity-number",
        Field::Role => "data-role",
        Field::Documents => "data-documents",
        Field::Statements => "data-statements",
        Field::Email => "email-address",
        Field::CommonName => "activation-common-name",
        Field::Csr => "activation-csr",
        Field::Reason => "application-reject-reason",
    }
}

pub(crate) fn text(page: &Page, problem: &Problem) -> String {
    let key = format!("problem-{}", problem.id());
    // What was expected is named by an identifier here; people read words.
    let expected = match problem {
        Problem::WrongFormat { expected } => Some(number_format(page, expected)),
        Problem::OtherCountry { expected } => Some(data_form::country(page, expected)),
        _ => None,
    };
    if let Some(expected) = expected {
        return page.t(key).with("expected", expected).to_string();
    }
    problem
        .args()
        .into_iter()
        .fold(page.t(key), |message, (name, value)| {
            message.with(name, value)
        })
        .to_string()
}

/// What a number of this kind looks like, with an example.
pub(crate) fn number_format(page: &Page, kind: &str) -> String {
    let example = kind.parse().map_or("", NumberKind::example);
    page.t(format!("number-format-{kind}"))
        .with("example", example)
        .to_string()
}

#[cfg(test)]
mod tests {
    use chancery_ra::{EventKind, Problem};
    use chancery_register::numbers::NumberKind;

    use crate::words::Language;

    #[test]
    fn every_problem_number_and_event_has_its_words() {
        for language in Language::all() {
            let problems = Problem::IDS.iter().map(|id| format!("problem-{id}"));
            let numbers = NumberKind::ALL.iter().flat_map(|kind| {
                ["number-format", "data-number"].map(|key| format!("{key}-{}", kind.name()))
            });
            let events = EventKind::ALL
                .iter()
                .map(|kind| format!("event-{}", kind.id()));
            for key in problems.chain(numbers).chain(events) {
                let text = ["max", "min", "expected", "example"]
                    .into_iter()
                    .fold(language.message(&key), |message, name| {
                        message.with(name, "x")
                    })
                    .to_string();
                assert!(!text.contains('⟦'), "{text} in {}", language.tag());
            }
        }
    }
}
