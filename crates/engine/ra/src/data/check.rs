//! What is checked of the data before an officer sees them.

use chancery_profile::{SubjectAttribute, country};
use chancery_register::{
    DocumentKind,
    numbers::{self, NumberCheck, NumberKind},
    text::{self, TextError},
};

use super::identifier::{NoIdentifier, identifier};
use crate::{
    ApplicationData, Document, ExistenceProof, Field, FieldError, Kind, Needed, OrganizationData,
    PersonData, Problem, Product,
};

/// Longest role in an organisation, in characters.
const MAX_ROLE: usize = 64;
/// Longest number of an identity document (ICAO 9303 has 9; old papers more).
const MAX_DOCUMENT_NUMBER: usize = 32;

/// Data that passed, in the form in which they are kept and certified.
#[derive(Debug)]
pub(super) struct Checked {
    pub data: ApplicationData,
    /// The check digit of the number is wrong, and the applicant insists on it.
    pub number_wrong: bool,
}

/// Collects every error rather than the first.
#[derive(Default)]
struct Errors(Vec<FieldError>);

impl Errors {
    fn add(&mut self, field: Field, problem: Problem) {
        self.0.push(FieldError { field, problem });
    }

    fn cleaned(&mut self, field: Field, result: Result<String, TextError>) -> String {
        result.unwrap_or_else(|error| {
            self.add(field, problem_of(&error));
            String::new()
        })
    }

    /// A name: at least one letter.
    fn name(&mut self, field: Field, typed: &str, max: usize) -> String {
        self.cleaned(field, text::clean_name(typed, max))
    }

    /// A line that must be there.
    fn line(&mut self, field: Field, typed: &str, max: usize) -> String {
        self.cleaned(field, text::clean_line(typed, max))
    }

    /// A line that may be left empty.
    fn optional(&mut self, field: Field, typed: &str, max: usize) -> String {
        if typed.trim().is_empty() {
            String::new()
        } else {
            self.line(field, typed, max)
        }
    }

    fn country(&mut self, field: Field, typed: &str) -> String {
        let code = typed.trim().to_ascii_uppercase();
        if code.is_empty() {
            self.add(field, Problem::Missing);
        } else if !country::is_assigned(&code) {
            self.add(field, Problem::UnknownCountry);
        }
        code
    }
}

/// What a person is told about a text that cannot stand.
pub(crate) fn problem_of(error: &TextError) -> Problem {
    match error {
        TextError::Empty => Problem::Missing,
        TextError::TooLong { max, .. } => Problem::TooLong { max: *max },
        TextError::Markup { .. } => Problem::Markup,
        TextError::NoLetter => Problem::NoLetter,
        TextError::LineBreak { .. }
        | TextError::Control { .. }
        | TextError::Invisible { .. }
        | TextError::Unreadable { .. } => Problem::ForbiddenCharacter,
    }
}

/// Checks the data that the product needs; the rest is dropped, for nobody verifies it.
pub(super) fn check(
    product: &Product,
    typed: &ApplicationData,
    documents: &[Document],
    wrong_number_knowingly: bool,
) -> Result<Checked, Vec<FieldError>> {
    let mut errors = Errors::default();
    let mut data = ApplicationData::default();
    let mut number_wrong = false;
    if product.kind.has_organization() {
        (data.organization, number_wrong) =
            organization(&mut errors, &typed.organization, wrong_number_knowingly);
    }
    if product.kind.has_person() {
        data.person = person(&mut errors, &typed.person, product.kind);
    }
    for document in missing_documents(product, typed.organization.proof, documents) {
        errors.add(Field::Documents, Problem::DocumentMissing { document });
    }
    if errors.0.is_empty() {
        Ok(Checked { data, number_wrong })
    } else {
        Err(errors.0)
    }
}

fn organization(
    errors: &mut Errors,
    typed: &OrganizationData,
    knowingly: bool,
) -> (OrganizationData, bool) {
    use SubjectAttribute as A;
    let name = errors.name(
        Field::OrganizationName,
        &typed.name,
        A::OrganizationName.upper_bound(),
    );
    let country = errors.country(Field::Country, &typed.country);
    let (number, number_wrong) = number(errors, typed, &country, knowingly);
    let organization = OrganizationData {
        name,
        state: errors.optional(
            Field::State,
            &typed.state,
            A::StateOrProvinceName.upper_bound(),
        ),
        locality: errors.name(
            Field::Locality,
            &typed.locality,
            A::LocalityName.upper_bound(),
        ),
        street: errors.optional(Field::Street, &typed.street, A::StreetAddress.upper_bound()),
        postal_code: errors.optional(
            Field::PostalCode,
            &typed.postal_code,
            A::PostalCode.upper_bound(),
        ),
        number_kind: typed.number_kind.trim().to_owned(),
        number,
        proof: typed.proof,
        country,
    };
    (organization, number_wrong)
}

