//! What is the same in Chrome and Edge, and the things on the table.

use super::JANA;
use crate::pages::help::drawing::{
    Button, Drawing, Frame, Glyph,
    Label::{Same, Word},
    Line,
    Piece::{Beside, Buttons, Devices, Lines, Text},
};

pub(crate) static DEVICES: Drawing = Drawing {
    alt: "drawn-table-alt",
    keys: &[],
    frame: Frame::Bare,
    title: Same(""),
    pieces: &[Devices(
        Word("drawn-table-reader"),
        Word("drawn-table-token"),
    )],
};

pub(crate) static CHOOSE: Drawing = Drawing {
    alt: "drawn-choose-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-choose"),
    pieces: &[
        Text(Word("drawn-choose-text")),
        Lines(&[
            Line::new(JANA)
                .glyph(Glyph::Identity)
                .aside(Same("Example CA"))
                .chosen(),
            Line::new(Same("Jana (2024)"))
                .glyph(Glyph::Identity)
                .aside(Same("Example CA")),
        ]),
        Beside(
            90,
            &[],
            &[Buttons(&[
                Button::press(Same("OK")),
                Button::new(Word("drawn-cancel")),
            ])],
        ),
    ],
};
