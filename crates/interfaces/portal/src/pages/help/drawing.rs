//! Pictures of windows for the guides, drawn by us and not photographed: they speak the language of the page and
//! follow its theme.
//!
//! A picture is said as what stands in the window, from top to bottom; [`layout`] finds the places, and
//! `components/drawing.html` knows how each part looks.

mod layout;
mod measure;

use crate::words::Language;

/// A picture, as a guide says it.
pub(crate) struct Drawing {
    /// The key of what it shows, for those who cannot see it.
    pub alt: &'static str,
    /// Keys to press at once, drawn above the window.
    pub keys: &'static [Label],
    pub frame: Frame,
    pub title: Label,
    /// From top to bottom.
    pub pieces: &'static [Piece],
}

/// What kind of window it is.
#[derive(Clone, Copy)]
pub(crate) enum Frame {
    /// One that is closed at the right.
    Dialog,
    /// One that is closed at the left, as on a Mac.
    Mac,
    /// A browser; the title is its address.
    Browser,
    /// None at all: things on a table.
    Bare,
}

/// A text in a picture.
#[derive(Clone, Copy)]
pub(crate) enum Label {
    /// A key: what the program calls it in the language of the page.
    Word(&'static str),
    /// The same in every language: a name, a file, a command.
    Same(&'static str),
}

/// A part of a window.
pub(crate) enum Piece {
    Heading(Label),
    Text(Label),
    /// Something the program tells.
    Note(Label),
    /// So many lines that do not matter here.
    Blur(u8),
    /// One of several choices, and whether it is the chosen one.
    Radio(bool, Label),
    /// A box, and whether it is ticked.
    Tick(bool, Label),
    /// A name, and what is typed.
    Field(Label, Label),
    /// A password under its name, if it has one of its own.
    Secret(Label),
    /// A name, and what is chosen from a list.
    Choice(Label, Label),
    /// What the person types to find something.
    Search(Label),
    /// A list or a tree in a pane.
    Lines(&'static [Line]),
    /// A menu.
    Menu(&'static [Line]),
    /// Tabs, and which is open, counted from 0.
    Tabs(&'static [Label], usize),
    /// At the right, the last outermost.
    Buttons(&'static [Button]),
    /// Beside one another; the number is the width of the left part.
    Beside(i32, &'static [Piece], &'static [Piece]),
    /// A little to the right.
    Inset(&'static [Piece]),
    /// What matters in this picture.
    Mark(&'static Piece),
    /// A smart card in its reader, and a token, each with its name.
    Devices(Label, Label),
}

/// An entry of a list, a tree or a menu.
pub(crate) struct Line {
    label: Label,
    glyph: Option<Glyph>,
    depth: i32,
    chosen: bool,
    more: bool,
    aside: Option<Label>,
}

impl Line {
    pub(crate) const fn new(label: Label) -> Self {
        Self {
            label,
            glyph: None,
            depth: 0,
            chosen: false,
            more: false,
            aside: None,
        }
    }

    pub(crate) const fn glyph(self, glyph: Glyph) -> Self {
        Self {
            glyph: Some(glyph),
            ..self
        }
    }

    pub(crate) const fn depth(self, depth: i32) -> Self {
        Self { depth, ..self }
    }

    /// The one that the person chooses.
    pub(crate) const fn chosen(self) -> Self {
        Self {
            chosen: true,
            ..self
        }
    }

    /// One that opens something further.
    pub(crate) const fn more(self) -> Self {
        Self { more: true, ..self }
    }

    /// With a second column.
    pub(crate) const fn aside(self, label: Label) -> Self {
        Self {
            aside: Some(label),
            ..self
        }
    }
}

pub(crate) struct Button {
    label: Label,
    press: bool,
}

impl Button {
    pub(crate) const fn new(label: Label) -> Self {
        Self {
            label,
            press: false,
        }
    }

    /// The one to press.
    pub(crate) const fn press(label: Label) -> Self {
        Self { label, press: true }
    }
}

/// A small thing with a shape of its own; `components/drawing.html` draws it into a square of 16 units, the devices
/// larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    RadioOn,
    RadioOff,
    TickOn,
    TickOff,
    /// A list opens downwards.
    Down,
    /// A menu goes on at the right.
    More,
    Close,
    /// The three buttons of a window on a Mac.
    Lights,
    Folder,
    Certificate,
    Key,
    /// A certificate with its key.
    Identity,
    Keychain,
    Search,
    Info,
    Pointer,
    Reader,
    Token,
}

/// How a box looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surface {
    Window,
    Pane,
    Menu,
    Field,
    Button,
    Press,
    Chosen,
    Mark,
    Blur,
    Rule,
    TabOpen,
    KeyCap,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Plain,
    Strong,
    Faint,
    /// On a button to press.
    Press,
}

/// A picture in one language, every part at its place. Units are those of the picture, which is [`layout::WIDTH`]
/// wide.
pub(crate) struct Drawn {
    /// What it shows.
    pub alt: String,
    pub width: i32,
    pub height: i32,
    pub shapes: Vec<Shape>,
}

/// What is drawn, the later above the former.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Area {
        surface: Surface,
        x: i32,
        y: i32,
        width: i32,
        height: i32,
    },
    /// One line of text; `x` is its middle or its start, `y` its base line.
    Words {
        ink: Ink,
        x: i32,
        y: i32,
        middle: bool,
        text: String,
    },
    Sign {
        glyph: Glyph,
        x: i32,
        y: i32,
    },
}

impl Drawing {
    pub(super) fn draw(&self, language: Language) -> Drawn {
        layout::draw(self, language)
    }
}

impl Label {
    fn text(self, language: Language) -> String {
        match self {
            Self::Word(key) => language.message(key).to_string(),
            Self::Same(text) => text.to_owned(),
        }
    }
}

impl Surface {
    /// Its class.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Pane => "pane",
            Self::Menu => "menu",
            Self::Field => "field",
            Self::Button => "button",
            Self::Press => "press",
            Self::Chosen => "chosen",
            Self::Mark => "mark",
            Self::Blur => "blur",
            Self::Rule => "rule",
            Self::TabOpen => "tab-open",
            Self::KeyCap => "key-cap",
        }
    }

    /// How round its corners are.
    pub(crate) fn radius(self) -> i32 {
        match self {
            Self::Window => 8,
            Self::Mark | Self::Menu => 6,
            Self::Blur | Self::Chosen => 3,
            Self::Rule | Self::TabOpen => 0,
            _ => 4,
        }
    }
}

impl Ink {
    /// Its class.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Strong => "strong",
            Self::Faint => "faint",
            Self::Press => "press-words",
        }
    }
}

