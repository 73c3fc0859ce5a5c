//! The profile: who one is here, how one logs in, what one prefers.

use askama::Template;
use axum::{extract::State, response::Response};
use chancery_register::{Permission, Person, PersonError};

use super::refusals;
use crate::{
    error::PageError,
    form::Form,
    page::Page,
    respond::{self, Remember as _},
    routes::{Needs, Route},
    state::Portal,
};

const EDIT: Needs = Needs::Permission(Permission::EditProfile);

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/profile", EDIT, show),
        Route::get("/profile/name", EDIT, name),
        Route::post("/profile/name", EDIT, save_name),
        Route::post("/profile/log-out-everywhere", EDIT, log_out_everywhere),
    ]
}

/// `pages/profile.html`
#[derive(Template)]
#[template(path = "pages/profile.html")]
pub(crate) struct ProfilePage {
    pub page: Page,
    pub person: Person,
    /// When this session ends, however busy.
    pub session_ends_at: chancery_store::Timestamp,
}

/// `pages/profile-name.html`
#[derive(Template)]
#[template(path = "pages/profile-name.html")]
pub(crate) struct NamePage {
    pub page: Page,
    pub form: Form,
}

async fn person(portal: &Portal, page: &Page) -> Result<Person, PageError> {
    let person = page.principal()?.person;
    portal
        .register
        .person(person)
        .await?
        .ok_or(PageError::LogInFirst)
}

/// `GET /profile`
async fn show(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    let person = person(&portal, &page).await?;
    let session_ends_at = page.principal()?.ends_at;
    respond::page(&ProfilePage {
        page,
        person,
        session_ends_at,
    })
}

/// `GET /profile/name`
async fn name(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    let person = person(&portal, &page).await?;
    let form = Form::filled([("full_name", person.full_name.as_str())]);
    respond::page(&NamePage { page, form })
}

/// `POST /profile/name`
async fn save_name(
    State(portal): State<Portal>,
    page: Page,
    mut form: Form,
) -> Result<Response, PageError> {
    let principal = page.principal()?.clone();
    let saved = portal
        .register
        .set_full_name(&principal, form.value("full_name"), page.now)
        .await;
    match saved {
        Ok(()) => Ok(respond::see_other("/profile").noticing("notice-name-saved")),
        Err(PersonError::Name(error)) => {
            form.refuse_named(
                "full_name",
                page.text("register-name"),
                refusals::text(&page, &error),
            );
            respond::refused(&NamePage {
                page: page.with_problems(form.problems().len()),
                form,
            })
        }
        Err(PersonError::AddressTaken) => Err(PageError::Malformed),
        Err(PersonError::Fault(fault)) => Err(fault.into()),
    }
}

/// `POST /profile/log-out-everywhere`
async fn log_out_everywhere(
    State(portal): State<Portal>,
    page: Page,
    _: Form,
) -> Result<Response, PageError> {
    let principal = page.principal()?;
    portal
        .register
        .end_all_sessions(principal, page.now)
        .await?;
    Ok(respond::see_other("/login")
        .without_session()
        .noticing("notice-logged-out-everywhere"))
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for ProfilePage {
    const TEMPLATE: &'static str = "pages/profile.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        use chancery_register::{Language, PersonId, RegistrationNumber, Role, Roles, Theme};
        use chancery_store::{Id, Timestamp};
        let sample = |(name, email): (&str, &str), roles: Roles, has_second_factor| {
            Some(Self {
                page: page.clone(),
                person: Person {
                    id: PersonId::new(Id::from_bytes([1; 16])),
                    registration_number: (0..10).find_map(|check| {
                        format!("R-204718-{check}")
                            .parse::<RegistrationNumber>()
                            .ok()
                    })?,
                    full_name: name.to_owned(),
                    email: email.parse().ok()?,
                    language: Language::Cs,
                    theme: Theme::System,
                    roles,
                    has_password: true,
                    has_second_factor,
                    created_at: Timestamp::from_secs(1_790_000_000),
                    disabled_at: None,
                },
                session_ends_at: Timestamp::from_secs(1_795_170_000),
            })
        };
        let jana = ("Jana Ořechová", "jana.orechova@energy.example");
        let petr = ("Petr Svoboda", "petr.svoboda@example.com");
        let (subscriber, officer) = (Role::Subscriber, Role::RaOfficer);
        [
            ("subscriber", sample(jana, Roles::new([subscriber]), false)),
            ("staff", sample(petr, Roles::new([officer]), true)),
        ]
        .into_iter()
        .filter_map(|(name, sample)| Some((name, sample?)))
        .collect()
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for NamePage {
    const TEMPLATE: &'static str = "pages/profile-name.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        use chancery_register::text::TextError;
        let mut empty = Form::default();
        empty.refuse_named(
            "full_name",
            page.text("register-name"),
            refusals::text(page, &TextError::Empty),
        );
        let sample = |form: Form| Self {
            page: page.clone().with_problems(form.problems().len()),
            form,
        };
        vec![
            (
                "edit",
                sample(Form::filled([("full_name", "Jana Ořechová")])),
            ),
            ("empty", sample(empty)),
        ]
    }
}
