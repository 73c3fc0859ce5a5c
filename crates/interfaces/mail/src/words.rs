//! The words of letters, from the same files as those of pages.

use std::{borrow::Cow, collections::HashMap};

use chancery_register::Language;
use fluent_templates::{
    Loader,
    fluent_bundle::FluentValue,
    loader::{LanguageIdentifier, langid},
};
use jiff::tz::TimeZone;

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "../../../locales",
        fallback_language: "en",
        // Isolating marks would end up in copied codes and in subjects.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ENGLISH: LanguageIdentifier = langid!("en");
static CZECH: LanguageIdentifier = langid!("cs");

/// What is filled into a text.
pub(crate) type Values<'a> = [(&'static str, FluentValue<'a>)];

/// The words of one language.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) language: Language,
    zone: TimeZone,
}

impl Words {
    pub(crate) const fn new(language: Language, zone: TimeZone) -> Self {
        Self { language, zone }
    }

    /// The text of a key, or nothing where there is no such key.
    pub(crate) fn find(&self, key: &str) -> Option<String> {
        LOCALES.try_lookup(self.identifier(), key)
    }

    const fn identifier(&self) -> &'static LanguageIdentifier {
        match self.language {
            Language::En => &ENGLISH,
            Language::Cs => &CZECH,
        }
    }

    /// The text of a key with the values filled in.
    pub(crate) fn text(&self, key: &str, values: &Values<'_>) -> String {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> = values
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.clone()))
            .collect();
        LOCALES
            .try_lookup_with_args(self.identifier(), key, &values)
            // A test composes every letter and refuses this mark.
            .unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// A time as people write it, in the environment's zone.
    pub(crate) fn time(&self, secs: i64) -> String {
        let limit = if secs < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        };
        let at = jiff::Timestamp::from_second(secs).unwrap_or(limit);
        let local = at.to_zoned(self.zone.clone());
        let date = self.text(
            "date",
            &[
                ("day", local.day().into()),
                ("month", local.month().into()),
                ("year", local.year().to_string().into()),
            ],
        );
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        self.text(
            "date-and-time",
            &[("date", date.into()), ("time", time.into())],
        )
    }
}
