//! Help: guides, each a list of sections in the words of the page, some with pictures drawn for them.

use askama::Template;
use axum::{extract::Path, response::Response};

use crate::{
    error::PageError,
    page::Page,
    respond,
    routes::{Needs, Route},
    show::Badge,
};

mod basic;
mod drawing;
mod export;
mod guide;
mod pictures;
mod public_part;
mod token;

use drawing::{Drawing, Drawn, Glyph, Shape};
use guide::{Guide, Part, Sight, Topic};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/help", Needs::Nothing, index),
        Route::get("/help/{guide}", Needs::Nothing, guide),
    ]
}

/// `pages/help.html`
#[derive(Template)]
#[template(path = "pages/help.html")]
pub(crate) struct HelpPage {
    pub page: Page,
}

/// `pages/guide.html`
#[derive(Template)]
#[template(path = "pages/guide.html")]
pub(crate) struct GuidePage {
    pub page: Page,
    pub guide: &'static Guide,
}

impl HelpPage {
    /// Those of use to the viewer: that of the desk is for those who may open the desk.
    fn topics(&self) -> impl Iterator<Item = &'static Topic> {
        let desk = self.page.menu().iter().any(|item| item.path == "/desk");
        guide::TOPICS
            .iter()
            .filter(move |topic| desk || !topic.is_for_the_desk())
    }
}

impl GuidePage {
    #[expect(
        clippy::unused_self,
        reason = "the template reaches it through its context"
    )]
    fn states(&self) -> [Badge; 12] {
        Badge::ALL
    }

    fn drawn(&self, drawing: &Drawing) -> Drawn {
        drawing.draw(self.page.language)
    }
}

/// `GET /help`
async fn index(page: Page) -> Result<Response, PageError> {
    respond::page(&HelpPage { page })
}

/// `GET /help/{guide}`
async fn guide(page: Page, Path(slug): Path<String>) -> Result<Response, PageError> {
    let guide = guide::guides()
        .find(|guide| guide.slug == slug)
        .ok_or(PageError::NotFound)?;
    respond::page(&GuidePage { page, guide })
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for HelpPage {
    const TEMPLATE: &'static str = "pages/help.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        vec![("index", Self { page: page.clone() })]
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for GuidePage {
    const TEMPLATE: &'static str = "pages/guide.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        guide::guides()
            .map(|guide| {
                let page = page.clone();
                (guide.slug, Self { page, guide })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
