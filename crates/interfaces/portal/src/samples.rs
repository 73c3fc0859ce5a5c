//! Every template with typical contents, for the test that renders all of them and for looking at them.

use std::{fs, io, path::Path};

use askama::Template;
use chancery_register::{AuthLevel, Awaiting, PersonId, Principal, Role, Roles, SessionId, Theme};
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
struct Rendered {
    /// `home-doors`.
    name: String,
    /// The page.
    html: String,
}

/// A page as somebody with these roles sees it; nobody is logged in where there is none.
pub(crate) fn page(language: Language, theme: Theme, roles: &[Role]) -> Page {
    let viewer = (!roles.is_empty()).then(|| Viewer {
        name: if roles.contains(&Role::Subscriber) {
            "Jana Ořechová".to_owned()
        } else {
            "Petr Svoboda".to_owned()
        },
        principal: Principal {
            person: PersonId::new(Id::from_bytes([1; 16])),
            roles: Roles::new(roles.iter().copied()),
            session: SessionId::new(Id::from_bytes([2; 16])),
            level: AuthLevel::TwoFactor,
            opened_by: None,
            proved_at: Timestamp::from_secs(1_795_166_400),
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
            certificate_url: Some("https://127.0.0.1:8444".to_owned()),
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
        offline: false,
    }
}

/// The same page while the session of its viewer waits for something.
pub(crate) fn awaiting(page: &Page, what: Awaiting) -> Page {
    let mut page = page.clone();
    if let Some(viewer) = &mut page.viewer {
        viewer.principal.awaiting = Some(what);
    }
    page
}

/// All samples, as one with the given roles (`subscriber`, …) sees them.
fn render(language: Language, theme: Theme, roles: &[Role]) -> Vec<Rendered> {
    let page = page(language, theme, roles);
    crate::pages::samples()
        .into_iter()
        .flat_map(|sampled| {
            let template = sampled.template;
            let mut page = page.clone();
            here(template).clone_into(&mut page.here);
            (sampled.render)(&page)
                .into_iter()
                .map(move |(name, html)| Rendered {
                    name: format!("{}-{name}", stem(template)),
                    html: html.unwrap_or_else(|error| format!("{template}: {error}")),
                })
        })
        .collect()
}

/// Writes every sample to a folder: one file a page, language, viewer and theme, listed in `index.txt`, with
/// `assets/` beside them, so that any file server can show it.
pub fn write_gallery(folder: &Path) -> io::Result<()> {
    let viewers: [(&str, &[Role]); 3] = [
        ("stranger", &[]),
        ("subscriber", &[Role::Subscriber]),
        ("officer", &[Role::RaOfficer]),
    ];
    let mut index = String::new();
    for language in Language::all() {
        for (viewer, roles) in viewers {
            for theme in [Theme::Light, Theme::Dark] {
                let name = format!("{}-{viewer}-{theme}", language.tag());
                fs::create_dir_all(folder.join(&name))?;
                for page in render(language, theme, roles) {
                    let file = format!("{name}/{}.html", page.name);
                    fs::write(folder.join(&file), page.html)?;
                    index.push_str(&file);
                    index.push('\n');
                }
            }
        }
    }
    fs::write(folder.join("index.txt"), index)?;
    let assets = folder.join("assets");
    fs::create_dir_all(&assets)?;
    let page = page(Language::default(), Theme::System, &[]);
    for (file, octets) in crate::assets::all(&page.environment) {
        fs::write(assets.join(file), octets)?;
    }
    Ok(())
}

/// The part of the portal in which a page stands, as its menu shows it.
fn here(template: &str) -> &'static str {
    match stem(template) {
        "application" | "desk" => "/desk",
        "authorities" => "/authorities",
        "catalogue" | "order-new" | "product" => "/catalogue",
        "certificate" | "certificate-revoke" | "certificates" => "/certificates",
        "dashboard" => "/dashboard",
        "desk-participants" => "/desk/participants",
        "member" | "participant" | "participant-going" | "participants" => "/participants",
        "directory" => "/directory",
        "registered" | "registered-certificate" | "registered-new" | "registered-remove" => {
            "/settings/registered"
        }
        "supported" | "supported-remove" | "supported-terms" => "/authorities/supported",
        "guide" | "help" => "/help",
        "log-in" => "/login",
        "settings-component" => "/settings/component",
        other if other.starts_with("settings-") => "/settings/store",
        "sign" => "/sign",
        "verify" => "/verify",
        "decrypt" => "/decrypt",
        "generator" => "/generator",
        other if other.starts_with("order") => "/orders",
        "device-name" | "device-revoke" | "settings-devices" => "/settings/devices",
        _ => "/",
    }
}

fn stem(template: &str) -> &str {
    template
        .trim_start_matches("pages/")
        .trim_end_matches(".html")
}

#[cfg(test)]
mod tests;
