//! Reading product files, with errors that name file, line and column.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use toml::Spanned;

use super::{
    Place, Price, Product, ProductError, ProductFault, RequiredDocument, Statement, StatementAt,
    Texts,
    schema::{ProductFile, TermsFile},
};
use crate::Step;

/// One file while it is read.
struct Source<'a> {
    name: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn fault(&self, span: Range<usize>, fault: ProductFault) -> ProductError {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        ProductError {
            place: Place {
                file: self.name.to_owned(),
                line: before.matches('\n').count() + 1,
                column: before.get(line_start..).map_or(0, |l| l.chars().count()) + 1,
            },
            fault,
        }
    }

    fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, ProductError> {
        toml::from_str(self.text).map_err(|error| {
            self.fault(
                error.span().unwrap_or(0..0),
                ProductFault::Syntax(error.message().to_owned()),
            )
        })
    }

    fn name(&self, name: Spanned<String>) -> Result<String, ProductError> {
        let good = !name.get_ref().is_empty()
            && name
                .get_ref()
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if good {
            Ok(name.into_inner())
        } else {
            let span = name.span();
            Err(self.fault(span, ProductFault::NotAName(name.into_inner())))
        }
    }

    fn texts(&self, texts: Spanned<BTreeMap<String, String>>) -> Result<Texts, ProductError> {
        let span = texts.span();
        let mut trimmed = BTreeMap::new();
        for (language, text) in texts.into_inner() {
            let text = text.trim().to_owned();
            if text.is_empty() {
                return Err(self.fault(span, ProductFault::EmptyText(language)));
            }
            trimmed.insert(language, text);
        }
        if trimmed.contains_key("en") {
            Ok(Texts(trimmed))
        } else {
            Err(self.fault(span, ProductFault::NoEnglish))
        }
    }

    fn price(&self, price: &Spanned<String>) -> Result<Price, ProductError> {
        parse_price(price.get_ref()).ok_or_else(|| {
            self.fault(
                price.span(),
                ProductFault::NotAPrice(price.get_ref().clone()),
            )
        })
    }
}

fn parse_price(text: &str) -> Option<Price> {
    let (amount, currency) = text.split_once(' ')?;
    let (whole, cents) = amount.split_once('.')?;
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || whole.len() > 9 || !digits(cents) || cents.len() != 2 {
        return None;
    }
    if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let cents: i64 = cents.parse().ok()?;
    Some(Price {
        minor: whole * 100 + cents,
        currency: currency.to_owned(),
    })
}

type Statements = HashMap<String, Arc<Statement>>;

/// Reads all files: those with a `[[statement]]` first, then the products that refer to them.
pub(super) fn read<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<Arc<Product>>, ProductError> {
    let files: Vec<_> = files
        .into_iter()
        .map(|(name, text)| Source { name, text })
        .collect();
    let mut statements = Statements::new();
    let mut products = Vec::new();
    let (terms, others): (Vec<_>, Vec<_>) = files.iter().partition(|source| {
        source
            .text
            .lines()
            .any(|line| line.trim() == "[[statement]]")
    });
    for source in terms {
        read_terms(source, &mut statements)?;
    }
    let mut codes = HashSet::new();
    for source in others {
        read_product(source, &statements, &mut codes, &mut products)?;
    }
    Ok(products)
}

fn read_terms(source: &Source<'_>, statements: &mut Statements) -> Result<(), ProductError> {
    for statement in source.parse::<TermsFile>()?.statement {
        let span = statement.id.span();
        let id = source.name(statement.id)?;
        let version_span = statement.version.span();
        let version = statement.version.into_inner();
        if version.is_empty() || version.contains(['@', ' ']) {
            return Err(source.fault(version_span, ProductFault::NotAName(version)));
        }
        let read = Statement {
            id: id.clone(),
            version,
            at: statement.at,
            text: source.texts(statement.text)?,
        };
        if statements.insert(id.clone(), Arc::new(read)).is_some() {
            return Err(source.fault(span, ProductFault::Duplicate(id)));
        }
    }
    Ok(())
}

