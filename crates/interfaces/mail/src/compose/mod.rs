//! Puts notices into words.

mod of_ra;
mod of_register;

use askama::Template;

use crate::words::{Values, Words};

/// A letter in words, ready to be sent or shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Composed {
    /// One line.
    pub(crate) subject: String,
    /// The plain part.
    pub(crate) text: String,
    /// The HTML part.
    pub(crate) html: String,
    /// Files.
    pub(crate) attachments: Vec<Attachment>,
    /// From when on it is in vain (seconds UTC), for letters with codes that expire.
    pub(crate) expires_at: Option<i64>,
}

/// A file that comes with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attachment {
    pub(crate) name: String,
    pub(crate) media_type: &'static str,
    pub(crate) content: Vec<u8>,
}

/// A letter was not put into words.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ComposeError {
    /// A template failed.
    #[error("the template of letters failed")]
    Template(#[from] askama::Error),
    /// The certificate in a notice cannot be read.
    #[error("the certificate to be sent cannot be read")]
    Certificate(#[source] chancery_x509::ParseError),
}

/// One part of a letter, in order.
enum Part {
    Text(String),
    Facts(Vec<Fact>),
    Quote(Vec<String>),
    Link { label: String, url: String },
}

struct Fact {
    label: String,
    value: String,
    /// To be copied exactly: monospaced.
    exact: bool,
}

#[derive(Template)]
#[template(path = "emails/letter.txt")]
struct PlainLetter<'a> {
    why: &'a str,
    parts: &'a [Part],
    footer: &'a str,
}

#[derive(Template)]
#[template(path = "emails/letter.html")]
struct HtmlLetter<'a> {
    language: &'a str,
    subject: &'a str,
    why: &'a str,
    parts: &'a [Part],
    footer: &'a str,
}

/// A letter being written.
pub(crate) struct Draft<'a> {
    words: &'a Words,
    place: &'a Place,
    /// Its messages are `mail-{name}-…`.
    name: &'static str,
    subject: String,
    why: String,
    parts: Vec<Part>,
    attachments: Vec<Attachment>,
    expires_at: Option<i64>,
}

/// Where letters come from.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The environment's name.
    pub(crate) environment: String,
    /// `https://…` without a slash at the end.
    pub(crate) public_url: String,
}

impl<'a> Draft<'a> {
    fn new(words: &'a Words, place: &'a Place, name: &'static str, values: &Values<'_>) -> Self {
        let mut draft = Self {
            words,
            place,
            name,
            subject: String::new(),
            why: String::new(),
            parts: Vec::new(),
            attachments: Vec::new(),
            expires_at: None,
        };
        draft.subject = one_line(&draft.words_for("subject", values));
        draft.why = draft.words_for("why", values);
        draft
    }

    fn words_for(&self, part: &str, values: &Values<'_>) -> String {
        let mut all = vec![("environment", self.place.environment.as_str().into())];
        all.extend(values.iter().cloned());
        self.words.text(&format!("mail-{}-{part}", self.name), &all)
    }

    /// A paragraph: `mail-{name}-{part}`.
    fn say(mut self, part: &str, values: &Values<'_>) -> Self {
        let text = self.words_for(part, values);
        self.parts.push(Part::Text(text));
        self
    }

    /// A fact to be read.
    fn fact(self, label: &str, value: impl Into<String>) -> Self {
        self.add_fact(label, &value.into(), false)
    }

    /// A fact to be copied.
    fn exact(self, label: &str, value: impl Into<String>) -> Self {
        self.add_fact(label, &value.into(), true)
    }

    fn add_fact(mut self, label: &str, value: &str, exact: bool) -> Self {
        let fact = Fact {
            label: self.words.text(&format!("mail-fact-{label}"), &[]),
            value: one_line(value),
            exact,
        };
        match self.parts.last_mut() {
            Some(Part::Facts(facts)) => facts.push(fact),
            _ => self.parts.push(Part::Facts(vec![fact])),
        }
        self
    }

    /// Which certificate it is about.
    fn certificate(self, subject: &str, serial: &str) -> Self {
        self.fact("subject", subject)
            .exact("serial", grouped(serial))
    }

    /// Until when the letter's code or link can be used.
    fn valid_until(mut self, secs: i64) -> Self {
        self.expires_at = Some(secs);
        let until = self.words.time(secs);
        self.fact("valid-until", until)
    }

    /// Somebody's own words.
    fn quote(mut self, text: &str) -> Self {
        let lines = text.lines().map(one_line).collect();
        self.parts.push(Part::Quote(lines));
        self
    }

    /// The one link of the letter.
    fn link(mut self, path: &str) -> Self {
        let label = self.words_for("link", &[]);
        let url = format!("{}{path}", self.place.public_url);
        self.parts.push(Part::Link { label, url });
        self
    }

    fn attach(mut self, attachment: Attachment) -> Self {
        self.attachments.push(attachment);
        self
    }

    fn finish(self) -> Result<Composed, ComposeError> {
        let footer = self.words.text(
            "mail-footer",
            &[("environment", self.place.environment.as_str().into())],
        );
        let text = PlainLetter {
            why: &self.why,
            parts: &self.parts,
            footer: &footer,
        };
        let html = HtmlLetter {
            language: self.words.language.tag(),
            subject: &self.subject,
            why: &self.why,
            parts: &self.parts,
            footer: &footer,
        };
        Ok(Composed {
            text: text.render()?,
            html: html.render()?,
            subject: self.subject,
            attachments: self.attachments,
            expires_at: self.expires_at,
        })
    }
}

/// Hexadecimal digits in groups of four.
fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 5 / 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// Everything that could break a line made a blank: a subject is a header, a fact a row.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                c
            }
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests;
