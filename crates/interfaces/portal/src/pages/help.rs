//! Help: guides, each a list of sections in the words of the page.

use askama::Template;
use axum::{extract::Path, response::Response};

use crate::{
    error::PageError,
    page::Page,
    respond,
    routes::{Needs, Route},
    show::Badge,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/help", Needs::Nothing, index),
        Route::get("/help/{guide}", Needs::Nothing, guide),
    ]
}

/// One guide. Its keys are `help-{slug}-title` and `help-{slug}-lead`.
pub(crate) struct Guide {
    pub slug: &'static str,
    pub icon: &'static str,
    sections: &'static [Section],
}

/// A part under a heading of its own.
struct Section {
    heading: &'static str,
    parts: &'static [Part],
}

enum Part {
    /// A paragraph.
    Text(&'static str),
    /// What to do, in order.
    Steps(&'static [&'static str]),
    /// What to type; the same in every language.
    Command(&'static str),
    /// Every state with its meaning.
    States,
}

use Part::{Command, States, Steps, Text};

/// In the order of the index.
static GUIDES: [Guide; 6] = [
    Guide {
        slug: "applying",
        icon: "list-check",
        sections: &[
            Section {
                heading: "help-applying-way",
                parts: &[Steps(&[
                    "help-applying-register",
                    "help-applying-order",
                    "help-applying-data",
                    "help-applying-email",
                    "help-applying-activate",
                    "help-applying-collect",
                ])],
            },
            Section {
                heading: "help-applying-states",
                parts: &[Text("help-applying-states-text"), States],
            },
        ],
    },
    Guide {
        slug: "p12",
        icon: "key",
        sections: &[
            Section {
                heading: "help-p12-request",
                parts: &[
                    Text("help-p12-request-text"),
                    Command(
                        "chancery csr new --subject \"CN=Jana Nováková\" \\\n    --email jana@example.com --key rsa:3072 \\\n    --key-out key.pem --out request.pem",
                    ),
                    Text("help-p12-request-openssl"),
                    Command(
                        "openssl req -new -newkey rsa:3072 -noenc -utf8 \\\n    -subj \"/CN=Jana Nováková/emailAddress=jana@example.com\" \\\n    -keyout key.pem -out request.pem",
                    ),
                    Text("help-p12-request-keep"),
                ],
            },
            Section {
                heading: "help-p12-make",
                parts: &[
                    Text("help-p12-make-text"),
                    Command(
                        "chancery p12 create --cert certificate.pem --key key.pem \\\n    --chain chain.pem --password-file password.txt \\\n    --out certificate.p12",
                    ),
                    Text("help-p12-make-openssl"),
                    Command(
                        "openssl pkcs12 -export -in certificate.pem \\\n    -inkey key.pem -certfile chain.pem \\\n    -out certificate.p12",
                    ),
                    Text("help-p12-make-password"),
                ],
            },
            Section {
                heading: "help-p12-backup",
                parts: &[Text("help-p12-backup-text")],
            },
        ],
    },
    Guide {
        slug: "thunderbird",
        icon: "mail",
        sections: &[
            Section {
                heading: "help-install-import",
                parts: &[Steps(&[
                    "help-thunderbird-settings",
                    "help-thunderbird-manage",
                    "help-thunderbird-import",
                    "help-thunderbird-trust",
                ])],
            },
            Section {
                heading: "help-install-use",
                parts: &[Steps(&[
                    "help-thunderbird-account",
                    "help-thunderbird-choose",
                    "help-thunderbird-send",
                ])],
            },
        ],
    },
    Guide {
        slug: "outlook",
        icon: "mail",
        sections: &[
            Section {
                heading: "help-install-import",
                parts: &[Steps(&[
                    "help-outlook-open",
                    "help-outlook-password",
                    "help-outlook-place",
                ])],
            },
            Section {
                heading: "help-install-use",
                parts: &[Steps(&[
                    "help-outlook-trust-centre",
                    "help-outlook-settings",
                    "help-outlook-send",
                ])],
            },
        ],
    },
    Guide {
        slug: "apple-mail",
        icon: "mail",
        sections: &[
            Section {
                heading: "help-install-import",
                parts: &[Steps(&[
                    "help-apple-open",
                    "help-apple-password",
                    "help-apple-trust",
                ])],
            },
            Section {
                heading: "help-install-use",
                parts: &[Steps(&["help-apple-restart", "help-apple-send"])],
            },
        ],
    },
    Guide {
        slug: "desk",
        icon: "inbox",
        sections: &[
            Section {
                heading: "help-desk-decide",
                parts: &[Steps(&[
                    "help-desk-open",
                    "help-desk-compare",
                    "help-desk-verify",
                    "help-desk-reject",
                ])],
            },
            Section {
                heading: "help-desk-own",
                parts: &[Text("help-desk-own-text")],
            },
        ],
    },
];

/// `pages/help.html`
#[derive(Template)]
#[template(path = "pages/help.html")]
pub(crate) struct HelpPage {
    pub page: Page,
    pub guides: &'static [Guide],
}

/// `pages/guide.html`
#[derive(Template)]
#[template(path = "pages/guide.html")]
pub(crate) struct GuidePage {
    pub page: Page,
    pub guide: &'static Guide,
}

impl Guide {
    pub(crate) fn title(&self) -> String {
        format!("help-{}-title", self.slug)
    }

    pub(crate) fn lead(&self) -> String {
        format!("help-{}-lead", self.slug)
    }
}

impl HelpPage {
    /// Those of use to the viewer: that of the desk is for those who may open the desk.
    fn guides(&self) -> impl Iterator<Item = &Guide> {
        let desk = self.page.menu().iter().any(|item| item.path == "/desk");
        self.guides
            .iter()
            .filter(move |guide| desk || guide.slug != "desk")
    }
}

impl GuidePage {
    #[expect(
        clippy::unused_self,
        reason = "the template reaches it through its context"
    )]
    fn states(&self) -> [Badge; 11] {
        Badge::ALL
    }
}

/// `GET /help`
async fn index(page: Page) -> Result<Response, PageError> {
    respond::page(&HelpPage {
        page,
        guides: &GUIDES,
    })
}

/// `GET /help/{guide}`
async fn guide(page: Page, Path(slug): Path<String>) -> Result<Response, PageError> {
    let guide = GUIDES
        .iter()
        .find(|guide| guide.slug == slug)
        .ok_or(PageError::NotFound)?;
    respond::page(&GuidePage { page, guide })
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for HelpPage {
    const TEMPLATE: &'static str = "pages/help.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let page = page.clone();
        vec![(
            "index",
            Self {
                page,
                guides: &GUIDES,
            },
        )]
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for GuidePage {
    const TEMPLATE: &'static str = "pages/guide.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        GUIDES
            .iter()
            .map(|guide| {
                let page = page.clone();
                (guide.slug, Self { page, guide })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::GUIDES;
    use crate::menu;

    #[test]
    fn the_help_of_every_page_is_a_guide_that_exists() {
        for path in [
            "/orders/1",
            "/catalogue",
            "/certificates/2",
            "/desk",
            "/dashboard",
        ] {
            let slug = menu::help(path).strip_prefix("/help/").unwrap();
            assert!(GUIDES.iter().any(|guide| guide.slug == slug), "{slug}");
        }
        assert_eq!(menu::help("/login"), "/help");
    }
}
