//! Firefox, and Thunderbird where its windows are the same.

use super::JANA;
use crate::pages::help::drawing::{
    Button, Drawing, Frame, Glyph,
    Label::{Same, Word},
    Line,
    Piece::{
        Beside, Buttons, Choice, Field, Heading, Lines, Mark, Radio, Search, Secret, Tabs, Text,
    },
};

pub(crate) static SETTINGS: Drawing = Drawing {
    alt: "drawn-settings-alt",
    keys: &[],
    frame: Frame::Browser,
    title: Same("about:preferences"),
    pieces: &[
        Mark(&Search(Word("drawn-settings-search"))),
        Heading(Word("drawn-certificates")),
        Lines(&[
            Line::new(Word("drawn-settings-certificates"))
                .more()
                .chosen(),
            Line::new(Word("drawn-settings-devices")).more(),
        ]),
    ],
};

pub(crate) static SETTINGS_DEVICES: Drawing = Drawing {
    alt: "drawn-settings-devices-alt",
    keys: &[],
    frame: Frame::Browser,
    title: Same("about:preferences"),
    pieces: &[
        Mark(&Search(Word("drawn-settings-search"))),
        Heading(Word("drawn-certificates")),
        Lines(&[
            Line::new(Word("drawn-settings-certificates")).more(),
            Line::new(Word("drawn-settings-devices")).more().chosen(),
        ]),
    ],
};

pub(crate) static BACKUP: Drawing = Drawing {
    alt: "drawn-backup-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-manager"),
    pieces: &[
        Tabs(
            &[
                Word("drawn-manager-mine"),
                Word("drawn-manager-people"),
                Word("drawn-manager-authorities"),
            ],
            0,
        ),
        Lines(&[Line::new(JANA).glyph(Glyph::Identity).chosen()]),
        Buttons(&[
            Button::new(Word("drawn-manager-view")),
            Button::press(Word("drawn-manager-backup")),
            Button::new(Word("drawn-manager-import")),
        ]),
    ],
};

pub(crate) static VIEW: Drawing = Drawing {
    alt: "drawn-view-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-manager"),
    pieces: &[
        Tabs(
            &[
                Word("drawn-manager-mine"),
                Word("drawn-manager-people"),
                Word("drawn-manager-authorities"),
            ],
            0,
        ),
        Lines(&[Line::new(JANA).glyph(Glyph::Identity).chosen()]),
        Buttons(&[
            Button::press(Word("drawn-manager-view")),
            Button::new(Word("drawn-manager-backup")),
            Button::new(Word("drawn-manager-import")),
        ]),
    ],
};

pub(crate) static BACKUP_FILE: Drawing = Drawing {
    alt: "drawn-backup-file-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-backup-file"),
    pieces: &[
        Mark(&Field(Word("drawn-file-name"), Same("jana.p12"))),
        Choice(Word("drawn-file-type"), Word("drawn-backup-type")),
        Buttons(&[
            Button::press(Word("drawn-save")),
            Button::new(Word("drawn-cancel")),
        ]),
    ],
};

pub(crate) static BACKUP_PASSWORD: Drawing = Drawing {
    alt: "drawn-backup-password-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-backup-choose"),
    pieces: &[
        Mark(&Secret(Word("drawn-backup-password"))),
        Mark(&Secret(Word("drawn-backup-again"))),
        Buttons(&[Button::press(Same("OK")), Button::new(Word("drawn-cancel"))]),
    ],
};

pub(crate) static DOWNLOAD: Drawing = Drawing {
    alt: "drawn-download-alt",
    keys: &[],
    frame: Frame::Browser,
    title: Same("about:certificate"),
    pieces: &[
        Heading(Word("drawn-view-more")),
        Lines(&[
            Line::new(Word("drawn-view-serial")).aside(Same("4F:1C:9A:…")),
            Line::new(Word("drawn-view-download")),
            Line::new(Word("drawn-view-pem")).depth(1).chosen(),
            Line::new(Word("drawn-view-pem-chain")).depth(1),
        ]),
    ],
};

pub(crate) static DEVICES: Drawing = Drawing {
    alt: "drawn-devices-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-devices"),
    pieces: &[Beside(
        204,
        &[Lines(&[
            Line::new(Same("NSS Internal PKCS #11")).glyph(Glyph::Folder),
            Line::new(Same("Builtin Roots Module")).glyph(Glyph::Folder),
        ])],
        &[
            Buttons(&[Button::new(Word("drawn-devices-login"))]),
            Buttons(&[Button::press(Word("drawn-devices-load"))]),
            Buttons(&[Button::new(Word("drawn-devices-unload"))]),
        ],
    )],
};

pub(crate) static LOAD: Drawing = Drawing {
    alt: "drawn-load-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-load"),
    pieces: &[
        Field(Word("drawn-load-name"), Same("OpenSC")),
        Mark(&Field(Word("drawn-load-file"), Same("…/opensc-pkcs11.so"))),
        Buttons(&[
            Button::new(Word("drawn-browse")),
            Button::press(Same("OK")),
            Button::new(Word("drawn-cancel")),
        ]),
    ],
};

pub(crate) static IDENTIFY: Drawing = Drawing {
    alt: "drawn-identify-alt",
    keys: &[],
    frame: Frame::Dialog,
    title: Word("drawn-identify"),
    pieces: &[
        Text(Word("drawn-identify-choose")),
        Mark(&Choice(Same(""), JANA)),
        Text(Word("drawn-identify-remember")),
        Radio(true, Word("drawn-identify-once")),
        Buttons(&[
            Button::press(Same("OK")),
            Button::new(Word("drawn-identify-none")),
        ]),
    ],
};
