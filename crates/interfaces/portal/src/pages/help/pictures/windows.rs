//! Windows: the store of certificates and its export wizard.

use super::JANA;
use crate::pages::help::drawing::{
    Button, Drawing, Frame, Glyph,
    Label::{Same, Word},
    Line,
    Piece::{
        self, Beside, Blur, Buttons, Choice, Field, Heading, Inset, Lines, Mark, Menu, Note, Radio,
        Secret, Text, Tick,
    },
};

/// The last line of most pages of the wizard.
const NEXT: Piece = Buttons(&[
    Button::press(Word("drawn-next")),
    Button::new(Word("drawn-cancel")),
]);

pub(crate) static RUN: Drawing = Drawing {
    alt: "drawn-run-alt",
    keys: &[Same("Win"), Same("R")],
    frame: Frame::Dialog,
    title: Word("drawn-run"),
    pieces: &[
        Blur(1),
        Mark(&Field(Word("drawn-run-open"), Same("certmgr.msc"))),
        Buttons(&[
            Button::press(Same("OK")),
            Button::new(Word("drawn-cancel")),
            Button::new(Word("drawn-browse")),
        ]),
    ],
};

pub(crate) static STORE: Drawing = Drawing {
    alt: "drawn-store-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-store"),
    pieces: &[Beside(
        158,
        &[Lines(&[
            Line::new(Word("drawn-certificates")).glyph(Glyph::Folder),
            Line::new(Word("drawn-store-personal"))
                .glyph(Glyph::Folder)
                .depth(1),
            Line::new(Word("drawn-certificates"))
                .glyph(Glyph::Folder)
                .depth(2)
                .chosen(),
        ])],
        &[Lines(&[
            Line::new(JANA).glyph(Glyph::Identity).chosen(),
            Line::new(Same("CN=7f3a91…")).glyph(Glyph::Certificate),
        ])],
    )],
};

pub(crate) static MENU: Drawing = Drawing {
    alt: "drawn-menu-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-store"),
    pieces: &[
        Lines(&[Line::new(JANA).glyph(Glyph::Identity)]),
        Beside(
            160,
            &[Menu(&[
                Line::new(Word("drawn-open")),
                Line::new(Word("drawn-all-tasks")).more().chosen(),
                Line::new(Word("drawn-copy")),
                Line::new(Word("drawn-delete")),
                Line::new(Word("drawn-properties")),
            ])],
            &[Menu(&[
                Line::new(Word("drawn-open")),
                Line::new(Word("drawn-export")).chosen(),
            ])],
        ),
    ],
};

pub(crate) static WELCOME: Drawing = Drawing {
    alt: "drawn-welcome-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-wizard"),
    pieces: &[Heading(Word("drawn-welcome")), Blur(3), NEXT],
};

pub(crate) static WITH_KEY: Drawing = Drawing {
    alt: "drawn-with-key-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-wizard"),
    pieces: &[
        Heading(Word("drawn-export-key")),
        Blur(2),
        Mark(&Radio(true, Word("drawn-export-key-yes"))),
        Radio(false, Word("drawn-export-key-no")),
        NEXT,
    ],
};

pub(crate) static WITHOUT_KEY: Drawing = Drawing {
    alt: "drawn-without-key-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-wizard"),
    pieces: &[
        Heading(Word("drawn-export-key")),
        Blur(2),
        Radio(false, Word("drawn-export-key-yes")),
        Mark(&Radio(true, Word("drawn-export-key-no"))),
        NEXT,
    ],
};

pub(crate) static FORMAT: Drawing = Drawing {
    alt: "drawn-format-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-wizard"),
    pieces: &[
        Heading(Word("drawn-format")),
        Mark(&Radio(true, Word("drawn-format-pfx"))),
        Inset(&[
            Mark(&Tick(true, Word("drawn-format-chain"))),
            Tick(false, Word("drawn-format-delete")),
            Mark(&Tick(true, Word("drawn-format-extended"))),
            Tick(true, Word("drawn-format-privacy")),
        ]),
        NEXT,
    ],
};

pub(crate) static FORMAT_PUBLIC: Drawing = Drawing {
    alt: "drawn-format-public-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-wizard"),
    pieces: &[
        Heading(Word("drawn-format")),
        Radio(false, Word("drawn-format-der")),
        Mark(&Radio(true, Word("drawn-format-base64"))),
        Radio(false, Word("drawn-format-p7b")),
        NEXT,
    ],
};

pub(crate) static SECURITY: Drawing = Drawing {
    alt: "drawn-security-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-wizard"),
    pieces: &[
        Heading(Word("drawn-security")),
        Tick(false, Word("drawn-security-groups")),
        Mark(&Tick(true, Word("drawn-password"))),
        Inset(&[Secret(Same("")), Secret(Word("drawn-security-confirm"))]),
        Mark(&Choice(
            Word("drawn-security-encryption"),
            Same("AES256-SHA256"),
        )),
        NEXT,
    ],
};

pub(crate) static FILE: Drawing = Drawing {
    alt: "drawn-file-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-wizard"),
    pieces: &[
        Heading(Word("drawn-file")),
        Mark(&Field(
            Word("drawn-file-name"),
            Same("C:\\Users\\Jana\\Documents\\jana.pfx"),
        )),
        Buttons(&[Button::new(Word("drawn-browse"))]),
        NEXT,
    ],
};

pub(crate) static FILE_PUBLIC: Drawing = Drawing {
    alt: "drawn-file-public-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-wizard"),
    pieces: &[
        Heading(Word("drawn-file")),
        Mark(&Field(
            Word("drawn-file-name"),
            Same("C:\\Users\\Jana\\Documents\\jana.cer"),
        )),
        Buttons(&[Button::new(Word("drawn-browse"))]),
        NEXT,
    ],
};

pub(crate) static FINISH: Drawing = Drawing {
    alt: "drawn-finish-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-wizard"),
    pieces: &[
        Heading(Word("drawn-finish")),
        Lines(&[
            Line::new(Word("drawn-finish-file")).aside(Same("…\\jana.pfx")),
            Line::new(Word("drawn-finish-keys")).aside(Word("drawn-yes")),
            Line::new(Word("drawn-finish-chain")).aside(Word("drawn-yes")),
        ]),
        Buttons(&[
            Button::press(Word("drawn-finish-do")),
            Button::new(Word("drawn-cancel")),
        ]),
    ],
};

pub(crate) static DONE: Drawing = Drawing {
    alt: "drawn-done-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-wizard"),
    pieces: &[
        Note(Word("drawn-done")),
        Buttons(&[Button::press(Same("OK"))]),
    ],
};

pub(crate) static PIN: Drawing = Drawing {
    alt: "drawn-pin-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-pin"),
    pieces: &[
        Heading(Word("drawn-pin-card")),
        Text(Word("drawn-pin-ask")),
        Mark(&Secret(Same("PIN"))),
        Buttons(&[Button::press(Same("OK")), Button::new(Word("drawn-cancel"))]),
    ],
};
