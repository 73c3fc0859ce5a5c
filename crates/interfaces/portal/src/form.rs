//! Forms: what was typed, what is wrong with it, and the proof that it came from a page of ours.

use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
    response::IntoResponse as _,
};
use secrecy::SecretString;
use zeroize::{Zeroize as _, Zeroizing};

use crate::{confirm, error::PageError, page::Page, security, state::Portal, visit};

/// The name of the field that carries the token.
pub(crate) const TOKEN: &str = "csrf";

/// The name of the field in which a page carries a file on; see [`crate::confirm`].
pub(crate) const CARRIED_FILE: &str = "confirm-file";

/// How many fields a form may have; the largest of ours has some dozens.
const MAX_FIELDS: usize = 400;

/// A form as it was typed, with what is wrong with it. As a handler's argument it is proof that the
/// request came from a page of ours: token and origin were checked.
///
/// An empty one ([`Form::default`]) is what a page shows first.
#[derive(Clone, Default)]
pub(crate) struct Form {
    fields: Vec<(String, String)>,
    problems: Vec<Problem>,
}

/// What is wrong with one field, in the words of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub field: String,
    /// What the field is called, for the list on top of the page; there the field itself is out of sight.
    pub label: Option<String>,
    pub text: String,
}

impl Form {
    /// A form with the given values, for a page that shows what is stored.
    pub(crate) fn filled<'a>(values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self {
            fields: values
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            problems: Vec::new(),
        }
    }

    /// What was typed into a field; empty where nothing was.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }

    /// All names and values.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Everything under a name, for boxes that are ticked.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether this box is ticked.
    pub(crate) fn ticked(&self, name: &str, value: &str) -> bool {
        self.values(name).any(|ticked| ticked == value)
    }

    /// Whether the field or button was sent at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    /// What was typed into a password field; no page shows it again.
    pub(crate) fn secret(&self, name: &str) -> SecretString {
        SecretString::from(self.value(name))
    }

    /// Sets a value, for what the page suggests.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    /// Notes what is wrong with a field; the first of a field is shown.
    pub(crate) fn refuse(&mut self, field: &str, text: impl Into<String>) {
        if self.problem(field).is_none() {
            self.problems.push(Problem {
                field: field.to_owned(),
                label: None,
                text: text.into(),
            });
        }
    }

    /// The same, with what the field is called.
    pub(crate) fn refuse_named(
        &mut self,
        field: &str,
        label: impl Into<String>,
        text: impl Into<String>,
    ) {
        self.refuse(field, text);
        if let Some(problem) = self.problems.iter_mut().find(|one| one.field == field) {
            problem.label = Some(label.into());
        }
    }

    /// What is wrong with the field.
    pub(crate) fn problem(&self, field: &str) -> Option<&str> {
        self.problems
            .iter()
            .find(|problem| problem.field == field)
            .map(|problem| problem.text.as_str())
    }

    /// All that is wrong, in the order of the page.
    pub(crate) fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_fine(&self) -> bool {
        self.problems.is_empty()
    }

    fn push(&mut self, name: String, value: String) -> Result<(), PageError> {
        if self.fields.len() >= MAX_FIELDS {
            return Err(PageError::TooLarge);
        }
        self.fields.push((name, value));
        Ok(())
    }

    fn check(self, portal: &Portal, page: &Page) -> Result<Self, PageError> {
        if visit::is_token(portal, page, self.value(TOKEN)) {
            Ok(self)
        } else {
            Err(PageError::StaleForm)
        }
    }
}

impl Drop for Form {
    fn drop(&mut self) {
        // Passwords pass through here; a form is small, so all of it goes.
        for (_, value) in &mut self.fields {
            value.zeroize();
        }
    }
}

impl FromRequest<Portal> for Form {
    type Rejection = PageError;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, PageError> {
        let page = page_of(&request)?;
        security::same_origin(&request)?;
        let axum::Form(fields) = axum::Form::<Vec<(String, String)>>::from_request(request, portal)
            .await
            .map_err(|rejection| refusal(rejection.into_response().status()))?;
        if fields.len() > MAX_FIELDS {
            return Err(PageError::TooLarge);
        }
        let form = Self {
            fields,
            problems: Vec::new(),
        };
        form.check(portal, &page)
    }
}

/// A form with files in it (`enctype="multipart/form-data"`). The route's body limit bounds it.
pub(crate) struct Upload {
    pub form: Form,
    pub files: Vec<File>,
}

/// One file as it was sent. Its name is a stranger's text, its type only what its octets say.
pub(crate) struct File {
    pub field: String,
    pub name: String,
    pub octets: Vec<u8>,
}

impl FromRequest<Portal> for Upload {
    type Rejection = PageError;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, PageError> {
        let page = page_of(&request)?;
        security::same_origin(&request)?;
        let mut parts = Multipart::from_request(request, portal)
            .await
            .map_err(|_| PageError::Malformed)?;
        let mut form = Form::default();
        let mut files = Vec::new();
        while let Some(part) = parts.next_field().await.map_err(|e| broken(&e))? {
            let field = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(name) => {
                    let octets = part.bytes().await.map_err(|e| broken(&e))?.to_vec();
                    // A file field that was left empty is sent with an empty name and no octets.
                    if !(name.is_empty() && octets.is_empty()) {
                        if files.len() >= MAX_FIELDS {
                            return Err(PageError::TooLarge);
                        }
                        files.push(File {
                            field,
                            name,
                            octets,
                        });
                    }
                }
                None if field == CARRIED_FILE => {
                    let text = Zeroizing::new(part.text().await.map_err(|e| broken(&e))?);
                    if files.len() >= MAX_FIELDS {
                        return Err(PageError::TooLarge);
                    }
                    files.push(confirm::carried_file(&text).ok_or(PageError::Malformed)?);
                }
                None => form.push(field, part.text().await.map_err(|e| broken(&e))?)?,
            }
        }
        Ok(Self {
            form: form.check(portal, &page)?,
            files,
        })
    }
}

fn page_of(request: &Request) -> Result<Page, PageError> {
    request
        .extensions()
        .get::<Page>()
        .cloned()
        .ok_or(PageError::NotFound)
}

fn broken(error: &MultipartError) -> PageError {
    refusal(error.status())
}

fn refusal(status: StatusCode) -> PageError {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        PageError::TooLarge
    } else {
        PageError::Malformed
    }
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn what_was_typed_is_kept_and_the_first_problem_of_a_field_shown() {
        let mut form = Form::filled([("box", "a"), ("box", "b"), ("name", "Jana")]);
        assert_eq!(form.value("name"), "Jana");
        assert!(form.ticked("box", "b") && !form.ticked("box", "c"));
        assert_eq!(form.value("missing"), "");
        assert!(form.is_fine());
        form.refuse("name", "first");
        form.refuse("name", "second");
        assert_eq!(form.problem("name"), Some("first"));
        assert_eq!(form.problems().len(), 1);
    }
}
