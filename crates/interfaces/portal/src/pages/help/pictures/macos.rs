//! macOS: Keychain Access.

use super::JANA;
use crate::pages::help::drawing::{
    Button, Drawing, Frame, Glyph,
    Label::{Same, Word},
    Line,
    Piece::{Beside, Blur, Buttons, Choice, Field, Lines, Mark, Menu, Note, Search, Secret, Tabs},
};

pub(crate) static SPOTLIGHT: Drawing = Drawing {
    alt: "drawn-spotlight-alt",
    keys: &[Same("cmd"), Word("drawn-space-key")],
    frame: Frame::Mac,
    title: Same("Spotlight"),
    pieces: &[
        Search(Word("drawn-keychain")),
        Lines(&[Line::new(Word("drawn-keychain"))
            .glyph(Glyph::Keychain)
            .chosen()]),
    ],
};

pub(crate) static KEYCHAIN: Drawing = Drawing {
    alt: "drawn-keychain-alt",
    keys: &[],
    frame: Frame::Mac,
    title: Word("drawn-keychain"),
    pieces: &[Beside(
        112,
        &[Lines(&[
            Line::new(Word("drawn-keychain-login")).chosen(),
            Line::new(Word("drawn-keychain-system")),
        ])],
        &[
            Tabs(
                &[Word("drawn-keychain-mine"), Word("drawn-keychain-keys")],
                0,
            ),
            Lines(&[
                Line::new(JANA).glyph(Glyph::Certificate).chosen(),
                Line::new(Same("jana@example.com"))
                    .glyph(Glyph::Key)
                    .depth(1),
            ]),
        ],
    )],
};

pub(crate) static MENU: Drawing = Drawing {
    alt: "drawn-keychain-menu-alt",
    keys: &[],
    frame: Frame::Mac,
    title: Word("drawn-keychain"),
    pieces: &[
        Lines(&[Line::new(JANA).glyph(Glyph::Certificate)]),
        Beside(
            64,
            &[],
            &[Menu(&[
                Line::new(Word("drawn-keychain-copy")),
                Line::new(Word("drawn-keychain-export")).chosen(),
                Line::new(Word("drawn-keychain-delete")),
            ])],
        ),
    ],
};

pub(crate) static SAVE: Drawing = Drawing {
    alt: "drawn-save-alt",
    keys: &[],
    frame: Frame::Mac,
    title: Word("drawn-keychain"),
    pieces: &[
        Field(Word("drawn-save-as"), Same("Jana.p12")),
        Choice(Word("drawn-save-where"), Word("drawn-documents")),
        Mark(&Choice(
            Word("drawn-save-format"),
            Word("drawn-save-format-p12"),
        )),
        Buttons(&[
            Button::new(Word("drawn-cancel")),
            Button::press(Word("drawn-save")),
        ]),
    ],
};

pub(crate) static SAVE_PUBLIC: Drawing = Drawing {
    alt: "drawn-save-public-alt",
    keys: &[],
    frame: Frame::Mac,
    title: Word("drawn-keychain"),
    pieces: &[
        Field(Word("drawn-save-as"), Same("Jana.cer")),
        Choice(Word("drawn-save-where"), Word("drawn-documents")),
        Mark(&Choice(
            Word("drawn-save-format"),
            Word("drawn-save-format-cer"),
        )),
        Buttons(&[
            Button::new(Word("drawn-cancel")),
            Button::press(Word("drawn-save")),
        ]),
    ],
};

pub(crate) static PASSWORD: Drawing = Drawing {
    alt: "drawn-file-password-alt",
    keys: &[],
    frame: Frame::Mac,
    title: Word("drawn-keychain"),
    pieces: &[
        Blur(2),
        Mark(&Secret(Word("drawn-password"))),
        Mark(&Secret(Word("drawn-verify"))),
        Buttons(&[Button::new(Word("drawn-cancel")), Button::press(Same("OK"))]),
    ],
};

pub(crate) static ALLOW: Drawing = Drawing {
    alt: "drawn-allow-alt",
    keys: &[],
    frame: Frame::Mac,
    title: Word("drawn-keychain"),
    pieces: &[
        Note(Word("drawn-allow-ask")),
        Mark(&Secret(Word("drawn-password"))),
        Buttons(&[
            Button::new(Word("drawn-allow-always")),
            Button::new(Word("drawn-allow-deny")),
            Button::press(Word("drawn-allow")),
        ]),
    ],
};
