//! An invitation to work here: looking at it spends nothing, accepting it does.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_register::{AcceptError, Invitation, InvitationError};

use super::{code::twice, onward, refusals};
use crate::{
    error::PageError,
    form::Form,
    limits::Limit,
    page::Page,
    respond,
    routes::{Needs, Route},
    state::Portal,
    visit::Peer,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/invitation/{token}", Needs::Nothing, show).limited(Limit::LogIn),
        Route::post("/invitation/{token}", Needs::Nothing, accept).limited(Limit::LogIn),
    ]
}

/// `pages/invitation.html`
#[derive(Template)]
#[template(path = "pages/invitation.html")]
pub(crate) struct InvitationPage {
    pub page: Page,
    pub form: Form,
    pub token: String,
    pub invitation: Invitation,
}

/// `pages/invitation-gone.html`
#[derive(Template)]
#[template(path = "pages/invitation-gone.html")]
pub(crate) struct GonePage {
    pub page: Page,
}

impl InvitationPage {
    fn roles(&self) -> String {
        let words: Vec<String> = self
            .invitation
            .roles
            .iter()
            .map(|role| self.page.text(&format!("role-{role}")))
            .collect();
        words.join(", ")
    }
}

/// `GET /invitation/{token}`
async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    let Some(invitation) = open(&portal, &page, &token).await? else {
        return respond::refused(&GonePage { page });
    };
    let name = invitation.full_name.clone().unwrap_or_default();
    respond::page(&InvitationPage {
        page,
        form: Form::filled([("full_name", name.as_str())]),
        token,
        invitation,
    })
}

async fn open(portal: &Portal, page: &Page, token: &str) -> Result<Option<Invitation>, PageError> {
    match portal.register.invitation(token, page.now).await {
        Ok(invitation) => Ok(Some(invitation)),
        Err(InvitationError::Gone) => Ok(None),
        Err(InvitationError::Fault(fault)) => Err(fault.into()),
    }
}

/// `POST /invitation/{token}`
async fn accept(
    State(portal): State<Portal>,
    page: Page,
    Peer(from): Peer,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, PageError> {
    let Some(invitation) = open(&portal, &page, &token).await? else {
        return respond::refused(&GonePage { page });
    };
    let secret = if invitation.has_password {
        form.secret("password")
    } else {
        twice(&page, &mut form)
    };
    if form.is_fine() {
        let name = (!invitation.has_password).then(|| form.value("full_name").to_owned());
        let accepted = portal
            .register
            .accept_invitation(&token, name.as_deref(), &secret, from, page.now)
            .await;
        match accepted {
            Ok(log_in) => return onward(&portal, &page, log_in, "").await,
            Err(AcceptError::Gone) => return respond::refused(&GonePage { page }),
            Err(AcceptError::Name(error)) => {
                form.refuse_named(
                    "full_name",
                    page.text("register-name"),
                    refusals::text(&page, &error),
                );
            }
            Err(AcceptError::Weak(weak)) => {
                form.refuse_named(
                    "password",
                    page.text("log-in-password"),
                    refusals::password(&page, weak),
                );
            }
            Err(AcceptError::WrongPassword) => {
                form.refuse_named(
                    "password",
                    page.text("log-in-password"),
                    page.text("password-wrong-current"),
                );
            }
            Err(AcceptError::Wait(wait)) => form.refuse_named(
                "password",
                page.text("log-in-password"),
                refusals::wait(&page, wait),
            ),
            Err(AcceptError::Fault(fault)) => return Err(fault.into()),
        }
    }
    respond::refused(&InvitationPage {
        page: page.with_problems(form.problems().len()),
        form,
        token,
        invitation,
    })
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for InvitationPage {
    const TEMPLATE: &'static str = "pages/invitation.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        use chancery_register::{Language, Role, Roles};
        let sample = |form: Form, has_password| {
            Some(Self {
                page: page.clone().with_problems(form.problems().len()),
                form,
                token: "4f".repeat(32),
                invitation: Invitation {
                    email: "petr.svoboda@example.com".parse().ok()?,
                    full_name: Some("Petr Svoboda".to_owned()),
                    roles: Roles::new([Role::RaOfficer, Role::RaSupervisor]),
                    language: Language::En,
                    expires_at: chancery_store::Timestamp::from_secs(1_795_425_600),
                    has_password,
                },
            })
        };
        let named = || Form::filled([("full_name", "Petr Svoboda")]);
        let mut wrong = named();
        wrong.refuse_named(
            "again",
            page.text("password-again"),
            page.text("password-differs"),
        );
        [
            ("new", sample(named(), false)),
            ("wrong", sample(wrong, false)),
            ("known", sample(named(), true)),
        ]
        .into_iter()
        .filter_map(|(name, sample)| Some((name, sample?)))
        .collect()
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for GonePage {
    const TEMPLATE: &'static str = "pages/invitation-gone.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        vec![("gone", Self { page: page.clone() })]
    }
}
