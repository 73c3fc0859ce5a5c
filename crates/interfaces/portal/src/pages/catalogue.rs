//! What can be ordered, for everybody to read.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chancery_ra::{Needed, Price, Product, Products};

use crate::{
    error::PageError,
    page::Page,
    pages::orders::views::step_words,
    respond,
    routes::{Needs, Route},
    state::Portal,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/catalogue", Needs::Nothing, index),
        Route::get("/catalogue/{product}", Needs::Nothing, show),
    ]
}

/// Products that differ only in how long their certificates are valid.
pub(crate) struct Family {
    pub variants: Vec<Arc<Product>>,
}

/// `pages/catalogue.html`
#[derive(Template)]
#[template(path = "pages/catalogue.html")]
pub(crate) struct CataloguePage {
    pub page: Page,
    pub families: Vec<Family>,
}

/// `pages/product.html`
#[derive(Template)]
#[template(path = "pages/product.html")]
pub(crate) struct ProductPage {
    pub page: Page,
    pub product: Arc<Product>,
    /// The other variants of its family.
    pub others: Vec<Arc<Product>>,
}

fn families(products: &Products) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    for product in products.iter() {
        let same = |family: &&mut Family| {
            family
                .variants
                .first()
                .is_some_and(|first| first.name == product.name)
        };
        match families.iter_mut().find(same) {
            Some(family) => family.variants.push(Arc::clone(product)),
            None => families.push(Family {
                variants: vec![Arc::clone(product)],
            }),
        }
    }
    families
}

/// An amount as people of this language write it.
pub(crate) fn price(page: &Page, price: &Price) -> String {
    if price.is_free() {
        return page.text("price-free");
    }
    page.t("price")
        .with("whole", (price.minor / 100).to_string())
        .with("hundredths", format!("{:02}", price.minor % 100))
        .with("currency", price.currency.as_str())
        .to_string()
}

impl CataloguePage {
    fn price(&self, product: &Product) -> String {
        price(&self.page, &product.price)
    }
}

impl ProductPage {
    fn text<'a>(&self, texts: &'a chancery_ra::Texts) -> &'a str {
        texts.text(self.page.language.tag())
    }

    fn price(&self, product: &Product) -> String {
        price(&self.page, &product.price)
    }

    fn policy(&self) -> impl Iterator<Item = &str> {
        self.text(&self.product.policy)
            .split("\n\n")
            .map(str::trim)
            .filter(|paragraph| !paragraph.is_empty())
    }
}

fn needed(needed: Needed) -> &'static str {
    match needed {
        Needed::Always => "document-needed-always",
        Needed::IfChosen => "document-needed-if-chosen",
        Needed::Optional => "document-needed-optional",
    }
}

/// `GET /catalogue`
async fn index(State(portal): State<Portal>, page: Page) -> Result<Response, PageError> {
    respond::page(&CataloguePage {
        page,
        families: families(portal.ra.products()),
    })
}

/// `GET /catalogue/{product}`
async fn show(
    State(portal): State<Portal>,
    page: Page,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    respond::page(&product_page(page, portal.ra.products(), &code).ok_or(PageError::NotFound)?)
}

fn product_page(page: Page, products: &Products, code: &str) -> Option<ProductPage> {
    let product = Arc::clone(products.product(code)?);
    let others = products
        .iter()
        .filter(|other| other.name == product.name && other.code != product.code)
        .map(Arc::clone)
        .collect();
    Some(ProductPage {
        page,
        product,
        others,
    })
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for CataloguePage {
    const TEMPLATE: &'static str = "pages/catalogue.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let sample = |families| Self {
            page: page.clone(),
            families,
        };
        let products = Products::built_in().unwrap_or_default();
        vec![
            ("products", sample(families(&products))),
            ("empty", sample(Vec::new())),
        ]
    }
}

#[cfg(any(test, feature = "samples"))]
impl crate::samples::Samples for ProductPage {
    const TEMPLATE: &'static str = "pages/product.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let products = Products::built_in().unwrap_or_default();
        [
            ("mailbox", "smime-mailbox-365"),
            ("individual", "smime-individual-730"),
            ("sponsor", "smime-sponsor-365"),
            ("organization", "smime-organization-365"),
        ]
        .into_iter()
        .filter_map(|(name, code)| Some((name, product_page(page.clone(), &products, code)?)))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use chancery_ra::Products;

    use super::families;

    #[test]
    fn variants_of_one_name_stand_together_and_none_is_lost() {
        let products = Products::built_in().unwrap();
        let families = families(&products);
        assert_eq!(families.len(), 4);
        let shown: usize = families.iter().map(|family| family.variants.len()).sum();
        assert_eq!(shown, products.iter().count());
    }
}
