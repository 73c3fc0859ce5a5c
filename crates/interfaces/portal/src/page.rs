//! What every page knows: who looks at it, in which language, where, and what it may offer.

use std::{borrow::Borrow, sync::Arc};

use axum::{extract::FromRequestParts, http::request::Parts};
use chancery_register::{Permission, Principal, SessionId, Theme};
use chancery_store::Timestamp;

use crate::{
    assets,
    confirm::{self, Act, Way},
    error::PageError,
    menu::{self, MenuItem},
    moment, offline,
    state::{Environment, origin},
    words::{Language, Message},
};

/// The context that every template holds as `page`; cheap to clone.
///
/// A handler takes it as an argument: the middleware has made it from the request.
#[derive(Clone)]
pub struct Page {
    pub(crate) environment: Arc<Environment>,
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    pub(crate) now: Timestamp,
    /// Path and query of this page, to come back to after switching language or theme.
    pub(crate) here: String,
    /// The token that every form of this page carries.
    pub(crate) csrf: String,
    /// What that token was made for.
    pub(crate) forms: FormsOf,
    /// What the act before this page did.
    pub(crate) notice: Option<String>,
    /// Who is logged in.
    pub(crate) viewer: Option<Viewer>,
    /// How many fields of the page's form are wrong, for the title.
    pub(crate) problems: usize,
    /// Whether this is the copy that browsers keep for when there is no network: nobody's, without forms.
    pub(crate) offline: bool,
}

/// What the forms of a page belong to.
#[derive(Clone)]
pub(crate) enum FormsOf {
    Session(SessionId),
    /// Nobody is logged in: the value of the browser's own cookie.
    Visitor(String),
}

/// Who is logged in, as what.
#[derive(Clone)]
pub(crate) struct Viewer {
    pub principal: Principal,
    pub name: String,
}

impl Page {
    /// The text of a key in the language of the page.
    pub(crate) fn t<'a>(&self, key: impl AsRef<str>) -> Message<'a> {
        self.language.message(key)
    }

    /// The same as an owned text, for errors and values.
    pub(crate) fn text(&self, key: &str) -> String {
        self.t(key).to_string()
    }

    /// Who is logged in; the route table has made sure that somebody is.
    pub(crate) fn principal(&self) -> Result<&Principal, PageError> {
        self.viewer
            .as_ref()
            .map(|viewer| &viewer.principal)
            .ok_or(PageError::LogInFirst)
    }

