//! How a browser comes to offer a certificate that is on a token or a card.

use super::{
    guide::{
        Guide,
        Part::{Problems, See, Shown, Text, Values},
        Section, Step,
    },
    pictures::{browsers, firefox, windows},
    public_part::PUBLIC_PART,
};

/// Firefox, Chrome and Edge with a token or a card.
pub(super) static TOKEN: Guide = Guide {
    slug: "token",
    icon: "device-desktop",
    sections: &[
        Section {
            heading: "help-token-before",
            parts: &[Shown(&[
                Step::see("help-token-before-plug", &browsers::DEVICES),
                Step::enter(
                    "help-token-before-driver",
                    "pkcs11-tool --list-objects --type cert",
                ),
            ])],
        },
        Section {
            heading: "help-token-windows",
            parts: &[
                Text("help-token-windows-text"),
                Shown(&[
                    Step::see("help-token-windows-run", &windows::RUN),
                    Step::see("help-token-windows-store", &windows::STORE),
                    Step::see("help-token-choose", &browsers::CHOOSE),
                    Step::see("help-token-pin", &windows::PIN),
                ]),
            ],
        },
        Section {
            heading: "help-token-macos",
            parts: &[
                Text("help-token-macos-text"),
                Shown(&[
                    Step::enter("help-token-macos-list", "security list-smartcards"),
                    Step::see("help-token-macos-choose", &browsers::CHOOSE),
                ]),
            ],
        },
        Section {
            heading: "help-token-linux",
            parts: &[
                Text("help-token-linux-text"),
                Shown(&[
                    Step::enter(
                        "help-token-linux-tools",
                        "sudo apt install opensc pcscd libnss3-tools",
                    ),
                    Step::enter(
                        "help-token-linux-where",
                        "ls -d ~/.pki/nssdb || mkdir -p ~/.local/share/pki/nssdb",
                    ),
                    Step::enter(
                        "help-token-linux-add",
                        "modutil -dbdir sql:$HOME/.local/share/pki/nssdb \\\n    -add OpenSC \\\n    -libfile /usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
                    ),
                    Step::enter(
                        "help-token-linux-list",
                        "modutil -dbdir sql:$HOME/.local/share/pki/nssdb -list",
                    ),
                ]),
            ],
        },
        Section {
            heading: "help-token-firefox",
            parts: &[
                Text("help-token-firefox-text"),
                Shown(&[
                    Step::see("help-token-firefox-settings", &firefox::SETTINGS_DEVICES),
                    Step::see("help-token-firefox-devices", &firefox::DEVICES),
                    Step::see("help-token-firefox-load", &firefox::LOAD),
                    Step::see("help-token-firefox-choose", &firefox::IDENTIFY),
                ]),
                Text("help-token-firefox-files"),
                Values(&[
                    (
                        "help-token-file-windows",
                        "C:\\Program Files\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll",
                    ),
                    (
                        "help-token-file-macos",
                        "/Library/OpenSC/lib/opensc-pkcs11.so",
                    ),
                    (
                        "help-token-file-linux",
                        "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
                    ),
                ]),
            ],
        },
        Section {
            heading: "help-token-none",
            parts: &[
                Problems(&[
                    ("help-token-late", "help-token-late-then"),
                    ("help-token-unseen", "help-token-unseen-then"),
                    ("help-token-not-windows", "help-token-not-windows-then"),
                    ("help-token-purpose", "help-token-purpose-then"),
                    ("help-token-authority", "help-token-authority-then"),
                    ("help-token-remembered", "help-token-remembered-then"),
                    ("help-token-sandboxed", "help-token-sandboxed-then"),
                    ("help-token-twice", "help-token-twice-then"),
                    ("help-token-blocked", "help-token-blocked-then"),
                ]),
                See(&[&PUBLIC_PART]),
            ],
        },
        Section {
            heading: "help-token-refused",
            parts: &[Problems(&[(
                "help-token-unproved",
                "help-token-unproved-then",
            )])],
        },
    ],
};
