//! What a guide is made of, and all of them in the order of the index.

use super::{basic, drawing::Drawing, export, public_part, token};

/// One guide. Its keys are `help-{slug}-title` and `help-{slug}-lead`.
pub(crate) struct Guide {
    pub slug: &'static str,
    pub icon: &'static str,
    pub sections: &'static [Section],
}

/// A part under a heading of its own.
pub(crate) struct Section {
    pub heading: &'static str,
    pub parts: &'static [Part],
}

pub(crate) enum Part {
    /// A paragraph.
    Text(&'static str),
    /// What to do, in order.
    Steps(&'static [&'static str]),
    /// The same with something to look at beside each step.
    Shown(&'static [Step]),
    /// What to type; the same in every language.
    Command(&'static str),
    /// Names and what is typed for them; the values are the same in every language.
    Values(&'static [(&'static str, &'static str)]),
    /// What can go wrong, and what to do then.
    Problems(&'static [(&'static str, &'static str)]),
    /// Other guides.
    See(&'static [&'static Guide]),
    /// Every state with its meaning.
    States,
}

/// One thing to do.
pub(crate) struct Step {
    pub words: &'static str,
    pub sight: Sight,
}

/// What stands beside a step.
pub(crate) enum Sight {
    Picture(&'static Drawing),
    Command(&'static str),
}

impl Step {
    pub(crate) const fn see(words: &'static str, drawing: &'static Drawing) -> Self {
        Self {
            words,
            sight: Sight::Picture(drawing),
        }
    }

    pub(crate) const fn enter(words: &'static str, command: &'static str) -> Self {
        Self {
            words,
            sight: Sight::Command(command),
        }
    }
}

/// Guides for one purpose, under a heading of the index.
pub(crate) struct Topic {
    pub heading: &'static str,
    pub guides: &'static [&'static Guide],
}

/// The index.
pub(super) static TOPICS: [Topic; 4] = [
    Topic {
        heading: "help-topic-get",
        guides: &[&basic::APPLYING, &basic::P12],
    },
    Topic {
        heading: "help-topic-install",
        guides: &[
            &basic::THUNDERBIRD,
            &basic::OUTLOOK,
            &basic::APPLE_MAIL,
            &token::TOKEN,
        ],
    },
    Topic {
        heading: "help-topic-export",
        guides: &[
            &export::WINDOWS,
            &export::MACOS,
            &export::FIREFOX,
            &public_part::PUBLIC_PART,
        ],
    },
    Topic {
        heading: DESK,
        guides: &[&basic::DESK],
    },
];

/// The heading of what is for those who may open the desk.
const DESK: &str = "help-topic-desk";

impl Guide {
    pub(crate) fn title(&self) -> String {
        format!("help-{}-title", self.slug)
    }

    pub(crate) fn lead(&self) -> String {
        format!("help-{}-lead", self.slug)
    }
}

impl Topic {
    pub(super) fn is_for_the_desk(&self) -> bool {
        self.heading == DESK
    }
}

/// Every guide.
pub(super) fn guides() -> impl Iterator<Item = &'static Guide> {
    TOPICS.iter().flat_map(|topic| topic.guides.iter().copied())
}

/// Every picture of every guide.
#[cfg(test)]
pub(super) fn drawings() -> impl Iterator<Item = &'static Drawing> {
    guides()
        .flat_map(|guide| guide.sections)
        .flat_map(|section| section.parts)
        .flat_map(|part| match part {
            Part::Shown(steps) => *steps,
            _ => &[],
        })
        .filter_map(|step| match step.sight {
            Sight::Picture(drawing) => Some(drawing),
            Sight::Command(_) => None,
        })
}

#[cfg(test)]
impl Guide {
    /// Every key of the guide's own text.
    pub(super) fn words(&self) -> Vec<String> {
        let mut keys = vec![self.title(), self.lead()];
        for section in self.sections {
            keys.push(section.heading.to_owned());
            for part in section.parts {
                match part {
                    Part::Text(key) => keys.push((*key).to_owned()),
                    Part::Steps(steps) => keys.extend(steps.iter().map(ToString::to_string)),
                    Part::Shown(steps) => {
                        keys.extend(steps.iter().map(|step| step.words.to_owned()));
                    }
                    Part::Values(values) => {
                        keys.extend(values.iter().map(|(name, _)| (*name).to_owned()));
                    }
                    Part::Problems(problems) => {
                        for (what, then) in *problems {
                            keys.extend([(*what).to_owned(), (*then).to_owned()]);
                        }
                    }
                    Part::Command(_) | Part::See(_) | Part::States => {}
                }
            }
        }
        keys
    }
}