fn read_product(
    source: &Source<'_>,
    statements: &Statements,
    codes: &mut HashSet<String>,
    products: &mut Vec<Arc<Product>>,
) -> Result<(), ProductError> {
    let file: ProductFile = source.parse()?;
    check_steps(source, &file)?;
    let kind = *file.kind.get_ref();
    let chosen = chosen_statements(source, &file, statements)?;
    let kind_span = file.kind.span();
    let profile = source.name(file.profile)?;
    let name = source.texts(file.name)?;
    let summary = source.texts(file.summary)?;
    let policy = source.texts(file.policy)?;
    let mut documents: Vec<RequiredDocument> = Vec::new();
    for document in file.document {
        let span = document.id.span();
        let id = source.name(document.id)?;
        if documents.iter().any(|other| other.id == id) {
            return Err(source.fault(span, ProductFault::Duplicate(id)));
        }
        documents.push(RequiredDocument {
            id,
            needed: document.needed,
            name: source.texts(document.name)?,
            hint: source.texts(document.hint)?,
        });
    }
    if file.variant.is_empty() {
        return Err(source.fault(kind_span, ProductFault::NoVariant));
    }
    for variant in file.variant {
        let span = variant.code.span();
        let code = source.name(variant.code)?;
        if !codes.insert(code.clone()) {
            return Err(source.fault(span, ProductFault::Duplicate(code)));
        }
        let days = *variant.validity_days.get_ref();
        let validity_days = u32::try_from(days)
            .ok()
            .filter(|days| (1..=825).contains(days))
            .ok_or_else(|| {
                source.fault(variant.validity_days.span(), ProductFault::Validity(days))
            })?;
        products.push(Arc::new(Product {
            code,
            kind,
            profile: profile.clone(),
            validity_days,
            price: source.price(&variant.price)?,
            name: name.clone(),
            summary: summary.clone(),
            policy: policy.clone(),
            steps: file.steps.get_ref().clone(),
            same_key: file.same_key,
            documents: documents.clone(),
            statements: chosen.clone(),
        }));
    }
    Ok(())
}

fn check_steps(source: &Source<'_>, file: &ProductFile) -> Result<(), ProductError> {
    let steps = file.steps.get_ref();
    let fault = |fault| Err(source.fault(file.steps.span(), fault));
    if !steps.is_sorted_by(|a, b| a < b) {
        return fault(ProductFault::StepOrder);
    }
    let vets = steps.contains(&Step::DataVerification);
    if file.kind.get_ref().has_data() {
        if !vets {
            return fault(ProductFault::StepMissing("data-verification"));
        }
    } else if vets || !file.document.is_empty() {
        return fault(ProductFault::NothingToVet);
    }
    // S/MIME BR 3.2.2: every kind attests control of the mailbox.
    if !steps.contains(&Step::EmailVerification) {
        return fault(ProductFault::StepMissing("email-verification"));
    }
    if steps.last() != Some(&Step::Activation) {
        return fault(ProductFault::StepMissing("activation"));
    }
    Ok(())
}

fn chosen_statements(
    source: &Source<'_>,
    file: &ProductFile,
    statements: &Statements,
) -> Result<Vec<Arc<Statement>>, ProductError> {
    let mut chosen: Vec<Arc<Statement>> = Vec::new();
    for id in file.statements.get_ref() {
        let fault = |fault| source.fault(id.span(), fault);
        let statement = statements
            .get(id.get_ref())
            .ok_or_else(|| fault(ProductFault::UnknownStatement(id.get_ref().clone())))?;
        if chosen.iter().any(|other| other.id == statement.id) {
            return Err(fault(ProductFault::Duplicate(id.get_ref().clone())));
        }
        if statement.at == StatementAt::Data && !file.kind.get_ref().has_data() {
            return Err(fault(ProductFault::NothingToVet));
        }
        chosen.push(Arc::clone(statement));
    }
    if chosen.iter().all(|s| s.at != StatementAt::Activation) {
        return Err(source.fault(file.statements.span(), ProductFault::NoAgreement));
    }
    Ok(chosen)
}
