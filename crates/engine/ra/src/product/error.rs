//! What can be wrong with product files, and where.

use std::fmt;

/// Where in a product file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A product file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct ProductError {
    /// Where.
    pub place: Place,
    /// What is wrong there.
    pub fault: ProductFault,
}

/// What is wrong in a product file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProductFault {
    /// Not TOML, an unknown key, a missing key or a value of another type.
    #[error("{0}")]
    Syntax(String),
    /// Not lowercase letters, digits and hyphens.
    #[error("\"{0}\" is not a name: lowercase letters, digits and hyphens")]
    NotAName(String),
    /// A text has no English version.
    #[error("the English text (en) is missing")]
    NoEnglish,
    /// A text is empty.
    #[error("the text in language {0} is empty")]
    EmptyText(String),
    /// Used before in this or another file.
    #[error("\"{0}\" was used before")]
    Duplicate(String),
    /// No `[[statement]]` of that id in any file.
    #[error("no file has a statement \"{0}\"")]
    UnknownStatement(String),
    /// Not an amount and a currency.
    #[error("\"{0}\" is not a price: write it as \"49.00 EUR\"")]
    NotAPrice(String),
    /// Not between 1 and 825.
    #[error("{0} days: a subscriber certificate is valid for 1 to 825 days (S/MIME BR 6.3.2)")]
    Validity(i64),
    /// The steps do not fit the kind.
    #[error("{0} is needed by this kind of product")]
    StepMissing(&'static str),
    /// The steps are not in the order in which they are passed.
    #[error("the steps are data-verification, email-verification, activation, in this order")]
    StepOrder,
    /// A mailbox product with data to vet.
    #[error(
        "a mailbox product has no data verification, no documents and no statements about data"
    )]
    NothingToVet,
    /// No `[[variant]]`.
    #[error("a product has at least one [[variant]]")]
    NoVariant,
    /// No statement at activation: nobody would have agreed to anything.
    #[error("a product has at least one statement at activation, the subscriber agreement")]
    NoAgreement,
}
