//! What only the sandbox has: one-click log-in, and the mail that would have been sent.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_register::{Person, PersonId, SandboxLogInError};
use chancery_store::{
    Id,
    outbox::{self, Captured},
};

use crate::{
    error::PageError,
    form::Form,
    menu,
    page::Page,
    respond::{self, Remember as _},
    routes::{Here, Needs, Route},
    state::Portal,
};

/// How many people and mails the pages list; a sandbox has few.
const LISTED: u32 = 200;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sandbox", Needs::Sandbox, door),
        Route::post("/sandbox/login/{person}", Needs::SandboxHere, log_in),
        Route::get("/sandbox/mail", Needs::SandboxHere, mailbox),
        Route::get("/sandbox/mail/{id}", Needs::SandboxHere, message),
    ]
}

/// `pages/sandbox.html`
#[derive(Template)]
#[template(path = "pages/sandbox.html")]
pub(crate) struct DoorPage {
    pub page: Page,
    pub people: Vec<Person>,
}

/// `pages/sandbox-mail.html`
#[derive(Template)]
#[template(path = "pages/sandbox-mail.html")]
pub(crate) struct MailboxPage {
    pub page: Page,
    pub mails: Vec<Captured>,
}

/// `pages/sandbox-message.html`
#[derive(Template)]
#[template(path = "pages/sandbox-message.html")]
pub(crate) struct MessagePage {
    pub page: Page,
    pub mail: Captured,
}

impl DoorPage {
    fn roles(&self, person: &Person) -> String {
        let words: Vec<String> = person
            .roles
            .iter()
            .map(|role| self.page.text(&format!("role-{role}")))
            .collect();
        words.join(", ")
    }
}

/// A piece of a mail's text: words, or an address to click.
pub(crate) enum Piece<'a> {
    Words(&'a str),
    Link(&'a str),
}

impl MessagePage {
    fn pieces(&self) -> Vec<Piece<'_>> {
        pieces(&self.mail.text)
    }

    /// The path of one of our own links, so that it opens here whatever name this machine has.
    fn path<'a>(&self, link: &'a str) -> &'a str {
        link.strip_prefix(self.page.environment.public_url.as_str())
            .filter(|path| path.starts_with('/'))
            .unwrap_or(link)
    }
}

/// Finds the web addresses in a text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = find_link(rest) {
        let (before, link) = rest.split_at(at);
        let end = link
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
            .unwrap_or(link.len());
        let (link, after) = link.split_at(end);
        let trimmed = link.trim_end_matches(['.', ',', ')']);
        let after_at = rest.len() - after.len() - (link.len() - trimmed.len());
        pieces.push(Piece::Words(before));
        pieces.push(Piece::Link(trimmed));
        rest = rest.get(after_at..).unwrap_or_default();
    }
    pieces.push(Piece::Words(rest));
    pieces
}

fn find_link(text: &str) -> Option<usize> {
    match (text.find("https://"), text.find("http://")) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (left, right) => left.or(right),
    }
}

/// `GET /sandbox`
async fn door(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    let people = portal.register.people(LISTED).await?;
    respond::page(&DoorPage { page, people })
}

/// `POST /sandbox/login/{person}`
async fn log_in(
    State(portal): State<Portal>,
    page: Page,
    Here(proof): Here,
    Path(person): Path<String>,
    _: Form,
) -> Result<Response, PageError> {
    let person: PersonId = person.parse().map_err(|_| PageError::NotFound)?;
    let token = portal
        .register
        .sandbox_session(person, proof, page.now)
        .await
        .map_err(|error| match error {
            SandboxLogInError::NoSandbox | SandboxLogInError::NoSuchPerson => PageError::NotFound,
            SandboxLogInError::Fault(fault) => fault.into(),
        })?;
    if let Some(viewer) = &page.viewer {
        portal
            .register
            .end_session(&viewer.principal, page.now)
            .await?;
    }
    let principal = portal
        .register
        .session(token.expose(), page.now)
        .await?
        .ok_or(PageError::LogInFirst)?;
    Ok(respond::see_other(menu::home(&principal)).with_session(token))
}

/// `GET /sandbox/mail`
async fn mailbox(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    let mails = outbox::captured(&portal.store, LISTED)
        .await
        .map_err(PageError::from_store)?;
    respond::page(&MailboxPage { page, mails })
}

/// `GET /sandbox/mail/{id}`
async fn message(
    State(portal): State<Portal>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id: Id = id.parse().map_err(|_| PageError::NotFound)?;
    let mail = outbox::captured_message(&portal.store, id)
        .await
        .map_err(PageError::from_store)?
        .ok_or(PageError::NotFound)?;
    respond::page(&MessagePage { page, mail })
}

#[cfg(any(test, feature = "samples"))]
mod samples;

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    #[test]
    fn addresses_in_a_mail_can_be_clicked_and_nothing_is_lost() {
        let text = "Open https://ca.example.com/verify-email/4f2a?x=1.\nOr (http://127.0.0.1:8080/login), thanks";
        let mut whole = String::new();
        let mut links = Vec::new();
        for piece in pieces(text) {
            match piece {
                Piece::Words(words) => whole.push_str(words),
                Piece::Link(link) => {
                    whole.push_str(link);
                    links.push(link);
                }
            }
        }
        assert_eq!(whole, text);
        assert_eq!(
            links,
            [
                "https://ca.example.com/verify-email/4f2a?x=1",
                "http://127.0.0.1:8080/login"
            ]
        );
    }
}
