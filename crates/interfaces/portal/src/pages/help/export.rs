//! How a certificate leaves a system or a program together with its private key.

use super::{
    guide::{
        Guide,
        Part::{Problems, See, Shown, Text},
        Section, Step,
    },
    pictures::{firefox, macos, windows},
    public_part::PUBLIC_PART,
};

/// From the store of Windows.
pub(super) static WINDOWS: Guide = Guide {
    slug: "export-windows",
    icon: "upload",
    sections: &[
        Section {
            heading: "help-steps",
            parts: &[Shown(&[
                Step::see("help-export-windows-run", &windows::RUN),
                Step::see("help-export-windows-store", &windows::STORE),
                Step::see("help-export-windows-menu", &windows::MENU),
                Step::see("help-export-windows-welcome", &windows::WELCOME),
                Step::see("help-export-windows-key", &windows::WITH_KEY),
                Step::see("help-export-windows-format", &windows::FORMAT),
                Step::see("help-export-windows-security", &windows::SECURITY),
                Step::see("help-export-windows-file", &windows::FILE),
                Step::see("help-export-windows-finish", &windows::FINISH),
                Step::see("help-export-windows-done", &windows::DONE),
            ])],
        },
        Section {
            heading: "help-then",
            parts: &[Text("help-export-then")],
        },
        Section {
            heading: "help-problems",
            parts: &[
                Problems(&[
                    ("help-export-windows-grey", "help-export-windows-grey-then"),
                    (
                        "help-export-windows-missing",
                        "help-export-windows-missing-then",
                    ),
                    (
                        "help-export-windows-no-key",
                        "help-export-windows-no-key-then",
                    ),
                    ("help-export-windows-old", "help-export-windows-old-then"),
                    (
                        "help-export-windows-groups",
                        "help-export-windows-groups-then",
                    ),
                ]),
                See(&[&PUBLIC_PART]),
            ],
        },
    ],
};

/// From a keychain of macOS.
pub(super) static MACOS: Guide = Guide {
    slug: "export-macos",
    icon: "upload",
    sections: &[
        Section {
            heading: "help-steps",
            parts: &[Shown(&[
                Step::see("help-export-macos-open", &macos::SPOTLIGHT),
                Step::see("help-export-macos-mine", &macos::KEYCHAIN),
                Step::see("help-export-macos-menu", &macos::MENU),
                Step::see("help-export-macos-format", &macos::SAVE),
                Step::see("help-export-macos-password", &macos::PASSWORD),
                Step::see("help-export-macos-allow", &macos::ALLOW),
            ])],
        },
        Section {
            heading: "help-then",
            parts: &[Text("help-export-then")],
        },
        Section {
            heading: "help-problems",
            parts: &[
                Problems(&[
                    ("help-export-macos-grey", "help-export-macos-grey-then"),
                    (
                        "help-export-macos-missing",
                        "help-export-macos-missing-then",
                    ),
                    ("help-export-macos-login", "help-export-macos-login-then"),
                    (
                        "help-export-macos-refused",
                        "help-export-macos-refused-then",
                    ),
                    ("help-export-macos-old", "help-export-macos-old-then"),
                ]),
                See(&[&PUBLIC_PART]),
            ],
        },
    ],
};

/// From Firefox or Thunderbird.
pub(super) static FIREFOX: Guide = Guide {
    slug: "export-firefox",
    icon: "upload",
    sections: &[
        Section {
            heading: "help-steps",
            parts: &[Shown(&[
                Step::see("help-export-firefox-settings", &firefox::SETTINGS),
                Step::see("help-export-firefox-backup", &firefox::BACKUP),
                Step::see("help-export-firefox-file", &firefox::BACKUP_FILE),
                Step::see("help-export-firefox-password", &firefox::BACKUP_PASSWORD),
            ])],
        },
        Section {
            heading: "help-export-thunderbird",
            parts: &[Text("help-export-thunderbird-text")],
        },
        Section {
            heading: "help-then",
            parts: &[Text("help-export-then")],
        },
        Section {
            heading: "help-problems",
            parts: &[
                Problems(&[
                    (
                        "help-export-firefox-hardware",
                        "help-export-firefox-hardware-then",
                    ),
                    (
                        "help-export-firefox-missing",
                        "help-export-firefox-missing-then",
                    ),
                    (
                        "help-export-firefox-primary",
                        "help-export-firefox-primary-then",
                    ),
                    (
                        "help-export-firefox-silent",
                        "help-export-firefox-silent-then",
                    ),
                ]),
                See(&[&WINDOWS, &MACOS, &PUBLIC_PART]),
            ],
        },
    ],
};