    /// Whether the viewer may do it, for what a page offers. What a handler does is guarded by its route.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.viewer
            .as_ref()
            .is_some_and(|viewer| viewer.principal.may(permission))
    }

    /// This page with the number of wrong fields in its title.
    #[must_use]
    pub(crate) fn with_problems(mut self, problems: usize) -> Self {
        self.problems = problems;
        self
    }

    /// The entries of the menu that the viewer may open.
    pub(crate) fn menu(&self) -> Vec<MenuItem> {
        if self.offline {
            return offline::items(&self.here);
        }
        menu::items(self)
    }

    /// Whether there is a page at this path: what is not there yet is not offered.
    #[expect(clippy::unused_self, reason = "templates reach it through the page")]
    pub(crate) fn exists(&self, path: &str) -> bool {
        menu::exists(path)
    }

    /// Where the viewer starts.
    pub(crate) fn home(&self) -> &'static str {
        self.viewer
            .as_ref()
            .map_or("/", |viewer| menu::home(&viewer.principal))
    }

    /// Whether this act asks the viewer for a proof.
    pub(crate) fn confirms(&self, act: impl Borrow<Act>) -> bool {
        self.confirms_by(act).is_some()
    }

    /// How the viewer proves it.
    pub(crate) fn confirms_by(&self, act: impl Borrow<Act>) -> Option<Way> {
        confirm::way(self, *act.borrow())
    }

    /// The portal's own origin, to which proofs by certificate are bound.
    pub(crate) fn origin(&self) -> String {
        origin(&self.environment.public_url)
    }

    /// The help that belongs to this page.
    pub(crate) fn help(&self) -> &'static str {
        menu::help(&self.here)
    }

    /// The words of the viewer's roles, joined.
    pub(crate) fn role_words(&self) -> String {
        let Some(viewer) = &self.viewer else {
            return String::new();
        };
        let words: Vec<String> = viewer
            .principal
            .roles
            .iter()
            .map(|role| self.t(format!("role-{role}")).to_string())
            .collect();
        words.join(", ")
    }

    /// Every theme, for the switch.
    #[expect(clippy::unused_self, reason = "templates reach it through the page")]
    pub(crate) fn themes(&self) -> [Theme; 3] {
        Theme::ALL
    }

    pub(crate) fn theme_words(&self, theme: Theme) -> String {
        self.t(format!("theme-{theme}")).to_string()
    }

    #[expect(clippy::unused_self, reason = "templates reach it through the page")]
    pub(crate) fn theme_icon(&self, theme: Theme) -> &'static str {
        match theme {
            Theme::System => "device-desktop",
            Theme::Light => "sun",
            Theme::Dark => "moon",
        }
    }

    /// Every language, for the switch.
    #[expect(clippy::unused_self, reason = "templates reach it through the page")]
    pub(crate) fn languages(&self) -> impl Iterator<Item = Language> {
        Language::all()
    }

    /// The address of a built asset, or nothing before `cargo xtask web`.
    #[expect(clippy::unused_self, reason = "templates reach it through the page")]
    pub(crate) fn asset(&self, name: &str) -> Option<String> {
        assets::address(name)
    }

    /// What a built asset hashes to, for Subresource Integrity.
    #[expect(clippy::unused_self, reason = "templates reach it through the page")]
    pub(crate) fn integrity(&self, name: &str) -> Option<&'static str> {
        assets::integrity(name)
    }

    /// The address of the icons' sprite, for scripts.
    #[expect(clippy::unused_self, reason = "templates reach it through the page")]
    pub(crate) fn sprite(&self) -> String {
        assets::sprite_address()
    }

    /// The name of the environment's zone, for scripts.
    pub(crate) fn zone(&self) -> &str {
        self.environment.zone.iana_name().unwrap_or("UTC")
    }

    /// The tabs of the certificate settings that are there.
    #[expect(clippy::unused_self, reason = "templates reach it through the page")]
    pub(crate) fn settings_tabs(&self) -> Vec<menu::Tab> {
        menu::settings_tabs()
    }

    /// The pages whose work is done in the browser, beside each other.
    #[expect(clippy::unused_self, reason = "templates reach it through the page")]
    pub(crate) fn tools(&self) -> Vec<menu::Tab> {
        menu::tools()
    }

    /// The address of the sheet with the environment's colour.
    pub(crate) fn colour_sheet(&self) -> String {
        assets::colour_address(&self.environment)
    }

    /// The address of an icon in the sprite.
    #[expect(clippy::unused_self, reason = "templates reach it through the page")]
    pub(crate) fn icon(&self, name: &str) -> String {
        assets::icon_address(name)
    }

    /// A day as people of this language write it, in the environment's zone.
    pub(crate) fn date(&self, at: impl Into<moment::Seconds>) -> String {
        moment::date(self.language, &self.environment.zone, at.into())
    }

    /// A day and a time of day, in the environment's zone.
    pub(crate) fn date_time(&self, at: impl Into<moment::Seconds>) -> String {
        moment::date_time(self.language, &self.environment.zone, at.into())
    }

    /// RFC 3339 in UTC, for `datetime` and titles.
    #[expect(clippy::unused_self, reason = "templates reach it through the page")]
    pub(crate) fn iso(&self, at: impl Into<moment::Seconds>) -> String {
        moment::iso(at.into())
    }
}

impl<S: Sync> FromRequestParts<S> for Page {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(PageError::NotFound)
    }
}
