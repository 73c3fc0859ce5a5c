//! The guides that need no pictures: how applying works, the file, mail programs, the desk.

use super::{
    export,
    guide::{
        Guide,
        Part::{Command, See, States, Steps, Text},
        Section,
    },
};

/// From the first click to the certificate.
pub(super) static APPLYING: Guide = Guide {
    slug: "applying",
    icon: "list-check",
    sections: &[
        Section {
            heading: "help-applying-way",
            parts: &[Steps(&[
                "help-applying-register",
                "help-applying-order",
                "help-applying-data",
                "help-applying-email",
                "help-applying-activate",
                "help-applying-collect",
            ])],
        },
        Section {
            heading: "help-applying-states",
            parts: &[Text("help-applying-states-text"), States],
        },
    ],
};

/// Certificate and key in one file.
pub(super) static P12: Guide = Guide {
    slug: "p12",
    icon: "key",
    sections: &[
        Section {
            heading: "help-p12-request",
            parts: &[
                Text("help-p12-request-text"),
                Command(
                    "chancery csr new --subject \"CN=Jana Nováková\" \\\n    --email jana@example.com --key rsa:3072 \\\n    --key-out key.pem --out request.pem",
                ),
                Text("help-p12-request-openssl"),
                Command(
                    "openssl req -new -newkey rsa:3072 -noenc -utf8 \\\n    -subj \"/CN=Jana Nováková/emailAddress=jana@example.com\" \\\n    -keyout key.pem -out request.pem",
                ),
                Text("help-p12-request-keep"),
            ],
        },
        Section {
            heading: "help-p12-make",
            parts: &[
                Text("help-p12-make-text"),
                Command(
                    "chancery p12 create --cert certificate.pem --key key.pem \\\n    --chain chain.pem --password-file password.txt \\\n    --out certificate.p12",
                ),
                Text("help-p12-make-openssl"),
                Command(
                    "openssl pkcs12 -export -in certificate.pem \\\n    -inkey key.pem -certfile chain.pem \\\n    -out certificate.p12",
                ),
                Text("help-p12-make-password"),
            ],
        },
        Section {
            heading: "help-p12-backup",
            parts: &[
                Text("help-p12-backup-text"),
                See(&[&export::WINDOWS, &export::MACOS, &export::FIREFOX]),
            ],
        },
    ],
};

/// Into Thunderbird.
pub(super) static THUNDERBIRD: Guide = Guide {
    slug: "thunderbird",
    icon: "mail",
    sections: &[
        Section {
            heading: "help-install-import",
            parts: &[Steps(&[
                "help-thunderbird-settings",
                "help-thunderbird-manage",
                "help-thunderbird-import",
                "help-thunderbird-trust",
            ])],
        },
        Section {
            heading: "help-install-use",
            parts: &[Steps(&[
                "help-thunderbird-account",
                "help-thunderbird-choose",
                "help-thunderbird-send",
            ])],
        },
    ],
};

/// Into Outlook.
pub(super) static OUTLOOK: Guide = Guide {
    slug: "outlook",
    icon: "mail",
    sections: &[
        Section {
            heading: "help-install-import",
            parts: &[Steps(&[
                "help-outlook-open",
                "help-outlook-password",
                "help-outlook-place",
            ])],
        },
        Section {
            heading: "help-install-use",
            parts: &[Steps(&[
                "help-outlook-trust-centre",
                "help-outlook-settings",
                "help-outlook-send",
            ])],
        },
    ],
};

/// Into Mail on macOS.
pub(super) static APPLE_MAIL: Guide = Guide {
    slug: "apple-mail",
    icon: "mail",
    sections: &[
        Section {
            heading: "help-install-import",
            parts: &[Steps(&[
                "help-apple-open",
                "help-apple-password",
                "help-apple-trust",
            ])],
        },
        Section {
            heading: "help-install-use",
            parts: &[Steps(&["help-apple-restart", "help-apple-send"])],
        },
    ],
};

/// For officers.
pub(super) static DESK: Guide = Guide {
    slug: "desk",
    icon: "inbox",
    sections: &[
        Section {
            heading: "help-desk-decide",
            parts: &[Steps(&[
                "help-desk-open",
                "help-desk-compare",
                "help-desk-verify",
                "help-desk-reject",
            ])],
        },
        Section {
            heading: "help-desk-own",
            parts: &[Text("help-desk-own-text")],
        },
    ],
};
