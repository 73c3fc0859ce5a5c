//! From the text of a profile file to a [`Profile`], or to the first thing that is wrong in it.

use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;

use crate::error::{Problem, ProfileError};
use crate::file::{KindName, ProfileFile};
use crate::profile::{IssuedBy, KeyRules, Profile};
use crate::{Generation, Kind, check};

/// The longest file that is read: the ones that come with the product are under 4 KiB.
const LONGEST_FILE: usize = 64 * 1024;

/// The text of a file, to turn a span into line and column.
pub(crate) struct Source<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl Source<'_> {
    /// Line and column, both from 1, of an offset in octets.
    pub(crate) fn place(&self, offset: usize) -> (usize, usize) {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(..end).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        (line, column)
    }

    /// The error for a problem in a span.
    pub(crate) fn error(&self, span: Range<usize>, problem: Problem) -> ProfileError {
        let (line, column) = self.place(span.start);
        ProfileError {
            profile: self.name.to_owned(),
            line,
            column,
            problem,
        }
    }

    /// The error for a problem with a value.
    pub(crate) fn at<T>(&self, value: &Spanned<T>, problem: Problem) -> ProfileError {
        self.error(value.span(), problem)
    }
}

impl Profile {
    /// Reads a profile.
    ///
    /// `name` is the name of its file without `.toml`; it becomes the profile's name and stands in errors.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, ProfileError> {
        let source = Source { name, text };
        if text.len() > LONGEST_FILE {
            let message = format!("longer than {LONGEST_FILE} octets: this is no profile");
            return Err(source.error(0..0, Problem::Toml { message }));
        }
        let file: ProfileFile = toml::from_str(text).map_err(|error| {
            let message = error.message().trim().replace('\n', ", ");
            source.error(error.span().unwrap_or(0..0), Problem::Toml { message })
        })?;
        convert(&source, &file)
    }
}

fn convert(source: &Source<'_>, file: &ProfileFile) -> Result<Profile, ProfileError> {
    if file.summary.get_ref().trim().is_empty() {
        return Err(source.at(&file.summary, Problem::Empty { key: "summary" }));
    }
    let kind = kind(source, file)?;
    check::validity(source, kind, &file.validity)?;
    check::key(source, kind, &file.key)?;
    check::subject(source, kind, &file.subject)?;
    let extensions = check::extensions(source, kind, file)?;
    Ok(Profile {
        name: source.name.to_owned(),
        summary: file.summary.get_ref().trim().to_owned(),
        kind,
        issued_by: issued_by(source, file)?,
        default_days: *file.validity.default_days.get_ref(),
        maximum_days: *file.validity.maximum_days.get_ref(),
        key: key_rules(file),
        attributes: file
            .subject
            .attributes
            .get_ref()
            .iter()
            .map(|entry| (entry.get_ref().name, entry.get_ref().presence))
            .collect(),
        extensions,
    })
}

fn kind(source: &Source<'_>, file: &ProfileFile) -> Result<Kind, ProfileError> {
    let plain = match file.kind.get_ref() {
        KindName::Root => Kind::Root,
        KindName::Issuing => Kind::Issuing,
        KindName::OcspResponder => Kind::OcspResponder,
        KindName::TlsServer => Kind::TlsServer,
        KindName::Device => Kind::Device,
        KindName::Smime => return smime_kind(source, file),
    };
    match &file.smime {
        None => Ok(plain),
        Some(section) => Err(source.at(
            section,
            Problem::Misplaced {
                kind: plain.name(),
                key: "smime",
                reason: "it is for profiles of kind \"smime\"",
            },
        )),
    }
}

fn smime_kind(source: &Source<'_>, file: &ProfileFile) -> Result<Kind, ProfileError> {
    let Some(section) = &file.smime else {
        return Err(source.at(
            &file.kind,
            Problem::Needed {
                kind: "smime",
                key: "smime",
                reason: "a section [smime] with type and generation (S/MIME BR 1.2)",
            },
        ));
    };
    let section = section.get_ref();
    if *section.generation.get_ref() == Generation::Legacy {
        return Err(source.at(&section.generation, Problem::LegacyGeneration));
    }
    Ok(Kind::Smime {
        subject_type: section.subject_type,
        generation: *section.generation.get_ref(),
    })
}

fn issued_by(source: &Source<'_>, file: &ProfileFile) -> Result<Vec<IssuedBy>, ProfileError> {
    let entries = file.issued_by.get_ref();
    if entries.is_empty() {
        return Err(source.at(&file.issued_by, Problem::Empty { key: "issued-by" }));
    }
    let mut seen = HashSet::new();
    entries
        .iter()
        .map(|entry| {
            let name = entry.get_ref();
            if !seen.insert(name.as_str()) {
                let problem = Problem::Repeated {
                    key: "issued-by",
                    value: name.clone(),
                };
                return Err(source.at(entry, problem));
            }
            let (line, column) = source.place(entry.span().start);
            Ok(IssuedBy {
                name: name.clone(),
                line,
                column,
            })
        })
        .collect()
}

fn key_rules(file: &ProfileFile) -> KeyRules {
    let key = file.key.get_ref();
    KeyRules {
        rsa_bits: key
            .rsa_bits
            .as_ref()
            .map(|bits| (bits.get_ref().minimum, bits.get_ref().maximum)),
        curves: key.curves.clone(),
        ed25519: key.ed25519,
    }
}
