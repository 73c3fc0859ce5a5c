//! What product files look like; spans stay, so that an error can name its place.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{Kind, Needed, StatementAt};
use crate::Step;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermsFile {
    pub statement: Vec<StatementFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatementFile {
    pub id: Spanned<String>,
    pub version: Spanned<String>,
    pub at: StatementAt,
    pub text: Spanned<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductFile {
    pub kind: Spanned<Kind>,
    pub profile: Spanned<String>,
    pub steps: Spanned<Vec<Step>>,
    pub statements: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    pub same_key: bool,
    pub name: Spanned<BTreeMap<String, String>>,
    pub summary: Spanned<BTreeMap<String, String>>,
    pub policy: Spanned<BTreeMap<String, String>>,
    #[serde(default)]
    pub variant: Vec<VariantFile>,
    #[serde(default)]
    pub document: Vec<DocumentFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VariantFile {
    pub code: Spanned<String>,
    pub validity_days: Spanned<i64>,
    pub price: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentFile {
    pub id: Spanned<String>,
    pub needed: Needed,
    pub name: Spanned<BTreeMap<String, String>>,
    pub hint: Spanned<BTreeMap<String, String>>,
}
