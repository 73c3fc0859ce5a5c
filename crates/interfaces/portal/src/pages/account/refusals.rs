//! Why the register refuses something, in the words of a page.

use std::time::Duration;

use chancery_register::{
    EmailError, EmailProblem, WeakPassword, mail_domain::MailDomain, text::TextError,
};

use crate::page::Page;

/// What is wrong with a name or another line of text.
pub(crate) fn text(page: &Page, error: &TextError) -> String {
    match *error {
        TextError::Empty => page.text("refused-text-empty"),
        TextError::TooLong { length, max } => page
            .t("refused-text-long")
            .with("length", length)
            .with("max", max)
            .to_string(),
        TextError::LineBreak { position } => at(page, "refused-text-line-break", position),
        TextError::Control { position } => at(page, "refused-text-control", position),
        TextError::Invisible { position, .. } => at(page, "refused-text-invisible", position),
        TextError::Markup {
            position,
            character,
        } => page
            .t("refused-text-markup")
            .with("character", character.to_string())
            .with("position", position)
            .to_string(),
        TextError::Unreadable { position } => at(page, "refused-text-unreadable", position),
        TextError::NoLetter => page.text("refused-text-no-letter"),
    }
}

fn at(page: &Page, key: &str, position: usize) -> String {
    page.t(key).with("position", position).to_string()
}

/// What is wrong with an e-mail address.
pub(crate) fn email(page: &Page, problem: &EmailProblem) -> String {
    match problem {
        EmailProblem::Syntax(error) => email_syntax(page, error),
        EmailProblem::Domain(domain) => page.text(match domain {
            MailDomain::NoSuchDomain => "refused-domain-missing",
            MailDomain::NullMx => "refused-domain-null-mx",
            MailDomain::NoMailServer => "refused-domain-no-server",
            // Neither is a reason to refuse.
            MailDomain::Accepts | MailDomain::Unknown => "refused-email-domain",
        }),
    }
}

fn email_syntax(page: &Page, error: &EmailError) -> String {
    match error {
        EmailError::Empty => page.text("refused-email-empty"),
        EmailError::TooLong { .. } => page.text("refused-email-long"),
        EmailError::NoAt => page.text("refused-email-no-at"),
        EmailError::NoLocal => page.text("refused-email-no-local"),
        EmailError::NoDomain => page.text("refused-email-no-domain"),
        EmailError::LocalCharacter { character } => page
            .t("refused-email-character")
            .with("character", character.to_string())
            .to_string(),
        EmailError::LocalDots => page.text("refused-email-dots"),
        EmailError::Domain => page.text("refused-email-domain"),
    }
}

/// Why a password is too weak.
pub(crate) fn password(page: &Page, weak: WeakPassword) -> String {
    match weak {
        WeakPassword::Short { min } => page
            .t("refused-password-short")
            .with("min", min)
            .to_string(),
        WeakPassword::Long { max } => page.t("refused-password-long").with("max", max).to_string(),
        WeakPassword::Control => page.text("refused-password-control"),
        WeakPassword::Guessable => page.text("refused-password-guessable"),
        WeakPassword::Personal => page.text("refused-password-personal"),
        WeakPassword::Same => page.text("refused-password-same"),
    }
}

/// How long to wait after too many tries.
pub(crate) fn wait(page: &Page, wait: Duration) -> String {
    let seconds = wait.as_secs().max(1);
    if seconds < 120 {
        page.t("refused-wait-seconds")
            .with("count", seconds)
            .to_string()
    } else {
        page.t("refused-wait-minutes")
            .with("count", seconds.div_ceil(60))
            .to_string()
    }
}
