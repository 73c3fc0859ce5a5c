//! Languages and the words of the pages.
//!
//! A language is one folder of Fluent files under `/locales`; adding the folder adds the language.

use std::{borrow::Cow, collections::HashMap, fmt, iter, sync::LazyLock};

use fluent_templates::{Loader, fluent_bundle::FluentValue, loader::LanguageIdentifier};

mod binding;

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "../../../locales",
        fallback_language: "en",
        customise: |bundle| {
            // Isolating marks would end up in copied values and in titles.
            bundle.set_use_isolating(false);
            let is_czech = bundle
                .locales
                .iter()
                .any(|locale| locale.language.as_str() == "cs");
            bundle.set_transform(Some(if is_czech {
                binding::czech
            } else {
                binding::any_language
            }));
        },
    };
}

struct Known {
    identifier: LanguageIdentifier,
    tag: String,
}

impl Known {
    fn new(identifier: &LanguageIdentifier) -> Self {
        Self {
            identifier: identifier.clone(),
            tag: identifier.to_string(),
        }
    }
}

static FALLBACK: LazyLock<Known> = LazyLock::new(|| Known::new(LOCALES.fallback()));

static OTHERS: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let mut others: Vec<Known> = LOCALES
        .locales()
        .filter(|identifier| *identifier != LOCALES.fallback())
        .map(Known::new)
        .collect();
    others.sort_by(|left, right| left.tag.cmp(&right.tag));
    others
});

/// A language in which every page exists.
#[derive(Clone, Copy)]
pub struct Language(&'static Known);

impl Language {
    /// All languages, the one that others fall back to first.
    pub fn all() -> impl Iterator<Item = Self> {
        iter::once(&*FALLBACK).chain(OTHERS.iter()).map(Self)
    }

    /// The language with this tag (`en`, `cs`).
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::all().find(|language| language.tag().eq_ignore_ascii_case(tag))
    }

    /// The first known language of an `Accept-Language` header, by weight (RFC 9110 section 12.5.4).
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wanted: Vec<(u16, Self)> = header
            .split(',')
            .take(32)
            .filter_map(|range| {
                let mut parts = range.split(';').map(str::trim);
                let primary = parts.next()?.split('-').next()?;
                let weight = parts
                    .find_map(|part| part.strip_prefix("q="))
                    .map_or(Some(1000), thousandths)?;
                Some((weight, Self::from_tag(primary)?))
            })
            .filter(|(weight, _)| *weight > 0)
            .collect();
        wanted.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        wanted.first().map(|(_, language)| *language)
    }

    /// The tag, as `lang` attributes and cookies carry it.
    pub fn tag(self) -> &'static str {
        &self.0.tag
    }

    /// The text of a key.
    pub fn message<'a>(self, key: impl AsRef<str>) -> Message<'a> {
        Message {
            language: self,
            key: key.as_ref().to_owned(),
            values: HashMap::new(),
        }
    }

    /// The text of a key, or nothing where the key does not exist.
    pub fn find(self, key: &str) -> Option<String> {
        LOCALES.try_lookup(&self.0.identifier, key)
    }
}

/// `0.8` as 800: weights have at most three decimals.
fn thousandths(weight: &str) -> Option<u16> {
    let weight: f32 = weight.parse().ok()?;
    // Bounded by the clamp, so the conversion cannot lose anything that matters.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some((weight.clamp(0.0, 1.0) * 1000.0) as u16)
}

impl Default for Language {
    fn default() -> Self {
        Self(&FALLBACK)
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Language {}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A text that is looked up when it is shown. A template escapes it like any other value.
pub struct Message<'a> {
    language: Language,
    key: String,
    values: HashMap<Cow<'static, str>, FluentValue<'a>>,
}

impl<'a> Message<'a> {
    /// Fills in `{ $name }`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<FluentValue<'a>>) -> Self {
        self.values.insert(Cow::Borrowed(name), value.into());
        self
    }
}

impl fmt::Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match LOCALES.try_lookup_with_args(&self.language.0.identifier, &self.key, &self.values) {
            Some(text) => f.write_str(&text),
            // Tests render every page and refuse this mark.
            None => write!(f, "⟦{}⟧", self.key),
        }
    }
}

#[cfg(test)]
mod tests;