#[cfg(test)]
impl Drawing {
    /// Every key that it shows.
    pub(super) fn words(&self) -> Vec<&'static str> {
        let mut labels = vec![Label::Word(self.alt), self.title];
        labels.extend(self.keys);
        collect(self.pieces, &mut labels);
        labels
            .into_iter()
            .filter_map(|label| match label {
                Label::Word(key) => Some(key),
                Label::Same(_) => None,
            })
            .collect()
    }
}

#[cfg(test)]
fn collect(pieces: &'static [Piece], into: &mut Vec<Label>) {
    for piece in pieces {
        match piece {
            Piece::Heading(label)
            | Piece::Text(label)
            | Piece::Note(label)
            | Piece::Radio(_, label)
            | Piece::Tick(_, label)
            | Piece::Secret(label)
            | Piece::Search(label) => into.push(*label),
            Piece::Blur(_) => {}
            Piece::Field(name, value) | Piece::Choice(name, value) => into.extend([*name, *value]),
            Piece::Lines(lines) | Piece::Menu(lines) => {
                for line in *lines {
                    into.push(line.label);
                    into.extend(line.aside);
                }
            }
            Piece::Tabs(labels, _) => into.extend(*labels),
            Piece::Buttons(buttons) => into.extend(buttons.iter().map(|button| button.label)),
            Piece::Beside(_, left, right) => {
                collect(left, into);
                collect(right, into);
            }
            Piece::Inset(inner) => collect(inner, into),
            Piece::Mark(inner) => collect(std::slice::from_ref(inner), into),
            Piece::Devices(reader, token) => into.extend([*reader, *token]),
        }
    }
}