/// The number in its written form, and whether its check digit is wrong.
fn number(
    errors: &mut Errors,
    typed: &OrganizationData,
    country: &str,
    knowingly: bool,
) -> (String, bool) {
    let kind = typed.number_kind.trim();
    let Ok(kind) = kind.parse::<NumberKind>() else {
        let missing = kind.is_empty();
        errors.add(
            Field::NumberKind,
            if missing {
                Problem::Missing
            } else {
                Problem::UnknownChoice
            },
        );
        return (String::new(), false);
    };
    if let Some(expected) = kind.country().filter(|expected| *expected != country) {
        let expected = expected.to_owned();
        errors.add(Field::Country, Problem::OtherCountry { expected });
    }
    if typed.number.trim().is_empty() {
        errors.add(Field::Number, Problem::Missing);
        return (String::new(), false);
    }
    let (number, wrong) = match numbers::check(kind, &typed.number) {
        NumberCheck::Correct { normalized } | NumberCheck::FormatOnly { normalized } => {
            (normalized, false)
        }
        NumberCheck::WrongCheckDigit { normalized } => {
            if !knowingly {
                errors.add(Field::Number, Problem::WrongCheckDigit);
            }
            (normalized, true)
        }
        NumberCheck::WrongFormat { expected } => {
            errors.add(Field::Number, Problem::WrongFormat { expected });
            return (String::new(), false);
        }
    };
    match identifier(kind, country, &number) {
        // An unknown country is told at its own field.
        Ok(_) | Err(NoIdentifier::Reference) if !wrong => {}
        Err(NoIdentifier::Country { expected }) => {
            errors.add(Field::Country, Problem::OtherCountry { expected });
        }
        Err(NoIdentifier::Scheme) => errors.add(Field::NumberKind, Problem::NotCertifiable),
        // The scheme insists on right check digits: to know better does not help.
        Err(NoIdentifier::Reference) if knowingly => {
            errors.add(Field::Number, Problem::WrongCheckDigit);
        }
        Ok(_) | Err(NoIdentifier::Reference) => {}
    }
    (number, wrong)
}

fn person(errors: &mut Errors, typed: &PersonData, kind: Kind) -> PersonData {
    let max = SubjectAttribute::Surname.upper_bound();
    // Some people have a single name; it stands as the surname (S/MIME BR 7.1.4.2.2 e).
    let given_name = if typed.given_name.trim().is_empty() {
        String::new()
    } else {
        errors.name(Field::GivenName, &typed.given_name, max)
    };
    let document_kind = typed.document_kind.trim().to_owned();
    if document_kind.is_empty() {
        errors.add(Field::DocumentKind, Problem::Missing);
    } else if document_kind.parse::<DocumentKind>().is_err() {
        errors.add(Field::DocumentKind, Problem::UnknownChoice);
    }
    let number = errors.line(
        Field::DocumentNumber,
        &typed.document_number,
        MAX_DOCUMENT_NUMBER,
    );
    let sound = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.');
    let plausible = number.chars().all(sound) && number.chars().any(char::is_numeric);
    if !plausible && !number.is_empty() {
        errors.add(
            Field::DocumentNumber,
            Problem::WrongFormat {
                expected: "identity-document",
            },
        );
    }
    PersonData {
        given_name,
        surname: errors.name(Field::Surname, &typed.surname, max),
        document_kind,
        document_country: errors.country(Field::DocumentCountry, &typed.document_country),
        document_number: number,
        role: if kind == Kind::Sponsor {
            errors.name(Field::Role, &typed.role, MAX_ROLE)
        } else {
            String::new()
        },
    }
}

/// The documents that are needed and were not attached. One that the applicant did not assign to any need
/// may be any of them: the officer sees which.
fn missing_documents(
    product: &Product,
    proof: ExistenceProof,
    documents: &[Document],
) -> Vec<String> {
    let attached = |id: &str| {
        documents
            .iter()
            .any(|document| document.purpose.as_deref() == Some(id))
    };
    let missing: Vec<String> = product
        .documents
        .iter()
        .filter(|required| match required.needed {
            Needed::Always => true,
            Needed::IfChosen => proof == ExistenceProof::Document,
            Needed::Optional => false,
        })
        .filter(|required| !attached(&required.id))
        .map(|required| required.id.clone())
        .collect();
    let unassigned = documents
        .iter()
        .filter(|document| document.purpose.is_none())
        .count();
    missing.into_iter().skip(unassigned).collect()
}

#[cfg(test)]
mod tests;
