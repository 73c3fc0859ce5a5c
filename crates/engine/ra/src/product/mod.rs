//! The catalogue: what can be ordered, as TOML files that are checked at start (G2).
//!
//! One file holds the statements that applicants tick (`terms.toml`), each of the others a product with
//! its variants. Texts are kept per language; English is always there and stands in for the rest.

mod error;
mod file;
mod profiles;
mod schema;
mod statement;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::Step;
pub use error::{Place, ProductError, ProductFault};
pub use profiles::ProductProfileError;
pub use statement::{ParseStatementError, Statement, StatementAt, StatementVersion};

/// What a certificate attests, after the four types of the S/MIME Baseline Requirements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Control of the mailbox only.
    Mailbox,
    /// A natural person.
    Individual,
    /// A natural person in an organisation that sponsors the certificate.
    Sponsor,
    /// An organisation.
    Organization,
}

impl Kind {
    /// The name in files, rows and locale keys.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mailbox => "mailbox",
            Self::Individual => "individual",
            Self::Sponsor => "sponsor",
            Self::Organization => "organization",
        }
    }

    /// Whether an organisation is vetted.
    #[must_use]
    pub const fn has_organization(self) -> bool {
        matches!(self, Self::Sponsor | Self::Organization)
    }

    /// Whether a natural person is vetted.
    #[must_use]
    pub const fn has_person(self) -> bool {
        matches!(self, Self::Individual | Self::Sponsor)
    }

    /// Whether there is anything to vet but the mailbox.
    #[must_use]
    pub const fn has_data(self) -> bool {
        !matches!(self, Self::Mailbox)
    }
}

/// One text in several languages, by tag (`en`, `cs`); English is always there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The text in that language, or in English.
    #[must_use]
    pub fn text(&self, language: &str) -> &str {
        self.0
            .get(language)
            .or_else(|| self.0.get("en"))
            .map_or("", String::as_str)
    }

    /// The languages it is written in.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// An amount of money in the smallest unit of its currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Hundredths of the currency.
    pub minor: i64,
    /// ISO 4217, as `EUR`.
    pub currency: String,
}

impl Price {
    /// Whether it costs nothing.
    #[must_use]
    pub const fn is_free(&self) -> bool {
        self.minor == 0
    }
}

/// `49.00 EUR`
impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}.{:02} {}",
            self.minor / 100,
            self.minor % 100,
            self.currency
        )
    }
}

/// When a document is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Needed {
    /// Before the data can be submitted.
    Always,
    /// Before the data can be submitted, where [`crate::ExistenceProof::Document`] is chosen.
    IfChosen,
    /// Helps the officer, may be left out.
    Optional,
}

/// A line of the table of required documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredDocument {
    /// Names it in uploads.
    pub id: String,
    /// When it is needed.
    pub needed: Needed,
    /// What it is.
    pub name: Texts,
    /// What must be seen on it, and how old it may be.
    pub hint: Texts,
}

/// What can be ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Names it in rows and addresses, as `smime-mailbox-365`.
    pub code: String,
    /// What its certificates attest.
    pub kind: Kind,
    /// The certificate profile.
    pub profile: String,
    /// How long its certificates are valid.
    pub validity_days: u32,
    /// What it costs.
    pub price: Price,
    /// Its name, without the number of days.
    pub name: Texts,
    /// One or two sentences for the catalogue.
    pub summary: Texts,
    /// Issuance policy: what is verified, how, and how long it takes. Paragraphs are separated by an empty line.
    pub policy: Texts,
    /// What its orders go through, in order; the last is [`Step::Activation`].
    pub steps: Vec<Step>,
    /// Whether a renewal may keep the key; by default it brings a new one.
    pub same_key: bool,
    /// What must or may be attached.
    pub documents: Vec<RequiredDocument>,
    /// What the applicant states.
    pub statements: Vec<Arc<Statement>>,
}

impl Product {
    /// The statements made at one step.
    pub fn statements_at(&self, at: StatementAt) -> impl Iterator<Item = &Arc<Statement>> {
        self.statements
            .iter()
            .filter(move |statement| statement.at == at)
    }

    /// Whether its orders pass that step.
    #[must_use]
    pub fn has_step(&self, step: Step) -> bool {
        self.steps.contains(&step)
    }
}

/// The catalogue, in the order of its files.
#[derive(Clone, Debug, Default)]
pub struct Products {
    products: Vec<Arc<Product>>,
}

impl Products {
    /// Reads and checks product files together; `files` are `(name, text)`.
    pub fn from_toml<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, ProductError> {
        file::read(files).map(|products| Self { products })
    }

    /// The products that this release carries, from `/products`.
    pub fn built_in() -> Result<Self, ProductError> {
        Self::from_toml(BUILT_IN)
    }

    /// The product of that code.
    #[must_use]
    pub fn product(&self, code: &str) -> Option<&Arc<Product>> {
        self.products.iter().find(|product| product.code == code)
    }

    /// All products.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Product>> {
        self.products.iter()
    }
}

const BUILT_IN: [(&str, &str); 5] = [
    (
        "terms.toml",
        include_str!("../../../../../products/terms.toml"),
    ),
    (
        "smime-mailbox.toml",
        include_str!("../../../../../products/smime-mailbox.toml"),
    ),
    (
        "smime-individual.toml",
        include_str!("../../../../../products/smime-individual.toml"),
    ),
    (
        "smime-sponsor.toml",
        include_str!("../../../../../products/smime-sponsor.toml"),
    ),
    (
        "smime-organization.toml",
        include_str!("../../../../../products/smime-organization.toml"),
    ),
];
