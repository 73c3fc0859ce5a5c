//! Every template with typical contents, for the test that renders all of them and for looking at them.

use askama::Template;
use chancery_register::{AuthLevel, PersonId, Principal, Role, Roles, SessionId, Theme};
use chancery_store::{Id, Timestamp};
use jiff::tz::TimeZone;

use crate::{
    colour::Colour,
    page::{FormsOf, Page, Viewer},
    state::{Environment, Kind},
    words::Language,
};

/// A template's context that has samples.
pub(crate) trait Samples: Template + Sized {
    /// The file under `/templates`.
    const TEMPLATE: &'static str;

    /// Each with a name; together they reach every branch of the template.
    fn samples(page: &Page) -> Vec<(&'static str, Self)>;
}

/// The samples of one template, whatever its type.
pub(crate) struct Sampled {
    pub template: &'static str,
    pub render: fn(&Page) -> Vec<Named>,
}

/// The name of a sample, and what came of rendering it.
type Named = (&'static str, Result<String, askama::Error>);

pub(crate) fn sampled<T: Samples>() -> Sampled {
    Sampled {
        template: T::TEMPLATE,
        render: |page| {
            T::samples(page)
                .into_iter()
                .map(|(name, sample)| (name, sample.render()))
                .collect()
        },
    }
}

/// One sample of one page in one language and theme, rendered.
pub struct Rendered {
    /// `home-doors`.
    pub name: String,
    /// The page.
    pub html: String,
}

/// A page as somebody with these roles sees it; nobody is logged in where there is none.
pub(crate) fn page(language: Language, theme: Theme, roles: &[Role]) -> Page {
    let viewer = (!roles.is_empty()).then(|| Viewer {
        name: "Jana Nováková".to_owned(),
        principal: Principal {
            person: PersonId::new(Id::from_bytes([1; 16])),
            roles: Roles::new(roles.iter().copied()),
            session: SessionId::new(Id::from_bytes([2; 16])),
            level: AuthLevel::TwoFactor,
            awaiting: None,
            ends_at: Timestamp::from_secs(1_795_170_000),
            from: None,
        },
    });
    Page {
        environment: std::sync::Arc::new(Environment {
            name: "Sandbox".to_owned(),
            colour: Colour::new(0x0b, 0x6b, 0x6b),
            kind: Kind::Sandbox,
            public_url: "https://127.0.0.1:8443".to_owned(),
            zone: TimeZone::UTC,
        }),
        language,
        theme,
        now: Timestamp::from_secs(1_795_166_400),
        here: "/".to_owned(),
        csrf: "0".repeat(64),
        forms: FormsOf::Visitor(String::new()),
        notice: None,
        viewer,
        problems: 0,
    }
}

/// All samples, as one with the given roles (`subscriber`, …) sees them.
#[must_use]
pub fn render(language: &str, theme: Theme, roles: &[Role]) -> Vec<Rendered> {
    let language = Language::from_tag(language).unwrap_or_default();
    let page = page(language, theme, roles);
    crate::pages::samples()
        .into_iter()
        .flat_map(|sampled| {
            let template = sampled.template;
            (sampled.render)(&page)
                .into_iter()
                .map(move |(name, html)| Rendered {
                    name: format!("{}-{name}", stem(template)),
                    html: html.unwrap_or_else(|error| format!("{template}: {error}")),
                })
        })
        .collect()
}

/// The assets that the samples ask for, by file name.
#[must_use]
pub fn assets() -> Vec<(String, Vec<u8>)> {
    let page = page(Language::default(), Theme::System, &[]);
    crate::assets::all(&page.environment)
}

fn stem(template: &str) -> &str {
    template
        .trim_start_matches("pages/")
        .trim_end_matches(".html")
}

#[cfg(test)]
mod tests;
