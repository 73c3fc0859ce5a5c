//! The directory: encryption certificates of others who agreed to be found, for who is logged in.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use chancery_register::{
    DirectoryEntry, DirectoryError, Found, Permission, RegisteredCertificateId,
};
use serde::Deserialize;

use crate::{
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    pages::{
        path_id,
        registered::{Card, card::Names, show::download},
    },
    respond,
    routes::{Needs, Route},
    state::Portal,
};

const OWN: Needs = Needs::Permission(Permission::EditProfile);

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/directory", OWN, look_up).limited(Limit::Directory),
        Route::get("/directory/{id}/{file}", OWN, file).limited(Limit::Directory),
    ]
}

/// `pages/directory.html`
#[derive(Template)]
#[template(path = "pages/directory.html")]
pub(crate) struct Directory {
    pub page: Page,
    pub form: Form,
    /// What was found; none before anything was asked.
    pub people: Option<Vec<Person>>,
    /// Whether there are more people than are shown.
    pub more: bool,
}

/// Somebody with the certificates that they agreed to show.
pub(crate) struct Person {
    pub name: String,
    pub email: String,
    pub organizations: Vec<String>,
    pub cards: Vec<Card>,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

/// The entries of each person together, in their order.
fn people(page: &Page, entries: &[DirectoryEntry]) -> Vec<Person> {
    let mut people: Vec<(chancery_register::PersonId, Person)> = Vec::new();
    for entry in entries {
        let card = Card::new(page, &entry.certificate, &Names::new()).with_address("/directory");
        match people
            .iter_mut()
            .find(|(holder, _)| *holder == entry.holder)
        {
            Some((_, person)) => person.cards.push(card),
            None => people.push((
                entry.holder,
                Person {
                    name: entry.full_name.clone(),
                    email: entry.email.shown().clone(),
                    organizations: entry.organizations.clone(),
                    cards: vec![card],
                },
            )),
        }
    }
    people.into_iter().map(|(_, person)| person).collect()
}

/// `GET /directory`
async fn look_up(
    State(portal): State<Portal>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let text: String = asked.q.trim().chars().take(200).collect();
    let mut form = Form::filled([("q", text.as_str())]);
    let found = if text.is_empty() {
        None
    } else {
        let principal = page.principal()?;
        let found = portal.certificates.look_up(principal, &text, portal.now());
        match found.await {
            Ok(found) => Some(found),
            Err(DirectoryError::TooShort { least }) => {
                let text = page.t("directory-short").with("least", least).to_string();
                form.refuse_named("q", page.text("directory-who"), text);
                None
            }
            Err(DirectoryError::Wait(wait)) => {
                let minutes = wait.as_secs().div_ceil(60);
                let text = page
                    .t("directory-wait")
                    .with("minutes", minutes)
                    .to_string();
                form.refuse_named("q", page.text("directory-who"), text);
                None
            }
            Err(error) => return Err(error.into()),
        }
    };
    let refused = !form.is_fine();
    let template = Directory::new(page, form, found.as_ref());
    if refused {
        respond::refused(&template)
    } else {
        respond::page(&template)
    }
}

impl Directory {
    fn new(page: Page, form: Form, found: Option<&Found>) -> Self {
        Self {
            people: found.map(|found| people(&page, &found.entries)),
            more: found.is_some_and(|found| found.more),
            page: page.with_problems(form.problems().len()),
            form,
        }
    }
}

/// `GET /directory/{id}/{file}`
async fn file(
    State(portal): State<Portal>,
    page: Page,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = RegisteredCertificateId::new(path_id(&id)?);
    let principal = page.principal()?;
    let known = portal.certificates.listed(principal, id, portal.now());
    download(&known.await?.ok_or(PageError::NotFound)?, &file)
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for Directory {
    const TEMPLATE: &'static str = "pages/directory.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        use crate::pages::registered::samples::{at, known};
        let person = |name: &str, email: &str, organizations: &[&str]| Person {
            name: name.to_owned(),
            email: email.to_owned(),
            organizations: organizations
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
            cards: known(page, &[(1, chancery_register::Uses::ENCRYPTION, None, 10)])
                .iter()
                .map(|known| {
                    let card = Card::new(&at(page, 10), known, &Names::new());
                    card.with_address("/directory")
                })
                .collect(),
        };
        let sample = |form: Form, people, more| Self {
            page: page.clone().with_problems(form.problems().len()),
            form,
            people,
            more,
        };
        let found = vec![
            person(
                "Jana Ořechová",
                "jana.orechova@energy.example",
                &["Energetika Morava, a. s.", "Svaz obchodníků s elektřinou"],
            ),
            person("Jan Ořech", "jan@orech.example", &[]),
        ];
        let mut short = Form::filled([("q", "Ng")]);
        let text = page.t("directory-short").with("least", 3).to_string();
        short.refuse_named("q", page.text("directory-who"), text);
        let asked = || Form::filled([("q", "ořech")]);
        vec![
            ("asked", sample(Form::default(), None, false)),
            ("found", sample(asked(), Some(found), true)),
            ("none", sample(asked(), Some(Vec::new()), false)),
            ("short", sample(short, None, false)),
        ]
    }
}
